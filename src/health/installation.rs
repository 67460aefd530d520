//! Where LM Studio itself is installed, from the note it leaves in its own folder, and opening it.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use serde_json::Value;
use tokio::process::Command;

use super::discovery::{lm_studio_home, read_small};

/// The notes that LM Studio leaves, the headless service's last: a person who presses a button wants to see a window.
const NOTES: [&str; 2] = ["app-install-location.json", "llmster-install-location.json"];

/// An installed LM Studio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// Its folder for models and settings.
    pub home: PathBuf,
    /// The program, if the folder says where it is and it is there.
    program: Option<PathBuf>,
}

/// What is installed for this user; `None` if nothing of LM Studio is there.
pub fn installed(user_home: Option<&Path>) -> Option<Installation> {
    let home = lm_studio_home(user_home?)?;
    let program = NOTES.iter().find_map(|note| program_in(&home.join(".internal").join(note)));
    Some(Installation { home, program })
}

/// The program that a note names; a note that is missing, strange or out of date names none.
fn program_in(note: &Path) -> Option<PathBuf> {
    let note: Value = serde_json::from_str(&read_small(note)?).ok()?;
    let program = PathBuf::from(note.get("path")?.as_str()?);
    (program.is_absolute() && program.exists()).then_some(program)
}

impl Installation {
    /// True where there is a program to start.
    pub fn can_be_opened(&self) -> bool {
        self.program.is_some()
    }

    /// Where it is, for people.
    pub fn words(&self) -> String {
        self.program.as_ref().unwrap_or(&self.home).display().to_string()
    }

    /// Starts LM Studio. It belongs to the user and not to this program, so it stays when this program ends.
    pub fn open(&self) -> std::io::Result<()> {
        let Some(program) = &self.program else {
            return Err(std::io::Error::new(
                std::io::ErrorKind::NotFound,
                "its folder does not say where the program is",
            ));
        };
        let mut command = opening(program);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // In a group of its own, so that an interrupt meant for this program does not end it.
        #[cfg(unix)]
        command.process_group(0);
        command.spawn().map(drop)
    }
}

/// On macOS an application is a folder that the system opens.
fn opening(program: &Path) -> Command {
    if cfg!(target_os = "macos") && program.extension().is_some_and(|extension| extension == "app") {
        let mut command = Command::new("open");
        command.arg("-a").arg(program);
        return command;
    }
    Command::new(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_leads_to_the_program_if_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(installed(Some(folder.path())), None);
        let internal = folder.path().join(".lmstudio/.internal");
        std::fs::create_dir_all(&internal).unwrap();
        let found = installed(Some(folder.path())).unwrap();
        assert!(!found.can_be_opened() && found.open().is_err());
        let program = folder.path().join("LM Studio");
        let note = serde_json::json!({"path": program, "argv": ["x"], "cwd": "/"});
        std::fs::write(internal.join(NOTES[0]), note.to_string()).unwrap();
        assert!(!installed(Some(folder.path())).unwrap().can_be_opened(), "it was uninstalled since");
        std::fs::write(&program, "").unwrap();
        assert!(installed(Some(folder.path())).unwrap().can_be_opened());
        for strange in ["", "[]", "{\"path\": 7}", "{\"path\": \"relative\"}"] {
            std::fs::write(internal.join(NOTES[0]), strange).unwrap();
            assert!(!installed(Some(folder.path())).unwrap().can_be_opened(), "{strange}");
        }
    }
}
