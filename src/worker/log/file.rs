//! The log as files: one a day, by the clock of Greenwich, written by a thread of its own.

use std::{
    fs, io,
    path::Path,
    sync::{
        Arc, OnceLock, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use tracing_appender::{
    non_blocking::{ErrorCounter, NonBlocking, NonBlockingBuilder, WorkerGuard},
    rolling::{RollingFileAppender, Rotation},
};

use super::{layer::written, shown};
use crate::protocol::LogLine;

/// So many days are kept.
const KEPT_DAYS: usize = 14;
/// So many lines wait for a slow disk; more are dropped, because nothing may wait for the log.
const WAITING: usize = 8192;

/// The file that is written to, while there is one.
static FILE: RwLock<Option<NonBlocking>> = RwLock::new(None);

/// While this lives the log is written to a file. Dropping it writes what still waits, which takes at most about a
/// second on a disk that hangs; so it is dropped last, when the worker has ended. What is to be shown on standard error
/// is waited for too.
#[must_use = "the file ends when this is dropped"]
#[derive(Debug)]
pub struct LogFile {
    /// `None` where no file could be written.
    writer: Option<WorkerGuard>,
    lost: Arc<Lost>,
}

impl Drop for LogFile {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            // While there still may be room for it.
            self.lost.tell();
            // Nothing new comes before the rest is written.
            *FILE.write().unwrap_or_else(PoisonError::into_inner) = None;
            drop(writer);
        }
        shown::finish();
    }
}

/// From now on lines go to `singularis.YYYY-MM-DD.log` in this folder, which is made if it is missing. Where that
/// cannot be, a warning says so and nothing else changes.
pub fn begin_file(folder: &Path) -> LogFile {
    match open(folder) {
        Ok(file) => {
            let (writer, guard, lost) = lane(file, WAITING);
            *FILE.write().unwrap_or_else(PoisonError::into_inner) = Some(writer);
            LogFile { writer: Some(guard), lost }
        }
        Err(error) => {
            tracing::warn!("the log is kept in no file, because {} cannot be written: {error}", folder.display());
            LogFile { writer: None, lost: Arc::default() }
        }
    }
}

fn open(folder: &Path) -> Result<RollingFileAppender, String> {
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let builder = RollingFileAppender::builder().rotation(Rotation::DAILY);
    // With today's file, which is not a whole day yet.
    let builder = builder.filename_prefix("singularis").filename_suffix("log").max_log_files(KEPT_DAYS + 1);
    builder.build(folder).map_err(|error| error.to_string())
}

/// A thread that writes to this file; at most so many lines wait for it.
fn lane<W: io::Write + Send + 'static>(file: W, waiting: usize) -> (NonBlocking, WorkerGuard, Arc<Lost>) {
    let lost = Arc::<Lost>::default();
    let builder = NonBlockingBuilder::default().thread_name("singularis-log").buffered_lines_limit(waiting);
    let watched = Watched { file, has_failed: false, lost: Arc::clone(&lost) };
    let (writer, guard) = builder.lossy(true).finish(watched);
    let counter = writer.error_counter();
    // It is set here and nowhere else.
    let _once = lost.counter.set(counter);
    (writer, guard, lost)
}

/// Lines for which there was no room. Nobody else would say that there were any.
#[derive(Debug, Default)]
struct Lost {
    counter: OnceLock<ErrorCounter>,
    is_told: AtomicBool,
}

impl Lost {
    fn lines(&self) -> usize {
        self.counter.get().map_or(0, ErrorCounter::dropped_lines)
    }

    /// Says it once.
    fn tell(&self) {
        let lines = self.lines();
        if lines > 0 && !self.is_told.swap(true, Ordering::SeqCst) {
            tracing::warn!("lines of the log are missing in its file, because the disk is slow: {lines} so far");
        }
    }
}

/// Hands a line to the thread that writes.
pub(super) fn write(line: &LogLine) {
    let file = FILE.read().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(mut file) = file {
        // A line for which there is no room is dropped and counted there.
        let _never_fails = io::Write::write_all(&mut file, written(line).as_bytes());
    }
}

/// A file whose failures are said once, since nobody else would: the writing thread carries on in silence.
struct Watched<W> {
    file: W,
    has_failed: bool,
    lost: Arc<Lost>,
}

impl<W: io::Write> io::Write for Watched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = self.file.write_all(bytes)
            && !self.has_failed
        {
            self.has_failed = true;
            tracing::warn!("lines of the log are missing in its file: {error}");
        }
        // There is room for one more now that this one is out.
        self.lost.tell();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::mpsc,
        thread,
        time::{Duration, Instant},
    };

    use super::*;

    /// A disk that is full from the first byte on.
    struct Full;

    impl io::Write for Full {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn only_fifteen_files_are_left_and_only_ours_go() {
        let folder = tempfile::tempdir().unwrap();
        for day in 10..30 {
            fs::write(folder.path().join(format!("singularis.2020-01-{day}.log")), "old").unwrap();
        }
        fs::write(folder.path().join("notes.txt"), "mine").unwrap();
        drop(open(folder.path()).unwrap());
        let names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(names.iter().filter(|name| name.strip_suffix(".log").is_some()).count(), KEPT_DAYS + 1, "{names:?}");
        assert!(names.contains(&"notes.txt".to_owned()));
        assert!(names.iter().any(|name| name.starts_with("singularis.20") && !name.contains("2020-01-")));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_error_and_no_panic() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a file");
        fs::write(&file, "no folder").unwrap();
        assert!(open(&file.join("logs")).is_err());
        assert!(begin_file(&file.join("logs")).writer.is_none());
    }

    #[test]
    fn a_full_disk_is_said_once_and_stops_nobody() {
        let mut watched = Watched { file: Full, has_failed: false, lost: Arc::default() };
        assert_eq!(io::Write::write(&mut watched, b"line").unwrap(), 4);
        assert!(watched.has_failed);
        assert!(io::Write::write_all(&mut watched, b"line").is_ok());
    }

    /// A disk that takes one line each time it is told to, and everything once nobody is there to tell it.
    struct Slow(mpsc::Receiver<()>);

    impl io::Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _nobody_is_there = self.0.recv();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_for_which_there_was_no_room_are_told_of() {
        let (go_on, waits) = mpsc::channel();
        let (mut writer, guard, lost) = lane(Slow(waits), 1);
        assert_eq!(lost.lines(), 0);
        lost.tell();
        assert!(!lost.is_told.load(Ordering::SeqCst), "there is nothing to tell");
        for _ in 0..10 {
            io::Write::write_all(&mut writer, b"line\n").unwrap();
        }
        assert!(lost.lines() >= 8, "one is being written and one waits: {lost:?}");
        assert!(!lost.is_told.load(Ordering::SeqCst), "the first one is not out yet");
        drop(go_on);
        let deadline = Instant::now() + Duration::from_secs(30);
        while !lost.is_told.load(Ordering::SeqCst) {
            assert!(Instant::now() < deadline, "nobody says it");
            thread::sleep(Duration::from_millis(1));
        }
        drop(guard);
    }
}
