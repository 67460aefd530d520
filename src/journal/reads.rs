//! The second thread, which only reads: a search through a thousand sessions must not hold up what happens now.

use std::{
    fmt, mem,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use rusqlite::InterruptHandle;
use tokio::{
    sync::{mpsc, watch},
    task::spawn_blocking,
};

use super::{
    JournalError, LANE_PLACES, open,
    writer::{self, Order, Role},
};

/// How long until a read that did not hear it is told again to break off.
const AGAIN: Duration = Duration::from_millis(2);

/// The way to the thread, which is started when something is read for the first time and ends when this is dropped.
pub(super) struct Reads {
    /// `None` where there is one connection only, which reads too.
    path: Option<PathBuf>,
    state: Mutex<State>,
}

enum State {
    NotYet,
    Running(Reader),
    Over,
}

struct Reader {
    lane: mpsc::Sender<Order>,
    /// Says nothing ever; its other end is dropped when the thread ends.
    ended: watch::Receiver<()>,
    is_over: Arc<AtomicBool>,
    interrupt: InterruptHandle,
}

impl fmt::Debug for Reads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reads").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Reads {
    /// Reads of this file go to a thread of their own.
    pub(super) fn of(path: &Path) -> Self {
        Self { path: Some(path.to_path_buf()), state: Mutex::new(State::NotYet) }
    }

    /// Reads go where everything goes.
    pub(super) fn with_the_rest() -> Self {
        Self { path: None, state: Mutex::new(State::NotYet) }
    }

    /// The lane of the thread, which runs from now on; `None` where there is none.
    pub(super) fn lane(&self) -> Result<Option<mpsc::Sender<Order>>, JournalError> {
        let Some(path) = &self.path else { return Ok(None) };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let reader = match mem::replace(&mut *state, State::Over) {
            State::Running(reader) => reader,
            State::Over => return Err(JournalError::Closed),
            State::NotYet => match Reader::start(path) {
                Ok(reader) => reader,
                Err(error) => {
                    *state = State::NotYet;
                    return Err(error);
                }
            },
        };
        let lane = reader.lane.clone();
        *state = State::Running(reader);
        Ok(Some(lane))
    }

    /// Breaks off what is being read and waits until the thread has ended.
    pub(super) async fn end(&self) {
        let state = mem::replace(&mut *self.state.lock().unwrap_or_else(PoisonError::into_inner), State::Over);
        let State::Running(Reader { lane, ended, is_over, interrupt }) = state else { return };
        is_over.store(true, Ordering::Release);
        drop(lane);
        let break_off = move || {
            // SQLite forgets one that comes between two statements, so it is said until it was heard.
            while ended.has_changed().is_ok() {
                interrupt.interrupt();
                thread::sleep(AGAIN);
            }
        };
        let _has_ended = spawn_blocking(break_off).await;
    }
}

impl Reader {
    fn start(path: &Path) -> Result<Self, JournalError> {
        let connection = open::second(path)?;
        let interrupt = connection.get_interrupt_handle();
        let is_over = Arc::<AtomicBool>::default();
        let role = Role::Reads { is_over: Arc::clone(&is_over) };
        let (lane, ended) = writer::start(connection, path, LANE_PLACES, role)?;
        Ok(Self { lane, ended, is_over, interrupt })
    }
}
