//! The desktop for real: a display of its own for every test, real games on it, and its own state as the judge.
//!
//! A process has one display for its whole life, so every test here runs twice: the outer one opens a display and starts
//! this program again for that one test, the inner one does the work.
//!
//! | file | what |
//! |---|---|
//! | `display` | a display for one test |
//! | `guests` | NetHack in a terminal, and chocolate-doom |
//! | `seat` | the desktop as an environment, and whoever listens to its hooks |
//! | `state` | what the display itself says is down, from a connection of our own |
//! | `house` | the whole program with a home of its own |
//! | `sight` | pictures, and what they cost |
//! | `reaction` | keys act on the games |
//! | `aim` | clicks arrive where they are meant to |
//! | `letting_go` | nothing stays pressed: after a stop, a panic, a kill |
//! | `user` | whoever touches mouse or keyboard has them |
//! | `dry` | a dry run sends nothing, by an independent recorder |

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod aim;
mod display;
mod dry;
mod guests;
mod house;
mod letting_go;
mod reaction;
mod seat;
mod sight;
mod state;
mod user;

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

/// Long enough for a busy machine; whoever needs longer hangs.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Looks again until there is something, for so long; gives it and how long that took.
pub fn within<T>(patience: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> (T, Duration) {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return (found, began.elapsed());
        }
        assert!(began.elapsed() < patience, "not within {patience:?}: {what}");
        sleep(Duration::from_millis(1));
    }
}
