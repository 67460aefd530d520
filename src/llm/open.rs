//! The ledger of open things: every client by name, every request until its answer is read or dropped.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use crate::protocol::{CertificateItem, OpenKind, Outcome};

/// What is open now. Cheap to clone; all clones are the same ledger.
#[derive(Clone, Debug, Default)]
pub struct OpenThings(Arc<Mutex<Book>>);

#[derive(Debug, Default)]
struct Book {
    next: u64,
    requests: BTreeMap<u64, String>,
    clients: BTreeMap<u64, String>,
    last_good: Option<Instant>,
    watch: Option<Watch>,
}

/// The requests that were open when somebody began to watch, and when each ended.
#[derive(Debug)]
struct Watch {
    since: Instant,
    ended: BTreeMap<u64, Option<Instant>>,
    names: BTreeMap<u64, String>,
}

/// An open request or client; dropping it closes the entry.
#[derive(Debug)]
pub struct OpenGuard {
    ledger: OpenThings,
    number: u64,
    kind: OpenKind,
}

impl OpenThings {
    /// Nothing that holds this lock can panic in between, and a count is worth having even after a panic elsewhere.
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, kind: OpenKind, name: String) -> OpenGuard {
        let mut book = self.book();
        book.next += 1;
        let number = book.next;
        match kind {
            OpenKind::Client => book.clients.insert(number, name),
            _ => book.requests.insert(number, name),
        };
        OpenGuard { ledger: self.clone(), number, kind }
    }

    /// Notes a request as open, such as `expert.2 → POST /v1/chat/completions`.
    pub fn request(&self, name: String) -> OpenGuard {
        self.enter(OpenKind::Request, name)
    }

    /// Notes a client as open, such as `expert.2 (small-talker)`.
    pub fn client(&self, name: String) -> OpenGuard {
        self.enter(OpenKind::Client, name)
    }

    /// How many requests are open.
    pub fn requests(&self) -> usize {
        self.book().requests.len()
    }

    /// The clients that are open, each with the number that tells it from others of the same name.
    pub fn clients(&self) -> Vec<(u64, String)> {
        self.book().clients.iter().map(|(number, name)| (*number, name.clone())).collect()
    }

    /// Notes that a server gave a good answer.
    pub fn note_good_answer(&self) {
        self.book().last_good = Some(Instant::now());
    }

    /// When the last good answer came.
    pub fn last_good_answer(&self) -> Option<Instant> {
        self.book().last_good
    }

    /// From now on remembers how each request that is open now ends.
    pub fn begin_watch(&self) {
        let mut book = self.book();
        let names = book.requests.clone();
        let ended = names.keys().map(|&number| (number, None)).collect();
        book.watch = Some(Watch { since: Instant::now(), ended, names });
    }

    /// Ends the watch: one line for each request that was open when it began.
    pub fn end_watch(&self) -> Vec<CertificateItem> {
        let Some(watch) = self.book().watch.take() else { return Vec::new() };
        let line = |(number, ended): (u64, Option<Instant>)| CertificateItem {
            kind: OpenKind::Request,
            name: watch.names.get(&number).cloned().unwrap_or_default(),
            outcome: if ended.is_some() { Outcome::Closed } else { Outcome::Failed },
            took_ms: millis(ended.unwrap_or_else(Instant::now).duration_since(watch.since)),
            note: if ended.is_some() { "connection closed in mid-answer".into() } else { "still open".into() },
        };
        watch.ended.iter().map(|(&number, &ended)| line((number, ended))).collect()
    }
}

impl Drop for OpenGuard {
    fn drop(&mut self) {
        let mut book = self.ledger.book();
        match self.kind {
            OpenKind::Client => book.clients.remove(&self.number),
            _ => book.requests.remove(&self.number),
        };
        if let Some(ended) = book.watch.as_mut().and_then(|watch| watch.ended.get_mut(&self.number)) {
            *ended = Some(Instant::now());
        }
    }
}

/// A duration in whole milliseconds.
pub fn millis(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watch_tells_what_closed_and_what_did_not() {
        let ledger = OpenThings::default();
        let (first, second) = (ledger.request("first".into()), ledger.request("second".into()));
        let _client = ledger.client("expert.1".into());
        ledger.begin_watch();
        drop(first);
        let lines = ledger.end_watch();
        let short: Vec<_> = lines.iter().map(|line| (line.name.as_str(), line.outcome)).collect();
        assert_eq!(short, [("first", Outcome::Closed), ("second", Outcome::Failed)]);
        assert_eq!((ledger.requests(), ledger.clients()), (1, vec![(3, "expert.1".to_owned())]));
        drop(second);
        assert_eq!(ledger.requests(), 0);
    }
}
