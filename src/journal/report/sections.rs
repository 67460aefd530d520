//! The contents of a report in the order in which they are read: how it ended, what was asked, what was done, which
//! decisions to read, what went wrong, and the proof that everything ended.

use super::{
    contents::{Fact, Report, Tone},
    course_sections,
    layout::{
        Block,
        Column::{Number, Text},
        Row, Section, Table, ends,
    },
    model_sections,
    text::short,
    words,
};
use crate::protocol::{Cause, Certificate, Outcome, Problem, Proof, Remedy, SessionState};

/// Letters of a text in a cell of a table.
pub const CELL: usize = 300;
/// Letters of a text that stands for itself.
pub const PASSAGE: usize = 2_000;
/// Lines of a table that grows with the session.
pub const MOST_ROWS: usize = 100;

/// Everything, from the outcome to the certificate.
pub fn of<'a>(report: &'a Report<'_>) -> Vec<Section<'a>> {
    let sections = [
        Some(outcome(report)),
        Some(Section { id: "asked", title: "What was asked", blocks: vec![Block::Facts(facts(&report.asked))] }),
        Some(done(report)),
        course_sections::readings(report),
        course_sections::narrations(report),
        model_sections::experts(report),
        Some(errors(report)),
        Some(model_sections::answerers(report)),
        Some(model_sections::egress(report)),
        Some(model_sections::spending(report)),
        course_sections::stops(report),
        Some(certificate(report)),
        course_sections::actions(report),
    ];
    sections.into_iter().flatten().collect()
}

/// Facts that can be long are cut.
fn facts(facts: &[Fact]) -> Vec<Fact> {
    facts.iter().map(|fact| Fact::new(fact.name, short(&fact.value, PASSAGE))).collect()
}

fn outcome(report: &Report<'_>) -> Section<'static> {
    let verdict = &report.verdict;
    let mut blocks = vec![
        Block::Note { tone: verdict.tone, words: verdict.words.clone(), details: Vec::new() },
        Block::Tiles(tiles(report)),
    ];
    blocks.extend(report.problem.map(problem));
    let under_way = match report.state {
        SessionState::Interrupted => "When it was cut off, this was under way",
        SessionState::Running | SessionState::Ended => "When this report was written, this was under way",
    };
    blocks.extend(note(Tone::Warn, under_way, &report.in_flight));
    let left: Vec<String> = report.left.iter().map(|left| format!("{}: {}", left.kind.word(), left.name)).collect();
    blocks.extend(note(Tone::Warn, "This was begun for the session, and nobody saw it end", &left));
    if let Some(summary) = report.summary {
        blocks.push(Block::Quote { words: short(summary, PASSAGE), by: "told by a model".to_owned() });
    }
    Section { id: "outcome", title: "Outcome", blocks }
}

fn tiles(report: &Report<'_>) -> Vec<Fact> {
    let mut tiles = vec![
        Fact::new("Score", words::known_figure(report.score)),
        Fact::new("Steps", words::number(report.steps)),
        Fact::new("Took", words::duration(report.took_ms)),
        Fact::new("Calls of models", words::number(report.spending.calls)),
        Fact::new("Cost", model_sections::spent(&report.spending)),
    ];
    let errors: u64 = report.figures.errors.iter().map(|pattern| pattern.count).sum();
    tiles.push(Fact::new("Errors", words::number(errors)));
    tiles
}

fn problem(problem: &Problem) -> Block<'static> {
    let remedies = problem.remedies.iter().map(|remedy| match remedy {
        Remedy::Action(fix) => format!("What helps: {}", fix.label()),
        Remedy::Advice { text } => format!("What helps: {text}"),
    });
    let details = problem.details.iter().cloned().chain(remedies).map(|detail| short(&detail, PASSAGE)).collect();
    Block::Note { tone: Tone::Bad, words: short(&problem.summary, PASSAGE), details }
}

/// A note with details; none where there are no details.
fn note(tone: Tone, words: &str, details: &[String]) -> Option<Block<'static>> {
    let details: Vec<String> = details.iter().map(|detail| short(detail, PASSAGE)).collect();
    (!details.is_empty()).then(|| Block::Note { tone, words: words.to_owned(), details })
}

fn done<'a>(report: &'a Report<'_>) -> Section<'a> {
    let mut blocks = Vec::new();
    if !report.done.is_empty() {
        blocks.push(Block::Facts(facts(&report.done)));
    }
    let plots = &report.figures.plots;
    if plots.is_empty() {
        blocks.push(Block::Words("Nothing was recorded that could be drawn".to_owned()));
    } else {
        let times = plots.iter().flat_map(|plot| &plot.lines).flat_map(|line| &line.points).map(|(at_ms, _)| *at_ms);
        let span_ms = times.max().unwrap_or(0).max(report.took_ms);
        blocks.push(Block::Plots { plots, span_ms });
    }
    Section { id: "done", title: "What was done", blocks }
}

fn errors(report: &Report<'_>) -> Section<'static> {
    let patterns = &report.figures.errors;
    if patterns.is_empty() {
        let none = Block::Words("No error was recorded".to_owned());
        return Section { id: "errors", title: "Errors", blocks: vec![none] };
    }
    let (first, between, last) = ends(patterns, MOST_ROWS);
    let rows = first.iter().chain(last).map(|pattern| {
        let cause = pattern.cause.map_or("", Cause::title);
        let when = [pattern.first_at_ms, pattern.last_at_ms].map(words::since);
        let cells = vec![
            words::number(pattern.count),
            cause.to_owned(),
            short(&pattern.words, CELL),
            short(&pattern.seen_by.join(", "), CELL),
        ];
        Row::plain(cells.into_iter().chain(when).collect())
    });
    let columns =
        &[Number("Times"), Text("Cause"), Text("Words of the first"), Text("Seen by"), Number("First"), Number("Last")];
    let mut blocks = vec![Block::Table(Table { caption: "Errors by kind", columns, rows: rows.collect() })];
    if between > 0 {
        blocks.push(Block::Words(format!("{} rarer kinds are left out here", words::number(length(between)))));
    }
    Section { id: "errors", title: "Errors", blocks }
}

/// How many there are.
pub fn length(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn certificate(report: &Report<'_>) -> Section<'static> {
    let blocks = match report.certificate {
        Some(certificate) => proof(certificate),
        None => vec![Block::Words("There is no certificate: it is written when a session ends".to_owned())],
    };
    Section { id: "certificate", title: "Certificate", blocks }
}

fn proof(certificate: &Certificate) -> Vec<Block<'static>> {
    let proof = certificate.proof();
    let tone = match proof {
        Proof::Complete => Tone::Good,
        Proof::Partial => Tone::Warn,
        Proof::Broken => Tone::Bad,
    };
    let times = format!(
        "Nothing new began after {} ms, everything was closed after {} ms",
        words::figure(certificate.gate_closed_ms),
        words::figure(certificate.stopped_ms)
    );
    let after = &certificate.open_after;
    let sockets = after.sockets.map_or_else(|| "not counted here".to_owned(), |count| count.to_string());
    let open = format!(
        "Still open afterwards: tasks {}, requests {}, connections {sockets}, child processes {}, keys {}",
        after.tasks, after.requests, after.children, after.keys
    );
    let rows = certificate.items.iter().map(|item| {
        let (mark, tone) = match item.outcome {
            Outcome::Closed => ("✓", Tone::Good),
            Outcome::NotVerifiable => ("?", Tone::Warn),
            Outcome::Aborted | Outcome::Failed => ("✗", Tone::Bad),
        };
        let cells = vec![
            format!("{mark} {}", item.outcome.word()),
            item.kind.word().to_owned(),
            short(&item.name, CELL),
            words::duration(item.took_ms),
            short(&item.note, CELL),
        ];
        Row { tone, cells }
    });
    let columns = &[Text("Outcome"), Text("Kind"), Text("Name"), Number("Took"), Text("In its own words")];
    let rows = rows.collect();
    vec![
        Block::Note { tone, words: proof.words().to_owned(), details: vec![times, open] },
        Block::Table(Table { caption: "The certificate, line by line", columns, rows }),
    ]
}
