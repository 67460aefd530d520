//! The action loop alone, with the test at the other end of its lanes.

use std::sync::Arc;

use singularis::{
    agent::{
        Done, Order, Percept,
        action::{self, Lanes},
    },
    protocol::{ActionCall, Effect, EffectStatus, LoopName},
};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

use crate::{
    land::{Deed, Land, Play, possible},
    stage::{Plot, Stage},
    thinker::Thinker,
};

/// A session in which nobody but the test orders anything.
struct Lonely {
    land: Land,
    stage: Stage,
    orders: mpsc::Sender<Order>,
    urgent: mpsc::Sender<Order>,
}

impl Lonely {
    async fn begin(land: Land) -> Self {
        let (mut stage, script) = Stage::set(&land, &Thinker::always(1_000, "dig"), Plot::still().await);
        drop(script);
        let (orders, order_receiver) = mpsc::channel(1);
        let (urgent, urgent_receiver) = mpsc::channel(1);
        let (learn, _nobody_learns) = mpsc::channel(1);
        let lanes = Lanes { orders: order_receiver, urgent: urgent_receiver, learn };
        let acting = Box::pin(action::run(stage.board.clone(), lanes));
        stage.start(LoopName::Action, acting);
        Self { land, stage, orders, urgent }
    }

    /// An order for the moment that is now, and where its answer comes.
    fn order(&self, name: &str, ordered_by: LoopName) -> (Order, oneshot::Receiver<Done>) {
        let (answer, done) = oneshot::channel();
        let percept = Percept {
            look: 1,
            observation: Arc::new(self.land.now()),
            actions_before: self.stage.board.shown.get(|shown| shown.step),
            has_picture: false,
            seen_at: Instant::now(),
        };
        let (call, by, because) = (ActionCall::bare(name), "the test".to_owned(), "it is in the script".to_owned());
        (Order { call, ordered_by, by, because, percept, decision: None, answer }, done)
    }
}

#[tokio::test(start_paused = true)]
async fn a_reflex_that_comes_in_the_middle_ends_a_long_action_by_its_token_and_is_done_next() {
    let land = Land::new(|call| if call.name == "walk" { Play::done().taking(60_000) } else { Play::done() });
    let lonely = Lonely::begin(land.with(|now| now.legal = possible(&["walk", "heal"]))).await;
    let (walk, walked) = lonely.order("walk", LoopName::Reasoning);
    lonely.orders.send(walk).await.unwrap();
    lonely.stage.at(5_000).await;
    assert_eq!(lonely.land.log(), [(0, Deed::Began("walk".to_owned()))], "it is under way");
    let (heal, healed) = lonely.order("heal", LoopName::Reflex);
    lonely.urgent.send(heal).await.unwrap();
    let effect = |status: EffectStatus, text: &str, changed: bool| Effect {
        status,
        text: text.to_owned(),
        score: Some(0.0),
        changed,
        whole: None,
    };
    let broken_off = effect(EffectStatus::Uncertain, "broken off", false);
    assert_eq!(walked.await.unwrap(), Done::Carried { effect: broken_off, actions: 1 });
    assert_eq!(healed.await.unwrap(), Done::Carried { effect: effect(EffectStatus::Done, "done", true), actions: 2 });
    let name = |name: &str| name.to_owned();
    assert_eq!(
        lonely.land.log(),
        [
            (0, Deed::Began(name("walk"))),
            (5_000, Deed::Ended(name("walk"), EffectStatus::Uncertain)),
            (5_000, Deed::Looked { picture: false }),
            (5_000, Deed::Began(name("heal"))),
            (5_000, Deed::Ended(name("heal"), EffectStatus::Done)),
            (5_000, Deed::Looked { picture: false }),
        ]
    );
    lonely.stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_reflex_that_wants_what_is_being_done_waits_for_it_and_does_not_repeat_it() {
    let plays = [(EffectStatus::Done, "done"), (EffectStatus::Uncertain, "nobody answered")];
    for (status, text) in plays {
        let land = Land::new(move |_| Play::of(status, text).taking(60_000));
        let lonely = Lonely::begin(land.with(|now| now.legal = possible(&["heal"]))).await;
        let (thought, thought_done) = lonely.order("heal", LoopName::Reasoning);
        lonely.orders.send(thought).await.unwrap();
        lonely.stage.at(5_000).await;
        let (sooner, sooner_done) = lonely.order("heal", LoopName::Reflex);
        lonely.urgent.send(sooner).await.unwrap();
        assert!(matches!(thought_done.await.unwrap(), Done::Carried { effect, actions: 1 } if effect.text == text));
        assert_eq!(lonely.stage.now(), 60_000, "nobody broke it off");
        assert_eq!(sooner_done.await.unwrap(), Done::Overtaken, "{status:?}");
        assert_eq!(lonely.land.began("heal"), [0]);
        lonely.stage.stop().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_reflex_is_not_broken_off_by_the_next_one() {
    let lonely = Lonely::begin(Land::new(|_| Play::idle().taking(4_000))).await;
    let (first, first_done) = lonely.order("heal", LoopName::Reflex);
    lonely.urgent.send(first).await.unwrap();
    lonely.stage.at(1_000).await;
    let (second, second_done) = lonely.order("heal", LoopName::Reflex);
    lonely.urgent.send(second).await.unwrap();
    assert!(matches!(first_done.await.unwrap(), Done::Carried { actions: 1, .. }));
    assert_eq!(lonely.stage.now(), 4_000);
    // The first one has changed the moment that the second one was ordered for.
    assert_eq!(second_done.await.unwrap(), Done::Overtaken);
    assert_eq!(lonely.land.began("heal"), [0]);
    lonely.stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn the_reflex_goes_first_where_both_wait() {
    let lonely = Lonely::begin(Land::new(|_| Play::of(EffectStatus::Failed, "it failed").taking(1_000))).await;
    lonely.stage.reins().pause();
    let (dig, dug) = lonely.order("dig", LoopName::Reasoning);
    let (heal, healed) = lonely.order("heal", LoopName::Reflex);
    lonely.orders.send(dig).await.unwrap();
    lonely.urgent.send(heal).await.unwrap();
    lonely.stage.at(10_000).await;
    assert!(lonely.land.acts().is_empty(), "nothing is done in a pause");
    lonely.stage.reins().resume(None);
    assert!(matches!(healed.await.unwrap(), Done::Carried { actions: 1, .. }));
    assert!(matches!(dug.await.unwrap(), Done::Carried { actions: 2, .. }));
    assert_eq!((lonely.land.names(), lonely.stage.now()), (vec!["heal".to_owned(), "dig".to_owned()], 12_000));
    lonely.stage.stop().await;
}

#[tokio::test(start_paused = true)]
async fn once_the_gate_is_shut_nothing_begins() {
    let lonely = Lonely::begin(Land::new(|_| Play::done())).await;
    lonely.stage.board.context.gate.shut();
    let (dig, dug) = lonely.order("dig", LoopName::Reasoning);
    lonely.orders.send(dig).await.unwrap();
    assert!(dug.await.is_err(), "nobody answers");
    assert!(lonely.land.log().is_empty() && lonely.stage.steps().is_empty());
    lonely.stage.stop().await;
}
