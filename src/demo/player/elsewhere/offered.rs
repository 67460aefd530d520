//! An action as the question tells it: `browser_type {"target": string, "submit?": boolean}: Type text`.

use serde_json::{Map, Value};

/// One action that may be called.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Offered<'t> {
    pub name: &'t str,
    /// What it must be given, each with its type in words.
    pub required: Vec<(&'t str, &'t str)>,
    /// What it may be given.
    pub optional: Vec<(&'t str, &'t str)>,
}

/// Whether a line tells an action with types; a line of the built-in world is a call that can be done as it stands.
pub(super) fn is_described(line: &str) -> bool {
    let rest = line.trim().split_once(' ').map_or("", |(_, rest)| rest.trim());
    !rest.is_empty() && serde_json::from_str::<Map<String, Value>>(rest).is_err()
}

impl<'t> Offered<'t> {
    pub fn read(line: &'t str) -> Option<Self> {
        let (name, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let (optional, required): (Vec<_>, Vec<_>) =
            properties(rest.trim_start()).into_iter().partition(|(name, _)| name.ends_with('?'));
        let optional = optional.into_iter().map(|(name, kind)| (name.trim_end_matches('?'), kind)).collect();
        (!name.is_empty()).then_some(Self { name, required, optional })
    }

    pub fn takes(&self, argument: &str) -> bool {
        self.required.iter().chain(&self.optional).any(|(name, _)| *name == argument)
    }

    /// The values that an argument can have, where they are listed.
    pub fn values(&self, argument: &str) -> Vec<String> {
        let kinds = self.required.iter().chain(&self.optional).filter(|(name, _)| *name == argument);
        let values = kinds.flat_map(|(_, kind)| kind.split(" | "));
        values.filter_map(|value| serde_json::from_str(value.trim()).ok()).collect()
    }
}

/// Names and types between the outer braces, in their order.
fn properties(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let (mut depth, mut string_from, mut is_escaped) = (0_u32, None, false);
    let (mut last_string, mut property) = (None, None);
    for (at, letter) in text.char_indices() {
        if let Some(from) = string_from {
            let is_end = letter == '"' && !is_escaped;
            is_escaped = letter == '\\' && !is_escaped;
            if is_end {
                (string_from, last_string) = (None, Some(&text[from..at]));
            }
            continue;
        }
        match letter {
            '"' => string_from = Some(at + 1),
            '{' | '[' => depth += 1,
            ':' if depth == 1 && property.is_none() => property = last_string.map(|name| (name, at + 1)),
            ',' | '}' if depth == 1 => {
                found.extend(property.take().map(|(name, from)| (name, text[from..at].trim())));
                if letter == '}' {
                    break;
                }
            }
            '}' | ']' => depth = depth.saturating_sub(1),
            // Whatever is no list of arguments has none.
            _ if depth == 0 => break,
            _ => {}
        }
    }
    found
}
