//! What is left when no known phrase fits: what the words are about, and what they complain of.
//!
//! A refusal of a well-meant request names its subject (a picture, the schema, a parameter, the order of messages) and a
//! complaint (not supported, must be, too large). The pair tells more than the status does, and less than a phrase that
//! is known, so other causes are always named beside it.

use super::{
    Reading, Verdict,
    table::{Row, row},
};
use crate::protocol::Cause::*;

/// What a refusal is about. Only statuses by which a server refuses a request as it is, or none at all, say so much.
pub fn verdict(reading: &Reading<'_>) -> Option<Verdict> {
    if reading.is_completion() || !matches!(reading.status, None | Some(400 | 422 | 424 | 500 | 501)) {
        return None;
    }
    let row = spoken_of(&reading.text)?;
    Some(Verdict::guess(row.cause, row.also))
}

/// Complaints that go with any subject.
const COMPLAINTS: &[&str] = &[
    "not support",
    "unsupported",
    "not allowed",
    "not permitted",
    "invalid",
    "not valid",
    "must ",
    "may only",
    "should ",
    "cannot",
    "cant ",
    "could not",
    "unable",
    "failed",
    "only ",
    "exceed",
    "greater than",
    "less than",
    "too ",
    " > ",
    "missing",
    "required",
    "unexpected",
    "unknown",
    "expected",
    "doesnt support",
    "isnt supported",
    "unrecognized",
    "forbidden",
    "incompatible",
    "malformed",
    "at most",
    "maximum",
    "does not exist",
    "not defined",
];

/// Subjects, most telling first.
#[rustfmt::skip]
static SUBJECTS: &[Row] = &[
    row(BadImageInput, &[WrongModelType, UnsupportedParameter], &[
        &["image"], &["picture"], &["base64"], &["inline_data"], &["image_url"],
    ]),
    row(ContextOverflow, &[RequestTooLarge, UnsupportedParameter], &[
        &["tokens", "context"], &["prompt", "tokens"], &["input", "tokens"], &["input tokens"], &["n_ctx"],
        &["max_tokens", "too large"], &["max_completion_tokens", "too large"],
    ]),
    row(RequestTooLarge, &[ContextOverflow], &[
        &["batch size"], &["body size"], &["request size"],
    ]),
    row(UnsupportedResponseFormat, &[UnsupportedParameter], &[
        &["grammar"], &["json schema"], &["json_schema"], &["schema", "format"], &["response format"],
    ]),
    row(UnsupportedTools, &[UnsupportedParameter, WrongRequestShape], &[
        &["function_declarations"], &["input_schema"], &["tools["], &["tools."], &["tool call"], &["a function"],
        &["requested tool"], &["functions"], &["tools"], &["tool"],
    ]),
    row(InvalidMessageSequence, &[WrongRequestShape, UnsupportedParameter], &[
        &["role"], &["assistant message"], &["turn"], &["messages.", "content"], &["signature"],
    ]),
    row(UnsupportedParameter, &[WrongRequestShape], &[
        &["temperature"], &["top_p"], &["top_k"], &["max_tokens"], &["max_completion_tokens"], &["budget_tokens"],
        &["thinking"], &["think value"], &["reasoning"], &["logprobs"], &["logit_bias"], &["stop sequence"],
        &["echo"], &["suffix"], &["completion choice"], &["param"], &["argument"], &["seed"], &["penalty"],
        &["option"], &["value"], &["streaming"], &["extra inputs"], &["drop_params"],
    ]),
    row(WrongRequestShape, &[UnsupportedParameter], &[
        &["unmarshal"], &["request body"], &["body"], &["messages"], &["content"], &["field"], &["json"], &["input"],
        &["property"], &["prompt"],
    ]),
];

/// The row whose subject is spoken of, where something is complained of at all.
pub fn spoken_of(text: &str) -> Option<&'static Row> {
    if !COMPLAINTS.iter().any(|complaint| text.contains(complaint)) && !text.contains("unmarshal") {
        return None;
    }
    SUBJECTS.iter().find(|row| row.any.iter().any(|pieces| pieces.iter().all(|piece| text.contains(piece))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_without_a_complaint_is_nothing() {
        let cause = |text: &str| spoken_of(text).map(|row| row.cause);
        assert_eq!(cause("the image arrived"), None);
        assert_eq!(cause("this image cannot be used"), Some(BadImageInput));
        assert_eq!(cause("frobnication of the temperature is not supported"), Some(UnsupportedParameter));
        assert_eq!(cause("something broke"), None);
    }
}
