//! The diagnosis on whole sets of failures: our own, and any other named by `SINGULARIS_CASES`.
//!
//! A set is one JSON object a line: `request`, `observed`, `models_listed`, and the causes that count as right in
//! `accept`; lines with `"scored": false` are shown and not counted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod fuzz;

use std::{fmt::Write, path::Path};

use serde_json::Value;
use singularis::{
    llm::{Evidence, diagnose},
    protocol::{Cause, Certainty},
};

/// The share of scored cases that must be right.
const RIGHT: f64 = 0.95;
/// The share that may be wrong with confidence.
const CONFIDENTLY_WRONG: f64 = 0.02;

#[derive(Default)]
struct Score {
    scored: usize,
    right: usize,
    confidently_wrong: usize,
    table: String,
}

fn score(path: &Path) -> Score {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut score = Score::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let case: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"));
        let diagnosis = diagnose(&Evidence::from_text(line));
        let accepted: Vec<&str> = case["accept"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let is_right = accepted.contains(&diagnosis.cause.name());
        let is_scored = case["scored"] != false;
        let is_confident = diagnosis.certainty >= Certainty::Likely && diagnosis.cause != Cause::Unknown;
        if is_scored {
            score.scored += 1;
            score.right += usize::from(is_right);
            score.confidently_wrong += usize::from(!is_right && is_confident);
        }
        let (mark, counted) = (if is_right { "right" } else { "WRONG" }, if is_scored { "" } else { " (not counted)" });
        let _infallible = writeln!(
            score.table,
            "{mark}{counted}  {}  said {} ({:?}), right is {}",
            case["id"].as_str().unwrap_or("?"),
            diagnosis.cause,
            diagnosis.certainty,
            accepted.join(" or ")
        );
    }
    score
}

fn check(path: &Path) {
    let score = score(path);
    #[expect(clippy::cast_precision_loss, reason = "a few hundred cases")]
    let share = |count: usize| count as f64 / score.scored.max(1) as f64;
    println!("{}", score.table);
    println!(
        "{} scored, {} right ({:.1} %), {} wrong with confidence ({:.1} %)",
        score.scored,
        score.right,
        100.0 * share(score.right),
        score.confidently_wrong,
        100.0 * share(score.confidently_wrong)
    );
    assert!(score.scored > 0, "{} holds no case that counts", path.display());
    assert!(share(score.right) >= RIGHT, "too few are right");
    assert!(share(score.confidently_wrong) <= CONFIDENTLY_WRONG, "too many are wrong with confidence");
}

#[test]
fn our_own_cases() {
    check(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnosis/cases.jsonl")));
}

/// Without the variable there is no other set, and this says so.
#[test]
fn the_cases_named_by_the_environment() {
    match std::env::var_os("SINGULARIS_CASES") {
        Some(path) => check(Path::new(&path)),
        None => println!("SINGULARIS_CASES names no other set of cases, so only our own were scored"),
    }
}
