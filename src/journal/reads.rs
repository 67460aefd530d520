//! The second thread, which only reads: a search through a thousand sessions must not hold up what happens now.

use std::{
    fmt, mem,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use rusqlite::InterruptHandle;
use tokio::{
    sync::{mpsc, watch},
    task::spawn_blocking,
};

use super::{
    JournalError, LANE_PLACES, open,
    writer::{self, Opening, Order, Role, Source},
};

/// How long until a read that did not hear it is told again to break off.
const AGAIN: Duration = Duration::from_millis(2);

/// How long a thread may take to break off. One that hangs in the disk does not hear, and must hold nobody up.
const MAY_TAKE: Duration = Duration::from_secs(1);

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
    /// There as soon as the thread has opened the file.
    interrupt: Arc<OnceLock<InterruptHandle>>,
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

    /// Breaks off what is being read and waits until the thread has ended, but no longer than a second.
    pub(super) async fn end(&self) {
        let state = mem::replace(&mut *self.state.lock().unwrap_or_else(PoisonError::into_inner), State::Over);
        let State::Running(Reader { lane, ended, is_over, interrupt }) = state else { return };
        is_over.store(true, Ordering::Release);
        drop(lane);
        let break_off = move || {
            let told = Instant::now();
            // SQLite forgets one that comes between two statements, so it is said until it was heard.
            while ended.has_changed().is_ok() && told.elapsed() < MAY_TAKE {
                if let Some(interrupt) = interrupt.get() {
                    interrupt.interrupt();
                }
                thread::sleep(AGAIN);
            }
        };
        let _has_ended = spawn_blocking(break_off).await;
    }
}

impl Reader {
    /// The file is opened on the thread, so that a slow disk holds up nobody but those who read.
    fn start(path: &Path) -> Result<Self, JournalError> {
        let (is_over, interrupt) = (Arc::<AtomicBool>::default(), Arc::<OnceLock<InterruptHandle>>::default());
        let role = Role::Reads { is_over: Arc::clone(&is_over) };
        let (place, handle) = (path.to_path_buf(), Arc::clone(&interrupt));
        let opening: Opening = Box::new(move || {
            let connection = open::second(&place)?;
            let _is_the_first = handle.set(connection.get_interrupt_handle());
            Ok(connection)
        });
        let (lane, ended) = writer::start(Source::Opening(opening), path, LANE_PLACES, role)?;
        Ok(Self { lane, ended, is_over, interrupt })
    }
}
