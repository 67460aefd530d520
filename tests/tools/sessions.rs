//! Whole sessions of the program with nasty servers: they end, and their certificates name whoever had to be forced.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    stage::NASTY,
    traces::{MARK, assert_nobody_is_left, carriers, family, fresh_mark},
};

/// How long a whole session may take.
const PLAYS: Duration = Duration::from_secs(120);
/// How long what is left may live on after the program was killed.
const SWEPT_WITHIN: Duration = Duration::from_secs(8);

/// A program with a home of its own that knows the nasty server.
struct House {
    home: tempfile::TempDir,
    mark: String,
}

impl House {
    fn with(mode: &str) -> Self {
        let (home, mark) = (tempfile::tempdir().unwrap(), fresh_mark());
        let server = json!({"command": "python3", "args": [NASTY, mode, mark], "env": {MARK: mark},
            "singularis": {"connect_s": 30.0, "call_s": 20.0}});
        fs::write(home.path().join("mcp.json"), json!({"mcpServers": {"nasty": server}}).to_string()).unwrap();
        Self { home, mark }
    }

    fn start(&self, more: &[&str]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_singularis"));
        command
            .args(["run", "--demo", "--environment", "tools:nasty", "--goal", "Look around and say what there is"])
            .args(more)
            .arg("--json")
            .env("SINGULARIS_HOME", self.home.path())
            // Whoever runs the tests has a keychain of their own, which is none of their business.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
            .env("SINGULARIS_DEMO_PACE_MS", "0")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        command.spawn().unwrap()
    }

    /// A session that ends by itself: everything that it printed.
    fn play(&self) -> Vec<Value> {
        let mut lines = Lines::of(self.start(&["--cycles", "2"]));
        let began = Instant::now();
        let mut printed = Vec::new();
        while let Some(line) = lines.next(PLAYS.saturating_sub(began.elapsed())) {
            printed.push(line);
        }
        lines.child.wait().unwrap();
        assert_nobody_is_left(&self.mark, &[]);
        printed
    }
}

/// What a program prints, line by line and with a limit. It is killed when this ends.
struct Lines {
    child: Child,
    lines: mpsc::Receiver<String>,
}

impl Lines {
    fn of(mut child: Child) -> Self {
        let (told, lines) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| told.send(line)));
        Self { child, lines }
    }

    /// The next one; `None` after the last.
    fn next(&mut self, within: Duration) -> Option<Value> {
        match self.lines.recv_timeout(within) {
            Ok(line) => Some(serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}"))),
            Err(mpsc::RecvTimeoutError::Disconnected) => None,
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("nothing was said for {within:?}"),
        }
    }

    /// The next one that is meant; what comes before it is in the complaint if it never comes.
    fn until(&mut self, what: &str, is_meant: impl Fn(&Value) -> bool) -> Value {
        let mut before = Vec::new();
        while let Some(line) = self.next(PLAYS) {
            if is_meant(&line) {
                return line;
            }
            before.push(line);
        }
        panic!("it ended before {what}: {before:?}");
    }

    fn until_a_step(&mut self) {
        self.until("a step", |line| line["event"] == "step");
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _nothing_to_do = self.child.wait();
    }
}

/// A whole session: its certificate, and the line about the server in it.
fn played(mode: &str) -> (Value, Value) {
    let printed = House::with(mode).play();
    assert!(printed.iter().any(|line| line["event"] == "step"), "{mode}: nothing was done: {printed:?}");
    let certificate = printed.last().unwrap()["certificate"].clone();
    assert_eq!(certificate["open_after"]["children"], 0, "{mode}: {certificate}");
    assert!(certificate["stopped_ms"].as_f64().unwrap() < 5000.0, "{mode}: {certificate}");
    let items = certificate["items"].as_array().unwrap();
    let is_meant =
        |item: &&Value| item["kind"] == "child" && item["name"].as_str().is_some_and(|name| name.contains("nasty"));
    // A server that was started again has a line for each time, and the last one is about the one that lived.
    let item = items.iter().rfind(is_meant).unwrap_or_else(|| panic!("{mode}: nobody speaks of it: {certificate}"));
    (certificate.clone(), item.clone())
}

fn note(item: &Value) -> &str {
    item["note"].as_str().unwrap()
}

#[test]
fn with_one_that_behaves_everything_ends_well() {
    let (certificate, item) = played("good");
    assert_eq!((&certificate["clean"], &item["outcome"]), (&json!(true), &json!("closed")), "{certificate}");
}

#[test]
fn garbage_and_errors_and_floods_spoil_no_certificate() {
    for mode in ["banter", "chatty", "noisy"] {
        let (certificate, item) = played(mode);
        assert_eq!(item["outcome"], "closed", "{mode}: {certificate}");
        assert_eq!(certificate["clean"], true, "{mode}: {certificate}");
    }
}

#[test]
fn one_that_ignores_requests_is_named_and_killed() {
    let (certificate, item) = played("stubborn");
    assert_eq!((&certificate["clean"], &item["outcome"]), (&json!(false), &json!("aborted")), "{certificate}");
    assert!(note(&item).contains("killed"), "{item}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_one_has_started_is_named_and_killed() {
    let (certificate, item) = played("forks");
    assert_eq!(item["outcome"], "aborted", "{certificate}");
    assert!(note(&item).contains("left behind"), "{item}");
}

/// Looking kills it, and the demo looks. However often it was started again: the session ends, and nothing is left.
#[test]
fn one_that_dies_again_and_again_ends_the_session_in_words() {
    let house = House::with("dies");
    let printed = house.play();
    let certificate = &printed.last().unwrap()["certificate"];
    assert_eq!(certificate["open_after"]["children"], 0, "{certificate}");
    let said = printed.iter().map(Value::to_string).collect::<String>();
    assert!(said.contains("again"), "that it was started again is told: {said}");
}

#[test]
fn one_that_cannot_be_used_refuses_the_start() {
    for mode in ["exits", "wrong_version"] {
        let printed = House::with(mode).play();
        assert_eq!(printed[0]["event"], "refused", "{mode}: {printed:?}");
        assert!(printed[0]["problem"]["remedies"].as_array().is_some_and(|ways| !ways.is_empty()), "{printed:?}");
    }
}

/// The program has no last words then: the guardian sees to it, also to one that ignores requests.
#[test]
fn a_program_that_is_killed_leaves_no_server_behind() {
    for mode in ["good", "stubborn", "forks"] {
        let house = House::with(mode);
        let mut lines = Lines::of(house.start(&["--ask-from", "nothing"]));
        lines.until_a_step();
        let below = family(&carriers(&house.mark));
        assert!(!below.is_empty(), "{mode}: the server runs");
        lines.child.kill().unwrap();
        let killed = Instant::now();
        while !carriers(&house.mark).is_empty() {
            assert!(killed.elapsed() < SWEPT_WITHIN, "{mode}: still there: {:?}", carriers(&house.mark));
            thread::sleep(Duration::from_millis(10));
        }
        eprintln!("{mode}: gone {:?} after the program was killed", killed.elapsed());
        assert_nobody_is_left(&house.mark, &below);
    }
}

#[test]
fn an_interrupt_in_the_middle_is_an_orderly_end() {
    let house = House::with("forks");
    let mut lines = Lines::of(house.start(&[]));
    lines.until_a_step();
    crate::traces::signal(crate::traces::Signal::INT, lines.child.id());
    let certificate = lines.until("its certificate", |line| line["certificate"].is_object())["certificate"].clone();
    assert_eq!(certificate["open_after"]["children"], 0, "{certificate}");
    lines.child.wait().unwrap();
    assert_nobody_is_left(&house.mark, &[]);
}
