//! Fills a JSON schema with the least that satisfies it, so that the demo can answer any tool or format.

use serde_json::{Map, Number, Value};

/// Deeper than any sane schema; where a recursive one is cut off.
const MAX_DEPTH: usize = 24;
/// A schema may ask for a million items; nobody needs them from a demo.
const MAX_ITEMS: u64 = 64;
const MAX_TEXT: u64 = 512;

/// A small instance of the schema: required properties only, the first of several choices, numbers within bounds.
pub(super) fn fill(schema: &Value) -> Value {
    Filler { root: schema }.any(schema, 0)
}

struct Filler<'a> {
    root: &'a Value,
}

impl Filler<'_> {
    fn any(&self, schema: &Value, depth: usize) -> Value {
        let Value::Object(keywords) = schema else { return Value::Null };
        if depth > MAX_DEPTH {
            return Value::Null;
        }
        if let Some(only) = keywords.get("const") {
            return only.clone();
        }
        if let Some(first) = keywords.get("enum").and_then(|choices| choices.get(0)) {
            return first.clone();
        }
        if let Some(target) = keywords.get("$ref").and_then(Value::as_str).and_then(|name| self.resolve(name)) {
            return self.any(target, depth + 1);
        }
        let mut filled = self.by_type(keywords, depth);
        for part in branches(keywords) {
            filled = merge(filled, self.any(part, depth + 1));
        }
        filled
    }

    fn by_type(&self, keywords: &Map<String, Value>, depth: usize) -> Value {
        match type_of(keywords) {
            "object" => self.object(keywords, depth),
            "array" => self.array(keywords, depth),
            "string" => Value::String(string(keywords)),
            "integer" => Value::from(whole(number(keywords, true))),
            "number" => Number::from_f64(number(keywords, false)).map_or(Value::Null, Value::Number),
            "boolean" => Value::Bool(false),
            _ => Value::Null,
        }
    }

    fn object(&self, keywords: &Map<String, Value>, depth: usize) -> Value {
        let properties = keywords.get("properties");
        let required = keywords.get("required").and_then(Value::as_array);
        let mut filled = Map::new();
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            let value = properties.and_then(|properties| properties.get(name)).map(|inner| self.any(inner, depth + 1));
            filled.insert(name.to_owned(), value.unwrap_or_else(|| Value::from("demo")));
        }
        Value::Object(filled)
    }

    fn array(&self, keywords: &Map<String, Value>, depth: usize) -> Value {
        let count = keywords.get("minItems").and_then(Value::as_u64).unwrap_or(0).min(MAX_ITEMS);
        let item = keywords.get("items").map_or(Value::Null, |items| self.any(items, depth + 1));
        Value::Array((0..count).map(|_| item.clone()).collect())
    }

    /// Follows a reference inside the schema, such as `#/$defs/direction`.
    fn resolve(&self, reference: &str) -> Option<&Value> {
        self.root.pointer(reference.strip_prefix('#')?)
    }
}

/// The schemas that must hold as well: all of `allOf`, and the first of `anyOf` and of `oneOf`.
fn branches(keywords: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    list(keywords, "allOf").iter().chain(list(keywords, "anyOf").first()).chain(list(keywords, "oneOf").first())
}

fn list<'a>(keywords: &'a Map<String, Value>, word: &str) -> &'a [Value] {
    keywords.get(word).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn merge(base: Value, added: Value) -> Value {
    match (base, added) {
        (Value::Object(mut base), Value::Object(added)) => {
            base.extend(added);
            Value::Object(base)
        }
        (base, Value::Null) => base,
        (_, added) => added,
    }
}

fn type_of(keywords: &Map<String, Value>) -> &str {
    match keywords.get("type") {
        Some(Value::String(name)) => name,
        Some(Value::Array(names)) => {
            names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap_or("null")
        }
        _ if keywords.contains_key("properties") || keywords.contains_key("required") => "object",
        _ if keywords.contains_key("items") || keywords.contains_key("minItems") => "array",
        _ if keywords.contains_key("minimum") || keywords.contains_key("maximum") => "number",
        _ if keywords.contains_key("minLength") || keywords.contains_key("pattern") => "string",
        _ => "null",
    }
}

fn string(keywords: &Map<String, Value>) -> String {
    let known = match keywords.get("format").and_then(Value::as_str) {
        Some("date-time") => "2026-01-01T00:00:00Z",
        Some("date") => "2026-01-01",
        Some("time") => "00:00:00Z",
        Some("email") => "demo@example.com",
        Some("uri" | "url") => "https://example.com",
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        Some("ipv4") => "127.0.0.1",
        _ => "demo",
    };
    let bound = |word: &str, otherwise: u64| {
        let length = keywords.get(word).and_then(Value::as_u64).unwrap_or(otherwise).min(MAX_TEXT);
        usize::try_from(length).unwrap_or(0)
    };
    let longest = bound("maxLength", MAX_TEXT);
    let mut text: String = known.chars().take(longest).collect();
    let missing = bound("minLength", 0).saturating_sub(text.chars().count());
    text.extend(std::iter::repeat_n('o', missing));
    text
}

/// Zero where it is allowed, else the bound nearest to it.
fn number(keywords: &Map<String, Value>, integer: bool) -> f64 {
    let bound = |word: &str| keywords.get(word).and_then(Value::as_f64);
    let gap = match (bound("exclusiveMinimum"), bound("exclusiveMaximum")) {
        (Some(low), Some(high)) if !integer => (high - low) / 2.0,
        _ => 1.0,
    };
    let low = bound("minimum").or_else(|| bound("exclusiveMinimum").map(|low| low + gap));
    let high = bound("maximum").or_else(|| bound("exclusiveMaximum").map(|high| high - gap));
    let step = bound("multipleOf").filter(|step| *step > 0.0).or(integer.then_some(1.0));
    match (low, high) {
        (Some(low), _) if low > 0.0 => step.map_or(low, |step| (low / step).ceil() * step),
        (_, Some(high)) if high < 0.0 => step.map_or(high, |step| (high / step).floor() * step),
        _ => 0.0,
    }
}

#[allow(clippy::cast_possible_truncation, reason = "clamped to what both types hold exactly")]
fn whole(value: f64) -> i64 {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    value.clamp(-EXACT, EXACT) as i64
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_gets_what_is_required_and_nothing_else() {
        let schema = json!({
            "type": "object",
            "properties": {
                "direction": {"type": "string", "enum": ["north", "south"]},
                "steps": {"type": "integer", "minimum": 1, "maximum": 5},
                "note": {"type": "string"},
                "sure": {"type": "boolean"},
            },
            "required": ["direction", "steps", "sure"],
        });
        assert_eq!(fill(&schema), json!({"direction": "north", "steps": 1, "sure": false}));
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let cases = [
            (json!({"type": "integer"}), json!(0)),
            (json!({"type": "integer", "minimum": 0.5}), json!(1)),
            (json!({"type": "integer", "exclusiveMinimum": 3}), json!(4)),
            (json!({"type": "integer", "maximum": -2}), json!(-2)),
            (json!({"type": "integer", "minimum": 7, "multipleOf": 5}), json!(10)),
            (json!({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}), json!(0.5)),
        ];
        for (schema, expected) in cases {
            assert_eq!(fill(&schema), expected, "{schema}");
        }
    }

    #[test]
    fn strings_and_arrays_keep_their_lengths() {
        assert_eq!(fill(&json!({"type": "string", "minLength": 6})), json!("demooo"));
        assert_eq!(fill(&json!({"type": "string", "maxLength": 2})), json!("de"));
        assert_eq!(fill(&json!({"type": "array", "items": {"type": "null"}, "minItems": 2})), json!([null, null]));
        assert_eq!(fill(&json!({"type": ["null", "string"]})), json!("demo"));
    }

    #[test]
    fn references_and_branches_are_followed_and_end() {
        let schema = json!({
            "$defs": {"node": {
                "type": "object",
                "properties": {"next": {"$ref": "#/$defs/node"}, "kind": {"const": "leaf"}},
                "required": ["kind"],
            }},
            "allOf": [{"$ref": "#/$defs/node"}],
            "anyOf": [{"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}],
        });
        assert_eq!(fill(&schema), json!({"kind": "leaf", "n": 0}));
        let endless = json!({"type": "object", "properties": {"me": {"$ref": "#"}}, "required": ["me"]});
        assert!(fill(&endless)["me"]["me"].is_object());
    }
}
