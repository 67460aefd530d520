//! The shape of an answer as a JSON schema, narrowed to what is legal now, so that a grammar lets nothing else through.

use serde_json::{Map, Value, json};

use super::{Question, arguments};

/// `{thought, action, arguments, confidence}`.
pub fn opinion(question: &Question) -> Value {
    let mut properties = Map::new();
    // The thought comes first: a model that has reasoned chooses better than one that must choose at once.
    properties.insert("thought".into(), json!({"type": "string", "maxLength": 400}));
    add_action(&mut properties, question);
    properties.insert("confidence".into(), json!({"type": "number", "minimum": 0, "maximum": 1}));
    object(&properties, &["thought", "action", "arguments", "confidence"])
}

/// `{because, action, arguments}`.
pub fn verdict(question: &Question) -> Value {
    let mut properties = Map::new();
    properties.insert("because".into(), json!({"type": "string", "maxLength": 300}));
    add_action(&mut properties, question);
    object(&properties, &["because", "action", "arguments"])
}

fn add_action(properties: &mut Map<String, Value>, question: &Question) {
    let legal = &question.observation.legal;
    let mut names: Vec<&str> = if legal.is_empty() {
        question.actions.iter().map(|action| action.name.as_str()).collect()
    } else {
        legal.iter().map(|call| call.name.as_str()).collect()
    };
    names.dedup();
    properties.insert("action".into(), json!({"type": "string", "enum": names}));
    let arguments = if legal.is_empty() { arguments::of_any(&question.actions) } else { arguments_of(question) };
    properties.insert("arguments".into(), arguments);
}

/// Every argument that some legal action has, with the values that are legal for it.
fn arguments_of(question: &Question) -> Value {
    let mut values: Map<String, Value> = Map::new();
    for (key, value) in question.observation.legal.iter().flat_map(|call| &call.arguments) {
        let list = values.entry(key.clone()).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut().filter(|list| !list.contains(value)) {
            list.push(value.clone());
        }
    }
    let properties: Map<String, Value> = values.into_iter().map(|(key, list)| (key, json!({"enum": list}))).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

fn object(properties: &Map<String, Value>, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{environment::Observation, protocol::ActionCall};

    #[test]
    fn only_what_is_legal_fits() {
        let legal = vec![
            ActionCall::with("go_to", "place", "Farm"),
            ActionCall::with("go_to", "place", "Camp"),
            ActionCall::bare("wait"),
        ];
        let observation = Arc::new(Observation { legal, ..Observation::default() });
        let question = Question {
            goal: String::new(),
            observation,
            actions: Arc::default(),
            recent: Vec::new(),
            notes: Vec::new(),
            hints: Vec::new(),
        };
        let schema = opinion(&question);
        assert_eq!(schema["properties"]["action"]["enum"], json!(["go_to", "wait"]));
        assert_eq!(schema["properties"]["arguments"]["properties"], json!({"place": {"enum": ["Farm", "Camp"]}}));
        assert_eq!(verdict(&question)["required"], json!(["because", "action", "arguments"]));
    }
}
