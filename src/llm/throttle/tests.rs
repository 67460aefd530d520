//! A provider with moods, on a stopped clock.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::*;
use crate::{
    llm::{
        Evidence,
        ask::Unwatched,
        evidence::{Fault, Observed},
    },
    settings::Provider,
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
    let (throttle, began) = (Throttle::of(Provider::Claude), Instant::now());
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
    for (status, body) in [(429, quota), (401, key), (400, json!({"error": {"message": "max_tokens must be less"}}))] {
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
    let (throttle, began) = (Throttle::of(Provider::Claude), Instant::now());
    let limited = throttle.hold(Moody::new(1, 429, limited(), Some("5")) as Arc<dyn Model>);
    assert!(limited.ask(&Ask::default(), &mut Unwatched).await.is_ok());
    throttle.pause(Duration::from_secs(4));
    let other = throttle.hold(Moody::new(0, 200, Value::Null, None) as Arc<dyn Model>);
    assert!(other.ask(&Ask::default(), &mut Unwatched).await.is_ok());
    assert!(began.elapsed() >= Duration::from_secs(9), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn before_a_time_that_the_provider_named_nothing_is_sent() {
    let throttle = Throttle::of(Provider::Gemini);
    let model = Moody::new(1, 429, limited(), Some("90"));
    let held = throttle.hold(Arc::clone(&model) as Arc<dyn Model>);
    assert!(held.ask(&Ask::default(), &mut Unwatched).await.is_err());
    let again = held.ask(&Ask::default(), &mut Unwatched).await.unwrap_err();
    assert!(matches!(again, Error::Resting { provider: Provider::Gemini, .. }), "{again}");
    assert_eq!(model.asked.load(Ordering::SeqCst), 1);
    assert!(matches!(throttle.view().standing, StandingView::Paused { .. }));
    tokio::time::advance(Duration::from_secs(90)).await;
    assert!(held.ask(&Ask::default(), &mut Unwatched).await.is_ok());
    assert_eq!(throttle.view().standing, StandingView::Ready);
}

#[tokio::test(start_paused = true)]
async fn a_server_of_ones_own_is_asked_once_a_decision() {
    let model = Moody::new(9, 503, json!({"error": "server busy"}), None);
    let held = Throttle::of(Provider::Local).hold(Arc::clone(&model) as Arc<dyn Model>);
    assert!(held.ask(&Ask::default(), &mut Unwatched).await.is_err());
    assert_eq!(model.asked.load(Ordering::SeqCst), 1);
}

/// Answers after a second, and remembers how many it answered at the same time.
#[derive(Default)]
struct Slow {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Model for Slow {
    fn ask<'a>(&'a self, _ask: &'a Ask, _sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            sleep(Duration::from_secs(1)).await;
            self.now.fetch_sub(1, Ordering::SeqCst);
            Ok(Answer::default())
        })
    }

    fn name(&self) -> &'static str {
        "slow"
    }
}

#[tokio::test(start_paused = true)]
async fn places_and_requests_a_minute_are_shared_by_all_models_of_a_provider() {
    let (throttle, began) = (Throttle::of(Provider::Gemini), Instant::now());
    throttle.set(Limits { at_once: 2, in_minute: MinuteLimits { requests: 5, tokens: 0 } });
    let slow = Arc::<Slow>::default();
    let mut asks = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let held = throttle.hold(Arc::clone(&slow) as Arc<dyn Model>);
        asks.spawn(async move { held.ask(&Ask::default(), &mut Unwatched).await.is_ok() });
    }
    sleep(Duration::from_millis(500)).await;
    let view = throttle.view();
    assert_eq!(
        (view.under_way, view.waiting, view.requests_in_minute),
        (2, 4, 2),
        "whoever waits for a place has not used up a minute yet"
    );
    assert!(throttle.is_busy());
    assert!(asks.join_all().await.into_iter().all(|is_answered| is_answered));
    assert_eq!(slow.most.load(Ordering::SeqCst), 2);
    assert!(began.elapsed() >= Duration::from_secs(61), "the sixth waits for the next minute: {:?}", began.elapsed());
    assert!(!throttle.is_busy());
}
