//! One server is added or removed.

use serde_json::json;

use super::{Add, Said, keeping::keep, unknown};
use crate::{
    protocol::Problem,
    settings::{Place, SERVER_PRESETS, ServerPreset, ServerSettings, servers::usable_name},
};

pub async fn add(add: &Add, before: Vec<ServerSettings>) -> Result<Said, Problem> {
    let server = described(add)?;
    let name = server.name.clone();
    let mut servers = before.clone();
    put(&mut servers, server)?;
    let problem = keep(&before, servers).await?;
    let text = format!("{name} was added; test it with: singularis servers test \"{name}\"");
    Ok(Said { text, object: json!({"added": [name]}), problem })
}

/// Adds it, unless there is one of its name.
pub fn put(servers: &mut Vec<ServerSettings>, server: ServerSettings) -> Result<(), Problem> {
    if servers.iter().any(|known| known.name == server.name) {
        let name = &server.name;
        let advice = format!("Choose another name, or remove that one first: singularis servers remove \"{name}\"");
        return Err(Problem::plain(format!("There is a tool server called {name} already"), Vec::new(), &advice));
    }
    servers.push(server);
    Ok(())
}

pub async fn remove(name: &str, before: Vec<ServerSettings>) -> Result<Said, Problem> {
    let left: Vec<ServerSettings> = before.iter().filter(|server| server.name != name).cloned().collect();
    if left.len() == before.len() {
        return Err(unknown(name, &before));
    }
    let problem = keep(&before, left).await?;
    Ok(Said { text: format!("{name} was removed"), object: json!({"removed": name}), problem })
}

/// The server that was typed.
fn described(add: &Add) -> Result<ServerSettings, Problem> {
    let name = usable_name(&add.name).map_err(|why| {
        Problem::plain("The tool server cannot be added", vec![why.to_owned()], "Give it a short name")
    })?;
    let mut server = match (&add.command, &add.url) {
        (Some(command), _) => {
            let command = if command.contains(['/', '\\']) { from_here(command) } else { command.clone() };
            let mut server = ServerSettings::program(name, &command, &[]);
            if let Place::Program { arguments, folder, .. } = &mut server.place {
                arguments.clone_from(&add.arguments);
                *folder = add.folder.as_deref().map(from_here).unwrap_or_default();
            }
            server
        }
        (None, Some(url)) if url.starts_with("http://") || url.starts_with("https://") => {
            ServerSettings::address(name, url)
        }
        (None, Some(url)) => {
            let advice = "An address begins with http:// or https://";
            return Err(Problem::plain("The address cannot be used", vec![url.clone()], advice));
        }
        (None, None) => known(name, add.needs.as_deref())?,
    };
    server.values_mut().extend(add.variables.iter().chain(&add.headers).cloned());
    Ok(server)
}

fn known(name: &str, given: Option<&str>) -> Result<ServerSettings, Problem> {
    let Some(preset) = ServerPreset::of(name) else {
        let names: Vec<&str> = SERVER_PRESETS.iter().map(|preset| preset.name).collect();
        let advice = "Use one of these, or say what it is with --command or --url";
        let details = vec![format!("There are: {}", names.join(", "))];
        return Err(Problem::plain(format!("No known tool server is called {name}"), details, advice));
    };
    let given = given.map(str::trim).filter(|given| !given.is_empty());
    match (preset.needs, given) {
        (Some(needs), None) => {
            let advice = format!("Add it like this: singularis servers add {name} --needs VALUE");
            let summary = format!("Something has to be filled in for {}", preset.title);
            Err(Problem::plain(summary, vec![needs.to_owned()], &advice))
        }
        (None, Some(_)) => {
            let advice = format!("Add it like this: singularis servers add {name}");
            Err(Problem::plain(format!("There is nothing to fill in for {}", preset.title), Vec::new(), &advice))
        }
        // All that is filled in are files and folders.
        (_, given) => Ok((preset.server)(&given.map(from_here).unwrap_or_default())),
    }
}

/// A path as it is meant where it is typed: the server is started elsewhere, and `.` would be another folder there.
fn from_here(path: &str) -> String {
    let path = path.trim();
    if path.is_empty() || path.starts_with('~') {
        return path.to_owned();
    }
    std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| path.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_a_server_or_a_reason() {
        let preset = Add { name: "git".into(), needs: Some("/repository".into()), ..Add::default() };
        assert!(described(&preset).unwrap().reached().ends_with("--repository /repository"));
        let program = Add {
            name: " mine ".into(),
            command: Some("run".into()),
            folder: Some("/tmp".into()),
            variables: vec![("A".into(), "1".into())],
            arguments: vec!["x".into()],
            ..Add::default()
        };
        let server = described(&program).unwrap();
        assert_eq!((server.name.as_str(), server.reached().as_str()), ("mine", "run x"));
        assert_eq!(server.values()["A"], "1");
        for (add, expected) in [
            (Add { name: "git".into(), ..Add::default() }, "filled in"),
            (Add { name: "fetch".into(), needs: Some("x".into()), ..Add::default() }, "nothing to fill in"),
            (Add { name: "nobody".into(), ..Add::default() }, "No known tool server"),
            (Add { name: "a".into(), url: Some("x".into()), ..Add::default() }, "address"),
            (Add { name: " ".into(), url: Some("http://x".into()), ..Add::default() }, "cannot be added"),
        ] {
            let problem = described(&add).unwrap_err();
            assert!(problem.summary.contains(expected), "{problem:?}");
        }
    }

    #[test]
    fn a_path_is_meant_from_where_it_is_typed() {
        let here = std::env::current_dir().unwrap().join("inner").display().to_string();
        let preset = Add { name: "filesystem".into(), needs: Some("inner".into()), ..Add::default() };
        assert!(described(&preset).unwrap().reached().ends_with(&here), "{here}");
        assert_eq!((from_here("inner"), from_here("~/inner"), from_here(" ")), (here, "~/inner".into(), String::new()));
    }

    #[test]
    fn a_name_is_taken_once() {
        let mut servers = vec![ServerSettings::program("a", "x", &[])];
        assert!(put(&mut servers, ServerSettings::program("a", "y", &[])).is_err());
        put(&mut servers, ServerSettings::program("b", "y", &[])).unwrap();
        assert_eq!(servers.len(), 2);
    }
}
