//! A chat completion in OpenAI's shape, whole or as a stream of chunks, with what `/api/v0` adds to it.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use serde_json::{Value, json};

use super::{
    catalogue::Instance,
    generation::{Dialect, Timing},
    script::{Piece, Script},
    stream::{data, event},
};

const DONE: &str = "data: [DONE]\n\n";

/// Everything but the words of one completion.
pub(super) struct Completion {
    id: String,
    created: u64,
    /// Who is said to have answered.
    model: String,
    prompt_tokens: usize,
    wants_usage: bool,
    /// `Some` on `/api/v0`, whose answers describe the model that gave them.
    described: Option<Arc<Instance>>,
}

impl Completion {
    pub fn new(number: u64, model: String, prompt_tokens: usize) -> Self {
        let created = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let id = format!("chatcmpl-{number:020}");
        Self { id, created, model, prompt_tokens, wants_usage: false, described: None }
    }

    pub fn with_usage(mut self, wants_usage: bool) -> Self {
        self.wants_usage = wants_usage;
        self
    }

    pub fn describing(mut self, instance: Arc<Instance>) -> Self {
        self.described = Some(instance);
        self
    }

    /// The answer to a question that asked for no stream.
    pub fn whole(&self, script: &Script, timing: &Timing) -> Value {
        let mut message = json!({"role": "assistant", "content": script.text()});
        if script.reasoning_tokens() > 0 {
            message["reasoning_content"] = Value::from(script.reasoning());
        }
        let calls = script.tool_call().map(|(id, name, arguments)| {
            json!({"type": "function", "id": id, "function": {"name": name, "arguments": arguments}})
        });
        message["tool_calls"] = Value::Array(calls.into_iter().collect());
        let finish = script.finish.open_ai();
        let choice = json!({"index": 0, "message": message, "logprobs": null, "finish_reason": finish});
        let mut whole = json!({
            "id": self.id,
            "object": "chat.completion",
            "created": self.created,
            "model": self.model,
            "choices": [choice],
            "usage": self.usage(script),
            "stats": {},
            "system_fingerprint": self.model,
        });
        self.describe(&mut whole, script, timing);
        whole
    }

    fn chunk(&self, delta: &Value, finish: Option<&str>) -> Value {
        let choice = json!({"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish});
        self.chunk_of(&[choice])
    }

    fn chunk_of(&self, choices: &[Value]) -> Value {
        json!({
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.model,
            "system_fingerprint": self.model,
            "choices": choices,
        })
    }

    fn usage(&self, script: &Script) -> Value {
        let told = script.completion_tokens();
        json!({
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": told,
            "total_tokens": self.prompt_tokens + told,
            "completion_tokens_details": {"reasoning_tokens": script.reasoning_tokens()},
        })
    }

    /// The last chunk but `[DONE]`: no choice, only the count.
    fn usage_chunk(&self, usage: Value) -> String {
        let mut chunk = self.chunk_of(&[]);
        chunk["usage"] = usage;
        data(&chunk)
    }

    fn describe(&self, answer: &mut Value, script: &Script, timing: &Timing) {
        let Some(instance) = &self.described else { return };
        answer["stats"] = json!({
            "tokens_per_second": timing.tokens_per_second(script.completion_tokens()),
            "time_to_first_token": timing.first_token.as_secs_f64(),
            "generation_time": timing.generation.as_secs_f64(),
            "stop_reason": script.finish.native(),
        });
        answer["model_info"] = json!({
            "arch": "demo",
            "quant": "Q4_K_M",
            "format": "gguf",
            "context_length": instance.context_length,
        });
        answer["runtime"] = json!({"name": "demo", "version": "0.1.0", "supported_formats": ["gguf"]});
    }
}

impl Dialect for Completion {
    /// Says who speaks and nothing yet: a client that takes the first chunk for the first token measures wrongly.
    fn opening(&mut self) -> String {
        data(&self.chunk(&json!({"role": "assistant"}), None))
    }

    fn piece(&mut self, piece: &Piece) -> String {
        let delta = match piece {
            Piece::Reasoning(text) => json!({"role": "assistant", "reasoning_content": text}),
            Piece::Text(text) => json!({"role": "assistant", "content": text}),
            Piece::ToolCall { id, name } => {
                let function = json!({"name": name, "arguments": ""});
                json!({"tool_calls": [{"index": 0, "id": id, "type": "function", "function": function}]})
            }
            Piece::Arguments(text) => json!({"tool_calls": [{"index": 0, "function": {"arguments": text}}]}),
        };
        data(&self.chunk(&delta, None))
    }

    fn closing(&mut self, script: &Script, timing: &Timing) -> String {
        let mut last = self.chunk(&json!({}), Some(script.finish.open_ai()));
        self.describe(&mut last, script, timing);
        let usage = if self.wants_usage { self.usage_chunk(self.usage(script)) } else { String::new() };
        format!("{}{usage}{DONE}", data(&last))
    }

    fn hollow(&mut self) -> String {
        let prompt = self.prompt_tokens;
        let usage = json!({"prompt_tokens": prompt, "completion_tokens": 0, "total_tokens": prompt});
        format!("{}{DONE}", self.usage_chunk(usage))
    }

    fn failure(&mut self, message: &str) -> String {
        failure(message)
    }
}

/// The error event of a stream, which says everything twice.
pub(super) fn failure(message: &str) -> String {
    event("error", &json!({"error": {"message": message}, "message": message}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::player::Played;

    fn completion() -> Completion {
        Completion::new(1, "demo/small-talker".to_owned(), 3)
    }

    fn script(text: &str) -> Script {
        let played = Played { reasoning: "hm".to_owned(), text: text.to_owned(), tool_call: None };
        Script::write(&played, usize::MAX, 1)
    }

    #[test]
    fn usage_comes_only_when_asked_for_and_before_the_end() {
        let script = script("one two");
        let plain = completion().closing(&script, &Timing::default());
        assert!(!plain.contains("usage"));
        let counted = completion().with_usage(true).closing(&script, &Timing::default());
        assert!(counted.contains("\"completion_tokens\":3"));
        assert!(counted.ends_with("\n\ndata: [DONE]\n\n"));
    }

    #[test]
    fn a_whole_answer_keeps_reasoning_apart_from_content() {
        let whole = completion().whole(&script("one two"), &Timing::default());
        let message = &whole["choices"][0]["message"];
        assert_eq!(message["content"], "one two");
        assert_eq!(message["reasoning_content"], "hm");
        assert_eq!(whole["stats"], json!({}));
        assert_eq!(whole["usage"]["completion_tokens_details"]["reasoning_tokens"], 1);
    }

    #[test]
    fn a_tool_call_names_itself_once() {
        let mut completion = completion();
        let first = completion.piece(&Piece::ToolCall { id: "000000001".to_owned(), name: "move".to_owned() });
        assert!(first.contains("\"name\":\"move\"") && first.contains("\"index\":0"));
        let second = completion.piece(&Piece::Arguments("{\"a\"".to_owned()));
        assert!(!second.contains("name") && second.contains("\"index\":0"));
    }
}
