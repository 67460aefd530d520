//! Exploration: when it steps in, where it keeps out of the way, and how it holds back after errors.

use std::time::Duration;

use singularis::protocol::{ActionCall, EffectStatus, Scene};

use crate::{
    land::{Land, Play, unknown_way},
    stage::{Plot, Stage},
    thinker::{FOR_EVER, Thinker},
};

/// A running world, and so much patience with the mind.
async fn plot(patience_ms: u64) -> Plot {
    let mut plot = Plot::still().await;
    plot.duties.exploration_patience = Duration::from_millis(patience_ms);
    plot
}

#[tokio::test(start_paused = true)]
async fn it_keeps_out_of_scenes_that_need_thought() {
    let scenes = [
        Scene::Town,
        Scene::Exploration,
        Scene::Combat,
        Scene::Dialogue,
        Scene::Puzzle,
        Scene::Menu,
        Scene::End,
        Scene::Unknown,
    ];
    let mut moved = Vec::new();
    for scene in scenes {
        let land = Land::new(|_| Play::done()).with(unknown_way).with(|now| now.scene = scene);
        let stage = Stage::begin(&land, &Thinker::always(FOR_EVER, "dig"), plot(20_000).await);
        stage.at(30_000).await;
        moved.extend(land.acts().into_iter().map(|act| (act.scene, act.began)));
        stage.stop().await;
    }
    assert_eq!(moved, [Scene::Town, Scene::Exploration, Scene::Unknown].map(|scene| (scene, 20_000)));
}

#[tokio::test(start_paused = true)]
async fn it_takes_only_what_risks_nothing_and_leads_to_something_new() {
    let land = Land::new(|_| Play::done()).with(|now| {
        unknown_way(now);
        now.legal = ["burn", "mail"].map(|name| ActionCall::with(name, "place", "Hill")).to_vec();
        now.legal.push(ActionCall::with("walk", "place", "Town"));
    });
    let stage = Stage::begin(&land, &Thinker::always(FOR_EVER, "dig"), plot(1_000).await);
    stage.at(60_000).await;
    assert!(land.acts().is_empty());
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_mind_that_is_quick_enough_is_left_alone() {
    let land = Land::new(|_| Play::done()).with(unknown_way).with(|now| now.legal.push(ActionCall::bare("dig")));
    let stage = Stage::begin(&land, &Thinker::always(19_900, "dig"), plot(20_000).await);
    stage.at(200_000).await;
    assert_eq!((land.began("dig").len(), land.began("wander").len()), (10, 0));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn after_every_error_in_a_row_it_waits_twice_as_long_up_to_a_limit() {
    let mut tries = 0;
    let land = Land::new(move |_| {
        tries += 1;
        if tries < 6 { Play::of(EffectStatus::Failed, "there is no way") } else { Play::done() }
    });
    let land = land.with(unknown_way);
    let stage = Stage::begin(&land, &Thinker::always(FOR_EVER, "dig"), plot(20_000).await);
    stage.at(950_000).await;
    let began = land.began("wander");
    let gaps: Vec<u64> = began.windows(2).map(|pair| pair[1].abs_diff(pair[0])).collect();
    // The sixth try succeeds, and then it has the usual patience again.
    assert_eq!((began[0], gaps), (20_000, vec![40_000, 80_000, 160_000, 300_000, 300_000, 20_000, 20_000]));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_pause_is_no_long_thought() {
    let land = Land::new(|_| Play::done()).with(unknown_way);
    let stage = Stage::begin(&land, &Thinker::always(FOR_EVER, "dig"), plot(20_000).await);
    stage.at(10_100).await;
    stage.reins().pause();
    stage.at(100_100).await;
    stage.reins().resume(None);
    stage.at(120_100).await;
    assert!(land.acts().is_empty(), "its patience begins anew");
    stage.at(120_300).await;
    assert_eq!(land.began("wander"), [120_250]);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_step_into_a_moment_that_is_gone_is_not_taken() {
    // In a land that flows nobody has looked again when the step is ordered.
    let land = Land::new(|_| Play::done()).flowing().with(unknown_way);
    let stage = Stage::begin(&land, &Thinker::always(FOR_EVER, "dig"), plot(20_900).await);
    stage.at(20_900).await;
    assert_eq!(land.looks().last(), Some(&20_000));
    land.change(|now| now.scene = Scene::Combat);
    stage.at(90_000).await;
    assert!(land.acts().is_empty(), "{:?}", land.acts());
    assert_eq!(stage.said("wander {\"place\":\"Hill\"} was decided for a moment that is gone"), 1);
    stage.stop().await;
}
