//! Score, end and possible actions, found in what a server says by the pointers of its settings.

use serde_json::{Map, Value};

use crate::{protocol::ActionCall, settings::ServerExtras};

/// So many possible actions are listed at most.
const MOST_LEGAL: usize = 500;

/// What is seen and what the last call gave, in figures. What is not in the first is looked for in the second.
#[derive(Clone, Copy)]
pub struct Figures<'a> {
    pub seen: &'a Value,
    pub given: &'a Value,
}

impl Figures<'_> {
    /// What a pointer such as `/score` leads to; an empty one leads nowhere.
    fn at(&self, pointer: &str) -> Option<&Value> {
        let pointer = pointer.trim();
        if pointer.is_empty() {
            return None;
        }
        // People leave the first stroke out.
        let pointer = if pointer.starts_with('/') { pointer.to_owned() } else { format!("/{pointer}") };
        self.seen.pointer(&pointer).or_else(|| self.given.pointer(&pointer))
    }

    /// The score; a number that is written as a text counts.
    pub fn score(&self, extras: &ServerExtras) -> Option<f64> {
        let value = self.at(&extras.score)?;
        let score = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
        score.filter(|score| score.is_finite())
    }

    /// How the episode ended, if it is over.
    pub fn ended(&self, extras: &ServerExtras) -> Option<String> {
        match self.at(&extras.done)? {
            Value::Bool(true) => Some("the server says that it is over".to_owned()),
            Value::String(words) => {
                let words = words.trim();
                let is_over = !matches!(words.to_ascii_lowercase().as_str(), "" | "false" | "no" | "none" | "null");
                is_over.then(|| words.to_owned())
            }
            Value::Number(number) => {
                number.as_f64().filter(|number| *number != 0.0).map(|_| "the server says that it is over".to_owned())
            }
            _ => None,
        }
    }

    /// Every action that is possible now, of those tools for which `is_offered` holds; empty where none is listed.
    pub fn legal(&self, extras: &ServerExtras, is_offered: impl Fn(&str) -> bool) -> Vec<ActionCall> {
        let listed = self.at(&extras.legal).and_then(Value::as_array);
        let calls = listed.into_iter().flatten().filter_map(|value| call(extras, value));
        calls.filter(|call| is_offered(&call.name)).take(MOST_LEGAL).collect()
    }
}

/// One possible action from what is listed.
fn call(extras: &ServerExtras, value: &Value) -> Option<ActionCall> {
    let (tool, argument) = (extras.legal_tool.trim(), extras.legal_argument.trim());
    if tool.is_empty() {
        return whole_call(value);
    }
    match value {
        _ if !argument.is_empty() => Some(ActionCall::with(tool, argument, value.clone())),
        Value::Object(arguments) => Some(ActionCall { name: tool.to_owned(), arguments: arguments.clone() }),
        _ => None,
    }
}

/// A name, or an object of a name and arguments.
fn whole_call(value: &Value) -> Option<ActionCall> {
    if let Some(name) = value.as_str() {
        return Some(ActionCall::bare(name));
    }
    let arguments = match value.get("arguments") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(arguments)) => arguments.clone(),
        Some(_) => return None,
    };
    Some(ActionCall { name: value.get("name")?.as_str()?.to_owned(), arguments })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn extras(score: &str, done: &str, legal: [&str; 3]) -> ServerExtras {
        let [legal, legal_tool, legal_argument] = legal.map(str::to_owned);
        let (score, done) = (score.to_owned(), done.to_owned());
        ServerExtras { score, done, legal, legal_tool, legal_argument, ..ServerExtras::default() }
    }

    #[test]
    fn the_score_is_found_in_what_is_seen_or_in_what_was_given() {
        let (seen, given) = (json!({"game": {"score": 7}}), json!({"score": "3.5", "odd": "many"}));
        let figures = Figures { seen: &seen, given: &given };
        let score = |pointer: &str| figures.score(&extras(pointer, "", [""; 3]));
        assert_eq!((score("/game/score"), score("score"), score(" /score ")), (Some(7.0), Some(3.5), Some(3.5)));
        assert_eq!((score(""), score("/odd"), score("/none")), (None, None, None));
    }

    #[test]
    fn the_end_is_true_or_a_word_that_says_how() {
        for (done, expected) in [
            (json!(true), Some("the server says that it is over")),
            (json!(1), Some("the server says that it is over")),
            (json!("won"), Some("won")),
            (json!("False"), None),
            (json!(""), None),
            (json!(false), None),
            (json!(0), None),
            (json!(null), None),
        ] {
            let (seen, given) = (json!({"done": done}), Value::Null);
            let ended = Figures { seen: &seen, given: &given }.ended(&extras("", "/done", [""; 3]));
            assert_eq!(ended.as_deref(), expected, "{done}");
        }
    }

    #[test]
    fn each_listed_value_becomes_a_call_of_the_tool_that_it_is_meant_for() {
        let (seen, given) = (json!({"moves": ["go north", "take lamp"]}), Value::Null);
        let figures = Figures { seen: &seen, given: &given };
        let legal = figures.legal(&extras("", "", ["/moves", "step", "action"]), |_| true);
        assert_eq!(legal, ["go north", "take lamp"].map(|words| ActionCall::with("step", "action", words)));
        assert!(figures.legal(&extras("", "", ["/moves", "step", "action"]), |name| name != "step").is_empty());
        assert!(figures.legal(&extras("", "", ["/moves", "step", ""]), |_| true).is_empty(), "words are no arguments");
    }

    #[test]
    fn without_a_tool_each_value_is_a_whole_call() {
        let seen = json!([
            "wait",
            {"name": "go", "arguments": {"to": "Farm"}},
            {"name": "look"},
            {"name": "odd", "arguments": [1]},
            7,
        ]);
        let seen = json!({"legal": seen});
        let legal = Figures { seen: &seen, given: &Value::Null }.legal(&extras("", "", ["/legal", "", ""]), |_| true);
        let expected = [ActionCall::bare("wait"), ActionCall::with("go", "to", "Farm"), ActionCall::bare("look")];
        assert_eq!(legal, expected);
    }
}
