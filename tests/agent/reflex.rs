//! The reflex against a mind that thinks: what it breaks off, and what it leaves alone.

use serde_json::json;
use singularis::{environment::Observation, protocol::LoopName};

use crate::{
    land::{Land, Play, heal, hurt, possible},
    stage::{Plot, Stage},
    thinker::Thinker,
};

/// A land whose time is its own and in which healing helps.
fn land() -> Land {
    let land = Land::new(|call| if call.name == "heal" { Play::done().then(heal) } else { Play::done() });
    land.flowing().with(|now| now.legal = possible(&["dig", "heal"]))
}

#[tokio::test(start_paused = true)]
async fn it_breaks_off_a_question_whose_moment_is_gone_and_the_mind_is_asked_about_the_new_one() {
    let (land, thinker) = (land(), Thinker::always(10_000, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(3_200).await;
    land.change(hurt);
    stage.at(4_500).await;
    assert_eq!((land.names(), land.began("heal")), (vec!["heal".to_owned()], vec![4_000]), "at the first look");
    let asked = thinker.asked();
    let [first, second] = &asked[..] else { panic!("two questions: {asked:?}") };
    assert_eq!((first.at, first.ended, first.is_broken_off), (0, Some(4_000), true));
    assert_eq!((second.at, second.ended), (4_000, None));
    assert_eq!((second.question.observation.tick, &second.question.observation.facts["health"]), (2, &json!(30)));
    assert_eq!(second.question.recent, ["heal: done"]);
    let step = &stage.steps()[0];
    let told = (step.step, step.ordered_by, step.by.as_str(), step.because.as_str());
    assert_eq!(told, (1, LoopName::Reflex, "reflex", "Health is below the threshold"));
    assert_eq!(stage.said("Health is below the threshold: heal"), 1);
    // The new question is answered in its own time.
    stage.at(14_500).await;
    assert_eq!(land.began("dig"), [14_000]);
    stage.stop().await;
}

/// A land in which this can be done besides digging, and then helps.
fn land_with(way_out: &'static str, then: fn(&mut Observation)) -> Land {
    let land = Land::new(move |call| if call.name == way_out { Play::done().then(then) } else { Play::done() });
    land.exchange("mail", way_out);
    land.flowing().with(|now| now.legal = possible(&["dig", way_out]))
}

#[tokio::test(start_paused = true)]
async fn it_flees_from_too_many_enemies_and_rests_without_stamina() {
    let crowd = |near: u8| move |now: &mut Observation| now.facts = json!({"enemies_near": near});
    let land = land_with("flee", |now| now.facts = json!({"enemies_near": 0}));
    let thinker = Thinker::always(10_000, "dig");
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(1_200).await;
    land.change(crowd(2));
    stage.at(3_200).await;
    assert!(land.acts().is_empty(), "two are not yet too many");
    land.change(crowd(3));
    stage.at(4_500).await;
    assert_eq!(land.began("flee"), [4_000]);
    assert_eq!(stage.said("Too many enemies are near: flee"), 1);
    stage.stop().await;

    let tired = |now: &mut Observation| now.facts = json!({"stamina": 10, "max_stamina": 100});
    let land = land_with("rest", |now| now.facts = json!({"stamina": 100, "max_stamina": 100}));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(1_200).await;
    land.change(tired);
    stage.at(2_500).await;
    assert_eq!(land.began("rest"), [1_500]);
    assert_eq!(stage.said("Stamina is below the threshold: rest"), 1);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn where_it_may_not_the_mind_thinks_to_the_end() {
    let (land, thinker) = (land(), Thinker::always(10_000, "dig"));
    let mut plot = Plot::waiting().await;
    plot.duties.reflex.preempts = false;
    let stage = Stage::begin(&land, &thinker, plot);
    stage.at(3_200).await;
    land.change(hurt);
    stage.at(10_500).await;
    assert_eq!((land.began("heal"), land.began("dig")), (vec![4_000], vec![10_000]));
    let asked = thinker.asked();
    assert_eq!((asked.len(), asked[0].ended, asked[0].is_broken_off), (2, Some(10_000), false));
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_helps_nothing_is_not_tried_before_the_next_look() {
    // There is no danger that healing ends here, and every try takes two seconds.
    let land = Land::new(|_| Play::idle().taking(2_000));
    let land = land.with(|now| now.legal = possible(&["heal"])).with(hurt);
    let thinker = Thinker::always(60_000, "dig");
    let stage = Stage::begin(&land, &thinker, Plot::still().await);
    stage.at(9_000).await;
    assert_eq!(land.began("heal"), [0, 2_000, 4_000, 6_000, 8_000]);
    // One look at the start; after every try one of the action loop and one that the reflex acts on.
    assert_eq!(land.looks(), [0, 2_000, 2_000, 4_000, 4_000, 6_000, 6_000, 8_000, 8_000]);
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn in_a_pause_it_waits_like_everybody_else() {
    let (land, thinker) = (land(), Thinker::always(10_000, "dig"));
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(1_100).await;
    stage.reins().pause();
    land.change(hurt);
    stage.at(9_100).await;
    assert!(land.acts().is_empty());
    stage.reins().resume(None);
    stage.at(9_600).await;
    assert_eq!((land.names(), land.began("heal")), (vec!["heal".to_owned()], vec![9_100]));
    stage.stop().await;
}
