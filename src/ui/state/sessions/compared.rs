//! Two sessions beside each other, figure by figure, with the difference in words.

use std::cmp::Ordering;

use super::Opened;
use crate::ui::{
    catalogue::say,
    words::{
        dollars,
        kept::{figure, measured, outcome, span},
        spent_shortly,
    },
};

/// One row: what is compared, this session's, the other one's, and how they differ.
pub type Compared = [String; 4];

/// What is counted, since more of it has a word of its own.
#[derive(Clone, Copy)]
enum Kind {
    Amount,
    Count,
    Time,
}

/// Everything that two sessions are compared by. Each difference is told from the side of the first one.
pub fn compared(one: &Opened, other: &Opened) -> Vec<Compared> {
    let (line, beside) = (&one.file.line, &other.file.line);
    let (sums, others) = (&one.sums, &other.sums);
    let is_same = outcome(line) == outcome(beside);
    let ended = if is_same { say!("sessions-same") } else { say!("sessions-not-same") };
    let points = say!("sessions-points");
    let score = |score| measured(score, &points);
    vec![
        [say!("sessions-outcome"), outcome(line), outcome(beside), ended],
        row(say!("sessions-score"), [line.score, beside.score], Kind::Amount, score),
        counted(say!("sessions-steps"), [line.steps, beside.steps]),
        timed(say!("sessions-time-for-step"), [sums.cycle_ms, others.cycle_ms]),
        timed(say!("sessions-time-to-token"), [sums.first_token_ms, others.first_token_ms]),
        counted(say!("sessions-tokens"), [sums.tokens, others.tokens]),
        counted(say!("sessions-errors"), [sums.errors, others.errors]),
        cost([spent(one), spent(other)], [usd(one), usd(other)]),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "shown with few digits")]
fn whole(count: u64) -> f64 {
    count as f64
}

fn counted(name: String, counts: [u64; 2]) -> Compared {
    row(name, counts.map(|count| Some(whole(count))), Kind::Count, figure)
}

fn timed(name: String, values_ms: [Option<u64>; 2]) -> Compared {
    row(name, values_ms.map(|ms| ms.map(whole)), Kind::Time, milliseconds)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was a count of milliseconds before")]
fn milliseconds(ms: f64) -> String {
    span(ms.max(0.0) as u64)
}

fn row(name: String, [one, other]: [Option<f64>; 2], kind: Kind, words: impl Fn(f64) -> String) -> Compared {
    let said = |value: Option<f64>| value.map_or_else(|| say!("sessions-unknown"), &words);
    let difference = one.zip(other).map_or_else(
        || say!("sessions-cannot-be-told"),
        |(one, other)| apart(one.total_cmp(&other), kind, words((one - other).abs())),
    );
    [name, said(one), said(other), difference]
}

/// How the first one differs from the other one, and by how much.
fn apart(ordering: Ordering, kind: Kind, apart: String) -> String {
    match (ordering, kind) {
        (Ordering::Equal, _) => say!("sessions-same"),
        (Ordering::Greater, Kind::Amount | Kind::Count) => say!("sessions-more", apart = apart),
        (Ordering::Less, Kind::Amount) => say!("sessions-less", apart = apart),
        (Ordering::Less, Kind::Count) => say!("sessions-fewer", apart = apart),
        (Ordering::Greater, Kind::Time) => say!("sessions-slower", apart = apart),
        (Ordering::Less, Kind::Time) => say!("sessions-quicker", apart = apart),
    }
}

/// What was spent as it is said everywhere: *at least* where not every price is known.
fn cost([one, other]: [String; 2], usd: [Option<f64>; 2]) -> Compared {
    let [name, _, _, difference] = row(say!("sessions-cost"), usd, Kind::Amount, dollars);
    [name, one, other, difference]
}

fn spent(opened: &Opened) -> String {
    opened.file.report.as_ref().map_or_else(|| say!("sessions-unknown"), |report| spent_shortly(&report.spending))
}

/// Only where every price is known.
fn usd(opened: &Opened) -> Option<f64> {
    let spending = &opened.file.report.as_ref()?.spending;
    (spending.unpriced_calls == 0).then_some(spending.usd)
}
