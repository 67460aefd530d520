//! Has the narrator say now and then what is going on, off the critical path: it waits for nobody and nobody waits for it.

use std::fmt::Write;

use tokio::time::{MissedTickBehavior, interval};

use super::{Board, LoopResult};
use crate::{
    mind::narrator::Narrator,
    protocol::{LoopName, What},
};

/// Runs until the session stops.
pub async fn run(board: Board, narrator: std::sync::Arc<Narrator>) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Narration);
    let mut ticks = interval(board.duties.narrate_every);
    // Whatever could not be told in time is old by now.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let narrating = async {
        let mut told = None;
        loop {
            ticks.tick().await;
            board.context.brake.passed().await;
            let step = board.shown.read().step;
            let Some(state) = state(&board).filter(|_| told != Some(step)) else { continue };
            beat.work("telling what is going on");
            match narrator.tell(state, step).await {
                Some(Ok(said)) => {
                    told = Some(step);
                    if !said.text.is_empty() {
                        board.context.recorder.keep(What::Narrated(said.clone())).await;
                        narrator.show(said);
                    }
                }
                // Nobody is bothered with what only the narrator lacks.
                Some(Err(error)) => tracing::info!("the narrator did not answer: {error}"),
                None => tracing::debug!("others are busy, so the narrator was not asked"),
            }
            beat.wait();
        }
    };
    let _stopped: Option<()> = board.context.stop.run_until_cancelled(narrating).await;
    board.context.stopped(LoopName::Narration)
}

/// What is there, what was done, what was decided; `None` before anything was seen.
fn state(board: &Board) -> Option<String> {
    let percept = board.percepts.borrow().clone()?;
    let shown = board.shown.read();
    let mut state = format!("Goal: {}\n\nObservation:\n{}\n", board.duties.goal, percept.observation.text.trim_end());
    for step in &shown.recent {
        let _infallible = writeln!(state, "- done: {step}");
    }
    if let Some(decision) = &shown.decision {
        let _infallible = writeln!(state, "Decided last: {}, because: {}", decision.action, decision.because);
    }
    Some(state)
}
