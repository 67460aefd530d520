//! The loops' heartbeat, for the window: who is working, how often it has gone round, what it last did.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::protocol::{LoopName, LoopState, LoopView};

/// All heartbeats. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Beats(Arc<Mutex<BTreeMap<LoopName, LoopView>>>);

/// One loop's own heartbeat; dropping it shows the loop as ended, however it ended.
#[derive(Debug)]
pub struct Beat {
    beats: Beats,
    name: LoopName,
}

impl Beats {
    fn views(&self) -> MutexGuard<'_, BTreeMap<LoopName, LoopView>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A loop begins.
    pub fn begin(&self, name: LoopName) -> Beat {
        let view = LoopView { name, state: LoopState::Waiting, cycles: 0, note: String::new() };
        self.views().insert(name, view);
        Beat { beats: self.clone(), name }
    }

    pub fn read(&self) -> Vec<LoopView> {
        self.views().values().cloned().collect()
    }

    /// How often a loop has gone round.
    pub fn cycles(&self, name: LoopName) -> u64 {
        self.views().get(&name).map_or(0, |view| view.cycles)
    }
}

impl Beat {
    /// A new round begins, with what it is about.
    pub fn work(&self, note: &str) {
        self.change(|view| {
            view.state = LoopState::Working;
            view.cycles += 1;
            note.clone_into(&mut view.note);
        });
    }

    /// Nothing to do for now.
    pub fn wait(&self) {
        self.change(|view| view.state = LoopState::Waiting);
    }

    fn change(&self, change: impl FnOnce(&mut LoopView)) {
        if let Some(view) = self.beats.views().get_mut(&self.name) {
            change(view);
        }
    }
}

impl Drop for Beat {
    fn drop(&mut self) {
        self.change(|view| view.state = LoopState::Ended);
    }
}
