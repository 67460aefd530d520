//! The real program in a terminal: what it prints, how it ends, what its exit code says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod bench;
mod servers;
mod sessions;
mod version;

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use singularis::{environment::world::baseline::random_walk, settings::Difficulty};

/// Long enough for a busy machine; a program that needs longer hangs.
const PATIENCE: Duration = Duration::from_secs(120);

fn program(arguments: &[&str]) -> (Command, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_singularis"));
    command
        .args(arguments)
        .env("SINGULARIS_HOME", home.path())
        // Whoever runs the tests has a keychain of their own, which is none of their business.
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
        .env("SINGULARIS_DEMO_PACE_MS", "0")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("LM_API_TOKEN")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    (command, home)
}

struct Printed {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Printed {
    fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
    }
}

fn run(arguments: &[&str]) -> Printed {
    let (mut command, _home) = program(arguments);
    finish(command.spawn().unwrap())
}

/// Waits for the end, but not for ever.
fn finish(mut child: Child) -> Printed {
    let (mut out, mut err) = (child.stdout.take(), child.stderr.take());
    let reader = std::thread::spawn(move || {
        let (mut text, mut errors) = (String::new(), String::new());
        if let Some(out) = &mut out {
            out.read_to_string(&mut text).unwrap();
        }
        if let Some(err) = &mut err {
            err.read_to_string(&mut errors).unwrap();
        }
        (text, errors)
    });
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if Instant::now() > deadline => {
                child.kill().unwrap();
                panic!("the program did not end within {PATIENCE:?}");
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let (out, err) = reader.join().unwrap();
    Printed { code: status.code(), out, err }
}

#[test]
fn the_demo_plays_better_than_a_random_walker_and_ends_clean() {
    for seed in [1, 7, 23] {
        let printed = run(&["run", "--demo", "--cycles", "20", "--json", "--seed", &seed.to_string()]);
        assert_eq!(printed.code, Some(0), "{}", printed.err);
        let lines = printed.lines();
        assert_eq!((&lines[0]["event"], &lines[0]["seed"]), (&"session_started".into(), &seed.into()));
        assert_eq!(lines[0]["demo"], true);
        let decided = lines.iter().filter(|line| line["event"] == "step" && line["ordered_by"] == "reasoning").count();
        assert_eq!(decided, 20);
        let certificate = &lines.last().unwrap()["certificate"];
        assert_eq!(certificate["clean"], true, "{certificate}");
        let ended = &lines[lines.len() - 2];
        assert_eq!((&ended["event"], &ended["outcome"]), (&"session_ended".into(), &"limit_reached".into()));
        let score = ended["score"].as_f64().unwrap();
        for dice in 0..20 {
            let random = random_walk(seed, dice, 20, Difficulty::Normal);
            assert!(score > f64::from(random), "seed {seed}: the demo has {score}, random walker {dice} has {random}");
        }
    }
}

#[test]
fn a_whole_episode_ends_by_itself_and_rules_alone_need_no_server() {
    let printed = run(&["run", "--strategy", "heuristic", "--seed", "3", "--json"]);
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    let lines = printed.lines();
    assert_eq!(lines[lines.len() - 2]["outcome"], "finished");
    assert_eq!(lines.last().unwrap()["certificate"]["clean"], true);
}

#[test]
fn a_time_limit_ends_the_session() {
    let began = Instant::now();
    let printed = run(&["run", "--demo", "--for", "300ms", "--json"]);
    assert_eq!(printed.lines().last().unwrap()["certificate"]["clean"], true);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

/// What Ctrl+C does. By the system's own call: not every machine has a program for it.
#[cfg(unix)]
fn interrupt(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process};
    kill_process(Pid::from_child(child), Signal::INT).unwrap();
}

#[test]
#[cfg(unix)]
fn an_interrupt_is_a_clean_stop_with_its_certificate() {
    let (mut command, _home) = program(&["run", "--demo", "--json"]);
    let mut child = command.env("SINGULARIS_DEMO_PACE_MS", "20").spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert!(line.contains("session_started"), "{line}");
    interrupt(&child);
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    let printed = finish(child);
    assert_eq!(printed.code, Some(0), "{rest}{}", printed.err);
    let last: Value = serde_json::from_str(rest.lines().last().unwrap()).unwrap();
    let certificate = &last["certificate"];
    assert_eq!(certificate["clean"], true, "{certificate}");
    // Beside other programs; what it takes by itself is measured elsewhere.
    assert!(certificate["gate_closed_ms"].as_f64().unwrap() < 1000.0, "{certificate}");
    assert!(certificate["stopped_ms"].as_f64().unwrap() < 2000.0, "{certificate}");
    let notes: Vec<&str> =
        certificate["items"].as_array().unwrap().iter().filter_map(|item| item["note"].as_str()).collect();
    assert!(notes.iter().any(|note| note.starts_with("auxiliary exploration stopped cleanly at cycle ")), "{notes:?}");
    assert!(!printed.err.contains("panicked"), "{}", printed.err);
}

#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_is_an_orderly_stop_and_no_panic() {
    let (mut command, _home) = program(&["run", "--demo", "--json"]);
    let mut child = command.env("SINGULARIS_DEMO_PACE_MS", "10").spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut String::new()).unwrap();
    drop(out);
    let printed = finish(child);
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    assert!(!printed.err.contains("panicked"), "{}", printed.err);
}

#[test]
fn the_doctor_says_what_is_wrong_and_its_exit_code_too() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{closed}");
    let printed = run(&["doctor", "--endpoint", &url, "--json"]);
    assert_eq!(printed.code, Some(1));
    let report: Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!((&report["verdict"], &report["cause"]), (&"unhealthy".into(), &"server_not_running".into()));
    assert_eq!(report["endpoint"], url);
    let failed = report["findings"].as_array().unwrap().iter().filter(|finding| finding["verdict"] == "failed").count();
    assert_eq!(failed, 1, "one dead server is one red line");
    let healthy = run(&["doctor", "--demo", "--json"]);
    assert_eq!(healthy.code, Some(0));
    let report: Value = serde_json::from_str(&healthy.out).unwrap();
    assert_eq!(report["server"]["product"], "demo");
    // How quickly several answer side by side is the mood of the machine, and the only thing that may be wrong.
    let is_mood = |finding: &Value| finding["check"].as_str().is_some_and(|check| check.starts_with("capacity:"));
    let wrong = |finding: &&Value| finding["verdict"] == "failed" || finding["verdict"] == "warned";
    let wrong: Vec<&Value> = report["findings"].as_array().unwrap().iter().filter(wrong).collect();
    assert!(wrong.iter().all(|finding| is_mood(finding)), "{wrong:?}");
    assert_eq!(report["verdict"], if wrong.is_empty() { "healthy" } else { "degraded" });
    assert!(report["roles"].as_array().unwrap().iter().all(|role| role["verdict"] == "passed"));
}

#[test]
fn a_start_on_a_dead_server_is_refused_with_the_reason() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let printed = run(&["run", "--endpoint", &format!("127.0.0.1:{closed}"), "--json", "--cycles", "1"]);
    assert_eq!(printed.code, Some(1));
    let refused = &printed.lines()[0];
    assert_eq!((&refused["event"], &refused["problem"]["cause"]), (&"refused".into(), &"server_not_running".into()));
}

#[test]
fn models_are_listed_loaded_first() {
    let printed = run(&["models", "--demo"]);
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    assert!(printed.out.starts_with("loaded"), "{}", printed.out);
    assert!(printed.out.contains("not loaded  demo/thinker"), "{}", printed.out);
}

/// Other systems always have a display for the user who is logged in.
#[test]
#[cfg(target_os = "linux")]
fn without_a_display_the_bare_command_says_so_and_points_to_the_terminal() {
    let printed = run(&[]);
    assert_eq!(printed.code, Some(1));
    assert!(printed.err.contains("display") && printed.err.contains("singularis run --demo"), "{}", printed.err);
}

#[test]
fn wrong_usage_has_its_own_exit_code() {
    assert_eq!(run(&["doctor", "--no-such-thing"]).code, Some(2));
    assert_eq!(run(&["run", "--for", "soon"]).code, Some(2));
    assert_eq!(run(&["run", "--strategy", "telepathy"]).code, Some(2));
    let role = run(&["run", "--demo", "--model", "nobody=x"]);
    assert_eq!(role.code, Some(2));
    assert!(role.err.contains("expert.1"), "{}", role.err);
}
