//! A dry run sends nothing. The judge is a recorder on a connection of its own, which sees whatever the devices of the
//! display are made to do, whoever does it and however.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
};

use serde_json::{Value, json};
use x11rb::protocol::xproto::{KEY_PRESS_EVENT, KEY_RELEASE_EVENT};

use crate::{
    PATIENCE,
    display::{name, on_a_display, python_with},
    guests::{GAMES, Guest},
    house::House,
    seat::{Seat, runtime, settings},
    state::State,
};

const RECORDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/desktop/record.py");
/// Decisions of the demo in a session.
const CYCLES: &str = "8";

/// It listens until it is asked what it has seen.
struct Recorder {
    child: Child,
    lines: mpsc::Receiver<String>,
}

impl Recorder {
    /// `None` where it cannot be run, which has been said aloud.
    fn open(test: &str) -> Option<Self> {
        let Some(python) = python_with("Xlib") else {
            eprintln!("NOT RUN: {test}, because no python3 has Xlib; .ci/run installs it");
            assert!(std::env::var_os("SINGULARIS_MUST_RUN").is_none(), "{test} has to run");
            return None;
        };
        let mut command = Command::new(python);
        let mut child = command.args([RECORDER, &name()]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (told, lines) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| told.send(line)));
        let recorder = Self { child, lines };
        assert_eq!(recorder.line(), "ready");
        Some(recorder)
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("the recorder speaks")
    }

    /// How many events of each kind there were.
    fn seen(mut self) -> Value {
        let mut input = self.child.stdin.take().unwrap();
        input.flush().unwrap();
        drop(input);
        serde_json::from_str(&self.line()).unwrap()
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _nothing_to_do = self.child.wait();
    }
}

/// A whole session: what it printed, and what the devices were made to do meanwhile.
fn recorded(test: &str, more: &[&str]) -> Option<(Vec<Value>, Value)> {
    let game = Guest::nethack();
    let recorder = Recorder::open(test)?;
    let mut session = House::with(game.source, "nethack", 80).run(&[&["--cycles", CYCLES][..], more].concat());
    let printed = session.rest();
    Some((printed, recorder.seen()))
}

fn steps(printed: &[Value]) -> Vec<String> {
    let steps = printed.iter().filter(|line| line["event"] == "step");
    steps.map(|step| step["effect"]["text"].as_str().unwrap_or_default().to_owned()).collect()
}

/// It says what it would have done.
fn is_only_imagined(words: &str) -> bool {
    words.to_lowercase().contains("would ")
}

#[test]
fn the_recorder_sees_a_single_key() {
    on_a_display("dry::the_recorder_sees_a_single_key", "1280x800", &[], || {
        let Some(recorder) = Recorder::open("the recorder") else { return };
        let state = State::open();
        state.press(KEY_PRESS_EVENT, 25);
        state.press(KEY_RELEASE_EVENT, 25);
        assert_eq!(recorder.seen(), json!({"KeyPress": 1, "KeyRelease": 1}));
        let Some(recorder) = Recorder::open("the recorder") else { return };
        assert_eq!(recorder.seen(), json!({}), "and nothing where there is nothing");
    });
}

#[test]
fn a_dry_run_sends_nothing() {
    on_a_display("dry::a_dry_run_sends_nothing", "1280x800", &GAMES, || {
        let Some((printed, seen)) = recorded("a dry run", &[]) else { return };
        let steps = steps(&printed);
        eprintln!("{} steps, such as {:?}; events: {seen}", steps.len(), steps.first());
        assert!(!steps.is_empty(), "it did nothing at all: {printed:?}");
        assert!(steps.iter().any(|step| is_only_imagined(step)), "it says what it would have done: {steps:?}");
        assert_eq!(seen, json!({}), "nothing may be sent");
        assert_eq!(printed.last().unwrap()["certificate"]["clean"], true);
    });
}

/// The same session, live: so the recorder would have seen it.
#[test]
fn a_live_run_does() {
    on_a_display("dry::a_live_run_does", "1280x800", &GAMES, || {
        let Some((printed, seen)) = recorded("a live run", &["--live"]) else { return };
        eprintln!("{} steps; events: {seen}", steps(&printed).len());
        assert!(seen["KeyPress"].as_u64().unwrap_or(0) > 0, "{seen}: {printed:?}");
        assert_eq!(seen["KeyPress"], seen["KeyRelease"], "whatever was pressed was let go of");
        assert!(seen["ButtonPress"].as_u64().unwrap_or(0) >= 5, "the calibration clicks: {seen}");
        assert_eq!(State::open().down(), Vec::<String>::new());
    });
}

/// Everything that there is to be done, not only what the demo does.
#[test]
fn no_action_of_a_dry_run_sends_anything() {
    on_a_display("dry::no_action_of_a_dry_run_sends_anything", "1280x800", &GAMES, || {
        let game = Guest::nethack();
        let Some(recorder) = Recorder::open("every action of a dry run") else { return };
        runtime().block_on(async {
            for source in ["screen", game.source] {
                let mut seat = Seat::take(&settings(source, "", false)).await;
                for (name, arguments) in [
                    ("key", json!({"key": "l", "times": 3})),
                    ("hold", json!({"key": "shift+l", "ms": 300})),
                    ("type", json!({"text": "hello"})),
                    ("click", json!({"x": 40, "y": 40, "double": true})),
                    ("move", json!({"x": 10, "y": 10})),
                    ("look", json!({"right": 20, "down": 20})),
                    ("drag", json!({"from_x": 20, "from_y": 20, "to_x": 60, "to_y": 60})),
                    ("scroll", json!({"down": 2})),
                    ("wait", json!({"ms": 50})),
                ] {
                    let effect = seat.act(name, arguments).await;
                    assert!(name == "wait" || is_only_imagined(&effect.text), "{name}: {effect:?}");
                    seat.look().await;
                }
                seat.leave().await;
            }
        });
        assert_eq!(recorder.seen(), json!({}));
    });
}
