//! Who carries a mark in its environment: everything that a child has started, wherever it has gone since.
//!
//! Linux tells through `/proc`. Elsewhere the answer is `None`: it cannot be told.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;

use std::{fmt, time::Duration};

use tokio::{task::spawn_blocking, time::timeout};

#[cfg(all(unix, not(target_os = "linux")))]
pub use elsewhere::group_lives;
#[cfg(not(target_os = "linux"))]
pub use elsewhere::{CAN_TELL, ask, carriers, kill};
#[cfg(target_os = "linux")]
pub use linux::{CAN_TELL, ask, carriers, group_lives, kill};

/// Reading about a process that hangs in the kernel can hang too.
pub const LOOK_MAY_TAKE: Duration = Duration::from_millis(500);

/// A living process that carries a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kin {
    pub pid: u32,
    /// The name the system knows it by, at most fifteen letters on Linux.
    pub program: String,
    pub mark: String,
}

/// Such as `sleep (process 4711)`.
impl fmt::Display for Kin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (process {})", self.program, self.pid)
    }
}

/// Like [`carriers`], without holding up anybody else; `None` too if the system did not answer in time.
pub async fn look_for(marks: Vec<String>) -> Option<Vec<Kin>> {
    let looking = spawn_blocking(move || carriers(&marks));
    timeout(LOOK_MAY_TAKE, looking).await.ok()?.ok()?
}
