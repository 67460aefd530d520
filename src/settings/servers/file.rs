//! `mcp.json`: reading that cannot fail, writing that cannot tear and loses nothing.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{
    ServerSettings,
    form::{Form, Rest, SECTION, written},
};
use crate::settings::file::put_in_place;

/// Its name, beside the settings.
const NAME: &str = "mcp.json";

/// Servers that can be used, and what had to be left out to get them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadedServers {
    pub servers: Vec<ServerSettings>,
    /// One sentence for each thing that could not be used.
    pub warnings: Vec<String>,
}

/// Where the servers stand that belong to these settings.
pub fn beside(settings: &Path) -> PathBuf {
    settings.with_file_name(NAME)
}

/// Reads the file; whatever is wrong with it becomes a warning. A missing file means no servers and is no warning. Secrets
/// that stand in it are taken out of everything that is written down from then on.
pub fn load(path: &Path) -> LoadedServers {
    let mut loaded = match std::fs::read(path) {
        Ok(bytes) => match Form::read(&String::from_utf8_lossy(&bytes), &[SECTION]) {
            Ok(form) => LoadedServers { servers: form.servers, warnings: form.warnings },
            Err(why) => {
                let warnings = vec![format!("The file with the tool servers cannot be used, there are none: {why}")];
                LoadedServers { warnings, ..LoadedServers::default() }
            }
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => return LoadedServers::default(),
        Err(error) => {
            let warnings = vec![format!("The file with the tool servers could not be read: {error}")];
            return LoadedServers { warnings, ..LoadedServers::default() };
        }
    };
    if !loaded.warnings.is_empty() {
        loaded.warnings.push(keep_original(path));
    }
    for server in &loaded.servers {
        let _remembered = server.secrets();
    }
    loaded
}

/// Copies the file aside before it can be overwritten, and says where to.
fn keep_original(path: &Path) -> String {
    match std::fs::copy(path, path.with_extension("json.kept")) {
        Ok(_) => format!("The original file with the tool servers is kept beside the new one, as {NAME}.kept"),
        Err(error) => format!("The original file with the tool servers could not be kept: {error}"),
    }
}

/// Writes these servers, unless they are what stands there already. What else stands in the file stays.
pub fn save(path: &Path, servers: &[ServerSettings]) -> io::Result<()> {
    let rest = match std::fs::read(path) {
        Ok(bytes) => match Form::read(&String::from_utf8_lossy(&bytes), &[SECTION]) {
            Ok(form) if form.servers == servers => return Ok(()),
            Ok(form) => form.rest,
            // It is kept beside since it was loaded; a file that has come to this meanwhile is nobody's work.
            Err(_unreadable) if servers.is_empty() => return Ok(()),
            Err(_unreadable) => {
                let _as_far_as_possible = keep_original(path);
                Rest::default()
            }
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound && servers.is_empty() => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Rest::default(),
        Err(error) => return Err(error),
    };
    put_in_place(path, &written(servers, &rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = beside(&folder.path().join("settings.toml"));
        (folder, path)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_saved_is_loaded_again_and_nothing_is_written_for_nothing() {
        let (folder, path) = place();
        save(&path, &[]).unwrap();
        assert_eq!(names(folder.path()), [""; 0]);
        let mut playwright = (super::super::SERVER_PRESETS[0].server)("");
        playwright.is_enabled = false;
        let servers = vec![playwright, ServerSettings::address("far", "https://x/mcp")];
        save(&path, &servers).unwrap();
        assert_eq!(load(&path), LoadedServers { servers: servers.clone(), warnings: vec![] });
        assert_eq!(names(folder.path()), ["mcp.json"], "no half-written file is left");
        let spaced = format!("{}\n\n", std::fs::read_to_string(&path).unwrap());
        std::fs::write(&path, &spaced).unwrap();
        save(&path, &servers).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), spaced, "the same servers are not written again");
        save(&path, &servers[..1]).unwrap();
        assert_eq!(load(&path).servers, servers[..1]);
        save(&path, &[]).unwrap();
        assert_eq!(load(&path), LoadedServers::default());
    }

    #[test]
    fn what_cannot_be_used_stays_in_the_file_and_the_original_beside_it() {
        let (folder, path) = place();
        let text = r#"{"mcpServers": {"bad": {"args": 7}, "good": {"command": "a"}}, "theirs": 1}"#;
        std::fs::write(&path, text).unwrap();
        let loaded = load(&path);
        assert_eq!((loaded.servers.len(), loaded.warnings.len()), (1, 2));
        save(&path, &[]).unwrap();
        let now: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(now, serde_json::json!({"mcpServers": {"bad": {"args": 7}}, "theirs": 1}));
        assert_eq!(std::fs::read_to_string(folder.path().join("mcp.json.kept")).unwrap(), text);
    }

    #[test]
    fn rubbish_is_left_alone_until_there_is_something_to_write_and_then_kept_beside() {
        let (folder, path) = place();
        std::fs::write(&path, b"\xff\xfe {").unwrap();
        assert_eq!(load(&path).warnings.len(), 2);
        save(&path, &[]).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"\xff\xfe {");
        save(&path, &[ServerSettings::program("a", "b", &[])]).unwrap();
        assert_eq!(load(&path).servers.len(), 1);
        assert_eq!(std::fs::read(folder.path().join("mcp.json.kept")).unwrap(), b"\xff\xfe {");
    }

    #[test]
    fn a_folder_in_place_of_the_file_is_said_on_both_ways() {
        let (_folder, path) = place();
        std::fs::create_dir_all(path.join("occupied")).unwrap();
        assert_eq!(load(&path).warnings.len(), 1);
        assert!(save(&path, &[ServerSettings::program("a", "b", &[])]).is_err());
    }

    #[test]
    #[cfg(unix)]
    fn only_the_user_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = place();
        save(&path, &[ServerSettings::program("a", "b", &[])]).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
    }
}
