//! The milestones of a session: how it began, each step, how it ended.

use serde::{Deserialize, Serialize};

use super::{
    ActionCall, Certificate, ClockView, Effect, EgressLine, EnsembleView, LoopName, Problem, RegretView, Snapshot,
    Spending,
};
use crate::settings::Strategy;

/// A session has begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionStarted {
    pub session: String,
    pub environment: String,
    pub goal: String,
    pub seed: u64,
    pub strategy: Strategy,
    /// True when the built-in script answers instead of a language model.
    pub demo: bool,
}

/// Where a session takes place and with which seed: `Shop, seed 7`. A name that tells the seed already stands alone.
pub fn place(environment: &str, seed: u64) -> String {
    let with_seed = format!("seed {seed}");
    if environment.ends_with(&with_seed) { environment.to_owned() } else { format!("{environment}, {with_seed}") }
}

/// One action and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepReport {
    /// From 1.
    pub step: u64,
    pub action: ActionCall,
    /// The loop that ordered it.
    pub ordered_by: LoopName,
    /// Who decided: an expert, the synthesizer, a reflex.
    pub by: String,
    pub because: String,
    pub effect: Effect,
    pub score: Option<f64>,
    /// From the observation to the effect.
    pub took_ms: u64,
    /// The question to the mind that it came of, if it came of one.
    #[serde(default)]
    pub question: Option<u64>,
}

/// Something worth saying that is no step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    pub kind: NoticeKind,
    /// The loop or part that says it.
    pub from: String,
    pub text: String,
    pub problem: Option<Problem>,
}

/// How loud a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    Information,
    Warning,
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Somebody pressed Stop.
    Stopped,
    /// The environment's episode came to its end.
    Finished,
    /// The goal was reached.
    GoalReached,
    /// The number of cycles or the time that was asked for is over.
    LimitReached,
    /// A loop failed or panicked, or the model could not be reached.
    Failed,
}

impl Ending {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Stopped => "Stopped on request",
            Self::Finished => "The episode is over",
            Self::GoalReached => "The goal was reached",
            Self::LimitReached => "The limit was reached",
            Self::Failed => "The session failed",
        }
    }
}

/// What a session came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionReport {
    pub session: String,
    pub outcome: Ending,
    pub steps: u64,
    pub score: Option<f64>,
    pub took_ms: u64,
    /// Why it failed, if it did.
    pub problem: Option<Problem>,
    pub certificate: Certificate,
    /// What went where in this session.
    #[serde(default)]
    pub egress: Vec<EgressLine>,
    /// What it used up.
    #[serde(default)]
    pub spending: Spending,
    /// Whether asking several models paid.
    #[serde(default)]
    pub ensemble: EnsembleView,
    /// What its decisions cost, as far as that was judged when it ended.
    #[serde(default)]
    pub regret: RegretView,
    #[serde(default)]
    pub clock: ClockView,
    /// The session as it was last: pictures that follow quickly replace one another, and this one must be seen.
    #[serde(default)]
    pub last_picture: Box<Snapshot>,
}
