//! What an environment may ask of the session around it.

use std::{fmt, sync::Arc};

use crate::protocol::{NoticeKind, PauseReason, Problem};

/// Ways to reach the session, each callable from any thread and at once. Cheap to clone.
#[derive(Clone)]
pub struct Hooks {
    /// Nothing new is asked or done from now on, until a person lets it go on. The first reason stays.
    pub pause: Arc<dyn Fn(PauseReason) + Send + Sync>,
    /// Whether it is paused now.
    pub is_paused: Arc<dyn Fn() -> bool + Send + Sync>,
    /// Ends the session as if Stop had been pressed; the words say who asked for it.
    pub stop: Arc<dyn Fn(String) + Send + Sync>,
    /// Says something that is no step.
    pub notice: Arc<dyn Fn(NoticeKind, String, Option<Problem>) + Send + Sync>,
}

impl Default for Hooks {
    /// Nobody listens.
    fn default() -> Self {
        Self {
            pause: Arc::new(|_| {}),
            is_paused: Arc::new(|| false),
            stop: Arc::new(|_| {}),
            notice: Arc::new(|_, _, _| {}),
        }
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Hooks")
    }
}
