//! Several copies of the program beside one another: who lives, who has the window, and who only pretends.
//!
//! What takes a second process is played by this very test program, started once more with a part to play: see
//! [`Other`].

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod alive;
mod hostile;
mod other;
mod window;

use std::time::Duration;

/// Long enough for a busy machine; whoever needs longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);
