//! How long the slower ones are waited for. A pause is nobody's slowness, so it does not count.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::llm::Brake;

/// How long the slower experts are waited for, and how many are enough after that.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// So many opinions are enough once the deadline has passed.
    pub quorum: usize,
    pub deadline: Duration,
}

/// One wait, which began when it was made.
pub struct Waiting {
    brake: Brake,
    began: Instant,
    held_before: Duration,
    most: Duration,
}

impl Waiting {
    /// For so long at the most, without the pauses in between.
    pub fn begin(brake: &Brake, most: Duration) -> Self {
        Self { brake: brake.clone(), began: Instant::now(), held_before: brake.held_for(), most }
    }

    fn deadline(&self) -> Instant {
        self.began + self.most + self.brake.held_for().saturating_sub(self.held_before)
    }

    /// True once it has been long enough.
    pub fn is_over(&self) -> bool {
        !self.brake.is_on() && Instant::now() >= self.deadline()
    }

    /// Waits until it has been long enough.
    pub async fn over(&self) {
        while !self.is_over() {
            self.brake.passed().await;
            sleep_until(self.deadline()).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_nobodys_slowness() {
        let (brake, began) = (Brake::default(), Instant::now());
        let waiting = Waiting::begin(&brake, Duration::from_secs(10));
        let pausing = async {
            tokio::time::sleep(Duration::from_secs(4)).await;
            brake.pull(crate::protocol::PauseReason::Person);
            tokio::time::sleep(Duration::from_secs(300)).await;
            brake.release();
        };
        tokio::join!(waiting.over(), pausing);
        assert_eq!(began.elapsed(), Duration::from_secs(310));
        waiting.over().await;
        assert_eq!(began.elapsed(), Duration::from_secs(310));
    }
}
