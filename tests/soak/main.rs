//! The real worker for as long as wanted, round after round, with a server that refuses, stalls, breaks off, unloads
//! and is slow by turns: every session must end in time and with a certificate that names what it should, and then
//! the process must be what it was: no descriptor, thread or task more, and no memory that grows with the rounds.
//!
//! | file | what |
//! |---|---|
//! | `dice`, `plan` | the schedule: each round follows from the seed and its number |
//! | `server` | the server that things go wrong with |
//! | `play` | the worker, and what was heard of it |
//! | `round` | one round, from its settings to rest |
//! | `certificate` | what a session's end must show |
//! | `levels`, `slope` | what the system says is open; whether the memory grows |
//! | `figures`, `panics` | what it came to; whether anything broke down behind everybody's back |
//!
//! `SINGULARIS_SOAK_S` says how many seconds it lasts (20), `SINGULARIS_SOAK_SEED` which schedule it follows (a new one
//! each time). What it comes to is said on standard error, whether or not the test's output is shown.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]
#![allow(
    clippy::cast_precision_loss,
    reason = "rounds, kibibytes and milliseconds are far below the limits of a float"
)]

mod certificate;
mod dice;
mod figures;
mod levels;
mod panics;
mod plan;
mod play;
mod round;
mod server;
mod slope;

use std::{
    io::Write,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use figures::Figures;
use levels::Levels;
use plan::Plan;
use play::Play;
use server::Server;

/// How long it lasts if nobody says otherwise.
const USUAL: Duration = Duration::from_secs(20);
const USUAL_SEED: u64 = 20_261_127;
/// What is opened once and kept is open after so many rounds.
const WARM_UP: u64 = 10;
/// In so long a run there are rounds enough to judge the memory by; where there are not, the test proves less than it
/// seems to.
const LONG: Duration = Duration::from_secs(300);
/// Between two lines about how it goes.
const A_LINE_EVERY: Duration = Duration::from_secs(60);

/// The memory that glibc keeps for each thread after it was given back grows for hours with the chance of who frees what,
/// by tens of kilobytes a round, and would hide a leak. With one such store there is none of that: what grows then is
/// held by somebody. It is chosen before a program begins, so the test is run anew in a process of its own.
const ONE_STORE: (&str, &str) = ("MALLOC_ARENA_MAX", "1");

#[test]
fn the_worker_comes_back_to_rest_after_every_round() {
    if std::env::var_os(ONE_STORE.0).is_some() {
        return soak();
    }
    let here = std::env::current_exe().expect("a test knows its own program");
    let arguments = ["--exact", "--nocapture", "the_worker_comes_back_to_rest_after_every_round"];
    let ended = std::process::Command::new(here).args(arguments).env(ONE_STORE.0, ONE_STORE.1).status();
    assert!(ended.expect("it can be started once more").success(), "the soak failed; it is told above");
}

fn soak() {
    let length = number_in("SINGULARIS_SOAK_S").map_or(USUAL, Duration::from_secs);
    // A short one plays what was played before; a long one is there to find what nobody has thought of.
    let usual = || if length == USUAL { USUAL_SEED } else { seed_of_now() };
    let seed = number_in("SINGULARIS_SOAK_SEED").unwrap_or_else(usual);
    say(&format!("soak: {} s, SINGULARIS_SOAK_SEED={seed}", length.as_secs()));
    panics::watch();
    let (began, mut said) = (Instant::now(), Instant::now());
    let server = Server::start();
    let mut play = Play::begin(plan::usual(&server.url()));
    if Levels::read(&play.metrics, server.port()).is_none() {
        say("soak: NOTHING WAS MEASURED: this system has no /proc, so this test did not run");
        panic!("nothing was measured: descriptors, threads and memory are read from /proc, which is not here");
    }
    round::fill_books(&mut play, &server);
    let mut figures = Figures::default();
    let mut number = 0;
    while began.elapsed() < length || number <= WARM_UP {
        number += 1;
        let plan = Plan::draw(seed, number, &server.url());
        round::play(&plan, &mut play, &server, &mut figures);
        let is_warm = number > WARM_UP;
        let level = is_warm.then(|| figures.level());
        let read = || Levels::read(&play.metrics, server.port()).expect("it could be read before");
        let levels = levels::come_to_rest(read, level.as_ref())
            .unwrap_or_else(|trouble| panic!("after round {number} of seed {seed}: {trouble}\n{plan:#?}"));
        figures.measured(levels, is_warm);
        panics::assert_none();
        if said.elapsed() >= A_LINE_EVERY {
            said = Instant::now();
            say(&format!("soak: {} s: {figures}", began.elapsed().as_secs()));
        }
    }
    let certificate = play.shut_down();
    let left = server.stop();
    say(&format!("soak: done after {} s, SINGULARIS_SOAK_SEED={seed}: {figures}", began.elapsed().as_secs()));
    assert!(certificate.clean, "the program's end: {certificate:?}");
    assert_eq!(left, 0, "the server had to cut connections that nobody closed");
    panics::assert_none();
    assert!(figures.sessions() > 0, "no session was ever started");
    let rounds = figures.memory.rounds();
    assert!(length < LONG || rounds >= slope::LEAST_ROUNDS, "too few rounds to judge the memory by: {rounds}");
    assert!(!figures.memory.is_leak(), "the memory grows: {}", figures.memory);
}

/// A whole number in the environment; one that cannot be read is a mistake to be told, not to be passed over.
fn number_in(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.trim().parse().unwrap_or_else(|_| panic!("{variable} must be a whole number, and it is {text:?}")))
}

fn seed_of_now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::from(since.subsec_nanos()) ^ since.as_secs()
}

/// Says it now and to whoever waits: what is printed is held back until a test has failed.
fn say(line: &str) {
    let _nobody_listens = writeln!(std::io::stderr().lock(), "{line}");
}
