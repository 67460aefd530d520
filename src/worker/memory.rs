//! What is remembered beyond a session: the journal, opened when it is first needed, and what was learnt.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{sync::OnceCell, task::spawn_blocking, time::Instant};

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
    /// Set once it could be opened; a failure is tried again the next time.
    journal: Arc<OnceCell<Journal>>,
    /// Those of the session that was begun last.
    present: Arc<Mutex<Option<Lessons>>>,
}

impl Memory {
    pub fn new(path: Option<PathBuf>) -> Self {
        Self { path, journal: Arc::default(), present: Arc::default() }
    }

    async fn journal(&self) -> Result<Journal, JournalError> {
        let open = || async {
            let path = self.path.clone();
            let opening = spawn_blocking(move || match path {
                Some(path) => Journal::open(&path),
                None => Journal::in_memory(),
            });
            opening.await.unwrap_or(Err(JournalError::Closed))
        };
        self.journal.get_or_try_init(open).await.cloned()
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
