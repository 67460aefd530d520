//! Actions in words, for a question about a place that cannot list what is possible now: each with its arguments, their
//! types and what it does. Where there are very many, the later ones are only named.

use std::fmt::Write;

use serde_json::{Map, Value};

use crate::protocol::ActionSpec;

/// So much is said about one action.
const LONGEST_DESCRIPTION: usize = 300;
/// So much about all of them; a model's memory is not endless.
const LONGEST_LIST: usize = 24_000;
/// So many values of an argument are named.
const MOST_VALUES: usize = 12;
/// Deeper than this an argument is only called an object.
const DEEPEST: usize = 2;

/// One line for each action, the way `line` writes it.
pub fn list(actions: &[ActionSpec]) -> String {
    let mut said = String::new();
    for action in actions {
        let line = line(action);
        let line = if said.len() + line.len() > LONGEST_LIST { format!("- {}", action.name) } else { line };
        let _infallible = writeln!(said, "{line}");
    }
    said
}

/// `- browser_type {"target": string, "text": string, "submit?": boolean}: Type text into an element`. A question mark
/// stands behind what may be left out.
fn line(action: &ActionSpec) -> String {
    let arguments = object(&action.input_schema, 0);
    let description = one_line(&action.description);
    let description = match description.char_indices().nth(LONGEST_DESCRIPTION) {
        Some((end, _)) => format!("{}…", &description[..end]),
        None => description,
    };
    if description.is_empty() {
        return format!("- {} {arguments}", action.name);
    }
    format!("- {} {arguments}: {description}", action.name)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The properties of an object, what is required first.
fn object(schema: &Value, depth: usize) -> String {
    let nothing = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
    let required: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let is_required = |name: &String| required.contains(&name.as_str());
    let (first, then): (Vec<_>, Vec<_>) = properties.iter().partition(|(name, _)| is_required(name));
    let written = |mark: &str, (name, schema): &(&String, &Value)| {
        let name = Value::from(format!("{name}{mark}"));
        format!("{name}: {}", kind(schema, depth + 1))
    };
    let first = first.iter().map(|property| written("", property));
    let all: Vec<String> = first.chain(then.iter().map(|property| written("?", property))).collect();
    format!("{{{}}}", all.join(", "))
}

/// What a value has to be, in a word or by the values it can have.
fn kind(schema: &Value, depth: usize) -> String {
    if let Some(values) = schema.get("enum").and_then(Value::as_array).filter(|values| !values.is_empty()) {
        let mut named: Vec<String> = values.iter().take(MOST_VALUES).map(Value::to_string).collect();
        if values.len() > MOST_VALUES {
            named.push("…".to_owned());
        }
        return named.join(" | ");
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    for several in ["anyOf", "oneOf"] {
        if let Some(choices) = schema.get(several).and_then(Value::as_array).filter(|_| depth <= DEEPEST) {
            let mut kinds: Vec<String> = Vec::new();
            for choice in choices {
                let kind = kind(choice, depth + 1);
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
            return kinds.join(" | ");
        }
    }
    match schema.get("type") {
        Some(Value::String(word)) => named(word, schema, depth),
        Some(Value::Array(words)) => {
            let kinds = words.iter().filter_map(Value::as_str).map(|word| named(word, schema, depth));
            kinds.collect::<Vec<_>>().join(" | ")
        }
        _ if schema.get("properties").is_some() => named("object", schema, depth),
        _ => "any".to_owned(),
    }
}

fn named(word: &str, schema: &Value, depth: usize) -> String {
    match word {
        "array" => {
            let items = schema.get("items").map_or_else(|| "any".to_owned(), |items| kind(items, depth + 1));
            format!("[{items}]")
        }
        "object" if depth <= DEEPEST && schema.get("properties").is_some() => object(schema, depth),
        word => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::protocol::Risk;

    fn spec(name: &str, description: &str, schema: Value) -> ActionSpec {
        ActionSpec { name: name.into(), description: description.into(), input_schema: schema, risk: Risk::Safe }
    }

    #[test]
    fn arguments_are_told_with_their_types_and_what_is_required_comes_first() {
        let schema = json!({
            "type": "object",
            "properties": {
                "slowly": {"type": "boolean"},
                "text": {"type": "string", "description": "What to type"},
                "button": {"enum": ["left", "right"]},
                "keys": {"type": "array", "items": {"type": "string"}},
                "colour": {"anyOf": [{"enum": ["light", "dark"]}, {"type": "null"}]},
                "place": {"type": "object", "properties": {"x": {"type": "number"}}, "required": ["x"]},
                "else": {}
            },
            "required": ["text"]
        });
        assert_eq!(
            list(&[spec("type", "Types\n  text", schema), spec("close", "", json!({"type": "object"}))]),
            "- type {\"text\": string, \"slowly?\": boolean, \"button?\": \"left\" | \"right\", \"keys?\": [string], \
             \"colour?\": \"light\" | \"dark\" | null, \"place?\": {\"x\": number}, \"else?\": any}: Types text\n\
             - close {}\n"
        );
    }

    #[test]
    fn what_is_long_is_cut_and_of_very_many_the_later_ones_are_only_named() {
        let long = "word ".repeat(2000);
        let one = list(&[spec("say", &long, json!({}))]);
        assert!(one.chars().count() < 330 && one.ends_with("…\n"), "{one}");
        let many: Vec<ActionSpec> = (0..500).map(|number| spec(&format!("tool_{number}"), &long, json!({}))).collect();
        let all = list(&many);
        assert!(all.len() < LONGEST_LIST + 500 * 12, "{}", all.len());
        assert!(all.lines().count() == 500 && all.ends_with("- tool_499\n"));
    }

    #[test]
    fn a_schema_that_holds_itself_comes_to_an_end() {
        let mut schema = json!({"type": "string"});
        for _ in 0..50 {
            schema = json!({"type": "object", "properties": {"in": schema}, "required": ["in"]});
        }
        assert_eq!(list(&[spec("deep", "", schema)]), "- deep {\"in\": {\"in\": {\"in\": object}}}\n");
        let odd = list(&[spec("odd", "", json!(true)), spec("odder", "", json!({"properties": [], "required": 7}))]);
        assert_eq!(odd, "- odd {}\n- odder {}\n");
    }
}
