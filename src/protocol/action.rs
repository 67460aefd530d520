//! Actions: what an environment offers, what a mind chooses, and what came of it.
//!
//! An [`ActionCall`] has the shape of an MCP `tools/call` and of a model's tool call on purpose: a decision is the same
//! thing whether the agent plays the built-in world, presses keys or calls a tool server.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How much harm an action can do; it decides what needs a person's approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Looks, and changes nothing.
    ReadOnly,
    /// Changes only the environment's own state, in ways it is made for.
    Safe,
    /// Can lose something that cannot be brought back.
    Destructive,
    /// Reaches beyond the environment: other machines, other people.
    OpenWorld,
}

/// One action an environment offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionSpec {
    pub name: String,
    /// One sentence for the model.
    pub description: String,
    /// JSON Schema of the arguments, passed on verbatim.
    pub input_schema: Value,
    pub risk: Risk,
}

/// One action with its arguments.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ActionCall {
    pub name: String,
    #[serde(default)]
    pub arguments: Map<String, Value>,
}

impl ActionCall {
    /// An action without arguments.
    pub fn bare(name: &str) -> Self {
        Self { name: name.to_owned(), arguments: Map::new() }
    }

    /// An action with one argument.
    pub fn with(name: &str, key: &str, value: impl Into<Value>) -> Self {
        let mut arguments = Map::new();
        arguments.insert(key.to_owned(), value.into());
        Self { name: name.to_owned(), arguments }
    }
}

/// `go_to {"place":"Farm"}`: the form that prompts, logs and the window share.
impl std::fmt::Display for ActionCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.name)?;
        if self.arguments.is_empty() {
            return Ok(());
        }
        write!(f, " {}", Value::Object(self.arguments.clone()))
    }
}

/// How an action ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectStatus {
    /// It happened.
    Done,
    /// The environment refused it and nothing happened; the text goes back to the model.
    Rejected,
    /// It was tried and did not work.
    Failed,
    /// It may or may not have happened (a limit passed, a stop came); look before repeating it.
    Uncertain,
}

/// What an action did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    pub status: EffectStatus,
    /// In the environment's own words.
    pub text: String,
    /// The score after it, where the environment keeps one.
    pub score: Option<f64>,
    /// Whether anything but the time is different now, as far as the environment can tell.
    #[serde(default)]
    pub changed: bool,
    /// Everything that the environment said, where `text` is a shortened form of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<String>,
}
