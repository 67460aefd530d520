//! What an answer looks like when its words say nothing: pages, empty answers, cut streams, strangers.

use serde_json::Value;

use super::{Reading, Verdict};
use crate::{
    llm::{
        Who,
        evidence::{Fault, Kind},
    },
    protocol::Cause::*,
};

/// A good answer from another model than the one that was asked.
pub fn other_model(reading: &Reading<'_>) -> Option<Verdict> {
    match reading.fault() {
        Some(Fault::OtherModel { .. }) => return Some(Verdict::certain(ModelNameMismatch)),
        // What went wrong counts more than who it went wrong with.
        Some(_) => return None,
        None => {}
    }
    let model_answered = reading.answered_by()?;
    let who = Who { model_asked: reading.model()?.to_owned(), model_answered, ..Who::default() };
    who.is_other_model().then(|| Verdict::certain(ModelNameMismatch))
}

/// A page instead of data, or the greeting of a program that is no model server.
pub fn from_another_program(reading: &Reading<'_>) -> Option<Verdict> {
    let server = reading.evidence.header("server").unwrap_or_default().to_ascii_lowercase();
    if server.contains("airtunes") {
        return Some(Verdict::certain(WrongPortOtherService));
    }
    if !reading.evidence.observed.is_html() {
        return None;
    }
    if reading.status == Some(401) {
        return Some(Verdict::likely(AuthRequiredOrInvalid, &[WrongPortOtherService]));
    }
    if reading.says("https port") || reading.says("https server") {
        return Some(Verdict::certain(TlsMismatch));
    }
    let is_gateway_status = matches!(reading.status, Some(407 | 502..=504));
    if is_gateway_status || reading.says_any(&["proxy", "gateway", "squid", "cloudflare", "zscaler"]) {
        return Some(Verdict::likely(ProxyInterference, &[WrongPortOtherService]));
    }
    if reading.is_loopback() || reading.is_private() {
        return Some(Verdict::likely(WrongPortOtherService, &[ProxyInterference]));
    }
    Some(Verdict::likely(ProxyInterference, &[WrongHostOrDns, WrongBasePath]))
}

/// What the form of the answer means.
pub fn verdict(reading: &Reading<'_>) -> Option<Verdict> {
    if let Some(fault) = reading.fault()
        && let Some(verdict) = of_fault(fault, reading)
    {
        return Some(verdict);
    }
    if reading.kind() == Kind::Stream && reading.json.as_ref().is_some_and(|json| json.get("error").is_some()) {
        return Some(Verdict::certain(StreamErrorEvent));
    }
    if !reading.is_success() {
        return None;
    }
    let json = reading.json.as_ref();
    match json {
        None if reading.text.trim().is_empty() && reading.evidence.observed.body.is_some() => {
            Some(Verdict::certain(EmptyOutput))
        }
        None if reading.evidence.observed.body.is_some() => {
            Some(Verdict::likely(MalformedResponse, &[WrongPortOtherService]))
        }
        None => None,
        Some(json) => of_json(json),
    }
}

fn of_fault(fault: &Fault, reading: &Reading<'_>) -> Option<Verdict> {
    Some(match fault {
        Fault::Truncated { .. } => Verdict::likely(StreamTruncated, &[ModelCrashed, ConnectionReset]),
        Fault::ErrorEvent => Verdict::certain(StreamErrorEvent),
        Fault::Empty { finish_reason: Some(reason) } if reason == "length" => Verdict::certain(OutputBudgetSpent),
        Fault::Empty { .. } => Verdict::likely(EmptyOutput, &[ContextOverflow]),
        Fault::NotJson if reading.path().ends_with("/models") && is_foreign_object(reading) => {
            Verdict::likely(WrongPortOtherService, &[MalformedResponse])
        }
        Fault::NotJson | Fault::NotAStream if reading.json.is_none() && reading.kind() != Kind::Stream => {
            Verdict::likely(MalformedResponse, &[WrongPortOtherService])
        }
        Fault::NotJson | Fault::NotAStream | Fault::TooLarge => Verdict::certain(MalformedResponse),
        _ => return None,
    })
}

/// A well-formed object that has nothing to do with models.
fn is_foreign_object(reading: &Reading<'_>) -> bool {
    let object = reading.json.as_ref().and_then(Value::as_object);
    object.is_some_and(|object| !object.contains_key("data") && !object.contains_key("models"))
}

fn of_json(json: &Value) -> Option<Verdict> {
    let finish = ["/choices/0/finish_reason", "/candidates/0/finishReason", "/stop_reason"]
        .iter()
        .find_map(|pointer| json.pointer(pointer).and_then(Value::as_str))
        .unwrap_or_default()
        .to_ascii_lowercase();
    match finish.as_str() {
        "length" | "max_tokens" => Some(Verdict::certain(OutputBudgetSpent)),
        "safety" | "recitation" | "prohibited_content" | "blocklist" | "spii" | "content_filter" | "refusal" => {
            Some(Verdict::certain(SafetyBlocked))
        }
        "other" => Some(Verdict::guess(SafetyBlocked, &[EmptyOutput])),
        _ if json.get("data").and_then(Value::as_array).is_some_and(Vec::is_empty) => {
            Some(Verdict::likely(NoModelLoaded, &[]))
        }
        _ if json.get("error").is_some() => Some(Verdict::guess(Unknown, &[MalformedResponse])),
        _ => None,
    }
}
