//! The ends: every loop says how it ended, whatever it was doing, and a land that is gone is said to be gone.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use singularis::{
    agent::{LoopEnd, LoopResult},
    llm::Limits,
    mind::{answering::Answering, narrator::Narrator, player::Manner, switch::Switch},
    protocol::{EffectStatus, LoopName, LoopState},
    settings::{CloudMode, Need},
};
use tokio::time::Instant;

use crate::{
    land::{Deed, Land, Play, unknown_way},
    stage::{Plot, Stage},
    thinker::{FOR_EVER, Thinker},
};

/// A narrator without a model, who has therefore never time to say anything.
fn silent_narrator() -> Arc<Narrator> {
    let answering = Answering::new(Arc::new(|_words| {}));
    let nobody = Switch::new("narrator", CloudMode::LocalOnly, Need::Anyone, Vec::new(), Vec::new(), answering);
    Arc::new(Narrator::new(nobody, &Manner { limits: Limits::default(), answer_tokens: 100 }))
}

/// Stops a session and checks that each of these loops says its name and how often it has gone round.
async fn stops_cleanly(stage: Stage, names: &[LoopName]) {
    let beats = stage.board.context.beats.clone();
    let pressed = Instant::now();
    let ends: BTreeMap<LoopName, LoopResult> = stage.stop().await;
    assert!(pressed.elapsed().is_zero(), "nobody waits for anything: {:?}", pressed.elapsed());
    assert!(ends.keys().eq(names), "{:?}", ends.keys());
    for (name, end) in ends {
        let note = format!("{} stopped cleanly at cycle {}", name.title(), beats.cycles(name));
        assert_eq!(end.unwrap(), LoopEnd { note, ending: None });
    }
    assert!(beats.read().iter().all(|view| view.state == LoopState::Ended), "{:?}", beats.read());
}

#[tokio::test(start_paused = true)]
async fn every_loop_ends_when_it_is_stopped_and_says_so() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "dig"));
    let mut plot = Plot::waiting().await;
    plot.narrator = Some(silent_narrator());
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(30_600).await;
    // 31 questions of which 30 have been decided on; a look at 0 and after every action.
    let cycles = |name: LoopName| stage.cycles(name);
    assert_eq!([LoopName::Perception, LoopName::Reasoning, LoopName::Action].map(cycles), [31, 61, 30]);
    // Every step is learnt from; exploration looks four times a second, the narrator every ten seconds.
    assert_eq!([LoopName::Learning, LoopName::Exploration, LoopName::Narration].map(cycles), [30, 123, 4]);
    stops_cleanly(stage, &LoopName::ALL).await;
}

#[tokio::test(start_paused = true)]
async fn they_end_in_the_middle_of_whatever_they_are_doing() {
    let names = [
        LoopName::Perception,
        LoopName::Reasoning,
        LoopName::Action,
        LoopName::Reflex,
        LoopName::Exploration,
        LoopName::Learning,
    ];
    // A mind in the middle of a thought, and exploration in the middle of a step.
    let land = Land::new(|_| Play::done().taking(60_000)).with(unknown_way);
    let thinker = Thinker::always(FOR_EVER, "dig");
    let mut plot = Plot::still().await;
    plot.duties.exploration_patience = Duration::from_secs(5);
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(10_500).await;
    assert_eq!(land.began("wander"), [5_000]);
    stops_cleanly(stage, &names).await;
    assert_eq!(land.acts()[0].ended, Some(10_500));
    assert!(land.log().contains(&(10_500, Deed::Ended("wander".to_owned(), EffectStatus::Uncertain))));
    let asked = thinker.asked();
    assert_eq!((asked.len(), asked[0].ended, asked[0].is_broken_off), (1, Some(10_500), true));

    // Everybody in a pause.
    let (land, thinker) = (Land::new(|_| Play::done()).flowing(), Thinker::always(1_000, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(500).await;
    stage.reins().pause();
    stage.at(10_250).await;
    stops_cleanly(stage, &names).await;
    assert!(land.acts().is_empty(), "what waited is not done");
}

#[tokio::test(start_paused = true)]
async fn a_land_that_is_gone_ends_the_loops_that_need_it_with_its_own_words() {
    let (land, thinker) = (Land::new(|_| Play::done()).flowing(), Thinker::always(1_200, "dig"));
    let mut stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(1_100).await;
    land.perish();
    for name in [LoopName::Action, LoopName::Perception] {
        let error = stage.end_of(name).await.unwrap_err();
        assert_eq!(error.problem.summary, "The environment can no longer be used");
        assert_eq!(error.problem.details, ["the environment is gone: as planned"]);
    }
    assert!(land.acts().is_empty());
    let ends = stage.stop().await;
    assert_eq!(ends.values().filter(|end| end.is_err()).count(), 2);
}
