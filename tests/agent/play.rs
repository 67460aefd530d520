//! What one action does in the scripted land.

use std::time::Duration;

use singularis::{environment::Observation, protocol::EffectStatus};

type Then = Box<dyn FnOnce(&mut Observation) + Send>;

/// What one action does.
pub struct Play {
    pub takes: Duration,
    pub status: EffectStatus,
    pub text: &'static str,
    pub changed: bool,
    pub then: Option<Then>,
}

impl Play {
    /// It happens, and something is different afterwards.
    pub fn done() -> Self {
        Self { takes: Duration::ZERO, status: EffectStatus::Done, text: "done", changed: true, then: None }
    }

    /// It happens, and nothing is different afterwards.
    pub fn idle() -> Self {
        Self { changed: false, ..Self::done() }
    }

    /// It does not happen, or nobody knows.
    pub fn of(status: EffectStatus, text: &'static str) -> Self {
        Self { status, text, ..Self::idle() }
    }

    pub fn taking(self, milliseconds: u64) -> Self {
        Self { takes: Duration::from_millis(milliseconds), ..self }
    }

    /// What is different afterwards, if it happens.
    pub fn then(self, change: impl FnOnce(&mut Observation) + Send + 'static) -> Self {
        Self { then: Some(Box::new(change)), ..self }
    }
}
