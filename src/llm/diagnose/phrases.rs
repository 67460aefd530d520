//! What servers say, and what they mean by it.
//!
//! A row fires when one of its alternatives is found: an alternative is a list of pieces that must all occur. Rows stand
//! in order of how specific they are; the first that fires wins. Words of a model are never searched, only a server's.

use super::{
    Reading, Verdict,
    table::{Alternative, ROWS, Row},
};
use crate::{llm::nearest::is_same_but_for_spelling, protocol::Cause::*};

/// What the server's words mean, if they mean anything known.
pub fn verdict(reading: &Reading<'_>) -> Option<Verdict> {
    if reading.is_completion() || reading.text.is_empty() {
        return None;
    }
    if let Some(verdict) = sent_to_a_stranger(reading) {
        return Some(verdict);
    }
    let (row, pieces) = ROWS.iter().find_map(|row| Some((row, fires(row, reading)?)))?;
    let verdict = match row.cause {
        ModelNotFound | NoModelLoaded => name_or_absence(reading, row),
        ServerOverloaded if reading.evidence.observed.is_html() => {
            Verdict::likely(ProxyInterference, &[ServerOverloaded])
        }
        // Google's word for every limit. A limit per minute says so, and anything else is as large the next time.
        RateLimited if reading.status == Some(413) && !reading.says("per minute") => {
            Verdict::likely(RequestTooLarge, &[RateLimited])
        }
        // Who complains of JSON after a success complains of the answer, not of the question.
        WrongRequestShape if reading.is_success() && !reading.has_error() => {
            Verdict::likely(MalformedResponse, &[OutputBudgetSpent, EmptyOutput])
        }
        cause if row.also.is_empty() => Verdict::certain(cause),
        cause => Verdict::likely(cause, row.also),
    };
    Some(Verdict { pieces: pieces.to_vec(), ..verdict })
}

/// The alternative by which a row fires.
fn fires(row: &Row, reading: &Reading<'_>) -> Option<Alternative> {
    row.any.iter().copied().find(|pieces| pieces.iter().all(|piece| reading.says(piece)))
}

/// A provider that complains of a key which was never its own: the request went to a place nobody meant.
fn sent_to_a_stranger(reading: &Reading<'_>) -> Option<Verdict> {
    let provided = reading.text.split_once("incorrect api key provided: ")?.1;
    let is_own = provided.starts_with("sk-") || provided.starts_with("(hidden)");
    (!is_own && reading.host().ends_with("openai.com"))
        .then(|| Verdict::likely(WrongHostOrDns, &[AuthRequiredOrInvalid]))
}

/// A name that is nearly right is told from one that does not exist.
fn name_or_absence(reading: &Reading<'_>, row: &Row) -> Verdict {
    let models = reading.models();
    if let Some(asked) = reading.model() {
        let is_untidy = asked.trim() != asked || asked.contains('\n');
        if is_untidy || models.iter().any(|model| is_same_but_for_spelling(asked, model)) {
            return Verdict::likely(ModelNameMismatch, &[row.cause]);
        }
    }
    if row.cause == NoModelLoaded && reading.path().contains("embed") {
        return Verdict::likely(NoModelLoaded, &[WrongModelType]);
    }
    match row.cause {
        ModelNotFound if !models.is_empty() => Verdict::certain(ModelNotFound),
        cause => Verdict::likely(cause, row.also),
    }
}
