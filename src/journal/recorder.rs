//! Keeping what happens in the session that runs: in order, on the disk before anybody is shown it, and held for later
//! where the disk does not take it.

mod queue;

use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Mutex as Turn, time::Instant};

use super::{Beginning, Journal, JournalError};
use crate::protocol::{Moment, Problem, Questioned, SessionReport, What};
use queue::Queue;

/// How long one write may take, until it counts as failed.
const WRITE_MAY_TAKE: Duration = Duration::from_secs(5);

/// Told once when writing stops working, and again only after it worked in between.
pub type Trouble = Arc<dyn Fn(&Problem) + Send + Sync>;

/// Records of a session that are not on the disk, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// How many; 0 where only the end of the session could not be written.
    pub records: usize,
    pub error: JournalError,
}

impl fmt::Display for Unsaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.records {
            0 => write!(f, "the end of the session is not recorded: {}", self.error),
            1 => write!(f, "1 record of the session is not kept: {}", self.error),
            records => write!(f, "{records} records of the session are not kept: {}", self.error),
        }
    }
}

impl std::error::Error for Unsaved {}

/// The recorder of one session. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Recorder(Arc<Shared>);

struct Shared {
    session: String,
    /// `None` where nothing is kept, or nothing can be.
    journal: Option<Journal>,
    began: Instant,
    /// The same by the clock on the wall: the journal may take the beginning only later.
    began_at: Moment,
    trouble: Option<Trouble>,
    queue: Mutex<Queue>,
    /// Whoever writes has the turn. It holds the beginning as long as the journal does not have it.
    turn: Turn<Option<Beginning>>,
    /// Why writing does not work, if it does not.
    standing: Mutex<Option<JournalError>>,
    /// How many writes have failed.
    failures: AtomicU64,
    calls: AtomicU64,
    questions: Mutex<Questions>,
}

/// What becomes of a write if another one fails while it waits for its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum IfOthersFail {
    /// It fails with the same error, and what it would have written is held for the next time: with sixteen who wait, a
    /// journal that is locked would otherwise hold up the last of them sixteen times as long as the first.
    GiveUp,
    TryAgain,
}

#[derive(Default)]
struct Questions {
    asked: u64,
    present: Option<Questioned>,
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("session", &self.0.session).finish_non_exhaustive()
    }
}

impl Recorder {
    /// Keeps nothing, and only counts.
    pub fn none() -> Self {
        Self::new(String::new(), None, None, None)
    }

    /// Whether there is a journal that keeps it, or will as soon as it can.
    pub fn is_on(&self) -> bool {
        self.0.journal.is_some()
    }

    /// Begins to record a session. Where the journal could not be opened, or does not take it, that is told at once;
    /// if there is a journal, it is tried again with every write.
    pub async fn begin(journal: Result<Journal, JournalError>, began: Beginning, trouble: Trouble) -> Self {
        let recorder = Self::ready(journal, began, trouble);
        recorder.flush().await;
        recorder
    }

    /// The same, and nothing is written before something is kept: a session that is never begun leaves no trace.
    pub fn ready(journal: Result<Journal, JournalError>, began: Beginning, trouble: Trouble) -> Self {
        let session = began.started.session.clone();
        match journal {
            Ok(journal) => Self::new(session, Some(journal), Some(began), Some(trouble)),
            Err(error) => {
                let recorder = Self::new(session, None, None, Some(trouble));
                recorder.note(&Err(error));
                recorder
            }
        }
    }

    fn new(session: String, journal: Option<Journal>, beginning: Option<Beginning>, trouble: Option<Trouble>) -> Self {
        Self(Arc::new(Shared {
            session,
            journal,
            began: Instant::now(),
            began_at: Moment::now(),
            trouble,
            queue: Mutex::default(),
            turn: Turn::new(beginning),
            standing: Mutex::default(),
            failures: AtomicU64::new(0),
            calls: AtomicU64::new(0),
            questions: Mutex::default(),
        }))
    }

    /// Keeps this after all that was kept before. When it returns, it is on the disk, or the trouble has been told and
    /// it is held for the next time.
    pub async fn keep(&self, what: What) {
        self.keep_later(what);
        self.flush().await;
    }

    /// Keeps this with the next write, whoever does it: for where nobody can wait.
    pub fn keep_later(&self, what: What) {
        let mut queue = lock(&self.0.queue);
        match &self.0.journal {
            // Under the lock, so that the order of the records is also that of their times.
            Some(_) => queue.push(self.now_ms(), what),
            None if lock(&self.0.standing).is_some() => queue.lose_one(),
            None => {}
        }
    }

    /// Writes whatever is held; trouble is told.
    pub async fn flush(&self) {
        let _told = self.write(IfOthersFail::GiveUp).await;
    }

    /// The same where the session has begun to be written; before that, what is held waits for its beginning.
    pub async fn flush_if_begun(&self) {
        let has_begun = self.0.turn.lock().await.is_none();
        if has_begun {
            self.flush().await;
        }
    }

    /// The session's name; empty where nothing is kept.
    pub fn session(&self) -> &str {
        &self.0.session
    }

    /// Milliseconds since the session began.
    pub fn now_ms(&self) -> u64 {
        u64::try_from(self.0.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The number of the next call of a model, from 1.
    pub fn next_call(&self) -> u64 {
        self.0.calls.fetch_add(1, Ordering::Relaxed).saturating_add(1)
    }

    /// The mind is asked about this look. Gives the number of the question, from 1, which is the present one until it
    /// is ended or another begins. Whoever calls this keeps [`What::Questioned`].
    pub fn begin_question(&self, look: u64) -> u64 {
        let mut questions = lock(&self.0.questions);
        questions.asked += 1;
        questions.present = Some(Questioned { question: questions.asked, look });
        questions.asked
    }

    /// The question that is being thought about, if one is.
    pub fn question(&self) -> Option<u64> {
        self.questioned().map(|questioned| questioned.question)
    }

    /// The same with the look that it is about.
    pub fn questioned(&self) -> Option<Questioned> {
        lock(&self.0.questions).present
    }

    /// Nothing is being thought about any more.
    pub fn end_question(&self) {
        lock(&self.0.questions).present = None;
    }

    /// Why the session is not being recorded, in a sentence; `None` while it is.
    pub fn not_recorded(&self) -> Option<String> {
        let words = lock(&self.0.standing).as_ref().map(ToString::to_string)?;
        Some(match lock(&self.0.queue).lost() {
            0 => words,
            1 => format!("{words}; 1 record is lost"),
            lost => format!("{words}; {lost} records are lost"),
        })
    }

    /// Writes whatever is held and the end of the session. May be tried again if it fails.
    pub async fn end(&self, report: &SessionReport) -> Result<(), Unsaved> {
        let written = self.write(IfOthersFail::TryAgain).await;
        // The rest is worth trying where only a part was not taken, but not where nobody answers.
        let is_deaf = matches!(written, Err(JournalError::NoAnswer { .. } | JournalError::Closed));
        let ended = match &self.0.journal {
            Some(journal) if !is_deaf => journal.end_within(WRITE_MAY_TAKE, report.clone()).await,
            _ => Ok(()),
        };
        let unsaved = lock(&self.0.queue).unsaved();
        match written.and(ended) {
            Err(error) => Err(Unsaved { records: unsaved, error }),
            Ok(()) => match lock(&self.0.queue).loss() {
                Some(error) => Err(Unsaved { records: unsaved, error }),
                None => Ok(()),
            },
        }
    }

    /// Writes what is held by now, waiting until it is one's turn.
    async fn write(&self, if_others_fail: IfOthersFail) -> Result<(), JournalError> {
        let Some(journal) = &self.0.journal else {
            return lock(&self.0.standing).clone().map_or(Ok(()), Err);
        };
        // What comes later is written by those who bring it.
        let last = lock(&self.0.queue).last();
        let failures = self.0.failures.load(Ordering::Acquire);
        let mut beginning = self.0.turn.lock().await;
        let has_failed = self.0.failures.load(Ordering::Acquire) != failures;
        if has_failed && if_others_fail == IfOthersFail::GiveUp {
            let standing = lock(&self.0.standing).clone();
            // Where writing has worked again since, nothing stands against it.
            if let Some(error) = standing {
                return Err(error);
            }
        }
        let written = self.write_up_to(journal, &mut beginning, last).await;
        self.note(&written);
        written
    }

    async fn write_up_to(
        &self,
        journal: &Journal,
        beginning: &mut Option<Beginning>,
        last: u64,
    ) -> Result<(), JournalError> {
        if let Some(began) = beginning.clone() {
            journal.begin_within(WRITE_MAY_TAKE, began, self.0.began_at).await?;
            *beginning = None;
        }
        loop {
            let batch = lock(&self.0.queue).batch(last);
            let Some(end) = batch.last().map(|numbered| numbered.number) else { return Ok(()) };
            journal.record_within(WRITE_MAY_TAKE, &self.0.session, batch).await?;
            lock(&self.0.queue).written(end);
        }
    }

    /// Takes note of how writing went, and tells a trouble that is new.
    fn note(&self, written: &Result<(), JournalError>) {
        let before = {
            let mut standing = lock(&self.0.standing);
            std::mem::replace(&mut *standing, written.clone().err())
        };
        let Err(error) = written else { return };
        self.0.failures.fetch_add(1, Ordering::Release);
        lock(&self.0.queue).note_failure(error);
        if let (None, Some(trouble)) = (before, &self.0.trouble) {
            trouble(&error.problem());
        }
    }
}

/// What somebody left behind who panicked is still whole: each change is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
