//! The window's side of a worker: presses the buttons, hears every event, and measures from the press.

use std::{
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use singularis::{
    protocol::{
        Certificate, CertificateItem, Command, Event, LoopName, OpenKind, Outcome, SessionReport, Snapshot, UiLink,
        Until, link,
    },
    settings::{Settings, file::Loaded},
    worker::{self, Outside, supervisor::Supervisor},
};
use tokio::{
    task::spawn_blocking,
    time::{sleep, timeout},
};

use crate::{AT_MOST, PATIENCE, hand::Hand};

/// From the press until nothing new can begin. Milliseconds. Beside other tests a thread may wait for its turn; whoever
/// waited for a loop would take two thousand.
pub const GATE_MS: f64 = 1_500.0;
/// As many as the program has: more than there are loops that could each block one.
const THREADS: usize = LoopName::ALL.len() + 2;
/// How long a runtime may take to end, of which a thread may be blocked.
const RUNTIME_MAY_TAKE: Duration = Duration::from_secs(1);

/// A worker and its window.
pub struct Panel {
    link: Option<UiLink>,
    thread: JoinHandle<Certificate>,
    seen: Vec<Event>,
    /// So many of them have been listened to.
    heard: usize,
}

/// The end of a session, as the window saw it.
pub struct Stopped {
    pub report: Box<SessionReport>,
    /// From the press until the window heard of the end.
    pub took: Duration,
}

impl Panel {
    /// The worker as the program starts it, with these settings.
    pub fn real(settings: Settings, outside: Outside) -> Self {
        let loaded = Loaded { settings, warnings: Vec::new() };
        let worker::Worker { link, thread, .. } = worker::start(loaded, None, outside).unwrap();
        Self { link: Some(link), thread, seen: Vec::new(), heard: 0 }
    }

    /// The real supervisor with the test's own stagehand, on threads like those of the program: the supervisor has one
    /// of its own, which no loop can block.
    pub fn of(hand: &Hand) -> Self {
        let (ui, worker_link) = link();
        let hand = hand.clone();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().build().unwrap();
        let thread = thread::spawn(move || {
            let certificate = runtime.block_on(Supervisor::new(hand, worker_link, Loaded::default(), None).run());
            runtime.shutdown_timeout(RUNTIME_MAY_TAKE);
            certificate
        });
        Self { link: Some(ui), thread, seen: Vec::new(), heard: 0 }
    }

    pub fn send(&self, command: Command) {
        self.link.as_ref().expect("the window is open").send(command).unwrap();
    }

    /// Waits for the next event that is meant, and gives what was looked for in it. A refusal that is not meant is a
    /// failure.
    pub async fn hear<T>(&mut self, what: &str, mut meant: impl FnMut(&Event) -> Option<T>) -> T {
        let hearing = async {
            loop {
                while let Some(event) = self.seen.get(self.heard) {
                    self.heard += 1;
                    if let Some(found) = meant(event) {
                        return found;
                    }
                    assert!(!matches!(event, Event::Refused(_)), "instead of {what}: {event:?}");
                }
                let event = self.link.as_mut().expect("the window is open").event().await;
                self.seen.push(event.unwrap_or_else(|| panic!("the worker ended before {what}")));
            }
        };
        timeout(PATIENCE, hearing).await.unwrap_or_else(|_| panic!("never heard of {what}"))
    }

    /// Waits for a picture in which it is so.
    pub async fn shown(&self, what: &str, is_so: impl Fn(&Snapshot) -> bool) {
        let link = self.link.as_ref().expect("the window is open");
        let looking = async {
            while !is_so(&link.snapshot()) {
                sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(PATIENCE, looking).await.unwrap_or_else(|_| panic!("never shown: {what}: {:?}", link.snapshot()));
    }

    /// Presses Start and waits until the session runs.
    pub async fn start(&mut self) {
        self.send(Command::Start { until: Until::default() });
        self.hear("a session", |event| matches!(event, Event::SessionStarted(_)).then_some(())).await;
    }

    /// The same, until it has taken a step.
    pub async fn play(&mut self) {
        self.start().await;
        self.hear("a step", |event| matches!(event, Event::Step(_)).then_some(())).await;
    }

    /// Waits for so many more steps.
    pub async fn goes_on_for(&mut self, steps: usize) {
        for _ in 0..steps {
            self.hear("one more step", |event| matches!(event, Event::Step(_)).then_some(())).await;
        }
    }

    /// Presses Stop and waits for the end.
    pub async fn stop(&mut self) -> Stopped {
        let pressed = Instant::now();
        self.send(Command::Stop);
        self.ended(pressed).await
    }

    /// Waits for the end, which must hold to everything that holds for every end.
    pub async fn ended(&mut self, since: Instant) -> Stopped {
        let report = self
            .hear("the end of the session", |event| match event {
                Event::SessionEnded(report) => Some(report.clone()),
                _ => None,
            })
            .await;
        let stopped = Stopped { report, took: since.elapsed() };
        let certificate = stopped.certificate();
        assert!(stopped.took <= AT_MOST, "it took {:?}: {certificate:?}", stopped.took);
        assert!(certificate.stopped_ms <= AT_MOST.as_secs_f64() * 1000.0, "{certificate:?}");
        assert!(certificate.gate_closed_ms <= GATE_MS, "{certificate:?}");
        stopped
    }

    /// Another session begins, plays and ends as if nothing had ever been wrong.
    pub async fn plays_on(&mut self) {
        self.play().await;
        let stopped = self.stop().await;
        let certificate = stopped.certificate();
        assert!(certificate.clean && turned(certificate).is_empty(), "{certificate:?}");
    }

    /// So many events like this have been heard of so far.
    pub fn count(&self, is_meant: impl Fn(&Event) -> bool) -> usize {
        self.seen.iter().filter(|event| is_meant(event)).count()
    }

    /// Waits until the worker has said its last word and is gone; both say the same. Gives everything it said.
    pub async fn gone(mut self) -> (Certificate, Vec<Event>) {
        let told = self
            .hear("the end of the worker", |event| match event {
                Event::ShutDown(certificate) => Some((**certificate).clone()),
                _ => None,
            })
            .await;
        let Self { link, thread, seen, .. } = self;
        assert_eq!(joined(thread).await, told);
        let after = link.and_then(|mut link| link.next_event());
        assert!(after.is_none(), "nothing is said after the last word: {after:?}");
        (told, seen)
    }

    /// Shuts the worker down, which must have nothing left to complain of.
    pub async fn leave(self) {
        self.send(Command::Shutdown);
        let (certificate, _) = self.gone().await;
        assert!(certificate.clean && turned(&certificate).is_empty(), "{certificate:?}");
    }

    /// The window is gone without a word; the worker ends by itself, and in time.
    pub async fn close_window(self) -> Certificate {
        let Self { link, thread, .. } = self;
        let closed = Instant::now();
        drop(link);
        let certificate = joined(thread).await;
        // The runtime has its own time after the certificate.
        assert!(closed.elapsed() <= AT_MOST + RUNTIME_MAY_TAKE, "{:?}: {certificate:?}", closed.elapsed());
        assert!(certificate.stopped_ms <= AT_MOST.as_secs_f64() * 1000.0, "{certificate:?}");
        certificate
    }
}

async fn joined(thread: JoinHandle<Certificate>) -> Certificate {
    let joining = spawn_blocking(move || thread.join());
    timeout(PATIENCE, joining).await.expect("the worker ends").unwrap().unwrap()
}

impl Stopped {
    pub fn certificate(&self) -> &Certificate {
        &self.report.certificate
    }

    /// What it says of one thing, of which it must speak once.
    pub fn item(&self, kind: OpenKind, name: &str) -> &CertificateItem {
        let items: Vec<&CertificateItem> =
            self.certificate().items.iter().filter(|item| item.kind == kind && item.name == name).collect();
        assert_eq!(items.len(), 1, "lines of {name}: {:?}", self.certificate());
        items[0]
    }

    /// These lines are not closed, and no others; so it is clean exactly if none of them has failed or was aborted.
    pub fn assert_turned(&self, expected: &[(OpenKind, &str, Outcome)]) {
        let certificate = self.certificate();
        assert_eq!(turned(certificate), expected, "{certificate:?}");
        let is_well = expected.iter().all(|(_, _, outcome)| *outcome == Outcome::NotVerifiable);
        assert_eq!(certificate.clean, is_well && certificate.open_after.is_empty(), "{certificate:?}");
    }
}

/// Every line that does not say *closed*, in the certificate's order.
pub fn turned(certificate: &Certificate) -> Vec<(OpenKind, &str, Outcome)> {
    let turned = certificate.items.iter().filter(|item| item.outcome != Outcome::Closed);
    turned.map(|item| (item.kind, item.name.as_str(), item.outcome)).collect()
}
