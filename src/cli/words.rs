//! Findings, problems and certificates as lines for people.

use std::{
    fmt::Write,
    io::{self, Write as _},
};

use crate::protocol::{Certificate, Outcome, Problem, Remedy};

/// Prints one line; a reader that has gone away is an error here and no panic.
pub fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// What happened, the evidence, and what to do.
pub fn problem(problem: &Problem) -> String {
    let mut text = format!("         {}", problem.summary);
    for detail in &problem.details {
        let _infallible = write!(text, "\n           {detail}");
    }
    for remedy in &problem.remedies {
        let what = match remedy {
            Remedy::Action(fix) => fix.label(),
            Remedy::Advice { text } => text.clone(),
        };
        let _infallible = write!(text, "\n         → {what}");
    }
    text
}

/// The certificate, one thing a line.
pub fn certificate(certificate: &Certificate) -> String {
    let verdict = certificate.proof().words();
    let mut text = format!(
        "{verdict}: nothing new after {:.1} ms, all closed after {:.0} ms\n",
        certificate.gate_closed_ms, certificate.stopped_ms
    );
    for item in &certificate.items {
        let mark = match item.outcome {
            Outcome::Closed => "✓",
            Outcome::NotVerifiable => "?",
            Outcome::Aborted | Outcome::Failed => "✗",
        };
        let (kind, outcome) = (item.kind.word(), item.outcome.word());
        let _infallible =
            writeln!(text, "  {mark} {kind} {}: {outcome} after {} ms  {}", item.name, item.took_ms, item.note);
    }
    let after = &certificate.open_after;
    let sockets = after.sockets.map_or_else(|| "not counted here".to_owned(), |count| count.to_string());
    let _infallible = write!(
        text,
        "  still open: tasks {}, requests {}, connections {sockets}, child processes {}, keys {}",
        after.tasks, after.requests, after.children, after.keys
    );
    text
}
