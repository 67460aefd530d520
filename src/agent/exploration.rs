//! The auxiliary exploration loop: keeps the agent moving while models think for long. It keeps out of the way in combat,
//! dialogue, puzzles and menus, while another action runs, while a person is asked, and in a world that waits; and it
//! holds back after errors.

use std::time::Duration;

use tokio::{
    sync::oneshot,
    time::{Instant, MissedTickBehavior, interval},
};

use super::{Board, Done, LoopResult, Order, Percept, board::Clock};
use crate::{
    mind::heuristic::leads_to_something_new,
    protocol::{ActionCall, EffectStatus, LoopName, Risk},
};

/// How often it looks whether it is needed.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// However often it failed, it tries again after this.
const MOST_PATIENCE: Duration = Duration::from_secs(300);

/// Runs until the session stops.
pub async fn run(board: Board) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Exploration);
    let mut ticks = interval(LOOK_EVERY);
    // After the computer slept, one look is enough.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last_step: Option<Instant> = None;
    let (mut errors, mut was_paused) = (0, false);
    let exploring = async {
        loop {
            ticks.tick().await;
            beat.work("watching the models think");
            // In a pause nobody thinks for long, whatever the clock says.
            let is_paused = board.context.brake.is_on();
            if std::mem::replace(&mut was_paused, is_paused) || is_paused {
                last_step = Some(Instant::now());
            }
            let since = board.thinking.borrow().map(|since| last_step.map_or(since, |last| since.max(last)));
            let patience = patience(board.duties.exploration_patience, errors);
            let is_long = since.is_some_and(|since| since.elapsed() >= patience);
            let percept = board.percepts.borrow().clone();
            if let Some(percept) = percept.filter(|_| is_long)
                && let Some(call) = harmless_step(&board, &percept)
            {
                beat.work(&call.to_string());
                errors = match take(&board, call, percept).await {
                    Some(true) => 0,
                    Some(false) => errors + 1,
                    None => errors,
                };
                last_step = Some(Instant::now());
            }
            beat.wait();
        }
    };
    let _stopped: Option<()> = board.context.stop.run_until_cancelled(exploring).await;
    board.context.stopped(LoopName::Exploration)
}

/// How long the models may think before it acts; after every error in a row twice as long.
fn patience(patience: Duration, errors: u32) -> Duration {
    if errors == 0 {
        return patience;
    }
    patience.max(LOOK_EVERY).saturating_mul(2_u32.saturating_pow(errors)).min(MOST_PATIENCE.max(patience))
}

/// A step into the unknown that risks nothing, where nobody is in the middle of something.
fn harmless_step(board: &Board, percept: &Percept) -> Option<ActionCall> {
    let observation = &percept.observation;
    let is_busy = *board.acting.borrow() || board.context.reins.waiting().is_some();
    let is_old = board.shown.get(|shown| shown.step) != percept.actions_before;
    // A world that waits for the models must not be moved on behind their back.
    if board.clock == Clock::Waits || is_busy || is_old || observation.scene.needs_thought() {
        return None;
    }
    let offer = board.repertoire.read();
    let is_harmless = |call: &&ActionCall| offer.risk(&call.name) <= Risk::Safe;
    observation.legal.iter().filter(is_harmless).find(|call| leads_to_something_new(call, observation)).cloned()
}

/// Offers the step; if somebody else is acting just now, that is more important. Gives whether it worked, if it was done.
async fn take(board: &Board, call: ActionCall, percept: Percept) -> Option<bool> {
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
    if board.orders.try_send(order).is_err() {
        return None;
    }
    match done.await {
        Ok(Done::Carried { effect, .. }) => Some(effect.status == EffectStatus::Done),
        // The world has moved on, or the session ends: nobody's fault.
        Ok(Done::Overtaken) | Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_in_a_row_doubles_the_wait_up_to_a_limit() {
        let seconds = Duration::from_secs;
        let waits = [0, 1, 2, 3, 40].map(|errors| patience(seconds(20), errors));
        assert_eq!(waits, [20, 40, 80, 160, 300].map(seconds));
        assert_eq!(patience(seconds(900), 9), seconds(900), "never sooner than a person allows");
        assert_eq!(patience(Duration::ZERO, 1), Duration::from_millis(500));
    }
}
