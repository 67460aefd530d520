//! The four lanes between the window and the worker. Nothing on either end blocks.
//!
//! | lane | kind | if it cannot be delivered |
//! |---|---|---|
//! | commands | bounded | handed back; the window says *busy* |
//! | events | unbounded, because they are rare and none may be lost | the window is gone: dropped |
//! | snapshot | only the newest is kept | replaced |
//! | log | bounded | dropped and counted |
//!
//! The sender wakes the window, here and nowhere else.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU64, Ordering},
};

use tokio::{
    sync::{mpsc, watch},
    time::Instant,
};

use super::{Command, Event, Moment, Snapshot};

/// More commands than a person can press before the supervisor has handled the first.
const COMMANDS: usize = 64;
/// More lines than fit on a screen; a burst beyond it is counted instead.
const LOG_LINES: usize = 512;

/// A command with the moment it was sent, so that reaction times can be measured from the press of the button.
#[derive(Debug)]
pub struct Sent {
    pub at: Instant,
    pub command: Command,
}

/// One line of the log, without secrets and without line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Counts the lines of this run of the program, from 1.
    pub number: u64,
    pub at: Moment,
    pub level: tracing::Level,
    /// The module it comes from.
    pub target: String,
    pub text: String,
}

/// The command lane is full or the worker is gone; the command comes back.
#[derive(Debug)]
pub struct Busy(pub Command);

/// How the worker wakes the window. Empty until a window exists, and for ever in a terminal.
#[derive(Clone, Default)]
pub struct WakeSlot(Arc<OnceLock<Box<dyn Fn() + Send + Sync>>>);

impl WakeSlot {
    /// Sets what wakes the window. Only the first call counts.
    pub fn fill(&self, wake: impl Fn() + Send + Sync + 'static) {
        let _already_filled = self.0.set(Box::new(wake));
    }

    fn wake(&self) {
        if let Some(wake) = self.0.get() {
            wake();
        }
    }
}

/// The window's end. Dropping it closes the command lane, which the worker takes as `Shutdown`.
pub struct UiLink {
    commands: mpsc::Sender<Sent>,
    events: mpsc::UnboundedReceiver<Event>,
    snapshot: watch::Receiver<Arc<Snapshot>>,
    log: mpsc::Receiver<LogLine>,
    skipped: Arc<AtomicU64>,
    wake: WakeSlot,
}

/// The worker's end.
pub struct WorkerLink {
    pub commands: mpsc::Receiver<Sent>,
    events: mpsc::UnboundedSender<Event>,
    snapshot: watch::Sender<Arc<Snapshot>>,
    log: LogLane,
    wake: WakeSlot,
}

/// The sending end of the log lane; cheap to clone.
#[derive(Clone)]
pub struct LogLane {
    lane: mpsc::Sender<LogLine>,
    skipped: Arc<AtomicU64>,
    wake: WakeSlot,
}

/// Tells the window something from outside the worker, for as long as the worker lives. Cheap to clone.
#[derive(Clone)]
pub struct Teller {
    events: mpsc::WeakUnboundedSender<Event>,
    wake: WakeSlot,
}

impl Teller {
    /// A worker that has ended, or a window that is gone, is no error.
    pub fn tell(&self, event: Event) {
        if self.events.upgrade().is_some_and(|events| events.send(event).is_ok()) {
            self.wake.wake();
        }
    }
}

/// Makes both ends.
pub fn link() -> (UiLink, WorkerLink) {
    let (command_sender, commands) = mpsc::channel(COMMANDS);
    let (event_sender, events) = mpsc::unbounded_channel();
    let (snapshot_sender, snapshot) = watch::channel(Arc::default());
    let (log_sender, log) = mpsc::channel(LOG_LINES);
    let (skipped, wake) = (Arc::<AtomicU64>::default(), WakeSlot::default());
    let ui = UiLink { commands: command_sender, events, snapshot, log, skipped: skipped.clone(), wake: wake.clone() };
    let lane = LogLane { lane: log_sender, skipped, wake: wake.clone() };
    (ui, WorkerLink { commands, events: event_sender, snapshot: snapshot_sender, log: lane, wake })
}

impl UiLink {
    /// What wakes this window; fill it once the window exists.
    pub fn wake_slot(&self) -> &WakeSlot {
        &self.wake
    }

    /// Sends an order without waiting.
    pub fn send(&self, command: Command) -> Result<(), Busy> {
        self.commands.try_send(Sent { at: Instant::now(), command }).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(sent) | mpsc::error::TrySendError::Closed(sent) => Busy(sent.command),
        })
    }

    /// The next event that has arrived, if any.
    pub fn next_event(&mut self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    /// Waits for the next event; `None` when the worker has ended. For the terminal, which has nothing else to draw.
    pub async fn event(&mut self) -> Option<Event> {
        self.events.recv().await
    }

    /// The newest picture.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.borrow().clone()
    }

    /// The next log line that has arrived, if any.
    pub fn next_log_line(&mut self) -> Option<LogLine> {
        self.log.try_recv().ok()
    }

    /// How many log lines were dropped because nobody read them.
    pub fn skipped_log_lines(&self) -> u64 {
        self.skipped.load(Ordering::Relaxed)
    }

    /// True when the worker has ended.
    pub fn worker_is_gone(&self) -> bool {
        self.commands.is_closed()
    }
}

impl WorkerLink {
    /// Tells the window something. A window that is gone hears nothing, which is no error.
    pub fn tell(&self, event: Event) {
        if self.events.send(event).is_ok() {
            self.wake.wake();
        }
    }

    /// The same for whoever is not the worker.
    pub fn teller(&self) -> Teller {
        Teller { events: self.events.downgrade(), wake: self.wake.clone() }
    }

    /// Publishes a picture if it differs from the last one, so that an idle worker causes no repaint.
    pub fn publish(&self, snapshot: Snapshot) {
        let changed = self.snapshot.send_if_modified(|old| {
            let changed = **old != snapshot;
            if changed {
                *old = Arc::new(snapshot);
            }
            changed
        });
        if changed {
            self.wake.wake();
        }
    }

    /// The log lane.
    pub fn log_lane(&self) -> LogLane {
        self.log.clone()
    }
}

impl LogLane {
    /// Sends a line or counts it as skipped.
    pub fn push(&self, line: LogLine) {
        match self.lane.try_send(line) {
            Ok(()) => self.wake.wake(),
            Err(_full_or_gone) => {
                self.skipped.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_command_lane_hands_the_command_back() {
        let (ui, _worker) = link();
        for _ in 0..COMMANDS {
            ui.send(Command::Stop).unwrap();
        }
        assert_eq!(ui.send(Command::Shutdown).unwrap_err().0, Command::Shutdown);
    }

    #[test]
    fn a_closed_lane_is_a_normal_answer() {
        let (ui, worker) = link();
        drop(worker);
        assert!(ui.worker_is_gone());
        assert!(ui.send(Command::Stop).is_err());
        let (ui, worker) = link();
        drop(ui);
        worker.tell(Event::SettingsSaved);
    }

    #[test]
    fn surplus_log_lines_are_counted() {
        let (ui, worker) = link();
        let (at, level) = (Moment(1), tracing::Level::INFO);
        let line = LogLine { number: 1, at, level, target: "test".into(), text: "line".into() };
        for _ in 0..LOG_LINES + 214 {
            worker.log_lane().push(line.clone());
        }
        assert_eq!(ui.skipped_log_lines(), 214);
    }

    #[test]
    fn an_unchanged_picture_wakes_nobody() {
        let (ui, worker) = link();
        let woken = Arc::new(AtomicU64::new(0));
        let counter = woken.clone();
        ui.wake_slot().fill(move || {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        worker.publish(Snapshot { step: 1, ..Snapshot::default() });
        worker.publish(Snapshot { step: 1, ..Snapshot::default() });
        assert_eq!((woken.load(Ordering::Relaxed), ui.snapshot().step), (1, 1));
    }
}
