//! What goes wrong below HTTP, and addresses that lead nowhere.

use singularis::protocol::{Cause, Fix};

use super::{Row, Server, demo_row, raw};
use crate::{lookalikes::llama, quick, wire::Plan};

const BROKEN: &[Cause] = &[Cause::ConnectionReset];
const STRANGER: &[Cause] = &[Cause::WrongPortOtherService];

pub fn rows() -> Vec<Row> {
    let mut rows = nobody();
    rows.extend(wrong_line());
    rows.extend(no_answer());
    rows
}

/// Nobody takes the connection.
fn nobody() -> Vec<Row> {
    let absent = &[Cause::ServerNotRunning];
    let long = "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.invalid:1234";
    let hung = &[Cause::ServerNotRunning, Cause::FirewallOrLanBinding, Cause::ServerOverloaded];
    vec![
        Row::new("a closed port", Server::Closed).fails("port", absent).offers(|_| Fix::TryDemo),
        Row::new("a closed port by the name localhost", Server::Closed)
            .typed(|url| url.replace("127.0.0.1", "localhost"))
            .fails("port", absent),
        Row::new("a server on IPv6 alone, looked for on IPv4", Server::WireOnIpv6(Plan::Http(llama)))
            .typed(|url| url.replace("[::1]", "127.0.0.1"))
            .fails("port", absent),
        demo_row("a server on IPv4 alone, looked for on IPv6", quick())
            .typed(|url| url.replace("127.0.0.1", "[::1]"))
            .fails("port", &[Cause::ServerNotRunning, Cause::Ipv6Localhost]),
        Row::new("a port with a full queue", Server::Full).fails("port", hung),
        Row::new("a network for examples", Server::Address("http://192.0.2.1:1234"))
            .fails("port", &[Cause::FirewallOrLanBinding]),
        Row::new("a name that leads nowhere", Server::Address("http://does-not-exist.invalid:1234"))
            .fails("name", &[Cause::WrongHostOrDns]),
        Row::new("a name that no name server can hold", Server::Address(long)).fails("name", &[Cause::WrongHostOrDns]),
        Row::new("another scheme", Server::Address("ws://127.0.0.1:1234")).fails("address", &[Cause::WrongHostOrDns]),
        Row::new("a port that is no number", Server::Address("http://127.0.0.1:99999"))
            .fails("address", &[Cause::WrongHostOrDns])
            .offers(|_| Fix::use_address("http://127.0.0.1:1234")),
    ]
}

/// The connection breaks, or speaks something else.
fn wrong_line() -> Vec<Row> {
    let https = |url: String| url.replacen("http", "https", 1);
    vec![
        raw("reset at once", Plan::ResetAtOnce).fails("port|identity", BROKEN),
        raw("reset when asked", Plan::ResetWhenAsked).fails("identity", BROKEN),
        raw("hung up at once", Plan::HangUp).fails("identity", BROKEN),
        raw("SSH that waits", Plan::Answers(b"SSH-2.0-x\r\n")).fails("identity", STRANGER),
        raw("SSH that speaks first", Plan::SpeaksFirst(b"SSH-2.0-x\r\n")).fails("identity", STRANGER),
        raw("Redis", Plan::Answers(b"-ERR unknown command 'GET'\r\n")).fails("identity", STRANGER),
        raw("a status that is no number", Plan::Answers(b"HTTP/1.1 fine OK\r\n\r\n"))
            .fails("identity", &[Cause::WrongPortOtherService, Cause::MalformedResponse]),
        raw("a head without end", Plan::EndlessHead)
            .fails("identity", &[Cause::MalformedResponse, Cause::WrongPortOtherService]),
        raw("TLS asked over http", Plan::Answers(&[0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]))
            .fails("tls", &[Cause::TlsMismatch])
            .offers(|place| Fix::use_address(format!("https://{place}"))),
        demo_row("http asked over https", quick())
            .typed(https)
            .fails("tls", &[Cause::TlsMismatch])
            .offers(|place| Fix::use_address(format!("http://{place}"))),
        raw("SSH asked over https", Plan::SpeaksFirst(b"SSH-2.0-x\r\n"))
            .typed(https)
            .fails("tls|identity", &[Cause::TlsMismatch, Cause::WrongPortOtherService]),
        raw("silence asked over https", Plan::Silent)
            .typed(https)
            .fails("tls|identity", &[Cause::TlsMismatch, Cause::WrongPortOtherService]),
    ]
}

/// The connection stands, and no answer comes.
fn no_answer() -> Vec<Row> {
    vec![
        raw("silence", Plan::Silent).fails("identity", STRANGER),
        raw("one byte now and then", Plan::Trickle)
            .fails("identity", &[Cause::WrongPortOtherService, Cause::StreamStalled]),
    ]
}
