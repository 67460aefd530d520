//! What happened below HTTP: nobody listened, the name led nowhere, the line broke, the time ran out.

use super::{Reading, Verdict};
use crate::{
    llm::evidence::{Fault, Kind, Limit},
    protocol::Cause::*,
};

/// How other programs word what our own client knows by type.
const WORDS: [(&[&str], Fault); 6] = [
    (
        &[
            "getaddrinfo",
            "enotfound",
            "no such host",
            "name or service not known",
            "nodename nor servname",
            "failed to lookup",
            "name resolution",
            "could not resolve",
            "nameresolutionerror",
            "dns error",
        ],
        Fault::NameNotResolved,
    ),
    (
        &[
            "wrong version number",
            "http response to https",
            "corrupt message",
            "ssl",
            "tls",
            "certificate",
            "handshake",
        ],
        Fault::Tls,
    ),
    (
        &["refused", "10061", "errno 111", "connection attempts failed", "error starting server", "eaddrinuse"],
        Fault::Refused,
    ),
    (&["unreachable", "ehostunreach", "enetunreach", "no route to host"], Fault::Unreachable),
    (
        &[
            "reset by peer",
            "econnreset",
            "socket hang up",
            "10054",
            "broken pipe",
            "epipe",
            "connection closed before message",
            "remote end closed",
            "server disconnected",
            "premature close",
        ],
        Fault::Reset,
    ),
    (
        &["error sending request", "connection error", "fetch failed", "failed to fetch", "networkerror", "connect"],
        Fault::Transport,
    ),
];

/// What the failure below HTTP means, if that is where it failed.
pub fn verdict(reading: &Reading<'_>) -> Option<Verdict> {
    let fault = match reading.fault() {
        Some(fault) => fault.clone(),
        None => reported_by_others(reading)?,
    };
    match fault {
        Fault::Refused => Some(refused(reading)),
        Fault::NameNotResolved => Some(Verdict::certain(WrongHostOrDns)),
        Fault::Unreachable => Some(Verdict::likely(FirewallOrLanBinding, &[WrongHostOrDns])),
        Fault::Tls => Some(Verdict::certain(TlsMismatch)),
        Fault::Reset => Some(reset(reading)),
        Fault::Transport => Some(unspecific(reading)),
        Fault::TimedOut { limit, .. } => Some(timed_out(reading, limit)),
        _ => None,
    }
}

fn reported_by_others(reading: &Reading<'_>) -> Option<Fault> {
    let words = &reading.transport;
    match reading.kind() {
        Kind::Timeout if reading.status.is_some() => None,
        Kind::Timeout => Some(Fault::TimedOut { limit: limit_in(words), after_ms: 0 }),
        Kind::Transport => {
            if words.contains("proxy") && !words.contains("connectionpool") {
                return None;
            }
            let known = WORDS.iter().find(|(alternatives, _)| alternatives.iter().any(|word| words.contains(word)));
            Some(known.map_or(Fault::Transport, |(_, fault)| fault.clone()))
        }
        Kind::Stream if words.contains("terminated") && (reading.says("aborted") || reading.text.is_empty()) => {
            Some(Fault::TimedOut { limit: Limit::FirstToken, after_ms: 0 })
        }
        Kind::Stream if WORDS[4].0.iter().any(|word| words.contains(word)) => Some(Fault::Reset),
        Kind::Http | Kind::Stream => None,
    }
}

fn limit_in(words: &str) -> Limit {
    if words.contains("chunk") || words.contains("stale") || words.contains("between") || words.contains("body") {
        Limit::BetweenTokens
    } else if words.contains("load") {
        Limit::Load
    } else if words.contains("connect") && !words.contains("persist") {
        Limit::Connect
    } else {
        Limit::FirstToken
    }
}

/// Nobody listens there. Who should have, depends on where it is.
fn refused(reading: &Reading<'_>) -> Verdict {
    if reading.evidence.app_is_running == Some(true) {
        return Verdict::certain(ServerSwitchedOff);
    }
    if reading.is_loopback() {
        let is_v6 = reading.transport.contains("::1") && reading.host() == "localhost";
        if is_v6 && !reading.transport.contains("127.0.0.1") {
            return Verdict::likely(Ipv6Localhost, &[ServerNotRunning]);
        }
        // Whoever has looked for the app and not found it knows that its server is not merely switched off.
        let looked = reading.evidence.app_is_running == Some(false);
        return Verdict::likely(ServerNotRunning, if looked { &[] } else { &[ServerSwitchedOff] });
    }
    // On another machine, or on this one seen from a container, a server that runs is often bound to loopback only.
    Verdict::likely(FirewallOrLanBinding, &[ServerNotRunning])
}

fn reset(reading: &Reading<'_>) -> Verdict {
    if reading.kind() == Kind::Stream {
        Verdict::likely(ConnectionReset, &[StreamTruncated, ModelCrashed])
    } else {
        Verdict::likely(ConnectionReset, &[ModelCrashed])
    }
}

/// The client said no more than that it did not work.
fn unspecific(reading: &Reading<'_>) -> Verdict {
    let words = &reading.transport;
    // Our own client says when not even a connection came about; otherwise something answered, and not in HTTP.
    let is_answered = reading.fault().is_some() && !words.contains("client error (connect)");
    if is_answered || words.contains("invalid http") || words.contains("http parse") {
        return Verdict::likely(WrongPortOtherService, &[TlsMismatch, MalformedResponse]);
    }
    if reading.is_loopback() {
        Verdict::guess(ServerNotRunning, &[Ipv6Localhost, FirewallOrLanBinding])
    } else if reading.is_private() {
        Verdict::guess(FirewallOrLanBinding, &[ServerNotRunning, WrongHostOrDns])
    } else {
        Verdict::guess(Unknown, &[WrongHostOrDns, FirewallOrLanBinding, ProxyInterference])
    }
}

fn timed_out(reading: &Reading<'_>, limit: Limit) -> Verdict {
    match limit {
        // The port itself answered; it is the handshake that found nobody to shake hands with.
        Limit::Connect if reading.is_https() && reading.is_loopback() => {
            Verdict::likely(TlsMismatch, &[WrongPortOtherService, ServerNotRunning])
        }
        Limit::Connect if reading.is_https() => Verdict::likely(FirewallOrLanBinding, &[WrongHostOrDns, TlsMismatch]),
        Limit::Connect if reading.is_loopback() => Verdict::likely(ServerNotRunning, &[FirewallOrLanBinding]),
        Limit::Connect => Verdict::likely(FirewallOrLanBinding, &[WrongHostOrDns]),
        // A list costs a server nothing: whatever took the connection and says nothing is no server that works.
        Limit::Answer if reading.is_known_server() => {
            Verdict::likely(ServerOverloaded, &[TimeoutSlowModel, ModelLoading])
        }
        Limit::Answer => Verdict::likely(WrongPortOtherService, &[ServerNotRunning, ProxyInterference]),
        Limit::Load => Verdict::likely(TimeoutLoadingModel, &[TimeoutSlowModel]),
        Limit::BetweenTokens => Verdict::likely(StreamStalled, &[TimeoutSlowModel]),
        Limit::FirstToken | Limit::Total => {
            let is_light = reading.evidence.request.method.as_deref() == Some("GET") && reading.model().is_none();
            if is_light {
                return Verdict::likely(ServerNotRunning, &[WrongPortOtherService, FirewallOrLanBinding]);
            }
            Verdict::likely(TimeoutSlowModel, &[TimeoutLoadingModel, StreamStalled])
        }
    }
}
