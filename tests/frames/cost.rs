//! What frames cost, and the clock that says so: processor time of this thread, which other programs cannot lengthen.

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Processor time that this thread has used.
#[cfg(unix)]
pub fn used() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(now.tv_sec).unwrap(), u32::try_from(now.tv_nsec).unwrap())
}

/// Where that cannot be asked, time itself.
#[cfg(not(unix))]
pub fn used() -> Duration {
    static BEGAN: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    BEGAN.elapsed()
}

/// Whoever measures is alone: others would push what it needs out of the caches.
pub fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The costs of many frames.
#[derive(Default)]
pub struct Costs(Vec<Duration>);

impl Costs {
    pub fn add(&mut self, cost: Duration) {
        self.0.push(cost);
    }

    /// So much or less does this share of all frames cost.
    pub fn share(&self, share: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a list"
        )]
        let place = (sorted.len() as f64 * share).ceil() as usize;
        sorted.get(place.saturating_sub(1)).copied().unwrap_or_default()
    }
}

impl fmt::Display for Costs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |share| self.share(share).as_secs_f64() * 1000.0;
        let count = self.0.len();
        write!(out, "p50 {:.2} ms, p99 {:.2} ms, most {:.2} ms of {count} frames", ms(0.5), ms(0.99), ms(1.0))
    }
}

#[test]
fn shares_are_those_of_the_sorted_costs() {
    let mut costs = Costs::default();
    (1..=200).rev().for_each(|ms| costs.add(Duration::from_millis(ms)));
    let shares = [0.5, 0.99, 1.0].map(|share| costs.share(share).as_millis());
    assert_eq!(shares, [100, 198, 200]);
    assert_eq!(Costs::default().share(0.99), Duration::ZERO);
}

#[test]
fn work_takes_processor_time() {
    let before = used();
    let mut sum = 0_u64;
    while used() == before {
        sum = std::hint::black_box(sum.wrapping_add(1));
    }
    assert!(used() > before);
}
