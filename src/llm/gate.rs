//! The gate in front of every model call and every action: open while a session runs, shut for good by Stop.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

/// A one-way switch shared by everything that may begin something. It fails closed: once shut it stays shut.
#[derive(Clone, Debug, Default)]
pub struct Gate(Arc<State>);

#[derive(Debug, Default)]
struct State {
    shut: AtomicBool,
    passed: AtomicU64,
}

/// The gate is shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shut;

impl Gate {
    /// Asks to begin something.
    pub fn pass(&self) -> Result<(), Shut> {
        if self.0.shut.load(Ordering::SeqCst) {
            return Err(Shut);
        }
        self.0.passed.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    /// From now on nothing new begins.
    pub fn shut(&self) {
        self.0.shut.store(true, Ordering::SeqCst);
    }

    pub fn is_shut(&self) -> bool {
        self.0.shut.load(Ordering::SeqCst)
    }

    /// How many things have begun.
    pub fn passed(&self) -> u64 {
        self.0.passed.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shut_gate_stays_shut_for_every_clone() {
        let gate = Gate::default();
        let other = gate.clone();
        assert_eq!(other.pass(), Ok(()));
        gate.shut();
        assert_eq!((other.pass(), other.is_shut(), other.passed()), (Err(Shut), true, 1));
    }
}
