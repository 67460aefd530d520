//! What a decision in the built-in world cost: the best that was possible before it, less the best that is after it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::{
    baseline::{oracle::Search, walks::Walks},
    generate::World,
    state::State,
    step::step,
};
use crate::{
    environment::{BoxFuture, Cost, Critic},
    protocol::ActionCall,
};

/// Where a search is given up. Most end within a tenth of it; what is given up is marked as not proved.
const MOST_NODES: usize = 40_000;
/// So long it keeps the thread, then the others have their turn.
const SLICE: Duration = Duration::from_millis(3);
/// Moments between two looks at the clock.
const NODES_A_LOOK: usize = 20;

/// Every state of a game by its tick. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Moments(Arc<Mutex<BTreeMap<u64, State>>>);

impl Moments {
    pub fn note(&self, state: State) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(state.tick, state);
    }

    fn at(&self, tick: u64) -> Option<State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&tick).copied()
    }
}

/// The best final score from a moment on.
#[derive(Clone, Copy)]
struct Value {
    points: u32,
    is_proved: bool,
}

/// Judges by the oracle's search.
pub struct WorldCritic {
    world: World,
    moments: Moments,
    walks: Walks,
    /// What was searched before: what comes after one decision is what was before the next.
    known: HashMap<State, Value>,
}

impl WorldCritic {
    pub fn new(world: World, moments: Moments) -> Self {
        let walks = Walks::begin(&world);
        Self { world, moments, walks, known: HashMap::new() }
    }

    async fn costs(&mut self, tick: u64, calls: &[ActionCall]) -> Option<Vec<Cost>> {
        let before = self.moments.at(tick)?;
        let best = self.value(before).await;
        let mut costs = Vec::with_capacity(calls.len());
        for call in calls {
            let after = step(&self.world, &before, call).state;
            let left = self.value(after).await;
            costs.push(Cost {
                // Two searches that were given up may contradict each other; a decision cannot make more possible.
                points: f64::from(best.points.saturating_sub(left.points)),
                still_possible: f64::from(left.points),
                is_proved: best.is_proved && left.is_proved,
            });
        }
        Some(costs)
    }

    async fn value(&mut self, state: State) -> Value {
        // When it is does not matter twice: the turn tells the time.
        let moment = State { tick: 0, at_the_counter: false, ..state };
        if let Some(value) = self.known.get(&moment) {
            return *value;
        }
        let mut until = Instant::now() + SLICE;
        while self.walks.lay_next() {
            rest(&mut until).await;
        }
        let mut search = Search::new(&self.world, &self.walks, &state);
        while !search.advance(NODES_A_LOOK) && search.nodes() < MOST_NODES {
            rest(&mut until).await;
        }
        let solved = search.solved();
        let value = Value { points: solved.value, is_proved: solved.is_proved() };
        self.known.insert(moment, value);
        value
    }
}

/// Lets the others have the thread once the slice is over.
async fn rest(until: &mut Instant) {
    if Instant::now() >= *until {
        tokio::task::yield_now().await;
        *until = Instant::now() + SLICE;
    }
}

impl Critic for WorldCritic {
    fn judge<'a>(&'a mut self, tick: u64, calls: &'a [ActionCall]) -> BoxFuture<'a, Option<Vec<Cost>>> {
        Box::pin(self.costs(tick, calls))
    }
}
