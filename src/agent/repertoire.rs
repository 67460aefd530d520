//! What can be done now: the actions that the environment offers, with what checks their arguments. A tool server may
//! offer others while the session runs, so the list is read again whenever it says that it has changed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::validation::Validation;
use crate::{
    environment::Environment,
    protocol::{ActionSpec, Risk},
};

/// What the environment offers. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Repertoire(Arc<Mutex<Arc<Offer>>>);

/// The actions of one moment.
#[derive(Debug, Default)]
pub struct Offer {
    /// As the environment counts its lists.
    generation: u64,
    pub actions: Arc<Vec<ActionSpec>>,
    pub validation: Validation,
}

impl Offer {
    fn of(environment: &dyn Environment) -> Self {
        let actions = environment.actions();
        let validation = Validation::new(&actions);
        Self { generation: environment.generation(), actions: Arc::new(actions), validation }
    }

    /// How much harm an action of this name can do. What nobody knows may do anything.
    pub fn risk(&self, name: &str) -> Risk {
        self.actions.iter().find(|spec| spec.name == name).map_or(Risk::OpenWorld, |spec| spec.risk)
    }
}

impl Repertoire {
    /// What this environment offers now.
    pub fn of(environment: &dyn Environment) -> Self {
        Self(Arc::new(Mutex::new(Arc::new(Offer::of(environment)))))
    }

    fn offer(&self) -> MutexGuard<'_, Arc<Offer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is offered; it stays as it is in the hands of whoever has read it.
    pub fn read(&self) -> Arc<Offer> {
        Arc::clone(&self.offer())
    }

    /// Reads the list again if it has changed since the last time.
    pub fn follow(&self, environment: &dyn Environment) {
        if self.offer().generation == environment.generation() {
            return;
        }
        let offer = Arc::new(Offer::of(environment));
        *self.offer() = offer;
    }
}
