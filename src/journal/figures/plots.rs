//! Courses over time: score, cycle time, how soon and how fast models answered, the queue, errors. A plot without any
//! point is left out.

use std::collections::BTreeMap;

use super::{
    errors,
    experts::{self, Titles},
    left_at,
};
use crate::protocol::{Call, CallState, Plot, PlotLine, SessionFile, What};

/// Every plot that has something to show, in the order in which they are read.
pub fn of(file: &SessionFile, calls: &[(u64, &Call)]) -> Vec<Plot> {
    let titles = Titles::of(file);
    let plots = [
        score(file),
        cycle_time(file),
        first_token(calls, &titles),
        tokens_a_second(calls, &titles),
        waiting(calls),
        errors_by_cause(file, calls),
    ];
    plots.into_iter().filter(|plot| !plot.lines.is_empty()).collect()
}

/// Courses by name, in the order in which the names came.
#[derive(Default)]
struct Lines(Vec<PlotLine>);

impl Lines {
    /// A value that is no number cannot be drawn and is left out.
    fn add(&mut self, name: &str, at_ms: u64, value: f64) {
        if !value.is_finite() {
            return;
        }
        let known = self.0.iter().position(|line| line.name == name);
        let index = known.unwrap_or_else(|| {
            self.0.push(PlotLine { name: name.to_owned(), points: Vec::new() });
            self.0.len() - 1
        });
        self.0[index].points.push((at_ms, value));
    }

    /// Lines that are named by their roles, in the order of the parts and each under the title of its part. Where
    /// several parts bear one title, the role tells them apart.
    fn by_part(mut self, titles: &Titles<'_>) -> Self {
        self.0.sort_by_cached_key(|line| experts::place(&line.name));
        let known: Vec<String> = self.0.iter().map(|line| titles.title(&line.name)).collect();
        for (line, title) in self.0.iter_mut().zip(&known) {
            let is_shared = known.iter().filter(|other| *other == title).count() > 1;
            line.name = if is_shared { format!("{title} ({})", line.name) } else { title.clone() };
        }
        self
    }

    fn plot(mut self, title: &str, unit: &str, events: bool) -> Plot {
        for line in &mut self.0 {
            line.points.sort_by_key(|(at_ms, _)| *at_ms);
        }
        Plot { title: title.to_owned(), unit: unit.to_owned(), lines: self.0, events }
    }
}

/// What was seen first, and then after every step.
fn score(file: &SessionFile) -> Plot {
    let mut lines = Lines::default();
    for record in &file.records {
        let score = match &record.what {
            What::Observed(seen) if lines.0.is_empty() => seen.score,
            What::Stepped(step) => step.score.or(step.effect.score),
            _ => None,
        };
        if let Some(score) = score {
            lines.add("score", record.at_ms, score);
        }
    }
    lines.plot("Score", "points", false)
}

/// From the look to the effect, of the steps that were decided.
fn cycle_time(file: &SessionFile) -> Plot {
    let mut lines = Lines::default();
    for record in &file.records {
        if let What::Stepped(step) = &record.what
            && step.question.is_some()
        {
            lines.add("decision", record.at_ms, seconds(step.took_ms));
        }
    }
    lines.plot("Cycle time", "s", false)
}

fn first_token(calls: &[(u64, &Call)], titles: &Titles<'_>) -> Plot {
    let mut lines = Lines::default();
    for (at_ms, call) in answered(calls) {
        if let Some(first) = call.first_token_at_ms {
            lines.add(&call.role, at_ms, seconds(first.saturating_sub(left_at(call))));
        }
    }
    lines.by_part(titles).plot("Time to first token", "s", false)
}

fn tokens_a_second(calls: &[(u64, &Call)], titles: &Titles<'_>) -> Plot {
    let mut lines = Lines::default();
    for (at_ms, call) in answered(calls) {
        if let Some(rate) = call.tokens_per_second {
            lines.add(&call.role, at_ms, rate);
        }
    }
    lines.by_part(titles).plot("Tokens a second", "tokens/s", false)
}

/// How long each question waited until its provider's limits let it leave.
fn waiting(calls: &[(u64, &Call)]) -> Plot {
    let mut lines = Lines::default();
    for (_, call) in calls {
        if let Some(left) = call.left_at_ms {
            lines.add(call.provider.title(), left, seconds(left.saturating_sub(call.asked_at_ms)));
        }
    }
    lines.plot("Waiting for its turn", "s", false)
}

fn errors_by_cause(file: &SessionFile, calls: &[(u64, &Call)]) -> Plot {
    let mut lines = Lines::default();
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    for seen in errors::seen(file, calls).iter().filter(|seen| !seen.is_echo) {
        let count = counts.entry(seen.name()).or_default();
        *count += 1.0;
        lines.add(seen.name(), seen.at_ms, *count);
    }
    lines.plot("Errors by cause", "events", true)
}

fn answered<'a>(calls: &'a [(u64, &'a Call)]) -> impl Iterator<Item = (u64, &'a Call)> {
    calls.iter().copied().filter(|(_, call)| call.state == CallState::Answered)
}

#[expect(clippy::cast_precision_loss, reason = "drawn in a plot")]
fn seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}
