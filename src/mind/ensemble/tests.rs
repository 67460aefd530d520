//! The round and the synthesis, with models that answer, lie, hang and fail on a stopped clock.

use std::sync::Mutex;

use tokio::time::Instant;

use super::*;
use crate::{
    environment::Observation,
    llm::{Answer, Ask, Evidence, Fault, Limits, Model, OpenThings, Sink},
    mind::prompts,
};

/// A model that does one fixed thing.
struct Fixed {
    answer: Option<&'static str>,
    after: Duration,
    asked: Arc<Mutex<Vec<String>>>,
    _open: crate::llm::open::OpenGuard,
}

impl Model for Fixed {
    fn ask<'a>(&'a self, ask: &'a Ask, sink: &'a mut dyn Sink) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let crate::llm::Turn::User(prompt) = &ask.turns[0] else { panic!("a question comes from the user") };
            self.asked.lock().unwrap().push(prompt.clone());
            tokio::time::sleep(self.after).await;
            let text = self.answer.ok_or_else(|| Evidence::default().with(Fault::Refused))?;
            sink.text(text);
            Ok(Answer { text: text.to_owned(), ..Answer::default() })
        })
    }

    #[expect(clippy::unnecessary_literal_bound, reason = "the trait borrows the name")]
    fn name(&self) -> &str {
        "fixed"
    }
}

struct Play {
    mind: Ensemble,
    open: OpenThings,
    asked: Arc<Mutex<Vec<String>>>,
}

/// One expert for each answer (`None` fails, with its delay in seconds), and a synthesizer.
fn play(experts: &[(Option<&'static str>, u64)], synthesizer: Option<&'static str>) -> Play {
    let (open, asked, stage) = (OpenThings::default(), Arc::<Mutex<Vec<String>>>::default(), Stage::default());
    let player = |role: &str, title: &str, answer, seconds| {
        let model = Fixed {
            answer,
            after: Duration::from_secs(seconds),
            asked: asked.clone(),
            _open: open.client(role.to_owned()),
        };
        Arc::new(Player::new(role, title, prompts::of_part(title), Arc::new(model), &stage))
    };
    let titles = ["perception", "navigation", "threat", "opportunity"];
    let cast: Vec<_> = (experts.iter().enumerate())
        .map(|(index, (answer, seconds))| player(&format!("expert.{}", index + 1), titles[index], *answer, *seconds))
        .collect();
    let synthesizer = player("synthesizer", "synthesizer", synthesizer, 0);
    let manner = Manner { limits: Limits::default(), answer_tokens: 100 };
    let patience = Patience { quorum: 2, deadline: Duration::from_secs(10) };
    Play {
        mind: Ensemble::new(cast, synthesizer, stage.clone(), manner, patience, Worth::default(), Brake::default()),
        open,
        asked,
    }
}

fn question() -> Question {
    let legal = vec![ActionCall::bare("attack"), ActionCall::bare("flee")];
    let observation = Arc::new(Observation { legal, ..Observation::default() });
    Question {
        goal: "live".into(),
        observation,
        actions: Arc::default(),
        recent: Vec::new(),
        notes: Vec::new(),
        hints: Vec::new(),
    }
}

const ATTACK: Option<&str> = Some(r#"{"thought":"strike","action":"attack","arguments":{},"confidence":0.4}"#);
const FLEE: Option<&str> = Some(r#"{"thought":"run","action":"flee","arguments":{},"confidence":0.3}"#);
const CHOOSE_FLEE: Option<&str> = Some(r#"{"because":"too strong","action":"flee","arguments":{}}"#);

#[tokio::test(start_paused = true)]
async fn experts_are_asked_in_parallel_and_the_synthesizer_decides() {
    let play = play(&[(ATTACK, 3), (FLEE, 3), (ATTACK, 3)], CHOOSE_FLEE);
    let started = Instant::now();
    let decision = play.mind.decide(&question()).await.unwrap();
    assert_eq!(started.elapsed().as_secs(), 3, "three experts of three seconds each take three seconds");
    assert_eq!((decision.action.name.as_str(), decision.by.as_str()), ("flee", "synthesizer"));
    assert_eq!(decision.proposals.iter().map(|proposal| proposal.followed).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(decision.shortfalls, Vec::<String>::new());
    let asked = play.asked.lock().unwrap();
    assert!(asked.last().unwrap().contains("- navigation [0.30] proposes flee: run"), "{asked:?}");
}

#[tokio::test(start_paused = true)]
async fn after_the_deadline_a_quorum_is_enough_and_the_slow_are_named() {
    let play = play(&[(ATTACK, 1), (FLEE, 1), (ATTACK, 500)], CHOOSE_FLEE);
    let started = Instant::now();
    let decision = play.mind.decide(&question()).await.unwrap();
    assert_eq!(started.elapsed().as_secs(), 10);
    assert_eq!(decision.shortfalls, ["threat was too slow and is not waited for"]);
}

#[tokio::test(start_paused = true)]
async fn without_a_quorum_the_slow_are_waited_for() {
    let play = play(&[(ATTACK, 1), (FLEE, 30)], CHOOSE_FLEE);
    let started = Instant::now();
    play.mind.decide(&question()).await.unwrap();
    assert_eq!(started.elapsed().as_secs(), 30);
}

#[tokio::test(start_paused = true)]
async fn the_best_opinion_is_followed_if_the_synthesizer_fails() {
    let play = play(&[(FLEE, 1), (ATTACK, 1), (FLEE, 1), (None, 1)], None);
    let decision = play.mind.decide(&question()).await.unwrap();
    assert_eq!(decision.action.name, "flee", "two times 0.3 outweigh 0.4");
    assert_eq!(decision.shortfalls.len(), 3, "{:?}", decision.shortfalls);
}

#[tokio::test(start_paused = true)]
async fn nobody_answering_is_an_error_with_its_cause() {
    let play = play(&[(None, 0), (None, 0)], None);
    let error = play.mind.decide(&question()).await.unwrap_err();
    assert!(matches!(&error, MindError::NobodyAnswered { others, .. } if others.len() == 3), "{error:?}");
    assert!(error.problem().cause.is_some());
}

#[tokio::test(start_paused = true)]
async fn every_expert_and_the_synthesizer_are_closed() {
    let play = play(&[(ATTACK, 1), (FLEE, 1)], CHOOSE_FLEE);
    play.mind.decide(&question()).await.unwrap();
    assert_eq!(play.open.clients().len(), 3);
    play.mind.close().await;
    assert!(play.open.clients().is_empty());
    play.mind.close().await;
    assert!(matches!(play.mind.decide(&question()).await, Err(MindError::Stopped)));
}

#[tokio::test(start_paused = true)]
async fn closing_waits_for_those_who_are_still_being_asked() {
    let play = play(&[(ATTACK, 60), (FLEE, 60)], CHOOSE_FLEE);
    let question = question();
    {
        let asking = play.mind.decide(&question);
        assert!(timeout(Duration::from_secs(1), asking).await.is_err(), "the question is dropped in the middle");
    }
    play.mind.close().await;
    assert!(play.open.clients().is_empty());
}
