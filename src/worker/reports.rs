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
    protocol::{Problem, ReportFormat, SessionFile},
};

/// The folder beside the journal.
const FOLDER: &str = "reports";
/// How long one report may take, from the journal to the disk. What takes longer can still be exported.
const MAY_TAKE: Duration = Duration::from_secs(3);

/// Writes all three forms of a session's report. Gives where the page is; `None` where nothing is kept.
pub async fn write(memory: Memory, session: String) -> Result<Option<PathBuf>, Problem> {
    let Some(folder) = folder(&memory) else { return Ok(None) };
    let writing = async {
        let journal = memory.journal().await.map_err(|error| error.problem())?;
        let Some(file) = journal.session(&session).await.map_err(|error| error.problem())? else { return Ok(None) };
        let written = spawn_blocking(move || write_all(&folder, &file)).await;
        written.unwrap_or_else(|error| Err(cannot_write(&error.to_string()))).map(Some)
    };
    timeout(MAY_TAKE, writing).await.unwrap_or_else(|_| Err(cannot_write("it took too long")))
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

/// Removes the reports of sessions that are no longer kept. What cannot be removed stays, and is tried the next time.
pub async fn tidy(memory: &Memory, kept: Vec<String>) {
    let Some(folder) = folder(memory) else { return };
    let tidied = spawn_blocking(move || remove_others(&folder, &kept)).await;
    if let Ok(Err(error)) = tidied
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::info!("old reports could not be looked through: {error}");
    }
}

/// Only what is named as a report is ours to remove.
fn remove_others(folder: &Path, kept: &[String]) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.strip_prefix("singularis-"));
        let is_report =
            ReportFormat::ALL.iter().any(|format| path.extension().is_some_and(|end| end == format.extension()));
        if let Some(session) = name.filter(|name| is_report && !kept.iter().any(|kept| kept == name)) {
            tracing::info!("the report of {session} is removed, as the session was");
            fs::remove_file(&path)?;
        }
    }
    Ok(())
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
            line: crate::protocol::SessionLine { session: session.into(), ..Default::default() },
            ..SessionFile::default()
        };
        let page = write_all(folder.path(), &name("s-1")).unwrap();
        assert_eq!(page, folder.path().join("singularis-s-1.html"));
        write_all(folder.path(), &name("s-2")).unwrap();
        fs::write(folder.path().join("mine.html"), "of somebody else").unwrap();
        remove_others(folder.path(), &["s-2".to_owned()]).unwrap();
        let mut left: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["mine.html", "singularis-s-2.html", "singularis-s-2.json", "singularis-s-2.md"]);
    }
}
