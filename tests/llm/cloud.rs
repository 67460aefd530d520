//! Providers in the cloud, played by small servers of their wire formats: what the check says of them, and what each client
//! makes of their answers and refusals.

use serde_json::{Value, json};
use singularis::{
    health::cloud::{self, Place},
    llm::{Format, account::Account, ask::Unwatched},
    protocol::{Cause, Depth, Fix, HealthReport, Remedy, Wellness},
    settings::{self, Provider, Secret, Settings, Strategy},
};

use crate::{
    Heard, http, patient, question,
    reply::Reply,
    soon,
    wire::{Asked, Plan, Wire},
};

const KEY: &str = "a-key-for-this-test-only-0123456789";
const THOUGHT: &str = r#"{"thought":"Rest is best","action":"wait","arguments":{},"confidence":0.5}"#;

/// Gemini as far as it is asked here.
fn gemini(asked: &Asked) -> Reply {
    let path = asked.path.split('?').next().unwrap_or_default();
    match (asked.method.as_str(), path) {
        _ if !asked.head.contains(&format!("x-goog-api-key: {KEY}")) => Reply::json(
            400,
            &json!({"error": {"code": 400, "message": "API key not valid. Please pass a valid API key.",
                "status": "INVALID_ARGUMENT", "details": [{"reason": "API_KEY_INVALID"}]}}),
        ),
        ("GET", "/v1beta/models") => Reply::ok(&json!({"models": [
            {"name": "models/gemini-9-flash", "supportedGenerationMethods": ["generateContent"]},
            {"name": "models/embedding-9", "supportedGenerationMethods": ["embedContent"]}]})),
        ("POST", "/v1beta/models/gemini-9-flash:streamGenerateContent") => {
            let chunk = |text: &str, end: &str| {
                let content = json!({"parts": [{"text": text}], "role": "model"});
                let reason = if end.is_empty() { Value::Null } else { Value::from(end) };
                let body = json!({"candidates": [{"content": content, "finishReason": reason}],
                    "modelVersion": "gemini-9-flash", "usageMetadata": {"promptTokenCount": 4, "candidatesTokenCount": 2}});
                format!("data: {body}\r\n\r\n")
            };
            let (first, rest) = THOUGHT.split_at(20);
            Reply::sse(format!("{}{}", chunk(first, ""), chunk(rest, "STOP")))
        }
        _ => Reply::text(404, "not here"),
    }
}

/// Claude as far as it is asked here.
fn claude(asked: &Asked) -> Reply {
    let path = asked.path.split('?').next().unwrap_or_default();
    match (asked.method.as_str(), path) {
        _ if !asked.head.contains(&format!("x-api-key: {KEY}")) => {
            let error = json!({"type": "authentication_error", "message": "invalid x-api-key"});
            Reply::json(401, &json!({"type": "error", "error": error}))
        }
        ("GET", "/v1/models") => Reply::ok(&json!({"data": [{"type": "model", "id": "claude-sonnet-9"},
                {"type": "model", "id": "claude-sonnet-3", "lifecycle": "retired"}], "has_more": false})),
        ("POST", "/v1/messages") => {
            let start = json!({"type": "message_start", "message": {"id": "m", "content": [], "model": "claude-sonnet-9",
                "usage": {"input_tokens": 4}}});
            let open =
                json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}});
            let text =
                json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": THOUGHT}});
            let close = json!({"type": "content_block_stop", "index": 0});
            let end =
                json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 9}});
            let events = [start, open, text, close, end, json!({"type": "message_stop"})];
            Reply::sse(events.map(|event| format!("data: {event}\n\n")).concat())
        }
        _ => Reply::text(404, "not here"),
    }
}

fn account(provider: Provider, server: &Wire, model: &str, key: Option<&str>) -> Account {
    let settings = settings::Account { url: server.url(), model: model.to_owned(), ..settings::Account::default() };
    let account = Account::new(&http(), provider, &settings, key.and_then(Secret::new));
    account.expect("a provider in the cloud").expect("an address")
}

async fn checked(accounts: &[Account]) -> HealthReport {
    let parts = Strategy::CloudExperts.parts(&Settings::default().roles);
    soon(cloud::check(accounts, &parts, Depth::Full, Place::Alone, &mut |_finding| {})).await
}

#[tokio::test]
async fn both_providers_are_asked_for_real_and_get_their_parts() {
    let (one, other) = (Wire::start(Plan::Http(gemini)).await, Wire::start(Plan::Http(claude)).await);
    let accounts = [account(Provider::Gemini, &one, "", Some(KEY)), account(Provider::Claude, &other, "", Some(KEY))];
    let report = checked(&accounts).await;
    assert_eq!((report.verdict, report.cause), (Wellness::Healthy, None), "{report}");
    let of = |endpoint: &str| report.roles.iter().filter(|role| role.endpoint == endpoint).count();
    assert_eq!((of("gemini"), of("claude")), (6, 4), "six and three experts, and Claude decides");
    assert!(!serde_json::to_string(&report).unwrap().contains(&KEY[..12]), "the key shows");
}

#[tokio::test]
async fn what_one_provider_lacks_is_named_and_the_other_goes_on() {
    let (one, other) = (Wire::start(Plan::Http(gemini)).await, Wire::start(Plan::Http(claude)).await);
    let good = account(Provider::Gemini, &one, "", Some(KEY));
    for (bad, cause) in [
        (account(Provider::Claude, &other, "", None), Cause::AuthRequiredOrInvalid),
        (account(Provider::Claude, &other, "", Some("another-key-0123456789")), Cause::AuthRequiredOrInvalid),
        (account(Provider::Claude, &other, "claude-sonet-9", Some(KEY)), Cause::ModelNotFound),
        (account(Provider::Claude, &other, "claude-sonnet-3", Some(KEY)), Cause::ModelDeprecated),
    ] {
        let report = checked(&[good.clone(), bad]).await;
        assert_eq!(report.others[0].cause, Some(cause), "{report}");
        assert_eq!(report.verdict, Wellness::Degraded);
        assert_eq!(report.roles.len(), 7, "six experts of Gemini, which decides too");
    }
    let wrong = account(Provider::Claude, &other, "claude-sonet-9", Some(KEY));
    let report = checked(&[wrong]).await;
    assert_eq!((report.verdict, report.cause), (Wellness::Unhealthy, Some(Cause::ModelNotFound)));
    let fix =
        Fix::UseModel { role: "claude".into(), instead_of: "claude-sonet-9".into(), model: "claude-sonnet-9".into() };
    assert!(report.first_problem().unwrap().remedies.contains(&Remedy::Action(fix)), "{report}");
}

#[tokio::test]
async fn refusals_and_broken_streams_of_both_are_told_apart_and_never_taken_for_answers() {
    fn refusing(asked: &Asked) -> Reply {
        let error = |status: u16, kind: &str, message: &str| {
            Reply::json(status, &json!({"type": "error", "error": {"type": kind, "message": message}}))
        };
        let begun = "data: {\"type\":\"message_start\",\"message\":{\"model\":\"x\",\"content\":[]}}\n\n\
            data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n\
            data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"So\"}}\n\n";
        match asked.body["model"].as_str().unwrap_or_default() {
            "credit" => {
                error(400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API.")
            }
            "forbidden" => {
                error(403, "permission_error", "Your API key does not have permission to use the specified resource.")
            }
            "gone" => error(404, "not_found_error", "model: gone"),
            "large" => error(413, "request_too_large", "Request exceeds the maximum size"),
            "often" => error(429, "rate_limit_error", "This request would exceed the rate limit per minute")
                .header("retry-after", "3"),
            "inside" => error(500, "api_error", "Internal server error"),
            "full" => error(529, "overloaded_error", "Overloaded"),
            "cut" => Reply::sse(begun),
            "mid" => Reply::sse(format!(
                "{begun}event: error\ndata: {{\"type\":\"error\",\"error\":{{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}}}\n\n"
            )),
            _ => error(
                400,
                "invalid_request_error",
                "max_tokens: 9 > 8, which is the maximum allowed number of output tokens",
            ),
        }
    }
    let server = Wire::start(Plan::Http(refusing)).await;
    for (model, cause) in [
        ("credit", Cause::AccountBlocked),
        ("forbidden", Cause::AuthRequiredOrInvalid),
        ("gone", Cause::ModelNotFound),
        ("large", Cause::RequestTooLarge),
        ("often", Cause::RateLimited),
        ("inside", Cause::ServerInternalError),
        ("full", Cause::ServerOverloaded),
        ("cut", Cause::StreamTruncated),
        ("mid", Cause::ServerOverloaded),
        ("param", Cause::UnsupportedParameter),
    ] {
        let claude = account(Provider::Claude, &server, model, Some(KEY)).model("expert.1", model, Vec::new());
        let asked = server.asked();
        let error = soon(claude.ask(&question(patient()), &mut Unwatched)).await.expect_err(model);
        assert_eq!(crate::cause(&error), cause, "{model}: {error}");
        assert_eq!(server.asked() - asked, 1, "{model} is not asked again");
        assert!(!error.to_string().contains(&KEY[..12]), "{model} shows the key");
    }
}

#[tokio::test]
async fn an_answer_in_json_comes_from_both() {
    let (one, other) = (Wire::start(Plan::Http(gemini)).await, Wire::start(Plan::Http(claude)).await);
    for account in [account(Provider::Gemini, &one, "", Some(KEY)), account(Provider::Claude, &other, "", Some(KEY))] {
        let name =
            account.choose(&account.models().await.unwrap().into_iter().map(|model| model.id).collect::<Vec<_>>());
        let model = account.model("expert.1", &name.expect("a model"), Vec::new());
        let schema = json!({"type": "object", "properties": {"thought": {"type": "string"}}, "required": ["thought"]});
        let ask = singularis::llm::Ask { format: Format::Json { name: "opinion", schema }, ..question(patient()) };
        let mut heard = Heard::default();
        let answer = soon(model.ask(&ask, &mut heard)).await.expect("an answer");
        assert_eq!(answer.text, THOUGHT);
        assert_eq!(heard.text.concat(), THOUGHT);
        assert_eq!(answer.by.provider, account.provider());
    }
}
