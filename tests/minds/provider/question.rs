//! What is asked, taken apart, and words that answer it.

use serde_json::{Value, json};

use super::request::Incoming;

/// What everybody says who is asked for words.
const SENTENCE: &str = "All is quiet here, so the next step can be taken without haste.";
/// What stands where reasons are asked for.
const REASON: &str = "Nothing speaks against it, and it brings the goal a little nearer.";

/// A question of any format.
pub(super) struct Question {
    /// Empty where nobody is asked.
    pub model: String,
    pub system: String,
    /// What was said last.
    pub prompt: String,
    /// The shape of the answer, if there has to be one.
    pub schema: Option<Value>,
    /// The tool that has to be called with the answer, if there is one.
    pub tool: Option<String>,
    pub wants_thoughts: bool,
}

/// The action that is taken.
struct Choice {
    name: String,
    arguments: Value,
}

impl Question {
    /// As the system prompt calls the one who is asked: `Role: threat`.
    pub fn role(&self) -> &str {
        let named = self.system.lines().find_map(|line| line.trim().strip_prefix("Role:"));
        named.map(str::trim).unwrap_or_default()
    }

    /// An object that fits the schema, or one sentence.
    pub fn answer(&self, preferred: usize) -> String {
        match &self.schema {
            Some(schema) => fill("", schema, &self.choose(schema, preferred)).to_string(),
            None => SENTENCE.to_owned(),
        }
    }

    /// One of the actions that the schema lets through, with the arguments of the first legal action of that name.
    fn choose(&self, schema: &Value, preferred: usize) -> Choice {
        let names = schema["properties"]["action"]["enum"].as_array().map(Vec::as_slice).unwrap_or_default();
        let name = names.get(preferred % names.len().max(1)).and_then(Value::as_str).unwrap_or("wait");
        let arguments = legal(&self.prompt).find(|(legal, _)| *legal == name).map(|(_, arguments)| arguments);
        Choice { name: name.to_owned(), arguments: arguments.unwrap_or_else(|| json!({})) }
    }
}

/// The legal actions as the prompt lists them: `- go_to {"place":"Farm"}`, `- wait`, or `- wait: Lets time pass`.
fn legal(prompt: &str) -> impl Iterator<Item = (&str, Value)> {
    let list = prompt.lines().skip_while(|line| line.trim() != "Legal actions:").skip(1);
    list.map_while(|line| line.trim().strip_prefix("- ")).map(|item| {
        let (name, rest) = item.split_once(' ').unwrap_or((item, ""));
        let arguments = serde_json::from_str::<Value>(rest.trim()).ok().filter(Value::is_object);
        (name.trim_end_matches(':'), arguments.unwrap_or_else(|| json!({})))
    })
}

/// Something that fits the schema; what its name gives away is said by it.
fn fill(name: &str, schema: &Value, choice: &Choice) -> Value {
    let kind = kind(schema);
    match name {
        "action" => return json!(choice.name),
        "arguments" if kind == "string" => return json!(choice.arguments.to_string()),
        "arguments" => return choice.arguments.clone(),
        "thought" | "because" | "reason" => return json!(REASON),
        "confidence" => return json!(0.8),
        _ => {}
    }
    if let Some(only) = schema.get("const").or_else(|| schema["enum"].get(0)) {
        return only.clone();
    }
    if let Some(branch) = ["anyOf", "oneOf", "allOf"].iter().find_map(|word| schema[*word].get(0)) {
        return fill(name, branch, choice);
    }
    match kind.as_str() {
        "object" => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            let filled = properties.map(|(name, property)| (name.clone(), fill(name, property, choice)));
            Value::Object(filled.collect())
        }
        "array" => {
            let least = usize::from(schema["minItems"].as_u64().is_some_and(|least| least > 0));
            Value::Array(vec![fill("", &schema["items"], choice); least])
        }
        "string" => json!(SENTENCE),
        "integer" | "number" => schema.get("minimum").cloned().unwrap_or_else(|| json!(0)),
        "boolean" => json!(false),
        _ => Value::Null,
    }
}

/// Gemini's older schemas shout their types.
fn kind(schema: &Value) -> String {
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut named = kinds.iter().filter_map(Value::as_str).map(str::to_lowercase);
    let unnamed = if schema.get("properties").is_some() { "object" } else { "" };
    named.find(|kind| kind != "null").unwrap_or_else(|| unnamed.to_owned())
}

/// All texts of a list of parts or blocks; a text itself stays one.
pub(super) fn texts(parts: &Value) -> String {
    if let Some(text) = parts.as_str() {
        return text.to_owned();
    }
    let texts: Vec<&str> = parts.as_array().into_iter().flatten().filter_map(|part| part["text"].as_str()).collect();
    texts.join("\n")
}

/// What the user said last; `key` is where a turn has its words.
pub(super) fn last_words(turns: &Value, key: &str) -> String {
    let mut turns = turns.as_array().into_iter().flatten();
    turns.rfind(|turn| turn["role"] == "user").map(|turn| texts(&turn[key])).unwrap_or_default()
}

/// The first of these places in a body that holds a schema.
pub(super) fn first_schema(incoming: &Incoming, places: &[&str]) -> Option<Value> {
    let mut found = places.iter().filter_map(|place| incoming.body.pointer(place));
    found.find(|schema| schema.is_object()).cloned()
}
