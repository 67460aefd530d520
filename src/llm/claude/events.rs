//! What Claude answers: the events of a stream, or a whole message at once.

use serde_json::{Map, Value};

use super::wire::{Delta, Event, Message, WireUsage};
use crate::{
    llm::{
        Fault, Kept, ToolCall, Usage,
        ask::Sink,
        stream::{Reader, Step},
        text::Text,
    },
    settings::Provider,
};

/// An answer as far as it has come.
#[derive(Default)]
pub struct Gathered {
    pub text: String,
    pub reasoning: String,
    pub model: String,
    pub stop_reason: Option<String>,
    /// The tool whose input is the answer, where one was forced.
    answer_tool: Option<&'static str>,
    usage: WireUsage,
    blocks: Vec<Block>,
}

/// A block as it came, with what was added to it.
struct Block {
    index: u64,
    content: Map<String, Value>,
    /// The input of a tool in pieces; none of them needs to be JSON alone.
    input: String,
}

impl Block {
    fn text(&self, key: &str) -> &str {
        self.content.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn is_call_of(&self, tool: Option<&str>) -> bool {
        self.text("type") == "tool_use" && tool == Some(self.text("name"))
    }

    fn append(&mut self, key: &str, piece: &str) {
        match self.content.get_mut(key) {
            Some(Value::String(text)) => text.push_str(piece),
            _ => {
                self.content.insert(key.to_owned(), piece.into());
            }
        }
    }

    /// What a tool was given. `None` if that is no object.
    fn input(&self) -> Option<Value> {
        let input = match self.content.get("input") {
            _ if !self.input.trim().is_empty() => serde_json::from_str(&self.input).ok(),
            None | Some(Value::Null) => Some(Value::Object(Map::new())),
            // Some servers give it whole, with the start of the block.
            Some(input) => Some(input.clone()),
        };
        input.filter(Value::is_object)
    }

    /// The block as it has to come back; `None` if it cannot.
    fn complete(&self) -> Option<Value> {
        let mut content = self.content.clone();
        if self.text("type").ends_with("tool_use") {
            let is_named = !self.text("id").is_empty() && !self.text("name").is_empty();
            content.insert("input".to_owned(), self.input().filter(|_| is_named)?);
        }
        Some(Value::Object(content))
    }
}

impl Gathered {
    /// An answer that comes as the input of this tool, if there is one.
    pub fn by_tool(answer_tool: Option<&'static str>) -> Self {
        Self { answer_tool, ..Self::default() }
    }

    /// Takes a whole answer in, from a server that was asked to stream and did not. `None` if it is no answer.
    pub fn whole(text: &str, answer_tool: Option<&'static str>, sink: &mut dyn Sink) -> Option<Self> {
        let mut gathered = Self::by_tool(answer_tool);
        let message = serde_json::from_str::<Message<'_>>(text).ok().filter(|message| message.content.is_some())?;
        gathered.message(message, sink);
        Some(gathered)
    }

    /// The calls of offered tools; a call whose input is no JSON object is left out with a note.
    pub fn tool_calls(&self) -> (Vec<ToolCall>, Vec<String>) {
        let (mut calls, mut notes) = (Vec::new(), Vec::new());
        let is_call = |block: &&Block| block.text("type") == "tool_use" && !block.text("name").is_empty();
        for block in self.blocks.iter().filter(is_call).filter(|block| !block.is_call_of(self.answer_tool)) {
            let (id, name) = (block.text("id").to_owned(), block.text("name").to_owned());
            match block.input() {
                Some(arguments) => calls.push(ToolCall { id, name, arguments }),
                None => notes.push(format!("the call of {name} had arguments that are no JSON object")),
            }
        }
        (calls, notes)
    }

    /// The blocks as they came, signatures included. `None` where they would not be taken back: a call that is broken,
    /// or one of a tool that exists for this answer only.
    pub fn kept(&self) -> Option<Kept> {
        if self.blocks.iter().any(|block| block.is_call_of(self.answer_tool)) {
            return None;
        }
        // Empty texts are given, but not taken back.
        let is_blank = |block: &&Block| block.text("type") == "text" && block.text("text").trim().is_empty();
        let content =
            self.blocks.iter().filter(|block| !is_blank(block)).map(Block::complete).collect::<Option<Vec<_>>>()?;
        (!content.is_empty()).then_some(Kept { provider: Provider::Claude, content: Value::Array(content) })
    }

    pub fn usage(&self) -> Usage {
        self.usage.total()
    }

    /// True if the model thought, even if it did not tell what.
    pub fn has_thought(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block.text("type"), "thinking" | "redacted_thinking"))
    }

    /// What is wrong with an answer that has come to its end. The beginning of a refused one is to be thrown away.
    pub fn failure(&self) -> Option<Fault> {
        let (calls, notes) = self.tool_calls();
        let is_empty =
            self.text.trim().is_empty() && calls.is_empty() && (notes.is_empty() || self.cut_off().is_some());
        let is_refused = self.stop_reason.as_deref() == Some("refusal");
        (is_empty || is_refused).then(|| Fault::Empty { finish_reason: self.stop_reason.clone() })
    }

    /// Why the answer is not complete, for people.
    pub fn cut_off(&self) -> Option<&'static str> {
        match self.stop_reason.as_deref()? {
            "max_tokens" => Some("the answer was cut off by the limit of its tokens"),
            "model_context_window_exceeded" => Some("the answer was cut off because the model's context was full"),
            _ => None,
        }
    }

    fn message(&mut self, message: Message<'_>, sink: &mut dyn Sink) -> Step {
        if let Some(model) = message.model {
            self.model = model.into_owned();
        }
        self.usage = self.usage.and(message.usage);
        self.stop(message.stop_reason);
        let mut step = Step::Nothing;
        for (index, block) in (0..).zip(message.content.unwrap_or_default()) {
            let steps = [self.start_block(index, block, sink), self.end_block(index, sink)];
            if steps.contains(&Step::Piece) {
                step = Step::Piece;
            }
        }
        step
    }

    fn stop(&mut self, reason: Option<Text<'_>>) {
        // Gateways that know no absence begin a message with an empty reason for its end.
        if let Some(reason) = reason.filter(|reason| !reason.is_empty()) {
            self.stop_reason = Some(reason.into_owned());
        }
    }

    fn start_block(&mut self, index: u64, content: Value, sink: &mut dyn Sink) -> Step {
        let Value::Object(content) = content else { return Step::Nothing };
        let block = Block { index, content, input: String::new() };
        let step = match block.text("type") {
            "text" => self.say(block.text("text"), sink),
            "thinking" => self.think(block.text("thinking"), sink),
            "tool_use" => Step::Piece,
            _ => Step::Nothing,
        };
        self.blocks.push(block);
        step
    }

    fn more(&mut self, index: u64, delta: Delta<'_>, sink: &mut dyn Sink) -> Step {
        let (kind, key, piece) = match delta.kind.as_deref().unwrap_or_default() {
            "text_delta" => ("text", "text", delta.text),
            "thinking_delta" => ("thinking", "thinking", delta.thinking),
            "signature_delta" => ("thinking", "signature", delta.signature),
            "input_json_delta" => ("tool_use", "input", delta.partial_json),
            _ => return Step::Nothing,
        };
        let Some(piece) = piece.filter(|piece| !piece.is_empty()) else { return Step::Nothing };
        let answer_tool = self.answer_tool;
        let block = self.block(index, kind);
        if key == "input" {
            block.input.push_str(&piece);
            if !block.is_call_of(answer_tool) {
                return Step::Piece;
            }
        } else {
            block.append(key, &piece);
        }
        match key {
            "thinking" => self.think(&piece, sink),
            // Nothing to be heard, and more silence may follow.
            "signature" => Step::Nothing,
            _ => self.say(&piece, sink),
        }
    }

    /// A forced call that came whole or without any input has not been heard yet.
    fn end_block(&mut self, index: u64, sink: &mut dyn Sink) -> Step {
        let block = self.blocks.iter().rfind(|block| block.index == index);
        let silent = block.filter(|block| block.is_call_of(self.answer_tool) && block.input.is_empty());
        match silent.and_then(Block::input) {
            Some(input) => self.say(&input.to_string(), sink),
            None => Step::Nothing,
        }
    }

    /// The block of this number; a server that forgot to begin it is forgiven.
    fn block(&mut self, index: u64, kind: &str) -> &mut Block {
        let at = self.blocks.iter().rposition(|block| block.index == index).unwrap_or(self.blocks.len());
        if at == self.blocks.len() {
            let content = Map::from_iter([("type".to_owned(), kind.into())]);
            self.blocks.push(Block { index, content, input: String::new() });
        }
        &mut self.blocks[at]
    }

    fn say(&mut self, piece: &str, sink: &mut dyn Sink) -> Step {
        if piece.is_empty() {
            return Step::Nothing;
        }
        sink.text(piece);
        self.text.push_str(piece);
        Step::Piece
    }

    fn think(&mut self, piece: &str, sink: &mut dyn Sink) -> Step {
        if piece.is_empty() {
            return Step::Nothing;
        }
        sink.reasoning(piece);
        self.reasoning.push_str(piece);
        Step::Piece
    }
}

impl Reader for Gathered {
    fn event(&mut self, name: Option<&str>, data: &str, sink: &mut dyn Sink) -> Result<Step, Fault> {
        if name == Some("error") {
            return Err(Fault::ErrorEvent);
        }
        if data.is_empty() {
            return Ok(Step::Nothing);
        }
        if data.trim() == "[DONE]" {
            return Ok(if self.has_finished() { Step::End } else { Step::Nothing });
        }
        // There are more events than are read here, and there will be more: what they hold does not matter.
        let is_read = |name: &str| name.starts_with("message_") || name.starts_with("content_block_");
        let event = match serde_json::from_str::<Event<'_>>(data) {
            Ok(event) => event,
            Err(_) if name.is_some_and(|name| !is_read(name)) => return Ok(Step::Nothing),
            Err(_) => return Err(Fault::NotJson),
        };
        let kind = event.kind.as_deref().or(name).unwrap_or_default();
        if kind == "error" || event.error.is_some() {
            return Err(Fault::ErrorEvent);
        }
        let index = event.index.unwrap_or_default();
        Ok(match (kind, event.message, event.content_block, event.delta) {
            ("message_start", Some(message), ..) => self.message(message, sink),
            ("content_block_start", _, Some(content), _) => self.start_block(index, content, sink),
            ("content_block_delta", _, _, Some(delta)) => self.more(index, delta, sink),
            ("content_block_stop", ..) => self.end_block(index, sink),
            ("message_delta", _, _, delta) => {
                self.usage = self.usage.and(event.usage);
                self.stop(delta.and_then(|delta| delta.stop_reason));
                Step::Nothing
            }
            ("message_stop", ..) => Step::End,
            _ => Step::Nothing,
        })
    }

    fn has_finished(&self) -> bool {
        self.stop_reason.is_some()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::llm::ask::Unwatched;

    const START: &str = r#"event: message_start
data: {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","content":[],"model":"claude-x","stop_reason":null,"usage":{"input_tokens":25,"cache_read_input_tokens":100,"output_tokens":1}}}

"#;

    /// Reads the bytes of a stream; true if its end mark came.
    fn read(events: &str, answer_tool: Option<&'static str>) -> Result<(Gathered, bool), Fault> {
        let (mut gathered, mut has_ended) = (Gathered::by_tool(answer_tool), false);
        for event in format!("{START}{events}").split("\n\n") {
            let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            let step = gathered.event(field("event:"), field("data:").unwrap_or_default(), &mut Unwatched)?;
            has_ended |= step == Step::End;
        }
        Ok((gathered, has_ended))
    }

    fn block(index: u64, start: &Value, deltas: &[Value]) -> String {
        let start = json!({"type": "content_block_start", "index": index, "content_block": start});
        let deltas = deltas.iter().map(|delta| json!({"type": "content_block_delta", "index": index, "delta": delta}));
        let events =
            std::iter::once(start).chain(deltas).chain([json!({"type": "content_block_stop", "index": index})]);
        let told = |data: &Value| format!("event: {}\ndata: {data}\n\n", data["type"].as_str().unwrap());
        events.map(|data| told(&data)).collect::<Vec<_>>().concat()
    }

    fn end(reason: &str) -> String {
        let data = json!({"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": null},
            "usage": {"output_tokens": 120, "output_tokens_details": {"thinking_tokens": 67}}});
        format!("event: message_delta\ndata: {data}\n\nevent: message_stop\ndata: {{\"type\":\"message_stop\"}}\n\n")
    }

    #[test]
    fn text_is_read_between_events_that_nobody_knows() {
        let events = r#"event: content_block_start
data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

event: ping
data: {"type": "ping"}

event: weather_forecast
data: {"type":"weather_forecast","delta":"rain","index":"none"}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"},"new":{"field":1}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"mood_delta","mood":"good"}}

event: content_block_delta
data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" there"}}

"#;
        let (gathered, has_ended) = read(&format!("{events}{}", end("end_turn")), None).unwrap();
        assert_eq!((gathered.text.as_str(), gathered.model.as_str(), has_ended), ("Hello there", "claude-x", true));
        let usage = Usage { prompt_tokens: Some(125), answer_tokens: Some(120), reasoning_tokens: Some(67) };
        assert_eq!((gathered.usage(), gathered.failure(), gathered.cut_off()), (usage, None, None));
        let (unfinished, has_ended) = read(events, None).unwrap();
        assert!(!unfinished.has_finished() && !has_ended);
    }

    #[test]
    fn calls_come_in_pieces_or_without_input() {
        let piece = |text: &str| json!({"type": "input_json_delta", "partial_json": text});
        let call = |id: &str, name: &str| json!({"type": "tool_use", "id": id, "name": name, "input": {}});
        let events = block(0, &call("toolu_1", "go_to"), &[piece(""), piece("{\"pla"), piece("ce\": \"Farm\"}")])
            + &block(1, &call("toolu_2", "wait"), &[])
            + &block(2, &call("toolu_3", "say"), &[piece("{\"broken")]);
        let (gathered, _) = read(&(events + &end("tool_use")), None).unwrap();
        let (calls, notes) = gathered.tool_calls();
        let calls: Vec<_> = calls.into_iter().map(|call| (call.id, call.name, call.arguments)).collect();
        let go = ("toolu_1".to_owned(), "go_to".to_owned(), json!({"place": "Farm"}));
        assert_eq!(calls, [go, ("toolu_2".to_owned(), "wait".to_owned(), json!({}))]);
        assert_eq!((notes.len(), gathered.kept(), gathered.failure()), (1, None, None));
    }

    #[test]
    fn a_forced_call_is_the_answer() {
        let start = json!({"type": "tool_use", "id": "toolu_1", "name": "verdict", "input": {}});
        let deltas = [json!({"type": "input_json_delta", "partial_json": "{\"b\":1,\"a\":2}"})];
        let (gathered, _) = read(&(block(0, &start, &deltas) + &end("tool_use")), Some("verdict")).unwrap();
        assert_eq!((gathered.text.as_str(), gathered.tool_calls().0.len()), ("{\"b\":1,\"a\":2}", 0));
        assert_eq!((gathered.kept(), gathered.failure()), (None, None));
        let whole = json!({"content": [{"type": "tool_use", "id": "x", "name": "verdict", "input": {"a": 1}}]});
        let whole = Gathered::whole(&whole.to_string(), Some("verdict"), &mut Unwatched).unwrap();
        assert_eq!(whole.text, "{\"a\":1}");
        assert!(Gathered::whole("{\"choices\":[]}", None, &mut Unwatched).is_none());
    }

    #[test]
    fn errors_refusals_and_empty_answers_are_faults() {
        let text = block(0, &json!({"type": "text", "text": ""}), &[json!({"type": "text_delta", "text": "Well"})]);
        let error = r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#;
        assert_eq!(read(&format!("{text}event: error\ndata: {error}\n\n"), None).err(), Some(Fault::ErrorEvent));
        assert_eq!(read(&format!("{text}data: {error}\n\n"), None).err(), Some(Fault::ErrorEvent));
        assert_eq!(read("event: message_delta\ndata: {broken\n\n", None).err(), Some(Fault::NotJson));
        let failure = |events: String| read(&events, None).unwrap().0.failure();
        let empty = |reason: &str| Some(Fault::Empty { finish_reason: Some(reason.to_owned()) });
        assert_eq!(failure(text.clone() + &end("refusal")), empty("refusal"));
        assert_eq!(failure(end("max_tokens")), empty("max_tokens"));
        let (cut, _) = read(&(text + &end("max_tokens")), None).unwrap();
        assert_eq!((cut.failure(), cut.cut_off()), (None, Some("the answer was cut off by the limit of its tokens")));
    }
}
