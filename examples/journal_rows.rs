//! Keeps steps in a journal as a session does, for so many seconds, and prints in one line how many rows a second that
//! makes, how long a step is held up by it, and how large the file is in the end. `benches/run.py` runs it.
//!
//! `cargo run --example journal_rows -- [--seconds 20] [--pace-ms 0] [--without] FOLDER`
//!
//! With a pace a step begins that often, and the journal rests in between; without one the next step begins at once. With
//! `--without` nothing is kept, which shows what the rest of this costs. Every game is a session of its own.

#![allow(clippy::large_futures, reason = "there is one of them, and it is not moved")]

#[path = "measured/kept.rs"]
mod kept;

use std::{
    error::Error,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use serde_json::json;
use singularis::{
    journal::{Beginning, Journal, Recorder},
    protocol::{
        Certificate, ClockView, Ending, EnsembleView, Problem, RegretView, SessionReport, SessionStarted, Spending,
    },
    settings::Strategy,
};
use tokio::time::{MissedTickBehavior, interval};

use kept::{GOAL, Scene, game};

/// Whatever can go wrong here.
pub type Failure = Box<dyn Error + Send + Sync>;

/// So many games are played beforehand, and then kept again and again.
const GAMES: u64 = 20;
/// A look, a question, what five models were asked and what they answered, a decision, an act, its step and its judgement.
const RECORDS_IN_A_STEP: usize = 16;

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let folder = given.last().filter(|last| !last.starts_with("--")).ok_or("the folder for the journal is missing")?;
    let path = Path::new(folder).join("journal.sqlite");
    let limit = Duration::from_secs(number(&given, "--seconds", 20)?);
    let pace = Duration::from_millis(number(&given, "--pace-ms", 0)?);
    let is_kept = !given.iter().any(|word| word == "--without");
    let games = (0..GAMES).map(game).collect::<Result<Vec<_>, _>>()?;
    let journal = if is_kept { Some(Journal::open(&path)?) } else { None };
    let began = Instant::now();
    let mut held_up = Vec::new();
    for (number, scenes) in (1_u64..).zip(games.iter().cycle()) {
        let Some(left) = limit.checked_sub(began.elapsed()) else { break };
        keep_game(number, scenes, journal.as_ref(), left, pace, &mut held_up).await?;
    }
    let seconds = began.elapsed().as_secs_f64();
    if let Some(journal) = journal {
        journal.close().await?;
    }
    let steps = held_up.len();
    let (rows, bytes) = if is_kept { (rows(&path)?, std::fs::metadata(&path)?.len()) } else { (0, 0) };
    let records = if is_kept { steps * RECORDS_IN_A_STEP } else { 0 };
    held_up.sort_unstable();
    let line = json!({
        "seconds": seconds,
        "steps": steps,
        "records": records,
        "records_per_second": figure(records.try_into()?) / seconds,
        "rows": rows,
        "rows_per_second": figure(rows) / seconds,
        "step_p50_us": percentile(&held_up, 50),
        "step_p99_us": percentile(&held_up, 99),
        "step_most_us": percentile(&held_up, 100),
        "bytes": bytes,
        "bytes_per_step": figure(bytes) / figure(steps.try_into()?),
    });
    println!("{line}");
    Ok(())
}

/// One session: its beginning, every step as long as there is time, its end.
async fn keep_game(
    number: u64,
    scenes: &[Scene],
    journal: Option<&Journal>,
    left: Duration,
    pace: Duration,
    held_up: &mut Vec<Duration>,
) -> Result<(), Failure> {
    let session = format!("bench-{number}");
    let recorder = match journal {
        Some(journal) => Recorder::begin(Ok(journal.clone()), beginning(&session), Arc::new(|_: &Problem| {})).await,
        None => Recorder::none(),
    };
    let mut ticks = (!pace.is_zero()).then(|| interval(pace));
    if let Some(ticks) = &mut ticks {
        // Whoever is late is not hurried afterwards.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    let (began, mut step) = (Instant::now(), 0);
    for scene in scenes {
        if began.elapsed() >= left {
            break;
        }
        if let Some(ticks) = &mut ticks {
            ticks.tick().await;
        }
        step += 1;
        held_up.push(scene.keep(&recorder, step).await);
    }
    // A journal that takes nothing would be a quick one.
    if let Some(why) = recorder.not_recorded() {
        return Err(why.into());
    }
    recorder.end(&report(&session, step)).await?;
    Ok(())
}

fn beginning(session: &str) -> Beginning {
    Beginning {
        started: SessionStarted {
            session: session.to_owned(),
            environment: "world".to_owned(),
            goal: GOAL.to_owned(),
            seed: 1,
            strategy: Strategy::LocalExperts,
            demo: false,
        },
        settings: "version = 1\n".to_owned(),
        owner: "bench".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

fn report(session: &str, steps: u64) -> SessionReport {
    SessionReport {
        session: session.to_owned(),
        outcome: Ending::Finished,
        steps,
        score: None,
        took_ms: 0,
        problem: None,
        certificate: Certificate::default(),
        egress: Vec::new(),
        spending: Spending::default(),
        ensemble: EnsembleView::default(),
        regret: RegretView::default(),
        clock: ClockView::default(),
        last_picture: Box::default(),
    }
}

/// All rows of all tables, as they lie in the file.
fn rows(path: &Path) -> rusqlite::Result<u64> {
    let connection = Connection::open(path)?;
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    let mut named = connection.prepare(tables)?;
    let names = named.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    names.iter().try_fold(0, |rows, name| {
        let counted: i64 = connection.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get(0))?;
        Ok(rows + counted.unsigned_abs())
    })
}

/// What follows a flag.
fn number(given: &[String], flag: &str, otherwise: u64) -> Result<u64, Failure> {
    match given.iter().position(|word| word == flag) {
        Some(at) => Ok(given.get(at + 1).ok_or("a number is missing")?.parse()?),
        None => Ok(otherwise),
    }
}

/// The least time that so many of a hundred do not exceed, in microseconds; nothing where nothing was timed.
fn percentile(sorted: &[Duration], percent: usize) -> Option<f64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).map(|time| time.as_secs_f64() * 1e6)
}

/// A count as a figure; these stay far below four thousand million.
fn figure(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
