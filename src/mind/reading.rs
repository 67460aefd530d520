//! Reading what a model answered: as JSON, as JSON somewhere in the text, and as a last resort as plain words.

use serde_json::{Map, Value};

use crate::{llm::Answer, protocol::ActionCall};

/// One expert's proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion {
    pub title: String,
    pub thought: String,
    /// `None` when the answer named nothing that is possible now.
    pub action: Option<ActionCall>,
    /// 0 to 1; 0.5 where the model did not say.
    pub confidence: f64,
}

/// Reads an answer into an opinion. `legal` empty means that the environment does not list what is possible.
pub fn opinion(title: &str, answer: &Answer, legal: &[ActionCall]) -> Opinion {
    if let Some(call) = answer.tool_calls.first() {
        let arguments = call.arguments.as_object().cloned().unwrap_or_default();
        let action = resolve(&call.name, &arguments, legal);
        return Opinion { title: title.to_owned(), thought: answer.text.trim().to_owned(), action, confidence: 0.5 };
    }
    let text = without_thinking(&answer.text);
    let Some(json) = object_in(text) else {
        let action = named_in(text, legal);
        return Opinion { title: title.to_owned(), thought: text.trim().to_owned(), action, confidence: 0.3 };
    };
    let words =
        |keys: [&str; 3]| keys.iter().find_map(|key| json.get(*key).and_then(Value::as_str)).unwrap_or_default();
    let name = words(["action", "name", "tool"]);
    let arguments = json.get("arguments").or_else(|| json.get("args")).and_then(Value::as_object).cloned();
    let confidence = json.get("confidence").and_then(Value::as_f64).filter(|value| value.is_finite());
    Opinion {
        title: title.to_owned(),
        thought: words(["thought", "because", "reason"]).trim().to_owned(),
        action: resolve(name, &arguments.unwrap_or_default(), legal),
        confidence: confidence.unwrap_or(0.5).clamp(0.0, 1.0),
    }
}

/// The legal action that is meant. Arguments that do not belong to it are dropped; a name that leaves only one choice
/// is enough.
pub fn resolve(name: &str, arguments: &Map<String, Value>, legal: &[ActionCall]) -> Option<ActionCall> {
    // Small models write the whole call into the name: `go_to {"place":"Farm"}`.
    let (name, written) = match name.trim().split_once([' ', '{', '(']) {
        Some((stem, _)) => (stem, object_in(name)),
        None => (name.trim(), None),
    };
    let name = name.trim_matches(['"', '\'', '`', '*', ':']);
    let arguments = if arguments.is_empty() { written.as_ref().unwrap_or(arguments) } else { arguments };
    if name.is_empty() {
        return None;
    }
    if legal.is_empty() {
        return Some(ActionCall { name: name.to_owned(), arguments: arguments.clone() });
    }
    let mut named = legal.iter().filter(|call| call.name == name);
    let fits = |call: &&ActionCall| {
        call.arguments.iter().all(|(key, value)| arguments.get(key).is_some_and(|given| is_same(given, value)))
    };
    let exact = named.clone().find(fits);
    let only = named.next().filter(|_| named.next().is_none());
    exact.or(only).cloned()
}

/// Numbers as strings and other cases of letters are the same value from a small model's pen.
fn is_same(given: &Value, legal: &Value) -> bool {
    let plain = |value: &Value| match value {
        Value::String(text) => text.trim().to_lowercase(),
        other => other.to_string(),
    };
    given == legal || plain(given) == plain(legal)
}

/// The thought in an unfinished JSON answer, for people who watch it come.
pub fn thought_so_far(text: &str) -> &str {
    let text = without_thinking(text);
    for key in ["\"thought\"", "\"because\""] {
        let Some((_, rest)) = text.split_once(key) else { continue };
        let Some((_, rest)) = rest.split_once('"') else { return "" };
        let mut is_escaped = false;
        let end = rest.char_indices().find(|(_, letter)| {
            let is_end = *letter == '"' && !is_escaped;
            is_escaped = *letter == '\\' && !is_escaped;
            is_end
        });
        return &rest[..end.map_or(rest.len(), |(at, _)| at)];
    }
    if text.trim_start().starts_with('{') { "" } else { text }
}

/// What follows the thinking of models that write it into the answer.
fn without_thinking(text: &str) -> &str {
    text.rsplit_once("</think>").map_or(text, |(_, answer)| answer)
}

/// The last JSON object in a text: models often show an example before the answer.
fn object_in(text: &str) -> Option<Map<String, Value>> {
    if let Ok(Value::Object(object)) = serde_json::from_str(text.trim()) {
        return Some(object);
    }
    // A handful of tries is enough; every bracket of a long text would be quadratic.
    let starts: Vec<usize> = text.match_indices('{').map(|(at, _)| at).take(16).collect();
    let mut found: Option<(usize, Map<String, Value>)> = None;
    for at in starts {
        if found.as_ref().is_some_and(|(end, _)| at < *end) {
            continue;
        }
        let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
        if let Some(Ok(Value::Object(object))) = values.next() {
            found = Some((at + values.byte_offset(), object));
        }
    }
    found.map(|(_, object)| object)
}

/// The legal action a text speaks of last, longest name first so that `power_attack` is not taken for `attack`.
fn named_in(text: &str, legal: &[ActionCall]) -> Option<ActionCall> {
    let text = text.to_lowercase();
    let written = |call: &ActionCall| {
        let values = call.arguments.values().filter_map(Value::as_str).map(str::to_lowercase);
        let spoken = call.name.replace('_', " ");
        let at = text.rfind(&call.name).or_else(|| text.rfind(&spoken))?;
        values.into_iter().all(|value| text.contains(&value)).then_some((at, call.to_string().len()))
    };
    let mentioned = legal.iter().filter_map(|call| written(call).map(|place| (place, call)));
    mentioned.max_by_key(|((at, length), _)| (*length, *at)).map(|(_, call)| call.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn legal() -> Vec<ActionCall> {
        vec![
            ActionCall::with("go_to", "place", "Farm"),
            ActionCall::with("go_to", "place", "Camp"),
            ActionCall::with("reply", "choice", 2),
            ActionCall::bare("attack"),
            ActionCall::bare("power_attack"),
        ]
    }

    fn read(text: &str) -> Option<String> {
        let answer = Answer { text: text.into(), ..Answer::default() };
        opinion("x", &answer, &legal()).action.map(|action| action.to_string())
    }

    #[test]
    fn answers_are_read_in_every_usual_dress() {
        let farm = Some("go_to {\"place\":\"Farm\"}".to_owned());
        assert_eq!(read(r#"{"thought":"t","action":"go_to","arguments":{"place":"Farm"},"confidence":0.9}"#), farm);
        assert_eq!(read("```json\n{\"action\":\"go_to\",\"arguments\":{\"place\":\"farm\"}}\n```"), farm);
        assert_eq!(read(r#"<think>{"action":"attack"}</think>{"action":"go_to","arguments":{"place":"Farm"}}"#), farm);
        assert_eq!(read(r#"For example {"action":"attack"}; so: {"action":"go_to {\"place\":\"Farm\"}"}"#), farm);
        assert_eq!(read(r#"{"action":"reply","arguments":{"choice":"2"}}"#), Some("reply {\"choice\":2}".to_owned()));
        assert_eq!(read("I would make a power attack now."), Some("power_attack".to_owned()));
    }

    #[test]
    fn where_nothing_lists_what_is_possible_a_call_is_taken_as_it_was_written() {
        let read = |text: &str| {
            let answer = Answer { text: text.into(), ..Answer::default() };
            opinion("x", &answer, &[]).action.map(|action| action.to_string())
        };
        let opened = Some("open {\"url\":\"http://a/\"}".to_owned());
        assert_eq!(read(r#"{"action":"open","arguments":{"url":"http://a/"}}"#), opened);
        assert_eq!(read(r#"{"action":" `open` ","arguments":{"url":"http://a/"}}"#), opened);
        assert_eq!(read(r#"{"action":"\"open\"","arguments":{"url":"http://a/"}}"#), opened);
        assert_eq!(read(r#"{"action":"open {\"url\":\"http://a/\"}"}"#), opened);
        assert_eq!(read(r#"{"action":"``"}"#), None);
        assert_eq!(read("I would open the page."), None);
    }

    #[test]
    fn what_is_not_possible_is_no_action() {
        assert_eq!(read(r#"{"action":"fly"}"#), None);
        assert_eq!(read(r#"{"action":"go_to","arguments":{"place":"Moon"}}"#), None);
        assert_eq!(read("hmm"), None);
        assert_eq!(read(r#"{"action":"reply","arguments":{}}"#), Some("reply {\"choice\":2}".to_owned()));
    }

    #[test]
    fn the_thought_can_be_watched_while_it_comes() {
        assert_eq!(thought_so_far("{\"thought\": \"The wolf \\\"grins\\\" an"), "The wolf \\\"grins\\\" an");
        assert_eq!(thought_so_far("{\"thought\": \"done\", \"action\""), "done");
        assert_eq!(thought_so_far("{\"thou"), "");
        assert_eq!(thought_so_far("plain words"), "plain words");
    }

    #[test]
    fn a_wild_confidence_is_tamed() {
        let answer = Answer { text: r#"{"action":"attack","confidence":900}"#.into(), ..Answer::default() };
        assert_eq!(opinion("x", &answer, &legal()).confidence, 1.0);
    }
}
