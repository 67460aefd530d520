//! Data as words: how things that models and servers write are said to people.

use serde_json::Value;

use crate::protocol::ActionCall;

/// `go_to {"place":"Farm"}` as *go to Farm*.
pub fn action(call: &ActionCall) -> String {
    let mut words = call.name.replace('_', " ");
    for value in call.arguments.values() {
        words.push(' ');
        match value {
            Value::String(text) => words.push_str(text),
            other => words.push_str(&other.to_string()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_said_in_words() {
        assert_eq!(action(&ActionCall::with("go_to", "place", "Barrow gate")), "go to Barrow gate");
        assert_eq!(action(&ActionCall::with("reply", "choice", 2)), "reply 2");
        assert_eq!(action(&ActionCall::bare("power_attack")), "power attack");
    }
}
