//! A person's yes and no: who is asked about what, for how long, and what becomes of the answer.

use std::time::Duration;

use singularis::{
    agent::LoopMessage,
    protocol::{ActionCall, Approval, ApprovalAnswer, EffectStatus, LoopName, Risk},
};
use tokio::time::Instant;

use crate::{
    land::{Land, Play, heal, hurt, possible},
    stage::{Plot, Stage},
    thinker::{Thinker, Thought},
};

/// What a person was asked, with the moment.
fn needed(stage: &Stage) -> Vec<(u64, Approval)> {
    let approval = |(at, message): (u64, LoopMessage)| match message {
        LoopMessage::ApprovalNeeded(approval) => Some((at, *approval)),
        _ => None,
    };
    stage.heard().into_iter().filter_map(approval).collect()
}

/// What is waited for no longer, with the moment.
fn closed(stage: &Stage) -> Vec<(u64, u64, ApprovalAnswer)> {
    let answer = |(at, message): (u64, LoopMessage)| match message {
        LoopMessage::ApprovalClosed { approval, answer } => Some((at, approval, answer)),
        _ => None,
    };
    stage.heard().into_iter().filter_map(answer).collect()
}

const YES: ApprovalAnswer = ApprovalAnswer::Approved { for_session: false, for_ever: false };
const ALWAYS: ApprovalAnswer = ApprovalAnswer::Approved { for_session: true, for_ever: false };

#[tokio::test(start_paused = true)]
async fn a_person_is_asked_by_the_risk() {
    let names = ["look", "dig", "burn", "mail"];
    let thinker = Thinker::new(move |_, number| Thought::after(1_000, ActionCall::bare(names[(number - 1) % 4])));
    let land = Land::new(|_| Play::done());
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(3_500).await;
    assert_eq!(land.names(), ["look", "dig"]);
    let asked = Approval {
        id: 1,
        action: ActionCall::bare("burn"),
        risk: Risk::Destructive,
        ordered_by: LoopName::Reasoning,
        by: "thinker".to_owned(),
        because: "it is in the script".to_owned(),
        server: None,
        waits_ms: 600_000,
    };
    assert_eq!(needed(&stage), [(3_000, asked.clone())]);
    assert_eq!(stage.reins().waiting(), Some(asked));
    assert!(stage.reins().answer(1, YES));
    assert!(!stage.reins().answer(1, YES), "it waits no longer");
    stage.at(5_000).await;
    assert_eq!(needed(&stage)[1].1.risk, Risk::OpenWorld);
    assert!(stage.reins().answer(2, YES));
    stage.at(5_500).await;
    let began: Vec<(String, u64)> = land.acts().into_iter().map(|act| (act.name, act.began)).collect();
    let expected: [(&str, u64); 4] = [("look", 1_000), ("dig", 2_000), ("burn", 3_500), ("mail", 5_000)];
    assert_eq!(began, expected.map(|(name, at)| (name.to_owned(), at)));
    assert_eq!(closed(&stage), [(3_500, 1, YES), (5_000, 2, YES)]);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_allowed_for_ever_is_done_and_the_server_of_the_rest_is_named() {
    let names = ["burn", "mail"];
    let thinker = Thinker::new(move |_, number| Thought::after(1_000, ActionCall::bare(names[(number - 1) % 2])));
    let land = Land::new(|_| Play::done());
    let mut plot = Plot::waiting().await;
    plot.duties.caution.server = Some("post".to_owned());
    plot.duties.caution.allowed.insert("burn".to_owned());
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(2_500).await;
    assert_eq!(land.names(), ["burn"]);
    let asked = stage.reins().waiting().unwrap();
    assert_eq!((asked.action.name.as_str(), asked.server.as_deref()), ("mail", Some("post")));
    assert!(stage.reins().answer(1, ApprovalAnswer::Approved { for_session: false, for_ever: true }));
    stage.at(4_700).await;
    assert_eq!(land.names(), ["burn", "mail", "burn", "mail"], "for ever begins with this session");
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_allowed_for_the_session_is_not_asked_about_again() {
    for (answer, asked, done) in
        [(YES, vec![1_000, 2_500], vec![1_500]), (ALWAYS, vec![1_000], vec![1_500, 2_500, 3_500])]
    {
        let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "burn"));
        let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
        stage.at(1_500).await;
        assert!(stage.reins().answer(1, answer));
        stage.at(4_000).await;
        let moments: Vec<u64> = needed(&stage).into_iter().map(|(at, _)| at).collect();
        assert_eq!((moments, land.began("burn")), (asked, done));
        stage.stop().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_no_is_told_to_the_models_with_its_word() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "burn"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(1_500).await;
    let no = ApprovalAnswer::Rejected { word: " not that one ".to_owned() };
    assert!(stage.reins().answer(1, no.clone()));
    stage.at(2_000).await;
    assert!(land.acts().is_empty(), "the environment was not asked");
    assert_eq!(closed(&stage), [(1_500, 1, no)]);
    let effect = &stage.steps()[0].effect;
    let told = "A person did not allow it: not that one";
    assert_eq!((effect.status, effect.text.as_str(), effect.changed), (EffectStatus::Rejected, told, false));
    let asked = thinker.asked();
    assert_eq!(asked[1].at, 1_500);
    assert_eq!(asked[1].question.notes, ["burn was not allowed: not that one"]);
    assert_eq!(asked[1].question.recent, [format!("burn: refused: {told}")]);
    // Without a word nothing is added to what the models are told anyway.
    stage.at(3_000).await;
    assert!(stage.reins().answer(2, ApprovalAnswer::Rejected { word: String::new() }));
    stage.at(3_500).await;
    assert_eq!(stage.steps()[1].effect.text, "A person did not allow it");
    assert_eq!(thinker.questions()[2].notes.len(), 1);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_nobody_answers_is_not_done() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "burn"));
    let mut plot = Plot::waiting().await;
    plot.duties.caution.wait = Duration::from_secs(30);
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(30_900).await;
    assert!(stage.reins().waiting().is_some() && closed(&stage).is_empty());
    stage.at(31_500).await;
    assert_eq!((stage.reins().waiting(), closed(&stage)), (None, vec![(31_000, 1, ApprovalAnswer::Unanswered)]));
    let effect = &stage.steps()[0].effect;
    let told = "Nobody answered whether it may be done, so it was not";
    assert_eq!((effect.status, effect.text.as_str()), (EffectStatus::Rejected, told));
    assert_eq!((thinker.times(), land.acts().len()), (vec![0, 31_000], 0));
    assert!(!stage.reins().answer(1, YES), "too late");
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_stop_while_a_person_is_asked_ends_everything_at_once_and_takes_the_question_back() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "burn"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(1_500).await;
    let reins = stage.reins().clone();
    assert_eq!(reins.waiting().map(|approval| approval.id), Some(1));
    let pressed = Instant::now();
    let ends = stage.stop().await;
    assert!(pressed.elapsed().is_zero(), "{:?}", pressed.elapsed());
    assert!(ends.values().all(Result::is_ok));
    assert_eq!(reins.waiting(), None);
    assert!(!reins.answer(1, YES), "nobody waits for it");
    assert!(land.acts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_reflex_waits_for_no_person_and_takes_the_question_back() {
    let land = Land::new(|call| if call.name == "heal" { Play::done().then(heal) } else { Play::done() });
    let land = land.flowing().with(|now| now.legal = possible(&["burn", "heal"]));
    let thinker = Thinker::always(1_000, "burn");
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(3_200).await;
    land.change(hurt);
    stage.at(4_000).await;
    assert_eq!((land.names(), land.began("heal")), (vec!["heal".to_owned()], vec![3_500]));
    assert_eq!(stage.reins().waiting(), None);
    assert_eq!(stage.said("burn was decided for a moment that is gone"), 1);
    assert!(!stage.reins().answer(1, YES), "it waits no longer");
    let told: Vec<(u64, u64)> = closed(&stage).into_iter().map(|(at, id, _)| (at, id)).collect();
    assert_eq!(told, [(3_500, 1)], "whoever was shown the question is told that it is over");
    assert_eq!(*thinker.times().last().unwrap(), 3_500, "the mind is asked anew");
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_allowed_too_late_is_not_done() {
    let (land, thinker) = (Land::new(|_| Play::done()).flowing(), Thinker::always(1_000, "burn"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(2_200).await;
    land.change(|now| "storm".clone_into(&mut now.situation));
    stage.at(3_200).await;
    assert!(stage.reins().answer(1, YES));
    stage.at(3_700).await;
    assert!(land.acts().is_empty());
    assert_eq!(stage.said("burn was decided for a moment that is gone"), 1);
    let second = &thinker.asked()[1];
    assert_eq!((second.at, second.question.observation.situation.as_str()), (3_200, "storm"));
    stage.stop().await;
}
