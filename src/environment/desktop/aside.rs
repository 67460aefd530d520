//! Everything about a desktop blocks for some milliseconds, and for as long as a display server hangs: it is done in a
//! thread that may wait, and waited for with a limit.

use std::time::Duration;

use tokio::{task::spawn_blocking, time::timeout};

use crate::environment::EnvironmentError;

/// The longest that anything may take which takes milliseconds where all is well.
pub const MAY_TAKE: Duration = Duration::from_secs(2);

/// Does something in a thread that may wait. What takes longer is left behind and goes on there.
pub async fn aside<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, EnvironmentError> {
    match timeout(limit, spawn_blocking(work)).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(broken)) => Err(EnvironmentError::Gone(broken.to_string())),
        Err(_too_slow) => Err(EnvironmentError::TimedOut(limit)),
    }
}
