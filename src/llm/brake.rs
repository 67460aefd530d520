//! The brake in front of every question and every action: pulled by a person, a spent budget or a breaker, released by a
//! person.
//! Unlike the [`Gate`](super::Gate), which is shut once and for good.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

use crate::protocol::PauseReason;

/// A switch that is shared by everything that may begin something. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Brake(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    why: watch::Sender<Option<PauseReason>>,
    clock: Mutex<Clock>,
}

#[derive(Debug, Default)]
struct Clock {
    since: Option<Instant>,
    /// Of all pauses that are over.
    total: Duration,
}

impl Default for Brake {
    fn default() -> Self {
        Self(Arc::new(Shared { why: watch::Sender::new(None), clock: Mutex::default() }))
    }
}

impl Brake {
    fn clock(&self) -> MutexGuard<'_, Clock> {
        self.0.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on nothing new begins. The first reason stays; true if it was this one.
    pub fn pull(&self, why: PauseReason) -> bool {
        // Over both, so that a release in between cannot part them.
        let mut clock = self.clock();
        let is_first = self.0.why.send_if_modified(|reason| {
            let is_first = reason.is_none();
            reason.get_or_insert(why);
            is_first
        });
        if is_first {
            clock.since.get_or_insert_with(Instant::now);
        }
        is_first
    }

    pub fn release(&self) {
        let mut clock = self.clock();
        if let Some(since) = clock.since.take() {
            clock.total += since.elapsed();
        }
        self.0.why.send_if_modified(|reason| reason.take().is_some());
    }

    /// Why it is on, if it is.
    pub fn why(&self) -> Option<PauseReason> {
        self.0.why.borrow().clone()
    }

    pub fn is_on(&self) -> bool {
        self.0.why.borrow().is_some()
    }

    /// For how long it has been on altogether: time that is nobody's slowness.
    pub fn held_for(&self) -> Duration {
        let clock = self.clock();
        clock.total + clock.since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// Waits while it is on.
    pub async fn passed(&self) {
        let mut reasons = self.0.why.subscribe();
        // The sender is `self`, so the channel cannot close in between.
        let _never_closed = reasons.wait_for(Option::is_none).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_goes_on_when_it_is_released_and_the_first_reason_stays() {
        let brake = Brake::default();
        brake.passed().await;
        let budget = PauseReason::Budget { words: "the budget is spent".into() };
        assert!(brake.pull(budget.clone()) && !brake.clone().pull(PauseReason::Person));
        assert_eq!(brake.why(), Some(budget));
        let waiting = tokio::spawn({
            let brake = brake.clone();
            async move { brake.passed().await }
        });
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert!(!waiting.is_finished());
        brake.release();
        waiting.await.unwrap();
        assert!(!brake.is_on());
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(brake.held_for(), Duration::from_secs(3));
        brake.pull(PauseReason::Person);
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(brake.held_for(), Duration::from_secs(4));
    }
}
