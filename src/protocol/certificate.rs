//! The proof that everything ended: what was open when Stop came, how each thing closed, and what a second look found.

use serde::{Deserialize, Serialize};

/// What kind of thing had to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenKind {
    Loop,
    Request,
    Environment,
    Key,
    Child,
    Client,
    Journal,
}

impl OpenKind {
    /// One lower-case word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Request => "request",
            Self::Environment => "environment",
            Self::Key => "key",
            Self::Child => "child process",
            Self::Client => "client",
            Self::Journal => "journal",
        }
    }
}

/// How one thing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It ended by itself when asked.
    Closed,
    /// It did not react and was ended by force at the deadline.
    Aborted,
    /// It ended with an error or a panic.
    Failed,
    /// There is no means here to tell. Never counted as clean evidence, never shown as green.
    NotVerifiable,
}

impl Outcome {
    /// For people, in a word or two.
    pub fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Aborted => "aborted",
            Self::Failed => "failed",
            Self::NotVerifiable => "not verifiable",
        }
    }
}

/// One line of the certificate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CertificateItem {
    pub kind: OpenKind,
    pub name: String,
    pub outcome: Outcome,
    /// From the moment it was asked to end.
    pub took_ms: u64,
    /// In its own words, such as `stopped cleanly at cycle 41`. Empty if there is nothing to add.
    pub note: String,
}

/// What was still open when everything should have ended. `None` means that this system offers no way to count it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAfter {
    pub tasks: usize,
    pub requests: usize,
    pub sockets: Option<usize>,
    pub children: usize,
    pub keys: usize,
}

impl OpenAfter {
    /// True when everything that can be counted is zero.
    pub fn is_empty(&self) -> bool {
        self.tasks == 0 && self.requests == 0 && self.sockets.unwrap_or(0) == 0 && self.children == 0 && self.keys == 0
    }
}

/// What a certificate comes to, in the words and the colour it deserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Everything ended, and it was seen.
    Complete,
    /// Nothing is known to be left, but not everything could be looked at.
    Partial,
    /// Something did not end as it should.
    Broken,
}

impl Proof {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Complete => "Everything ended",
            Self::Partial => "Everything here ended; what is marked could not be verified",
            Self::Broken => "Not everything ended as it should",
        }
    }
}

/// The whole proof.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// True when every item closed by itself and nothing that can be counted was left open.
    pub clean: bool,
    /// From the press of Stop until no new model call and no new action could begin, in milliseconds.
    pub gate_closed_ms: f64,
    /// From the press of Stop until everything had ended, in milliseconds.
    pub stopped_ms: f64,
    pub items: Vec<CertificateItem>,
    pub open_after: OpenAfter,
}

impl Certificate {
    /// How much it proves.
    pub fn proof(&self) -> Proof {
        let is_seen =
            self.open_after.sockets.is_some() && self.items.iter().all(|item| item.outcome != Outcome::NotVerifiable);
        match (self.clean, is_seen) {
            (false, _) => Proof::Broken,
            (true, true) => Proof::Complete,
            (true, false) => Proof::Partial,
        }
    }

    /// Draws the conclusion from the evidence.
    pub fn conclude(gate_closed_ms: f64, stopped_ms: f64, items: Vec<CertificateItem>, open_after: OpenAfter) -> Self {
        let closed = items.iter().all(|item| matches!(item.outcome, Outcome::Closed | Outcome::NotVerifiable));
        Self { clean: closed && open_after.is_empty(), gate_closed_ms, stopped_ms, items, open_after }
    }
}
