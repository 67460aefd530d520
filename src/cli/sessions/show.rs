//! One session: what was asked, what came of it, and its figures.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::list::{aligned, how_it_ended, when};
use crate::{
    cli::words,
    protocol::{ErrorPattern, ExpertFigures, SessionFigures, SessionFile, What, place},
};

/// Stands where there is nothing to say.
const NOTHING: &str = "-";

/// As JSON: everything but what happened one after the other, of which only the counts are told.
pub fn object(file: &SessionFile) -> Result<Value, serde_json::Error> {
    let mut report = serde_json::to_value(&file.report)?;
    // A picture is for a window.
    if let Value::Object(report) = &mut report {
        report.remove("last_picture");
    }
    Ok(json!({"line": file.line, "started": file.started, "settings": file.settings, "counts": counts(file),
        "report": report, "summary": file.summary, "figures": file.figures}))
}

/// A kind of record: what it is called, and which records are of it.
type Kind = (&'static str, fn(&What) -> bool);

/// How much there is of everything.
fn counts(file: &SessionFile) -> Map<String, Value> {
    let kinds: [Kind; 9] = [
        ("looks", |what| matches!(what, What::Observed(_))),
        ("questions", |what| matches!(what, What::Questioned(_))),
        ("calls", |what| matches!(what, What::Asked(_))),
        ("decisions", |what| matches!(what, What::Decided(_))),
        ("steps", |what| matches!(what, What::Stepped(_))),
        ("approvals", |what| matches!(what, What::ApprovalNeeded(_))),
        ("judgements", |what| matches!(what, What::Judged(_))),
        ("notices", |what| matches!(what, What::Noticed(_))),
        ("pauses", |what| matches!(what, What::Paused { .. })),
    ];
    let mut counts = Map::new();
    for (name, is_one) in kinds {
        let count = file.records.iter().filter(|record| is_one(&record.what)).count();
        counts.insert(name.to_owned(), count.into());
    }
    counts
}

/// For people.
pub fn text(file: &SessionFile) -> String {
    let line = &file.line;
    let mut parts = vec![heading(file)];
    if let Some(summary) = file.summary.as_ref().filter(|summary| !summary.trim().is_empty()) {
        parts.push(summary.trim().to_owned());
    }
    if let Some(report) = &file.report {
        let mut outcome = Vec::new();
        outcome.extend(report.problem.as_ref().map(words::problem));
        outcome.extend(words::decisions(&report.regret, &report.clock));
        outcome.push(words::minds(&report.spending, &report.ensemble, &report.egress));
        parts.push(outcome.join("\n"));
    }
    let figures = &file.figures;
    if !figures.experts.is_empty() {
        parts.push(format!("Who answered\n{}", experts(&figures.experts)));
    }
    if !figures.errors.is_empty() {
        let errors: Vec<String> = figures.errors.iter().map(error).collect();
        parts.push(format!("What went wrong\n{}", errors.join("\n")));
    }
    if !figures.worth_reading.is_empty() {
        parts.push(format!("Decisions worth reading\n{}", worth_reading(file, figures)));
    }
    parts.extend(file.report.as_ref().map(|report| words::certificate(&report.certificate)));
    parts.push(format!("Step by step: singularis sessions replay {}", line.session));
    parts.join("\n\n")
}

fn heading(file: &SessionFile) -> String {
    let line = &file.line;
    let who = if line.demo { "the demo answered, not a language model" } else { "models answered" };
    let score = line.score.map_or_else(String::new, |score| format!(", score {score:.0}"));
    let took = file.report.as_ref().map_or_else(String::new, |report| format!(", took {}", seconds(report.took_ms)));
    let steps = if line.steps == 1 { "1 step".to_owned() } else { format!("{} steps", line.steps) };
    let mut text = format!("Session {} in {}, {who}", line.session, place(&line.environment, line.seed));
    for (name, said) in [
        ("goal", line.goal.clone()),
        ("thinking", line.strategy.title().to_owned()),
        ("began", format!("{}{took}", when(line.started_at))),
        ("end", format!("{} after {steps}{score}", how_it_ended(line))),
    ] {
        let _infallible = write!(text, "\n  {name:<9} {said}");
    }
    text
}

fn experts(experts: &[ExpertFigures]) -> String {
    let known = |value: Option<String>| value.unwrap_or_else(|| NOTHING.to_owned());
    let headings = ["  role", "looks at", "model", "asked", "answered", "failed", "first token", "in all", "tokens/s"];
    let mut rows = vec![headings.map(str::to_owned)];
    rows.extend(experts.iter().map(|expert| {
        [
            format!("  {}", expert.role),
            expert.title.clone(),
            expert.model.clone(),
            expert.asked.to_string(),
            expert.answered.to_string(),
            expert.failed.to_string(),
            known(expert.median_first_token_ms.map(seconds)),
            known(expert.median_total_ms.map(seconds)),
            known(expert.median_tokens_per_second.map(|rate| format!("{rate:.0}"))),
        ]
    }));
    aligned(&rows)
}

fn error(pattern: &ErrorPattern) -> String {
    let cause = pattern.cause.map_or_else(String::new, |cause| format!(" ({cause})"));
    let (first, last) = (seconds(pattern.first_at_ms), seconds(pattern.last_at_ms));
    let when = if pattern.count == 1 { format!("at {first}") } else { format!("from {first} to {last}") };
    let seen_by = if pattern.seen_by.is_empty() { String::new() } else { format!(", {}", pattern.seen_by.join(", ")) };
    format!("  {} × {}{cause}, {when}{seen_by}", pattern.count, pattern.words.replace('\n', " "))
}

/// Each with the step that it led to, so that it can be asked about.
fn worth_reading(file: &SessionFile, figures: &SessionFigures) -> String {
    let step_of = |question: u64| {
        file.records.iter().find_map(|record| match &record.what {
            What::Stepped(step) if step.question == Some(question) => Some(step.step),
            _ => None,
        })
    };
    let lines = figures.worth_reading.iter().map(|worth| match step_of(worth.question) {
        Some(step) => format!("  {}: singularis sessions why {} {step}", worth.why, file.line.session),
        None => format!("  {}: never carried out", worth.why),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Milliseconds as `1.4 s`.
#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
pub fn seconds(ms: u64) -> String {
    format!("{:.1} s", ms as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{ActionCall, Effect, EffectStatus, LoopName, Record, SessionLine, StepReport, WorthReading};

    fn file() -> SessionFile {
        let step = StepReport {
            step: 4,
            action: ActionCall::bare("wait"),
            ordered_by: LoopName::Reasoning,
            by: "threat".into(),
            because: String::new(),
            effect: Effect { status: EffectStatus::Done, text: String::new(), score: None, changed: true, whole: None },
            score: None,
            took_ms: 3,
            question: Some(2),
        };
        let worth = |question, why: &str| WorthReading { question, why: why.into() };
        let expert = ExpertFigures { role: "expert.1".into(), asked: 7, ..ExpertFigures::default() };
        let error = ErrorPattern { words: "refused".into(), count: 3, last_at_ms: 2500, ..ErrorPattern::default() };
        SessionFile {
            line: SessionLine { session: "s-9".into(), steps: 1, ..SessionLine::default() },
            records: vec![Record { at_ms: 1, what: What::Stepped(Box::new(step)) }],
            figures: SessionFigures {
                experts: vec![expert],
                errors: vec![error],
                worth_reading: vec![worth(2, "the dearest"), worth(3, "the last")],
                ..SessionFigures::default()
            },
            ..SessionFile::default()
        }
    }

    #[test]
    fn a_session_is_shown_with_its_figures_and_the_ways_on() {
        let text = text(&file());
        for expected in [
            "  end       It runs now after 1 step",
            "  3 × refused, from 0.0 s to 2.5 s",
            "  the dearest: singularis sessions why s-9 4",
            "  the last: never carried out",
            "singularis sessions replay s-9",
        ] {
            assert!(text.contains(expected), "{expected} is not in\n{text}");
        }
        assert!(text.lines().any(|line| line.starts_with("  expert.1 ") && line.contains("  7 ")), "{text}");
    }

    #[test]
    fn as_an_object_it_has_counts_instead_of_records() {
        let object = object(&file()).unwrap();
        assert_eq!((&object["counts"]["steps"], &object["counts"]["calls"]), (&1.into(), &0.into()));
        assert_eq!((object.get("records"), &object["line"]["session"]), (None, &"s-9".into()));
        assert_eq!(object["figures"]["worth_reading"][0]["question"], 2);
    }
}
