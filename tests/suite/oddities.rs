//! Answers that are right and look odd: heartbeats, fields that nobody knows, fields with nothing in them.

use serde_json::{Value, json};

use crate::{
    client::Client,
    formats::{End, bare, block_start, chunk, closing, message_start, named, opening, piece},
};

/// What servers and gateways send to keep a connection open, in the forms that are met.
pub const HEARTBEATS: &str = ": keep-alive\n\n:\n\nretry: 3000\n\ndata:\n\nevent: ping\ndata: {\"type\": \"ping\"}\n\n\
    : OPENROUTER PROCESSING\n\n";

/// A whole answer with heartbeats before, between and after its pieces.
pub fn with_heartbeats(client: Client, text: &str) -> String {
    let pieces = text.split_inclusive(' ').map(|words| HEARTBEATS.to_owned() + &piece(client, words));
    let pieces = pieces.collect::<String>();
    HEARTBEATS.to_owned() + &opening(client) + &pieces + HEARTBEATS + &closing(client, End::Done)
}

/// A whole answer with everything in it that no client knows today: fields, events, kinds of content.
pub fn with_unknown_fields(client: Client, text: &str) -> String {
    let strange = named(&json!({"type": "weather_forecast", "delta": "rain", "of": {"tomorrow": [1, 2, 3]}}));
    let mut pieces = String::new();
    for words in text.split_inclusive(' ') {
        pieces.push_str(&strange_piece(client, words));
    }
    let before = match client {
        Client::LmStudio => bare(&json!({"id": "", "model": "", "choices": [],
            "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": {"hate": {"filtered": false}}}]})),
        Client::Claude => {
            message_start()
                + &block_start(7, &json!({"type": "memory_recall", "memories": [{"of": "yesterday"}]}))
                + &named(&json!({"type": "content_block_delta", "index": 7, "delta": {"type": "memory_delta", "m": 1}}))
                + &named(&json!({"type": "content_block_stop", "index": 7}))
                + &block_start(0, &json!({"type": "text", "text": "", "citations": null, "mood": "good"}))
        }
        Client::Gemini => bare(&json!({"createTime": "2026-11-25T12:00:00Z", "modelStatus": {"modelStage": "STABLE"}})),
    };
    strange.clone() + &before + &strange + &pieces + &strange + &closing(client, End::Done)
}

fn strange_piece(client: Client, words: &str) -> String {
    match client {
        Client::LmStudio => {
            let delta = json!({"role": "assistant", "content": words, "annotations": [{"type": "url_citation"}],
                "audio": {"id": "a"}, "function_call": null, "images": [], "reasoning_details": [{"type": "text"}]});
            let choice = json!({"index": 0, "delta": delta, "finish_reason": null, "native_finish_reason": null,
                "logprobs": {"content": [{"token": "x", "top_logprobs": []}]}, "stop_reason": null,
                "content_filter_results": {"hate": {"filtered": false, "severity": "safe"}}});
            bare(&json!({"id": "chatcmpl-1", "model": client.model(), "service_tier": "default", "obfuscation": "x9",
                "x_groq": {"id": "req_1"}, "provider": {"name": "Someone"}, "choices": [choice]}))
        }
        Client::Claude => {
            let delta = json!({"type": "text_delta", "text": words, "confidence": 0.5, "tokens": [1, 2]});
            let cited = json!({"type": "citations_delta", "citation": {"cited_text": "so"}});
            let more =
                |delta: Value| json!({"type": "content_block_delta", "index": 0, "sequence_number": 4, "delta": delta});
            named(&more(delta)) + &named(&more(cited))
        }
        Client::Gemini => {
            let code = json!({"executableCode": {"language": "PYTHON", "code": "1"}});
            let parts = json!([code, {"text": words, "videoMetadata": {"fps": 1}}]);
            let candidate = json!({"index": 0, "content": {"role": "model", "mood": "good", "parts": parts},
                "safetyRatings": [{"category": "HARM_CATEGORY_HARASSMENT", "probability": "NEGLIGIBLE"}],
                "citationMetadata": {"citationSources": [{"startIndex": 1}]}, "avgLogprobs": -0.5});
            bare(&json!({"modelVersion": client.model(), "novelty": {"deep": [[1]]}, "candidates": [candidate]}))
        }
    }
}

/// Words in pieces that also hold `null` and empty strings where there is nothing to say, and no end.
fn blank_pieces(client: Client, text: &str) -> String {
    let empty = match client {
        Client::LmStudio => {
            let choice = json!({"index": 0, "delta": null, "finish_reason": null});
            bare(&json!({"id": null, "model": client.model(), "choices": null, "usage": null}))
                + &bare(&json!({"model": client.model(), "choices": [choice]}))
        }
        Client::Claude => named(&json!({"type": "message_delta", "delta": null, "usage": null})),
        Client::Gemini => {
            bare(&json!({"candidates": null, "promptFeedback": null, "usageMetadata": null, "modelVersion": null}))
                + &bare(&json!({"candidates": [{"content": null, "finishReason": ""}], "promptFeedback": {}}))
                + &bare(&json!({"candidates": [{"content": {"parts": null}}]}))
        }
    };
    let blank = |words: &str| match client {
        Client::LmStudio => chunk(
            &json!({"role": "", "content": words, "reasoning_content": null, "reasoning": "", "tool_calls": null}),
            &json!(""),
        ),
        Client::Claude => {
            let delta = json!({"type": "text_delta", "text": words, "thinking": null, "partial_json": ""});
            named(&json!({"type": "content_block_delta", "index": 0, "message": null, "usage": null, "delta": delta}))
        }
        Client::Gemini => bare(&json!({"modelVersion": client.model(), "candidates": [
            {"index": 0, "finishReason": "", "content": {"parts": [{"text": words}]}}]})),
    };
    text.split_inclusive(' ').map(|words| empty.clone() + &blank(words)).collect()
}

/// What comes before them. Gateways that know no absence begin Claude's message with an empty reason for its end.
fn blank_opening(client: Client) -> String {
    match client {
        Client::Claude => {
            named(&json!({"type": "message_start", "message": {"id": "", "content": null, "model": client.model(),
                "stop_reason": "", "stop_sequence": "", "usage": {"input_tokens": null}}}))
                + &block_start(0, &json!({"type": "text", "text": ""}))
        }
        Client::LmStudio => chunk(&json!({"role": "assistant", "content": null}), &Value::Null),
        Client::Gemini => String::new(),
    }
}

/// A whole answer of that kind.
pub fn with_blanks(client: Client, text: &str) -> String {
    blank_opening(client) + &blank_pieces(client, text) + &closing(client, End::Done)
}

/// The beginning of one, without an end mark.
pub fn blank_cut(client: Client, text: &str) -> String {
    blank_opening(client) + &blank_pieces(client, text)
}
