//! Keeping to a provider's limits: so many questions at once and in a minute, a pause for all when it says so, a second try
//! only where the same question can succeed a little later. Everybody who asks the provider shares them.
//!
//! What was already heard is never asked for twice.

use std::{
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use backon::{BackoffBuilder, ExponentialBuilder};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep, sleep_until},
};

use super::{
    Answer, Ask, BoxFuture, Error, Model, Sink,
    ask::Ear,
    circuit::{Circuit, Rest},
    meter::{Meter, MinuteLimits},
    purse::Purse,
    retry::{Again, LONGEST_PAUSE, again},
};
use crate::{
    protocol::{ProviderView, StandingView},
    settings::Provider,
};

/// A question is asked so many times at the most.
pub const TRIES: usize = 3;

/// One provider's limits, shared by everybody who asks it. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct Throttle(Arc<Shared>);

#[derive(Default)]
struct Shared {
    provider: Provider,
    places: RwLock<Places>,
    meter: Meter,
    /// Nobody asks before this.
    paused_until: Mutex<Option<Instant>>,
    circuit: Circuit,
    waiting: AtomicU64,
    under_way: AtomicU64,
}

/// So many questions at once; `None` for as many as there are.
#[derive(Default)]
struct Places {
    at_once: u64,
    free: Option<Arc<Semaphore>>,
}

/// The most that may be asked; 0 for no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    pub at_once: u64,
    pub in_minute: MinuteLimits,
}

/// A model that is asked within its provider's limits and paid for from a purse.
pub struct Throttled {
    model: Arc<dyn Model>,
    throttle: Throttle,
    purse: Option<Purse>,
}

/// One more while it lives.
struct Counted<'a>(&'a AtomicU64);

impl<'a> Counted<'a> {
    fn on(count: &'a AtomicU64) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Throttle {
    /// A provider without limits of ours.
    pub fn of(provider: Provider) -> Self {
        Self(Arc::new(Shared { provider, ..Shared::default() }))
    }

    /// From now on these limits hold.
    pub fn set(&self, limits: Limits) {
        let mut places = self.0.places.write().unwrap_or_else(PoisonError::into_inner);
        if places.at_once != limits.at_once {
            let count = usize::try_from(limits.at_once).unwrap_or(Semaphore::MAX_PERMITS).min(Semaphore::MAX_PERMITS);
            // Questions under way keep their places among the old ones.
            *places = Places { at_once: limits.at_once, free: (count > 0).then(|| Arc::new(Semaphore::new(count))) };
        }
        drop(places);
        self.0.meter.set(limits.in_minute);
    }

    /// The same model, asked within these limits.
    pub fn hold(&self, model: Arc<dyn Model>) -> Throttled {
        Throttled { model, throttle: self.clone(), purse: None }
    }

    /// The same, paid for from a purse.
    pub fn hold_for(&self, model: Arc<dyn Model>, purse: &Purse) -> Throttled {
        Throttled { purse: Some(purse.clone()), ..self.hold(model) }
    }

    pub fn provider(&self) -> Provider {
        self.0.provider
    }

    /// Until when the provider is left alone, if it is.
    pub fn rest(&self) -> Option<Rest> {
        self.0.circuit.rest()
    }

    /// Why the last question failed; empty if it did not.
    pub fn why(&self) -> String {
        self.0.circuit.why()
    }

    /// True where one more question would have to wait, or would slow down a provider that has no places to count.
    pub fn is_busy(&self) -> bool {
        let at_once = self.0.places.read().unwrap_or_else(PoisonError::into_inner).at_once;
        let under_way = self.0.under_way.load(Ordering::Relaxed);
        let is_full = if at_once == 0 { under_way > 0 } else { under_way >= at_once };
        is_full || self.0.waiting.load(Ordering::Relaxed) > 0 || self.paused_until().is_some()
    }

    /// For people.
    pub fn view(&self) -> ProviderView {
        let (requests_in_minute, tokens_in_minute) = self.0.meter.now();
        let limits = self.0.meter.limits();
        ProviderView {
            provider: self.0.provider,
            standing: match self.rest() {
                Some(Rest { until, why, .. }) => StandingView::Paused { until, why },
                None => StandingView::Ready,
            },
            model: String::new(),
            under_way: self.0.under_way.load(Ordering::Relaxed),
            at_once: self.0.places.read().unwrap_or_else(PoisonError::into_inner).at_once,
            waiting: self.0.waiting.load(Ordering::Relaxed),
            requests_in_minute,
            requests_per_minute: limits.requests,
            tokens_in_minute,
            tokens_per_minute: limits.tokens,
        }
    }

    /// Until when nobody asks, if that is still to come.
    pub fn paused_until(&self) -> Option<Instant> {
        let until = *self.0.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.filter(|until| *until > Instant::now())
    }

    /// Everybody waits for so long; a longer pause that is under way stays.
    fn pause(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut paused = self.0.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        *paused = Some(paused.map_or(until, |earlier| earlier.max(until)));
    }

    /// A place among those who may ask at once; `None` where there is no such limit.
    async fn place(&self) -> Option<OwnedSemaphorePermit> {
        let free = self.0.places.read().unwrap_or_else(PoisonError::into_inner).free.clone()?;
        // The semaphore is never closed; without a place the question goes all the same.
        free.acquire_owned().await.ok()
    }

    /// A pause that the provider asked for is over for everybody at once; nobody may be the first of a crowd.
    async fn wait_out(&self, spread: Duration) {
        let mut has_waited = false;
        while let Some(until) = self.paused_until() {
            sleep_until(until).await;
            has_waited = true;
        }
        if has_waited {
            sleep(spread).await;
        }
    }

    /// Nothing is asked before a time that the provider named itself.
    fn pass(&self) -> Result<(), Error> {
        match self.rest().filter(|rest| rest.is_told) {
            Some(rest) => Err(Error::Resting { provider: self.0.provider, until: rest.until, why: rest.why }),
            None => Ok(()),
        }
    }
}

impl Throttled {
    /// One try, from the first wait to the end of the answer.
    async fn ask_once(&self, ask: &Ask, ear: &mut Ear<'_>, spread: Duration) -> Result<Answer, Error> {
        let shared = &self.throttle.0;
        let waits = Counted::on(&shared.waiting);
        self.throttle.pass()?;
        self.throttle.wait_out(spread).await;
        let receipt = match &self.purse {
            Some(purse) => Some(purse.admit(shared.provider, self.model.name(), ask).await),
            None => None,
        };
        let reservation = shared.meter.reserve(Purse::most_tokens(ask)).await;
        let _place = self.throttle.place().await;
        self.throttle.pass()?;
        drop(waits);
        let _under_way = Counted::on(&shared.under_way);
        ear.leaves(shared.provider, self.model.name());
        match self.model.ask(ask, ear).await {
            Ok(mut answer) => {
                let usage = answer.usage;
                if let (Some(prompt), Some(answered)) = (usage.prompt_tokens, usage.answer_tokens) {
                    reservation.settle(prompt + answered);
                }
                answer.usd = receipt.and_then(|receipt| receipt.settle(&answer));
                Ok(answer)
            }
            Err(error) => {
                let is_refused =
                    error.evidence().is_none_or(|evidence| evidence.observed.status.is_none_or(|status| status >= 400));
                if is_refused {
                    reservation.settle(0);
                    if let Some(receipt) = receipt {
                        receipt.refused();
                    }
                }
                Err(error)
            }
        }
    }
}

impl Model for Throttled {
    fn ask<'a>(&'a self, ask: &'a Ask, sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let circuit = &self.throttle.0.circuit;
            let mut pauses = ExponentialBuilder::default()
                .with_min_delay(Duration::from_secs(1))
                .with_max_delay(LONGEST_PAUSE)
                .with_max_times(TRIES)
                .with_jitter()
                .build();
            let mut tries = 0;
            loop {
                let usual = pauses.next().unwrap_or(LONGEST_PAUSE);
                let mut ear = Ear::on(&mut *sink);
                // A server of one's own says what it means at once; asking it again is up to the next decision.
                let most = if self.throttle.0.provider == Provider::Local { 1 } else { TRIES };
                let error = match self.ask_once(ask, &mut ear, usual / 16).await {
                    Ok(answer) => {
                        circuit.answered();
                        return Ok(answer);
                    }
                    Err(error) => error,
                };
                tries += 1;
                let can = error.evidence().filter(|_| !ear.has_heard && tries < most).map_or(Again::Never, again);
                match can {
                    Again::After(wait) if wait <= LONGEST_PAUSE => self.throttle.pause(wait),
                    Again::Sometime => self.throttle.pause(usual),
                    _ => {
                        circuit.failed(&error);
                        return Err(error);
                    }
                }
            }
        })
    }

    fn name(&self) -> &str {
        self.model.name()
    }
}

#[cfg(test)]
mod tests;
