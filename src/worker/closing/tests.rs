//! Everything that a session can hold, and every way in which it can refuse to let go: each turns its own line alone.

use std::{
    future::{pending, ready},
    process::Stdio,
    sync::mpsc,
};

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::{
    agent::{
        Beats, Context, Duties, Lessons, Reins,
        board::{self, Minds},
        permission::Caution,
        reflex::Thresholds,
    },
    environment::{BoxFuture, Environment, EnvironmentError, EnvironmentInfo, Holdings, Observation, Want},
    journal::Recorder,
    llm::{Brake, Gate, HttpConfig, OpenThings},
    mind::{Decision, Mind, MindError, Question, heuristic::Heuristic},
    protocol::{ActionCall, ActionSpec, Effect, EnvironmentView},
    settings::{AskFrom, BreakerSettings},
};

/// Far more than closing may take.
const PLENTY: Duration = Duration::from_secs(4);

type LetGo = Box<dyn Fn() -> BoxFuture<'static, Vec<CertificateItem>> + Send>;

/// A place that holds something and lets go as it is told.
struct Place {
    holdings: Holdings,
    let_go: LetGo,
}

impl Environment for Place {
    fn info(&self) -> EnvironmentInfo {
        EnvironmentInfo { kind: "place".to_owned(), title: "Place".to_owned(), can_pause: true }
    }

    fn observe(&mut self, _want: Want) -> BoxFuture<'_, Result<Observation, EnvironmentError>> {
        Box::pin(ready(Ok(Observation { facts: Value::Null, ..Observation::default() })))
    }

    fn tick(&self) -> u64 {
        0
    }

    fn actions(&self) -> Vec<ActionSpec> {
        Vec::new()
    }

    fn act<'a>(
        &'a mut self,
        _call: &'a ActionCall,
        _stop: &'a CancellationToken,
    ) -> BoxFuture<'a, Result<Effect, EnvironmentError>> {
        Box::pin(pending())
    }

    fn view(&self) -> EnvironmentView {
        EnvironmentView::Nothing
    }

    fn holdings(&self) -> Holdings {
        self.holdings.clone()
    }

    fn release(&mut self) -> BoxFuture<'_, Vec<CertificateItem>> {
        (self.let_go)()
    }
}

/// A mind that never lets go.
struct Clinging;

impl Mind for Clinging {
    fn decide<'a>(&'a self, _question: &'a Question) -> BoxFuture<'a, Result<Decision, MindError>> {
        Box::pin(pending())
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(pending())
    }
}

/// A session that holds one key and one child, both of good will.
async fn session(mind: Arc<dyn Mind>, let_go: LetGo) -> Board {
    let holdings = Holdings::default();
    holdings.keys.press("w", || Ok(()));
    start_child(&holdings);
    let duties = Duties {
        goal: "Hold on".to_owned(),
        goal_when: None,
        cycles: None,
        duration: None,
        pace: Duration::ZERO,
        world_waits: true,
        turn: Duration::from_secs(3600),
        reflex: Thresholds { health_percent: 30, enemies: 3, stamina_percent: 15, preempts: true },
        caution: Caution::new(AskFrom::default(), Duration::from_secs(600)),
        exploration_patience: Duration::from_secs(3600),
        learning: false,
        narrate_every: Duration::from_secs(10),
    };
    let (tell, _nobody_listens) = board::lane();
    let brake = Brake::default();
    let context = Context {
        stop: CancellationToken::new(),
        gate: Gate::default(),
        reins: Reins::new(brake.clone(), BreakerSettings::default()),
        brake,
        beats: Beats::default(),
        recorder: Recorder::none(),
        tell,
    };
    let lessons = Lessons::recall("place", Err("nothing is kept".to_owned()), false).await;
    let place = Box::new(Place { holdings, let_go });
    board::wire(place, Minds { mind, narrator: None, lessons }, duties, context).0
}

/// A child that ends once its input is closed. Its owner is as deaf as can be: it never lets go of it.
#[cfg(unix)]
fn start_child(holdings: &Holdings) {
    let mut command = tokio::process::Command::new("/bin/sh");
    command
        .args(["-c", "while read line; do :; done"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    std::mem::forget(holdings.children.start("reader", command).unwrap());
}

#[cfg(windows)]
fn start_child(holdings: &Holdings) {
    let mut command = tokio::process::Command::new("sort.exe");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    std::mem::forget(holdings.children.start("reader", command).unwrap());
}

/// Closes it, and gives what came of that and how long it took.
async fn close_all(board: Board) -> (Closed, Duration) {
    let http = Arc::new(Http::new(HttpConfig::default(), OpenThings::default()).unwrap());
    let left = Left { behind: Vec::new(), cloud_ports: Vec::new(), http, before: Vec::new() };
    let began = Instant::now();
    let closed = close(board, left, began + 5 * PLENTY).await;
    (closed, began.elapsed())
}

/// Every line: what, whose, how.
fn lines(closed: &Closed) -> Vec<(OpenKind, &str, Outcome)> {
    closed.items.iter().map(|item| (item.kind, item.name.as_str(), item.outcome)).collect()
}

/// What everything but the environment comes to when all is well.
const KEY: (OpenKind, &str, Outcome) = (OpenKind::Key, "w", Outcome::Closed);
const CHILD: (OpenKind, &str, Outcome) = (OpenKind::Child, "reader", Outcome::Closed);
const FAILED: (OpenKind, &str, Outcome) = (OpenKind::Environment, "environment", Outcome::Failed);

fn rules() -> Arc<dyn Mind> {
    Arc::new(Heuristic::default())
}

fn willing() -> LetGo {
    Box::new(|| Box::pin(ready(Vec::new())))
}

fn note_of(closed: &Closed, kind: OpenKind) -> &str {
    closed.items.iter().find(|item| item.kind == kind).map_or("", |item| item.note.as_str())
}

#[tokio::test]
async fn what_is_of_good_will_closes_at_once_and_keys_come_first() {
    let (closed, took) = close_all(session(rules(), willing()).await).await;
    assert_eq!(lines(&closed), [KEY, (OpenKind::Environment, "environment", Outcome::Closed), CHILD]);
    // On a busy machine it may be asked louder before it has read that its input is closed.
    let note = note_of(&closed, OpenKind::Child);
    assert!(["ended when its input was closed", "ended when asked"].contains(&note), "{note}");
    assert_eq!((closed.keys, closed.children, closed.requests), (0, 0, 0));
    assert!(took < PLENTY, "{took:?}");
}

#[tokio::test]
async fn a_deaf_environment_keeps_no_key_down_and_no_child_alive() {
    let board = session(rules(), willing()).await;
    let at_work = Arc::clone(&board.place).lock_owned().await;
    let (closed, took) = close_all(board).await;
    assert_eq!(lines(&closed), [KEY, FAILED, CHILD]);
    assert_eq!(note_of(&closed, OpenKind::Environment), "somebody is still at work in it");
    assert_eq!((closed.keys, closed.children), (0, 0));
    assert!(took < PLENTY, "{took:?}");
    drop(at_work);
}

#[tokio::test]
async fn a_release_that_hangs_turns_the_environments_line_alone() {
    let (closed, took) = close_all(session(rules(), Box::new(|| Box::pin(pending()))).await).await;
    assert_eq!(lines(&closed), [KEY, FAILED, CHILD]);
    assert_eq!(note_of(&closed, OpenKind::Environment), "it did not let go in time");
    assert!(took < PLENTY, "{took:?}");
}

#[tokio::test]
async fn a_release_that_panics_turns_the_environments_line_alone() {
    let (closed, _took) = close_all(session(rules(), Box::new(|| panic!("no way out"))).await).await;
    assert_eq!(lines(&closed), [KEY, FAILED, CHILD]);
    assert_eq!(note_of(&closed, OpenKind::Environment), "letting go of it panicked: no way out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_release_that_blocks_its_thread_turns_the_environments_line_alone() {
    let (go_on, blocks) = mpsc::channel::<()>();
    let let_go: LetGo = Box::new(move || {
        let _until_the_test_is_over = blocks.recv();
        Box::pin(ready(Vec::new()))
    });
    let (closed, took) = close_all(session(rules(), let_go).await).await;
    assert_eq!(lines(&closed), [KEY, FAILED, CHILD]);
    assert!(took < PLENTY, "{took:?}");
    drop(go_on);
}

#[tokio::test]
async fn a_key_that_cannot_be_let_go_of_is_counted_and_named() {
    let board = session(rules(), willing()).await;
    let (go_on, hangs) = mpsc::channel::<()>();
    board.holdings.keys.press("left button", move || hangs.recv().map_err(|error| error.to_string()));
    let (closed, took) = close_all(board).await;
    let button = (OpenKind::Key, "left button", Outcome::Failed);
    assert_eq!(lines(&closed), [button, KEY, (OpenKind::Environment, "environment", Outcome::Closed), CHILD]);
    assert_eq!((closed.keys, closed.children), (1, 0));
    assert!(took < PLENTY, "{took:?}");
    go_on.send(()).unwrap();
}

#[tokio::test]
async fn a_mind_that_does_not_let_go_holds_up_nobody_else() {
    let (closed, took) = close_all(session(Arc::new(Clinging), willing()).await).await;
    assert_eq!(lines(&closed), [KEY, (OpenKind::Environment, "environment", Outcome::Closed), CHILD]);
    assert!(took < PLENTY, "{took:?}");
}
