//! An answer in the wire format of each client, event by event, as the providers and LM Studio send it.

use serde_json::{Value, json};

use crate::{client::Client, question::PLACE};

/// Why an answer ends.
#[derive(Clone, Copy)]
pub enum End {
    Done,
    /// By the provider's filter.
    Refused,
    /// To hear what the tools give back.
    Called,
}

/// One event without a name.
pub fn bare(data: &Value) -> String {
    format!("data: {data}\n\n")
}

/// One event that is called after its type, as Claude's are.
pub fn named(data: &Value) -> String {
    format!("event: {}\ndata: {data}\n\n", data["type"].as_str().unwrap_or_default())
}

/// A chunk of LM Studio.
pub fn chunk(delta: &Value, finish_reason: &Value) -> String {
    let choice = json!({"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish_reason});
    bare(&json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_795_000_000,
        "model": Client::LmStudio.model(), "system_fingerprint": Client::LmStudio.model(), "choices": [choice]}))
}

/// A response of Gemini in a stream.
fn response(parts: &Value, finish_reason: Option<&str>) -> String {
    let mut candidate = json!({"content": {"parts": parts, "role": "model"}, "index": 0});
    if let Some(reason) = finish_reason {
        candidate["finishReason"] = json!(reason);
    }
    bare(&json!({"candidates": [candidate], "usageMetadata": {"promptTokenCount": 4, "candidatesTokenCount": 9,
        "totalTokenCount": 13}, "modelVersion": Client::Gemini.model(), "responseId": "r-1"}))
}

/// The message of Claude before its content.
pub fn message_start() -> String {
    named(&json!({"type": "message_start", "message": {"id": "msg_01", "type": "message", "role": "assistant",
        "content": [], "model": Client::Claude.model(), "stop_reason": null, "stop_sequence": null,
        "usage": {"input_tokens": 4, "output_tokens": 1}}}))
}

/// Begins a block of Claude's content.
pub fn block_start(index: u64, block: &Value) -> String {
    named(&json!({"type": "content_block_start", "index": index, "content_block": block}))
}

fn block_delta(index: u64, delta: &Value) -> String {
    named(&json!({"type": "content_block_delta", "index": index, "delta": delta}))
}

fn block_stop(index: u64) -> String {
    named(&json!({"type": "content_block_stop", "index": index}))
}

/// What comes before the first word.
pub fn opening(client: Client) -> String {
    match client {
        Client::LmStudio => chunk(&json!({"role": "assistant", "content": ""}), &Value::Null),
        Client::Claude => message_start() + &block_start(0, &json!({"type": "text", "text": ""})),
        Client::Gemini => String::new(),
    }
}

/// Some words.
pub fn piece(client: Client, text: &str) -> String {
    match client {
        Client::LmStudio => chunk(&json!({"content": text}), &Value::Null),
        Client::Claude => block_delta(0, &json!({"type": "text_delta", "text": text})),
        Client::Gemini => response(&json!([{"text": text}]), None),
    }
}

/// All of a text, piece by piece.
pub fn pieces(client: Client, text: &str) -> String {
    text.split_inclusive(' ').map(|words| piece(client, words)).collect()
}

/// The end of an answer whose blocks are closed.
fn ending(client: Client, end: End) -> String {
    let reasons = match end {
        End::Done => ["stop", "end_turn", "STOP"],
        End::Refused => ["content_filter", "refusal", "SAFETY"],
        End::Called => ["tool_calls", "tool_use", "STOP"],
    };
    let reason = client.of(reasons);
    match client {
        Client::LmStudio => {
            let usage = json!({"prompt_tokens": 4, "completion_tokens": 9, "total_tokens": 13});
            let usage = json!({"id": "chatcmpl-1", "model": client.model(), "choices": [], "usage": usage});
            chunk(&json!({}), &json!(reason)) + &bare(&usage) + "data: [DONE]\n\n"
        }
        Client::Claude => {
            named(&json!({"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": null},
                "usage": {"output_tokens": 9}}))
                + &named(&json!({"type": "message_stop"}))
        }
        Client::Gemini => response(&json!([{"text": ""}]), Some(reason)),
    }
}

/// What comes after the last word.
pub fn closing(client: Client, end: End) -> String {
    match client {
        Client::Claude => block_stop(0) + &ending(client, end),
        _ => ending(client, end),
    }
}

/// A whole answer as a stream.
pub fn speech(client: Client, text: &str) -> String {
    opening(client) + &pieces(client, text) + &closing(client, End::Done)
}

/// One call or two, the second of which has no arguments.
pub fn calls(client: Client, count: usize) -> String {
    let arguments = json!({"place": PLACE}).to_string();
    // In the middle of the name of the place.
    let (one, other) = arguments.split_at(arguments.find("hof").unwrap_or_default());
    let has_second = count > 1;
    let mut events = match client {
        Client::LmStudio => {
            let call = |index: u32, id: &str, name: &str| {
                let function = json!({"name": name, "arguments": ""});
                json!([{"index": index, "id": id, "type": "function", "function": function}])
            };
            let more = |text: &str| json!([{"index": 0, "function": {"arguments": text}}]);
            let mut calls = vec![call(0, "call_a", "go_to"), more(one), more(other)];
            calls.extend(has_second.then(|| call(1, "call_b", "wait")));
            let calls = calls.iter().map(|calls| chunk(&json!({"tool_calls": calls}), &Value::Null));
            chunk(&json!({"role": "assistant", "content": null}), &Value::Null) + &calls.collect::<String>()
        }
        Client::Claude => {
            let call = |id: &str, name: &str| json!({"type": "tool_use", "id": id, "name": name, "input": {}});
            let more = |text: &str| block_delta(0, &json!({"type": "input_json_delta", "partial_json": text}));
            let mut events = [
                message_start(),
                block_start(0, &call("toolu_a", "go_to")),
                more(""),
                more(one),
                more(other),
                block_stop(0),
            ]
            .concat();
            if has_second {
                events.push_str(&block_start(1, &call("toolu_b", "wait")));
                events.push_str(&block_stop(1));
            }
            events
        }
        Client::Gemini => {
            let mut parts = vec![json!({"functionCall": {"name": "go_to", "args": {"place": PLACE}}})];
            parts.extend(has_second.then(|| json!({"functionCall": {"name": "wait"}})));
            response(&Value::Array(parts), None)
        }
    };
    events.push_str(&ending(client, End::Called));
    events
}

/// A refusal before the first word. OpenAI's models say it in a field of its own, Google blocks the question.
pub fn refusal(client: Client) -> String {
    match client {
        Client::LmStudio => {
            let said = ["I am sorry, ", "but I cannot help with that."].map(|words| json!({"refusal": words}));
            let said = said.iter().map(|delta| chunk(delta, &Value::Null)).collect::<String>();
            chunk(&json!({"role": "assistant", "content": null, "refusal": null}), &Value::Null)
                + &said
                + &ending(client, End::Done)
        }
        Client::Claude => message_start() + &ending(client, End::Refused),
        Client::Gemini => bare(&json!({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
            "usageMetadata": {"promptTokenCount": 4, "totalTokenCount": 4}, "modelVersion": client.model()})),
    }
}

/// The event of an error in mid-stream.
pub fn error(client: Client) -> String {
    match client {
        // LM Studio says it twice.
        Client::LmStudio => {
            let words = "The model has crashed without additional information. (Exit code: 6)";
            format!("event: error\ndata: {}\n\n", json!({"error": {"message": words}, "message": words}))
        }
        Client::Claude => {
            named(&json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}))
        }
        Client::Gemini => bare(&json!({"error": {"code": 503, "status": "UNAVAILABLE",
            "message": "The model is overloaded. Please try again later."}})),
    }
}

/// A whole answer at once, in JSON.
pub fn whole(client: Client, text: &str) -> Value {
    let model = client.model();
    match client {
        Client::LmStudio => json!({"id": "chatcmpl-1", "object": "chat.completion", "model": model, "choices": [
            {"index": 0, "message": {"role": "assistant", "content": text, "tool_calls": []}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 4, "completion_tokens": 9, "total_tokens": 13}}),
        Client::Claude => json!({"id": "msg_01", "type": "message", "role": "assistant", "model": model,
            "content": [{"type": "text", "text": text}], "stop_reason": "end_turn", "stop_sequence": null,
            "usage": {"input_tokens": 4, "output_tokens": 9}}),
        Client::Gemini => json!({"candidates": [{"content": {"parts": [{"text": text}], "role": "model"},
            "finishReason": "STOP", "index": 0}], "modelVersion": model}),
    }
}
