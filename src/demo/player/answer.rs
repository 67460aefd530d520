//! The answer in the shape that was asked for.

use serde_json::{Map, Value};

use super::{Asked, Played, prompt::Call, speech};
use crate::demo::schema::fill;

/// A decision as JSON: every property that the schema names, each understood by its name.
pub(super) fn decision(schema: &Value, call: &Call, thought: &str, confidence: i32) -> Value {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return fill(schema) };
    let filled: Map<String, Value> = properties
        .iter()
        .map(|(name, property)| {
            let value = match name.as_str() {
                "thought" | "because" | "reason" | "reasoning" => Value::from(thought),
                "action" | "name" => Value::from(call.name.as_str()),
                "arguments" if property["type"] == "string" => Value::from(shown_arguments(call)),
                "arguments" => Value::Object(call.arguments.clone()),
                "confidence" => Value::from(f64::from(confidence) / 100.0),
                _ => fill(property),
            };
            (name.clone(), value)
        })
        .collect();
    Value::Object(filled)
}

fn shown_arguments(call: &Call) -> String {
    Value::Object(call.arguments.clone()).to_string()
}

/// To a question without actions: the schema filled, the first tool called, or a few words.
pub(super) fn without_actions(asked: &Asked<'_>) -> Played {
    let word = nonce(asked.user).or_else(|| nonce(asked.system));
    let mut played = Played { reasoning: speech::PUZZLED.to_owned(), text: String::new(), tool_call: None };
    if let Some(tool) = asked.tools.first() {
        played.tool_call = Some((tool.name.to_owned(), filled(tool.schema, word)));
    } else if let Some(schema) = asked.schema {
        played.text = filled(schema, word).to_string();
    } else {
        played.text = speech::greeting(word, asked.has_image, asked.seed);
    }
    played
}

/// The least that satisfies the schema, with the word that proves that the question was read.
fn filled(schema: &Value, word: Option<&str>) -> Value {
    let mut filled = fill(schema);
    if let (Some(object), Some(word)) = (filled.as_object_mut(), word) {
        for key in ["nonce", "word"] {
            let property = &schema["properties"][key];
            if property["type"] == "string" && property.get("enum").is_none() {
                object.insert(key.to_owned(), Value::from(word));
            }
        }
    }
    filled
}

/// The word after `nonce` in `the nonce is "abc"`, `nonce: abc` or `nonce=abc`.
fn nonce(text: &str) -> Option<&str> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    let mut words = text.split(|letter: char| !is_part(letter)).filter(|word| !word.is_empty());
    words.by_ref().find(|word| word.eq_ignore_ascii_case("nonce"))?;
    words.find(|word| !["is", "was", "the", "word"].contains(word))
}
