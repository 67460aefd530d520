//! Other programs, proxies and gateways on the port, and answers that break off.

use serde_json::json;
use singularis::protocol::{Cause, Fix};

use super::{Row, speaks};
use crate::{
    lookalikes::refusal_then_silence,
    reply::{Manner, Reply},
    wire::Asked,
};

const STRANGER: &[Cause] = &[Cause::WrongPortOtherService];
const PROXY: &[Cause] = &[Cause::ProxyInterference];
/// What is not found may be another program or a path too much.
const NOT_FOUND: &[Cause] = &[Cause::WrongPortOtherService, Cause::WrongBasePath];
/// An answer that breaks off is no sign of a server that is off.
const BROKEN_OFF: &[Cause] = &[Cause::ConnectionReset, Cause::StreamTruncated, Cause::MalformedResponse];
/// Nothing, or nothing that can be read.
const UNREADABLE: &[Cause] = &[Cause::MalformedResponse, Cause::WrongPortOtherService, Cause::EmptyOutput];
/// Where it is seen that this is no model server: at the greeting or at the list.
const EITHER: &str = "identity|models";
/// A gateway may also be told by a check of its own.
const AT_A_GATEWAY: &str = "tls|proxy|identity|models";

pub fn rows() -> Vec<Row> {
    let mut rows = programs();
    rows.extend(gateways());
    rows.extend(broken());
    rows
}

fn programs() -> Vec<Row> {
    vec![
        speaks("a web page", |_| Reply::html(200, "My router"))
            .fails("identity", STRANGER)
            .offers(|_| Fix::use_address("http://127.0.0.1:1234")),
        speaks("a page that wants a password", |_| Reply::html(401, "401 Authorization Required"))
            .fails("token|identity", &[Cause::AuthRequiredOrInvalid]),
        speaks("a web page that was not found", |_| Reply::html(404, "Not Found")).fails("identity", STRANGER),
        speaks("JSON that is no list", |_| Reply::ok(&json!({"hello": "world"}))).fails(EITHER, STRANGER),
        speaks("JSON that was not found", |_| Reply::json(404, &json!({"detail": "Not Found"})))
            .fails(EITHER, NOT_FOUND),
        speaks("text that was not found", |_| Reply::text(404, "404 page not found")).fails(EITHER, NOT_FOUND),
        speaks("an AirPlay receiver", |_| Reply::empty(403).header("server", "AirTunes/670.6.2"))
            .fails(EITHER, STRANGER),
        speaks("forbidden without a word", |_| Reply::empty(403))
            .fails("identity|token|models", &[Cause::WrongPortOtherService, Cause::AuthRequiredOrInvalid]),
        speaks("success without a word", |_| Reply::empty(200)).fails(EITHER, UNREADABLE),
        speaks("a page about https, as nginx has it", |_| {
            Reply::html(400, "The plain HTTP request was sent to HTTPS port")
        })
        .fails("tls", &[Cause::TlsMismatch])
        .offers(|place| Fix::use_address(format!("https://{place}"))),
        speaks("a line about https, as programs in Go have it", |_| {
            Reply::text(400, "Client sent an HTTP request to an HTTPS server.\n")
        })
        .fails(AT_A_GATEWAY, &[Cause::TlsMismatch])
        .offers(|place| Fix::use_address(format!("https://{place}"))),
    ]
}

fn gateways() -> Vec<Row> {
    vec![
        speaks("a proxy that reaches nobody", |_| Reply::html(502, "Bad Gateway")).fails("proxy", PROXY),
        speaks("a proxy that wants a password", |_| {
            Reply::empty(407).header("proxy-authenticate", "Basic realm=\"office\"")
        })
        .fails(AT_A_GATEWAY, PROXY),
        speaks("unavailable without a word", |_| Reply::empty(503))
            .fails(AT_A_GATEWAY, &[Cause::ProxyInterference, Cause::ServerOverloaded, Cause::ModelLoading]),
        speaks("sent to https", |asked| {
            let host = asked.head.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
            Reply::empty(301).header("location", &format!("https://{host}{}", asked.path))
        })
        .fails(AT_A_GATEWAY, &[Cause::TlsMismatch]),
        speaks("sent to a page where one signs in", |_| {
            Reply::empty(302).header("location", "http://portal.example/login")
        })
        .fails(AT_A_GATEWAY, &[Cause::ProxyInterference, Cause::WrongPortOtherService]),
    ]
}

fn broken() -> Vec<Row> {
    vec![
        speaks("half an answer to everything", |_| half_list().told(Manner::Half)).fails("identity", BROKEN_OFF),
        speaks("half a list", |asked| at_the_list(asked, half_list().told(Manner::Half))).fails("models", BROKEN_OFF),
        speaks("a list cut inside a chunk", |asked| at_the_list(asked, half_list().told(Manner::CutChunk)))
            .fails("models", BROKEN_OFF),
        speaks("an answer without end", |_| {
            Reply::new(200, "application/json", vec![b'a'; 1 << 16]).told(Manner::Endless)
        })
        .fails("identity", UNREADABLE),
        speaks("a list that is no UTF-8", |asked| {
            at_the_list(asked, Reply::new(200, "application/json", b"\xff\xfe{\"data\":[{\"id\":\"tiny\"}]}".to_vec()))
        })
        .fails("models", UNREADABLE),
        // Whatever it is, a person must not wait for each of its silences in turn.
        speaks("a refusal and then silence", refusal_then_silence)
            .fails(EITHER, &[Cause::WrongPortOtherService, Cause::ServerOverloaded, Cause::TimeoutSlowModel]),
    ]
}

fn half_list() -> Reply {
    Reply::ok(&json!({"object": "list", "data": [{"id": "tiny", "object": "model"}]}))
}

/// This for the list, and nothing else found.
fn at_the_list(asked: &Asked, reply: Reply) -> Reply {
    match asked.route() {
        ("GET", "/v1/models") => reply,
        _ => Reply::json(404, &json!({"detail": "Not Found"})),
    }
}
