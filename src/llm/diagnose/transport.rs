//! What happened below HTTP: nobody listened, the name led nowhere, the line broke, the time ran out.

use super::{Reading, Verdict, ending};
use crate::{
    llm::evidence::{Fault, Kind, Limit},
    protocol::Cause::*,
};

/// How other programs word what our own client knows by type, most telling first.
const WORDS: [(&[&str], Fault); 7] = [
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
            "couldnt resolve",
            "nameresolutionerror",
            "dns error",
            "name_not_resolved",
            "unable to resolve",
            "server misbehaving",
            "eai_again",
            "eai_fail",
            "no address associated",
            "unknownhost",
            "host not found",
            "name does not resolve",
            "no data of the requested",
        ],
        Fault::NameNotResolved,
    ),
    (
        &[
            "refused",
            "10061",
            "errno 111",
            "errno 61",
            "os error 111",
            "os error 61",
            "connection attempts failed",
            "connect call failed",
            "error starting server",
            "eaddrinuse",
            "err_connection_refused",
            "abgelehnt",
        ],
        Fault::Refused,
    ),
    (
        &[
            "wrong version number",
            "ssl message",
            "sslexception",
            "http response to https",
            "corrupt message",
            "ssl:",
            "ssl error",
            "sslerror",
            "ssl_",
            "sslv3",
            "ssl handshake",
            "ssl connection",
            "ssl routines",
            "ssl_error",
            "err_ssl",
            "tls",
            "certificate",
            "handshake",
            "invalidcontenttype",
            "packet length too long",
            "record layer",
        ],
        Fault::Tls,
    ),
    (
        &["unreachable", "ehostunreach", "enetunreach", "no route to host", "host is down", "network is down"],
        Fault::Unreachable,
    ),
    (
        &[
            "connect timeout",
            "connecttimeout",
            "connection timed out",
            "timed out connecting",
            "semaphore timeout",
            "connect etimedout",
            "etimedout",
            "i/o timeout",
            "dial tcp",
            "timed out (os error",
            "10060",
            "err_connection_timed_out",
            "failed to connect to all addresses",
            "fd shutdown",
        ],
        Fault::TimedOut { limit: Limit::Connect, after_ms: 0 },
    ),
    (
        &[
            "reset by peer",
            "econnreset",
            "socket hang up",
            "10054",
            "broken pipe",
            "epipe",
            "forcibly closed",
            "connection closed",
            "remote end closed",
            "server disconnected",
            "premature close",
            "other side closed",
            "received no bytes",
            ": eof",
            "unexpected eof",
            "unexpected end of stream",
            "empty reply",
            "connection reset",
            "err_empty_response",
            "connection_closed",
            "econnaborted",
            "connection aborted",
            "closed connection",
            "response ended",
            "closed the connection",
            "connection was closed",
            "peer closed",
            "goaway",
            "nghttp2",
        ],
        Fault::Reset,
    ),
    (
        &["error sending request", "connection error", "fetch failed", "failed to fetch", "networkerror", "connect"],
        Fault::Transport,
    ),
];

/// What is said of a stream whose connection was broken off rather than left unfinished.
const STREAM_RESET: [&str; 8] = [
    "reset by peer",
    "econnreset",
    "socket hang up",
    "10054",
    "broken pipe",
    "forcibly closed",
    "other side closed",
    "connection reset",
];

/// What is said where the proxy itself cannot be reached or refuses.
const PROXY_WORDS: [&str; 6] = [
    "proxyerror",
    "unable to connect to proxy",
    "tunnel connection failed",
    "proxy connection",
    "proxyconnect",
    "err_proxy",
];

/// What is said of an address that is none.
const NO_ADDRESS: [&str; 11] = [
    "invalid url",
    "invalid_url",
    "unsupported protocol scheme",
    "cannot be parsed as a url",
    "failed to parse url",
    "missing an http",
    "no scheme supplied",
    "relative url without a base",
    "invalid port",
    "no connection adapters",
    "builder error",
];

/// What the failure below HTTP means, if that is where it failed.
pub fn verdict(reading: &Reading<'_>) -> Option<Verdict> {
    let fault = match reading.fault() {
        Some(fault) => fault.clone(),
        None => {
            let says = |words: &[&str]| words.iter().any(|word| reading.transport.contains(word));
            if reading.kind() == Kind::Transport && says(&NO_ADDRESS) {
                return Some(Verdict::likely(WrongHostOrDns, &[WrongBasePath]));
            }
            if matches!(reading.kind(), Kind::Transport | Kind::Timeout) && says(&PROXY_WORDS) {
                return Some(Verdict::likely(ProxyInterference, &[ServerNotRunning]));
            }
            reported_by_others(reading)?
        }
    };
    match fault {
        Fault::Refused => Some(refused(reading)),
        Fault::NameNotResolved => Some(Verdict::certain(WrongHostOrDns)),
        Fault::Unreachable => Some(Verdict::likely(FirewallOrLanBinding, &[WrongHostOrDns])),
        Fault::Tls => Some(Verdict::certain(TlsMismatch)),
        Fault::Reset => Some(reset(reading)),
        Fault::Transport => Some(unspecific(reading)),
        // A stream that had begun tells how far it came.
        Fault::TimedOut { .. } if reading.fault().is_none() && reading.is_success() => {
            Some(ending::of_impatience(reading.evidence.observed.body.as_deref().unwrap_or_default()))
        }
        Fault::TimedOut { limit, .. } => Some(timed_out(reading, limit)),
        _ => None,
    }
}

fn reported_by_others(reading: &Reading<'_>) -> Option<Fault> {
    let words = &reading.transport;
    match reading.kind() {
        Kind::Timeout if reading.status.is_some_and(|status| status >= 400) => None,
        Kind::Timeout => Some(Fault::TimedOut { limit: limit_in(words), after_ms: 0 }),
        Kind::Transport => {
            // A development server calls itself a proxy when the server behind it refuses; then that is what counts.
            let is_refused = words.contains("econnrefused");
            if words.contains("proxy") && !words.contains("connectionpool") && !words.contains("proxies") && !is_refused
            {
                return None;
            }
            // What a client prints beside every address is no complaint about encryption.
            let words = words.replace("ssl:default", "").replace("ssl:none", "");
            let known = WORDS.iter().find(|(alternatives, _)| alternatives.iter().any(|word| words.contains(word)));
            Some(known.map_or(Fault::Transport, |(_, fault)| fault.clone()))
        }
        Kind::Stream
            if words.trim_end().ends_with("terminated") && (reading.says("aborted") || reading.text.is_empty()) =>
        {
            Some(Fault::TimedOut { limit: Limit::FirstToken, after_ms: 0 })
        }
        Kind::Stream if STREAM_RESET.iter().any(|word| words.contains(word)) => Some(Fault::Reset),
        Kind::Http | Kind::Stream => None,
    }
}

fn limit_in(words: &str) -> Limit {
    let says = |these: &[&str]| these.iter().any(|word| words.contains(word));
    if says(&["chunk", "stale", "between", "body", "idle"]) {
        Limit::BetweenTokens
    } else if words.contains("load") {
        Limit::Load
    } else if says(&["connect timeout", "connecttimeout", "failed to connect", "connection timed out", "connecting"])
        || (words.contains("connect") && !says(&["connected to", "persist", "apiconnection", "connection: upgrade"]))
    {
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
    // Somebody on this machine refused what was meant for another one: a proxy that is not there.
    let is_here = ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| reading.transport.contains(host));
    if is_here && !reading.host().is_empty() && !reading.is_private() {
        return Verdict::likely(ProxyInterference, &[ServerNotRunning, FirewallOrLanBinding]);
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
        Verdict::guess(FirewallOrLanBinding, &[WrongHostOrDns, ProxyInterference, TlsMismatch])
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
