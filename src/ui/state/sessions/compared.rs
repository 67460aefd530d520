//! Two sessions beside each other, figure by figure, with the difference in words.

use std::cmp::Ordering;

use super::Opened;
use crate::ui::words::{
    dollars,
    kept::{figure, measured, outcome, span},
    spent_shortly,
};

/// One row: what is compared, this session's, the other one's, and how they differ.
pub type Compared = [String; 4];

/// Everything that two sessions are compared by. Each difference is told from the side of the first one.
pub fn compared(one: &Opened, other: &Opened) -> Vec<Compared> {
    let (line, beside) = (&one.file.line, &other.file.line);
    let (sums, others) = (&one.sums, &other.sums);
    let is_same = outcome(line) == outcome(beside);
    let ended = if is_same { "the same" } else { "not the same" };
    vec![
        ["Outcome", outcome(line), outcome(beside), ended].map(str::to_owned),
        row("Score", [line.score, beside.score], "more", "less", |score| measured(score, "points")),
        counted("Steps", [line.steps, beside.steps]),
        timed("Time for a step", [sums.cycle_ms, others.cycle_ms]),
        timed("Time to first token", [sums.first_token_ms, others.first_token_ms]),
        counted("Tokens", [sums.tokens, others.tokens]),
        counted("Errors", [sums.errors, others.errors]),
        cost([spent(one), spent(other)], [usd(one), usd(other)]),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "shown with few digits")]
fn whole(count: u64) -> f64 {
    count as f64
}

fn counted(name: &str, counts: [u64; 2]) -> Compared {
    row(name, counts.map(|count| Some(whole(count))), "more", "fewer", figure)
}

fn timed(name: &str, values_ms: [Option<u64>; 2]) -> Compared {
    row(name, values_ms.map(|ms| ms.map(whole)), "slower", "quicker", milliseconds)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was a count of milliseconds before")]
fn milliseconds(ms: f64) -> String {
    span(ms.max(0.0) as u64)
}

fn row(name: &str, [one, other]: [Option<f64>; 2], more: &str, less: &str, words: impl Fn(f64) -> String) -> Compared {
    let said = |value: Option<f64>| value.map_or_else(|| "unknown".to_owned(), &words);
    let difference = one.zip(other).map_or_else(
        || "cannot be told".to_owned(),
        |(one, other)| {
            let apart = words((one - other).abs());
            match one.total_cmp(&other) {
                Ordering::Greater => format!("{apart} {more}"),
                Ordering::Less => format!("{apart} {less}"),
                Ordering::Equal => "the same".to_owned(),
            }
        },
    );
    [name.to_owned(), said(one), said(other), difference]
}

/// What was spent as it is said everywhere: *at least* where not every price is known.
fn cost(said: [String; 2], [one, other]: [Option<f64>; 2]) -> Compared {
    let [name, _, _, difference] = row("Cost", [one, other], "more", "less", dollars);
    let [one, other] = said;
    [name, one, other, difference]
}

fn spent(opened: &Opened) -> String {
    opened.file.report.as_ref().map_or_else(|| "unknown".to_owned(), |report| spent_shortly(&report.spending))
}

/// Only where every price is known.
fn usd(opened: &Opened) -> Option<f64> {
    let spending = &opened.file.report.as_ref()?.spending;
    (spending.unpriced_calls == 0).then_some(spending.usd)
}
