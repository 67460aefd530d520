//! One case for each way in which servers fail, in the shapes in which they say it.

use super::*;
use crate::{
    llm::evidence::{Asked, Fault, Kind, Limit, Observed},
    protocol::{Fix, Remedy},
};

const CHAT: &str = "http://127.0.0.1:1234/v1/chat/completions";

fn asked(url: &str, model: Option<&str>) -> Asked {
    Asked { method: Some("POST".into()), url: Some(url.into()), model: model.map(str::to_owned), stream: Some(true) }
}

fn said(status: u16, body: &str) -> Evidence {
    let observed = Observed { status: Some(status), body: Some(body.into()), ..Observed::default() };
    Evidence { request: asked(CHAT, Some("qwen/qwen3-8b")), observed, ..Evidence::default() }
}

fn cause(evidence: &Evidence) -> Cause {
    diagnose(evidence).cause
}

#[test]
fn the_servers_own_words_decide() {
    for (status, body, expected) in [
        (400, r#"{"error":"No models loaded. Please load a model in the developer page"}"#, Cause::NoModelLoaded),
        (
            400,
            r#"{"error":{"message":"Invalid model identifier \"x\". Please specify a valid downloaded model (e.g., a, b).","code":"model_not_found"}}"#,
            Cause::ModelNotFound,
        ),
        (200, r#"{"error":"Unexpected endpoint or method. (GET /models)"}"#, Cause::WrongBasePath),
        (
            400,
            r#"{"error":"'response_format.type' must be 'json_schema' or 'text'"}"#,
            Cause::UnsupportedResponseFormat,
        ),
        (400, r#"{"error":"Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)"}"#, Cause::ContextOverflow),
        (
            400,
            r#"{"error":{"message":"Engine protocol predict request returned 400: {\"error\":{\"message\":\"request (9 tokens) exceeds the available context size (8 tokens)\"}}"}}"#,
            Cause::ContextOverflow,
        ),
        (400, r#"{"error":"Failed to load model \"a\". Error: Model is not llm."}"#, Cause::WrongModelType),
        (
            500,
            r#"{"error":{"type":"model_load_failed","message":"stopped due to insufficient system resources"}}"#,
            Cause::ModelLoadFailedResources,
        ),
        (
            401,
            r#"{"error":{"code":"invalid_api_key","message":"An LM Studio API token is required"}}"#,
            Cause::AuthRequiredOrInvalid,
        ),
        (503, r#"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#, Cause::ModelLoading),
        (
            400,
            r#"{"error":"The model has crashed without additional information. (Exit code: null)"}"#,
            Cause::ModelCrashed,
        ),
        (
            429,
            r#"{"error":{"message":"quota","details":[{"quotaId":"GenerateRequestsPerDay"}]}}"#,
            Cause::QuotaExhausted,
        ),
    ] {
        assert_eq!(cause(&said(status, body)), expected, "{body}");
    }
}

#[test]
fn a_models_own_words_are_not_the_servers() {
    let body = r#"{"model":"qwen/qwen3-8b","choices":[{"message":{"content":"No models loaded, out of memory"},"finish_reason":"stop"}]}"#;
    assert_eq!(cause(&said(200, body)), Cause::Unknown);
}

#[test]
fn another_model_that_answers_is_noticed_and_offered() {
    let mut evidence = said(200, r#"{"model":"gemma-3:2","choices":[{"message":{"content":"hi"}}]}"#);
    assert_eq!(cause(&evidence), Cause::ModelNameMismatch);
    evidence.fault = Some(Fault::OtherModel { answered: "gemma-3".into() });
    let expected = Fix::UseModel { role: String::new(), instead_of: "qwen/qwen3-8b".into(), model: "gemma-3".into() };
    assert_eq!(diagnose(&evidence).problem.remedies[0], Remedy::Action(expected));
}

#[test]
fn a_name_that_is_nearly_right_is_told_from_one_that_does_not_exist() {
    let body = r#"{"error":"No models loaded."}"#;
    let mut evidence = said(400, body);
    evidence.request.model = Some("Qwen3-8B ".into());
    evidence.models_listed = Some(vec!["qwen/qwen3-8b".into()]);
    assert_eq!(cause(&evidence), Cause::ModelNameMismatch);
    let fix = Fix::UseModel { role: String::new(), instead_of: "Qwen3-8B ".into(), model: "qwen/qwen3-8b".into() };
    assert_eq!(diagnose(&evidence).problem.remedies[0], Remedy::Action(fix));
}

#[test]
fn below_http_the_place_matters() {
    let refused = |url: &str| Evidence { request: asked(url, None), ..Evidence::default() }.with(Fault::Refused);
    assert_eq!(cause(&refused(CHAT)), Cause::ServerNotRunning);
    assert_eq!(cause(&refused("http://192.168.1.9:1234/")), Cause::FirewallOrLanBinding);
    let running = Evidence { app_is_running: Some(true), ..refused(CHAT) };
    assert_eq!(cause(&running), Cause::ServerSwitchedOff);
    let other = |fault: Fault| cause(&Evidence { request: asked(CHAT, Some("m")), ..Evidence::default() }.with(fault));
    assert_eq!(other(Fault::NameNotResolved), Cause::WrongHostOrDns);
    assert_eq!(other(Fault::Tls), Cause::TlsMismatch);
    assert_eq!(other(Fault::TimedOut { limit: Limit::FirstToken, after_ms: 9 }), Cause::TimeoutSlowModel);
    assert_eq!(other(Fault::TimedOut { limit: Limit::BetweenTokens, after_ms: 9 }), Cause::StreamStalled);
    assert_eq!(other(Fault::Truncated { pieces: 3 }), Cause::StreamTruncated);
}

#[test]
fn the_words_of_other_clients_are_understood() {
    let reported = |url: &str, kind: Kind, words: &str| {
        let observed = Observed { kind, transport_error: Some(words.into()), ..Observed::default() };
        cause(&Evidence { request: asked(url, Some("m")), observed, ..Evidence::default() })
    };
    let local = "http://localhost:1234/v1/models";
    assert_eq!(reported(local, Kind::Transport, "connect ECONNREFUSED 127.0.0.1:1234"), Cause::ServerNotRunning);
    assert_eq!(reported(local, Kind::Transport, "connect ECONNREFUSED ::1:1234"), Cause::Ipv6Localhost);
    assert_eq!(reported("http://llm.test/", Kind::Transport, "getaddrinfo ENOTFOUND llm.test"), Cause::WrongHostOrDns);
    assert_eq!(reported(local, Kind::Transport, "SSL: WRONG_VERSION_NUMBER"), Cause::TlsMismatch);
    assert_eq!(reported(local, Kind::Timeout, "HeadersTimeoutError"), Cause::TimeoutSlowModel);
}

#[test]
fn pages_come_from_other_programs_or_proxies() {
    assert_eq!(cause(&said(200, "<!DOCTYPE html><title>My router</title>")), Cause::WrongPortOtherService);
    assert_eq!(cause(&said(502, "<html><h1>Bad Gateway</h1></html>")), Cause::ProxyInterference);
    assert_eq!(cause(&said(200, "hello")), Cause::MalformedResponse);
    assert_eq!(cause(&said(400, "<html>The plain HTTP request was sent to HTTPS port</html>")), Cause::TlsMismatch);
}

#[test]
fn every_problem_carries_the_evidence_and_a_way_out() {
    let body = r#"{"error":{"message":"Invalid model identifier \"qwen/qwen3-8b\". Please specify a valid downloaded model (e.g., qwen/qwen3-14b)."}}"#;
    let problem = diagnose(&said(400, body)).problem;
    let all = problem.details.join("\n");
    for part in [CHAT, "qwen/qwen3-8b", "400", "Invalid model identifier"] {
        assert!(all.contains(part), "{part} is missing in {all}");
    }
    assert!(!problem.remedies.is_empty());
    for &cause in Cause::ALL {
        let reading = Reading::of(&Evidence::default()).url;
        assert!(reading.is_none());
        let verdict = Verdict::certain(cause);
        let problem = explain::problem(&verdict, &Reading::of(&Evidence::default()));
        assert!(!problem.summary.is_empty() && !problem.remedies.is_empty(), "{cause}");
    }
}

#[test]
fn hostile_bodies_take_linear_time_and_no_panic() {
    let deep = "{\"error\":".repeat(5_000);
    let wide = "[{\"error\":\"{".repeat(20_000);
    let odd = "\u{1F642}\\".repeat(30_000);
    let codes = "error code: ".repeat(30_000);
    let started = std::time::Instant::now();
    for body in [deep, wide, odd, codes] {
        let _any = diagnose(&said(400, &body));
    }
    // A square of these sizes would take minutes.
    assert!(started.elapsed() < std::time::Duration::from_secs(20), "{:?}", started.elapsed());
}
