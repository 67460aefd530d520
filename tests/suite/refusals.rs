//! How LM Studio, Anthropic and Google refuse: status, words and body, as they were met.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::Client;

/// The statuses that pass. Everything that plays them asks for this pause.
pub const PASSING: [u16; 4] = [429, 500, 503, 529];
pub const PAUSE: Duration = Duration::from_millis(200);

/// What one status looks like.
struct Refusal {
    status: u16,
    words: [&'static str; 3],
    /// OpenAI's code, Claude's type, Google's status.
    kinds: [&'static str; 3],
}

#[rustfmt::skip]
static REFUSALS: [Refusal; 9] = [
    Refusal {
        status: 400,
        words: [
            "This model's maximum context length is 4096 tokens. However, your messages resulted in 5000 tokens. \
                Please reduce the length of the messages.",
            "prompt is too long: 210000 tokens > 200000 maximum",
            "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
        ],
        kinds: ["context_length_exceeded", "invalid_request_error", "INVALID_ARGUMENT"],
    },
    Refusal {
        status: 401,
        words: [
            "Malformed LM Studio API token provided: sk-wrong. Ensure you are passing the token correctly.",
            "invalid x-api-key",
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other \
                valid authentication credential.",
        ],
        kinds: ["invalid_api_key", "authentication_error", "UNAUTHENTICATED"],
    },
    Refusal {
        status: 403,
        words: [
            "You have insufficient permissions for this operation.",
            "Your API key does not have permission to use the specified resource.",
            "Your API key was reported as leaked. Please use another API key.",
        ],
        kinds: ["insufficient_permissions", "permission_error", "PERMISSION_DENIED"],
    },
    Refusal {
        status: 404,
        words: [
            "The model `small-talker` does not exist or you do not have access to it.",
            "model: claude-sonnet-9",
            "models/gemini-2.5-flash is not found for API version v1beta, or is not supported for generateContent. \
                Call ListModels to see the list of available models and their supported methods.",
        ],
        kinds: ["model_not_found", "not_found_error", "NOT_FOUND"],
    },
    Refusal {
        status: 413,
        words: [
            "request entity too large",
            "Request exceeds the maximum size",
            "Request payload size exceeds the limit: 20971520 bytes.",
        ],
        kinds: ["request_too_large", "request_too_large", "INVALID_ARGUMENT"],
    },
    Refusal {
        status: 429,
        words: [
            "Rate limit reached for requests per minute. Please try again in 200ms.",
            "This request would exceed the rate limit for your organization of 50 requests per minute.",
            "Resource has been exhausted (e.g. check quota).",
        ],
        kinds: ["rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED"],
    },
    Refusal {
        status: 500,
        words: [
            "The server had an error while processing your request. Sorry about that!",
            "Internal server error",
            "An internal error has occurred. Please retry or report in \
                https://developers.generativeai.google/guide/troubleshooting",
        ],
        kinds: ["server_error", "api_error", "INTERNAL"],
    },
    Refusal {
        status: 503,
        words: [
            "The engine is currently overloaded, please try again later.",
            "Overloaded",
            "The model is overloaded. Please try again later.",
        ],
        kinds: ["service_unavailable", "overloaded_error", "UNAVAILABLE"],
    },
    Refusal {
        status: 529,
        words: ["Overloaded"; 3],
        kinds: ["overloaded", "overloaded_error", "UNAVAILABLE"],
    },
];

/// The words of a status and its kind, as this client's provider says them. Other statuses are said by number.
pub fn said(client: Client, status: u16) -> (String, &'static str) {
    match REFUSALS.iter().find(|refusal| refusal.status == status) {
        Some(refusal) => (client.of(refusal.words).to_owned(), client.of(refusal.kinds)),
        None => (format!("Status {status}"), client.of(["error", "api_error", "UNKNOWN"])),
    }
}

/// The whole body. Google asks for a pause in it.
pub fn body(client: Client, status: u16, pause: Option<Duration>) -> Value {
    let (words, kind) = said(client, status);
    match client {
        Client::LmStudio => {
            let fault = if status < 500 { "invalid_request_error" } else { "server_error" };
            json!({"error": {"message": words, "type": fault, "param": null, "code": kind}})
        }
        Client::Claude => {
            let error = json!({"type": kind, "message": words});
            json!({"type": "error", "error": error, "request_id": "req_011CSHoEeqs5C35K2UUqR7Fy"})
        }
        Client::Gemini => {
            let mut error = json!({"code": status, "message": words, "status": kind});
            if let Some(pause) = pause {
                error["details"] = json!([{"@type": "type.googleapis.com/google.rpc.RetryInfo",
                    "retryDelay": format!("{}s", pause.as_secs_f64())}]);
            }
            json!({"error": error})
        }
    }
}
