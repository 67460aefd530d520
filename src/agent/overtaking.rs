//! Whether the world has moved on since an order was decided.

use super::{Board, LoopError, Order};
use crate::{environment::Want, protocol::LoopName};

/// True for an order that was decided for a moment that is gone. What the reflex and exploration want holds for their
/// moment alone; a decision, which took long to make, holds as long as the situation is the same and it is possible.
pub async fn is_overtaken(board: &Board, order: &Order) -> Result<bool, LoopError> {
    // What was decided before it became unclear what had happened was decided without knowing it.
    if board.shown.get(|shown| order.percept.actions_before < shown.unclear_step) {
        return Ok(true);
    }
    let mut place = board.place.lock().await;
    let then = &order.percept.observation;
    if place.tick() == then.tick {
        return Ok(false);
    }
    if order.ordered_by != LoopName::Reasoning {
        return Ok(true);
    }
    let now = place.observe(Want::default()).await?;
    let is_possible = now.legal.is_empty() || now.legal.contains(&order.call);
    Ok(now.ended.is_some() || now.situation() != then.situation() || !is_possible)
}
