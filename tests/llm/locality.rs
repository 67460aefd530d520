//! Local only: nothing leaves for a host that is not the user's own, whoever asks; and the ledger counts what does leave.

use std::sync::Arc;

use singularis::{
    llm::{
        BaseUrl, Error, Http, Limits, Model,
        ask::Unwatched,
        claude::{Claude, ClaudeModel},
        gemini::{Gemini, GeminiModel},
        lm_studio::{ChatModel, LmStudio},
    },
    protocol::sent_away,
    settings::{Provider, Secret},
};

use crate::{
    MODEL, chat_model, demo, http, patient, question, quick,
    reply::Reply,
    soon,
    wire::{Plan, Wire},
};

/// One model of every client there is, each far away.
fn far_away(http: &Arc<Http>) -> Vec<Box<dyn Model>> {
    let key = Secret::new("sk-not-a-real-key-0123456789");
    let far = BaseUrl::parse("http://192.0.2.7:1234").expect("an address");
    let claude = Claude::new(Arc::clone(http), Claude::usual_base(), key.clone());
    let gemini = Gemini::new(Arc::clone(http), Gemini::usual_base(), key.clone());
    vec![
        Box::new(ChatModel::new(&LmStudio::new(Arc::clone(http), far, key), "expert.1", "far", Vec::new())),
        Box::new(ClaudeModel::new(&claude, "expert.2", "claude-x", Vec::new())),
        Box::new(GeminiModel::new(&gemini, "expert.3", "gemini-x", Vec::new())),
    ]
}

#[tokio::test]
async fn no_client_gets_past_the_lock_and_nothing_is_counted_as_sent() {
    let http = http();
    http.lock(true, &["nas.lan".to_owned()]);
    for model in far_away(&http) {
        let asked = soon(model.ask(&question(Limits::default()), &mut Unwatched)).await;
        assert!(matches!(asked, Err(Error::Locked { .. })), "{} was asked: {asked:?}", model.name());
    }
    let claude = Claude::new(Arc::clone(&http), Claude::usual_base(), None);
    assert!(matches!(soon(claude.models()).await, Err(Error::Locked { .. })));
    assert_eq!(http.ledger().read(), []);
}

#[tokio::test]
async fn this_machine_and_listed_hosts_are_asked_all_the_same() {
    let (http, server) = (http(), demo(quick()).await);
    http.lock(true, &[]);
    let by_name = server.url().replace("127.0.0.1", "localhost");
    for url in [server.url(), by_name] {
        let answer = soon(chat_model(&http, &url, MODEL).ask(&question(patient()), &mut Unwatched)).await;
        assert!(answer.is_ok(), "{url}: {answer:?}");
    }
}

#[tokio::test]
async fn a_server_that_sends_one_elsewhere_is_not_followed() {
    let (http, elsewhere) =
        (http(), Wire::start(Plan::Http(|_asked| Reply::ok(&serde_json::json!({"data": []})))).await);
    let redirecting = Wire::start(Plan::Http(|_asked| {
        Reply::empty(307).header("location", "https://collector.example.com/v1/chat/completions")
    }))
    .await;
    http.lock(true, &[]);
    let asked = soon(chat_model(&http, &redirecting.url(), MODEL).ask(&question(patient()), &mut Unwatched)).await;
    assert!(asked.is_err(), "{asked:?}");
    let hosts: Vec<String> = http.ledger().read().into_iter().map(|line| line.host).collect();
    assert_eq!((hosts, elsewhere.asked()), (vec!["127.0.0.1".to_owned()], 0));
}

#[tokio::test]
async fn the_ledger_counts_what_the_server_saw() {
    let (http, server) = (http(), demo(quick()).await);
    let answer = soon(chat_model(&http, &server.url(), MODEL).ask(&question(patient()), &mut Unwatched)).await;
    let answer = answer.expect("an answer");
    let lines = http.ledger().read();
    let body = server.requests().last().expect("a request").body.to_string();
    assert_eq!(lines.len(), 1, "{lines:?}");
    let line = &lines[0];
    assert_eq!((line.purpose.as_str(), line.provider, line.requests), ("expert.1", Provider::Local, 1));
    assert_eq!(line.sent_bytes, body.len() as u64, "as the server read it");
    assert!(line.received_bytes > answer.text.len() as u64);
    assert_eq!(sent_away(&lines), 0, "this machine is not away");
}
