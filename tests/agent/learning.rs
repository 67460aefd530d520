//! Learning: what a step teaches, what is kept and forgotten, and who is judged for what.

use std::time::Duration;

use serde_json::json;
use singularis::{
    agent::{Lessons, LoopMessage},
    environment::Observation,
    journal::Journal,
    protocol::{ActionCall, AdviceCost, EffectStatus, Judgement, LoopName},
};

use crate::{
    judge::BEST,
    land::{KIND, Land, Play, heal, hurt, possible, unknown_way},
    stage::{Plot, Stage},
    thinker::{FOR_EVER, Thinker, Thought},
};

fn two_points(now: &mut Observation) {
    now.score = now.score.map(|score| score + 2.0);
}

/// A land in which every action brings two points.
fn rich_land() -> Land {
    Land::new(|_| Play::done().then(two_points))
}

/// What the questions said of what is known, question by question.
fn hints(thinker: &Thinker) -> Vec<Vec<String>> {
    thinker.questions().into_iter().map(|question| question.hints).collect()
}

#[tokio::test(start_paused = true)]
async fn what_an_action_brings_becomes_its_value_and_a_hint_after_the_second_try() {
    let (land, thinker) = (rich_land(), Thinker::always(900, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(2_500).await;
    // Two points the first time; the second time two points and nine tenths of what was known to follow.
    let hint = "dig: +2.9 points on average, tried 2 times".to_owned();
    assert_eq!(hints(&thinker), [vec![], vec![], vec![hint]]);
    let view = stage.board.lessons.view();
    assert_eq!((view.is_on, view.learnt_from, view.total, view.situation.as_str()), (true, 2, 1, "calm"));
    assert_eq!((view.rows[0].action.as_str(), view.rows[0].times), ("dig", 2));
    assert!((view.rows[0].value - 2.9).abs() < 1e-9, "{view:?}");
    assert_eq!(view.trouble.as_deref(), Some("nothing is kept"));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_did_not_happen_and_what_only_looks_teaches_nothing() {
    let calls = [
        (ActionCall::bare("dig"), EffectStatus::Failed),
        (ActionCall::bare("dig"), EffectStatus::Uncertain),
        (ActionCall::bare("dig"), EffectStatus::Rejected),
        (ActionCall::bare("look"), EffectStatus::Done),
        (ActionCall::with("dig", "number", "many"), EffectStatus::Done),
    ];
    for (call, status) in calls {
        let land = Land::new(move |_| Play::of(status, "as it is"));
        let thinker = Thinker::new(move |_, _| Thought::after(900, call.clone()));
        let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
        stage.at(5_000).await;
        assert_eq!((stage.steps().len(), stage.board.lessons.view().learnt_from), (5, 0), "{status:?}");
        stage.stop().await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_forgotten_is_told_no_more_and_can_be_learnt_anew() {
    let (land, thinker) = (rich_land(), Thinker::always(900, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(2_500).await;
    stage.board.lessons.forget("elsewhere");
    assert_eq!(stage.board.lessons.view().total, 1, "that is another kind of environment");
    stage.board.lessons.forget(KIND);
    let view = stage.board.lessons.view();
    assert_eq!((view.total, view.rows.len()), (0, 0));
    stage.at(5_000).await;
    let known: Vec<usize> = hints(&thinker).iter().map(Vec::len).collect();
    // Forgotten before the third step; the fifth question comes after the second step since then.
    assert_eq!(known, [0, 0, 1, 0, 1, 1]);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_was_learnt_is_kept_and_the_next_session_begins_with_it() {
    let journal = Journal::in_memory().unwrap();
    let (land, thinker) = (rich_land(), Thinker::always(400, "dig"));
    let mut plot = Plot::waiting().await;
    plot.lessons = Lessons::recall(KIND, Ok(journal.clone()), true).await;
    plot.duties.cycles = Some(3);
    let mut stage = Stage::begin(&land, &thinker, plot);
    stage.end_of(LoopName::Reasoning).await.unwrap();
    stage.stop().await;
    let kept = journal.lessons(KIND).await.unwrap();
    let [lesson] = &kept[..] else { panic!("one lesson: {kept:?}") };
    let told = (lesson.environment.as_str(), lesson.situation.as_str(), lesson.action.as_str(), lesson.times);
    assert_eq!(told, (KIND, "calm", "dig", 3));

    let (land, thinker) = (rich_land(), Thinker::always(400, "dig"));
    let mut plot = Plot::waiting().await;
    plot.lessons = Lessons::recall(KIND, Ok(journal.clone()), true).await;
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(100).await;
    let first = &hints(&thinker)[0];
    assert_eq!(first.len(), 1);
    assert!(first[0].starts_with("dig: +") && first[0].ends_with("points on average, tried 3 times"), "{first:?}");
    let view = stage.board.lessons.view();
    assert_eq!((view.rows, view.learnt_from, view.trouble), (kept, 0, None));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn where_learning_is_off_nothing_is_learnt_and_nothing_told() {
    let journal = Journal::in_memory().unwrap();
    let (land, thinker) = (rich_land(), Thinker::always(400, "dig"));
    let mut plot = Plot::waiting().await;
    plot.lessons = Lessons::recall(KIND, Ok(journal.clone()), false).await;
    plot.duties.learning = false;
    plot.duties.cycles = Some(4);
    let mut stage = Stage::begin(&land, &thinker, plot);
    stage.end_of(LoopName::Reasoning).await.unwrap();
    let view = stage.board.lessons.view();
    assert_eq!((view.is_on, view.learnt_from, view.total), (false, 0, 0));
    stage.stop().await;
    assert!(hints(&thinker).iter().all(Vec::is_empty));
    assert!(journal.lessons(KIND).await.unwrap().is_empty());
}

/// What was judged, with the moment.
fn judged(stage: &Stage) -> Vec<(u64, Judgement)> {
    let judgement = |(at, message): (u64, LoopMessage)| match message {
        LoopMessage::Judged(judgement) => Some((at, *judgement)),
        _ => None,
    };
    stage.heard().into_iter().filter_map(judgement).collect()
}

#[tokio::test(start_paused = true)]
async fn decisions_are_judged_with_the_advice_behind_them_and_reflexes_are_not() {
    let mut acts = 0;
    let land = Land::new(move |call| {
        acts += 1;
        match (call.name.as_str(), acts) {
            ("heal", _) => Play::done().then(heal),
            // The second decision leads into danger.
            (_, 2) => Play::done().then(hurt),
            _ => Play::done(),
        }
    });
    let land = land.with(|now| now.legal = possible(&["dig", "heal"])).judged_after(10);
    let thinker = Thinker::new(|_, _| {
        let thought = Thought::after(900, ActionCall::bare("dig"));
        thought.advised("threat", ActionCall::bare("walk")).advised("navigation", ActionCall::bare("dig"))
    });
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(3_500).await;
    let by: Vec<LoopName> = stage.steps().iter().map(|step| step.ordered_by).collect();
    assert_eq!(by, [LoopName::Reasoning, LoopName::Reasoning, LoopName::Reflex, LoopName::Reasoning]);
    let calls = ["dig", "walk", "dig"].map(str::to_owned).to_vec();
    assert_eq!(land.judged(), [0, 1, 3].map(|tick| (tick, calls.clone())));
    let advice = |title: &str, cost: f64, was_followed: bool| AdviceCost {
        title: title.to_owned(),
        cost,
        was_followed,
        is_proved: true,
    };
    let judgement = |step: u64| Judgement {
        step,
        cost: 3.0,
        is_proved: true,
        still_possible: BEST - 3.0,
        advice: vec![advice("threat", 1.0, false), advice("navigation", 3.0, true)],
    };
    assert_eq!(judged(&stage), [(910, judgement(1)), (1_810, judgement(2)), (2_710, judgement(4))]);
    let regret = stage.board.shown.get(|shown| shown.regret.clone());
    assert_eq!((regret.is_known, regret.total, regret.judgements.len()), (true, 9.0, 3));
    let advisers: Vec<_> = regret.advisers.iter().map(|one| (one.title.as_str(), one.judged, one.mean_cost)).collect();
    assert_eq!(advisers, [("threat", 3, 1.0), ("navigation", 3, 3.0)]);
    let lost: Vec<f64> = regret.advisers.iter().map(|one| one.lost_by_overruling).collect();
    assert_eq!(lost, [6.0, 0.0]);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn steps_of_exploration_are_learnt_from_and_not_judged() {
    let land = rich_land().with(unknown_way).judged_after(10);
    let thinker = Thinker::always(FOR_EVER, "dig");
    let mut plot = Plot::still().await;
    plot.duties.exploration_patience = Duration::from_secs(5);
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(21_000).await;
    assert_eq!((land.began("wander").len(), stage.board.lessons.view().learnt_from), (4, 4));
    assert!(land.judged().is_empty() && judged(&stage).is_empty());
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn judging_holds_nobody_up() {
    let (land, thinker) = (Land::new(|_| Play::done()).judged_after(100_000), Thinker::always(1_000, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(100_500).await;
    assert_eq!((land.acts().len(), judged(&stage).len(), land.judged().len()), (100, 0, 1));
    assert_eq!(stage.board.lessons.view().learnt_from, 100, "learning goes on meanwhile");
    stage.at(301_500).await;
    assert_eq!(land.acts().len(), 301);
    let steps: Vec<(u64, u64)> = judged(&stage).into_iter().map(|(at, judgement)| (at, judgement.step)).collect();
    assert_eq!(steps, [(101_000, 1), (201_000, 2), (301_000, 3)]);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn where_nobody_can_judge_nothing_is_known() {
    let land = Land::new(|_| Play::done().then(|now| now.facts = json!({})));
    let stage = Stage::begin(&land, &Thinker::always(900, "dig"), Plot::waiting().await);
    stage.at(5_000).await;
    assert!(judged(&stage).is_empty());
    assert!(!stage.board.shown.get(|shown| shown.regret.is_known));
    stage.stop().await;
}

/// Whoever learns is late: what does not fit is let go, and nobody waits for it.
#[tokio::test(start_paused = true)]
async fn steps_that_nobody_has_learnt_from_yet_are_kept_up_to_a_limit_and_hold_nobody_up() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "dig"));
    let (mut stage, script) = Stage::set(&land, &thinker, Plot::waiting().await);
    let mut late = None;
    for (name, task) in script {
        if name == LoopName::Learning { late = Some(task) } else { stage.start(name, task) }
    }
    stage.at(300_500).await;
    assert_eq!((land.acts().len(), stage.board.lessons.view().learnt_from), (300, 0));
    stage.start(LoopName::Learning, late.unwrap());
    stage.at(300_600).await;
    assert_eq!(stage.board.lessons.view().learnt_from, 256);
    stage.at(302_500).await;
    assert_eq!(stage.board.lessons.view().learnt_from, 258, "from here on it keeps up");
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn of_decisions_that_wait_to_be_judged_the_newest_two_hundred_are_kept() {
    // Judging begins after the first step, and takes until between two others.
    let land = Land::new(|_| Play::done()).judged_after(400_300);
    let thinker = Thinker::always(1_000, "dig");
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(802_500).await;
    let ticks: Vec<u64> = land.judged().into_iter().map(|(tick, _)| tick).collect();
    assert_eq!(ticks, [0, 201, 601]);
    let steps: Vec<u64> = judged(&stage).into_iter().map(|(_, judgement)| judgement.step).collect();
    assert_eq!(steps, [1, 202]);
    assert_eq!(stage.board.lessons.view().learnt_from, 802, "and all are learnt from");
    stage.stop().await;
}
