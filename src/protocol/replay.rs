//! A kept session that is played again: what the window asks of it and what it shows.

use serde::{Deserialize, Serialize};

use super::{Notice, StepReport};

/// What a person does with a replay.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "playback", rename_all = "snake_case")]
pub enum Playback {
    Play,
    Pause,
    /// To the next step, or the one before.
    Step {
        back: bool,
    },
    /// To this moment, in milliseconds since the session began.
    Seek {
        at_ms: u64,
    },
    /// 1 for as quick as it was; 0.25 to 64.
    Speed {
        times: f64,
    },
    /// Back to the present.
    Close,
}

/// How a replay stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReplayView {
    pub session: String,
    pub is_playing: bool,
    pub speed: f64,
    pub at_ms: u64,
    /// The length of the session.
    pub total_ms: u64,
    /// The question whose decision is shown, if one is.
    pub question: Option<u64>,
    /// What had been done and said by then, oldest first.
    pub steps: Vec<StepReport>,
    pub notices: Vec<Notice>,
}
