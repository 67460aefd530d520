//! What the window sees of a session besides streams and heartbeats.

use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError},
};

use crate::protocol::{ClockView, DecisionView, EnvironmentView, RegretView};

/// So many steps the models are reminded of.
const REMEMBERED: usize = 8;
/// And of each, so many characters: what is seen says the rest.
const LONGEST_MEMORY: usize = 600;

/// What is shown. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Shown(Arc<std::sync::Mutex<ShownNow>>);

/// What is shown at one moment.
#[derive(Clone, Debug, Default)]
pub struct ShownNow {
    pub environment: EnvironmentView,
    pub decision: Option<DecisionView>,
    /// The last steps with their effects, oldest first.
    pub recent: VecDeque<String>,
    /// Steps so far; the number of the last one.
    pub step: u64,
    /// Of these, so many reached the environment.
    pub acts: u64,
    /// The last step of which it is unclear whether it happened: what was decided before it must be decided again.
    pub unclear_step: u64,
    pub score: Option<f64>,
    pub regret: RegretView,
    pub clock: ClockView,
}

impl ShownNow {
    /// Adds a line to what was done, cut where it is long; the oldest is forgotten.
    pub fn remember(&mut self, mut line: String) {
        if let Some((end, _)) = line.char_indices().nth(LONGEST_MEMORY) {
            line.truncate(end);
            line.push('…');
        }
        self.recent.push_back(line);
        while self.recent.len() > REMEMBERED {
            self.recent.pop_front();
        }
    }
}

impl Shown {
    pub fn read(&self) -> ShownNow {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn change(&self, change: impl FnOnce(&mut ShownNow)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// One figure, without copying the rest.
    pub fn get<T>(&self, get: impl FnOnce(&ShownNow) -> T) -> T {
        get(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
