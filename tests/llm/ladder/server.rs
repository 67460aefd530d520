//! A model server that is there and not ready: it wants a token, has nothing loaded, knows another name, or breaks
//! where it lists its models.

use singularis::{
    demo::{DemoApi, DemoConfig, DemoModel, FaultKind},
    protocol::{Cause, Fix},
};

use super::{Row, demo_row, faulty, speaks};
use crate::{
    MODEL, TOKEN,
    lookalikes::{bare_ollama, bare_vllm, embedding_vllm, loading_llama, locked_gateway, vast_vllm},
    quick,
    reply::Reply,
};

const LOCKED: &[Cause] = &[Cause::AuthRequiredOrInvalid];
const BARE: &[Cause] = &[Cause::NoModelLoaded];
const BROKEN: &[Cause] = &[Cause::ConnectionReset];
const EMBEDDING: &[Cause] = &[Cause::WrongModelType, Cause::NoModelLoaded];
const LIST: &str = "/models";

pub fn rows() -> Vec<Row> {
    let mut rows = tokens();
    rows.extend(nothing_to_ask());
    rows.extend(names());
    rows.extend(broken());
    rows
}

fn tokens() -> Vec<Row> {
    let locked = || DemoConfig { token: Some(TOKEN.to_owned()), ..quick() };
    vec![
        demo_row("no token", locked()).fails("token", LOCKED),
        demo_row("an unknown token", locked()).with_token("sk-lm-ABCDEFGH:ABCDEFGHIJ0123456789").fails("token", LOCKED),
        demo_row("a malformed token", locked()).with_token("my-own-secret-0123456789").fails("token", LOCKED),
        speaks("LiteLLM without a key", locked_gateway).fails("token", LOCKED),
        speaks("unauthorized without a word", |_| Reply::empty(401)).fails("token", LOCKED),
    ]
}

fn nothing_to_ask() -> Vec<Row> {
    let cold = || DemoConfig { models: vec![DemoModel::llm(MODEL)], just_in_time_loading: false, ..quick() };
    let embedder = DemoModel { loaded: true, ..DemoModel::embedding("demo/embedder") };
    vec![
        demo_row("nothing loaded", cold()).fails("loaded", BARE).offers(|_| Fix::load(MODEL)),
        demo_row("nothing loaded on an older LM Studio", DemoConfig { api: DemoApi::V0, ..cold() })
            .fails("models|loaded", BARE),
        demo_row("nothing downloaded", DemoConfig { models: Vec::new(), ..quick() }).fails("models", BARE),
        demo_row("embedding models alone", DemoConfig { models: vec![embedder], ..quick() }).fails("models", EMBEDDING),
        speaks("vLLM with an empty list", bare_vllm).fails("models", BARE),
        speaks("vLLM with an embedding model alone", embedding_vllm).fails("models", EMBEDDING),
        speaks("Ollama without a model", bare_ollama).fails("models", BARE),
        speaks("llama.cpp that is still loading", loading_llama).fails("models", &[Cause::ModelLoading]),
    ]
}

fn names() -> Vec<Row> {
    let nearly = &[Cause::ModelNotFound, Cause::ModelNameMismatch];
    vec![
        demo_row("a model that nobody has", quick())
            .asks_for("acme/roadrunner")
            .fails("role:expert.1", &[Cause::ModelNotFound]),
        demo_row("a name in capitals", quick())
            .asks_for("Demo/Small-Talker")
            .fails("role:expert.1", &[Cause::ModelNameMismatch])
            .offers(|_| use_model("Demo/Small-Talker")),
        demo_row("a name with a letter less", quick())
            .asks_for("demo/small-taker")
            .fails("role:expert.1", nearly)
            .offers(|_| use_model("demo/small-taker")),
        demo_row("an embedding model for a role", quick())
            .asks_for("demo/embedder")
            .fails("role:expert.1", &[Cause::WrongModelType])
            .offers(|_| use_model("demo/embedder")),
        speaks("a name missing among ten thousand", vast_vllm).asks_for("model-99999").fails("role:expert.1", nearly),
        demo_row("a path too much", quick())
            .typed(|url| format!("{url}/wrong"))
            .fails("identity|models", &[Cause::WrongBasePath]),
    ]
}

fn use_model(instead_of: &str) -> Fix {
    Fix::UseModel { role: String::new(), instead_of: instead_of.to_owned(), model: MODEL.to_owned() }
}

fn broken() -> Vec<Row> {
    let page = &[Cause::WrongPortOtherService, Cause::ProxyInterference, Cause::MalformedResponse];
    // Whoever has greeted is neither off nor another program.
    let hung = &[Cause::TimeoutSlowModel, Cause::ServerOverloaded, Cause::StreamStalled];
    let said = |status: u16, words: &str| {
        FaultKind::Status(status, "application/json".to_owned(), format!("{{\"error\":{{\"message\":\"{words}\"}}}}"))
    };
    vec![
        faulty("every connection refused", "*", FaultKind::Refuse).fails("identity", BROKEN),
        faulty("every connection reset", "*", FaultKind::Reset).fails("identity", BROKEN),
        faulty("the greeting refused", "/lmstudio-greeting", FaultKind::Refuse).fails("identity", BROKEN),
        faulty("no headers at all", "*", FaultKind::SilentHeaders).fails("identity", &[Cause::WrongPortOtherService]),
        faulty("a web page everywhere", "*", FaultKind::HtmlPage).fails("identity", &[Cause::WrongPortOtherService]),
        faulty("the list refused", LIST, FaultKind::Refuse).fails("models", BROKEN),
        faulty("the list reset", LIST, FaultKind::Reset).fails("models", BROKEN),
        faulty("silence at the list", LIST, FaultKind::SilentHeaders).fails("models", hung),
        faulty("a web page for a list", LIST, FaultKind::HtmlPage).fails("models", page),
        faulty("the list fails inside", LIST, said(500, "Internal")).fails("models", &[Cause::ServerInternalError]),
        faulty("the list limited", LIST, said(429, "Too many requests")).fails("models", &[Cause::RateLimited]),
        faulty("the list overloaded", LIST, said(503, "The server is busy"))
            .fails("models", &[Cause::ServerOverloaded]),
    ]
}
