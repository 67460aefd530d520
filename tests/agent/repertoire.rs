//! What a place offers may change while the agent acts in it; and whoever acts may say that the goal is reached.

use singularis::protocol::{ActionCall, EffectStatus, Ending, LoopName};

use crate::{
    land::{Land, Play},
    stage::{Plot, Stage},
    thinker::{Thinker, Thought},
};

#[tokio::test(start_paused = true)]
async fn what_has_gone_is_refused_with_words_and_what_is_new_can_be_done() {
    let names = ["dig", "dig", "fly"];
    let thinker = Thinker::new(move |_, number| Thought::after(1_000, ActionCall::bare(names[(number - 1) % 3])));
    let land = Land::new(|_| Play::done());
    let stage = Stage::begin(&land, &thinker, Plot::waiting().await);
    stage.at(1_500).await;
    land.exchange("dig", "fly");
    stage.at(3_500).await;
    assert_eq!(land.names(), ["dig", "fly"]);
    let steps = stage.steps();
    assert_eq!(steps[1].effect.status, EffectStatus::Rejected);
    assert!(steps[1].effect.text.contains("There is no action \"dig\""), "{}", steps[1].effect.text);
    let offered: Vec<String> = stage.board.repertoire.read().actions.iter().map(|spec| spec.name.clone()).collect();
    assert!(offered.contains(&"fly".to_owned()) && !offered.contains(&"dig".to_owned()), "{offered:?}");
    stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_episode_that_ends_with_the_goal_reached_is_a_success_and_is_told() {
    for (words, ending) in [
        ("goal reached: the total is 34.50", Ending::GoalReached),
        ("Goal reached", Ending::GoalReached),
        ("the lamp went out", Ending::Finished),
    ] {
        let land = Land::new(move |_| Play::done().then(move |now| now.ended = Some(words.to_owned())));
        let mut stage = Stage::begin(&land, &Thinker::always(1_000, "dig"), Plot::waiting().await);
        assert_eq!(stage.end_of(LoopName::Reasoning).await.unwrap().ending, Some(ending), "{words}");
        // What is told is heard a moment later.
        stage.at(stage.now() + 1).await;
        assert_eq!(stage.said("Goal reached"), usize::from(ending == Ending::GoalReached), "{words}");
        stage.stop().await;
    }
}
