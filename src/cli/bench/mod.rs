//! `singularis bench`: ways of thinking side by side in the same worlds, and beside them blind chance, greed and the
//! best that is possible.
//!
//! | file | what |
//! |---|---|
//! | [`arguments`], [`arm`] | what can be typed, and who plays |
//! | [`plan`] | which runs that makes, with which settings |
//! | [`run`] | one of them |
//! | [`store`] | what is kept of them, so that it can go on |
//! | [`statistics`], [`summary`] | what they come to |
//! | [`table`], [`picture`] | how that looks |

mod arguments;
mod arm;
mod picture;
mod plan;
mod run;
mod statistics;
mod store;
mod summary;
mod table;
#[cfg(test)]
mod tests;

use std::{
    io::{self, Write},
    process::ExitCode,
};

pub use arguments::Bench;

use self::{
    arm::Arm,
    plan::Plan,
    store::{Run, RunResult, Store},
    summary::Summary,
};
use super::{
    doctor::wrong_usage,
    terminal::{Terminal, block_on},
    words,
};
use crate::settings::Settings;

/// So many failed starts in a row, and the rest of an arm is not tried.
const FAILED_STARTS: u32 = 3;
/// The exit code of a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

pub fn carry_out(bench: &Bench, mut settings: Settings) -> io::Result<ExitCode> {
    bench.connection.apply(&mut settings).map_err(wrong_usage)?;
    let plan = Plan::new(bench, settings).map_err(wrong_usage)?;
    let mut store = Store::open(&bench.out, bench.fresh)?;
    let course = play(&plan, &mut store)?;
    let summary = Summary::of(&plan, &store, &course.given_up);
    let figures = serde_json::to_string_pretty(&summary)?;
    store.write("bench.json", &figures)?;
    store.write("bench.svg", &picture::svg(&summary))?;
    let folder = bench.out.display();
    if bench.json {
        words::say(&figures)?;
    } else {
        words::say(&table::text(&summary))?;
        words::say(&format!("\nThe runs, the figures and the picture are in {folder}"))?;
    }
    if course.is_interrupted {
        tell(&format!("singularis: interrupted; the same command goes on with what is in {folder}"));
        return Ok(ExitCode::from(INTERRUPTED));
    }
    Ok(if summary.is_complete { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// How it went, beside the runs themselves.
#[derive(Debug, Default)]
struct Course {
    is_interrupted: bool,
    /// The places of the arms that could not be started.
    given_up: Vec<usize>,
}

/// Plays what has not been played yet.
fn play(plan: &Plan, store: &mut Store) -> io::Result<Course> {
    let keys = plan.arms.iter().flat_map(|arm| plan.seeds.clone().map(move |seed| plan.key(arm, seed)));
    let played = keys.filter(|key| store.has_played(key)).count();
    if played == plan.runs() {
        return Ok(Course::default());
    }
    if played > 0 {
        tell(&format!("{played} of {} runs are there already", plan.runs()));
    }
    block_on(async {
        let mut terminal = Terminal::without_memory(plan.base().clone())?;
        let course = play_all(plan, store, &mut terminal).await;
        let _ended = terminal.close().await;
        course
    })?
}

/// One arm after another, because another model may have to be loaded for the next one.
async fn play_all(plan: &Plan, store: &mut Store, terminal: &mut Terminal) -> io::Result<Course> {
    let mut course = Course::default();
    for (place, arm) in plan.arms.iter().enumerate() {
        let mut failed_starts = 0;
        for (world, seed) in plan.seeds.clone().enumerate() {
            let key = plan.key(arm, seed);
            if store.has_played(&key) {
                continue;
            }
            let ran = run::once(plan, arm, seed, terminal).await?;
            if let Some(result) = ran.result {
                let number = place * plan.worlds() + world + 1;
                tell(&format!("{} ({number} of {})", progress(arm, seed, &result), plan.runs()));
                failed_starts = if result.is_failed_start() { failed_starts + 1 } else { 0 };
                store.add(Run { key, result })?;
            }
            if ran.is_interrupted {
                return Ok(Course { is_interrupted: true, ..course });
            }
            if failed_starts >= FAILED_STARTS {
                tell(&format!("{} is given up after {FAILED_STARTS} failed starts in a row", arm.label()));
                course.given_up.push(place);
                break;
            }
        }
    }
    Ok(course)
}

/// Says how it goes; whether anybody reads it is all the same.
fn tell(line: &str) {
    let _nobody_reads = writeln!(io::stderr(), "{line}");
}

/// What one run came to, in a line.
fn progress(arm: &Arm, seed: u64, result: &RunResult) -> String {
    let label = arm.label();
    match (result.score, &result.problem) {
        (_, Some(problem)) => format!("{label}, seed {seed}: failed: {problem}"),
        (None, None) => format!("{label}, seed {seed}: failed"),
        (Some(score), None) => {
            let seconds = std::time::Duration::from_millis(result.took_ms).as_secs_f64();
            format!("{label}, seed {seed}: {score:.0} points, {} decisions, {seconds:.1} s", result.decisions)
        }
    }
}
