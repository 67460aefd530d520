//! The wire format of the Messages interface: the body of a question, and the events of an answer.

use base64::Engine;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Form, LEAST_THINKING_TOKENS, Part};
use crate::{
    llm::{Effort, Format, ToolResult, Turn, Usage, text::Text},
    protocol::ActionSpec,
};

/// A limit of tokens is compulsory; this one stands for a question that names none.
const USUAL_ANSWER_TOKENS: u32 = 4096;
/// More than that helps little and takes minutes.
const MOST_THINKING_TOKENS: u32 = 32_000;
/// Where every call needs a result and none is known.
const NO_RESULT: &str = "no result was recorded";
/// Bounds that the grammar of structured answers does not know.
#[rustfmt::skip]
const BOUNDS: [&str; 12] = [
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems",
    "maxItems", "uniqueItems", "minProperties", "maxProperties",
];
/// One of these says what a schema lets through.
const KINDS: [&str; 7] = ["type", "enum", "const", "anyOf", "oneOf", "allOf", "$ref"];

/// The body of a streaming request.
pub fn body(form: Form<'_>, model: &str) -> Value {
    let ask = form.ask;
    let answer_tokens = if ask.answer_tokens == 0 { USUAL_ANSWER_TOKENS } else { ask.answer_tokens };
    let mut body = json!({"model": model, "max_tokens": answer_tokens, "messages": messages(form), "stream": true});
    if !ask.system.trim().is_empty() {
        body["system"] = json!(ask.system);
    }
    if let Some(temperature) = form.temperature() {
        body["temperature"] = json!(temperature);
    }
    let mut tools: Vec<Value> = ask.tools.iter().map(tool).collect();
    let mut config = Map::new();
    if let Format::Json { name, schema } = &ask.format {
        match form.shape() {
            Some(Part::ForcedTool) => {
                let is_alone = tools.is_empty();
                body["tool_choice"] =
                    if is_alone { json!({"type": "tool", "name": name}) } else { json!({"type": "any"}) };
                tools.push(json!({"name": name, "description": "Takes the answer.", "input_schema": schema}));
            }
            Some(_) => {
                config.insert("format".into(), json!({"type": "json_schema", "schema": strict(schema)}));
            }
            None => {}
        }
    }
    let is_high = ask.effort == Some(Effort::High);
    match form.thinking() {
        Some(Part::AdaptiveThinking) => {
            // Newer models do not show their thoughts unless they are told to.
            body["thinking"] = json!({"type": "adaptive", "display": "summarized"});
            config.insert("effort".into(), json!(if is_high { "high" } else { "low" }));
        }
        Some(_) => {
            let tokens = answer_tokens / if is_high { 2 } else { 4 };
            let tokens = tokens.clamp(LEAST_THINKING_TOKENS, MOST_THINKING_TOKENS);
            body["thinking"] = json!({"type": "enabled", "budget_tokens": tokens});
        }
        None => {}
    }
    if !tools.is_empty() {
        body["tools"] = Value::Array(tools);
    }
    if !config.is_empty() {
        body["output_config"] = Value::Object(config);
    }
    body
}

fn tool(tool: &ActionSpec) -> Value {
    json!({"name": tool.name, "description": tool.description, "input_schema": tool.input_schema})
}

/// Messages as they are built: who speaks, and the blocks.
type Messages = Vec<(&'static str, Vec<Value>)>;

/// Calls that still need their results: the id that the conversation knows, and the one that is sent.
type OpenCalls = Vec<(String, String)>;

fn messages(form: Form<'_>) -> Vec<Value> {
    let (mut messages, mut open) = (Messages::new(), OpenCalls::new());
    for (number, turn) in form.ask.turns.iter().enumerate() {
        match turn {
            Turn::User(text) => add(&mut messages, "user", texts(text)),
            Turn::Results(results) => {
                let blocks = results.iter().flat_map(|result| answer_call(&mut open, result)).collect();
                add(&mut messages, "user", blocks);
            }
            Turn::Assistant(text) => {
                close(&mut messages, &mut open);
                add(&mut messages, "assistant", texts(text));
            }
            Turn::Answered(answered) => {
                close(&mut messages, &mut open);
                let blocks = form.blocks(answered, number);
                let sent =
                    blocks.iter().filter(|block| block["type"] == "tool_use").filter_map(|block| block["id"].as_str());
                let known = answered.tool_calls.iter().map(|call| Some(&call.id)).chain(std::iter::repeat(None));
                open = sent
                    .zip(known)
                    .map(|(id, known)| (known.map_or(id, String::as_str).to_owned(), id.to_owned()))
                    .collect();
                add(&mut messages, "assistant", blocks);
            }
        }
    }
    close(&mut messages, &mut open);
    add(&mut messages, "user", form.ask.pictures.iter().map(|picture| image(picture)).collect());
    for (_, blocks) in messages.iter_mut().filter(|(role, _)| *role == "user") {
        // Results have to come first, and pictures are understood best in front of the question.
        blocks.sort_by_key(|block| match block["type"].as_str() {
            Some("tool_result") => 0,
            Some("image") => 1,
            _ => 2,
        });
    }
    messages.into_iter().map(|(role, content)| json!({"role": role, "content": content})).collect()
}

/// Turns of the same side become one message; a message without blocks would be refused.
fn add(messages: &mut Messages, role: &'static str, blocks: Vec<Value>) {
    if blocks.is_empty() {
        return;
    }
    match messages.last_mut().filter(|(last, _)| *last == role) {
        Some((_, content)) => content.extend(blocks),
        None => messages.push((role, blocks)),
    }
}

/// Every call needs a result in the message that follows it.
fn close(messages: &mut Messages, open: &mut OpenCalls) {
    add(messages, "user", open.drain(..).map(|(_, id)| tool_result(&id, NO_RESULT, true)).collect());
}

/// A result as the answer to its call. One whose call is not in the conversation any more can only be told.
fn answer_call(open: &mut OpenCalls, result: &ToolResult) -> Vec<Value> {
    match open.iter().position(|(known, _)| *known == result.call_id) {
        Some(at) => vec![tool_result(&open.remove(at).1, &result.text, result.is_error)],
        None => texts(&format!("{}: {}", result.name, result.text)),
    }
}

fn tool_result(id: &str, text: &str, is_error: bool) -> Value {
    json!({"type": "tool_result", "tool_use_id": id, "content": text, "is_error": is_error})
}

/// A text as blocks; an empty one would be refused.
pub fn texts(text: &str) -> Vec<Value> {
    if text.trim().is_empty() { Vec::new() } else { vec![json!({"type": "text", "text": text})] }
}

/// True for a block that a model thought, readable or not.
pub fn is_thought(block: &Value) -> bool {
    matches!(block["type"].as_str(), Some("thinking" | "redacted_thinking"))
}

fn image(picture: &[u8]) -> Value {
    let media_type = match picture {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ => "image/png",
    };
    let data = base64::engine::general_purpose::STANDARD.encode(picture);
    json!({"type": "image", "source": {"type": "base64", "media_type": media_type, "data": data}})
}

/// The schema as structured answers take it: objects closed, bounds told in words instead. `None` if it lets objects
/// with any properties through, which structured answers cannot.
pub fn strict(schema: &Value) -> Option<Value> {
    let object = schema.as_object().filter(|object| KINDS.iter().any(|kind| object.contains_key(*kind)))?;
    let (mut out, mut bounds) = (Map::new(), Vec::new());
    for (key, value) in object {
        let value = match key.as_str() {
            "properties" | "$defs" | "definitions" => {
                let each = value.as_object()?.iter().map(|(name, schema)| Some((name.clone(), strict(schema)?)));
                Value::Object(each.collect::<Option<_>>()?)
            }
            "anyOf" | "oneOf" | "allOf" => Value::Array(value.as_array()?.iter().map(strict).collect::<Option<_>>()?),
            "items" => strict(value)?,
            "additionalProperties" if *value != Value::Bool(false) => return None,
            "minItems" if matches!(value.as_u64(), Some(0 | 1)) => value.clone(),
            bound if BOUNDS.contains(&bound) => {
                bounds.push(format!("{bound}: {value}"));
                continue;
            }
            _ => value.clone(),
        };
        out.insert(if key == "oneOf" { "anyOf".to_owned() } else { key.clone() }, value);
    }
    if object.get("type").is_some_and(|kind| kind == "object") {
        if !out.contains_key("properties") && !out.contains_key("additionalProperties") {
            return None;
        }
        out.insert("additionalProperties".into(), Value::Bool(false));
    }
    if !bounds.is_empty() {
        let said = out.get("description").and_then(Value::as_str).unwrap_or_default();
        let said = format!("{said} ({})", bounds.join(", "));
        out.insert("description".into(), json!(said.trim()));
    }
    Some(Value::Object(out))
}

/// An event of a stream, whichever it is.
#[derive(Deserialize)]
pub struct Event<'a> {
    #[serde(borrow, default, rename = "type")]
    pub kind: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub message: Option<Message<'a>>,
    #[serde(default)]
    pub index: Option<u64>,
    #[serde(default)]
    pub content_block: Option<Value>,
    #[serde(borrow, default)]
    pub delta: Option<Delta<'a>>,
    #[serde(default)]
    pub usage: Option<WireUsage>,
    #[serde(default)]
    pub error: Option<serde::de::IgnoredAny>,
}

/// Empty at the start of a stream, complete where no stream is sent.
#[derive(Deserialize)]
pub struct Message<'a> {
    #[serde(borrow, default)]
    pub model: Option<Text<'a>>,
    #[serde(default)]
    pub content: Option<Vec<Value>>,
    #[serde(borrow, default)]
    pub stop_reason: Option<Text<'a>>,
    #[serde(default)]
    pub usage: Option<WireUsage>,
}

/// More of a block, or of the message around the blocks.
#[derive(Deserialize)]
pub struct Delta<'a> {
    #[serde(borrow, default, rename = "type")]
    pub kind: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub text: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub thinking: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub signature: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub partial_json: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub stop_reason: Option<Text<'a>>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub struct WireUsage {
    /// Without what was written to or read from the cache.
    pub input_tokens: Option<u64>,
    pub cache_creation_input_tokens: Option<u64>,
    pub cache_read_input_tokens: Option<u64>,
    pub output_tokens: Option<u64>,
    pub output_tokens_details: Option<OutputDetails>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub struct OutputDetails {
    pub thinking_tokens: Option<u64>,
}

impl WireUsage {
    /// Counts are sums so far; the later ones hold.
    pub fn and(self, later: Option<Self>) -> Self {
        let later = later.unwrap_or_default();
        Self {
            input_tokens: later.input_tokens.or(self.input_tokens),
            cache_creation_input_tokens: later.cache_creation_input_tokens.or(self.cache_creation_input_tokens),
            cache_read_input_tokens: later.cache_read_input_tokens.or(self.cache_read_input_tokens),
            output_tokens: later.output_tokens.or(self.output_tokens),
            output_tokens_details: later.output_tokens_details.or(self.output_tokens_details),
        }
    }

    pub fn total(self) -> Usage {
        let cached = [self.cache_creation_input_tokens, self.cache_read_input_tokens].into_iter().flatten();
        Usage {
            prompt_tokens: self.input_tokens.map(|tokens| cached.fold(tokens, u64::saturating_add)),
            answer_tokens: self.output_tokens,
            reasoning_tokens: self.output_tokens_details.and_then(|details| details.thinking_tokens),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        llm::{Answered, Ask, Kept, ToolCall, claude::Refused},
        protocol::Risk,
        settings::Provider,
    };

    fn asked(ask: &Ask, refused: &[Part]) -> Value {
        let refused = refused.iter().fold(Refused::default(), |refused, part| refused.and(*part));
        body(Form { ask, refused }, "claude-x")
    }

    fn answered(kept: Option<Value>) -> Turn {
        let call = |id: &str| ToolCall { id: id.into(), name: "look".into(), arguments: json!({}) };
        let kept = kept.map(|content| Kept { provider: Provider::Claude, content });
        Turn::Answered(Box::new(Answered { text: "I look.".into(), tool_calls: vec![call(""), call("")], kept }))
    }

    fn result(call_id: &str, text: &str) -> ToolResult {
        ToolResult { call_id: call_id.into(), name: "look".into(), text: text.into(), is_error: false }
    }

    #[test]
    fn a_conversation_with_other_models_has_every_result_in_its_place() {
        let ask = Ask {
            system: "Be brief.".into(),
            turns: vec![
                Turn::User("Where am I?".into()),
                answered(None),
                Turn::User("Well?".into()),
                Turn::Results(vec![result("", "a farm")]),
            ],
            pictures: vec![vec![0xFF, 0xD8, 0xFF, 0xE0].into()],
            tools: vec![ActionSpec {
                name: "look".into(),
                description: "Looks".into(),
                input_schema: json!({"type": "object"}),
                risk: Risk::ReadOnly,
            }],
            answer_tokens: 100,
            temperature: Some(1.5),
            ..Ask::default()
        };
        let call = |id: &str| json!({"type": "tool_use", "id": id, "name": "look", "input": {}});
        let source = json!({"type": "base64", "media_type": "image/jpeg", "data": "/9j/4A=="});
        let expected = json!({
            "model": "claude-x", "max_tokens": 100, "stream": true, "system": "Be brief.", "temperature": 1.0,
            "tools": [{"name": "look", "description": "Looks", "input_schema": {"type": "object"}}],
            "messages": [
                {"role": "user", "content": [{"type": "text", "text": "Where am I?"}]},
                {"role": "assistant",
                 "content": [{"type": "text", "text": "I look."}, call("call_1_0"), call("call_1_1")]},
                {"role": "user", "content": [
                    tool_result("call_1_0", "a farm", false),
                    tool_result("call_1_1", NO_RESULT, true),
                    {"type": "image", "source": source},
                    {"type": "text", "text": "Well?"},
                ]},
            ],
        });
        assert_eq!(asked(&ask, &[]), expected);
    }

    #[test]
    fn signed_thoughts_come_back_unchanged_until_they_are_refused() {
        let thought = json!({"type": "thinking", "thinking": "", "signature": "EqQBCgIYAhIM1gbcDa9GJwZA2b3h"});
        let hidden = json!({"type": "redacted_thinking", "data": "EmwKAhgBEgy3va3p"});
        let call = json!({"type": "tool_use", "id": "toolu_1", "name": "look", "input": {"far": true}});
        let kept = json!([thought, hidden, call]);
        let turns = vec![Turn::User("Look".into()), answered(Some(kept.clone())), Turn::Results(vec![result("", "x")])];
        let mut ask = Ask { turns, effort: Some(Effort::High), answer_tokens: 8000, ..Ask::default() };
        let body = asked(&ask, &[]);
        assert_eq!(body["messages"][1]["content"], kept);
        assert_eq!(body["messages"][2]["content"], json!([tool_result("toolu_1", "x", false)]));
        assert_eq!(body["thinking"], json!({"type": "adaptive", "display": "summarized"}));
        assert_eq!(body["output_config"], json!({"effort": "high"}));
        let body = asked(&ask, &[Part::AdaptiveThinking]);
        assert_eq!(body["thinking"], json!({"type": "enabled", "budget_tokens": 4000}));
        let body = asked(&ask, &[Part::AdaptiveThinking, Part::Thoughts]);
        assert_eq!((&body["messages"][1]["content"], &body["thinking"]), (&json!([call]), &Value::Null));
        (ask.answer_tokens, ask.effort) = (1500, Some(Effort::Low));
        assert_eq!(asked(&ask, &[Part::AdaptiveThinking])["thinking"], Value::Null);
    }
}
