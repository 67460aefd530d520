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
    Answer, Ask, BoxFuture, Error, Evidence, Model, Sink,
    ask::Ear,
    circuit::{Circuit, Rest},
    evidence::{Fault, Limit},
    meter::{Meter, MinuteLimits, Reservation},
    purse::{Purse, Receipt},
    retry::{Again, LONGEST_PAUSE, again},
};
use crate::{
    protocol::{ProviderView, StandingView},
    settings::Provider,
};

/// A question is asked so many times at the most.
pub const TRIES: usize = 3;
/// Between two tries, whatever the provider says.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);

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
        is_full || self.0.waiting.load(Ordering::Relaxed) > 0 || self.0.meter.is_full() || self.paused_until().is_some()
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

/// Everything a question needs before it may leave. Dropped before that, it is as if it had never been.
struct Ticket {
    _place: Option<OwnedSemaphorePermit>,
    receipt: Option<Receipt>,
    reservation: Reservation,
}

impl Ticket {
    fn leave(&mut self) {
        self.reservation.leave();
        if let Some(receipt) = &mut self.receipt {
            receipt.leave();
        }
    }

    /// It was held back after all, by the gate or the lock.
    fn stay(mut self) {
        self.reservation.stay();
        if let Some(receipt) = &mut self.receipt {
            receipt.stay();
        }
    }

    /// The question came to an answer; gives what that cost.
    fn settle(self, answer: &Answer) -> Option<f64> {
        if let Some((prompt, answered)) = answer.usage.prompt_tokens.zip(answer.usage.answer_tokens) {
            self.reservation.settle(prompt + answered);
        }
        self.receipt.and_then(|receipt| receipt.settle(answer))
    }

    /// It was refused, so nothing was done for it.
    fn refused(self) {
        self.reservation.settle(0);
        if let Some(receipt) = self.receipt {
            receipt.refused();
        }
    }
}

impl Throttled {
    /// True if the question could leave now without keeping others waiting and without pausing the session.
    pub fn has_room_for(&self, ask: &Ask) -> bool {
        let purse = self.purse.as_ref();
        !self.throttle.is_busy()
            && purse.is_none_or(|purse| purse.has_room_for(self.throttle.provider(), self.model.name(), ask))
    }

    /// Waits for a place, for the budget and for the minute, and looks again at the end whether a pause came meanwhile.
    async fn ticket(&self, ask: &Ask, spread: Duration) -> Result<Ticket, Error> {
        let throttle = &self.throttle;
        let _waits = Counted::on(&throttle.0.waiting);
        loop {
            throttle.pass()?;
            throttle.wait_out(spread).await;
            let place = throttle.place().await;
            let receipt = match &self.purse {
                Some(purse) => Some(purse.admit(throttle.0.provider, self.model.name(), ask).await),
                None => None,
            };
            let reservation = throttle.0.meter.reserve(Purse::most_tokens(ask)).await;
            let is_held = self.purse.as_ref().is_some_and(Purse::is_held);
            if throttle.paused_until().is_none() && !is_held {
                throttle.pass()?;
                return Ok(Ticket { _place: place, receipt, reservation });
            }
        }
    }

    /// One try, from the first wait to the end of the answer.
    async fn ask_once(&self, ask: &Ask, ear: &mut Ear<'_>, spread: Duration) -> Result<Answer, Error> {
        let shared = &self.throttle.0;
        let mut ticket = self.ticket(ask, spread).await?;
        let _under_way = Counted::on(&shared.under_way);
        ticket.leave();
        ear.leaves(shared.provider, self.model.name());
        match self.model.ask(ask, ear).await {
            Ok(mut answer) => {
                answer.usd = ticket.settle(&answer);
                Ok(answer)
            }
            Err(error) => {
                match &error {
                    Error::GateShut | Error::Locked { .. } | Error::Resting { .. } => ticket.stay(),
                    Error::Failed(evidence) if is_unbilled(evidence) => ticket.refused(),
                    Error::Failed(_) => {}
                }
                Err(error)
            }
        }
    }
}

/// True where the provider has certainly done nothing: it refused, or was never reached.
fn is_unbilled(evidence: &Evidence) -> bool {
    let never_reached = matches!(
        evidence.fault,
        Some(
            Fault::Refused
                | Fault::NameNotResolved
                | Fault::Unreachable
                | Fault::Tls
                | Fault::TimedOut { limit: Limit::Connect, .. }
        )
    );
    never_reached || evidence.observed.status.is_some_and(|status| status >= 400)
}

impl Model for Throttled {
    fn ask<'a>(&'a self, ask: &'a Ask, sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let circuit = &self.throttle.0.circuit;
            // A server of one's own says what it means at once; asking it again is up to the next decision.
            let most = if self.throttle.0.provider == Provider::Local { 1 } else { TRIES };
            let mut pauses = ExponentialBuilder::default()
                .with_min_delay(Duration::from_secs(1))
                .with_max_delay(LONGEST_PAUSE)
                .with_max_times(TRIES)
                .with_jitter()
                .build();
            let mut tries = 0;
            loop {
                tries += 1;
                let usual = pauses.next().unwrap_or(LONGEST_PAUSE);
                let mut ear = Ear::on(&mut *sink);
                let error = match self.ask_once(ask, &mut ear, usual / 16).await {
                    Ok(answer) => {
                        circuit.answered();
                        return Ok(answer);
                    }
                    Err(error) => error,
                };
                let again = error.evidence().filter(|_| !ear.has_heard).map_or(Again::Never, again);
                let wait = match again {
                    // Whoever says *at once* is not asked in a burst all the same.
                    Again::After(wait) => Some(wait.max(SHORTEST_PAUSE)),
                    Again::Sometime => Some(usual),
                    Again::Never => None,
                };
                // What the provider said holds for everybody, also where this question has been tried often enough.
                let wait = wait.filter(|wait| *wait <= LONGEST_PAUSE);
                let is_told = matches!(again, Again::After(_));
                if let Some(wait) = wait.filter(|_| tries < most || is_told) {
                    self.throttle.pause(wait);
                }
                if wait.is_none() || tries >= most {
                    circuit.failed(&error);
                    return Err(error);
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
