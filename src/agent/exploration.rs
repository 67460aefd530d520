//! The auxiliary exploration loop: keeps the agent moving while models think for long, and keeps out of the way in
//! combat, dialogue, puzzles and menus.

use std::time::Duration;

use tokio::{
    sync::oneshot,
    time::{Instant, MissedTickBehavior, interval},
};

use super::{Board, LoopResult, Order, Percept};
use crate::{
    mind::heuristic::leads_to_something_new,
    protocol::{ActionCall, LoopName, Risk},
};

/// How often it looks whether it is needed.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Runs until the session stops.
pub async fn run(board: Board) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Exploration);
    let mut ticks = interval(LOOK_EVERY);
    // After the computer slept, one look is enough.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut thinking_since: Option<Instant> = None;
    let exploring = async {
        loop {
            ticks.tick().await;
            beat.work("watching the models think");
            // In a pause nobody thinks for long, whatever the clock says.
            let is_thinking = *board.thinking.borrow() && !board.context.brake.is_on();
            thinking_since = is_thinking.then(|| thinking_since.unwrap_or_else(Instant::now));
            let is_long = thinking_since.is_some_and(|since| since.elapsed() >= board.duties.exploration_patience);
            let percept = board.percepts.borrow().clone();
            if let Some(percept) = percept.filter(|_| is_long)
                && let Some(call) = harmless_step(&board, &percept)
            {
                beat.work(&call.to_string());
                take(&board, call, percept).await;
                thinking_since = Some(Instant::now());
            }
            beat.wait();
        }
    };
    let _stopped: Option<()> = board.context.stop.run_until_cancelled(exploring).await;
    board.context.stopped(LoopName::Exploration)
}

/// A step into the unknown that risks nothing, where nobody is in the middle of something.
fn harmless_step(board: &Board, percept: &Percept) -> Option<ActionCall> {
    let observation = &percept.observation;
    if observation.scene.needs_thought() || board.shown.read().step != percept.actions_before {
        return None;
    }
    let is_harmless =
        |call: &&ActionCall| board.actions.iter().any(|spec| spec.name == call.name && spec.risk <= Risk::Safe);
    observation.legal.iter().filter(is_harmless).find(|call| leads_to_something_new(call, observation)).cloned()
}

/// Offers the step; if somebody else is acting just now, that is more important.
async fn take(board: &Board, call: ActionCall, percept: Percept) {
    let (answer, done) = oneshot::channel();
    let order = Order {
        call,
        ordered_by: LoopName::Exploration,
        by: "auxiliary exploration".to_owned(),
        because: "The models are still thinking, and this leads to something new".to_owned(),
        percept,
        decision: None,
        answer,
    };
    if board.orders.try_send(order).is_ok() {
        let _whatever_came_of_it = done.await;
    }
}
