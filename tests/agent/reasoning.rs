//! Asking: what a question holds, one at a time, about the newest moment, and never starved by the other loops.

use std::time::Duration;

use singularis::{
    agent::LoopEnd,
    protocol::{ActionCall, Ending, LoopName},
};

use crate::{
    land::{Land, Play, heal, hurt, possible, unknown_way},
    stage::{Plot, Stage},
    thinker::{FOR_EVER, Thinker, Thought, unanswered},
};

#[tokio::test(start_paused = true)]
async fn a_question_holds_the_last_steps_what_a_person_said_and_what_is_known() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(900, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(1_500).await;
    stage.reins().resume(Some(" look under the oak ".to_owned()));
    stage.at(10_000).await;
    let questions = thinker.questions();
    let (first, second, third, fourth) = (&questions[0], &questions[1], &questions[2], &questions[3]);
    assert_eq!((first.goal.as_str(), first.actions.len(), first.observation.tick), ("Find the relic", 7, 0));
    assert!(first.recent.is_empty() && first.notes.is_empty() && first.hints.is_empty());
    assert_eq!((second.recent.len(), second.notes.len(), second.hints.len()), (1, 0, 0), "one try tells nothing");
    // What was decided without the word is not done, and the question is put again with it.
    assert_eq!((third.recent.len(), third.observation.tick), (1, 1));
    assert_eq!(third.notes, ["look under the oak"]);
    assert_eq!(fourth.recent, ["dig: done", "dig: done"]);
    assert_eq!(fourth.hints, ["dig: +0.0 points on average, tried 2 times"]);
    assert_eq!((fourth.observation.tick, questions[11].recent.len()), (2, 8), "no more than the last eight steps");
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn turns_that_pass_do_not_make_the_questions_longer_and_longer() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(2_500, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::running(1_000).await);
    stage.at(100_500).await;
    let longest = thinker.questions().iter().map(|question| question.recent.len()).max();
    assert_eq!((longest, stage.clock().turns_lost), (Some(8), 80), "steps and lost turns together");
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_question_is_about_the_newest_moment_whatever_was_seen_while_the_mind_thought() {
    let (land, thinker) = (Land::new(|_| Play::done()).flowing(), Thinker::always(10_050, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    for second in 1..30 {
        stage.at(second * 1_000 + 10).await;
        land.change(|now| now.text = format!("Second {second}."));
    }
    stage.at(31_000).await;
    let seen: Vec<(u64, String)> =
        thinker.asked().iter().map(|asked| (asked.at, asked.question.observation.text.clone())).collect();
    let expected: [(u64, &str); 4] =
        [(0, "A field."), (10_050, "Second 10."), (20_100, "Second 20."), (30_150, "Second 29.")];
    assert_eq!(seen, expected.map(|(at, text)| (at, text.to_owned())));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn after_a_pause_the_question_is_about_now() {
    let (land, thinker) = (Land::new(|_| Play::done()).flowing(), Thinker::always(1_000, "dig"));
    let mut plot = Plot::waiting().await;
    plot.is_paused = true;
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(29_100).await;
    land.change(|now| "It rains.".clone_into(&mut now.text));
    stage.at(31_100).await;
    assert!(thinker.asked().is_empty(), "nothing is asked in a pause");
    stage.reins().resume(None);
    stage.at(31_600).await;
    assert_eq!(thinker.questions()[0].observation.text, "It rains.");
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_decision_waits_for_the_effect_of_the_one_before() {
    let (land, thinker) = (Land::new(|_| Play::done().taking(3_000)), Thinker::always(1_000, "dig"));
    let mut plot = Plot::waiting().await;
    plot.duties.cycles = Some(3);
    let mut stage = Stage::begin(&land, &thinker, plot);
    let end = stage.end_of(LoopName::Reasoning).await.unwrap();
    assert_eq!(end, LoopEnd { note: "3 cycles are done".to_owned(), ending: Some(Ending::LimitReached) });
    assert_eq!((thinker.times(), land.began("dig")), (vec![0, 4_000, 8_000], vec![1_000, 5_000, 9_000]));
    let known: Vec<usize> = thinker.questions().iter().map(|question| question.recent.len()).collect();
    assert_eq!((known, stage.now()), (vec![0, 1, 2], 12_000));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn the_pace_is_the_least_time_between_two_decisions() {
    let (land, thinker) = (Land::new(|_| Play::done()), Thinker::always(1_000, "dig"));
    let mut plot = Plot::waiting().await;
    plot.duties.pace = Duration::from_secs(5);
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(14_000).await;
    assert_eq!(thinker.times(), [0, 5_000, 10_000]);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_flood_of_reflexes_starves_nobody_for_longer_than_it_lasts() {
    // Healing takes a second and helps nothing until the danger is over by itself.
    let land = Land::new(|call| match call.name.as_str() {
        "heal" => Play::done().taking(1_000),
        _ => Play::done(),
    });
    let land = land.with(|now| {
        now.legal = possible(&["dig", "heal"]);
        hurt(now);
    });
    let thinker = Thinker::always(2_300, "dig");
    let stage = Stage::begin(&land, &thinker, Plot::still().await);
    stage.at(10_500).await;
    assert_eq!(land.began("heal").len(), 11, "one after the other");
    assert!(land.began("dig").is_empty());
    assert!(thinker.asked().iter().take(10).all(|asked| asked.is_broken_off));
    land.change(heal);
    stage.at(19_000).await;
    assert_eq!(land.began("heal").len(), 11);
    // The flood ends with the healing that was under way.
    assert_eq!(land.began("dig"), [13_300, 15_600, 17_900]);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn exploration_moves_while_a_mind_thinks_that_never_comes_to_an_end() {
    let (land, thinker) = (Land::new(|_| Play::done()).with(unknown_way), Thinker::always(FOR_EVER, "dig"));
    let mut plot = Plot::running(7_000).await;
    plot.duties.exploration_patience = Duration::from_secs(20);
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(65_000).await;
    assert_eq!(land.began("wander"), [20_000, 40_000, 60_000]);
    assert_eq!((land.acts().len(), thinker.times()), (3, vec![0]));
    // Whoever acts has used the turn: two turns pass before every step.
    assert_eq!((stage.clock().turns_lost, land.turns()), (6, 6));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_mind_that_fails_is_asked_again_later_and_three_times_at_most() {
    let thinker = Thinker::new(|_, number| match number {
        2 => Thought::after(1_000, ActionCall::bare("dig")),
        _ => Thought::failing_after(1_000),
    });
    let land = Land::new(|_| Play::done());
    let mut stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    let error = stage.end_of(LoopName::Reasoning).await.unwrap_err();
    assert_eq!(*error.problem, unanswered().problem());
    // One second of patience after the first failure in a row, two after the second.
    assert_eq!(thinker.times(), [0, 2_000, 3_000, 5_000, 8_000]);
    assert_eq!((stage.now(), land.began("dig")), (9_000, vec![3_000]));
    stage.stop().await;
}
