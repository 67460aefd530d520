//! `singularis sessions` in a terminal: what was printed while a session ran is what is told of it afterwards.

use std::{
    io::{BufRead, BufReader},
    process::Child,
    sync::mpsc,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{PATIENCE, Printed, finish, program};

/// The events that a session is told by; each kind has to come again, whole and in its order.
const TOLD: [&str; 5] = ["session_started", "step", "notice", "judged", "session_ended"];

/// A home for several commands.
struct House(tempfile::TempDir);

impl House {
    fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// One in which a session was run, and the lines that it printed.
    fn with_a_session(seed: u64) -> (Self, Vec<Value>) {
        let house = Self::empty();
        let lines = house.run_session(seed);
        (house, lines)
    }

    fn run(&self, arguments: &[&str]) -> Printed {
        let (mut command, _other_home) = program(arguments);
        finish(command.env("SINGULARIS_HOME", self.0.path()).spawn().unwrap())
    }

    fn run_session(&self, seed: u64) -> Vec<Value> {
        let printed = self.run(&["run", "--demo", "--cycles", "12", "--json", "--seed", &seed.to_string()]);
        assert_eq!(printed.code, Some(0), "{}", printed.err);
        printed.lines()
    }

    /// What is said about past sessions; a demo that was asked for it would take a minute for each answer.
    fn sessions(&self, arguments: &[&str]) -> Printed {
        let (mut command, _other_home) = program(&[&["sessions"][..], arguments].concat());
        command.env("SINGULARIS_HOME", self.0.path()).env("SINGULARIS_DEMO_PACE_MS", "60000");
        let began = Instant::now();
        let printed = finish(command.spawn().unwrap());
        assert!(began.elapsed() < Duration::from_secs(30), "{arguments:?} took {:?}", began.elapsed());
        assert!(!printed.err.contains("panicked"), "{}", printed.err);
        printed
    }

    /// The same where it has to succeed.
    fn told(&self, arguments: &[&str]) -> String {
        let printed = self.sessions(arguments);
        assert_eq!(printed.code, Some(0), "{arguments:?}: {}", printed.err);
        printed.out
    }

    fn object(&self, arguments: &[&str]) -> Value {
        let text = self.told(&[arguments, &["--json"][..]].concat());
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("no JSON: {text}"))
    }
}

fn of_kind<'a>(lines: &'a [Value], kind: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["event"] == kind).collect()
}

/// What was done and what it brought, without anything that a clock decides.
fn course(lines: &[Value]) -> Vec<[&Value; 4]> {
    of_kind(lines, "step")
        .into_iter()
        .map(|step| [&step["step"], &step["action"], &step["by"], &step["score"]])
        .collect()
}

fn one_object(printed: &Printed) -> Value {
    serde_json::from_str(&printed.out).unwrap_or_else(|_| panic!("no JSON: {}", printed.out))
}

fn name(lines: &[Value]) -> String {
    lines[0]["session"].as_str().unwrap().to_owned()
}

#[test]
fn twenty_sessions_are_told_again_as_they_were_without_asking_anybody() {
    let house = House::empty();
    for seed in 1..=20 {
        let then = house.run_session(seed);
        let again = house.sessions(&["replay", "latest", "--json"]);
        assert_eq!(again.code, Some(0), "{}", again.err);
        let again = again.lines();
        assert!(course(&then).len() >= 12, "seed {seed} was played");
        assert_eq!(course(&again), course(&then), "seed {seed}");
        for kind in TOLD {
            assert_eq!(of_kind(&again, kind), of_kind(&then, kind), "seed {seed}, {kind}");
        }
        assert_eq!(again[0], then[0], "seed {seed} begins as it did");
        assert_eq!(again.last().unwrap()["certificate"]["clean"], true, "seed {seed} ends with its proof");
    }
    let list = house.object(&["list"]);
    assert_eq!((list["total"].as_u64(), list["sessions"].as_array().unwrap().len()), (Some(20), 20));
    let seeds: Vec<u64> =
        list["sessions"].as_array().unwrap().iter().filter_map(|line| line["seed"].as_u64()).collect();
    assert_eq!(seeds, (1..=20).rev().collect::<Vec<_>>(), "the newest is first");
}

#[test]
fn a_replay_for_people_has_the_lines_of_the_run_at_any_speed() {
    let house = House::empty();
    let then = house.run(&["run", "--demo", "--cycles", "5", "--seed", "4"]);
    assert_eq!(then.code, Some(0), "{}", then.err);
    let again = house.told(&["replay", "latest"]);
    let steps = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.contains(" by ") && line.ends_with(" ms")).map(str::to_owned).collect()
    };
    assert!(steps(&then.out).len() >= 5, "{}", then.out);
    assert_eq!(steps(&again), steps(&then.out));
    assert_eq!(again.lines().next(), then.out.lines().next());
    assert_eq!(house.told(&["replay", "latest", "--speed", "64"]), again, "in time it is the same");
    assert_eq!(house.sessions(&["replay", "latest", "--speed", "1000"]).code, Some(2));
}

#[test]
fn sessions_are_listed_and_found_by_their_words() {
    let (house, lines) = House::with_a_session(7);
    let name = name(&lines);
    let listed = house.told(&[]);
    assert!(listed.contains(&name) && listed.contains("1 session;"), "{listed}");
    let list = house.object(&["list"]);
    let line = &list["sessions"][0];
    assert_eq!((line["session"].as_str(), &line["state"]), (Some(name.as_str()), &"ended".into()));
    assert_eq!((&line["seed"], &line["demo"], &line["clean"]), (&7.into(), &true.into(), &true.into()));
    assert_eq!(line["score"], of_kind(&lines, "session_ended")[0]["score"]);
    assert_eq!(list["interrupted"], Value::Array(Vec::new()));
    assert!(list["bytes"].as_u64().unwrap() > 0);
    let goal = lines[0]["goal"].as_str().unwrap();
    let found = |search: &str| house.object(&["list", "--search", search])["sessions"].as_array().unwrap().len();
    assert_eq!((found(goal), found("no such word anywhere")), (1, 0));
    assert!(house.told(&["list", "--search", "no such word anywhere"]).contains("the journal has 1 session"));
}

#[test]
fn a_session_is_shown_with_its_figures_and_without_its_records() {
    let (house, lines) = House::with_a_session(7);
    let name = name(&lines);
    let shown = house.told(&["show", &name]);
    for expected in [name.as_str(), "seed 7", "the demo answered", "Who answered", "expert.1", "Everything"] {
        assert!(shown.contains(expected), "{expected} is not in\n{shown}");
    }
    // A beginning that nobody else has is enough.
    let object = house.object(&["show", &name[..name.len() - 1]]);
    let steps = of_kind(&lines, "step").len();
    assert_eq!((object["counts"]["steps"].as_u64(), &object["line"]["session"]), (Some(steps as u64), &name.into()));
    assert!(object["counts"]["calls"].as_u64().unwrap() >= 12, "{}", object["counts"]);
    assert!(object["figures"]["plots"].as_array().is_some_and(|plots| !plots.is_empty()));
    assert_eq!((object.get("records"), object["report"].get("last_picture")), (None, None));
}

#[test]
fn why_a_step_was_done_is_told_with_what_was_asked_and_said() {
    let (house, lines) = House::with_a_session(7);
    let steps = of_kind(&lines, "step");
    let decided = steps.iter().find(|step| step["ordered_by"] == "reasoning").unwrap();
    let number = decided["step"].to_string();
    let why = house.told(&["why", "latest", &number]);
    let mut rest = why.as_str();
    for expected in [
        "What was seen",
        "expert.1",
        "it was asked:",
        "it answered:",
        "What was proposed and decided",
        "What came of it",
    ] {
        let at = rest.find(expected).unwrap_or_else(|| panic!("{expected} is not in its place in\n{why}"));
        rest = &rest[at..];
    }
    let why = house.object(&["why", "latest", &number]);
    assert_eq!((&why["step"]["action"], &why["step"]["score"]), (&decided["action"], &decided["score"]));
    let calls = why["calls"].as_array().unwrap();
    let is_whole = |call: &Value| call["said"]["prompt"].as_str().is_some_and(|prompt| !prompt.is_empty());
    assert!(calls.len() > 1 && calls.iter().all(is_whole), "{calls:?}");
    let unknown = house.sessions(&["why", "latest", "9999"]);
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.err.contains("There is no step 9999"), "{}", unknown.err);
}

#[test]
fn a_report_is_printed_or_written_in_every_form() {
    let (house, lines) = House::with_a_session(7);
    let name = name(&lines);
    for (form, begins) in [("html", "<!doctype html"), ("md", "#"), ("json", "{")] {
        let report = house.told(&["export", &name, "--format", form]);
        assert!(
            report.to_lowercase().trim_start().starts_with(begins),
            "{form}: {}",
            report.get(..80).unwrap_or(&report)
        );
        // Markdown breaks what a reader would make a link of.
        assert!(form == "md" || report.contains(&name), "{form} names the session");
        let path = house.0.path().join(format!("report.{form}"));
        let said = house.told(&["export", &name, "--format", form, "--output", path.to_str().unwrap()]);
        assert!(said.contains(path.to_str().unwrap()), "{said}");
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(written.to_lowercase().starts_with(begins) && written.len() > 1000, "{form}");
        if form == "json" {
            assert_eq!(serde_json::from_str::<Value>(&written).unwrap()["format"], 1);
        }
    }
    assert_eq!(house.sessions(&["export", &name, "--format", "pdf"]).code, Some(2));
    assert_eq!(house.sessions(&["export", &name]).code, Some(2), "which form has to be said");
    let nowhere = house.0.path().join("no/such/folder/report.md");
    let failed = house.sessions(&["export", &name, "--format", "md", "--output", nowhere.to_str().unwrap()]);
    assert_eq!(failed.code, Some(1));
    assert!(failed.err.contains("could not be saved"), "{}", failed.err);
}

#[test]
fn names_that_are_unknown_or_several_are_told_so() {
    let (house, lines) = House::with_a_session(1);
    let second = house.run_session(2);
    let unknown = house.sessions(&["show", "s-nobody"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (Some(1), ""));
    assert!(unknown.err.contains("No session is called s-nobody"), "{}", unknown.err);
    for arguments in [&["show", "s-"][..], &["replay", "s-"], &["remove", "s-"], &["export", "s-", "--format", "md"]] {
        let several = house.sessions(&[arguments, &["--json"][..]].concat());
        assert_eq!(several.code, Some(1), "{arguments:?}");
        let told = one_object(&several);
        let problem = &told["problem"];
        assert_eq!(problem["summary"], "Several sessions begin with s-");
        let details = problem["details"].to_string();
        assert!(details.contains(&name(&lines)) && details.contains(&name(&second)), "{details}");
    }
    assert_eq!(house.sessions(&["show"]).code, Some(2));
    assert_eq!(house.sessions(&["why", "latest", "soon"]).code, Some(2));
}

#[test]
fn before_the_first_session_there_is_nothing_and_nothing_is_begun() {
    let house = House::empty();
    assert!(house.told(&[]).contains("No session has been kept yet"));
    let list = house.object(&["list"]);
    assert_eq!((&list["sessions"], &list["total"]), (&Value::Array(Vec::new()), &0.into()));
    for arguments in [&["show", "latest"][..], &["replay", "latest"], &["why", "latest", "1"], &["remove", "latest"]] {
        let printed = house.sessions(arguments);
        assert_eq!((printed.code, printed.out.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(printed.err.contains("No session has been kept yet"), "{}", printed.err);
    }
    assert!(!house.0.path().join("journal.sqlite").exists(), "whoever only looks leaves nothing");
}

#[test]
fn a_removed_session_is_gone_and_the_others_stay() {
    let (house, lines) = House::with_a_session(1);
    let second = house.run_session(2);
    assert!(house.told(&["remove", &name(&lines)]).contains("was removed"));
    let list = house.object(&["list"]);
    assert_eq!((list["total"].as_u64(), list["sessions"][0]["session"].as_str()), (Some(1), Some(&*name(&second))));
    assert_eq!(house.sessions(&["remove", &name(&lines)]).code, Some(1), "it is not there any more");
}

/// A program that is killed when this goes, whatever becomes of the test.
struct Doomed(Child);

impl Drop for Doomed {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed any more.
        let _has_ended = self.0.kill();
        let _is_gathered = self.0.wait();
    }
}

/// The lines that are printed, as they come, read beside the test so that it need not wait for ever.
fn lines_of(child: &mut Child) -> mpsc::Receiver<String> {
    let out = BufReader::new(child.stdout.take().unwrap());
    let (line, lines) = mpsc::channel();
    std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|text| line.send(text)));
    lines
}

#[test]
fn of_a_killed_session_everything_that_was_printed_is_told_again() {
    let house = House::empty();
    let (mut command, _other_home) = program(&["run", "--demo", "--json", "--seed", "3"]);
    command.env("SINGULARIS_HOME", house.0.path()).env("SINGULARIS_DEMO_PACE_MS", "20");
    let mut doomed = Doomed(command.spawn().unwrap());
    let lines = lines_of(&mut doomed.0);
    let deadline = Instant::now() + PATIENCE;
    let mut printed = Vec::new();
    while course(&printed).len() < 4 {
        let line = lines.recv_timeout(deadline.saturating_duration_since(Instant::now()));
        let line = line.expect("it neither ends by itself nor falls silent");
        printed.push(serde_json::from_str::<Value>(&line).unwrap());
    }
    // Killed in the middle of its session.
    assert_eq!(doomed.0.try_wait().unwrap(), None, "it still runs");
    drop(doomed);
    let again = house.sessions(&["replay", "latest", "--json"]);
    assert_eq!(again.code, Some(0), "{}", again.err);
    let again = again.lines();
    let (then, now) = (course(&printed), course(&again));
    assert_eq!(now[..then.len()], then[..]);
    assert!(of_kind(&again, "session_ended").is_empty(), "nobody saw it end");
    assert_eq!(again.last().unwrap()["event"], "remark");
}
