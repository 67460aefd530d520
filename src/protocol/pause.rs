//! What a person is asked while the agent runs: whether an action may be done, and how to go on after a stop for breath.

use serde::{Deserialize, Serialize};

use super::{ActionCall, LoopName, Risk};

/// Why nothing new is asked or done for now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum PauseReason {
    /// Somebody pressed Pause.
    #[default]
    Person,
    /// Somebody let one decision through, and it has been carried out.
    OneDecision,
    /// A budget is used up.
    Budget { words: String },
    /// The agent does not get on, or breaks something by trying again.
    Breaker { breaker: Breaker, words: String },
    /// The session can no longer be recorded.
    NotRecorded { words: String },
    /// Somebody took mouse or keyboard while the agent used them.
    Yielded { words: String },
}

impl PauseReason {
    /// Why, in one sentence; empty where a person paused it.
    pub fn words(&self) -> &str {
        match self {
            Self::Person => "",
            Self::OneDecision => "One decision has been carried out",
            Self::Budget { words }
            | Self::Breaker { words, .. }
            | Self::NotRecorded { words }
            | Self::Yielded { words } => words,
        }
    }
}

/// What stops an agent that repeats itself in vain. Each pauses the session; none is a mere warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Breaker {
    /// The same action again and again, without effect.
    SameAction,
    /// So many steps, and nothing has changed.
    NoChange,
    /// The same kind of error again and again.
    SameError,
    /// The time that was granted is over.
    Time,
}

impl Breaker {
    pub const ALL: [Self; 4] = [Self::SameAction, Self::NoChange, Self::SameError, Self::Time];
}

/// An action that waits for a person's yes or no.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Approval {
    /// From 1, counted through the session.
    pub id: u64,
    pub action: ActionCall,
    pub risk: Risk,
    /// The loop that wants it done.
    pub ordered_by: LoopName,
    /// Who decided it, and why.
    pub by: String,
    pub because: String,
    /// The tool server it is meant for, by its name in the settings; only its tools can be allowed for ever.
    #[serde(default)]
    pub server: Option<String>,
    /// How long it is waited for, in milliseconds; then the action counts as rejected.
    pub waits_ms: u64,
}

/// A person's answer to an [`Approval`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum ApprovalAnswer {
    Approved {
        /// Actions of this name are not asked about again in this session.
        for_session: bool,
        /// Nor in any later one with the same tool server.
        #[serde(default)]
        for_ever: bool,
    },
    Rejected {
        /// What the models are told; may be empty.
        word: String,
    },
    /// Nobody answered in time.
    Unanswered,
}
