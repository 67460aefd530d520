//! A scripted critic: everything costs what its name says, and judging takes its time.

use std::time::Duration;

use singularis::{
    environment::{BoxFuture, Cost, Critic},
    protocol::ActionCall,
};
use tokio::time::sleep;

use crate::land::Land;

/// The best that could be reached.
pub const BEST: f64 = 90.0;

/// Tells what a call costs, and tells the land that it was asked.
pub struct Judge {
    pub land: Land,
    pub takes: Duration,
}

impl Critic for Judge {
    fn judge<'a>(&'a mut self, tick: u64, calls: &'a [ActionCall]) -> BoxFuture<'a, Option<Vec<Cost>>> {
        Box::pin(async move {
            self.land.note_judged(tick, calls.iter().map(|call| call.name.clone()).collect());
            sleep(self.takes).await;
            Some(calls.iter().map(cost).collect())
        })
    }
}

fn cost(call: &ActionCall) -> Cost {
    let points = match call.name.as_str() {
        "dig" => 3.0,
        "walk" => 1.0,
        _ => 0.0,
    };
    Cost { points, still_possible: BEST - points, is_proved: true }
}
