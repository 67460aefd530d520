//! Why a child did not begin.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::protocol::Problem;

/// A child that did not begin. `name` is what people call it, `program` the file that was to be run.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    #[error("{name} could not be started: there is no program {program}")]
    NoProgram { name: String, program: String },
    #[error("{name} could not be started: there is no folder {}", .folder.display())]
    NoFolder { name: String, folder: PathBuf },
    #[error("{name} could not be started: {program} may not be run")]
    NotAllowed { name: String, program: String },
    #[error("{name} could not be started with {program}: {source}")]
    NotStarted { name: String, program: String, source: io::Error },
    /// Everything is being ended, so nothing new may begin.
    #[error("{name} was not started, because everything is being ended")]
    Ending { name: String },
}

impl ChildError {
    /// What the system's error means. A missing folder and a missing program look the same to the system.
    pub(super) fn of(name: &str, program: &str, folder: Option<&Path>, source: io::Error) -> Self {
        let (name, program) = (name.to_owned(), program.to_owned());
        let missing = folder.filter(|folder| !folder.is_dir());
        match (source.kind(), missing) {
            (io::ErrorKind::NotFound | io::ErrorKind::NotADirectory, Some(folder)) => {
                Self::NoFolder { name, folder: folder.to_owned() }
            }
            (io::ErrorKind::NotFound, None) => Self::NoProgram { name, program },
            (io::ErrorKind::PermissionDenied, _) => Self::NotAllowed { name, program },
            _ => Self::NotStarted { name, program, source },
        }
    }

    /// What a person sees of it.
    pub fn problem(&self) -> Problem {
        let (name, detail, advice) = match self {
            Self::NoProgram { name, program } => {
                (name, format!("There is no program {program}"), "Install it, or correct the command in the settings")
            }
            Self::NoFolder { name, folder } => {
                (name, format!("There is no folder {}", folder.display()), "Correct the folder in the settings")
            }
            Self::NotAllowed { name, program } => {
                (name, format!("{program} may not be run"), "Make the file executable, or correct the command")
            }
            Self::NotStarted { name, program, source } => {
                (name, format!("{program}: {source}"), "See whether the command runs in a terminal")
            }
            Self::Ending { name } => (name, "Everything is being ended".to_owned(), "Start a new session"),
        };
        Problem::plain(format!("{name} could not be started"), vec![detail], advice)
    }
}
