//! What went where: bytes of questions and answers by host, provider and purpose.

use serde::{Deserialize, Serialize};

use crate::settings::Provider;

/// One line of the ledger. Bytes are those of bodies, which is what questions and answers are made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EgressLine {
    pub host: String,
    pub provider: Provider,
    /// Who asked, such as `expert.2` or `health check`.
    pub purpose: String,
    /// True for this machine.
    pub is_this_machine: bool,
    pub requests: u64,
    pub sent_bytes: u64,
    pub received_bytes: u64,
}

/// Bytes sent to other machines.
pub fn sent_away(lines: &[EgressLine]) -> u64 {
    lines.iter().filter(|line| !line.is_this_machine).map(|line| line.sent_bytes).sum()
}
