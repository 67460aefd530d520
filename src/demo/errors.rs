//! LM Studio's error bodies, in the three shapes its plain answers have, word for word where the words are known.

use hyper::{Response, StatusCode};
use serde_json::{Value, json};

use super::{
    answer::{self, Body},
    catalogue::Unservable,
    config::DemoModelKind,
};

pub(super) const MODEL_IS_UNLOADED: &str = "Model is unloaded.";
const NO_MODELS_LOADED: &str =
    "No models loaded. Please load a model in the developer page or use the 'lms load' command.";
const ABORTED: &str = "Model loading aborted due to insufficient system resources. Overloading the system will likely \
    cause it to freeze. If you believe this is a mistake, you can try to change the model loading guardrails in the \
    settings.";
const STOPPED: &str = "Model loading was stopped due to insufficient system resources. Continuing to load the model \
    would likely overload your system and cause it to freeze. If you think this is incorrect, you can adjust the model \
    loading guardrails in settings.";

/// A request that is answered with an error.
#[derive(Debug)]
pub(super) struct Refusal {
    pub status: StatusCode,
    pub body: Value,
}

impl Refusal {
    /// 400 with `{"error": "text"}`, the shape of most request validation.
    pub fn text(message: &str) -> Self {
        Self::text_with(StatusCode::BAD_REQUEST, message)
    }

    pub fn text_with(status: StatusCode, message: &str) -> Self {
        Self { status, body: json!({"error": message}) }
    }

    /// OpenAI's error object, as the choice of a model fails on `/v1`.
    pub fn open_ai(status: StatusCode, message: &str, code: Option<&str>) -> Self {
        let error = json!({"message": message, "type": "invalid_request_error", "param": "model", "code": code});
        Self { status, body: json!({"error": error}) }
    }

    /// The error object of `/api/v1`.
    pub fn native(status: StatusCode, kind: &str, message: &str) -> Self {
        Self { status, body: json!({"error": {"type": kind, "message": message}}) }
    }

    /// 400 on `/api/v1` for a parameter that is missing or wrong.
    pub fn parameter(code: &str, parameter: &str, message: &str) -> Self {
        let error = json!({"message": message, "type": "invalid_request", "code": code, "param": parameter});
        Self { status: StatusCode::BAD_REQUEST, body: json!({"error": error}) }
    }

    pub fn into_response(self) -> Response<Body> {
        answer::json(self.status, &self.body)
    }
}

impl Unservable {
    /// As `/v1` and `/api/v0` say it.
    pub fn open_ai(&self) -> Refusal {
        let (status, code) = match self {
            Self::NoModelsLoaded => (StatusCode::BAD_REQUEST, None),
            Self::UnknownModel { .. } | Self::WrongKind { .. } => (StatusCode::BAD_REQUEST, Some("model_not_found")),
            Self::NotAmongLoaded { .. } => (StatusCode::NOT_FOUND, Some("model_not_found")),
            Self::TooBig { .. } => (StatusCode::NOT_FOUND, None),
        };
        Refusal::open_ai(status, &self.message(), code)
    }

    /// As `/api/v1` says it.
    pub fn native(&self) -> Refusal {
        match self {
            Self::TooBig { key } => too_big(key),
            Self::NoModelsLoaded | Self::WrongKind { .. } => {
                Refusal::native(StatusCode::BAD_REQUEST, "invalid_request", &self.message())
            }
            Self::UnknownModel { .. } | Self::NotAmongLoaded { .. } => {
                Refusal::native(StatusCode::NOT_FOUND, "model_not_found", &self.message())
            }
        }
    }

    fn message(&self) -> String {
        match self {
            Self::NoModelsLoaded => NO_MODELS_LOADED.to_owned(),
            Self::UnknownModel { asked, downloaded } => format!(
                "Invalid model identifier \"{asked}\". Please specify a valid downloaded model (e.g., {}).",
                downloaded.join(", "),
            ),
            Self::NotAmongLoaded { asked, loaded } => format!(
                "Model \"{asked}\" not found. Please specify a valid model.\n\nYour models:\n\n{}",
                loaded.join("\n"),
            ),
            Self::WrongKind { asked, wanted } => {
                let wanted = match wanted {
                    DemoModelKind::Llm => "llm",
                    DemoModelKind::Embedding => "embedding",
                };
                format!("Failed to load model \"{asked}\". Error: Model is not {wanted}.")
            }
            Self::TooBig { key } => format!("Failed to load model \"{key}\". Error: {ABORTED}"),
        }
    }
}

/// The guardrail of `POST /api/v1/models/load`.
fn too_big(key: &str) -> Refusal {
    let message = format!("Failed to load LLM '{key}': Error: {STOPPED}");
    Refusal::native(StatusCode::INTERNAL_SERVER_ERROR, "model_load_failed", &message)
}

/// What a stream says, after its 200, when the question is longer than the model's context.
pub(super) fn does_not_fit(tokens: usize, context_length: u32) -> String {
    format!(
        "Input does not fit in context length. The input has {tokens} tokens, but the context length only supports \
         {context_length} tokens."
    )
}

/// What a plain answer says about the same.
pub(super) fn nothing_to_keep(tokens: usize, context_length: u32) -> Refusal {
    Refusal::text(&format!(
        "The number of tokens to keep from the initial prompt is greater than the context length (n_keep: {tokens}>= \
         n_ctx: {context_length}). Try to load the model with a larger context length, or provide a shorter input."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_lm_studio() {
        let unknown =
            Unservable::UnknownModel { asked: "o4-mini".to_owned(), downloaded: vec!["a".to_owned(), "b".to_owned()] };
        let refusal = unknown.open_ai();
        assert_eq!(refusal.status, StatusCode::BAD_REQUEST);
        let expected = json!({"error": {
            "message": "Invalid model identifier \"o4-mini\". Please specify a valid downloaded model (e.g., a, b).",
            "type": "invalid_request_error",
            "param": "model",
            "code": "model_not_found",
        }});
        assert_eq!(refusal.body, expected);
    }

    #[test]
    fn the_guardrail_is_a_500_on_the_native_interface_only() {
        let big = Unservable::TooBig { key: "demo/huge".to_owned() };
        assert_eq!(big.native().status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(big.native().body["error"]["type"], "model_load_failed");
        assert_eq!(big.open_ai().status, StatusCode::NOT_FOUND);
    }

    #[test]
    fn continued_lines_leave_no_gap_in_a_message() {
        let texts =
            [ABORTED.to_owned(), STOPPED.to_owned(), does_not_fit(9, 8), nothing_to_keep(9, 8).body.to_string()];
        for text in texts {
            assert!(!text.contains("  "), "{text}");
        }
    }
}
