//! What all connections of one demo server share.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::Value;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    catalogue::Catalogue,
    config::{DemoApi, DemoConfig},
    faults::Faults,
    generation::Pace,
    slots::Activity,
};

/// Older requests than these are forgotten.
const REQUESTS_KEPT: usize = 512;

/// A request as it arrived. Headers are left out: one of them may be a token.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenRequest {
    pub method: String,
    pub path: String,
    /// `Null` without a body, or with one that is no JSON.
    pub body: Value,
}

pub(super) struct State {
    pub api: DemoApi,
    pub token: Option<String>,
    pub pace: Pace,
    pub just_in_time_loading: bool,
    pub catalogue: Catalogue,
    pub activity: Arc<Activity>,
    pub faults: Faults,
    pub stop: CancellationToken,
    /// Generations that outlive their connection, as a fault demands.
    pub strays: TaskTracker,
    seen: Mutex<VecDeque<SeenRequest>>,
    issued: AtomicU64,
}

impl State {
    pub fn new(config: DemoConfig) -> Self {
        Self {
            api: config.api,
            token: config.token,
            pace: Pace { first_token_after: config.first_token_after, between_tokens: config.token_pace },
            just_in_time_loading: config.just_in_time_loading,
            catalogue: Catalogue::new(config.models, config.just_in_time_loading, config.load_takes),
            activity: Arc::default(),
            faults: Faults::new(config.faults),
            stop: CancellationToken::new(),
            strays: TaskTracker::new(),
            seen: Mutex::default(),
            issued: AtomicU64::new(1),
        }
    }

    /// A number nobody got before, for ids.
    pub fn next_number(&self) -> u64 {
        self.issued.fetch_add(1, Ordering::Relaxed)
    }

    pub fn remember(&self, request: SeenRequest) {
        let mut seen = self.lock_seen();
        if seen.len() == REQUESTS_KEPT {
            seen.pop_front();
        }
        seen.push_back(request);
    }

    pub fn requests(&self) -> Vec<SeenRequest> {
        self.lock_seen().iter().cloned().collect()
    }

    fn lock_seen(&self) -> MutexGuard<'_, VecDeque<SeenRequest>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_requests_are_kept() {
        let state = State::new(DemoConfig::default());
        for number in 0..=REQUESTS_KEPT {
            let path = format!("/{number}");
            state.remember(SeenRequest { method: "GET".to_owned(), path, body: Value::Null });
        }
        let kept = state.requests();
        assert_eq!(kept.len(), REQUESTS_KEPT);
        assert_eq!(kept.first().map(|request| request.path.as_str()), Some("/1"));
    }
}
