//! Where the program keeps its files: one folder named by `SINGULARIS_HOME`, else the platform's own places.

use std::path::{Path, PathBuf};

/// The folders of this installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    settings: PathBuf,
    logs: PathBuf,
    journal: PathBuf,
}

/// The system names no home folder for this user, and `SINGULARIS_HOME` is not set.
#[derive(Debug, thiserror::Error)]
#[error("no folder for settings is known; set SINGULARIS_HOME to one")]
pub struct HomeError;

impl Home {
    /// Finds the folders without creating them.
    pub fn find() -> Result<Self, HomeError> {
        match std::env::var_os("SINGULARIS_HOME") {
            Some(folder) if !folder.is_empty() => Ok(Self::in_folder(Path::new(&folder))),
            _ => {
                let folders = directories::ProjectDirs::from("", "", "singularis").ok_or(HomeError)?;
                Ok(Self {
                    settings: folders.config_dir().join("settings.toml"),
                    logs: folders.data_local_dir().join("logs"),
                    journal: folders.data_local_dir().join("journal.sqlite"),
                })
            }
        }
    }

    /// Everything in one folder: for tests and portable use.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            settings: folder.join("settings.toml"),
            logs: folder.join("logs"),
            journal: folder.join("journal.sqlite"),
        }
    }

    pub fn settings_file(&self) -> &Path {
        &self.settings
    }

    /// Where the tool servers stand.
    pub fn servers_file(&self) -> PathBuf {
        super::servers::file::beside(&self.settings)
    }

    /// Where the user keeps key profiles of their own, for the desktop.
    pub fn profiles_folder(&self) -> PathBuf {
        self.settings.with_file_name("profiles")
    }

    pub fn log_folder(&self) -> &Path {
        &self.logs
    }

    pub fn journal_file(&self) -> &Path {
        &self.journal
    }
}
