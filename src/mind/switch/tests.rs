//! Providers that come and go, on a stopped clock.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::json;

use super::*;
use crate::{
    llm::{
        Brake, Evidence,
        ask::Unwatched,
        evidence::{Asked, Fault, Observed},
    },
    settings::BudgetSettings,
};

/// What a provider does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Answers,
    IsGone,
    Limits(Option<&'static str>),
    RefusesTheQuestion,
    HasNoRoom,
}

struct Played {
    does: Mutex<Does>,
    asked: AtomicUsize,
}

impl Model for Arc<Played> {
    fn ask<'a>(&'a self, _ask: &'a Ask, _sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let request = Asked { url: Some("http://127.0.0.1:1234/v1".into()), ..Asked::default() };
            let failed = |status: u16, words: &str, wait: Option<&str>| {
                let headers = wait.map(|wait| [("retry-after".to_owned(), wait.to_owned())].into());
                let body = Some(json!({"error": {"message": words}}).to_string());
                let observed = Observed { status: Some(status), headers, body, ..Observed::default() };
                Evidence { request: request.clone(), observed, ..Evidence::default() }.with(Fault::Status)
            };
            match *self.does.lock().unwrap() {
                Does::Answers => Ok(Answer::default()),
                Does::IsGone => Err(Evidence { request, ..Evidence::default() }.with(Fault::Refused).into()),
                Does::Limits(wait) => Err(failed(429, "rate limit per minute", wait).into()),
                Does::HasNoRoom => Err(failed(400, "the request exceeds the available context size", None).into()),
                Does::RefusesTheQuestion => Err(failed(413, "Request exceeds the maximum size", None).into()),
            }
        })
    }

    fn name(&self) -> &'static str {
        "played"
    }
}

/// One of each provider behind one switch, and what was announced.
struct Stage {
    played: Vec<(Provider, Arc<Played>)>,
    switch: Switch,
    said: Arc<Mutex<Vec<String>>>,
}

fn stage(mode: CloudMode, need: Need) -> Stage {
    let said = Arc::<Mutex<Vec<String>>>::default();
    let heard = Arc::clone(&said);
    let answering = Answering::new(Arc::new(move |words| heard.lock().unwrap().push(words)));
    let purse = Purse::new(BudgetSettings::default(), Vec::new(), Brake::default(), Arc::new(|_words| {}));
    let played: Vec<_> = Provider::ALL
        .map(|provider| (provider, Arc::new(Played { does: Mutex::new(Does::Answers), asked: AtomicUsize::new(0) })))
        .into();
    let candidates = played
        .iter()
        .map(|(provider, model)| Candidate::new(Arc::new(Arc::clone(model)), &Throttle::of(*provider), &purse))
        .collect();
    Stage { played, switch: Switch::new("expert.1", mode, need, candidates, Vec::new(), answering), said }
}

impl Stage {
    fn lets(&self, provider: Provider, does: Does) {
        *self.of(provider).does.lock().unwrap() = does;
    }

    fn of(&self, provider: Provider) -> &Played {
        &self.played.iter().find(|(other, _)| *other == provider).unwrap().1
    }

    /// How often local, Gemini and Claude were asked.
    fn asked(&self) -> [usize; 3] {
        Provider::ALL.map(|provider| self.of(provider).asked.load(Ordering::SeqCst))
    }

    async fn ask(&self) -> bool {
        self.switch.ask(&Ask::default(), &mut Unwatched).await.is_ok()
    }

    fn said(&self) -> Vec<String> {
        std::mem::take(&mut self.said.lock().unwrap())
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_goes_away_is_replaced_announced_left_alone_and_tried_again() {
    let stage = stage(CloudMode::LocalFirst, Need::Anyone);
    assert!(stage.ask().await);
    assert_eq!((stage.asked(), stage.said()), ([1, 0, 0], vec![]));
    stage.lets(Provider::Local, Does::IsGone);
    for expected in [[2, 0, 1], [3, 0, 2], [3, 0, 3]] {
        assert!(stage.ask().await);
        assert_eq!(stage.asked(), expected, "after two failures it is left alone");
    }
    let said = stage.said();
    assert_eq!(said[0], "Claude answers instead of local models: Nothing answers at 127.0.0.1:1234");
    assert_eq!(said[1], "Local models are asked again");
    assert!(said[2].starts_with("Claude answers until "), "{said:?}");
    stage.lets(Provider::Local, Does::Answers);
    tokio::time::advance(Duration::from_secs(61)).await;
    assert!(stage.ask().await);
    assert_eq!(stage.asked(), [4, 0, 3], "and tried again by itself");
    assert_eq!(stage.said(), ["Local models are asked again"]);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_says_for_how_long_is_not_asked_before() {
    let stage = stage(CloudMode::CloudFirst, Need::First(Provider::Gemini));
    stage.lets(Provider::Gemini, Does::Limits(Some("120")));
    assert!(stage.ask().await && stage.ask().await);
    assert_eq!(stage.asked(), [0, 1, 2]);
    let said = stage.said();
    assert!(said.len() == 1 && said[0].starts_with("Claude answers until "), "{said:?}");
    assert!(said[0].contains("instead of Gemini"), "{said:?}");
    stage.lets(Provider::Gemini, Does::Answers);
    tokio::time::advance(Duration::from_secs(119)).await;
    assert!(stage.ask().await);
    assert_eq!(stage.asked(), [0, 1, 3]);
    tokio::time::advance(Duration::from_secs(1)).await;
    assert!(stage.ask().await);
    assert_eq!(stage.asked(), [0, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_short_limit_is_waited_for_and_nobody_is_replaced() {
    let stage = stage(CloudMode::CloudOnly, Need::Only(Provider::Gemini));
    stage.lets(Provider::Gemini, Does::Limits(Some("0.5")));
    let waiting = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        stage.lets(Provider::Gemini, Does::Answers);
    };
    let (is_answered, ()) = tokio::join!(stage.ask(), waiting);
    assert!(is_answered);
    assert_eq!((stage.asked(), stage.said()), ([0, 2, 0], vec![]));
}

#[tokio::test(start_paused = true)]
async fn a_question_that_is_wrong_in_itself_is_asked_once() {
    let stage = stage(CloudMode::CloudFirst, Need::Anyone);
    stage.lets(Provider::Claude, Does::RefusesTheQuestion);
    assert!(!stage.ask().await);
    assert_eq!(stage.asked(), [0, 0, 1]);
}

#[tokio::test(start_paused = true)]
async fn what_is_too_large_for_one_model_is_put_to_another_and_nobody_is_left_alone_for_it() {
    let stage = stage(CloudMode::LocalFirst, Need::Anyone);
    stage.lets(Provider::Local, Does::HasNoRoom);
    for _ in 0..4 {
        assert!(stage.ask().await);
    }
    assert_eq!(stage.asked(), [4, 0, 4], "the next question may be shorter");
    let said = stage.said();
    assert!(said[0].starts_with("Claude answers instead of local models: The prompt does not fit"), "{said:?}");
}

#[tokio::test(start_paused = true)]
async fn local_only_never_asks_the_cloud() {
    let stage = stage(CloudMode::LocalOnly, Need::First(Provider::Gemini));
    stage.lets(Provider::Local, Does::IsGone);
    for _ in 0..4 {
        assert!(!stage.ask().await);
    }
    assert_eq!(stage.asked(), [4, 0, 0]);
    assert_eq!(stage.switch.candidates.len(), 1, "no client of the cloud is even open");
}
