//! Pausing, going on, and letting one decision through at a time.

use singularis::protocol::PauseReason;

use crate::{
    land::{Land, Play},
    stage::{Plot, Stage},
    thinker::Thinker,
};

#[tokio::test(start_paused = true)]
async fn in_a_pause_nothing_new_is_asked_or_done() {
    let (land, thinker) = (Land::new(|_| Play::done().taking(1_000)), Thinker::always(1_000, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    // While the mind thinks: it thinks to the end, and what it decides waits.
    stage.at(2_500).await;
    stage.reins().pause();
    stage.at(60_000).await;
    assert_eq!(stage.reins().why_paused(), Some(PauseReason::Person));
    assert_eq!((thinker.times(), land.began("dig")), (vec![0, 2_000], vec![1_000]));
    assert_eq!(thinker.asked()[1].ended, Some(3_000));
    stage.reins().resume(None);
    // While something is done: it is done to the end, and nothing is asked about it.
    stage.at(60_500).await;
    assert_eq!(land.began("dig"), [1_000, 60_000]);
    stage.reins().pause();
    stage.at(120_000).await;
    assert_eq!((land.acts()[1].ended, thinker.times()), (Some(61_000), vec![0, 2_000]));
    stage.reins().resume(None);
    stage.at(121_500).await;
    assert_eq!((thinker.times(), land.began("dig")), (vec![0, 2_000, 120_000], vec![1_000, 60_000, 121_000]));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_step_lets_exactly_one_decision_through() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "dig"));
    let mut plot = Plot::waiting().await;
    plot.is_paused = true;
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(9_500).await;
    assert_eq!((stage.reins().why_paused(), thinker.asked().len()), (Some(PauseReason::Person), 0));
    for step in 1..=5 {
        stage.at(step * 10_000).await;
        stage.reins().step();
        stage.at(step * 10_000 + 500).await;
        assert_eq!(stage.reins().why_paused(), None);
        stage.at(step * 10_000 + 9_500).await;
        assert_eq!(stage.reins().why_paused(), Some(PauseReason::OneDecision));
    }
    assert_eq!(thinker.times(), [10_000, 20_000, 30_000, 40_000, 50_000]);
    assert_eq!(land.began("dig"), [11_000, 21_000, 31_000, 41_000, 51_000]);
    stage.reins().resume(None);
    stage.at(62_000).await;
    assert_eq!(stage.reins().why_paused(), None, "whoever goes on, goes on for good");
    assert_eq!(land.began("dig").len(), 7);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_step_carries_out_the_decision_that_was_waiting() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(500).await;
    stage.reins().pause();
    stage.at(10_000).await;
    stage.reins().step();
    stage.at(20_000).await;
    assert_eq!((thinker.times(), land.began("dig")), (vec![0], vec![10_000]));
    assert_eq!(stage.reins().why_paused(), Some(PauseReason::OneDecision));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_word_on_the_way_reaches_the_next_question_and_the_last_five_are_kept() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(500).await;
    stage.reins().pause();
    stage.at(10_000).await;
    stage.reins().resume(Some("  turn back ".to_owned()));
    stage.at(10_500).await;
    let questions = thinker.questions();
    assert_eq!((questions[0].notes.len(), &questions[1].notes[..]), (0, &["turn back".to_owned()][..]));
    for word in ["one", "  ", "two", "three", "four", "five"] {
        stage.reins().pause();
        stage.reins().resume(Some(word.to_owned()));
    }
    stage.at(11_500).await;
    assert_eq!(thinker.questions()[2].notes, ["one", "two", "three", "four", "five"]);
    stage.stop().await;
}
