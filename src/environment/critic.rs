//! Who can tell what a decision cost: measured against the best that was still possible, not against luck.

use super::BoxFuture;
use crate::protocol::ActionCall;

/// What one call costs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// Points of the final score that are out of reach after it, by the best play from there on. Never negative.
    pub points: f64,
    /// The best final score that is still possible after it.
    pub still_possible: f64,
    /// Both ends of the comparison were searched to the end; otherwise it is the best that was found.
    pub is_proved: bool,
}

/// Judges decisions after the fact. It works beside the environment and never holds it up.
pub trait Critic: Send {
    /// What each of these calls costs at the moment of this tick; `None` if that moment is not remembered. A call that is
    /// not possible costs what doing nothing costs: nothing. Works in slices short enough for a shared thread, and may be
    /// dropped at any time.
    fn judge<'a>(&'a mut self, tick: u64, calls: &'a [ActionCall]) -> BoxFuture<'a, Option<Vec<Cost>>>;
}
