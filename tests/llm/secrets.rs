//! A token goes into a request header and nowhere else: whatever a server says back, it is in no evidence, no error and
//! no diagnosis.

use singularis::{
    demo::{DemoConfig, FaultKind},
    llm::{
        BaseUrl, Error, Model,
        ask::Unwatched,
        diagnose,
        lm_studio::{ChatModel, LmStudio},
    },
    protocol::Cause,
    settings::Secret,
};

use crate::{
    MODEL, TOKEN, cause, demo, http, on_chat, patient, question, quick,
    reply::Reply,
    soon,
    wire::{Asked, Plan, Wire},
};

/// The failure of a question that carries this token.
async fn failure(url: &str, token: &str) -> Error {
    let base = BaseUrl::parse(url).expect("an address");
    let server = LmStudio::new(http(), base, Secret::new(token));
    let model = ChatModel::new(&server, "expert.1", MODEL, Vec::new());
    soon(model.ask(&question(patient()), &mut Unwatched)).await.expect_err("a failure")
}

/// Neither the token nor its beginning may be seen, however the failure is shown.
fn assert_hidden(error: &Error, token: &str) {
    let evidence = error.evidence().expect("evidence");
    let shown = [
        format!("{error:?}"),
        error.to_string(),
        serde_json::to_string(evidence).expect("JSON"),
        format!("{:?}", diagnose(evidence)),
    ];
    for text in shown {
        assert!(!text.contains(&token[..10]), "a part of the token shows in {text}");
    }
}

fn bearer(asked: &Asked) -> String {
    let header = asked.head.lines().find_map(|line| line.strip_prefix("authorization: bearer "));
    header.expect("the token came along").trim().to_owned()
}

#[tokio::test]
async fn the_right_token_is_accepted() {
    let demo = demo(DemoConfig { token: Some(TOKEN.to_owned()), ..quick() }).await;
    let base = BaseUrl::parse(&demo.url()).expect("an address");
    let server = LmStudio::new(http(), base, Secret::new(TOKEN));
    let model = ChatModel::new(&server, "expert.1", MODEL, Vec::new());
    let answer = soon(model.ask(&question(patient()), &mut Unwatched)).await.expect("an answer");
    assert!(!format!("{answer:?} {server:?}", server = server.base()).contains(&TOKEN[..10]));
}

#[tokio::test]
async fn a_refused_token_is_not_repeated() {
    let demo = demo(DemoConfig { token: Some(TOKEN.to_owned()), ..quick() }).await;
    // Unknown, malformed as a placeholder, and malformed so that the server quotes its beginning.
    for token in ["sk-lm-ABCDEFGH:ABCDEFGHIJ0123456789", "lm-studio-placeholder", "my-own-secret-0123456789"] {
        let error = failure(&demo.url(), token).await;
        assert_eq!(cause(&error), Cause::AuthRequiredOrInvalid, "{error:?}");
        assert_hidden(&error, token);
    }
}

#[tokio::test]
async fn a_token_quoted_in_full_is_hidden_whatever_the_status() {
    let answers: [fn(&Asked) -> Reply; 3] = [
        |asked| Reply::text(500, &format!("could not use {}", bearer(asked))),
        |asked| Reply::html(401, &format!("{} is not welcome", bearer(asked))),
        |asked| Reply::text(200, &bearer(asked)),
    ];
    for answer in answers {
        let wire = Wire::start(Plan::Http(answer)).await;
        let error = failure(&wire.url(), "my-own-secret-0123456789").await;
        assert_hidden(&error, "my-own-secret-0123456789");
    }
}

#[tokio::test]
async fn the_beginning_of_a_token_in_quotes_is_hidden_too() {
    let wire = Wire::start(Plan::Http(|asked| {
        let token = bearer(asked);
        let shown = &token[..12];
        Reply::new(401, "application/json", format!("{{\"error\":\"Incorrect API key provided: '{shown}...'\"}}"))
    }))
    .await;
    let error = failure(&wire.url(), "my-own-secret-0123456789").await;
    assert_eq!(cause(&error), Cause::AuthRequiredOrInvalid);
    assert_hidden(&error, "my-own-secret-0123456789");
}

#[tokio::test]
async fn a_token_in_a_header_is_hidden() {
    let wire = Wire::start(Plan::Http(|asked| {
        Reply::empty(401).header("www-authenticate", &format!("Bearer error=\"{} is expired\"", bearer(asked)))
    }))
    .await;
    let error = failure(&wire.url(), "my-own-secret-0123456789").await;
    assert_hidden(&error, "my-own-secret-0123456789");
}

#[tokio::test]
async fn a_token_in_the_middle_of_a_stream_is_hidden() {
    let faults = on_chat(FaultKind::ErrorEventAfter(1, format!("the key {TOKEN} was revoked")));
    let demo = demo(DemoConfig { token: Some(TOKEN.to_owned()), faults, ..quick() }).await;
    let error = failure(&demo.url(), TOKEN).await;
    assert_hidden(&error, TOKEN);
}

#[tokio::test]
async fn a_token_at_the_edge_of_what_is_kept_is_hidden() {
    let wire = Wire::start(Plan::Http(|asked| {
        // What is kept as evidence ends in the middle of the token.
        let before = "x".repeat((16 << 10) - 14);
        Reply::text(500, &format!("{before} {} {before}", bearer(asked)))
    }))
    .await;
    let error = failure(&wire.url(), "my-own-secret-0123456789").await;
    assert_hidden(&error, "my-own-secret-0123456789");
}
