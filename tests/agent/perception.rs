//! Looking: how often, with which eyes, and until when.

use std::time::Duration;

use serde_json::json;
use singularis::{
    agent::LoopEnd,
    protocol::{ActionCall, Ending, LoopName},
    settings::Condition,
};

use crate::{
    land::{Deed, Land, Play},
    stage::{Plot, Stage},
    thinker::{Thinker, Thought},
};

#[tokio::test(start_paused = true)]
async fn it_looks_once_at_the_start_and_after_every_action() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "dig"));
    let mut plot = Plot::waiting().await;
    plot.duties.cycles = Some(5);
    let mut stage = Stage::begin(&land, &thinker, plot);
    let end = stage.end_of(LoopName::Reasoning).await.unwrap();
    assert_eq!(end, LoopEnd { note: "5 cycles are done".to_owned(), ending: Some(Ending::LimitReached) });
    stage.at(60_000).await;
    assert_eq!(land.began("dig"), [1_000, 2_000, 3_000, 4_000, 5_000]);
    assert_eq!(stage.cycles(LoopName::Perception), 6, "at the start, and after each of five actions");
    // The action loop looks once after every action by itself, to learn from what followed.
    assert_eq!(land.looks(), [0, 1_000, 1_000, 2_000, 2_000, 3_000, 3_000, 4_000, 4_000, 5_000, 5_000]);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn it_looks_less_often_while_reasoning_lags_and_never_too_rarely_for_the_reflex() {
    let land = Land::new(|_| Play::done()).flowing();
    let quick = Thinker::always(1, "dig");
    let mut plot = Plot::waiting().await;
    plot.duties.pace = Duration::from_secs(60);
    let stage = Stage::begin(&land, &quick, plot);
    stage.at(59_900).await;
    // At the start, after the action, and every half second from there on.
    assert_eq!(stage.cycles(LoopName::Perception), 2 + 119);
    stage.stop().await;

    let land = Land::new(|_| Play::done()).flowing();
    let slow = Thinker::always(61_000, "dig");
    let stage = Stage::begin(&land, &slow, Plot::waiting().await);
    stage.at(59_900).await;
    // Five at the pace of half a second, four at that of a second, the others at that of two.
    assert_eq!(stage.cycles(LoopName::Perception), 5 + 4 + 26);
    let looks = land.looks();
    assert_eq!(looks[..10], [0, 500, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000, 6_000, 8_000]);
    let gaps = looks.windows(2).map(|pair| pair[1].abs_diff(pair[0]));
    assert_eq!(gaps.max(), Some(2_000), "the reflex must see danger in time");
    assert_eq!((looks.len(), looks.last()), (35, Some(&58_000)));
    stage.stop().await;
}

/// Whether a picture was wanted, look by look.
fn pictures(land: &Land) -> Vec<(u64, bool)> {
    let picture = |(at, deed): (u64, Deed)| match deed {
        Deed::Looked { picture } => Some((at, picture)),
        Deed::Began(_) | Deed::Ended(..) | Deed::TurnPassed => None,
    };
    land.log().into_iter().filter_map(picture).collect()
}

#[tokio::test(start_paused = true)]
async fn a_picture_is_made_only_for_a_mind_that_wants_it_and_is_not_thinking() {
    let land = Land::new(|_| Play::done()).flowing();
    let seeing = Thinker::seeing(|_, _| Thought::after(1_200, ActionCall::bare("dig")));
    let stage = Stage::begin(&land, &seeing, Plot::waiting().await);
    stage.at(1_300).await;
    // The fourth look is the action loop's own, which needs no picture.
    assert_eq!(pictures(&land), [(0, true), (500, false), (1_000, false), (1_200, false), (1_200, true)]);
    let seen: Vec<bool> = seeing.questions().iter().map(|question| question.observation.picture.is_some()).collect();
    assert_eq!(seen, [true, true]);
    stage.stop().await;

    let land = Land::new(|_| Play::done()).flowing();
    let blind = Thinker::always(1_200, "dig");
    let stage = Stage::begin(&land, &blind, Plot::waiting().await);
    stage.at(1_300).await;
    assert_eq!(pictures(&land).len(), 5);
    assert!(pictures(&land).iter().all(|(_, picture)| !picture));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_mind_with_eyes_is_shown_the_new_moment_after_a_decision_that_came_too_late() {
    let land = Land::new(|_| Play::done()).whose_turns(|now| "storm".clone_into(&mut now.situation));
    let takes = |number: usize| if number == 1 { 15_000 } else { 3_000 };
    let seeing = Thinker::seeing(move |_, number| Thought::after(takes(number), ActionCall::bare("dig")));
    let stage = Stage::begin(&land, &seeing, Plot::running(10_000).await);
    stage.at(15_500).await;
    // What was seen when the turn passed has no picture, for the mind was thinking.
    assert!(pictures(&land).contains(&(10_000, false)) && pictures(&land).contains(&(15_000, true)));
    let second = &seeing.asked()[1];
    assert_eq!((second.at, second.question.observation.situation.as_str()), (15_000, "storm"));
    assert!(second.question.observation.picture.is_some());
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_goal_that_is_reached_ends_it_well() {
    let land = Land::new(|_| Play::done().then(|now| now.facts = json!({"relic": "home"})));
    let thinker = Thinker::always(1_000, "dig");
    let mut plot = Plot::waiting().await;
    plot.duties.goal_when = Some(Condition::parse("/relic = home").unwrap());
    let mut stage = Stage::begin(&land, &thinker, plot);
    let note = "the goal is reached: Find the relic".to_owned();
    let reached = LoopEnd { note: note.clone(), ending: Some(Ending::GoalReached) };
    assert_eq!(stage.end_of(LoopName::Perception).await.unwrap(), reached);
    assert_eq!(stage.end_of(LoopName::Reasoning).await.unwrap(), reached);
    assert_eq!((stage.now(), stage.said(&note)), (1_000, 1));
    assert_eq!((thinker.times(), land.began("dig")), (vec![0], vec![1_000]));
    stage.stop().await;
}
