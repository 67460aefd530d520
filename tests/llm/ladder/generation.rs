//! The server lists its models well, and the test answer goes wrong: in its stream, or by a refusal.

use std::time::Duration;

use singularis::{
    demo::{DemoConfig, FaultKind},
    protocol::Cause,
};

use super::{Row, demo_row, faulty, speaks};
use crate::{
    lookalikes::{embedding_llama, garbled_llama, plain_text_llama},
    quick,
};

const CHAT: &str = "/chat/completions";
const ANSWER: &str = "generation:demo/small-talker";
const TINY_ANSWER: &str = "generation:tiny";
const SLOW: &[Cause] = &[Cause::TimeoutSlowModel];
const STALLED: &[Cause] = &[Cause::StreamStalled];

pub fn rows() -> Vec<Row> {
    let mut rows = streams();
    rows.extend(refusals());
    rows
}

fn streams() -> Vec<Row> {
    let chat = |name, what, causes| faulty(name, CHAT, what).fails(ANSWER, causes);
    let page = &[Cause::WrongPortOtherService, Cause::ProxyInterference, Cause::MalformedResponse];
    let second = Duration::from_secs(1);
    vec![
        chat("the chat refused", FaultKind::Refuse, &[Cause::ConnectionReset]),
        chat("the chat reset", FaultKind::Reset, &[Cause::ConnectionReset]),
        chat("no headers for the chat", FaultKind::SilentHeaders, SLOW).hurried(),
        chat("late headers for the chat", FaultKind::SlowHeaders(4 * second), SLOW).hurried(),
        chat("no first token", FaultKind::StallBeforeFirstToken, SLOW).hurried(),
        chat("silence after some tokens", FaultKind::StallMidStream(3), &[Cause::StreamStalled]).short_of_breath(),
        chat("seconds between tokens", FaultKind::Slow(2 * second), &[Cause::StreamStalled]).short_of_breath(),
        chat("a chat that hangs while the settings allow minutes", FaultKind::SilentHeaders, SLOW).patient_as_usual(),
        chat("no first token while the settings allow minutes", FaultKind::StallBeforeFirstToken, SLOW)
            .patient_as_usual(),
        chat("silence in an answer while the settings allow minutes", FaultKind::StallMidStream(3), STALLED)
            .patient_as_usual(),
        chat("an answer cut short", FaultKind::TruncateAfter(3), &[Cause::StreamTruncated]),
        chat("an answer cut off", FaultKind::CutAfter(3), &[Cause::ConnectionReset, Cause::StreamTruncated]),
        chat("rubbish in the stream", FaultKind::GarbageAfter(3), &[Cause::MalformedResponse]),
        chat("an error in the stream", FaultKind::ErrorEventAfter(3, "boom".to_owned()), &[Cause::StreamErrorEvent]),
        chat(
            "too little context, told in the stream",
            FaultKind::ErrorEventAfter(0, "Input does not fit in context length.".to_owned()),
            &[Cause::ContextOverflow],
        ),
        chat("an empty stream", FaultKind::EmptyStream, &[Cause::EmptyOutput]),
        chat("a web page for an answer", FaultKind::HtmlPage, page),
        chat("another model", FaultKind::WrongModel("demo/other".to_owned()), &[Cause::ModelNameMismatch]),
        demo_row("a first token that takes forever", DemoConfig { first_token_after: 60 * second, ..quick() })
            .fails(ANSWER, SLOW)
            .hurried(),
        speaks("a stream as plain text", plain_text_llama).fails(TINY_ANSWER, &[Cause::MalformedResponse]),
        speaks("a stream that is no UTF-8", garbled_llama).fails(TINY_ANSWER, &[Cause::MalformedResponse]),
        speaks("llama.cpp for embeddings", embedding_llama).fails(TINY_ANSWER, &[Cause::WrongModelType]),
    ]
}

/// What LM Studio really says, each with its status.
fn refusals() -> Vec<Row> {
    let nothing_loaded =
        r#"{"error":"No models loaded. Please load a model in the developer page or use the 'lms load' command."}"#;
    let crashed = r#"{"error":"The model has crashed without additional information. (Exit code: null)"}"#;
    let guardrail = r#"{"error":{"type":"model_load_failed","message":"Failed to load LLM 'x': Error: Model loading was stopped due to insufficient system resources."}}"#;
    let loading = r#"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#;
    let context = r#"{"error":"The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 13055>= n_ctx: 4096). Try to load the model with a larger context length, or provide a shorter input."}"#;
    let template = r#"{"error":"Error rendering prompt with jinja template: \"Unknown test: sequence\"."}"#;
    let token = r#"{"error":{"code":"invalid_api_key","message":"An LM Studio API token is required to make requests to this server","type":"invalid_request"}}"#;
    let not_found = r#"{"error":{"message":"Invalid model identifier \"demo/small-talker\". Please specify a valid downloaded model (e.g., a/b).","type":"invalid_request_error","param":"model","code":"model_not_found"}}"#;
    let runtime = r#"{"error":"No LM Runtime found for model format 'gguf'!"}"#;
    let old = r#"{"error":"error loading model architecture: unknown model architecture: 'gemma-embedding'"}"#;
    let died =
        r#"{"error":"Error loading model. (Exit code: 18446744072635812000). Unknown error. Try a different model."}"#;
    let rate = r#"{"error":{"message":"Rate limit exceeded"}}"#;
    let json = |name, status, body: &str, causes| {
        let what = FaultKind::Status(status, "application/json".to_owned(), body.to_owned());
        faulty(name, CHAT, what).fails(ANSWER, causes)
    };
    let page = FaultKind::Status(502, "text/html".to_owned(), "<html><h1>502 Bad Gateway</h1></html>".to_owned());
    vec![
        json("refused: nothing loaded", 400, nothing_loaded, &[Cause::NoModelLoaded]),
        json("refused: the model crashed", 400, crashed, &[Cause::ModelCrashed]),
        json("refused: the guardrail", 500, guardrail, &[Cause::ModelLoadFailedResources]),
        json("refused: still loading", 503, loading, &[Cause::ModelLoading]),
        json("refused: the prompt is too long", 400, context, &[Cause::ContextOverflow]),
        json("refused: the template fails", 400, template, &[Cause::TemplateError]),
        json("refused: a token after all", 401, token, &[Cause::AuthRequiredOrInvalid]),
        json("refused: no such model after all", 400, not_found, &[Cause::ModelNotFound]),
        json("refused: no runtime", 400, runtime, &[Cause::RuntimeMissing]),
        json("refused: an old runtime", 400, old, &[Cause::RuntimeTooOld]),
        json(
            "refused: an engine that dies while it loads",
            400,
            died,
            &[Cause::ModelCrashed, Cause::ModelLoadFailedResources],
        ),
        json("refused: too often", 429, rate, &[Cause::RateLimited]),
        json("refused: too large", 413, "", &[Cause::RequestTooLarge]),
        json("refused: a failure inside", 500, r#"{"error":"Something broke"}"#, &[Cause::ServerInternalError]),
        json(
            "refused: wrong path",
            200,
            r#"{"error":"Unexpected endpoint or method. (POST /v1/chat/completions)"}"#,
            &[Cause::WrongBasePath],
        ),
        faulty("refused: a proxy in between", CHAT, page).fails(ANSWER, &[Cause::ProxyInterference]),
    ]
}
