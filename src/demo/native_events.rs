//! The named events of `/api/v1/chat`, and the result that ends them.

use serde_json::{Value, json};

use super::{
    generation::{Dialect, Timing},
    script::{Piece, Script},
    stream::event,
};

/// What is being told just now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Reasoning,
    Message,
}

impl Section {
    fn name(self) -> &'static str {
        match self {
            Self::Reasoning => "reasoning",
            Self::Message => "message",
        }
    }
}

/// Writes the events and remembers what it told, for the result at the end repeats it all.
pub(super) struct NativeEvents {
    instance_id: String,
    response_id: Option<String>,
    load_seconds: Option<f64>,
    input_tokens: usize,
    section: Option<Section>,
    reasoning: String,
    message: String,
    output_tokens: usize,
    reasoning_tokens: usize,
}

impl NativeEvents {
    pub fn new(instance_id: String, response_id: Option<String>, input_tokens: usize) -> Self {
        Self {
            instance_id,
            response_id,
            load_seconds: None,
            input_tokens,
            section: None,
            reasoning: String::new(),
            message: String::new(),
            output_tokens: 0,
            reasoning_tokens: 0,
        }
    }

    /// The model is there now, under this id.
    pub fn loaded_as(&mut self, instance_id: String, load_seconds: f64) {
        self.instance_id = instance_id;
        self.load_seconds = Some(load_seconds);
    }

    pub fn start(&self) -> String {
        named("chat.start", json!({"model_instance_id": self.instance_id}))
    }

    pub fn load_start(&self) -> String {
        named("model_load.start", json!({"model_instance_id": self.instance_id}))
    }

    pub fn load_progress(&self, progress: f64) -> String {
        named("model_load.progress", json!({"model_instance_id": self.instance_id, "progress": progress}))
    }

    pub fn load_end(&self) -> String {
        let seconds = self.load_seconds.unwrap_or_default();
        named("model_load.end", json!({"model_instance_id": self.instance_id, "load_time_seconds": seconds}))
    }

    /// An error of this kind; the result is sent all the same.
    pub fn failure_of(&mut self, kind: &str, message: &str) -> String {
        let error = named("error", json!({"error": {"type": kind, "message": message}}));
        format!("{}{error}{}", self.end_section(), self.end(&Timing::default()))
    }

    /// Everything told so far, as the whole answer of a question that asked for no stream.
    pub fn result(&self, timing: &Timing) -> Value {
        let mut output = Vec::new();
        if !self.reasoning.is_empty() {
            output.push(json!({"type": "reasoning", "content": self.reasoning}));
        }
        if !self.message.is_empty() {
            output.push(json!({"type": "message", "content": self.message}));
        }
        let mut stats = json!({
            "input_tokens": self.input_tokens,
            "total_output_tokens": self.output_tokens,
            "reasoning_output_tokens": self.reasoning_tokens,
            "tokens_per_second": timing.tokens_per_second(self.output_tokens),
            "time_to_first_token_seconds": timing.first_token.as_secs_f64(),
        });
        if let Some(seconds) = self.load_seconds {
            stats["model_load_time_seconds"] = Value::from(seconds);
        }
        let mut result = json!({"model_instance_id": self.instance_id, "output": output, "stats": stats});
        if let Some(id) = &self.response_id {
            result["response_id"] = Value::from(id.as_str());
        }
        result
    }

    fn end(&self, timing: &Timing) -> String {
        named("chat.end", json!({"result": self.result(timing)}))
    }

    fn end_section(&mut self) -> String {
        self.section.take().map(|section| named(&format!("{}.end", section.name()), json!({}))).unwrap_or_default()
    }

    fn enter(&mut self, section: Section) -> String {
        if self.section == Some(section) {
            return String::new();
        }
        let end = self.end_section();
        self.section = Some(section);
        let start = named(&format!("{}.start", section.name()), json!({}));
        format!("{end}{start}")
    }
}

impl Dialect for NativeEvents {
    fn opening(&mut self) -> String {
        let start = named("prompt_processing.start", json!({}));
        format!("{start}{}", named("prompt_processing.progress", json!({"progress": 0.0})))
    }

    fn before_first(&mut self) -> String {
        let done = named("prompt_processing.progress", json!({"progress": 1.0}));
        format!("{done}{}", named("prompt_processing.end", json!({})))
    }

    fn piece(&mut self, piece: &Piece) -> String {
        let (section, text) = match piece {
            Piece::Reasoning(text) => (Section::Reasoning, text),
            Piece::Text(text) => (Section::Message, text),
            // This interface takes no tools of the client's, so there is nothing to call.
            Piece::ToolCall { .. } | Piece::Arguments(_) => return String::new(),
        };
        self.output_tokens += 1;
        match section {
            Section::Reasoning => {
                self.reasoning_tokens += 1;
                self.reasoning.push_str(text);
            }
            Section::Message => self.message.push_str(text),
        }
        let delta = named(&format!("{}.delta", section.name()), json!({"content": text}));
        format!("{}{delta}", self.enter(section))
    }

    fn closing(&mut self, _script: &Script, timing: &Timing) -> String {
        let end = self.end_section();
        format!("{end}{}", self.end(timing))
    }

    fn hollow(&mut self) -> String {
        self.end(&Timing::default())
    }

    fn failure(&mut self, message: &str) -> String {
        self.failure_of("internal_error", message)
    }
}

/// An event whose data says its name again, as LM Studio's does.
fn named(name: &str, mut data: Value) -> String {
    data["type"] = Value::from(name);
    event(name, &data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::script::Finish;

    fn events() -> NativeEvents {
        NativeEvents::new("demo/thinker".to_owned(), Some("resp_1".to_owned()), 5)
    }

    /// The names of the events, in order.
    fn names(events: &str) -> Vec<&str> {
        events.lines().filter_map(|line| line.strip_prefix("event: ")).collect()
    }

    #[test]
    fn sections_are_opened_and_closed_around_their_deltas() {
        let mut events = events();
        let pieces = [Piece::Reasoning("a".to_owned()), Piece::Reasoning("b".to_owned()), Piece::Text("c".to_owned())];
        let mut told: String = pieces.iter().map(|piece| events.piece(piece)).collect();
        let script = Script { pieces: pieces.to_vec(), finish: Finish::Stop };
        told.push_str(&events.closing(&script, &Timing::default()));
        let expected = [
            "reasoning.start",
            "reasoning.delta",
            "reasoning.delta",
            "reasoning.end",
            "message.start",
            "message.delta",
            "message.end",
            "chat.end",
        ];
        assert_eq!(names(&told), expected);
        let result = events.result(&Timing::default());
        let output = json!([{"type": "reasoning", "content": "ab"}, {"type": "message", "content": "c"}]);
        assert_eq!(result["output"], output);
        assert_eq!(result["stats"]["reasoning_output_tokens"], 2);
        assert_eq!(result["response_id"], "resp_1");
    }

    #[test]
    fn an_error_in_mid_sentence_still_ends_with_a_result() {
        let mut events = events();
        let _ = events.piece(&Piece::Text("half".to_owned()));
        let told = events.failure("boom");
        assert_eq!(names(&told), ["message.end", "error", "chat.end"]);
        assert!(told.contains("\"message\":\"boom\""));
    }
}
