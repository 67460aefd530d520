//! What an answer looks like when its words say nothing: pages, empty answers, cut streams, strangers.

use serde_json::Value;

use super::{Reading, Verdict, ending};
use crate::{
    llm::{
        Who,
        evidence::{Fault, Kind},
    },
    protocol::Cause::*,
};

/// A complete answer in which nothing is said: the reason it ended tells why. Who gave it matters less.
pub fn nothing_said(reading: &Reading<'_>) -> Option<Verdict> {
    if reading.fault().is_some() || reading.kind() != Kind::Http {
        return None;
    }
    if reading.is_success() && reading.json.is_none() && reading.says_any(&PRINTED_AND_EMPTY) {
        return Some(Verdict::likely(EmptyOutput, &[OutputBudgetSpent, MalformedResponse]));
    }
    if !reading.is_completion() {
        return None;
    }
    ending::of_whole(reading.json.as_ref()?)
}

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

/// An answer without content, as programs print it.
const PRINTED_AND_EMPTY: [&str; 5] =
    ["output=[]", "text = null", "content=content(role=model)", "text=none", "choices=[]"];

/// Words and headers by which a proxy, a tunnel or a gateway gives itself away.
const GATEWAYS: [&str; 10] = [
    "proxy",
    "gateway",
    "squid",
    "cloudflare",
    "zscaler",
    "privoxy",
    "fortinet",
    "err_ngrok",
    "tunnel error",
    "varnish",
];
const GATEWAY_HEADERS: [&str; 4] = ["x-squid-error", "ngrok-error-code", "proxy-authenticate", "x-bluecoat-via"];

/// A page instead of data, or the greeting of a program that is no model server.
pub fn from_another_program(reading: &Reading<'_>) -> Option<Verdict> {
    let server = reading.evidence.header("server").unwrap_or_default().to_ascii_lowercase();
    if server.contains("airtunes") {
        return Some(Verdict::certain(WrongPortOtherService));
    }
    let has_gateway_header = GATEWAY_HEADERS.iter().any(|name| reading.evidence.header(name).is_some())
        || server.contains("squid")
        || (server.contains("cloudflare") && matches!(reading.status, Some(520..=527 | 530)));
    if has_gateway_header && !reading.is_success() {
        return Some(Verdict::likely(ProxyInterference, &[ServerNotRunning, WrongHostOrDns]));
    }
    if !is_page(reading) {
        return None;
    }
    match reading.status {
        Some(401) => return Some(Verdict::likely(AuthRequiredOrInvalid, &[WrongPortOtherService])),
        Some(413) => return Some(Verdict::likely(RequestTooLarge, &[ProxyInterference])),
        _ => {}
    }
    if reading.says("https port") || reading.says("https server") {
        return Some(Verdict::certain(TlsMismatch));
    }
    if reading.says("model is loading") {
        return Some(Verdict::certain(ModelLoading));
    }
    let is_gateway_status = matches!(reading.status, Some(407 | 502..=504 | 520..=530));
    if is_gateway_status || reading.says_any(&GATEWAYS) {
        return Some(Verdict::likely(ProxyInterference, &[WrongPortOtherService]));
    }
    if reading.is_loopback() || reading.is_private() {
        return Some(Verdict::likely(WrongPortOtherService, &[ProxyInterference]));
    }
    Some(Verdict::likely(ProxyInterference, &[WrongHostOrDns, WrongBasePath]))
}

/// A web page, whole or in its remains.
fn is_page(reading: &Reading<'_>) -> bool {
    let tail = reading.text.trim_end();
    reading.evidence.observed.is_html() || tail.ends_with("</html>") || tail.starts_with("<?xml")
}

/// What the form of the answer means.
pub fn verdict(reading: &Reading<'_>) -> Option<Verdict> {
    if let Some(fault) = reading.fault()
        && let Some(verdict) = of_fault(fault, reading)
    {
        return Some(verdict);
    }
    if reading.kind() == Kind::Stream
        && let Some(verdict) = ending::of_stream(reading)
    {
        return Some(verdict);
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
        Fault::Empty { finish_reason } => finish_reason
            .as_deref()
            .and_then(ending::of_reason)
            .unwrap_or_else(|| Verdict::likely(EmptyOutput, &[ContextOverflow])),
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
    if let Some(verdict) = ending::of_whole(json) {
        return Some(verdict);
    }
    if json.get("data").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        return Some(Verdict::likely(NoModelLoaded, &[]));
    }
    json.get("error").is_some().then(|| Verdict::guess(Unknown, &[MalformedResponse]))
}
