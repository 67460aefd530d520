//! A desktop: the script cannot see, so it tries the keys that are offered one after the other, each pressed and then
//! held.

use serde_json::{Map, Value};

use super::{Choice, Elsewhere, call};

const PRESS: &str = "key";
const HOLD: &str = "hold";
/// Where every key is offered, it stays with those that do the least harm.
const HARMLESS: [&str; 4] = ["right", "down", "left", "up"];
/// How long a key is held.
const HOLD_MS: u64 = 1200;

/// Whether keys can be pressed here.
pub(super) fn can_be_tried(place: &Elsewhere<'_>) -> bool {
    place.offers(PRESS).is_some_and(|action| action.takes("key"))
}

/// The next key: pressed after one was held, held after it was pressed.
pub(super) fn choose(place: &Elsewhere<'_>) -> Choice {
    let listed = place.offers(PRESS).map(|action| action.values("key")).unwrap_or_default();
    let keys = if listed.is_empty() { HARMLESS.map(str::to_owned).to_vec() } else { listed };
    let last = place.before.iter().rev().find_map(|line| used(line));
    let can_hold = place.offers(HOLD).is_some() && !place.before.iter().any(|line| is_refused_hold(line));
    let (action, key) = match &last {
        Some((PRESS, key)) if can_hold => (HOLD, key.clone()),
        Some((_, key)) => (PRESS, next(&keys, key)),
        None => (PRESS, keys[0].clone()),
    };
    let does = if action == HOLD { "hold" } else { "press" };
    let thought =
        format!("I am a script and cannot see this screen; I only try what is offered, and now {does} {key}.");
    let key = ("key", Value::from(key));
    let call = if action == HOLD { call(HOLD, [key, ("ms", Value::from(HOLD_MS))]) } else { call(PRESS, [key]) };
    Choice { call, thought }
}

/// The key after this one, in a circle.
fn next(keys: &[String], key: &str) -> String {
    let at = keys.iter().position(|other| other == key).map_or(0, |at| at + 1);
    keys[at % keys.len()].clone()
}

/// How a line of what was done used a key, and which.
fn used(line: &str) -> Option<(&'static str, String)> {
    let (name, rest) = line.split_once(' ')?;
    let action = [PRESS, HOLD].into_iter().find(|action| *action == name)?;
    let arguments = serde_json::Deserializer::from_str(rest).into_iter::<Map<String, Value>>().next()?.ok()?;
    Some((action, arguments.get("key")?.as_str()?.to_owned()))
}

fn is_refused_hold(line: &str) -> bool {
    line.starts_with("hold ") && line.contains("}: refused")
}
