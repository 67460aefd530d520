//! Claude's form: models under `/v1/models`, messages in named events from start to stop, refusals with a type in words.

use serde_json::{Value, json};

use super::{
    Behaviour, KEY,
    answer::{Answer, pieces, tokens},
    question::{Question, first_schema, last_words, texts},
    request::Incoming,
};

const MODELS: [&str; 3] = ["claude-opus-9", "claude-sonnet-9", "claude-haiku-9"];
/// Bounds that the grammar of a structured answer does not know.
const BOUNDS: [&str; 6] = ["maximum", "minimum", "multipleOf", "maxLength", "minLength", "maxItems"];
/// What is told of the thoughts, and the signature that stands for all of them.
const THOUGHT: &str = "First what is there, then what can be done.";
const SIGNATURE: &str = "EqQBCgIYAhIMnotASignatureThatAnybodyCouldRead==";

pub(super) fn question(incoming: &Incoming) -> Question {
    let body = &incoming.body;
    let tool = forced_tool(body);
    let schema = first_schema(incoming, &["/output_config/format/schema", "/output_format/schema"]);
    Question {
        model: body["model"].as_str().unwrap_or_default().to_owned(),
        system: texts(&body["system"]),
        prompt: last_words(&body["messages"], "content"),
        schema: schema.or_else(|| tool.map(|tool| tool["input_schema"].clone())),
        tool: tool.and_then(|tool| tool["name"].as_str()).map(str::to_owned),
        wants_thoughts: matches!(body["thinking"]["type"].as_str(), Some("enabled" | "adaptive")),
    }
}

/// The tool that has to be called: the named one, or the last where any will do.
fn forced_tool(body: &Value) -> Option<&Value> {
    let choice = &body["tool_choice"];
    let mut tools = body["tools"].as_array()?.iter();
    match choice["type"].as_str() {
        Some("tool") => tools.find(|tool| tool["name"] == choice["name"]),
        Some("any") => tools.next_back(),
        _ => None,
    }
}

pub(super) fn answer(incoming: &Incoming, question: &Question, preferred: usize) -> Answer {
    match (incoming.header("x-api-key"), incoming.header("anthropic-version")) {
        (Some(KEY), Some(_)) => {}
        (Some(KEY), None) => return refusal(400, "invalid_request_error", "anthropic-version: header is required"),
        (Some(_), _) => return refusal(401, "authentication_error", "invalid x-api-key"),
        (None, _) => return refusal(401, "authentication_error", "x-api-key header is required"),
    }
    match (incoming.method.as_str(), incoming.path.as_str()) {
        ("GET", "/v1/models") => Answer::json(200, &list()),
        ("POST", "/v1/messages") => match fault(&incoming.body, question) {
            Some((status, kind, words)) => refusal(status, kind, &words),
            None => speak(incoming, question, preferred),
        },
        _ => refusal(404, "not_found_error", "Not Found"),
    }
}

fn list() -> Value {
    let entry = |id: &str| {
        let title = id.replace('-', " ");
        json!({"type": "model", "id": id, "display_name": title, "created_at": "2026-09-01T00:00:00Z"})
    };
    let models: Vec<Value> = MODELS.into_iter().map(entry).collect();
    json!({"data": models, "has_more": false, "first_id": MODELS[0], "last_id": MODELS[2]})
}

/// Why the question cannot be answered: status, type, words.
fn fault(body: &Value, question: &Question) -> Option<(u16, &'static str, String)> {
    let invalid = |words: &str| Some((400, "invalid_request_error", words.to_owned()));
    if !MODELS.contains(&question.model.as_str()) {
        return Some((404, "not_found_error", format!("model: {}", question.model)));
    }
    if body["max_tokens"].as_u64().is_none_or(|most| most == 0) {
        return invalid("max_tokens: Field required");
    }
    if body["messages"].as_array().is_none_or(Vec::is_empty) {
        return invalid("messages: at least one message is required");
    }
    if body["stream"] != true {
        return invalid("stream: nothing but streams is pretended here");
    }
    if question.wants_thoughts && question.tool.is_some() {
        return invalid("Thinking may not be enabled when tool_choice forces tool use.");
    }
    let schema = body.pointer("/output_config/format/schema");
    schema.and_then(unknown).and_then(|words| invalid(&format!("output_config.format.schema: {words}")))
}

/// What the grammar of a structured answer does not know.
fn unknown(schema: &Value) -> Option<String> {
    let kind = schema["type"].as_str().unwrap_or_default();
    if kind == "object" && schema["additionalProperties"] != false {
        return Some("For 'object' type, 'additionalProperties' must be explicitly set to false".to_owned());
    }
    let bounds: Vec<&str> = BOUNDS.into_iter().filter(|bound| schema.get(bound).is_some()).collect();
    if !bounds.is_empty() {
        return Some(format!("For '{kind}' type, properties {} are not supported", bounds.join(", ")));
    }
    let properties = schema["properties"].as_object().into_iter().flatten().map(|(_, property)| property);
    let branches = schema["anyOf"].as_array().into_iter().flatten();
    properties.chain(branches).chain(schema.get("items")).find_map(unknown)
}

fn speak(incoming: &Incoming, question: &Question, preferred: usize) -> Answer {
    let text = question.answer(preferred);
    let thought = if question.wants_thoughts { tokens(THOUGHT.len()) } else { 0 };
    let (prompt, said) = (tokens(incoming.body_bytes), tokens(text.len()) + thought);
    let message = json!({"id": "msg_01", "type": "message", "role": "assistant", "model": question.model, "content": [],
        "stop_reason": null, "stop_sequence": null, "usage": {"input_tokens": prompt, "output_tokens": 1,
        "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0}});
    let mut events = vec![json!({"type": "message_start", "message": message}), json!({"type": "ping"})];
    for (index, (block, deltas)) in blocks(question, &text).iter().enumerate() {
        events.push(json!({"type": "content_block_start", "index": index, "content_block": block}));
        let more = |delta: &Value| json!({"type": "content_block_delta", "index": index, "delta": delta});
        events.extend(deltas.iter().map(more));
        events.push(json!({"type": "content_block_stop", "index": index}));
    }
    let reason = if question.tool.is_some() { "tool_use" } else { "end_turn" };
    events.push(json!({"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": null},
        "usage": {"input_tokens": prompt, "output_tokens": said}}));
    events.push(json!({"type": "message_stop"}));
    let first_words = events.iter().position(|event| event["type"] == "content_block_delta").unwrap_or(0);
    let mut events: Vec<String> = events.iter().map(event).collect();
    let first: String = events.drain(..=first_words).collect();
    events.insert(0, first);
    Answer::stream(events, (prompt, said))
}

/// The blocks as they begin, each with what is added to it.
fn blocks(question: &Question, text: &str) -> Vec<(Value, Vec<Value>)> {
    let mut blocks = Vec::new();
    if question.wants_thoughts {
        let thought = json!({"type": "thinking_delta", "thinking": THOUGHT});
        let signature = json!({"type": "signature_delta", "signature": SIGNATURE});
        blocks.push((json!({"type": "thinking", "thinking": "", "signature": ""}), vec![thought, signature]));
    }
    let said = pieces(text);
    blocks.push(match &question.tool {
        Some(tool) => {
            let input = said.iter().map(|piece| json!({"type": "input_json_delta", "partial_json": piece}));
            (json!({"type": "tool_use", "id": "toolu_01", "name": tool, "input": {}}), input.collect())
        }
        None => {
            let words = said.iter().map(|piece| json!({"type": "text_delta", "text": piece}));
            (json!({"type": "text", "text": ""}), words.collect())
        }
    });
    blocks
}

/// Every event is named twice.
fn event(event: &Value) -> String {
    format!("event: {}\ndata: {event}\n\n", event["type"].as_str().unwrap_or_default())
}

fn error(kind: &str, message: &str) -> Value {
    json!({"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_011CerQ"})
}

fn refusal(status: u16, kind: &str, message: &str) -> Answer {
    Answer::json(status, &error(kind, message))
}

pub(super) fn overloaded() -> Behaviour {
    Behaviour::Status { code: 529, retry_after: None, body: error("overloaded_error", "Overloaded") }
}

pub(super) fn rate_limited(seconds: &'static str) -> Behaviour {
    let words = "This request would exceed your organization's rate limit of 50 requests per minute.";
    Behaviour::Status { code: 429, retry_after: Some(seconds), body: error("rate_limit_error", words) }
}
