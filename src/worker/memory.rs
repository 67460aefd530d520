//! What is remembered beyond a session: the journal, opened when it is first needed, and what was learnt.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{sync::OnceCell, task::spawn_blocking, time::Instant};

use super::instance::{self, Alive};
use crate::{
    agent::Lessons,
    journal::{Journal, JournalError},
    llm::open::millis,
    protocol::{CertificateItem, OpenKind, Outcome, Problem},
};

/// The memory of one worker. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Memory {
    /// `None` where nothing is kept beyond the program's end.
    path: Option<PathBuf>,
    /// Another copy of the program writes; this one only looks.
    is_read_only: bool,
    /// While this lives, the sessions that were begun here belong to a living program.
    alive: Arc<Mutex<Option<Alive>>>,
    /// Set once it could be opened; a failure is tried again the next time.
    journal: Arc<OnceCell<Journal>>,
    /// Those of the session that was begun last.
    present: Arc<Mutex<Option<Lessons>>>,
}

impl Memory {
    pub fn new(path: Option<PathBuf>, is_read_only: bool) -> Self {
        Self { path, is_read_only, alive: Arc::default(), journal: Arc::default(), present: Arc::default() }
    }

    /// The journal, opened when it is first asked for.
    pub(super) async fn journal(&self) -> Result<Journal, JournalError> {
        let open = || async {
            let this = self.clone();
            spawn_blocking(move || this.open()).await.unwrap_or(Err(JournalError::Closed))
        };
        let open = || async {
            let journal = open().await?;
            // Whoever opens it first looks who is no longer there, so that no session seems to run for ever.
            if self.path.is_some() && !self.is_read_only {
                // On a full disk it cannot be written down; who is dead is seen all the same whenever somebody looks.
                if let Err(error) = self.mark_interrupted(&journal).await {
                    tracing::warn!("sessions that were cut off could not be marked: {error}");
                }
            }
            Ok(journal)
        };
        self.journal.get_or_try_init(open).await.cloned()
    }

    fn open(&self) -> Result<Journal, JournalError> {
        let Some(path) = &self.path else { return Journal::in_memory() };
        if self.is_read_only {
            return Journal::open_read_only(path);
        }
        let journal = Journal::open(path)?;
        match path.parent().map(Alive::begin) {
            Some(Ok(alive)) => *self.alive() = Some(alive),
            // Without it a session of this program may be taken for interrupted by another copy, which is all.
            Some(Err(error)) => tracing::warn!("nobody can tell that this program runs: {error}"),
            None => {}
        }
        Ok(journal)
    }

    fn alive(&self) -> MutexGuard<'_, Option<Alive>> {
        self.alive.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// False where nothing outlives the program.
    pub(super) fn is_kept(&self) -> bool {
        self.path.is_some()
    }

    /// What this program is called among all that keep sessions; empty where nothing is kept.
    pub(super) fn owner(&self) -> String {
        self.alive().as_ref().map(|alive| alive.id().to_owned()).unwrap_or_default()
    }

    /// Where the journal lies; `None` where nothing is kept.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.path.as_ref().and_then(|path| path.parent())
    }

    /// All programs that run and keep sessions here, this one included.
    pub(super) async fn look_who_lives(&self) -> io::Result<Vec<String>> {
        let Some(folder) = self.folder().map(Path::to_path_buf) else { return Ok(Vec::new()) };
        spawn_blocking(move || instance::living(&folder)).await.unwrap_or_else(|error| Err(io::Error::other(error)))
    }

    /// Marks the sessions of programs that have ended without ending them. Where it cannot be told who lives, none is.
    pub(super) async fn mark_interrupted(&self, journal: &Journal) -> Result<(), JournalError> {
        match self.look_who_lives().await {
            Ok(living) => journal.mark_interrupted(&living).await.map(drop),
            Err(error) => {
                tracing::warn!("it cannot be told which programs run, so no session is taken for interrupted: {error}");
                Ok(())
            }
        }
    }

    /// What was learnt before in this kind of environment, for a session that begins.
    pub async fn recall(&self, environment: &str, is_on: bool) -> Lessons {
        let journal = self.journal().await.map_err(|error| error.to_string());
        let lessons = Lessons::recall(environment, journal, is_on).await;
        *self.present.lock().unwrap_or_else(PoisonError::into_inner) = Some(lessons.clone());
        lessons
    }

    /// Forgets what was learnt in this kind of environment, on disk and in the session that runs.
    pub async fn forget(&self, environment: &str) -> Result<u64, Problem> {
        let journal = self.journal().await.map_err(|error| error.problem())?;
        // The session first: what it still holds must not be kept again afterwards.
        if let Some(lessons) = self.present.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            lessons.forget(environment);
        }
        journal.forget_lessons(environment).await.map_err(|error| error.problem())
    }

    /// Closes the journal; nothing if it was never opened.
    pub async fn close(&self) -> Option<CertificateItem> {
        let journal = self.journal.get()?;
        let began = Instant::now();
        let closed = journal.close().await;
        let (outcome, note) = match closed {
            Ok(()) => (Outcome::Closed, String::new()),
            Err(error) => (Outcome::Failed, error.to_string()),
        };
        let took_ms = millis(began.elapsed());
        let file = self.path.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
        let name = file.unwrap_or_else(|| "in memory".to_owned());
        Some(CertificateItem { kind: OpenKind::Journal, name, outcome, took_ms, note })
    }
}
