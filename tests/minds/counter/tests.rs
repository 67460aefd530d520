//! The counter on trial: against messages in pieces of every size, and between a client and a pretend provider.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    Counter, Traffic,
    messages::{Found, Messages, Side},
};
use crate::provider::{
    Behaviour, KEY, Provider,
    raw::{ask, until},
};

/// What is found when the bytes come so many at a time; bodies that came in parts are put together.
fn found(side: Side, bytes: &str, at_once: usize) -> Vec<Found> {
    let mut messages = Messages::of(side);
    let mut all: Vec<Found> = Vec::new();
    for found in bytes.as_bytes().chunks(at_once).flat_map(|piece| messages.read(piece)) {
        if let (Some(Found::Body(sum)), Found::Body(more)) = (all.last_mut(), &found) {
            *sum += more;
        } else {
            all.push(found);
        }
    }
    all
}

#[test]
fn bodies_are_measured_without_their_framing_however_they_are_cut() {
    let questions = "POST /a?b=c HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloGET /d HTTP/1.1\r\nHost: x\r\n\r\n\
        POST /e HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3;x=y\r\nabc\r\na\r\n0123456789\r\n0\r\nz: y\r\n\r\n";
    let answers = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\
        \r\nHTTP/1.1 204 None\r\n\r\nHTTP/1.1 200 OK\r\n\r\nuntil the end\r\n\r\n";
    let head = |line: &str| Found::Head(line.to_owned());
    for at_once in [1, 2, 3, 7, 1000] {
        let expected = [
            head("POST /a?b=c HTTP/1.1"),
            Found::Body(5),
            head("GET /d HTTP/1.1"),
            head("POST /e HTTP/1.1"),
            Found::Body(13),
        ];
        assert_eq!(found(Side::Questions, questions, at_once), expected, "{at_once} at once");
        let expected = [
            head("HTTP/1.1 100 Continue"),
            head("HTTP/1.1 200 OK"),
            Found::Body(4),
            head("HTTP/1.1 204 None"),
            head("HTTP/1.1 200 OK"),
            Found::Body(17),
        ];
        assert_eq!(found(Side::Answers, answers, at_once), expected, "{at_once} at once");
    }
}

#[tokio::test]
async fn what_passes_is_what_both_ends_saw() {
    let provider = Provider::claude().await;
    let counter = Counter::before(&provider.url()).await;
    let headers = [("x-api-key", KEY), ("anthropic-version", "2023-06-01")];
    let messages = json!([{"role": "user", "content": "Well?"}]);
    let body = json!({"model": "claude-haiku-9", "max_tokens": 9, "stream": true, "messages": messages}).to_string();
    let list = ask(&counter.url(), "GET /v1/models?limit=1000", &headers, "").await.expect("a list");
    let said = ask(&counter.url(), "POST /v1/messages", &headers, &body).await.expect("an answer");
    assert!(said.is_whole && said.status == 200, "{}", said.body);
    provider.behave(Behaviour::Cut);
    let cut = ask(&counter.url(), "POST /v1/messages", &headers, &body).await.expect("a beginning");
    assert!(!cut.is_whole, "{}", cut.body);
    let bytes = |bytes: usize| bytes as u64;
    let asked = Traffic {
        requests: 2,
        sent_bytes: 2 * bytes(body.len()),
        received_bytes: bytes(said.body.len() + cut.body.len()),
    };
    let listed = Traffic { requests: 1, sent_bytes: 0, received_bytes: bytes(list.body.len()) };
    let expected = [("/v1/messages".to_owned(), asked), ("/v1/models".to_owned(), listed)];
    assert_eq!(counter.paths(), BTreeMap::from(expected));
    assert_eq!((counter.requests(), counter.sent_bytes()), (3, asked.sent_bytes));
    let answered: usize = provider.requests().iter().map(|request| request.answered_bytes).sum();
    assert_eq!(counter.received_bytes(), bytes(answered));
}

#[tokio::test]
async fn a_client_that_leaves_is_seen_to_leave_by_the_server() {
    let provider = Provider::gemini().await;
    let counter = Counter::before(&provider.url()).await;
    provider.behave(Behaviour::Hang);
    let url = counter.url();
    let headers = [("x-goog-api-key", KEY)];
    let asking = ask(&url, "GET /v1beta/models", &headers, "");
    let waiting = until("it hangs", || provider.open() == 1);
    tokio::select! {
        _ = asking => panic!("it answered"),
        () = waiting => {}
    }
    until("it is left", || provider.hung_up() == 1 && provider.open() == 0).await;
}
