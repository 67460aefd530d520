//! Why the journal could not be used: a variant for each thing that can be done about it.

use std::{
    io,
    path::{Path, PathBuf},
};

use rusqlite::{Error, ErrorCode, ffi};

use crate::protocol::Problem;

/// What went wrong, in the words of SQLite or of the system, and with which file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// It could not be opened, read or written, for none of the reasons below.
    #[error("the journal cannot be used: {words}: {}", path.display())]
    Unusable { words: String, path: PathBuf },
    #[error("there is no space left for the journal: {words}: {}", path.display())]
    DiskFull { words: String, path: PathBuf },
    /// The file or its folder may not be written, or nothing can be created there.
    #[error("the journal cannot be written: {words}: {}", path.display())]
    ReadOnly { words: String, path: PathBuf },
    #[error("another program holds the journal: {words}: {}", path.display())]
    Locked { words: String, path: PathBuf },
    /// The file was left as it is.
    #[error("the journal is damaged or is no journal: {words}: {}", path.display())]
    Damaged { words: String, path: PathBuf },
    /// The file was left as it is.
    #[error("the journal was written by a newer version ({found} instead of {known}): {}", path.display())]
    Newer { found: i32, known: i32, path: PathBuf },
    /// There is nothing to look at, and nothing was begun.
    #[error("there is no journal yet: {}", path.display())]
    Missing { path: PathBuf },
    /// The file was left as it is: whoever only looks changes nothing.
    #[error("the journal was written by an older version ({found} instead of {known}): {}", path.display())]
    Older { found: i32, known: i32, path: PathBuf },
    /// Several sessions begin with these letters.
    #[error("several sessions begin with {beginning}")]
    Ambiguous { beginning: String },
    #[error("the journal has no session {session}")]
    NoSession { session: String },
    /// What was asked for may still be done.
    #[error("the journal did not answer within {seconds} s")]
    NoAnswer { seconds: u64 },
    /// Nothing was read or written.
    #[error("the journal is closed")]
    Closed,
}

impl JournalError {
    /// In words, with the way out.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Unusable { words, path } => told(
                "The journal cannot be used",
                words,
                path,
                "Look whether the disk is well and the file is where it should be, then start Singularis again",
            ),
            Self::DiskFull { words, path } => told(
                "There is no space left for the journal",
                words,
                path,
                "Free some space on the disk that holds it; what was written before is kept",
            ),
            Self::ReadOnly { words, path } => told(
                "The journal cannot be written",
                words,
                path,
                "Make the file and its folder writable, or set SINGULARIS_HOME to a folder that is",
            ),
            Self::Locked { words, path } => told(
                "Another program holds the journal",
                words,
                path,
                "Close the other program, such as a second Singularis or a database viewer, and try again",
            ),
            Self::Damaged { words, path } => told(
                "The journal is damaged or is no journal",
                words,
                path,
                "Move the file away to begin a new one, or put a copy back that is well; it was left as it is",
            ),
            Self::Newer { found, known, path } => told(
                "The journal was written by a newer version of Singularis",
                &format!("it has version {found}, and up to {known} is known here"),
                path,
                "Use the newer Singularis, or set SINGULARIS_HOME to another folder; the file was left as it is",
            ),
            Self::Missing { path } => Problem::plain(
                "There is no journal yet",
                vec![path.display().to_string()],
                "Run a session; everything that happens in it is kept there",
            ),
            Self::Older { found, known, path } => told(
                "The journal was written by an older version of Singularis",
                &format!("it has version {found}, and {known} is needed here"),
                path,
                "Close every older Singularis and open the panel once; that brings the journal up to date",
            ),
            Self::Ambiguous { beginning } => Problem::plain(
                "Several sessions begin like this",
                vec![beginning.clone()],
                "Give more letters of the session's name",
            ),
            Self::NoSession { session } => Problem::plain(
                "The journal has no such session",
                vec![session.clone()],
                "Look at the list of sessions; it may have been removed to make room",
            ),
            Self::NoAnswer { seconds } => Problem::plain(
                "The journal does not answer",
                vec![format!("nothing came back within {seconds} s")],
                "Look whether the disk that holds it is well; what happens meanwhile is held and written later",
            ),
            Self::Closed => Problem::plain(
                "The journal is closed, so nothing was read or written",
                Vec::new(),
                "Start Singularis again to go on remembering",
            ),
        }
    }

    /// What SQLite said of this file.
    pub(super) fn from_sqlite(path: &Path, error: &Error) -> Self {
        // What was found out here needs no words of SQLite.
        if let Error::ToSqlConversionFailure(inner) = error
            && let Some(own) = inner.downcast_ref::<Self>()
        {
            return own.clone();
        }
        let (words, path) = (in_words(error), path.to_path_buf());
        let code = match error {
            Error::SqliteFailure(ffi::Error { code, .. }, _) => *code,
            // A row holds what is never written here.
            Error::FromSqlConversionFailure(..) | Error::InvalidColumnType(..) | Error::Utf8Error(..) => {
                ErrorCode::DatabaseCorrupt
            }
            _ => ErrorCode::Unknown,
        };
        match code {
            ErrorCode::DiskFull => Self::DiskFull { words, path },
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::ReadOnly { words, path },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
                Self::Locked { words, path }
            }
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged { words, path },
            // Only who closes it breaks off what is being read.
            ErrorCode::OperationInterrupted => Self::Closed,
            _ => Self::Unusable { words, path },
        }
    }

    /// What the system said of this file or folder.
    pub(super) fn from_io(path: &Path, error: &io::Error) -> Self {
        use io::ErrorKind::*;
        let (words, path) = (error.to_string(), path.to_path_buf());
        match error.kind() {
            StorageFull | QuotaExceeded => Self::DiskFull { words, path },
            // A file that stands where a folder should be cannot be written into either.
            PermissionDenied | ReadOnlyFilesystem | NotADirectory | AlreadyExists => Self::ReadOnly { words, path },
            _ => Self::Unusable { words, path },
        }
    }
}

/// SQLite's own words and, as they are few, its number for what exactly happened.
fn in_words(error: &Error) -> String {
    match error {
        Error::SqliteFailure(ffi::Error { extended_code, .. }, Some(words)) => {
            format!("{words} (SQLite code {extended_code})")
        }
        other => other.to_string(),
    }
}

fn told(summary: &str, words: &str, path: &Path, advice: &str) -> Problem {
    Problem::plain(summary, vec![words.to_owned(), path.display().to_string()], advice)
}
