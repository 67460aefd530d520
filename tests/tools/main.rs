//! Tool servers, nasty ones and real ones: started for real, listed, called, broken in every way they break, and looked
//! for afterwards.
//!
//! | file | what |
//! |---|---|
//! | `stage` | a server under test as an environment, and its end, after which nothing of it may be there |
//! | `traces` | who carries a mark, who descends from whom, as the system shows it |
//! | `nasty.py` | a server that misbehaves in one way |
//! | `refusals` | servers that cannot be used: each has its own problem, in time |
//! | `calls` | servers that can be used although they misbehave |
//! | `sessions` | whole sessions of the program with them, and their certificates |
//! | `found` | where the real servers are |
//! | `drill`, `real`, `browser` | everything, filesystem, memory, git, Playwright: called, refused, late, killed, closed |

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod browser;
mod calls;
mod drill;
mod found;
mod real;
mod refusals;
mod sessions;
mod stage;
mod traces;

use std::time::Duration;

/// Long enough for a busy machine; whoever needs longer hangs.
pub const PATIENCE: Duration = Duration::from_secs(60);
