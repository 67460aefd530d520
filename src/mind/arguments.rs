//! The shape of arguments where it is not known which action will be chosen: whatever some action takes may be given, and
//! nothing must be. Only what every server's grammar understands is asked for; the rest is checked when it is ordered.

use serde_json::{Map, Value, json};

use crate::protocol::ActionSpec;

/// Deeper than this a value may be anything.
const DEEPEST: usize = 4;
/// Any value. It is spelt out because some grammars take an empty schema for an object.
const ANYTHING: [&str; 6] = ["string", "number", "boolean", "array", "object", "null"];

/// One schema for the arguments of all these actions.
pub fn of_any(actions: &[ActionSpec]) -> Value {
    let mut variants: Map<String, Value> = Map::new();
    let properties = actions.iter().filter_map(|action| action.input_schema.get("properties")?.as_object());
    for (name, schema) in properties.flatten() {
        let schema = plain(schema, 0);
        let known = variants.entry(name.clone()).or_insert_with(|| json!([]));
        if let Some(known) = known.as_array_mut().filter(|known| !known.contains(&schema)) {
            known.push(schema);
        }
    }
    let properties: Map<String, Value> = variants.into_iter().map(|(name, known)| (name, one_of(known))).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}

/// Actions that call different things by one name are told apart by nobody here, so each of them fits.
fn one_of(variants: Value) -> Value {
    match variants {
        Value::Array(mut variants) if variants.len() == 1 => variants.remove(0),
        Value::Array(variants) if variants.contains(&anything()) => anything(),
        variants => json!({"anyOf": variants}),
    }
}

fn anything() -> Value {
    json!({"type": ANYTHING})
}

/// The schema without what a grammar may not know: descriptions, bounds, formats, references.
fn plain(schema: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return anything();
    }
    if let Some(values) = schema.get("enum").filter(|values| values.as_array().is_some_and(|all| !all.is_empty())) {
        return json!({"enum": values});
    }
    if let Some(value) = schema.get("const") {
        return json!({"enum": [value]});
    }
    for several in ["anyOf", "oneOf"] {
        if let Some(choices) = schema.get(several).and_then(Value::as_array).filter(|choices| !choices.is_empty()) {
            let choices: Vec<Value> = choices.iter().map(|choice| plain(choice, depth + 1)).collect();
            return if choices.contains(&anything()) { anything() } else { json!({"anyOf": choices}) };
        }
    }
    match schema.get("type") {
        Some(Value::String(word)) => named(word, schema, depth),
        Some(Value::Array(words)) => {
            let kinds: Vec<Value> =
                words.iter().filter_map(Value::as_str).map(|word| named(word, schema, depth)).collect();
            if kinds.is_empty() { anything() } else { one_of(Value::Array(kinds)) }
        }
        _ if schema.get("properties").is_some() => named("object", schema, depth),
        _ => anything(),
    }
}

fn named(word: &str, schema: &Value, depth: usize) -> Value {
    match word {
        "array" => {
            let items = schema.get("items").map_or_else(anything, |items| plain(items, depth + 1));
            json!({"type": "array", "items": items})
        }
        "object" => {
            let Some(properties) = schema.get("properties").and_then(Value::as_object).filter(|all| !all.is_empty())
            else {
                return json!({"type": "object"});
            };
            let plainer: Map<String, Value> =
                properties.iter().map(|(name, inner)| (name.clone(), plain(inner, depth + 1))).collect();
            let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            let required: Vec<&str> =
                required.filter_map(Value::as_str).filter(|name| plainer.contains_key(*name)).collect();
            json!({"type": "object", "properties": plainer, "required": required, "additionalProperties": false})
        }
        "string" | "number" | "integer" | "boolean" | "null" => json!({"type": word}),
        _ => anything(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Risk;

    fn spec(schema: Value) -> ActionSpec {
        ActionSpec { name: "tool".into(), description: String::new(), input_schema: schema, risk: Risk::Safe }
    }

    #[test]
    fn whatever_some_action_takes_may_be_given_and_nothing_must_be() {
        let first = json!({"type": "object", "required": ["url"], "properties": {
            "url": {"type": "string", "format": "uri", "description": "Where"}, "wait": {"type": "integer", "minimum": 1}}});
        let second = json!({"type": "object", "properties": {
            "wait": {"type": "boolean"}, "kind": {"enum": ["a", "b"]}, "more": {"$ref": "#/$defs/more"}}});
        assert_eq!(
            of_any(&[spec(first), spec(second), spec(json!(true))]),
            json!({"type": "object", "additionalProperties": false, "properties": {
                "url": {"type": "string"},
                "wait": {"anyOf": [{"type": "integer"}, {"type": "boolean"}]},
                "kind": {"enum": ["a", "b"]},
                "more": {"type": ANYTHING}
            }})
        );
    }

    #[test]
    fn what_is_inside_a_value_keeps_its_shape_as_far_as_grammars_know_it() {
        let fields = json!({"type": "array", "minItems": 1, "items": {"type": "object", "required": ["name", "gone"],
            "properties": {"name": {"type": ["string", "null"]}, "free": {"type": "object"}}}});
        let shape = of_any(&[spec(json!({"properties": {"fields": fields}}))]);
        assert_eq!(
            shape["properties"]["fields"],
            json!({"type": "array", "items": {"type": "object", "required": ["name"], "additionalProperties": false,
                "properties": {"name": {"anyOf": [{"type": "string"}, {"type": "null"}]}, "free": {"type": "object"}}}})
        );
    }

    #[test]
    fn odd_and_deep_schemas_come_to_an_end() {
        let mut deep = json!({"type": "string"});
        for _ in 0..60 {
            deep = json!({"type": "array", "items": deep});
        }
        let shape = of_any(&[spec(json!({"properties": {"deep": deep, "odd": {"type": 7}, "none": {"anyOf": []}}}))]);
        let written = shape["properties"]["deep"].to_string();
        assert_eq!(written.matches("array").count(), DEEPEST + 2, "{written}");
        assert_eq!((&shape["properties"]["odd"], &shape["properties"]["none"]), (&anything(), &anything()));
    }
}
