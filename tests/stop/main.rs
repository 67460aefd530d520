//! Stop while something is wrong, through the real supervisor: whatever refuses to end turns its own line of the
//! certificate and no other, is called by its name, holds nobody up for longer than five seconds, and does not keep the
//! next session from beginning.
//!
//! | file | what |
//! |---|---|
//! | `panel` | the window's side: presses buttons, hears everything, measures |
//! | `counterpart` | a server, and the settings that ask it |
//! | `hand`, `place` | a session whose place and whose loops are the test's; everything else in it is real |
//! | `door` | a port that stops letting anybody in |
//! | `streams` | sixteen streams, open and stalled; figures |
//! | `servers` | servers that ignore a closed connection, or hang: in connecting, in their headers, in their answer |
//! | `loops` | loops that are deaf, that block, that panic |
//! | `held` | keys and places that do not let go |
//! | `children` | child processes that ignore requests, that fork, that flood |
//! | `journals`, `disk` | a journal that somebody has locked; a disk that is full |
//! | `ends` | a window that is gone, Stop pressed twice, closing during Stop, and everything at once |

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

#[cfg(unix)]
mod children;
mod counterpart;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod door;
mod ends;
mod hand;
mod held;
mod journals;
mod loops;
mod panel;
mod place;
mod servers;
mod streams;

use std::time::Duration;

use tokio::time::{sleep, timeout};

/// Whoever needs longer than this to get somewhere hangs.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How long Stop may take, whatever is wrong: five seconds, and what a machine may add that stands still for a moment.
pub const AT_MOST: Duration = Duration::from_secs(5 + 2);
/// How long a server may take to see what has been closed.
pub const SEEN_WITHIN: Duration = Duration::from_secs(10);

/// Looks again until it is so, for so long.
pub async fn within(patience: Duration, what: &str, mut is_so: impl FnMut() -> bool) {
    let looking = async {
        while !is_so() {
            sleep(Duration::from_millis(1)).await;
        }
    };
    assert!(timeout(patience, looking).await.is_ok(), "not within {patience:?}: {what}");
}
