//! The egress ledger: every byte of a question or an answer, by host, provider and purpose.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use url::Url;

use super::address::is_loopback;
use crate::{protocol::EgressLine, settings::Provider};

/// What went where since the program started. Cheap to clone; all clones are the same ledger.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<BTreeMap<Place, Arc<Amount>>>>);

/// Where bytes went, for whom and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    host: String,
    provider: Provider,
    purpose: String,
    is_this_machine: bool,
}

/// Counted on without the lock: an answer that streams comes in very many pieces.
#[derive(Debug, Default)]
struct Amount {
    requests: AtomicU64,
    sent_bytes: AtomicU64,
    received_bytes: AtomicU64,
}

/// One request's line, on which what comes back is counted.
#[derive(Clone, Debug)]
pub struct Entry(Arc<Amount>);

impl Ledger {
    /// Counts are never left half-written, so they are worth reading even after a panic elsewhere.
    fn book(&self) -> MutexGuard<'_, BTreeMap<Place, Arc<Amount>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a request that is about to be sent with so many bytes of body.
    pub fn sent(&self, url: &Url, provider: Provider, purpose: &str, bytes: usize) -> Entry {
        let host = url.host_str().unwrap_or_default().to_owned();
        let place = Place { host, provider, purpose: purpose.to_owned(), is_this_machine: is_loopback(url) };
        let mut book = self.book();
        let amount = book.entry(place).or_default();
        amount.requests.fetch_add(1, Ordering::Relaxed);
        amount.sent_bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        Entry(Arc::clone(amount))
    }

    /// Every line, by host.
    pub fn read(&self) -> Vec<EgressLine> {
        let line = |(place, amount): (&Place, &Arc<Amount>)| EgressLine {
            host: place.host.clone(),
            provider: place.provider,
            purpose: place.purpose.clone(),
            is_this_machine: place.is_this_machine,
            requests: amount.requests.load(Ordering::Relaxed),
            sent_bytes: amount.sent_bytes.load(Ordering::Relaxed),
            received_bytes: amount.received_bytes.load(Ordering::Relaxed),
        };
        self.book().iter().map(line).collect()
    }

    /// What was added since an earlier reading.
    pub fn since(&self, before: &[EgressLine]) -> Vec<EgressLine> {
        let same = |line: &EgressLine, other: &EgressLine| {
            (&line.host, line.provider, &line.purpose) == (&other.host, other.provider, &other.purpose)
        };
        let added = |line: EgressLine| {
            let Some(old) = before.iter().find(|old| same(old, &line)) else { return Some(line) };
            let requests = line.requests - old.requests;
            let (sent_bytes, received_bytes) =
                (line.sent_bytes - old.sent_bytes, line.received_bytes - old.received_bytes);
            (requests + sent_bytes + received_bytes > 0).then_some(EgressLine {
                requests,
                sent_bytes,
                received_bytes,
                ..line
            })
        };
        self.read().into_iter().filter_map(added).collect()
    }
}

impl Entry {
    /// Notes bytes of the answer.
    pub fn received(&self, bytes: usize) {
        self.0.received_bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::sent_away;

    #[test]
    fn bytes_are_kept_apart_by_host_and_purpose_and_a_session_has_its_own() {
        let ledger = Ledger::default();
        let here = Url::parse("http://127.0.0.1:1234/v1/models").unwrap();
        let away = Url::parse("https://api.anthropic.com/v1/messages").unwrap();
        ledger.sent(&here, Provider::Local, "expert.1", 10).received(20);
        let before = ledger.read();
        ledger.sent(&away, Provider::Claude, "expert.2", 30).received(40);
        ledger.sent(&here, Provider::Local, "expert.1", 1);
        assert_eq!(sent_away(&ledger.read()), 30);
        let added: Vec<_> =
            ledger.since(&before).into_iter().map(|line| (line.host, line.sent_bytes, line.received_bytes)).collect();
        assert_eq!(added, [("127.0.0.1".to_owned(), 1, 0), ("api.anthropic.com".to_owned(), 30, 40)]);
    }
}
