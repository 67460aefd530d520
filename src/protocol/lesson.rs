//! What has been learnt: the value of an action in a situation.

use serde::{Deserialize, Serialize};

use super::Moment;

/// What one action has been worth in one kind of situation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// The kind of environment, such as `world`.
    pub environment: String,
    /// What alike moments are called, such as `combat, wolf, health low`.
    pub situation: String,
    /// The call as it is written, such as `go_to {"place":"Farm"}`.
    pub action: String,
    /// Points that it brought, what came after it included at a discount.
    pub value: f64,
    /// How often it was tried.
    pub times: u64,
    pub learnt_at: Moment,
}

/// What the window shows of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LessonsView {
    /// Learning is on in this session.
    pub is_on: bool,
    /// The situation that the agent is in.
    pub situation: String,
    /// The best-known actions: those of the present situation first, then those tried most.
    pub rows: Vec<Lesson>,
    /// How many there are altogether.
    pub total: u64,
    /// Steps that something was learnt from, in this session.
    pub learnt_from: u64,
    /// Why they are not kept for the next session, if they are not.
    pub trouble: Option<String>,
}
