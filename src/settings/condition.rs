//! A condition over what is known of an environment, as a person writes it: `/relic = home`, `/places_seen >= 10`.

use serde_json::Value;

/// One comparison of one fact with one value.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// A JSON pointer, such as `/relic`.
    pointer: String,
    comparison: Comparison,
    /// A number where it reads as one, else text.
    value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    Different,
    AtLeast,
    AtMost,
    Contains,
}

/// The longer signs first, or `>=` would be read as an unknown `>` before an `=`.
const SIGNS: [(&str, Comparison); 5] = [
    (" contains ", Comparison::Contains),
    ("!=", Comparison::Different),
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    ("=", Comparison::Equal),
];

impl Condition {
    /// Reads it; the error says what is expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = "write it like /relic = home, with =, !=, >=, <= or contains";
        let found =
            SIGNS.iter().filter_map(|(sign, comparison)| Some((text.find(sign)?, *sign, *comparison))).min_by_key(
                // The first sign counts, and of two at the same place the longer one.
                |(at, sign, _)| (*at, usize::MAX - sign.len()),
            );
        let Some((at, sign, comparison)) = found else { return Err(format!("it has no comparison; {expected}")) };
        let (pointer, value) = (text[..at].trim(), text[at + sign.len()..].trim());
        if !pointer.starts_with('/') || pointer.contains(char::is_whitespace) {
            return Err(format!("it does not begin with the name of a fact after a stroke; {expected}"));
        }
        if value.is_empty() {
            return Err(format!("it has nothing to compare with; {expected}"));
        }
        let value = match value.parse::<f64>() {
            Ok(number) if number.is_finite() => Value::from(number),
            _ => Value::from(value.trim_matches('"')),
        };
        if matches!(comparison, Comparison::AtLeast | Comparison::AtMost) && !value.is_number() {
            return Err(format!("only numbers can be more or less; {expected}"));
        }
        Ok(Self { pointer: pointer.to_owned(), comparison, value })
    }

    /// Whether it holds. A fact that is not there fulfils nothing, not even that it is different.
    pub fn holds(&self, facts: &Value) -> bool {
        let Some(fact) = facts.pointer(&self.pointer) else { return false };
        let number = fact.as_f64().zip(self.value.as_f64());
        match self.comparison {
            Comparison::Equal => self.is_equal(fact),
            Comparison::Different => !self.is_equal(fact),
            Comparison::AtLeast => number.is_some_and(|(fact, value)| fact >= value),
            Comparison::AtMost => number.is_some_and(|(fact, value)| fact <= value),
            Comparison::Contains => match fact {
                Value::Array(items) => items.iter().any(|item| self.is_equal(item)),
                Value::String(text) => self.value.as_str().is_some_and(|value| text.contains(value)),
                _ => false,
            },
        }
    }

    fn is_equal(&self, fact: &Value) -> bool {
        match (fact, &self.value) {
            (Value::String(fact), Value::String(value)) => fact.eq_ignore_ascii_case(value),
            (Value::Bool(fact), Value::String(value)) => {
                value.eq_ignore_ascii_case(if *fact { "true" } else { "false" })
            }
            (fact, value) => fact.as_f64().is_some_and(|fact| Some(fact) == value.as_f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn facts_are_compared_as_they_are_written() {
        let facts =
            json!({"relic": "home", "gold": 31, "alive": true, "felled": ["wolf", "barrow king"], "deep": {"x": 2}});
        for (text, expected) in [
            ("/relic = home", true),
            ("/relic=Home", true),
            ("/relic != home", false),
            ("/relic = carried", false),
            ("/gold >= 30", true),
            ("/gold <= 30", false),
            ("/gold = 31", true),
            ("/alive = true", true),
            ("/alive = no", false),
            ("/felled contains barrow king", true),
            ("/felled contains wraith", false),
            ("/relic contains om", true),
            ("/deep/x >= 2", true),
            ("/nowhere = 1", false),
            ("/nowhere != 1", false),
        ] {
            assert_eq!(Condition::parse(text).unwrap().holds(&facts), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_condition_is_explained() {
        for (text, because) in [
            ("", "no comparison"),
            ("/relic", "no comparison"),
            ("relic = home", "does not begin"),
            ("/re lic = home", "does not begin"),
            ("/relic =", "nothing to compare"),
            ("/gold >= much", "only numbers"),
        ] {
            let error = Condition::parse(text).unwrap_err();
            assert!(error.contains(because) && error.contains("/relic = home"), "{text}: {error}");
        }
    }
}
