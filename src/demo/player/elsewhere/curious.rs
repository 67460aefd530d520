//! Any other tools: of those whose names sound as if they only looked, each is called once, the easiest first, with the
//! least that it takes. Then the script says what it is and that it has done all it can.

use serde_json::{Map, Value};

use super::{Choice, Elsewhere, called, offered::Offered};
use crate::demo::schema::fill;

const GOAL_REACHED: &str = "goal_reached";
/// Names of actions that only look have one of these words.
const LOOKS: [&str; 14] = [
    "list", "get", "read", "search", "status", "show", "info", "describe", "look", "find", "observe", "view",
    "snapshot", "echo",
];
/// Names of actions that do more have one of these.
const DOES: [&str; 12] =
    ["write", "delete", "remove", "create", "update", "set", "add", "edit", "move", "send", "run", "commit"];

/// What has not been called yet and only looks; else the end.
pub(super) fn choose(place: &Elsewhere<'_>) -> Choice {
    let was_called =
        |offered: &&Offered<'_>| place.before.iter().any(|line| line.split([' ', ':']).next() == Some(offered.name));
    let looks = place.offered.iter().filter(|offered| only_looks(offered.name) && !was_called(offered));
    let easiest = looks.min_by_key(|offered| offered.required.len());
    if let Some(offered) = easiest {
        let thought =
            format!("I am a script and know nothing of this place; {} sounds as if it only looked.", offered.name);
        return Choice { call: called(offered.name, least(place, offered)), thought };
    }
    if place.offers(GOAL_REACHED).is_some() {
        let count = place.before.len();
        let report = format!("The demo is a script: it has looked around in {count} steps and understands none of it");
        let arguments = Map::from_iter([("report".to_owned(), Value::from(report))]);
        let thought = "I have called whatever only looks, and more than that a script must not do.".to_owned();
        return Choice { call: called(GOAL_REACHED, arguments), thought };
    }
    // Naming nothing is better than doing something that cannot be undone.
    Choice {
        call: called("", Map::new()),
        thought: "I am a script, and there is nothing here that only looks.".to_owned(),
    }
}

/// By the words of its name: what does something is no look, whatever else it is called.
fn only_looks(name: &str) -> bool {
    let name = name.to_lowercase();
    let has = |words: &[&str]| name.split(|letter: char| !letter.is_alphanumeric()).any(|part| words.contains(&part));
    has(&LOOKS) && !has(&DOES)
}

/// What must be given, filled with the least that fits.
fn least(place: &Elsewhere<'_>, offered: &Offered<'_>) -> Map<String, Value> {
    let fill_one = |name: &str, kind: &str| {
        let listed = kind.split(" | ").find_map(|value| serde_json::from_str::<Value>(value.trim()).ok());
        let shape = place.shape.and_then(|shape| shape.get(name));
        listed.unwrap_or_else(|| shape.map_or_else(|| by_word(kind), fill))
    };
    offered.required.iter().map(|(name, kind)| ((*name).to_owned(), fill_one(name, kind))).collect()
}

/// By the type as the question words it.
fn by_word(kind: &str) -> Value {
    match kind.split(" | ").next().unwrap_or_default() {
        "integer" | "number" => Value::from(0),
        "boolean" => Value::from(false),
        "null" => Value::Null,
        word if word.starts_with('[') => Value::Array(Vec::new()),
        word if word.starts_with('{') || word == "object" => Value::Object(Map::new()),
        _ => Value::from("demo"),
    }
}
