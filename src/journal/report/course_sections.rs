//! The sections about the course of a session: decisions worth reading, the narrator, pauses and questions to a person,
//! the steps.

use super::{
    contents::{Fact, Report, Tone},
    course::{Stop, Told},
    layout::{
        Block,
        Column::{self, Number, Text},
        Row, Section, Table, ends,
    },
    reading::Reading,
    sections::{CELL, MOST_ROWS, PASSAGE, length},
    text::short,
    words,
};
use crate::protocol::{AdviceCost, EffectStatus, Judgement, ProposalView, StepReport};

/// Letters of what was seen before a decision.
const SEEN: usize = 600;

/// Decisions with their chains; none where nothing was decided.
pub fn readings(report: &Report<'_>) -> Option<Section<'static>> {
    let blocks: Vec<Block<'static>> = report.readings.iter().flat_map(reading).collect();
    (!blocks.is_empty()).then_some(Section { id: "decisions", title: "Decisions worth reading", blocks })
}

fn reading(reading: &Reading<'_>) -> Vec<Block<'static>> {
    let which = reading
        .step
        .map_or_else(|| format!("Question {}, not carried out", reading.question), |step| format!("Step {step}"));
    let action = short(&words::action(reading.action), CELL);
    let mut blocks = vec![
        Block::Heading(format!("{which}: {action}")),
        Block::Words(short(&format!("Worth reading: {}", reading.why), PASSAGE)),
        Block::Facts(chain(reading)),
    ];
    if !reading.proposals.is_empty() {
        let rows = reading.proposals.iter().map(|proposal| self::proposal(proposal, reading.judgement)).collect();
        let columns = &[
            Text("Proposed by"),
            Text("Action"),
            Text("Thought"),
            Number("Confidence"),
            Text("Followed"),
            Number("Took"),
            Number("Would have cost"),
        ];
        blocks.push(Block::Table(Table { caption: "Proposals", columns, rows }));
    }
    blocks
}

/// From what was seen to what it cost.
fn chain(reading: &Reading<'_>) -> Vec<Fact> {
    let seen = reading.seen.map(|seen| Fact::new("Seen", short(words::or_none(seen, "nothing"), SEEN)));
    let because = words::or_none(reading.because, "no reason was given");
    let decided = format!("by {} after {}: {because}", reading.by, words::duration(reading.took_ms));
    let mut facts: Vec<Fact> = seen.into_iter().collect();
    facts.push(Fact::new("Decided", short(&decided, PASSAGE)));
    if !reading.shortfalls.is_empty() {
        facts.push(Fact::new("Fell short", short(&reading.shortfalls.join("; "), PASSAGE)));
    }
    if let Some(effect) = reading.effect {
        let score = reading.score.map_or_else(String::new, |score| format!(" (score {})", words::figure(score)));
        let came = format!("{}: {}{score}", words::effect(effect.status), effect.text);
        facts.push(Fact::new("What came of it", short(&came, PASSAGE)));
    }
    if let Some(judgement) = reading.judgement {
        let (bound, at_least) =
            if judgement.is_proved { ("", "") } else { (", as far as it was searched", "at least ") };
        let possible = words::figure(judgement.still_possible);
        let cost = words::points(judgement.cost);
        facts.push(Fact::new("Cost", format!("{cost}{bound}; {at_least}{possible} could still be reached after it")));
    }
    facts.push(Fact::new("When", words::since(reading.at_ms)));
    facts
}

fn proposal(proposal: &ProposalView, judgement: Option<&Judgement>) -> Row {
    // Several experts may look at the same thing; the one that was followed is told apart.
    let advice = judgement.map_or(&[][..], |judgement| &judgement.advice[..]);
    let of_title: Vec<&AdviceCost> = advice.iter().filter(|advice| advice.title == proposal.title).collect();
    let alike = of_title.iter().find(|advice| advice.was_followed == proposal.followed).or(of_title.first());
    let action = proposal.action.as_ref().map_or_else(|| "nothing usable".to_owned(), words::action);
    Row::plain(vec![
        short(&proposal.title, CELL),
        short(&action, CELL),
        short(&proposal.thought, CELL),
        format!("{:.0} %", proposal.confidence * 100.0),
        if proposal.followed { "yes" } else { "no" }.to_owned(),
        words::duration(proposal.took_ms),
        alike.map_or_else(String::new, |advice| cost_of(advice)),
    ])
}

fn cost_of(advice: &AdviceCost) -> String {
    let points = words::points(advice.cost);
    if advice.is_proved { points } else { format!("{points}, as far as it was searched") }
}

/// The narrator's lines; none where it said nothing.
pub fn narrations(report: &Report<'_>) -> Option<Section<'static>> {
    let row = |told: &Told<'_>| {
        let (at, step) = (words::since(told.at_ms), words::number(told.step));
        Row::plain(vec![at, step, short(told.text, PASSAGE), short(told.by, CELL)])
    };
    let columns = &[Number("Time"), Number("Step"), Text("Said"), Text("By")];
    let blocks = long_table("What the narrator said", columns, &report.narrations, row)?;
    Some(Section { id: "narrator", title: "As the narrator told it", blocks })
}

/// Pauses and questions to a person; none where there were none.
pub fn stops(report: &Report<'_>) -> Option<Section<'static>> {
    let row = |stop: &Stop<'_>| {
        let came = words::or_none(&stop.came_of_it, "still open at the end");
        let word = stop.word.map_or_else(String::new, |word| format!(": {word}"));
        let took = stop.took_ms.map_or_else(String::new, words::duration);
        let what = short(&stop.what, CELL);
        Row::plain(vec![words::since(stop.at_ms), what, short(&format!("{came}{word}"), CELL), took])
    };
    let columns = &[Number("Time"), Text("What"), Text("What came of it"), Number("After")];
    let blocks = long_table("Pauses and questions to a person", columns, &report.stops, row)?;
    Some(Section { id: "stops", title: "Pauses and approvals", blocks })
}

/// What was done, step by step; none where nothing was done.
pub fn actions(report: &Report<'_>) -> Option<Section<'static>> {
    let row = |(at_ms, step): &(u64, &StepReport)| {
        let tone = match step.effect.status {
            EffectStatus::Done => Tone::Plain,
            EffectStatus::Rejected | EffectStatus::Uncertain => Tone::Warn,
            EffectStatus::Failed => Tone::Bad,
        };
        let how = match step.effect.status {
            EffectStatus::Done => String::new(),
            status => format!("{}: ", words::effect(status)),
        };
        let cells = vec![
            words::number(step.step),
            words::since(*at_ms),
            short(&words::action(&step.action), CELL),
            short(&step.by, CELL),
            short(&format!("{how}{}", step.effect.text), CELL),
            step.score.map_or_else(String::new, words::figure),
        ];
        Row { tone, cells }
    };
    let columns =
        &[Number("Step"), Number("Time"), Text("Action"), Text("Decided by"), Text("What came of it"), Number("Score")];
    let blocks = long_table("The steps", columns, &report.actions, row)?;
    Some(Section { id: "steps", title: "Steps", blocks })
}

/// Both ends of a list that grows with the session, and how much lies between them.
fn long_table<T>(
    caption: &'static str,
    columns: &'static [Column],
    all: &[T],
    row: impl Fn(&T) -> Row,
) -> Option<Vec<Block<'static>>> {
    if all.is_empty() {
        return None;
    }
    let (first, between, last) = ends(all, MOST_ROWS);
    let table = |rows: &[T]| Block::Table(Table { caption, columns, rows: rows.iter().map(&row).collect() });
    let mut blocks = vec![table(first)];
    if between > 0 {
        let lines = words::counted(length(between), "line", "lines");
        blocks.push(Block::Words(format!("{lines} between are left out here; the report as JSON has all of them")));
        blocks.push(table(last));
    }
    Some(blocks)
}
