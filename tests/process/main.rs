//! Children that do not behave: each is started for real, ended, and looked for afterwards.
//!
//! They are small scripts for the system's shell, so these tests run where there is one.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod dead;
mod family;
mod flood;
mod left;
mod nursery;
mod stubborn;

use std::time::Duration;

/// Long enough for a busy machine; whoever needs longer hangs.
const PATIENCE: Duration = Duration::from_secs(30);
