//! Acting among all the other loops: one thing at a time, nothing that does not fit, and nothing twice in the dark.

use std::time::Duration;

use singularis::protocol::{ActionCall, EffectStatus, LoopName};

use crate::{
    land::{Deed, Land, Play, heal, hurt, possible, unknown_way},
    stage::{Plot, Stage},
    thinker::{FOR_EVER, Thinker, Thought},
};

#[tokio::test(start_paused = true)]
async fn three_loops_that_want_to_act_do_it_one_after_the_other() {
    let land = Land::new(|call| match call.name.as_str() {
        "heal" => Play::done().taking(3_000).then(heal),
        _ => Play::done().taking(3_000),
    });
    let land = land.flowing().with(|now| now.legal = possible(&["dig", "heal"])).with(unknown_way);
    let thinker = Thinker::always(2_000, "dig");
    let mut plot = Plot::still().await;
    plot.duties.exploration_patience = Duration::from_secs(1);
    let stage = Stage::begin(&land, &thinker, plot);
    for moment in [20_200, 40_200] {
        stage.at(moment).await;
        land.change(hurt);
    }
    stage.at(60_000).await;
    for name in ["dig", "heal", "wander"] {
        assert!(land.began(name).len() > 1, "{name}: {:?}", land.acts());
    }
    for pair in land.acts().windows(2) {
        assert!(pair[0].ended.is_some_and(|ended| ended <= pair[1].began), "{pair:?}");
    }
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_does_not_fit_is_refused_before_the_environment_is_asked_and_the_models_are_told() {
    let thinker = Thinker::new(|_, number| {
        let call = match number {
            1 => ActionCall::with("dig", "number", "many"),
            2 => ActionCall::with("dig", "deep", true),
            3 => ActionCall::bare("fly"),
            _ => ActionCall::with("dig", "number", 3),
        };
        Thought::after(1_000, call)
    });
    let land = Land::new(|_| Play::done());
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(3_500).await;
    assert!(land.acts().is_empty() && land.now().tick == 0, "nobody asked the environment");
    let steps = stage.steps();
    let statuses: Vec<(u64, EffectStatus, bool)> =
        steps.iter().map(|step| (step.step, step.effect.status, step.effect.changed)).collect();
    assert_eq!(statuses, [1, 2, 3].map(|step| (step, EffectStatus::Rejected, false)));
    let recent = thinker.questions()[3].recent.clone();
    for (told, words) in recent.iter().zip([
        r#"dig {"number":"many"}: refused: The arguments of dig do not fit: number: "#,
        r#"dig {"deep":true}: refused: The arguments of dig do not fit: "#,
        r#"fly: refused: There is no action "fly"; the actions are burn, dig, heal, look, mail, walk, wander"#,
    ]) {
        assert!(told.starts_with(words), "{told}");
    }
    assert_eq!(recent.len(), 3);
    stage.at(4_500).await;
    assert_eq!((land.began("dig"), stage.steps()[3].effect.status), (vec![4_000], EffectStatus::Done));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_may_have_happened_is_tried_again_only_after_a_look() {
    let mut tries = 0;
    let land = Land::new(move |_| {
        tries += 1;
        if tries == 1 { Play::of(EffectStatus::Uncertain, "the line went dead") } else { Play::done() }
    });
    let thinker = Thinker::always(1_000, "dig");
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(2_500).await;
    let looked = |at: u64| (at, Deed::Looked { picture: false });
    let began = |at: u64| (at, Deed::Began("dig".to_owned()));
    let ended = |at: u64, status: EffectStatus| (at, Deed::Ended("dig".to_owned(), status));
    assert_eq!(
        land.log(),
        [
            looked(0),
            began(1_000),
            ended(1_000, EffectStatus::Uncertain),
            // The action loop's look, and perception's, which is what the next question is about.
            looked(1_000),
            looked(1_000),
            began(2_000),
            ended(2_000, EffectStatus::Done),
            looked(2_000),
            looked(2_000),
        ]
    );
    let words = "dig: unclear whether it happened, look before trying it again: the line went dead";
    assert_eq!(thinker.questions()[1].recent, [words]);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_was_decided_before_it_became_unclear_what_happened_is_dropped() {
    let land = Land::new(|call| match call.name.as_str() {
        "wander" => Play::of(EffectStatus::Uncertain, "nobody answered").taking(10_000),
        _ => Play::done(),
    });
    let land = land.with(unknown_way).with(|now| now.legal.extend(possible(&["dig"])));
    let thinker =
        Thinker::new(|_, number| Thought::after(if number == 1 { 25_000 } else { FOR_EVER }, ActionCall::bare("dig")));
    let mut plot = Plot::still().await;
    plot.duties.exploration_patience = Duration::from_secs(20);
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(31_000).await;
    assert_eq!((land.began("wander"), land.began("dig")), (vec![20_000], vec![]));
    assert_eq!(stage.said("dig was decided for a moment that is gone"), 1);
    let second = &thinker.asked()[1];
    assert_eq!((second.at, second.question.recent.len()), (30_000, 1), "asked anew once it has been looked at");
    assert!(second.question.recent[0].contains("unclear whether it happened"));
    stage.stop().await;
}

/// In a pause a decision waits before a long action, and so does the reflex once danger comes.
#[tokio::test(start_paused = true)]
async fn after_a_pause_the_reflex_goes_first_and_what_was_decided_before_is_decided_anew() {
    let land = Land::new(|call| match call.name.as_str() {
        "walk" => Play::done().taking(60_000),
        "heal" => Play::done().then(heal),
        _ => Play::done(),
    });
    let land = land.flowing().with(|now| now.legal = possible(&["walk", "dig", "heal"]));
    let thinker = Thinker::new(|_, number| {
        let name = if number == 1 { "walk" } else { "dig" };
        Thought::after(1_000, ActionCall::bare(name))
    });
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(500).await;
    stage.reins().pause();
    stage.at(2_100).await;
    land.change(hurt);
    stage.at(10_100).await;
    assert!(land.acts().is_empty());
    stage.reins().resume(None);
    stage.at(10_600).await;
    let acts: Vec<_> = land.acts().into_iter().map(|act| (act.name, act.began, act.ended)).collect();
    assert_eq!(acts, [("heal".to_owned(), 10_100, Some(10_100))]);
    assert_eq!(stage.said("walk was decided for a moment that is gone"), 1);
    let steps: Vec<_> = stage
        .steps()
        .into_iter()
        .map(|step| (step.step, step.action.name, step.ordered_by, step.effect.status))
        .collect();
    assert_eq!(steps, [(1, "heal".to_owned(), LoopName::Reflex, EffectStatus::Done)]);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_was_done_is_told_even_if_the_place_is_lost_right_after_it() {
    let land = Land::new(|_| Play::done().taking(5_000));
    let mut stage = Stage::begin(&land, &Thinker::always(1_000, "dig"), Plot::waiting().await);
    stage.at(3_000).await;
    assert_eq!(land.began("dig"), [1_000]);
    land.perish();
    assert!(stage.end_of(LoopName::Action).await.is_err());
    // What is told is heard a moment later.
    stage.at(stage.now() + 1).await;
    let steps: Vec<_> = stage.steps().into_iter().map(|step| (step.action.name, step.effect.status)).collect();
    assert_eq!(steps, [("dig".to_owned(), EffectStatus::Done)]);
    stage.stop().await;
}
