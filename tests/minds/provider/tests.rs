//! The pretend providers on trial: what they answer, and that every behaviour is what its name says.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::time::timeout;

use super::{
    Behaviour, Ending, KEY, Provider,
    raw::{Said, ask, until},
};

/// A prompt as this program writes it.
const PROMPT: &str = "Goal: Come home\n\nObservation:\nYou are at Town.\n\nLegal actions:\n- go_to {\"place\":\"Farm\"}\n- \
    go_to {\"place\":\"Camp\"}\n- wait\n\nOpinions:\n- threat [0.50] proposes wait: All is quiet.\n";
const SYSTEM: &str = "Role: threat\n\nYou are one of several experts.";
/// Longer than anything takes that is not meant to take for ever.
const SHORTLY: Duration = Duration::from_millis(300);

/// How one provider is asked.
struct Form {
    provider: Provider,
    model: &'static str,
    list: &'static str,
    route: &'static str,
    key: &'static str,
    body: Value,
}

impl Form {
    async fn ask_with(&self, key: &str, route: &str, body: &str) -> std::io::Result<Said> {
        let headers = [(self.key, key), ("anthropic-version", "2023-06-01"), ("content-type", "application/json")];
        ask(&self.provider.url(), route, &headers, body).await
    }

    async fn ask(&self) -> std::io::Result<Said> {
        self.ask_with(KEY, self.route, &self.body.to_string()).await
    }

    /// Asks, and hangs up before the answer is complete.
    async fn ask_and_leave(&self) {
        assert!(timeout(SHORTLY, self.ask()).await.is_err(), "{} answered all of it", self.model);
    }
}

fn schema() -> Value {
    let arguments = json!({"type": "object", "properties": {"place": {"enum": ["Farm", "Camp"]}},
        "additionalProperties": false});
    let properties = json!({"thought": {"type": "string"}, "action": {"type": "string", "enum": ["go_to", "wait"]},
        "arguments": arguments, "confidence": {"type": "number"}});
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

/// Both, with the same question.
async fn both() -> [Form; 2] {
    let gemini = json!({"systemInstruction": {"parts": [{"text": SYSTEM}]},
        "contents": [{"role": "user", "parts": [{"text": PROMPT}]}],
        "generationConfig": {"responseJsonSchema": schema(), "thinkingConfig": {"includeThoughts": true}}});
    let claude = json!({"model": "claude-sonnet-9", "max_tokens": 500, "stream": true, "system": SYSTEM,
        "messages": [{"role": "user", "content": [{"type": "text", "text": PROMPT}]}],
        "thinking": {"type": "adaptive"}, "output_config": {"format": {"type": "json_schema", "schema": schema()}}});
    [
        Form {
            provider: Provider::gemini().await,
            model: "gemini-9-flash",
            list: "GET /v1beta/models",
            route: "POST /v1beta/models/gemini-9-flash:streamGenerateContent?alt=sse",
            key: "x-goog-api-key",
            body: gemini,
        },
        Form {
            provider: Provider::claude().await,
            model: "claude-sonnet-9",
            list: "GET /v1/models",
            route: "POST /v1/messages",
            key: "x-api-key",
            body: claude,
        },
    ]
}

/// What a stream says beside its thoughts.
fn words(said: &Said) -> String {
    let mut words = String::new();
    for event in said.events() {
        let (part, delta) = (&event["candidates"][0]["content"]["parts"][0], &event["delta"]);
        let texts = [&part["text"], &delta["text"], &delta["partial_json"]];
        if part["thought"] != true {
            words.extend(texts.into_iter().filter_map(Value::as_str));
        }
    }
    words
}

fn decision(said: &Said) -> Value {
    serde_json::from_str(&words(said)).expect("an object")
}

#[tokio::test]
async fn both_choose_a_legal_action_and_everything_is_noted() {
    for form in both().await {
        let before = Instant::now();
        let said = form.ask().await.expect("an answer");
        assert_eq!((said.status, said.is_whole), (200, true), "{}", said.body);
        assert!(said.events().len() > 4, "it comes in pieces");
        let answer = decision(&said);
        assert_eq!((&answer["action"], &answer["arguments"]), (&json!("go_to"), &json!({"place": "Farm"})));
        assert!(answer["thought"].is_string() && answer["confidence"].is_number(), "{answer}");
        let requests = form.provider.requests();
        let [request] = requests.as_slice() else { panic!("{requests:?}") };
        assert!(request.at >= before && form.route.contains(&request.path));
        assert_eq!((request.model.as_str(), request.role.as_str()), (form.model, "threat"));
        assert_eq!((&request.body, request.body_bytes), (&form.body, form.body.to_string().len()));
        assert_eq!((request.status, request.ending), (Some(200), Some(Ending::Complete)));
        assert_eq!(request.answered_bytes, said.body.len());
        assert!(request.prompt_tokens > request.answer_tokens && request.answer_tokens > 10, "{request:?}");
        assert_eq!((form.provider.open(), form.provider.most_open(), form.provider.hung_up()), (0, 1, 0));
        form.provider.prefer(1);
        assert_eq!(decision(&form.ask().await.expect("an answer"))["action"], "wait");
    }
}

#[tokio::test]
async fn a_forced_tool_takes_the_answer_and_no_schema_means_a_sentence() {
    let [gemini, mut claude] = both().await;
    let mut plain = gemini.body.clone();
    plain["generationConfig"] = json!({});
    let said = gemini.ask_with(KEY, gemini.route, &plain.to_string()).await.expect("an answer");
    assert!(words(&said).ends_with('.'), "{}", said.body);
    let tool = json!({"name": "opinion", "input_schema": {"type": "object", "properties": schema()["properties"]}});
    claude.body["tools"] = json!([tool]);
    claude.body["tool_choice"] = json!({"type": "tool", "name": "opinion"});
    for key in ["output_config", "thinking"] {
        claude.body.as_object_mut().expect("an object").remove(key);
    }
    let said = claude.ask().await.expect("an answer");
    assert!(said.body.contains("\"tool_use\""), "{}", said.body);
    assert_eq!(decision(&said)["arguments"], json!({"place": "Farm"}));
}

#[tokio::test]
async fn lists_keys_and_unknown_models_are_told_apart() {
    for form in both().await {
        let list = form.ask_with(KEY, form.list, "").await.expect("a list");
        assert!(list.status == 200 && list.is_whole && list.body.contains(form.model), "{}", list.body);
        let wrong = form.ask_with("another-key", form.list, "").await.expect("a refusal");
        assert!(matches!(wrong.status, 400 | 401) && wrong.body.contains("error"), "{}", wrong.body);
        let body = form.body.to_string().replace(form.model, "nobody");
        let unknown = form.ask_with(KEY, &form.route.replace(form.model, "nobody"), &body).await.expect("a refusal");
        assert_eq!(unknown.status, 404, "{}", unknown.body);
        let open = json!({"output_config": {"format": {"schema": {"type": "object"}}}});
        let mut body = form.body.clone();
        body["output_config"] = open["output_config"].clone();
        let said = form.ask_with(KEY, form.route, &body.to_string()).await.expect("something");
        assert_eq!(said.status, if form.model.starts_with("claude") { 400 } else { 200 }, "{}", said.body);
    }
}

#[tokio::test]
async fn who_is_refused_finds_nobody_and_comes_back_to_the_same_port() {
    for form in both().await {
        let url = form.provider.url();
        form.ask().await.expect("an answer");
        form.provider.behave(Behaviour::Refuse);
        for _ in 0..3 {
            let refused = form.ask().await.err().map(|error| error.kind());
            assert_eq!(refused, Some(std::io::ErrorKind::ConnectionRefused));
            form.provider.behave(Behaviour::Refuse);
        }
        form.provider.behave(Behaviour::Answer);
        assert_eq!(form.ask().await.expect("an answer").status, 200);
        assert_eq!((form.provider.url(), form.provider.requests().len()), (url, 2));
    }
}

#[tokio::test]
async fn slow_silent_and_broken_answers_are_what_they_are_called() {
    for form in both().await {
        let provider = &form.provider;
        provider.behave(Behaviour::AnswerAfter(Duration::from_millis(60)));
        let before = Instant::now();
        assert!(form.ask().await.expect("an answer").is_whole);
        assert!(before.elapsed() >= Duration::from_millis(60));
        provider.behave(Behaviour::AnswerAfter(Duration::from_secs(600)));
        form.ask_and_leave().await;
        until("the slow one is left", || provider.hung_up() == 1).await;
        provider.behave(Behaviour::Hang);
        form.ask_and_leave().await;
        until("the hanging one is left", || provider.hung_up() == 2).await;
        provider.behave(Behaviour::Stall);
        form.ask_and_leave().await;
        until("the stalling one is left", || provider.hung_up() == 3 && provider.open() == 0).await;
        provider.behave(Behaviour::Cut);
        let cut = form.ask().await.expect("a beginning");
        assert!(cut.status == 200 && !cut.is_whole && !cut.events().is_empty(), "{}", cut.body);
        until("the cut one is noted", || provider.open() == 0).await;
        let requests = provider.requests();
        let noted = requests.iter().map(|request| (request.status, request.ending.expect("ended")));
        let (whole, left, broken) = (Ending::Complete, Ending::ClientLeft, Ending::BrokenOff);
        let expected = [(Some(200), whole), (None, left), (None, left), (Some(200), left), (Some(200), broken)];
        assert_eq!(noted.collect::<Vec<_>>(), expected);
        assert_eq!(requests[4].answered_bytes, cut.body.len());
    }
}

#[tokio::test]
async fn a_refusal_is_told_to_questions_and_if_wanted_to_lists() {
    for form in both().await {
        let provider = &form.provider;
        provider.behave_when_asked(provider.rate_limited("7"));
        let said = form.ask().await.expect("a refusal");
        let tells_the_wait = said.head.contains("retry-after: 7") || said.body.contains("\"retryDelay\":\"7s\"");
        assert!(said.status == 429 && tells_the_wait, "{}\n{}", said.head, said.body);
        assert_eq!(form.ask_with(KEY, form.list, "").await.expect("a list").status, 200);
        provider.behave(provider.overloaded());
        for route in [form.list, form.route] {
            let said = form.ask_with(KEY, route, &form.body.to_string()).await.expect("a refusal");
            assert!(matches!(said.status, 503 | 529) && said.body.contains("verloaded"), "{}", said.body);
        }
    }
}

#[tokio::test]
async fn a_dropped_provider_is_gone_with_all_its_connections() {
    let [form, _] = both().await;
    form.provider.behave(Behaviour::Hang);
    let (url, body) = (form.provider.url(), form.body.to_string());
    let headers = [(form.key, KEY)];
    let asking = ask(&url, form.route, &headers, &body);
    // Every task holds a part of it, the listener among them.
    let kept = Arc::downgrade(&form.provider.shared.0);
    let dropping = async {
        until("it is asked", || form.provider.open() == 1).await;
        drop(form);
        until("all tasks are gone", || kept.strong_count() == 0).await;
    };
    let (said, ()) = timeout(Duration::from_secs(10), async { tokio::join!(asking, dropping) }).await.expect("an end");
    assert!(said.is_err());
}
