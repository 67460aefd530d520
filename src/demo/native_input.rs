//! Reads the question of `/api/v1/chat`, which knows its own keys only and refuses all others.

use serde_json::{Map, Value};

use super::{
    config::DemoModel,
    errors::Refusal,
    native::missing,
    question::{Question, must_be_inline_image, tokens},
};

const CHAT_KEYS: [&str; 15] = [
    "model",
    "input",
    "system_prompt",
    "integrations",
    "stream",
    "temperature",
    "top_p",
    "top_k",
    "min_p",
    "repeat_penalty",
    "max_output_tokens",
    "reasoning",
    "context_length",
    "store",
    "previous_response_id",
];

pub(super) fn read(body: &Value) -> Result<Question, Refusal> {
    refuse_unknown_keys(body, &CHAT_KEYS)?;
    body["model"].as_str().ok_or_else(|| missing("model"))?;
    if body["temperature"].as_f64().is_some_and(|temperature| !(0.0..=1.0).contains(&temperature)) {
        let message = "Number must be less than or equal to 1";
        return Err(Refusal::parameter("invalid_value", "temperature", message));
    }
    let system = body["system_prompt"].as_str().unwrap_or_default().to_owned();
    let (user, has_image) = input(&body["input"])?;
    let characters = system.chars().count() + user.chars().count();
    Ok(Question {
        system,
        user,
        has_image,
        may_reason: body["reasoning"] != "off",
        prompt_tokens: tokens(characters),
        limit: body["max_output_tokens"].as_u64().and_then(|limit| usize::try_from(limit).ok()),
        ..Question::default()
    })
}

/// The text of the input, and whether there is an image in it.
fn input(input: &Value) -> Result<(String, bool), Refusal> {
    let items = match input {
        Value::String(text) => return Ok((text.clone(), false)),
        Value::Array(items) => items,
        _ => return Err(missing("input")),
    };
    let mut text = String::new();
    let mut has_image = false;
    for item in items {
        match item["type"].as_str() {
            Some("text") => text.push_str(item["content"].as_str().ok_or_else(without_content)?),
            Some("image") => {
                must_be_inline_image(item["data_url"].as_str().unwrap_or_default())?;
                has_image = true;
            }
            // The documentation says "message" here; the server does not take it.
            _ => return Err(invalid_input("Invalid discriminator value. Expected 'text' | 'image'")),
        }
    }
    Ok((text, has_image))
}

fn without_content() -> Refusal {
    invalid_input("'input.0.content' is required")
}

fn invalid_input(message: &str) -> Refusal {
    Refusal::parameter("invalid_union", "input", message)
}

/// A reasoning setting is refused, not ignored, by a model that has none.
pub(super) fn must_reason_as_asked(body: &Value, model: &DemoModel) -> Result<(), Refusal> {
    let message = match (body["reasoning"].as_str(), model.reasoning) {
        (None | Some("off"), _) | (Some("on"), true) => return Ok(()),
        (Some(setting), true) => {
            format!(
                "Reasoning setting '{setting}' is not supported by model '{}'. Supported settings: 'on', 'off'.",
                model.key
            )
        }
        (Some(_), false) => format!("Model '{}' does not support reasoning settings.", model.key),
    };
    Err(Refusal::parameter("invalid_value", "reasoning", &message))
}

/// The strict schema of `/api/v1`.
pub(super) fn refuse_unknown_keys(body: &Value, known: &[&str]) -> Result<(), Refusal> {
    let keys = body.as_object().into_iter().flat_map(Map::keys);
    let unknown: Vec<String> =
        keys.filter(|key| !known.contains(&key.as_str())).map(|key| format!("'{key}'")).collect();
    let Some(first) = unknown.first() else { return Ok(()) };
    let message = format!("Unrecognized key(s) in object: {}", unknown.join(", "));
    Err(Refusal::parameter("unrecognized_keys", first.trim_matches('\''), &message))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(body: &Value) -> String {
        let refusal = read(body).expect_err("refused");
        refusal.body["error"]["message"].as_str().unwrap_or_default().to_owned()
    }

    #[test]
    fn text_and_images_are_read() {
        let body = json!({
            "model": "a",
            "input": [{"type": "text", "content": "Look"}, {"type": "image", "data_url": "data:image/png;base64,AA"}],
            "max_output_tokens": 9,
        });
        let question = read(&body).expect("well formed");
        assert_eq!((question.user.as_str(), question.has_image, question.limit), ("Look", true, Some(9)));
    }

    #[test]
    fn what_openai_has_and_lm_studio_has_not_is_refused() {
        let body = json!({"model": "a", "input": "b", "stop": [], "seed": 1});
        let message = refused(&body);
        assert!(message.starts_with("Unrecognized key(s) in object: "), "{message}");
        assert!(message.contains("'stop'") && message.contains("'seed'"), "{message}");
        assert_eq!(refused(&json!({"input": "b"})), "\"model\" is required");
        let documented = json!({"model": "a", "input": [{"type": "message", "content": "b"}]});
        assert_eq!(refused(&documented), "Invalid discriminator value. Expected 'text' | 'image'");
        assert_eq!(
            refused(&json!({"model": "a", "input": "b", "temperature": 1.5})),
            "Number must be less than or equal to 1"
        );
    }

    #[test]
    fn a_reasoning_setting_needs_a_reasoning_model() {
        let plain = DemoModel::llm("a");
        let deep = DemoModel { reasoning: true, ..plain.clone() };
        let on = json!({"reasoning": "on"});
        assert!(must_reason_as_asked(&on, &plain).is_err());
        assert!(must_reason_as_asked(&on, &deep).is_ok());
        assert!(must_reason_as_asked(&json!({"reasoning": "high"}), &deep).is_err());
        assert!(must_reason_as_asked(&json!({"reasoning": "off"}), &plain).is_ok());
    }
}
