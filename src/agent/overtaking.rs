//! Whether the world has moved on since an order was decided.

use super::{Board, LoopError, Order};
use crate::{
    environment::{Environment, Want},
    protocol::LoopName,
};

/// Whether the moment of an order can have been changed by the order itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    AsItCame,
    /// It has broken off what was being done, and whatever came of that is its own doing.
    CutIn,
}

/// True for an order that was decided for a moment that is gone. What the reflex and exploration want holds for their
/// moment alone; a decision, which took long to make, holds as long as the situation is the same and it is possible; and
/// what has cut in, as long as it is possible.
pub async fn is_overtaken(
    place: &mut dyn Environment,
    board: &Board,
    order: &Order,
    age: Age,
) -> Result<bool, LoopError> {
    let has_cut_in = age == Age::CutIn;
    // What was decided before it became unclear what had happened was decided without knowing it.
    if !has_cut_in && board.shown.get(|shown| order.percept.actions_before < shown.unclear_step) {
        return Ok(true);
    }
    let then = &order.percept.observation;
    if place.tick() == then.tick {
        return Ok(false);
    }
    if order.ordered_by != LoopName::Reasoning && !has_cut_in {
        return Ok(true);
    }
    let now = place.observe(Want::default()).await?;
    let is_possible = now.legal.is_empty() || now.legal.contains(&order.call);
    let is_elsewhere = !has_cut_in && now.situation() != then.situation();
    Ok(now.ended.is_some() || is_elsewhere || !is_possible)
}
