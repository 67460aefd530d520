//! What Gemini answers: `GenerateContentResponse` chunks in a stream without an end mark, or one of them, or a list.
//!
//! Parts are kept as they came, because Gemini wants its signed thoughts back at the very place where it put them.

use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Map, Value, json};

use crate::{
    llm::{
        Fault, Kept, ToolCall, Usage,
        ask::Sink,
        stream::{Reader, Step},
    },
    settings::Provider,
};

/// Reasons for which the provider takes back what it has already said.
const WITHHELD: [&str; 10] = [
    "SAFETY",
    "RECITATION",
    "LANGUAGE",
    "BLOCKLIST",
    "PROHIBITED_CONTENT",
    "SPII",
    "IMAGE_SAFETY",
    "IMAGE_PROHIBITED_CONTENT",
    "IMAGE_RECITATION",
    "ESCALATION",
];

/// A part in the provider's own form.
type Part = Map<String, Value>;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Chunk {
    candidates: Option<Vec<Candidate>>,
    prompt_feedback: Option<Feedback>,
    usage_metadata: Option<Counts>,
    model_version: Option<String>,
    error: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Candidate {
    content: Option<Content>,
    finish_reason: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Content {
    parts: Option<Vec<Part>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Feedback {
    block_reason: Option<String>,
}

/// What has been counted so far; a later chunk may leave some of it out.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
struct Counts {
    #[serde(rename = "promptTokenCount")]
    prompt: Option<u64>,
    #[serde(rename = "candidatesTokenCount")]
    said: Option<u64>,
    #[serde(rename = "thoughtsTokenCount")]
    thought: Option<u64>,
}

/// An answer as far as it has come.
#[derive(Default)]
pub struct Gathered {
    pub text: String,
    pub reasoning: String,
    pub tool_calls: Vec<ToolCall>,
    /// The version that answered, as the server names it.
    pub model: String,
    /// What was left out of the answer because it could not be read.
    pub notes: Vec<String>,
    finish_reason: Option<String>,
    block_reason: Option<String>,
    parts: Vec<Part>,
    counts: Counts,
    has_candidate: bool,
}

impl Gathered {
    /// Takes a whole answer in, from a server that was asked to stream and did not.
    pub fn whole(body: &str, sink: &mut dyn Sink) -> Result<Self, Fault> {
        let mut gathered = Self::default();
        gathered.read(body, sink).map_err(|fault| match fault {
            Fault::ErrorEvent => Fault::ErrorInBody,
            _ => Fault::NotAStream,
        })?;
        let is_answer = gathered.has_candidate || gathered.block_reason.is_some();
        if is_answer { Ok(gathered) } else { Err(Fault::NotAStream) }
    }

    /// Why this is no answer, if it is none: the question or the answer was blocked, or there is nothing in it.
    pub fn failure(&self) -> Option<Fault> {
        let is_empty = self.text.trim().is_empty() && self.tool_calls.is_empty();
        let is_withheld = self.finish_reason.as_deref().is_some_and(|reason| WITHHELD.contains(&reason));
        let reason = self.block_reason.as_ref().or(self.finish_reason.as_ref());
        (is_empty || is_withheld || self.block_reason.is_some())
            .then(|| Fault::Empty { finish_reason: reason.cloned() })
    }

    /// What there is to say of the way it ended.
    pub fn ending(&self) -> Option<String> {
        match self.finish_reason.as_deref() {
            None | Some("STOP") => None,
            Some("MAX_TOKENS") => Some("the answer was cut off by the limit of its tokens".to_owned()),
            Some(reason) => Some(format!("the answer ended with {reason}")),
        }
    }

    /// The answer in Gemini's own form, to be sent back unchanged.
    pub fn kept(&self) -> Option<Kept> {
        let Self { parts, .. } = self;
        let kept = || Kept { provider: Provider::Gemini, content: json!({"role": "model", "parts": parts}) };
        (!parts.is_empty()).then(kept)
    }

    /// Gemini counts thoughts beside the answer, not in it.
    pub fn usage(&self) -> Usage {
        let Counts { prompt, said, thought } = self.counts;
        let has_counted = said.or(thought).is_some();
        let answer_tokens = has_counted.then(|| said.unwrap_or(0).saturating_add(thought.unwrap_or(0)));
        Usage { prompt_tokens: prompt, answer_tokens, reasoning_tokens: thought }
    }

    /// One chunk, or a list of them.
    fn read(&mut self, text: &str, sink: &mut dyn Sink) -> Result<Step, Fault> {
        let chunks: Result<Vec<Chunk>, _> = if text.trim_start().starts_with('[') {
            serde_json::from_str(text)
        } else {
            serde_json::from_str(text).map(|chunk| vec![chunk])
        };
        let mut step = Step::Nothing;
        for chunk in chunks.map_err(|_| Fault::NotJson)? {
            if chunk.error.is_some() {
                return Err(Fault::ErrorEvent);
            }
            step = match (step, self.take(chunk, sink)) {
                (before, Step::Nothing) => before,
                (_, now) => now,
            };
        }
        Ok(step)
    }

    fn take(&mut self, chunk: Chunk, sink: &mut dyn Sink) -> Step {
        if let Some(model) = chunk.model_version.filter(|model| !model.is_empty()) {
            self.model = model;
        }
        if let Some(counts) = chunk.usage_metadata {
            let before = self.counts;
            self.counts = Counts {
                prompt: counts.prompt.or(before.prompt),
                said: counts.said.or(before.said),
                thought: counts.thought.or(before.thought),
            };
        }
        if let Some(reason) = chunk.prompt_feedback.and_then(|feedback| told(feedback.block_reason)) {
            self.block_reason = Some(reason);
            return Step::End;
        }
        // Only one candidate is asked for.
        let Some(candidate) = chunk.candidates.and_then(|candidates| candidates.into_iter().next()) else {
            return Step::Nothing;
        };
        self.has_candidate = true;
        if let Some(reason) = told(candidate.finish_reason) {
            self.finish_reason = Some(reason);
        }
        let mut step = Step::Nothing;
        for part in candidate.content.and_then(|content| content.parts).unwrap_or_default() {
            if self.hear(&part, sink) {
                step = Step::Piece;
            }
            self.keep(part);
        }
        step
    }

    /// True if the part says something.
    fn hear(&mut self, part: &Part, sink: &mut dyn Sink) -> bool {
        if let Some(call) = part.get("functionCall") {
            return self.call(call);
        }
        let Some(piece) = part.get("text").and_then(Value::as_str).filter(|piece| !piece.is_empty()) else {
            return false;
        };
        if part.get("thought") == Some(&Value::Bool(true)) {
            sink.reasoning(piece);
            self.reasoning.push_str(piece);
        } else {
            sink.text(piece);
            self.text.push_str(piece);
        }
        true
    }

    /// A call comes whole. Older models give it no id, so it gets one that its result can name.
    fn call(&mut self, call: &Value) -> bool {
        let text = |key: &str| call.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        let Some(name) = text("name").map(str::to_owned) else { return false };
        let arguments = match call.get("args") {
            None | Some(Value::Null) => json!({}),
            Some(arguments @ Value::Object(_)) => arguments.clone(),
            Some(_) => {
                self.notes.push(format!("the call of {name} had arguments that are no JSON object"));
                return false;
            }
        };
        let id = text("id").map_or_else(|| format!("call_{}", self.tool_calls.len() + 1), str::to_owned);
        self.tool_calls.push(ToolCall { id, name, arguments });
        true
    }

    /// A part with a signature must stay by itself; the plain pieces of one text may grow together.
    fn keep(&mut self, part: Part) {
        let Some(piece) = plain_text(&part) else {
            self.parts.push(part);
            return;
        };
        let last = self.parts.last_mut();
        match last.filter(|last| plain_text(last).is_some() && last.get("thought") == part.get("thought")) {
            Some(last) => {
                if let Some(Value::String(text)) = last.get_mut("text") {
                    text.push_str(piece);
                }
            }
            None if piece.is_empty() => {}
            None => self.parts.push(part),
        }
    }
}

impl Reader for Gathered {
    fn event(&mut self, name: Option<&str>, data: &str, sink: &mut dyn Sink) -> Result<Step, Fault> {
        match data.trim() {
            // Gateways add it.
            "[DONE]" => Ok(Step::End),
            _ if name == Some("error") => Err(Fault::ErrorEvent),
            "" => Ok(Step::Nothing),
            _ => self.read(data, sink),
        }
    }

    fn has_finished(&self) -> bool {
        self.finish_reason.is_some() || self.block_reason.is_some()
    }
}

/// A reason that says something; the unspecified one stands for none.
fn told(reason: Option<String>) -> Option<String> {
    reason.filter(|reason| !reason.is_empty() && !reason.ends_with("_UNSPECIFIED"))
}

/// The text of a part that has nothing but text.
fn plain_text(part: &Part) -> Option<&str> {
    let is_plain = part.keys().all(|key| key == "text" || key == "thought");
    part.get("text").and_then(Value::as_str).filter(|_| is_plain)
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

    fn empty(reason: &str) -> Fault {
        Fault::Empty { finish_reason: Some(reason.to_owned()) }
    }

    #[test]
    fn thoughts_and_text_are_told_apart_and_the_signature_stays_where_it_was() {
        let gathered = read(&[
            r#"{"candidates":[{"content":{"parts":[{"text":"**Adding** ","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":8,"totalTokenCount":40,"promptTokensDetails":[{"modality":"TEXT","tokenCount":8}],"thoughtsTokenCount":32},"modelVersion":"gemini-3-flash-preview","responseId":"a"}"#,
            r#"{"candidates":[{"content":{"parts":[{"text":"two and three","thought":true}],"role":"model"},"index":0}]}"#,
            r#"{"candidates":[{"content":{"parts":[{"text":"The sum "}],"role":"model"},"index":0}]}"#,
            r#"{"candidates":[{"content":{"parts":[{"text":"is 5."}],"role":"model"},"index":0}]}"#,
            r#"{"candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"EjQKMgEM=="}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":6,"totalTokenCount":60,"thoughtsTokenCount":46}}"#,
        ])
        .unwrap();
        assert_eq!(
            (gathered.reasoning.as_str(), gathered.text.as_str()),
            ("**Adding** two and three", "The sum is 5.")
        );
        let usage = Usage { prompt_tokens: Some(8), answer_tokens: Some(52), reasoning_tokens: Some(46) };
        assert_eq!((gathered.usage(), gathered.model.as_str()), (usage, "gemini-3-flash-preview"));
        assert_eq!((gathered.failure(), gathered.ending(), gathered.has_finished()), (None, None, true));
        let parts = json!([{"text": "**Adding** two and three", "thought": true}, {"text": "The sum is 5."},
            {"text": "", "thoughtSignature": "EjQKMgEM=="}]);
        let content = json!({"role": "model", "parts": parts});
        assert_eq!(gathered.kept(), Some(Kept { provider: Provider::Gemini, content }));
    }

    #[test]
    fn calls_get_an_id_where_they_have_none_and_stay_as_they_came() {
        let gathered = read(&[
            r#"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"go_to","args":{"place":"Farm"},"id":"fc_9"},"thoughtSignature":"CiQB0e2Kb=="},{"functionCall":{"name":"wait"}}],"role":"model"},"index":0}],"modelVersion":"gemini-3.1-pro-preview"}"#,
            r#"{"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}]}"#,
        ])
        .unwrap();
        let call = |id: &str, name: &str, arguments| ToolCall { id: id.into(), name: name.into(), arguments };
        let calls = [call("fc_9", "go_to", json!({"place": "Farm"})), call("call_2", "wait", json!({}))];
        assert_eq!((gathered.tool_calls.as_slice(), gathered.failure()), (calls.as_slice(), None));
        let parts = json!([
            {"functionCall": {"name": "go_to", "args": {"place": "Farm"}, "id": "fc_9"},
             "thoughtSignature": "CiQB0e2Kb=="},
            {"functionCall": {"name": "wait"}},
        ]);
        assert_eq!(gathered.kept().map(|kept| kept.content["parts"].clone()), Some(parts));
    }

    #[test]
    fn what_was_blocked_or_is_empty_is_no_answer() {
        let blocked = r#"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":9,"totalTokenCount":9},"modelVersion":"gemini-2.5-flash"}"#;
        let mut gathered = Gathered::default();
        assert_eq!(gathered.event(None, blocked, &mut Unwatched), Ok(Step::End));
        assert_eq!((gathered.failure(), gathered.has_finished()), (Some(empty("PROHIBITED_CONTENT")), true));

        let spent = r#"{"candidates":[{"content":{"role":"model"},"finishReason":"MAX_TOKENS","index":0}],"usageMetadata":{"promptTokenCount":1706,"thoughtsTokenCount":2999},"modelVersion":"gemini-2.5-pro"}"#;
        let gathered = read(&[spent]).unwrap();
        assert_eq!((gathered.failure(), gathered.usage().answer_tokens), (Some(empty("MAX_TOKENS")), Some(2999)));

        let partly = r#"{"candidates":[{"content":{"parts":[{"text":"Once"}]},"finishReason":"RECITATION"}]}"#;
        assert_eq!(read(&[partly]).unwrap().failure(), Some(empty("RECITATION")));
        let cut =
            read(&[r#"{"candidates":[{"content":{"parts":[{"text":"Once"}]},"finishReason":"MAX_TOKENS"}]}"#]).unwrap();
        assert_eq!(cut.failure(), None);
        assert!(cut.ending().is_some_and(|ending| ending.contains("cut off")));
    }

    #[test]
    fn an_error_or_rubbish_in_the_stream_is_a_fault() {
        let begun = r#"{"candidates":[{"content":{"parts":[{"text":"Well"}],"role":"model"},"index":0}]}"#;
        let error = r#"{"error":{"code":503,"message":"The model is overloaded. Please try again later.","status":"UNAVAILABLE"}}"#;
        assert_eq!(read(&[begun, error]).err(), Some(Fault::ErrorEvent));
        assert_eq!(read(&[begun, &format!("[{error}]")]).err(), Some(Fault::ErrorEvent));
        assert_eq!(read(&[begun, "{broken"]).err(), Some(Fault::NotJson));
    }

    #[test]
    fn unknown_fields_and_empty_chunks_do_no_harm() {
        let gathered = read(&[
            "",
            r#"{"usageMetadata":null,"candidates":null,"error":null}"#,
            r#"{"candidates":[{"content":{},"finishReason":"FINISH_REASON_UNSPECIFIED","safetyRatings":[],"novelty":{"deep":[1]}}]}"#,
            r#"{"candidates":[{"content":{"parts":[{"executableCode":{"language":"PYTHON","code":"1"}},{"text":"yes"}]}}],"modelStatus":{"modelStage":"LEGACY"}}"#,
        ])
        .unwrap();
        assert_eq!((gathered.text.as_str(), gathered.has_finished()), ("yes", false));
        let parts = json!([{"executableCode": {"language": "PYTHON", "code": "1"}}, {"text": "yes"}]);
        assert_eq!(gathered.kept().map(|kept| kept.content["parts"].clone()), Some(parts));
    }

    #[test]
    fn a_whole_answer_or_a_list_of_chunks_is_read_too() {
        let chunk = r#"{"candidates":[{"content":{"parts":[{"text":"yes"}]},"finishReason":"STOP"}]}"#;
        for body in [chunk.to_owned(), format!("[{chunk}]"), format!("[{{}},\n{chunk}]")] {
            assert_eq!(Gathered::whole(&body, &mut Unwatched).map(|gathered| gathered.text), Ok("yes".to_owned()));
        }
        let fault = |body| Gathered::whole(body, &mut Unwatched).err();
        assert_eq!(fault(r#"[{"error":{"code":429}}]"#), Some(Fault::ErrorInBody));
        assert_eq!(fault("{}"), Some(Fault::NotAStream));
        assert_eq!(fault("<html>"), Some(Fault::NotAStream));
    }
}
