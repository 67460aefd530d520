//! The brake in front of every question and every action: pulled by a person or by a spent budget, released by a person.
//! Unlike the [`Gate`](super::Gate), which is shut once and for good.

use std::sync::Arc;

use tokio::sync::watch;

/// A switch that is shared by everything that may begin something. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Brake(Arc<watch::Sender<Option<String>>>);

impl Default for Brake {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(None)))
    }
}

impl Brake {
    /// From now on nothing new begins. The first reason stays; true if it was this one.
    pub fn pull(&self, why: &str) -> bool {
        self.0.send_if_modified(|reason| {
            let is_first = reason.is_none();
            reason.get_or_insert_with(|| why.to_owned());
            is_first
        })
    }

    pub fn release(&self) {
        self.0.send_if_modified(|reason| reason.take().is_some());
    }

    /// Why it is on, if it is; empty words where a person pulled it.
    pub fn why(&self) -> Option<String> {
        self.0.borrow().clone()
    }

    pub fn is_on(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Waits while it is on.
    pub async fn passed(&self) {
        // The sender is `self`, so the channel cannot close in between.
        let mut reasons = self.0.subscribe();
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
        assert!(brake.pull("the budget is spent") && !brake.clone().pull("a person"));
        assert_eq!(brake.why().as_deref(), Some("the budget is spent"));
        let waiting = tokio::spawn({
            let brake = brake.clone();
            async move { brake.passed().await }
        });
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        assert!(!waiting.is_finished());
        brake.release();
        waiting.await.unwrap();
        assert!(!brake.is_on());
    }
}
