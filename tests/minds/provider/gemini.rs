//! Gemini's form: models under `/v1beta/models`, chunks of `GenerateContentResponse` without an end mark, refusals with a
//! status in words.

use serde_json::{Value, json};

use super::{
    Behaviour, KEY,
    answer::{Answer, pieces, tokens},
    question::{Question, first_schema, last_words, texts},
    request::Incoming,
};

/// The models that answer questions.
const MODELS: [&str; 3] = ["gemini-9-pro", "gemini-9-flash", "gemini-9-flash-lite"];
/// One that does not.
const EMBEDDING: &str = "gemini-embedding-9";
const LIST: &str = "/v1beta/models";
const METHOD: &str = "streamGenerateContent";
/// What is told of the thoughts, and the signature that stands for all of them.
const THOUGHT: &str = "**Looking around**\n\nFirst what is there, then what can be done.";
const SIGNATURE: &str = "EjQKMgEMOdbHVnotASignatureThatAnybodyCouldRead==";

pub(super) fn question(incoming: &Incoming) -> Question {
    let body = &incoming.body;
    let places = ["/generationConfig/responseJsonSchema", "/generationConfig/responseSchema"];
    Question {
        model: asked(&incoming.path).map(|(model, _method)| model.to_owned()).unwrap_or_default(),
        system: texts(&body["systemInstruction"]["parts"]),
        prompt: last_words(&body["contents"], "parts"),
        schema: first_schema(incoming, &places),
        tool: None,
        wants_thoughts: body["generationConfig"]["thinkingConfig"]["includeThoughts"] == true,
    }
}

/// The model and the method of `/v1beta/models/gemini-9-flash:streamGenerateContent`.
fn asked(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix(LIST)?.strip_prefix('/')?.split_once(':')
}

pub(super) fn answer(incoming: &Incoming, question: &Question, preferred: usize) -> Answer {
    match incoming.header("x-goog-api-key") {
        Some(KEY) => {}
        Some(_) => return wrong_key(),
        None => {
            let words = "Method doesn't allow unregistered callers (callers without established identity). Please use \
                API Key or other form of API consumer identity to call this API.";
            return refusal(403, "PERMISSION_DENIED", words);
        }
    }
    match (incoming.method.as_str(), asked(&incoming.path)) {
        ("GET", None) if incoming.path == LIST => Answer::json(200, &list()),
        ("POST", Some((model, METHOD))) if MODELS.contains(&model) => speak(incoming, question, preferred),
        ("POST", Some((model, METHOD))) => {
            let words = format!(
                "models/{model} is not found for API version v1beta, or is not supported for generateContent. Call \
                ListModels to see the list of available models and their supported methods."
            );
            refusal(404, "NOT_FOUND", &words)
        }
        _ => refusal(404, "NOT_FOUND", "Requested entity was not found."),
    }
}

fn list() -> Value {
    let talker = |name: &str| {
        json!({"name": format!("models/{name}"), "version": "001", "displayName": name.replace('-', " "),
            "inputTokenLimit": 1_048_576, "outputTokenLimit": 65_536, "temperature": 1, "thinking": true,
            "supportedGenerationMethods": ["generateContent", "countTokens", "batchGenerateContent"]})
    };
    let mut models: Vec<Value> = MODELS.into_iter().map(talker).collect();
    models.push(json!({"name": format!("models/{EMBEDDING}"), "version": "001", "inputTokenLimit": 2048,
        "outputTokenLimit": 1, "supportedGenerationMethods": ["embedContent", "countTextTokens"]}));
    json!({"models": models})
}

fn speak(incoming: &Incoming, question: &Question, preferred: usize) -> Answer {
    if incoming.body["contents"].as_array().is_none_or(Vec::is_empty) {
        let words = "* GenerateContentRequest.contents: contents is not specified\n";
        return refusal(400, "INVALID_ARGUMENT", words);
    }
    let text = question.answer(preferred);
    let (prompt, said) = (tokens(incoming.body_bytes), tokens(text.len()));
    let thought = if question.wants_thoughts { tokens(THOUGHT.len()) } else { 0 };
    // Each chunk counts what has been counted so far; the reason to end is in the last one.
    let chunk = |part: &Value, said: Option<u64>| {
        let mut candidate = json!({"content": {"parts": [part], "role": "model"}, "index": 0});
        let mut counts = json!({"promptTokenCount": prompt, "totalTokenCount": prompt + thought + said.unwrap_or(0),
            "promptTokensDetails": [{"modality": "TEXT", "tokenCount": prompt}]});
        if thought > 0 {
            counts["thoughtsTokenCount"] = json!(thought);
        }
        if let Some(said) = said {
            counts["candidatesTokenCount"] = json!(said);
            candidate["finishReason"] = json!("STOP");
        }
        json!({"candidates": [candidate], "usageMetadata": counts, "modelVersion": question.model,
            "responseId": "kPn-aJ6uLcWK"})
    };
    let mut chunks = Vec::new();
    let mut end = json!({"text": ""});
    if question.wants_thoughts {
        chunks.push(chunk(&json!({"text": THOUGHT, "thought": true}), None));
        end["thoughtSignature"] = json!(SIGNATURE);
    }
    chunks.extend(pieces(&text).iter().map(|piece| chunk(&json!({"text": piece}), None)));
    chunks.push(chunk(&end, Some(said)));
    if incoming.query.contains("alt=sse") {
        let events = chunks.iter().map(|chunk| format!("data: {chunk}\r\n\r\n")).collect();
        Answer::stream(events, (prompt, thought + said))
    } else {
        // Without that wish the stream is one list.
        Answer { tokens: (prompt, thought + said), ..Answer::json(200, &Value::Array(chunks)) }
    }
}

fn error(code: u16, status: &str, message: &str, details: &Value) -> Value {
    json!({"error": {"code": code, "message": message, "status": status, "details": details}})
}

fn refusal(code: u16, status: &str, message: &str) -> Answer {
    Answer::json(code, &json!({"error": {"code": code, "message": message, "status": status}}))
}

fn wrong_key() -> Answer {
    let words = "API key not valid. Please pass a valid API key.";
    let details = json!([
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com",
         "metadata": {"service": "generativelanguage.googleapis.com"}},
        {"@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en-US", "message": words},
    ]);
    Answer::json(400, &error(400, "INVALID_ARGUMENT", words, &details))
}

pub(super) fn overloaded() -> Behaviour {
    let words = "The model is overloaded. Please try again later.";
    let body = json!({"error": {"code": 503, "message": words, "status": "UNAVAILABLE"}});
    Behaviour::Status { code: 503, retry_after: None, body }
}

/// The wait stands in the body and in no header.
pub(super) fn rate_limited(seconds: &str) -> Behaviour {
    let words = format!(
        "You exceeded your current quota, please check your plan and billing details. For more information on this \
        error, head over to: https://ai.google.dev/gemini-api/docs/rate-limits.\nPlease retry in {seconds}s."
    );
    let details = json!([
        {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{
            "quotaMetric": "generativelanguage.googleapis.com/generate_content_requests",
            "quotaId": "GenerateRequestsPerMinutePerProjectPerModel", "quotaValue": "10"}]},
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": format!("{seconds}s")},
    ]);
    let body = error(429, "RESOURCE_EXHAUSTED", &words, &details);
    Behaviour::Status { code: 429, retry_after: None, body }
}
