//! What failures below HTTP mean.

use std::{error::Error as StdError, io};

use super::BodyError;
use crate::llm::evidence::{Fault, Limit};

/// What an interrupted stream means.
pub fn stream_fault(error: &sse_stream::Error, pieces: usize) -> (Fault, String) {
    let text = chain(error);
    let fault = match error {
        sse_stream::Error::Body(inner) => match inner.downcast_ref::<BodyError>() {
            Some(BodyError::TooLarge) => Fault::TooLarge,
            _ if io_kind(&**inner) == Some(io::ErrorKind::ConnectionReset) => Fault::Reset,
            _ => Fault::Truncated { pieces },
        },
        _ => Fault::NotJson,
    };
    (fault, text)
}

/// What a failed request means, by type where there is one and by words where there is none.
pub fn classify(error: &reqwest::Error, text: &str, after_ms: u64) -> Fault {
    let lower = text.to_lowercase();
    if error.is_dns() {
        return Fault::NameNotResolved;
    }
    if error.is_timeout() {
        let limit = if error.is_connect() { Limit::Connect } else { Limit::Total };
        return Fault::TimedOut { limit, after_ms };
    }
    match io_kind(error) {
        Some(io::ErrorKind::ConnectionRefused) => return Fault::Refused,
        Some(io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable) => return Fault::Unreachable,
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe) => {
            return Fault::Reset;
        }
        _ => {}
    }
    if ["corrupt message", "certificate", "tls", "handshake"].iter().any(|word| lower.contains(word)) {
        Fault::Tls
    } else if [
        // Also where a kept connection was closed before the question was told on it.
        "connection closed",
        "unexpected eof",
        "end of file before message",
        "error reading a body",
        "connection was not ready",
    ]
    .iter()
    .any(|word| lower.contains(word))
    {
        Fault::Reset
    } else {
        Fault::Transport
    }
}

/// The kind of the innermost I/O error. An I/O error can wrap another error that `source` alone does not show.
fn io_kind(error: &(dyn StdError + 'static)) -> Option<io::ErrorKind> {
    let mut kind = None;
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(io) = error.downcast_ref::<io::Error>() {
            kind = Some(io.kind()).filter(|kind| *kind != io::ErrorKind::Other).or(kind);
            next = io.get_ref().map(|inner| inner as &(dyn StdError + 'static)).or_else(|| error.source());
        } else {
            next = error.source();
        }
    }
    kind
}

/// The error and its sources in one line, each said once.
pub fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string();
        if !parts.iter().any(|part| part.contains(&text)) {
            parts.push(text);
        }
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => error.source(),
        };
    }
    parts.join(": ")
}
