//! The world's clock: it waits where it may, and where it runs every turn that thinking costs is counted.

use std::time::Duration;

use singularis::{
    agent::LoopMessage,
    protocol::{ActionCall, ApprovalAnswer, ClockView, EffectStatus, LoopName},
};

use crate::{
    land::{Land, Play, unknown_way},
    stage::{Plot, Stage},
    thinker::{Thinker, Thought},
};

#[tokio::test(start_paused = true)]
async fn a_world_that_waits_is_not_moved_on_whatever_thinking_takes() {
    for latency in [1_000, 100_000, 1_000_000] {
        let land = Land::new(|_| Play::done()).with(unknown_way);
        let land = land.with(|now| now.legal.push(ActionCall::bare("dig")));
        let thinker = Thinker::always(latency, "dig");
        let mut plot = Plot::waiting().await;
        plot.duties.turn = Duration::from_secs(10);
        plot.duties.exploration_patience = Duration::from_secs(1);
        let stage = Stage::begin(&land, &thinker, plot);
        stage.at(2 * latency + 500).await;
        assert_eq!((land.names(), land.turns()), (vec!["dig".to_owned(), "dig".to_owned()], 0), "{latency} ms");
        let expected =
            ClockView { waits: true, turn_ms: 0, decisions: 2, misses: 0, turns_lost: 0, ..ClockView::default() };
        assert_eq!(stage.clock(), expected, "{latency} ms");
        stage.stop().await;
    }
}

/// So many decisions, each after the same time, in a world that runs.
async fn play(turn_ms: u64, latency: u64, decisions: u64) -> ClockView {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(latency, "dig"));
    let mut plot = Plot::running(turn_ms).await;
    plot.duties.cycles = Some(decisions);
    let mut stage = Stage::begin(&land, &thinker, plot);
    stage.end_of(LoopName::Reasoning).await.unwrap();
    assert_eq!(stage.now(), latency * decisions, "nothing but thinking takes time");
    let clock = stage.clock();
    assert_eq!(u64::try_from(land.turns()).unwrap(), clock.turns_lost);
    assert_eq!(u64::try_from(land.began("dig").len()).unwrap(), decisions, "nothing else has changed, so all are done");
    stage.stop().await;
    clock
}

#[tokio::test(start_paused = true)]
async fn a_mind_of_25_seconds_loses_two_turns_of_ten_with_every_decision() {
    let expected =
        ClockView { waits: false, turn_ms: 10_000, decisions: 4, misses: 4, turns_lost: 8, ..ClockView::default() };
    assert_eq!(play(10_000, 25_000, 4).await, expected);
}

#[tokio::test(start_paused = true)]
async fn misses_and_lost_turns_follow_from_the_latency() {
    // Latency in milliseconds; of ten decisions with turns of four and of seven seconds, misses and lost turns.
    let table = [
        (100, (0, 0), (0, 0)),
        (1_000, (0, 0), (0, 0)),
        (5_000, (10, 10), (0, 0)),
        (10_000, (10, 20), (10, 10)),
        (30_000, (10, 70), (10, 40)),
    ];
    for (latency, four, seven) in table {
        for (turn_ms, (misses, turns_lost)) in [(4_000, four), (7_000, seven)] {
            let expected =
                ClockView { waits: false, turn_ms, decisions: 10, misses, turns_lost, ..ClockView::default() };
            assert_eq!(play(turn_ms, latency, 10).await, expected, "{latency} ms");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_turn_passes_in_a_pause() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(5_000, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::running(10_000).await);
    stage.at(3_000).await;
    stage.reins().pause();
    stage.at(203_000).await;
    assert_eq!((land.turns(), land.acts().len()), (0, 0));
    stage.reins().resume(None);
    stage.at(214_000).await;
    assert_eq!(land.began("dig"), [203_000, 208_000, 213_000]);
    let expected =
        ClockView { waits: false, turn_ms: 10_000, decisions: 3, misses: 0, turns_lost: 0, ..ClockView::default() };
    assert_eq!(stage.clock(), expected);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_pause_before_a_question_makes_no_decision_late() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(5_000, "dig"));
    let mut plot = Plot::running(10_000).await;
    plot.is_paused = true;
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(203_000).await;
    stage.reins().resume(None);
    stage.at(208_500).await;
    assert_eq!(land.began("dig"), [208_000]);
    assert_eq!((stage.clock().decisions, stage.clock().misses), (1, 0), "the pause is nobody's slowness");
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn no_turn_passes_while_a_person_is_asked() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(5_000, "burn"));
    let stage = Stage::begin(&land, &thinker, Plot::running(10_000).await);
    stage.at(205_500).await;
    assert_eq!((land.turns(), stage.heard().len()), (0, 1));
    let heard = stage.heard();
    let (at, message) = &heard[0];
    assert!(*at == 5_000 && matches!(message, LoopMessage::ApprovalNeeded(_)), "{message:?}");
    assert!(stage.reins().answer(1, ApprovalAnswer::Approved { for_session: true, for_ever: false }));
    stage.at(211_000).await;
    assert_eq!(land.began("burn"), [205_500, 210_500]);
    let expected =
        ClockView { waits: false, turn_ms: 10_000, decisions: 2, misses: 0, turns_lost: 0, ..ClockView::default() };
    assert_eq!(stage.clock(), expected);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_uses_up_no_turn() {
    let nonsense = ActionCall::with("dig", "number", "many");
    let thinker = Thinker::new(move |_, _| Thought::after(3_300, nonsense.clone()));
    let land = Land::new(|_| Play::done());
    let stage = Stage::begin(&land, &thinker, Plot::running(10_000).await);
    stage.at(95_000).await;
    assert!(stage.steps().len() > 20 && land.acts().is_empty(), "nobody has done anything");
    assert!(stage.steps().iter().all(|step| step.effect.status == EffectStatus::Rejected));
    assert_eq!((stage.clock().turns_lost, land.turns()), (9, 9));
    stage.stop().await;
}
