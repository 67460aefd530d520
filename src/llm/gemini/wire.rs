//! The body of a question to Gemini, and which of its wishes a model does not grant.

use base64::Engine;
use serde_json::{Map, Value, json};

use crate::{
    llm::{Answered, Ask, Effort, Format, ToolCall, ToolResult, Turn},
    protocol::ActionSpec,
    settings::Provider,
};

/// Stands for a signature in front of calls that another model made; Google names this word for that purpose.
const NOT_SIGNED: &str = "skip_thought_signature_validator";
/// The most that every model of generation 2.5 can think.
const MOST_THOUGHT: u32 = 24_576;
/// A name without a number, such as `gemini-flash-latest`, stands for the newest there is.
const NEWEST: (u32, u32) = (u32::MAX, 0);

/// A part of a question that some models refuse, although they could answer without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Wish {
    /// A schema of the answer, or tools.
    Shape = 1,
    /// How much to think, and to tell of it.
    Thinking = 2,
    Temperature = 4,
    /// An instruction beside the conversation.
    System = 8,
}

impl Wish {
    pub const ALL: [Self; 4] = [Self::Shape, Self::Thinking, Self::Temperature, Self::System];

    /// True if this question has it.
    pub fn is_in(self, ask: &Ask) -> bool {
        match self {
            Self::Shape => ask.format != Format::Text || !ask.tools.is_empty(),
            Self::Thinking => ask.effort.is_some(),
            Self::Temperature => ask.temperature.is_some(),
            Self::System => !ask.system.is_empty(),
        }
    }

    /// What became of it, for people.
    pub fn detour(self) -> &'static str {
        match self {
            Self::Shape => "the server refuses structured answers, the prompt alone asks for one",
            Self::Thinking => "the model does not let itself be told how much to think",
            Self::Temperature => "the model chooses its temperature itself",
            Self::System => "the model takes no instruction of its own, it stands in front of the conversation",
        }
    }
}

/// The wishes that are not sent along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ungranted(pub u8);

impl Ungranted {
    /// What is known of a model by its name: from 3.6 on a temperature is ignored, and a later model may refuse it.
    pub fn by_name(model: &str) -> Self {
        match generation(model) {
            Some(generation) if generation >= (3, 6) => Self::default().and(Wish::Temperature),
            _ => Self::default(),
        }
    }

    pub fn has(self, wish: Wish) -> bool {
        self.0 & wish as u8 != 0
    }

    pub fn and(self, wish: Wish) -> Self {
        Self(self.0 | wish as u8)
    }
}

/// The body of a question.
pub fn body(ask: &Ask, model: &str, ungranted: Ungranted) -> Value {
    let mut body = Map::new();
    let mut contents = contents(ask, model);
    if !ask.system.is_empty() {
        if ungranted.has(Wish::System) {
            contents.insert(0, user(texts(&ask.system)));
        } else {
            body.insert("systemInstruction".into(), json!({"parts": texts(&ask.system)}));
        }
    }
    body.insert("contents".into(), Value::Array(contents));
    let has_shape = !ungranted.has(Wish::Shape);
    if has_shape && !ask.tools.is_empty() {
        let tools: Vec<Value> = ask.tools.iter().map(declaration).collect();
        body.insert("tools".into(), json!([{"functionDeclarations": tools}]));
    }
    let mut config = Map::new();
    if ask.answer_tokens > 0 {
        config.insert("maxOutputTokens".into(), json!(ask.answer_tokens));
    }
    if let Some(temperature) = ask.temperature.filter(|_| !ungranted.has(Wish::Temperature)) {
        config.insert("temperature".into(), json!(temperature));
    }
    if let (Format::Json { schema, .. }, true) = (&ask.format, has_shape) {
        config.insert("responseMimeType".into(), json!("application/json"));
        config.insert("responseJsonSchema".into(), in_order(schema));
    }
    if let Some(thinking) = thinking(model, ask).filter(|_| !ungranted.has(Wish::Thinking)) {
        config.insert("thinkingConfig".into(), thinking);
    }
    if !config.is_empty() {
        body.insert("generationConfig".into(), Value::Object(config));
    }
    Value::Object(body)
}

/// The conversation; a content without parts would be refused.
fn contents(ask: &Ask, model: &str) -> Vec<Value> {
    let mut contents: Vec<Value> = Vec::new();
    for turn in &ask.turns {
        let content = match turn {
            Turn::User(text) => user(texts(text)),
            Turn::Assistant(text) => json!({"role": "model", "parts": texts(text)}),
            Turn::Answered(answered) => answer(answered, model),
            Turn::Results(results) => {
                let asked = contents.iter().rev().find(|content| content["role"] == "model");
                user(results.iter().map(|result| response(result, asked)).collect())
            }
        };
        contents.push(content);
    }
    let pictures = ask.pictures.iter().map(|picture| inline(picture));
    let last = contents.last_mut().filter(|_| matches!(ask.turns.last(), Some(Turn::User(_))));
    match last.and_then(|last| last["parts"].as_array_mut()) {
        Some(parts) => parts.extend(pictures),
        // Beside the results of tools they would be taken for results.
        None => contents.push(user(pictures.collect())),
    }
    contents.retain(|content| content["parts"].as_array().is_some_and(|parts| !parts.is_empty()));
    contents
}

fn user(parts: Vec<Value>) -> Value {
    let mut content = json!({"role": "user"});
    content["parts"] = Value::Array(parts);
    content
}

fn texts(text: &str) -> Vec<Value> {
    if text.is_empty() { Vec::new() } else { vec![json!({"text": text})] }
}

/// An earlier answer: Gemini's own as it was, another provider's as text and calls.
fn answer(answered: &Answered, model: &str) -> Value {
    if let Some(kept) = answered.kept.as_ref().filter(|kept| kept.provider == Provider::Gemini) {
        return kept.content.clone();
    }
    let mut parts = texts(&answered.text);
    parts.extend(answered.tool_calls.iter().enumerate().map(|(at, ToolCall { id, name, arguments })| {
        let arguments = if arguments.is_object() { arguments.clone() } else { json!({}) };
        let mut part = json!({"functionCall": {"name": name, "args": arguments}});
        if !id.is_empty() {
            part["functionCall"]["id"] = json!(id);
        }
        // Only the first of several calls is looked at.
        if at == 0 && generation(model).is_some_and(|generation| generation >= (3, 0)) {
            part["thoughtSignature"] = json!(NOT_SIGNED);
        }
        part
    }));
    json!({"role": "model", "parts": parts})
}

/// What a tool gave back. An id that was made here means nothing to the model, so only one that it was told goes along.
fn response(result: &ToolResult, asked: Option<&Value>) -> Value {
    let key = if result.is_error { "error" } else { "output" };
    let mut response = json!({"name": result.name, "response": {key: result.text}});
    let mut calls = asked.and_then(|content| content["parts"].as_array()).into_iter().flatten();
    if calls.any(|part| part["functionCall"]["id"] == result.call_id.as_str()) {
        response["id"] = json!(result.call_id);
    }
    json!({"functionResponse": response})
}

fn inline(picture: &[u8]) -> Value {
    let data = base64::engine::general_purpose::STANDARD.encode(picture);
    json!({"inlineData": {"mimeType": mime_type(picture), "data": data}})
}

/// By the first bytes: a picture that is called by the wrong name is refused.
fn mime_type(picture: &[u8]) -> &'static str {
    match picture {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ => "image/png",
    }
}

fn declaration(tool: &ActionSpec) -> Value {
    let mut declaration = json!({"name": tool.name, "description": tool.description});
    if tool.input_schema.is_object() {
        declaration["parametersJsonSchema"] = tool.input_schema.clone();
    }
    declaration
}

/// The schema with the order in which its properties are to be written: a JSON object has none, the list of what is
/// required has one, and a thought helps only if it comes before the choice.
fn in_order(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let properties = schema["properties"].as_object().into_iter().flatten();
    let names: Vec<String> = properties.map(|(name, _)| name.clone()).collect();
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut order: Vec<String> = required.map(str::to_owned).filter(|name| names.contains(name)).collect();
    let others: Vec<String> = names.into_iter().filter(|name| !order.contains(name)).collect();
    order.extend(others);
    if !order.is_empty() && schema.get("propertyOrdering").is_none() {
        schema["propertyOrdering"] = json!(order);
    }
    schema
}

/// How much to think, in the words of the model's generation; nothing for models that do not think.
fn thinking(model: &str, ask: &Ask) -> Option<Value> {
    match generation(model)? {
        (..=1, _) | (2, ..=4) => None,
        (2, _) => budget(model, ask),
        newer => Some(match ask.effort {
            None => json!({"includeThoughts": true}),
            Some(effort) => json!({"includeThoughts": true, "thinkingLevel": level(model, newer, effort)}),
        }),
    }
}

/// Off is a wish that only the smaller models up to 3.6 come close to; the others have a least level.
fn level(model: &str, generation: (u32, u32), effort: Effort) -> &'static str {
    match effort {
        Effort::Off if model.contains("flash") && generation <= (3, 6) => "MINIMAL",
        Effort::Off | Effort::Low => "LOW",
        Effort::High => "HIGH",
    }
}

/// Thoughts count as a part of the answer, so they get a share of its tokens.
fn budget(model: &str, ask: &Ask) -> Option<Value> {
    let tokens = match ask.effort {
        // The smallest model does not think unless it is told to, and then it refuses to tell of it.
        None if model.contains("lite") => return None,
        None => return Some(json!({"includeThoughts": true})),
        Some(Effort::Off) if model.contains("pro") => 128,
        Some(Effort::Off) => return Some(json!({"thinkingBudget": 0})),
        Some(Effort::Low) => (ask.answer_tokens / 4).clamp(512, 2048),
        Some(Effort::High) => (ask.answer_tokens / 2).clamp(1024, MOST_THOUGHT),
    };
    Some(json!({"includeThoughts": true, "thinkingBudget": tokens}))
}

/// `gemini-2.5-flash` is of generation (2, 5). `None` for models that are no Gemini.
fn generation(model: &str) -> Option<(u32, u32)> {
    let version = model.strip_prefix("gemini-")?.split('-').next()?;
    let (major, minor) = version.split_once('.').unwrap_or((version, "0"));
    Some(major.parse().ok().zip(minor.parse().ok()).unwrap_or(NEWEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{llm::Kept, protocol::Risk};

    fn question() -> Ask {
        Ask { turns: vec![Turn::User("Where to?".into())], answer_tokens: 4000, ..Ask::default() }
    }

    #[test]
    fn everything_that_is_asked_stands_in_its_place() {
        let png: std::sync::Arc<[u8]> = b"\x89PNG\r\n".as_slice().into();
        let jpeg: std::sync::Arc<[u8]> = b"\xFF\xD8\xFF\xE0".as_slice().into();
        let schema = json!({"type": "object", "required": ["thought", "action"],
            "properties": {"action": {"type": "string"}, "thought": {"type": "string"}}});
        let tool = ActionSpec {
            name: "go_to".into(),
            description: "Goes somewhere".into(),
            input_schema: json!({"type": "object"}),
            risk: Risk::Safe,
        };
        let ask = Ask {
            system: "Be brief".into(),
            pictures: vec![png, jpeg],
            tools: vec![tool],
            format: Format::Json { name: "opinion", schema: schema.clone() },
            temperature: Some(0.5),
            ..question()
        };
        let mut ordered = schema;
        ordered["propertyOrdering"] = json!(["thought", "action"]);
        let pictures = [
            json!({"inlineData": {"mimeType": "image/png", "data": "iVBORw0K"}}),
            json!({"inlineData": {"mimeType": "image/jpeg", "data": "/9j/4A=="}}),
        ];
        let expected = json!({
            "systemInstruction": {"parts": [{"text": "Be brief"}]},
            "contents": [{"role": "user", "parts": [{"text": "Where to?"}, pictures[0], pictures[1]]}],
            "tools": [{"functionDeclarations": [{"name": "go_to", "description": "Goes somewhere",
                "parametersJsonSchema": {"type": "object"}}]}],
            "generationConfig": {"maxOutputTokens": 4000, "temperature": 0.5, "responseMimeType": "application/json",
                "responseJsonSchema": ordered, "thinkingConfig": {"includeThoughts": true}},
        });
        assert_eq!(body(&ask, "gemini-2.5-flash", Ungranted::by_name("gemini-2.5-flash")), expected);

        let nothing = Wish::ALL.into_iter().fold(Ungranted::default(), Ungranted::and);
        let contents = json!([{"role": "user", "parts": [{"text": "Be brief"}]}, expected["contents"][0]]);
        let plain = json!({"contents": contents, "generationConfig": {"maxOutputTokens": 4000}});
        assert_eq!(body(&ask, "gemini-2.5-flash", nothing), plain);
        let newer = body(&ask, "gemini-3.8-flash", Ungranted::by_name("gemini-3.8-flash"));
        assert!(newer["generationConfig"].get("temperature").is_none());
    }

    #[test]
    fn an_answer_of_its_own_goes_back_unchanged_and_its_results_name_its_ids() {
        let content = json!({"role": "model", "parts": [
            {"text": "So.", "thought": true},
            {"functionCall": {"name": "go_to", "args": {"place": "Farm"}, "id": "fc_9"},
             "thoughtSignature": "CiQB0e2Kb=="},
            {"functionCall": {"name": "wait", "args": {}}},
        ]});
        let kept = Some(Kept { provider: Provider::Gemini, content: content.clone() });
        let result = |call_id: &str, name: &str, is_error| ToolResult {
            call_id: call_id.into(),
            name: name.into(),
            text: "done".into(),
            is_error,
        };
        let results = Turn::Results(vec![result("fc_9", "go_to", false), result("call_2", "wait", true)]);
        let answered = Turn::Answered(Box::new(Answered { kept, ..Answered::default() }));
        let ask = Ask { turns: vec![Turn::User("Go".into()), answered, results], ..question() };
        let responses = json!([
            {"functionResponse": {"id": "fc_9", "name": "go_to", "response": {"output": "done"}}},
            {"functionResponse": {"name": "wait", "response": {"error": "done"}}},
        ]);
        let expected =
            json!([{"role": "user", "parts": [{"text": "Go"}]}, content, {"role": "user", "parts": responses}]);
        assert_eq!(body(&ask, "gemini-3.8-flash", Ungranted::default())["contents"], expected);
    }

    #[test]
    fn calls_of_another_model_are_marked_as_not_signed() {
        let call = ToolCall { id: "toolu_1".into(), name: "wait".into(), arguments: json!({}) };
        let kept = Some(Kept { provider: Provider::Claude, content: json!([{"type": "tool_use"}]) });
        let answered = Answered { text: "Well".into(), tool_calls: vec![call], kept };
        let mut part = json!({"functionCall": {"id": "toolu_1", "name": "wait", "args": {}}});
        let older = json!({"role": "model", "parts": [{"text": "Well"}, part.clone()]});
        assert_eq!(answer(&answered, "gemini-2.5-pro"), older);
        part["thoughtSignature"] = json!(NOT_SIGNED);
        assert_eq!(answer(&answered, "gemini-3.1-pro-preview")["parts"][1], part);
    }

    #[test]
    fn each_generation_is_told_to_think_in_its_own_words() {
        let told = |model, effort| thinking(model, &Ask { effort, ..question() }).unwrap_or_default();
        let (off, low, high) = (Some(Effort::Off), Some(Effort::Low), Some(Effort::High));
        let level = |level: &str| json!({"includeThoughts": true, "thinkingLevel": level});
        let budget = |tokens: u32| json!({"includeThoughts": true, "thinkingBudget": tokens});
        for (model, effort, expected) in [
            ("gemini-2.5-flash", off, json!({"thinkingBudget": 0})),
            ("gemini-2.5-flash", low, budget(1000)),
            ("gemini-2.5-pro", off, budget(128)),
            ("gemini-2.5-pro", high, budget(2000)),
            ("gemini-2.5-flash-lite", None, Value::Null),
            ("gemini-2.0-flash", high, Value::Null),
            ("gemma-4-31b-it", high, Value::Null),
            ("gemini-3-flash-preview", off, level("MINIMAL")),
            ("gemini-3.1-pro-preview", off, level("LOW")),
            ("gemini-3.8-flash", off, level("LOW")),
            ("gemini-4-hydrogen", high, level("HIGH")),
            ("gemini-flash-latest", low, level("LOW")),
        ] {
            assert_eq!(told(model, effort), expected, "{model} {effort:?}");
        }
    }
}
