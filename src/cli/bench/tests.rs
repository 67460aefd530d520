//! A bench in which everything happened that can, for whatever is made of it.

use std::path::Path;

use clap::Parser;

use super::{
    plan::Plan,
    statistics::Estimate,
    store::{Run, RunEnd, RunResult, Store},
    summary::{Control, Summary},
};
use crate::{
    cli::{Arguments, Task},
    environment::world::baseline::Baseline,
    settings::Settings,
};

/// What blind chance and greed make of ten worlds.
const RANDOM: [f64; 10] = [18.0, 16.5, 20.0, 17.0, 19.0, 18.5, 15.0, 21.0, 18.0, 17.5];
const GREEDY: [f64; 10] = [36.0, 20.0, 51.0, 33.0, 40.0, 28.0, 39.0, 44.0, 25.0, 47.0];

fn planned(arguments: &[&str]) -> Plan {
    let line = ["singularis", "bench", "--seeds", "10"].into_iter().chain(arguments.iter().copied());
    match Arguments::try_parse_from(line).unwrap().task {
        Some(Task::Bench(bench)) => Plan::new(&bench, Settings::default()).unwrap(),
        _ => panic!("bench was typed"),
    }
}

fn scored(score: f64) -> RunResult {
    let (calls, tokens, thinking_ms) = (39, 51_200, 39 * 320);
    let score = Some(score);
    let made = RunResult { is_clean: true, fell_back: 2, ..RunResult::default() };
    RunResult { score, steps: 40, decisions: 39, calls, tokens, thinking_ms, ..made }
}

fn play(store: &mut Store, plan: &Plan, arm: usize, result: impl Fn(usize) -> RunResult) {
    for seed in plan.seeds.clone() {
        let result = result(usize::try_from(seed).unwrap());
        store.add(Run { key: plan.key(&plan.arms[arm], seed), result }).unwrap();
    }
}

fn planted_in(folder: &Path) -> Summary {
    let arms = ["random", "greedy", "oracle", "heuristic:label=<b>&\"it\"", "single", "hybrid"];
    let arguments: Vec<&str> = arms.into_iter().flat_map(|arm| ["--arm", arm]).chain(["--control"]).collect();
    let plan = planned(&arguments);
    let mut store = Store::open(folder, false).unwrap();
    let better_by = |points: f64| move |seed: usize| scored(GREEDY[seed] + points);
    play(&mut store, &plan, 0, |seed| scored(RANDOM[seed]));
    play(&mut store, &plan, 1, better_by(0.0));
    play(&mut store, &plan, 2, |_| RunResult { is_proved: true, ..scored(100.0) });
    play(&mut store, &plan, 3, |seed| scored(RANDOM[seed] - 4.0));
    play(&mut store, &plan, 4, better_by(16.0));
    play(&mut store, &plan, 5, better_by(1.0));
    let problem = || Some("Nothing answers at 127.0.0.1:1234".to_owned());
    play(&mut store, &plan, 6, |seed| match seed {
        0..2 => RunResult { end: RunEnd::NotStarted, problem: problem(), ..RunResult::default() },
        2 => RunResult { end: RunEnd::TimeOver, ..scored(30.0) },
        _ => scored(GREEDY[seed]),
    });
    Summary::of(&plan, &store, &[7])
}

/// A bench in which everything happened that can; its labels are hostile.
pub fn planted() -> Summary {
    let folder = tempfile::tempdir().unwrap();
    planted_in(folder.path())
}

#[test]
fn a_search_that_proved_only_some_worlds_says_how_many_and_what_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let plan = planned(&["--arm", "random", "--arm", "oracle"]);
    let mut store = Store::open(folder.path(), false).unwrap();
    play(&mut store, &plan, 0, |seed| scored(RANDOM[seed]));
    let (worlds, found) = (plan.worlds(), |seed: usize| if seed == 0 { 90.0 } else { 100.0 });
    play(&mut store, &plan, 1, |seed| RunResult { is_proved: seed != 0, bound: Some(100.0), ..scored(found(seed)) });
    let summary = Summary::of(&plan, &store, &[]);
    let said = format!("oracle: proved to be the best in {} of {worlds} worlds, in the others", worlds - 1);
    assert!(summary.notes.iter().any(|note| note.starts_with(&said)), "{:?}", summary.notes);
    assert_eq!((summary.arms[1].bound, summary.arms[0].bound), (Some(100.0), None));
}

#[test]
fn every_arm_gets_the_verdict_that_it_deserves() {
    let summary = planted();
    let verdicts: Vec<(&str, &str)> = summary.arms.iter().map(|arm| (arm.label.as_str(), arm.words)).collect();
    let expected = [
        ("random", "the yardstick"),
        ("greedy", "better than random"),
        ("oracle", "the best that is possible"),
        ("<b>&\"it\"", "worse than random"),
        ("single", "better than greedy"),
        ("single, without clues", "better than greedy"),
        ("hybrid", "better than random, not than greedy"),
        ("hybrid, without clues", "too few seeds to tell"),
    ];
    assert_eq!(verdicts, expected);
    let order: Vec<&str> = summary.by_mean().into_iter().map(|arm| arm.label.as_str()).collect();
    let best_and_worst = (order[0], order[1], order[6], order[7]);
    assert_eq!(best_and_worst, ("oracle", "single", "<b>&\"it\"", "hybrid, without clues"));
}

#[test]
fn figures_are_means_over_the_runs_that_count() {
    let summary = planted();
    let hybrid = &summary.arms[6];
    assert_eq!((hybrid.planned, hybrid.runs, hybrid.failed), (10, 8, 2));
    assert_eq!((hybrid.per_run.calls, hybrid.decisions, hybrid.fell_back), (39.0, 312, 16));
    assert_eq!((hybrid.ms_per_decision, hybrid.to_random.unwrap().seeds), (Some(320.0), 8));
    assert!(!summary.is_complete);
    let notes = summary.notes.join("\n");
    for expected in [
        "hybrid: 2 of 10 runs failed: Nothing answers at 127.0.0.1:1234",
        "hybrid: 1 of 8 runs ended with their time",
        "hybrid, without clues: given up",
    ] {
        assert!(notes.contains(expected), "{expected} is not in\n{notes}");
    }
}

#[test]
fn the_control_says_what_reading_is_worth() {
    let summary = planted();
    let words: Vec<String> = summary.controls.iter().map(Control::words).collect();
    assert_eq!(words, ["single: 52.3 with clues, 37.3 without: reading is worth 15.0 (15.0 to 15.0)"]);
    let random = summary.baseline(Baseline::Random).unwrap();
    let too_few = Control { difference: Estimate::of(&[1.0, -1.0]).unwrap(), ..summary.controls[0].clone() };
    assert!(too_few.words().ends_with("on too few seeds to tell"), "{}", too_few.words());
    assert_eq!(random.scores.len(), 10);
}

#[test]
fn the_figures_are_one_json_object() {
    let summary = planted();
    let object: serde_json::Value = serde_json::from_str(&serde_json::to_string(&summary).unwrap()).unwrap();
    let worst = &object["arms"][3];
    assert_eq!((&worst["verdict"], &worst["words"]), (&"worse_than_random".into(), &"worse than random".into()));
    assert_eq!((&worst["scores"]["3"], &worst["ends"]["finished"]), (&13.0_f64.into(), &10.into()));
}
