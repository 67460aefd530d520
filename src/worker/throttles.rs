//! The limits of every provider. They outlive sessions: what was asked a minute ago counts in the next one too.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    llm::{
        meter::MinuteLimits,
        throttle::{Limits, Throttle},
    },
    settings::{Account, Provider},
};

/// One throttle for each account and each local endpoint. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct Throttles(Arc<Mutex<BTreeMap<(Provider, String), Throttle>>>);

impl Throttles {
    /// The one of this provider and place; an account has no name beside its provider's.
    pub fn of(&self, provider: Provider, place: &str) -> Throttle {
        let mut throttles = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        throttles.entry((provider, place.to_owned())).or_insert_with(|| Throttle::of(provider)).clone()
    }

    /// The one of an account, with its limits of now.
    pub fn of_account(&self, provider: Provider, account: &Account) -> Throttle {
        let throttle = self.of(provider, account.url.trim());
        throttle.set(Limits {
            at_once: u64::from(account.at_once),
            in_minute: MinuteLimits {
                requests: u64::from(account.requests_per_minute),
                tokens: account.tokens_per_minute,
            },
        });
        throttle
    }

    /// A key was changed: whoever was left alone for the old one is asked again.
    pub fn forget(&self, provider: Provider) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(of, _), _| *of != provider);
    }
}
