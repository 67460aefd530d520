//! A worker driven from a terminal: events come in, Ctrl-C asks for an orderly end, a second one leaves at once.

use std::{
    future::Future,
    io::{self, IsTerminal},
    thread::JoinHandle,
    time::Duration,
};

use crate::{
    protocol::{Certificate, Command, Event, Phase, SessionReport, UiLink},
    settings::{Settings, file::Loaded},
    worker,
};

/// What still works on a thread of its own, once everything is done, may take so long.
const THREADS_MAY_TAKE: Duration = Duration::from_secs(1);
/// The exit code of a program that was ended by Ctrl-C without being able to clean up.
const LEFT_AT_ONCE: i32 = 130;

/// What was heard.
pub enum Heard {
    Event(Event),
    /// Somebody wants it to end.
    Interrupt,
    /// Somebody typed a line; it may be empty.
    Line(String),
    /// The worker has ended.
    Gone,
}

/// What a worker left when it ended.
#[derive(Default)]
pub struct Closed {
    pub certificate: Certificate,
    /// The end of the session that ended with it.
    pub report: Option<SessionReport>,
    /// Where its report is.
    pub written: Option<String>,
}

/// A worker and what is heard of it.
pub struct Terminal {
    link: UiLink,
    thread: JoinHandle<Certificate>,
    interrupts: tokio::sync::mpsc::Receiver<()>,
    lines: Option<tokio::sync::mpsc::Receiver<String>>,
}

impl Terminal {
    /// Starts a worker that writes no settings.
    pub fn open(settings: Settings) -> io::Result<Self> {
        Self::with(settings, super::outside())
    }

    /// The same, and what is learnt is neither known from before nor kept: for experiments.
    pub fn without_memory(settings: Settings) -> io::Result<Self> {
        Self::with(settings, worker::Outside { journal: None, ..super::outside() })
    }

    fn with(settings: Settings, outside: worker::Outside) -> io::Result<Self> {
        let loaded = Loaded { settings, warnings: Vec::new() };
        let worker::Worker { link, thread, .. } = worker::start(loaded, None, outside)?;
        Ok(Self { link, thread, interrupts: interrupts(), lines: None })
    }

    /// From now on lines are heard, if somebody sits there to type them; true if so.
    pub fn listen(&mut self) -> bool {
        // Whoever closed the input types nothing more.
        let has_left = self.lines.as_ref().is_some_and(tokio::sync::mpsc::Receiver::is_closed);
        let is_there = io::stdin().is_terminal() && !has_left;
        if is_there && self.lines.is_none() {
            self.lines = Some(lines());
        }
        is_there
    }

    /// Sends an order; a worker that is gone is noticed with the next event.
    pub fn send(&self, command: Command) {
        let _noticed_later = self.link.send(command);
    }

    /// What the worker was doing when it last said.
    pub fn phase(&self) -> Phase {
        self.link.snapshot().phase.clone()
    }

    /// The next thing that happens.
    pub async fn next(&mut self) -> Heard {
        tokio::select! {
            biased;
            Some(()) = self.interrupts.recv() => Heard::Interrupt,
            Some(line) = typed(self.lines.as_mut()) => Heard::Line(line),
            event = self.link.event() => event.map_or(Heard::Gone, Heard::Event),
        }
    }

    /// Ends the worker and waits until it has; what comes on the way is kept.
    pub async fn close(mut self) -> Closed {
        self.send(Command::Shutdown);
        let mut closed = Closed::default();
        loop {
            match self.next().await {
                Heard::Event(Event::ShutDown(certificate)) => {
                    let _ended_already = self.thread.join();
                    return Closed { certificate: *certificate, ..closed };
                }
                Heard::Event(Event::SessionEnded(ended)) => closed.report = Some(*ended),
                Heard::Event(Event::ReportWritten { place, .. }) => closed.written = Some(place),
                Heard::Event(_) | Heard::Interrupt | Heard::Line(_) => {}
                Heard::Gone => return Closed { certificate: self.thread.join().unwrap_or_default(), ..closed },
            }
        }
    }
}

/// Runs a future to its end on this thread; the worker has its own.
pub fn block_on<T>(future: impl Future<Output = T>) -> io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(future);
    // A keychain or a disk that never answers has a thread of its own, which is not waited for.
    runtime.shutdown_timeout(THREADS_MAY_TAKE);
    Ok(done)
}

async fn typed(lines: Option<&mut tokio::sync::mpsc::Receiver<String>>) -> Option<String> {
    match lines {
        Some(lines) => lines.recv().await,
        None => std::future::pending().await,
    }
}

/// Reading a line blocks and cannot be given up, so it has a thread of its own, which ends with the process.
fn lines() -> tokio::sync::mpsc::Receiver<String> {
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    std::thread::spawn(move || {
        let mut line = String::new();
        while matches!(io::stdin().read_line(&mut line), Ok(1..)) {
            if sender.blocking_send(std::mem::take(&mut line)).is_err() {
                break;
            }
        }
    });
    receiver
}

/// Ctrl-C and, on Unix, SIGTERM. The first is passed on, the second ends the process where it stands.
fn interrupts() -> tokio::sync::mpsc::Receiver<()> {
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    tokio::spawn(async move {
        interrupt().await;
        let _nobody_listens = sender.send(()).await;
        interrupt().await;
        eprintln!("singularis: leaving at once, without a certificate");
        std::process::exit(LEFT_AT_ONCE);
    });
    receiver
}

#[cfg(unix)]
async fn interrupt() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) {
        (Ok(mut interrupt), Ok(mut terminate)) => {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        }
        // Without handlers the system's own behaviour stays: the process ends.
        _ => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn interrupt() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
