//! The question taken apart: who is asked, what can be done, what others think.

use serde_json::{Map, Value};

use super::roles::Role;

/// One possible action.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Call {
    pub name: String,
    pub arguments: Map<String, Value>,
    /// As it stood in the prompt.
    pub shown: String,
}

impl Call {
    /// An argument as text; empty if it is missing or no text.
    pub fn text(&self, key: &str) -> &str {
        self.arguments.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// A counted argument as an index: 0 for the first.
    pub fn index(&self, key: &str) -> Option<usize> {
        let number = self.arguments.get(key).and_then(Value::as_u64)?;
        usize::try_from(number).ok()?.checked_sub(1)
    }
}

/// What an expert proposed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Opinion {
    pub who: String,
    /// In hundredths.
    pub confidence: i32,
    /// The action proposed, as it stands among the possible ones.
    pub shown: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Prompt {
    pub role: Role,
    pub legal: Vec<Call>,
    pub opinions: Vec<Opinion>,
}

impl Prompt {
    pub fn read(system: &str, user: &str) -> Self {
        let legal: Vec<Call> = block(user, "Legal actions:").filter_map(call).collect();
        let opinions = block(user, "Opinions:").filter_map(|line| opinion(line, &legal)).collect();
        Self { role: Role::named(role_name(system)), legal, opinions }
    }
}

fn role_name(system: &str) -> &str {
    let named = system.lines().find_map(|line| line.trim().strip_prefix("Role:"));
    named.map(str::trim).unwrap_or_default()
}

/// The list items that follow a heading, up to the first line that is none.
pub(super) fn block<'t>(text: &'t str, heading: &str) -> impl Iterator<Item = &'t str> {
    let start = text.lines().position(|line| line.trim() == heading).map_or(usize::MAX, |index| index + 1);
    text.lines().skip(start).map_while(|line| line.trim().strip_prefix("- "))
}

fn call(item: &str) -> Option<Call> {
    let shown = item.trim();
    let (name, rest) = shown.split_once(' ').unwrap_or((shown, ""));
    let arguments = match serde_json::from_str(rest.trim()) {
        Ok(Value::Object(arguments)) => arguments,
        _ => Map::new(),
    };
    (!name.is_empty()).then(|| Call { name: name.to_owned(), arguments, shown: shown.to_owned() })
}

/// `threat [0.80] proposes attack: It is open to a blow.`
fn opinion(item: &str, legal: &[Call]) -> Option<Opinion> {
    let (who, rest) = item.split_once(" [")?;
    let (confidence, rest) = rest.split_once("] proposes ")?;
    // Arguments hold colons too, so the action is the longest possible one that the rest begins with.
    let proposed = legal.iter().filter(|call| rest.starts_with(call.shown.as_str()));
    let shown = proposed.map(|call| &call.shown).max_by_key(|shown| shown.len())?.clone();
    Some(Opinion { who: who.trim().to_owned(), confidence: hundredths(confidence)?, shown })
}

/// `0.8`, `0.80` and `1` as 80, 80 and 100.
pub(super) fn hundredths(number: &str) -> Option<i32> {
    let share: f64 = number.trim().parse().ok()?;
    Some((share.clamp(0.0, 1.0) * 100.0).round() as i32)
}
