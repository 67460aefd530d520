//! Servers of other programs: listed, and added to the settings on request.

use serde_json::json;

use super::{Said, change::put, keeping::keep, list};
use crate::{
    protocol::Problem,
    settings::{
        ServerSettings,
        servers::import::{Found, configurations, find, places},
    },
};

pub fn said() -> Result<Said, Problem> {
    let found = found()?;
    let objects: Vec<_> = found
        .iter()
        .map(|found| {
            json!({"program": found.program, "file": found.path.display().to_string(),
                "servers": list::objects(&found.servers), "troubles": found.troubles})
        })
        .collect();
    Ok(Said::well(text(&found), json!({"found": objects})))
}

fn found() -> Result<Vec<Found>, Problem> {
    let home = crate::cli::outside().user_home.ok_or_else(|| {
        Problem::plain("The user's home folder is not known", Vec::new(), "Add the servers one by one")
    })?;
    Ok(find(&places(&home, &configurations(&home))))
}

fn text(found: &[Found]) -> String {
    if found.is_empty() {
        return "No other program here has tool servers".to_owned();
    }
    let part = |found: &Found| {
        let mut part = format!("{} ({})", found.program, found.path.display());
        if !found.servers.is_empty() {
            part.push_str(&format!("\n{}", list::table(&found.servers)));
        }
        for trouble in &found.troubles {
            part.push_str(&format!("\n! {trouble}"));
        }
        part
    };
    let parts: Vec<String> = found.iter().map(part).collect();
    format!("{}\n\nAdd some with: singularis servers import --take NAME", parts.join("\n\n"))
}

/// Adds those of these names; all of them, or none.
pub async fn take(names: &[String], before: Vec<ServerSettings>) -> Result<Said, Problem> {
    let found = found()?;
    let mut servers = before.clone();
    for name in names {
        put(&mut servers, named(&found, name)?.clone())?;
    }
    let problem = keep(&before, servers).await?;
    let text = format!("Added: {}", names.join(", "));
    Ok(Said { text, object: json!({"added": names}), problem })
}

/// The first of this name.
fn named<'f>(found: &'f [Found], name: &str) -> Result<&'f ServerSettings, Problem> {
    found.iter().flat_map(|found| &found.servers).find(|server| server.name == name).ok_or_else(|| {
        let advice = "Look what there is: singularis servers import";
        Problem::plain(format!("No other program here has a tool server called {name}"), Vec::new(), advice)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_told_by_program_with_what_is_wrong() {
        let found = [Found {
            program: "Cursor",
            path: "/x/mcp.json".into(),
            servers: vec![ServerSettings::program("a", "run", &[])],
            troubles: vec!["The tool server b cannot be used: its command is empty".into()],
        }];
        let text = text(&found);
        assert!(text.starts_with("Cursor (/x/mcp.json)\nname  switched  how it is reached\na     on"), "{text}");
        assert!(text.contains("\n! The tool server b"), "{text}");
        assert!(named(&found, "a").is_ok() && named(&found, "b").is_err());
        assert_eq!(super::text(&[]), "No other program here has tool servers");
    }
}
