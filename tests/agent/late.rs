//! Decisions that come late: what is still right is done, what is not is dropped, and the next question is about now.

use singularis::{
    environment::Observation,
    protocol::{ActionCall, NoticeKind},
};

use crate::{
    land::{Land, Play, possible},
    stage::{Plot, Stage},
    thinker::{Thinker, Thought},
};

const TURN: u64 = 10_000;
const GONE: &str = "dig was decided for a moment that is gone";

/// The first question takes longer than a turn, the others do not.
fn slow_at_first() -> Thinker {
    Thinker::new(|_, number| Thought::after(if number == 1 { 15_000 } else { 3_000 }, ActionCall::bare("dig")))
}

#[tokio::test(start_paused = true)]
async fn a_decision_for_a_situation_that_is_gone_is_dropped_and_the_next_question_is_about_the_new_one() {
    let land = Land::new(|_| Play::done()).whose_turns(|now| "storm".clone_into(&mut now.situation));
    let thinker = slow_at_first();
    let stage = Stage::begin(&land, &thinker, Plot::running(TURN).await);
    stage.at(17_500).await;
    assert!(land.acts().is_empty() && stage.steps().is_empty());
    assert_eq!(stage.said(GONE), 1);
    let asked = thinker.asked();
    let [first, second] = &asked[..] else { panic!("two questions: {asked:?}") };
    assert_eq!((first.question.observation.situation.as_str(), first.ended), ("calm", Some(15_000)));
    assert_eq!((second.question.observation.situation.as_str(), second.at), ("storm", 15_000));
    assert_eq!(second.question.observation.tick, land.now().tick);
    assert_eq!(second.question.recent, ["A turn passed"]);
    stage.at(19_000).await;
    assert_eq!(land.began("dig"), [18_000]);
    assert_eq!((stage.clock().decisions, stage.clock().misses, stage.clock().turns_lost), (2, 1, 1));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_late_decision_is_carried_out_only_while_the_situation_is_the_same_and_it_is_possible() {
    type Turn = fn(&mut Observation);
    let turns: [(&str, Turn, bool); 5] = [
        ("nothing but the time", |_now| {}, true),
        ("only words", |now| "It rains.".clone_into(&mut now.text), true),
        ("something else is possible", |now| now.legal = possible(&["walk", "heal"]), false),
        ("the situation", |now| "storm".clone_into(&mut now.situation), false),
        ("the episode is over", |now| now.ended = Some("home".to_owned()), false),
    ];
    for (what, turn, is_done) in turns {
        let land = Land::new(|_| Play::done()).with(|now| now.legal = possible(&["dig", "walk"])).whose_turns(turn);
        let stage = Stage::begin(&land, &slow_at_first(), Plot::running(TURN).await);
        stage.at(15_500).await;
        assert_eq!(land.turns(), 1, "{what}");
        assert_eq!(land.began("dig"), if is_done { vec![15_000] } else { Vec::new() }, "{what}");
        assert_eq!(stage.said(GONE), usize::from(!is_done), "{what}");
        stage.stop().await;
    }
}

/// Nobody looks between the change and the decision, so what was seen last is the moment that is gone.
#[tokio::test(start_paused = true)]
async fn the_next_question_is_about_now_also_where_nobody_has_looked_since() {
    let land = Land::new(|_| Play::done()).flowing();
    let thinker = Thinker::always(5_300, "dig");
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(5_100).await;
    assert_eq!(land.looks().last(), Some(&5_000));
    land.change(|now| "storm".clone_into(&mut now.situation));
    stage.at(5_800).await;
    assert_eq!((land.acts().len(), stage.said(GONE)), (0, 1));
    let asked = thinker.asked();
    assert_eq!((asked.len(), asked[1].at), (2, 5_300));
    assert_eq!(asked[1].question.observation.situation, "storm");
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn three_late_decisions_in_a_row_are_worth_a_word_and_only_one() {
    let mut turn = 0;
    let land = Land::new(|_| Play::done()).whose_turns(move |now| {
        turn += 1;
        now.situation = format!("turn {turn}");
    });
    let thinker = Thinker::always(13_000, "dig");
    let stage = Stage::begin(&land, &thinker, Plot::running(TURN).await);
    let words = "The models are slower than the world: their decisions come too late.";
    stage.at(38_500).await;
    assert_eq!((stage.said(GONE), stage.said(words)), (2, 0));
    stage.at(39_500).await;
    assert_eq!((stage.said(GONE), stage.said(words)), (3, 1));
    stage.at(66_000).await;
    assert_eq!((stage.said(GONE), stage.said(words)), (5, 1), "nobody is told again and again");
    let notice = stage.notices().into_iter().find(|notice| notice.text.starts_with(words)).unwrap();
    assert_eq!((notice.kind, notice.from.as_str()), (NoticeKind::Warning, "reasoning"));
    assert!(land.acts().is_empty());
    assert_eq!((stage.clock().decisions, stage.clock().misses, stage.clock().turns_lost), (5, 5, 6));
    stage.stop().await;
}
