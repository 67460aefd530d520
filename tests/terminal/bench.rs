//! `singularis bench` in a terminal: what it prints, what it leaves behind, and that it goes on where it was.

use std::path::Path;

use serde_json::Value;

use super::{Printed, run};

fn bench(folder: &Path, arguments: &[&str]) -> Printed {
    let usual = ["bench", "--demo", "--seeds", "2", "--out", folder.to_str().unwrap()];
    run(&[&usual[..], arguments].concat())
}

fn object(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| panic!("no JSON: {text}"))
}

#[test]
fn a_bench_compares_plays_each_run_once_and_leaves_figures_and_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let arms = ["--arm", "single", "--arm", "heuristic", "--arm", "greedy"];
    let first = bench(folder.path(), &arms);
    assert_eq!(first.code, Some(0), "{}", first.err);
    for expected in ["random", "single", "heuristic", "greedy", "too few seeds to tell", "the yardstick"] {
        assert!(first.out.contains(expected), "{expected} is not in\n{}", first.out);
    }
    assert!(first.out.contains("single: the demo answered, not a language model"), "{}", first.out);
    assert!(first.err.contains("single, seed 1: ") && first.err.contains("(8 of 8)"), "{}", first.err);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("runs.jsonl").lines().count(), 8);
    assert!(read("bench.svg").starts_with("<svg ") && read("bench.svg").ends_with("</svg>\n"));
    let figures = read("bench.json");
    let single = &object(&figures)["arms"][1];
    assert_eq!((&single["label"], &single["runs"], &single["failed"]), (&"single".into(), &2.into(), &0.into()));
    assert!(single["per_run"]["calls"].as_f64().unwrap() > 5.0, "{single}");

    let second = bench(folder.path(), &[&arms[..], &["--json"][..]].concat());
    assert_eq!(second.code, Some(0), "{}", second.err);
    assert!(!second.err.contains("seed"), "nothing was played again: {}", second.err);
    assert_eq!((object(&second.out), read("bench.json")), (object(&figures), figures));
    assert_eq!(read("runs.jsonl").lines().count(), 8);
}

#[test]
fn a_bad_arm_is_refused_before_anything_runs_with_what_is_possible() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("bench");
    for (arm, possible) in
        [("telepathy", "greedy_intents"), ("telepathy", "local_experts"), ("greedy:model=x", "wording")]
    {
        let printed = bench(&out, &["--arm", arm]);
        assert_eq!(printed.code, Some(2), "{}", printed.err);
        assert!(printed.err.contains(possible), "{}", printed.err);
    }
    assert!(!out.exists(), "nothing was begun");
}

#[test]
fn runs_that_cannot_be_made_are_counted_and_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (url, out) = (format!("http://127.0.0.1:{closed}"), folder.path().to_str().unwrap());
    let printed = run(&["bench", "--endpoint", &url, "--seeds", "5", "--arm", "single", "--out", out]);
    assert_eq!(printed.code, Some(1), "{}", printed.err);
    assert!(printed.out.contains("single: 3 of 5 runs failed: "), "{}", printed.out);
    assert!(printed.err.contains("single is given up"), "{}", printed.err);
}

#[test]
#[cfg(unix)]
fn an_interrupt_keeps_what_there_is_and_says_how_to_go_on() {
    use std::io::{BufRead, BufReader, Read};

    use super::{finish, program};

    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let (mut command, _home) = program(&["bench", "--demo", "--seeds", "2", "--arm", "single", "--out", out]);
    let mut child = command.env("SINGULARIS_DEMO_PACE_MS", "20").spawn().unwrap();
    let mut err = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("random, seed 1") {
        line.clear();
        assert_ne!(err.read_line(&mut line).unwrap(), 0, "it ended before its first runs");
    }
    crate::interrupt(&child);
    let mut rest = String::new();
    err.read_to_string(&mut rest).unwrap();
    let printed = finish(child);
    assert_eq!(printed.code, Some(130), "{rest}");
    assert!(rest.contains("the same command goes on"), "{rest}");
    assert!(!rest.contains("panicked"), "{rest}");
    let figures = object(&std::fs::read_to_string(folder.path().join("bench.json")).unwrap());
    assert_eq!((&figures["is_complete"], &figures["arms"][0]["runs"]), (&false.into(), &2.into()));
}
