//! Whole sessions with models in the cloud, against providers that can be disturbed: every way of thinking under every
//! policy, providers that go away and come back, budgets, the ledger beside what a forwarder counted, and how long many
//! experts take.
//!
//! | file | what |
//! |---|---|
//! | `provider`, `counter`, `latency` | pretend providers in this process; a forwarder that counts bytes; one that is only late |
//! | `session` | a session in a worker of its own |
//! | `ways` | every way of thinking under every policy ends clean |
//! | `away` | a provider is pulled away in mid-session and comes back |
//! | `limits` | budgets, places, requests a minute |
//! | `ledger` | what left, and what was spent |
//! | `many` | sixteen experts, and the clients of `parallel` closed in mid-call |

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    clippy::too_many_lines,
    reason = "a test fails by panicking, and a table is as long as what it lists"
)]

mod away;
mod counter;
mod latency;
mod ledger;
mod limits;
mod many;
mod provider;
mod session;
mod ways;
