//! Looks: once at the start, after every action, and now and then where the world moves by itself.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, time::Instant};

use super::{Board, LoopResult, Percept};
use crate::protocol::LoopName;

/// How often to look at a world that moves by itself.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Runs until the session stops.
pub async fn run(board: Board, percepts: watch::Sender<Option<Percept>>) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Perception);
    let moves_by_itself = !board.place.lock().await.info().can_pause;
    let looking = async {
        loop {
            beat.work("looking");
            look(&board, &percepts).await?;
            beat.wait();
            if moves_by_itself {
                let _either_is_reason_enough = tokio::time::timeout(LOOK_EVERY, board.look.notified()).await;
            } else {
                board.look.notified().await;
            }
        }
    };
    match board.context.stop.run_until_cancelled(looking).await {
        Some(failed) => failed,
        None => board.context.stopped(LoopName::Perception),
    }
}

async fn look(board: &Board, percepts: &watch::Sender<Option<Percept>>) -> Result<(), super::LoopError> {
    let mut place = board.place.lock().await;
    let observation = Arc::new(place.observe().await?);
    let view = place.view();
    let actions_before = board.shown.read().step;
    drop(place);
    board.shown.change(|shown| {
        shown.environment = view;
        shown.score = observation.score;
    });
    percepts.send_replace(Some(Percept { observation, actions_before, seen_at: Instant::now() }));
    Ok(())
}
