//! How an answer ended: what its finish reason says, whether anything was said at all, and whether a stream came to its
//! end mark. In the forms of every interface that is spoken here.

use serde_json::Value;

use super::{Reading, Verdict};
use crate::protocol::Cause::*;

/// Where the reason stands, by interface.
const REASONS: [&str; 7] = [
    "/choices/0/finish_reason",
    "/candidates/0/finishReason",
    "/stop_reason",
    "/incomplete_details/reason",
    "/promptFeedback/blockReason",
    "/done_reason",
    "/result/stats/stop_reason",
];

/// End marks of streams: OpenAI, Claude, Responses, Ollama, LM Studio's own.
const END_MARKS: [&str; 5] =
    ["[DONE]", "\"message_stop\"", "\"response.completed\"", "\"done\":true", "\"type\":\"chat.end\""];
/// What a piece of an answer looks like in a stream.
const PIECES: [&str; 5] = ["\"delta\"", "\"content_block_delta\"", "\"candidates\"", "\"response\":", "\"token\""];

/// What a reason for ending means, whatever was said before it; `None` for an ordinary end.
pub fn of_reason(reason: &str) -> Option<Verdict> {
    match reason.to_ascii_lowercase().as_str() {
        "length" | "max_tokens" | "max_output_tokens" | "maxpredictedtokensreached" => {
            Some(Verdict::certain(OutputBudgetSpent))
        }
        "model_context_window_exceeded" | "contextlengthreached" => {
            Some(Verdict::likely(ContextOverflow, &[OutputBudgetSpent]))
        }
        "safety" | "recitation" | "prohibited_content" | "blocklist" | "spii" | "content_filter" | "refusal"
        | "image_safety" | "language" => Some(Verdict::certain(SafetyBlocked)),
        "malformed_function_call" | "unexpected_tool_call" => Some(Verdict::likely(MalformedResponse, &[EmptyOutput])),
        "other" => Some(Verdict::guess(SafetyBlocked, &[EmptyOutput])),
        "error" | "failed" => Some(Verdict::likely(StreamErrorEvent, &[ModelCrashed, ServerInternalError])),
        _ => None,
    }
}

/// What the end of a whole answer means; `None` if it ended well with something said.
pub fn of_whole(json: &Value) -> Option<Verdict> {
    let reason = REASONS.iter().find_map(|pointer| json.pointer(pointer).and_then(Value::as_str));
    if let Some(verdict) = reason.and_then(of_reason) {
        return Some(verdict);
    }
    let said = said(json)?;
    match said {
        Said { answer: true, .. } => None,
        Said { thought: true, .. } => Some(Verdict::likely(OutputBudgetSpent, &[EmptyOutput])),
        Said { .. } => Some(Verdict::likely(EmptyOutput, &[ContextOverflow])),
    }
}

/// What an answer holds.
struct Said {
    answer: bool,
    thought: bool,
}

/// Reads an answer in any of the forms; `None` if it is none of them.
fn said(json: &Value) -> Option<Said> {
    let is_text = |value: Option<&Value>| value.and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
    let is_list = |value: Option<&Value>| value.and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    if let Some(message) =
        json.pointer("/choices/0/message").or_else(|| json.get("message").filter(|it| it.is_object()))
    {
        let thought = ["reasoning_content", "reasoning", "thinking"].iter().any(|key| is_text(message.get(*key)));
        return Some(Said { answer: is_text(message.get("content")) || is_list(message.get("tool_calls")), thought });
    }
    if let Some(text) =
        json.pointer("/choices/0/text").or_else(|| json.get("response").filter(|_| json.get("done").is_some()))
    {
        return Some(Said { answer: is_text(Some(text)), thought: false });
    }
    if let Some(candidate) = json.pointer("/candidates/0") {
        let parts = candidate.pointer("/content/parts").and_then(Value::as_array);
        let is_thought = |part: &Value| part.get("thought") == Some(&Value::Bool(true));
        let holds = |part: &&Value| is_text(part.get("text")) || part.get("functionCall").is_some();
        let mut parts = parts.into_iter().flatten().filter(holds).peekable();
        let thought = parts.peek().is_some();
        return Some(Said { answer: parts.any(|part| !is_thought(part)), thought });
    }
    // Blocks: Claude's content, the output of Responses and of LM Studio's own interface.
    let blocks = json.get("content").or_else(|| json.get("output"))?.as_array()?;
    let kind = |block: &Value| block.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_answer = |block: &Value| match kind(block).as_str() {
        "text" => is_text(block.get("text")),
        "message" => is_list(block.get("content")) || is_text(block.get("content")),
        "tool_use" | "tool_call" | "function_call" => true,
        _ => false,
    };
    let thought = blocks.iter().any(|block| matches!(kind(block).as_str(), "thinking" | "reasoning"));
    Some(Said { answer: blocks.iter().any(is_answer), thought })
}

/// What a stream that another program reported came to.
pub fn of_stream(reading: &Reading<'_>) -> Option<Verdict> {
    let has_error = |json: &Value| {
        let names_error = |object: &serde_json::Map<String, Value>| object.keys().any(|key| key.starts_with("error"));
        json.as_object().is_some_and(names_error) || json.get("type").and_then(Value::as_str) == Some("error")
    };
    if reading.json.as_ref().is_some_and(has_error) {
        return Some(Verdict::certain(StreamErrorEvent));
    }
    if ["finish_reason: error", "error_type", "error: {"].iter().any(|word| reading.says(word)) {
        return Some(Verdict::likely(StreamErrorEvent, &[ModelCrashed, ServerInternalError]));
    }
    let body = reading.evidence.observed.body.as_deref().unwrap_or_default();
    let words = &reading.transport;
    if ["idle timeout", "timed out", "timeout", "no data"].iter().any(|word| words.contains(word)) {
        return Some(Verdict::likely(StreamStalled, &[TimeoutSlowModel]));
    }
    let cut = [
        "incomplete",
        "not completed",
        "premature",
        "without sending",
        "mid-response",
        "mid-stream",
        "not enough data",
        "unexpected eof",
        "unexpected end",
        "did not yield",
        "without finish",
        "no finish",
        "without a final",
        "cut short",
        "truncated",
        "error reading a body",
        "closed before",
        "terminated",
        "aborted",
        "unexpectedly",
        "without [done]",
    ];
    if cut.iter().any(|word| words.contains(word)) {
        return Some(Verdict::likely(StreamTruncated, &[ConnectionReset, ModelCrashed]));
    }
    if PIECES.iter().any(|piece| body.contains(piece)) && !has_ended(body) {
        return Some(Verdict::likely(StreamTruncated, &[ConnectionReset, StreamStalled, ModelCrashed]));
    }
    let holds_nothing = !body.trim().is_empty() && body.contains("\"text\": \"\"") || body.trim() == "data: [DONE]";
    holds_nothing.then(|| Verdict::likely(EmptyOutput, &[NoModelLoaded]))
}

/// True where the stream has its end mark, or a reason for its end.
fn has_ended(body: &str) -> bool {
    let has_reason = |key: &str| {
        body.match_indices(key).any(|(at, _)| {
            let rest = body[at + key.len()..].trim_start_matches([' ', ':']);
            rest.starts_with('"')
        })
    };
    let is_marked = END_MARKS
        .iter()
        .any(|mark| body.contains(mark) && (*mark != "[DONE]" || !body.contains("\"finish_reason\":null")));
    is_marked || ["\"finish_reason\"", "\"finishReason\"", "\"stop_reason\""].iter().any(|key| has_reason(key))
}

/// How far an answer had come when somebody lost patience.
pub fn of_impatience(body: &str) -> Verdict {
    let is_loading = body.contains("model_load.") && !body.contains("model_load.end");
    let is_reading = body.contains("prompt_processing") && !body.contains("message.delta");
    if is_loading {
        Verdict::likely(TimeoutLoadingModel, &[ModelLoading])
    } else if !is_reading && PIECES.iter().any(|piece| body.contains(piece)) {
        Verdict::likely(StreamStalled, &[TimeoutSlowModel])
    } else {
        Verdict::likely(TimeoutSlowModel, &[TimeoutLoadingModel, StreamStalled])
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::protocol::Cause;

    fn cause(json: &Value) -> Option<Cause> {
        of_whole(json).map(|verdict| verdict.cause)
    }

    #[test]
    fn an_answer_with_something_said_ended_well_in_every_form() {
        for whole in [
            json!({"choices": [{"message": {"content": "yes"}, "finish_reason": "stop"}]}),
            json!({"choices": [{"message": {"content": null, "tool_calls": [{}]}, "finish_reason": "tool_calls"}]}),
            json!({"candidates": [{"content": {"parts": [{"text": "yes"}]}, "finishReason": "STOP"}]}),
            json!({"content": [{"type": "thinking"}, {"type": "text", "text": "yes"}], "stop_reason": "end_turn"}),
            json!({"message": {"content": "yes"}, "done": true}),
            json!({"output": [{"type": "message", "content": "yes"}]}),
        ] {
            assert_eq!(cause(&whole), None, "{whole}");
        }
    }

    #[test]
    fn thoughts_alone_are_a_spent_budget_and_nothing_is_empty() {
        let thoughts =
            json!({"choices": [{"message": {"content": "", "reasoning_content": "hm"}, "finish_reason": "stop"}]});
        assert_eq!(cause(&thoughts), Some(OutputBudgetSpent));
        assert_eq!(cause(&json!({"candidates": [{"finishReason": "STOP"}]})), Some(EmptyOutput));
        assert_eq!(cause(&json!({"candidates": [{"finishReason": "SAFETY"}]})), Some(SafetyBlocked));
        assert_eq!(cause(&json!({"output": [{"type": "reasoning"}]})), Some(OutputBudgetSpent));
        assert_eq!(cause(&json!({"models": []})), None);
    }
}
