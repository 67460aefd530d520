//! Keeping to a provider's limits: so many questions at once, a pause for all when it says so, a second try only where the
//! same question can succeed a little later.
//!
//! A limit per minute and an overload pass; a spent quota, a wrong key and a refused question do not, so those are never
//! asked again. What was already heard is never asked for twice.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use backon::{BackoffBuilder, ExponentialBuilder};
use serde_json::Value;
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep_until},
};

use super::{Answer, Ask, BoxFuture, Error, Evidence, Model, Sink, ask::Ear, diagnose};
use crate::protocol::Cause;

/// Questions under way at one provider at the same time.
const AT_ONCE: usize = 10;
/// A question is asked so many times at the most.
const TRIES: usize = 3;
/// Nobody waits longer than this for another try; then the provider is out of reach for now.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// One provider's limits, shared by everybody who asks it. Cheap to clone.
#[derive(Clone)]
pub struct Throttle(Arc<Shared>);

struct Shared {
    permits: Semaphore,
    /// Nobody asks before this.
    paused_until: Mutex<Option<Instant>>,
}

/// A model that is asked within its provider's limits.
pub struct Throttled {
    model: Arc<dyn Model>,
    throttle: Throttle,
}

impl Default for Throttle {
    fn default() -> Self {
        Self(Arc::new(Shared { permits: Semaphore::new(AT_ONCE), paused_until: Mutex::default() }))
    }
}

impl Throttle {
    /// The same model, asked within these limits.
    pub fn hold(&self, model: Arc<dyn Model>) -> Throttled {
        Throttled { model, throttle: self.clone() }
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
}

impl Model for Throttled {
    fn ask<'a>(&'a self, ask: &'a Ask, sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let mut pauses = ExponentialBuilder::default()
                .with_min_delay(Duration::from_secs(1))
                .with_max_delay(LONGEST_PAUSE)
                .with_max_times(TRIES - 1)
                .with_jitter()
                .build();
            loop {
                while let Some(until) = self.throttle.paused_until() {
                    sleep_until(until).await;
                }
                // The semaphore is never closed; without a permit the question goes all the same.
                let _permit = self.throttle.0.permits.acquire().await.ok();
                let mut ear = Ear::on(&mut *sink);
                let error = match self.model.ask(ask, &mut ear).await {
                    Ok(answer) => return Ok(answer),
                    Err(error) => error,
                };
                let later = error.evidence().filter(|_| !ear.has_heard).map_or(Later::Never, later);
                match (later, pauses.next()) {
                    (Later::After(wait), Some(_)) if wait <= LONGEST_PAUSE => self.throttle.pause(wait),
                    (Later::Sometime, Some(usual)) => self.throttle.pause(usual),
                    _ => return Err(error),
                }
            }
        })
    }

    fn name(&self) -> &str {
        self.model.name()
    }
}

/// What a failure says about asking the same question again.
enum Later {
    /// After this time, in the provider's own words.
    After(Duration),
    /// Some time, which the provider does not name.
    Sometime,
    Never,
}

/// Whether the same question can succeed later, and when.
fn later(evidence: &Evidence) -> Later {
    let is_passing = matches!(diagnose(evidence).cause, Cause::RateLimited | Cause::ServerOverloaded);
    let is_forbidden = evidence.header("x-should-retry") == Some("false");
    match told_wait(evidence) {
        _ if !is_passing || is_forbidden => Later::Never,
        Some(wait) => Later::After(wait),
        None => Later::Sometime,
    }
}

/// `retry-after-ms`, `retry-after` in seconds (fractions too), or Google's `RetryInfo` in the body.
fn told_wait(evidence: &Evidence) -> Option<Duration> {
    let number = |name: &str| evidence.header(name).and_then(|value| value.trim().parse::<f64>().ok());
    let seconds = number("retry-after-ms").map(|ms| ms / 1000.0).or_else(|| number("retry-after"));
    let seconds = seconds.or_else(|| retry_info(evidence.observed.body.as_deref()?));
    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
}

/// `"retryDelay": "12.5s"` among the details of an error.
fn retry_info(body: &str) -> Option<f64> {
    let body: Value = serde_json::from_str(body).ok()?;
    let details = body.pointer("/error/details").or_else(|| body.pointer("/0/error/details"))?.as_array()?;
    let delay = details.iter().find_map(|detail| detail.get("retryDelay"))?.as_str()?;
    delay.trim_end_matches('s').parse().ok()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use serde_json::json;

    use super::*;
    use crate::llm::{
        ask::Unwatched,
        evidence::{Fault, Observed},
    };

    /// Refuses so many times, then answers.
    struct Moody {
        refusals: usize,
        status: u16,
        body: Value,
        retry_after: Option<&'static str>,
        asked: AtomicUsize,
    }

    impl Moody {
        fn new(refusals: usize, status: u16, body: Value, retry_after: Option<&'static str>) -> Arc<Self> {
            Arc::new(Self { refusals, status, body, retry_after, asked: AtomicUsize::new(0) })
        }
    }

    impl Model for Moody {
        fn ask<'a>(&'a self, _ask: &'a Ask, _sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
            Box::pin(async move {
                if self.asked.fetch_add(1, Ordering::SeqCst) >= self.refusals {
                    return Ok(Answer::default());
                }
                let headers = self.retry_after.map(|wait| [("retry-after".to_owned(), wait.to_owned())].into());
                let observed = Observed {
                    status: Some(self.status),
                    headers,
                    body: Some(self.body.to_string()),
                    ..Observed::default()
                };
                Err(Evidence { observed, ..Evidence::default() }.with(Fault::Status).into())
            })
        }

        fn name(&self) -> &'static str {
            "moody"
        }
    }

    /// How often it was asked, how long that took, and whether it answered in the end.
    async fn asked(model: &Arc<Moody>) -> (usize, Duration, bool) {
        let (throttle, began) = (Throttle::default(), Instant::now());
        let answer = throttle.hold(Arc::clone(model) as Arc<dyn Model>).ask(&Ask::default(), &mut Unwatched).await;
        (model.asked.load(Ordering::SeqCst), began.elapsed(), answer.is_ok())
    }

    fn limited() -> Value {
        json!({"error": {"type": "rate_limit_error", "message": "too many requests per minute"}})
    }

    #[tokio::test(start_paused = true)]
    async fn the_provider_says_how_long_and_is_asked_not_a_moment_earlier() {
        let (times, took, is_answered) = asked(&Moody::new(1, 429, limited(), Some("2.5"))).await;
        assert!(
            is_answered && times == 2 && took >= Duration::from_millis(2500) && took < Duration::from_secs(3),
            "{took:?}"
        );
        let google = json!({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Quota exceeded per minute",
            "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7.25s"}]}});
        let (times, took, is_answered) = asked(&Moody::new(1, 429, google, None)).await;
        assert!(is_answered && times == 2 && took >= Duration::from_millis(7250), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_cannot_succeed_later_is_never_asked_again() {
        let quota = json!({"error": {"message": "You exceeded your current quota: requests per day"}});
        let key = json!({"error": {"type": "authentication_error", "message": "invalid x-api-key"}});
        for (status, body) in
            [(429, quota), (401, key), (400, json!({"error": {"message": "max_tokens must be less"}}))]
        {
            let (times, took, is_answered) = asked(&Moody::new(9, status, body, None)).await;
            assert_eq!((times, took, is_answered), (1, Duration::ZERO, false), "{status}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn patience_has_an_end_and_a_long_pause_is_not_waited_for() {
        let overloaded = json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}});
        let (times, _took, is_answered) = asked(&Moody::new(9, 529, overloaded, None)).await;
        assert_eq!((times, is_answered), (TRIES, false));
        let (times, took, is_answered) = asked(&Moody::new(9, 429, limited(), Some("3600"))).await;
        assert_eq!((times, took, is_answered), (1, Duration::ZERO, false));
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_holds_for_everybody_who_asks_the_provider() {
        let (throttle, began) = (Throttle::default(), Instant::now());
        let limited = throttle.hold(Moody::new(1, 429, limited(), Some("5")) as Arc<dyn Model>);
        assert!(limited.ask(&Ask::default(), &mut Unwatched).await.is_ok());
        throttle.pause(Duration::from_secs(4));
        let other = throttle.hold(Moody::new(0, 200, Value::Null, None) as Arc<dyn Model>);
        assert!(other.ask(&Ask::default(), &mut Unwatched).await.is_ok());
        assert!(began.elapsed() >= Duration::from_secs(9), "{:?}", began.elapsed());
    }
}
