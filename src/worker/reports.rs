//! The report of every session, on the disk beside the journal: written when it has ended, however it did; gone with it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::{task::spawn_blocking, time::timeout};

use super::{dialog, memory::Memory};
use crate::{
    journal::report,
    protocol::{Problem, ReportFormat, SessionFile, SessionLine},
};

/// The folder beside the journal.
const FOLDER: &str = "reports";

/// Writes all three forms of a session's report, if that takes no longer than this. Gives where the page is; `None` where
/// nothing is kept.
pub async fn write(memory: Memory, session: String, limit: Duration) -> Result<Option<PathBuf>, Problem> {
    let Some(folder) = folder(&memory) else { return Ok(None) };
    let writing = async {
        let journal = memory.journal().await.map_err(|error| error.problem())?;
        let Some(file) = journal.session(&session).await.map_err(|error| error.problem())? else { return Ok(None) };
        let written = spawn_blocking(move || write_all(&folder, &file)).await;
        written.unwrap_or_else(|error| Err(cannot_write(&error.to_string()))).map(Some)
    };
    timeout(limit, writing).await.unwrap_or_else(|_| Err(cannot_write("it took too long")))
}

fn write_all(folder: &Path, file: &SessionFile) -> Result<PathBuf, Problem> {
    fs::create_dir_all(folder).map_err(|error| cannot_write(&error.to_string()))?;
    let mut page = PathBuf::new();
    for format in ReportFormat::ALL {
        let text = report::render(file, format).map_err(|error| cannot_write(&error.to_string()))?;
        let path = folder.join(report::file_name(file, format));
        dialog::write(&path, &text)?;
        if format == ReportFormat::Html {
            page = path;
        }
    }
    Ok(page)
}

/// Removes the reports of sessions that were removed, and nothing else: whoever moves a damaged journal away still has the
/// reports of what was in it. What cannot be removed stays.
pub async fn remove(memory: &Memory, sessions: Vec<String>) {
    let Some(folder) = folder(memory) else { return };
    let _cannot_fail = spawn_blocking(move || sessions.iter().for_each(|session| remove_all(&folder, session))).await;
}

/// The same for whoever has no worker; `folder` is that of the journal.
pub fn remove_beside(folder: &Path, session: &str) {
    remove_all(&folder.join(FOLDER), session);
}

fn remove_all(folder: &Path, session: &str) {
    let line = SessionLine { session: session.to_owned(), ..SessionLine::default() };
    let file = SessionFile { line, ..SessionFile::default() };
    for format in ReportFormat::ALL {
        let path = folder.join(report::file_name(&file, format));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::info!("an old report could not be removed: {error}: {}", path.display());
            }
            Ok(()) | Err(_) => {}
        }
    }
}

fn folder(memory: &Memory) -> Option<PathBuf> {
    Some(memory.folder()?.join(FOLDER))
}

fn cannot_write(words: &str) -> Problem {
    Problem::plain(
        "The report of the session could not be written",
        vec![words.to_owned()],
        "The session itself is in the journal; export its report from the Sessions screen",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_goes_with_its_session_and_nothing_else_goes_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let name = |session: &str| SessionFile {
            line: SessionLine { session: session.into(), ..SessionLine::default() },
            ..SessionFile::default()
        };
        let page = write_all(folder.path(), &name("s-1")).unwrap();
        assert_eq!(page, folder.path().join("singularis-s-1.html"));
        write_all(folder.path(), &name("s-2")).unwrap();
        fs::write(folder.path().join("mine.html"), "of somebody else").unwrap();
        remove_all(folder.path(), "s-1");
        remove_all(folder.path(), "s-3");
        let mut left: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["mine.html", "singularis-s-2.html", "singularis-s-2.json", "singularis-s-2.md"]);
    }
}
