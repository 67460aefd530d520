//! The wire format of `/v1/chat/completions`: building the body, reading the events. Types stay in this file's folder.

use base64::Engine;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::llm::{
    Fault, ToolCall, ToolResult, Usage,
    ask::{Ask, Format, Sink, Turn},
    stream::{Reader, Step},
    text::Text,
};

/// How the shape of the answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// By `response_format` or `tools`, as the question says.
    AsAsked,
    /// Not at all, because the server refused it; the prompt alone must do.
    PromptOnly,
}

/// The body of a streaming request.
pub fn body(ask: &Ask, model: &str, shape: Shape) -> Value {
    let mut messages = Vec::new();
    if !ask.system.is_empty() {
        messages.push(json!({"role": "system", "content": ask.system}));
    }
    messages.extend(ask.turns.iter().flat_map(turn));
    attach(&mut messages, ask);
    let mut body = json!({
        "model": model,
        "messages": messages,
        "stream": true,
        "stream_options": {"include_usage": true},
        "max_tokens": ask.answer_tokens,
    });
    if let Some(temperature) = ask.temperature {
        body["temperature"] = json!(temperature);
    }
    if shape == Shape::AsAsked {
        if let Format::Json { name, schema } = &ask.format {
            body["response_format"] =
                json!({"type": "json_schema", "json_schema": {"name": name, "strict": true, "schema": schema}});
        }
        if !ask.tools.is_empty() {
            let tool = |tool: &crate::protocol::ActionSpec| {
                json!({"type": "function", "function": {
                "name": tool.name, "description": tool.description, "parameters": tool.input_schema}})
            };
            body["tools"] = ask.tools.iter().map(tool).collect();
        }
    }
    body
}

/// One turn as messages; the results of several tools are one message each.
fn turn(turn: &Turn) -> Vec<Value> {
    match turn {
        Turn::User(text) => vec![json!({"role": "user", "content": text})],
        Turn::Assistant(text) => vec![json!({"role": "assistant", "content": text})],
        Turn::Answered(answered) => {
            let call = |call: &ToolCall| {
                json!({"id": call.id, "type": "function",
                    "function": {"name": call.name, "arguments": call.arguments.to_string()}})
            };
            let mut message = json!({"role": "assistant", "content": answered.text});
            if !answered.tool_calls.is_empty() {
                message["tool_calls"] = answered.tool_calls.iter().map(call).collect();
            }
            vec![message]
        }
        Turn::Results(results) => {
            let result =
                |result: &ToolResult| json!({"role": "tool", "tool_call_id": result.call_id, "content": result.text});
            results.iter().map(result).collect()
        }
    }
}

/// Pictures go into the last message, embedded: LM Studio follows no links.
fn attach(messages: &mut [Value], ask: &Ask) {
    let Some(last) = messages.last_mut().filter(|_| !ask.pictures.is_empty()) else { return };
    let mut parts = vec![json!({"type": "text", "text": last["content"]})];
    parts.extend(ask.pictures.iter().map(|picture| {
        let data = base64::engine::general_purpose::STANDARD.encode(picture);
        let url = format!("data:{};base64,{data}", media_type(picture));
        json!({"type": "image_url", "image_url": {"url": url}})
    }));
    last["content"] = Value::Array(parts);
}

fn media_type(picture: &[u8]) -> &'static str {
    match picture {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        _ => "image/png",
    }
}

#[derive(Deserialize)]
struct Chunk<'a> {
    #[serde(borrow, default)]
    model: Option<Text<'a>>,
    /// `null` where a chunk only counts tokens.
    #[serde(borrow, default)]
    choices: Option<Vec<Choice<'a>>>,
    #[serde(default)]
    usage: Option<WireUsage>,
    #[serde(default)]
    error: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Choice<'a> {
    /// `message` instead when the whole answer comes at once.
    #[serde(borrow, default, alias = "message")]
    delta: Option<Delta<'a>>,
    #[serde(borrow, default)]
    finish_reason: Option<Text<'a>>,
}

#[derive(Default, Deserialize)]
struct Delta<'a> {
    #[serde(borrow, default)]
    content: Option<Text<'a>>,
    #[serde(borrow, default)]
    reasoning_content: Option<Text<'a>>,
    /// LM Studio calls it so for some models; other servers send it under both names at once.
    #[serde(borrow, default)]
    reasoning: Option<Text<'a>>,
    /// Why OpenAI's models will not answer, in the place of an answer.
    #[serde(borrow, default)]
    refusal: Option<Text<'a>>,
    #[serde(borrow, default)]
    tool_calls: Option<Vec<CallPiece<'a>>>,
}

#[derive(Deserialize)]
struct CallPiece<'a> {
    #[serde(default)]
    index: Option<usize>,
    #[serde(borrow, default)]
    id: Option<Text<'a>>,
    #[serde(borrow, default)]
    function: FunctionPiece<'a>,
}

#[derive(Default, Deserialize)]
struct FunctionPiece<'a> {
    #[serde(borrow, default)]
    name: Option<Text<'a>>,
    #[serde(borrow, default)]
    arguments: Option<Text<'a>>,
}

#[derive(Clone, Copy, Default, Deserialize)]
struct WireUsage {
    #[serde(default)]
    prompt_tokens: Option<u64>,
    #[serde(default)]
    completion_tokens: Option<u64>,
    #[serde(default)]
    completion_tokens_details: Option<WireUsageDetails>,
}

#[derive(Clone, Copy, Default, Deserialize)]
struct WireUsageDetails {
    #[serde(default)]
    reasoning_tokens: Option<u64>,
}

/// An answer as far as it has come.
#[derive(Default)]
pub struct Gathered {
    pub text: String,
    pub reasoning: String,
    pub model: String,
    pub usage: Usage,
    pub finish_reason: Option<String>,
    has_refused: bool,
    calls: Vec<Call>,
}

/// A tool call as far as it has come.
#[derive(Default)]
struct Call {
    index: Option<usize>,
    id: String,
    name: String,
    arguments: String,
}

/// The piece of reasoning, under whichever name it came.
fn thought<'a>(one: Option<Text<'a>>, other: Option<Text<'a>>) -> Option<Text<'a>> {
    one.filter(|piece| !piece.is_empty()).or(other).filter(|piece| !piece.is_empty())
}

impl Gathered {
    /// The tool calls; arguments that are no JSON object are left out with a note.
    pub fn tool_calls(&self) -> (Vec<ToolCall>, Vec<String>) {
        let mut notes = Vec::new();
        let mut calls = Vec::new();
        for Call { id, name, arguments, .. } in self.calls.iter().filter(|call| !call.name.is_empty()) {
            let text = if arguments.trim().is_empty() { "{}" } else { arguments };
            match serde_json::from_str::<Value>(text) {
                Ok(arguments @ Value::Object(_)) => {
                    calls.push(ToolCall { id: id.clone(), name: name.clone(), arguments });
                }
                _ => notes.push(format!("the call of {name} had arguments that are no JSON object")),
            }
        }
        (calls, notes)
    }

    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.calls.is_empty()
    }

    /// What is wrong with an answer that has come to its end. The beginning of a withheld one is to be thrown away.
    pub fn failure(&self) -> Option<Fault> {
        let is_withheld = self.finish_reason.as_deref() == Some("content_filter");
        let finish_reason = if self.has_refused { Some("refusal".to_owned()) } else { self.finish_reason.clone() };
        (self.is_empty() || is_withheld || self.has_refused).then_some(Fault::Empty { finish_reason })
    }

    /// Takes a whole answer in, from a server that was asked to stream and did not. `None` if it is no answer.
    pub fn whole(text: &str, sink: &mut dyn Sink) -> Option<Self> {
        let mut gathered = Self::default();
        let chunk = serde_json::from_str::<Chunk<'_>>(text)
            .ok()
            .filter(|chunk| chunk.choices.iter().flatten().next().is_some())?;
        gathered.take(chunk, sink);
        Some(gathered)
    }

    fn take(&mut self, chunk: Chunk<'_>, sink: &mut dyn Sink) -> Step {
        let mut step = Step::Nothing;
        // Every event names it again.
        if let Some(model) = chunk.model.filter(|model| **model != *self.model) {
            self.model = model.into_owned();
        }
        if let Some(usage) = chunk.usage {
            let reasoning_tokens = usage.completion_tokens_details.and_then(|details| details.reasoning_tokens);
            let (prompt_tokens, answer_tokens) = (usage.prompt_tokens, usage.completion_tokens);
            self.usage = Usage { prompt_tokens, answer_tokens, reasoning_tokens };
        }
        for choice in chunk.choices.unwrap_or_default() {
            let delta = choice.delta.unwrap_or_default();
            self.has_refused |= delta.refusal.is_some_and(|words| !words.is_empty());
            if let Some(piece) = thought(delta.reasoning_content, delta.reasoning) {
                sink.reasoning(&piece);
                self.reasoning.push_str(&piece);
                step = Step::Piece;
            }
            if let Some(piece) = delta.content.filter(|piece| !piece.is_empty()) {
                sink.text(&piece);
                self.text.push_str(&piece);
                step = Step::Piece;
            }
            for piece in delta.tool_calls.unwrap_or_default() {
                self.call_piece(&piece);
                step = Step::Piece;
            }
            // Servers that know no absence send an empty reason with every piece.
            if let Some(reason) = choice.finish_reason.filter(|reason| !reason.is_empty()) {
                self.finish_reason = Some(reason.into_owned());
            }
        }
        step
    }

    /// The name comes whole with the first piece, the arguments in pieces. A piece with another id or a name is a new
    /// call; some servers leave the index out, count from one, or give every call the same.
    fn call_piece(&mut self, piece: &CallPiece<'_>) {
        let id = piece.id.as_deref().unwrap_or_default();
        let has_name = piece.function.name.as_ref().is_some_and(|name| !name.is_empty());
        let is_known = |call: &Call| match piece.index {
            Some(index) => call.index == Some(index) && (id.is_empty() || call.id == id),
            None => !has_name,
        };
        let known = self.calls.iter().rposition(is_known).filter(|_| !has_name || !id.is_empty());
        let at = match known {
            Some(at) => at,
            None => {
                self.calls.push(Call { index: piece.index, id: id.to_owned(), ..Call::default() });
                self.calls.len() - 1
            }
        };
        let call = &mut self.calls[at];
        call.name.push_str(piece.function.name.as_deref().unwrap_or_default());
        call.arguments.push_str(piece.function.arguments.as_deref().unwrap_or_default());
    }
}

impl Reader for Gathered {
    fn event(&mut self, name: Option<&str>, data: &str, sink: &mut dyn Sink) -> Result<Step, Fault> {
        // Nearly every event is an object, and trimming takes longer than seeing that.
        if !data.starts_with('{') && data.trim() == "[DONE]" {
            return Ok(Step::End);
        }
        if name == Some("error") {
            return Err(Fault::ErrorEvent);
        }
        if data.is_empty() {
            return Ok(Step::Nothing);
        }
        let chunk: Chunk<'_> = serde_json::from_str(data).map_err(|_| Fault::NotJson)?;
        if chunk.error.is_some() {
            return Err(Fault::ErrorEvent);
        }
        Ok(self.take(chunk, sink))
    }

    fn has_finished(&self) -> bool {
        self.finish_reason.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::ask::Unwatched;

    fn read(events: &[&str]) -> Result<Gathered, Fault> {
        let mut gathered = Gathered::default();
        for event in events {
            gathered.event(None, event, &mut Unwatched)?;
        }
        Ok(gathered)
    }

    #[test]
    fn a_picture_is_called_what_it_is() {
        assert_eq!(media_type(&[0xFF, 0xD8, 0xFF, 0xE0, 0]), "image/jpeg");
        assert_eq!([media_type(b"\x89PNG\r\n"), media_type(b"")], ["image/png"; 2]);
    }

    #[test]
    fn both_names_of_reasoning_are_read() {
        let gathered = read(&[
            r#"{"model":"m","choices":[{"delta":{"role":"assistant","reasoning_content":"so "}}]}"#,
            r#"{"choices":[{"delta":{"reasoning":"then"}}]}"#,
            r#"{"choices":[{"delta":{"content":"yes"},"finish_reason":"stop"}]}"#,
            r#"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#,
        ])
        .unwrap();
        assert_eq!((gathered.reasoning.as_str(), gathered.text.as_str()), ("so then", "yes"));
        assert_eq!(gathered.usage, Usage { prompt_tokens: Some(3), answer_tokens: Some(2), reasoning_tokens: None });
        assert!(gathered.has_finished());
    }

    #[test]
    fn tool_calls_come_in_pieces_with_or_without_an_index() {
        let gathered = read(&[
            r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"go_to","arguments":""}}]}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"place\":"}}]}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"\"Farm\"}"}}]}}]}"#,
            r#"{"choices":[{"delta":{"tool_calls":[{"function":{"name":"wait"}}]},"finish_reason":"tool_calls"}]}"#,
        ])
        .unwrap();
        let (calls, notes) = gathered.tool_calls();
        let names: Vec<_> = calls.iter().map(|call| (call.name.as_str(), call.arguments.to_string())).collect();
        assert_eq!(names, [("go_to", r#"{"place":"Farm"}"#.to_owned()), ("wait", "{}".to_owned())]);
        assert!(notes.is_empty());
    }

    #[test]
    fn an_error_or_rubbish_in_the_stream_is_a_fault() {
        assert_eq!(read(&[r#"{"error":{"message":"Compute error."}}"#]).err(), Some(Fault::ErrorEvent));
        assert_eq!(read(&["{broken"]).err(), Some(Fault::NotJson));
        let mut gathered = Gathered::default();
        assert_eq!(gathered.event(Some("error"), "{}", &mut Unwatched), Err(Fault::ErrorEvent));
    }

    #[test]
    fn a_wild_index_makes_no_huge_list() {
        let gathered =
            read(&[r#"{"choices":[{"delta":{"tool_calls":[{"index":4000000000,"function":{"name":"x"}}]}}]}"#])
                .unwrap();
        assert_eq!(gathered.tool_calls().0.len(), 1);
    }
}
