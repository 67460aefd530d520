//! LM Studio's own command line tool: finding it, and starting the server with it.
//!
//! `lms server start` overwrites what it is not told: it switches CORS off and binds to loopback unless the user's choices
//! are passed again. So they are read from LM Studio's own configuration first.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use serde_json::Value;
use tokio::{process::Command, time::timeout};

use super::discovery::{lm_studio_home, server_config};

/// The tool may have to start LM Studio first, which it allows a minute for.
const START_WITHIN: Duration = Duration::from_secs(75);
/// Windows' own `CREATE_NO_WINDOW`.
#[cfg(windows)]
const NO_WINDOW: u32 = 0x0800_0000;

/// The tool, wherever it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lms {
    program: PathBuf,
}

/// The tool could not do it.
#[derive(Debug, thiserror::Error)]
pub enum LmsError {
    #[error("LM Studio's command line tool could not be run: {0}")]
    NotRun(#[from] std::io::Error),
    #[error("LM Studio's command line tool did not come to an end within {} seconds", START_WITHIN.as_secs())]
    TimedOut,
    #[error("{words}")]
    Refused { words: String },
}

impl Lms {
    /// Looks in LM Studio's folder, then along `PATH`.
    pub fn find(user_home: Option<&Path>, path: Option<&OsStr>) -> Option<Self> {
        let name = if cfg!(windows) { "lms.exe" } else { "lms" };
        let in_home = user_home.and_then(lm_studio_home).map(|home| home.join("bin").join(name));
        let along_path = path.into_iter().flat_map(std::env::split_paths).map(|folder| folder.join(name));
        in_home.into_iter().chain(along_path).find(|file| file.is_file()).map(|program| Self { program })
    }

    /// A command of the tool that is ended when it is dropped, with no terminal to ask anything on.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).stdin(Stdio::null()).kill_on_drop(true);
        // Started from a program with a window, one for the terminal would open a window of its own.
        #[cfg(windows)]
        command.creation_flags(NO_WINDOW);
        command
    }

    /// Starts LM Studio's server at a port, keeping the user's choices of address and CORS.
    pub async fn start_server(&self, port: u16, user_home: Option<&Path>) -> Result<(), LmsError> {
        let arguments = start_arguments(port, user_home.and_then(server_config).as_ref());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output =
            timeout(START_WITHIN, self.command(&arguments).output()).await.map_err(|_| LmsError::TimedOut)??;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stderr, output.stdout].concat();
        let words = String::from_utf8_lossy(&said).trim().chars().take(600).collect::<String>();
        Err(LmsError::Refused {
            words: if words.is_empty() { format!("it ended with {}", output.status) } else { words },
        })
    }
}

fn start_arguments(port: u16, config: Option<&Value>) -> Vec<String> {
    let mut arguments: Vec<String> = ["server", "start", "--port"].map(str::to_owned).into();
    arguments.push(port.to_string());
    let bind = config.and_then(|config| config.get("networkInterface")).and_then(Value::as_str);
    if let Some(bind) = bind.filter(|bind| bind.parse::<std::net::IpAddr>().is_ok()) {
        arguments.extend(["--bind".to_owned(), bind.to_owned()]);
    }
    if config.and_then(|config| config.get("cors")).and_then(Value::as_bool) == Some(true) {
        arguments.push("--cors".to_owned());
    }
    arguments
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_users_choices_are_passed_again() {
        let config = json!({"port": 9, "networkInterface": "0.0.0.0", "cors": true});
        let expected = ["server", "start", "--port", "4321", "--bind", "0.0.0.0", "--cors"];
        assert_eq!(start_arguments(4321, Some(&config)), expected);
        assert_eq!(start_arguments(1234, None), ["server", "start", "--port", "1234"]);
        let odd = json!({"networkInterface": "--evil", "cors": "yes"});
        assert_eq!(start_arguments(1, Some(&odd)).len(), 4);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_tool_is_found_and_its_refusal_passed_on() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let bin = folder.path().join(".lmstudio/bin");
        std::fs::create_dir_all(&bin).unwrap();
        assert_eq!(Lms::find(Some(folder.path()), None), None);
        let write = |script: &str| {
            std::fs::write(bin.join("lms"), script).unwrap();
            std::fs::set_permissions(bin.join("lms"), std::fs::Permissions::from_mode(0o755)).unwrap();
        };
        write("#!/bin/sh\necho \"$@\" > \"$0.said\"\n");
        let lms = Lms::find(Some(folder.path()), None).unwrap();
        lms.start_server(4321, Some(folder.path())).await.unwrap();
        assert_eq!(std::fs::read_to_string(bin.join("lms.said")).unwrap().trim(), "server start --port 4321");
        write("#!/bin/sh\necho 'Port 4321 is in use' >&2\nexit 1\n");
        let error = lms.start_server(4321, None).await.unwrap_err();
        assert_eq!(error.to_string(), "Port 4321 is in use");
        assert_eq!(Lms::find(None, Some(bin.as_os_str())), Some(lms));
    }
}
