//! What a conclusion rests on, quoted: the passage in the server's words, the status, the header, what happened below.

use super::{Reading, Verdict};
use crate::llm::evidence::Fault;

/// Letters around what was recognised.
const AROUND: usize = 60;
/// As much of a line as a person will read.
const SHOWN: usize = 200;

/// The passages, most telling first. Empty only where there was nothing to go by.
pub fn of(verdict: &Verdict, reading: &Reading<'_>) -> Vec<String> {
    let mut passages: Vec<String> = verdict.pieces.iter().filter_map(|piece| around(&reading.text, piece)).collect();
    passages.dedup();
    passages.extend(reading.fault().map(|fault| seen(fault).to_owned()));
    if let Some(status) = reading.status {
        passages.push(format!("status {status}"));
    }
    if !reading.transport.is_empty() && reading.transport != reading.text {
        passages.push(short(&reading.transport));
    }
    if let Some(server) = reading.evidence.header("server") {
        passages.push(format!("server: {}", short(server)));
    }
    if verdict.pieces.is_empty() {
        passages.extend(reading.words.first().map(|words| short(words.trim())).filter(|words| !words.is_empty()));
    }
    passages
}

/// What was recognised, with some of what stands around it.
fn around(text: &str, piece: &str) -> Option<String> {
    let at = text.find(piece)?;
    let start = text.floor_char_boundary(at.saturating_sub(AROUND));
    let end = text.ceil_char_boundary((at + piece.len() + AROUND).min(text.len()));
    let (before, after) = (if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    Some(format!("{before}{}{after}", text[start..end].trim()))
}

fn short(text: &str) -> String {
    let end = text.floor_char_boundary(SHOWN);
    if end < text.len() { format!("{}…", &text[..end]) } else { text.to_owned() }
}

/// What our own client noticed, in a few words.
fn seen(fault: &Fault) -> &'static str {
    match fault {
        Fault::Refused => "the connection was refused",
        Fault::NameNotResolved => "the name did not resolve",
        Fault::Unreachable => "the host cannot be reached",
        Fault::Tls => "the two sides disagree about encryption",
        Fault::Reset => "the connection was closed before the answer was complete",
        Fault::Transport => "the connection failed below HTTP",
        Fault::TimedOut { .. } => "a limit for waiting passed",
        Fault::Status => "the status is not one of success",
        Fault::ErrorInBody => "the status claims success and the body holds an error",
        Fault::ErrorEvent => "an error event came in the middle of the stream",
        Fault::NotJson => "the answer is not the JSON that was promised",
        Fault::NotAStream => "a stream was asked for and something else came",
        Fault::Truncated { .. } => "the stream ended without its end mark",
        Fault::Empty { .. } => "the answer is well-formed and empty",
        Fault::OtherModel { .. } => "the answer names another model",
        Fault::TooLarge => "the answer is larger than any honest one",
    }
}
