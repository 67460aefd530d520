//! What happens in a session, one thing after the other, as the journal keeps it and a replay gives it back.

use serde::{Deserialize, Serialize};

use super::{
    ActionCall, Approval, ApprovalAnswer, Cause, DecisionView, EnvironmentView, Judgement, Narration, Notice,
    PauseReason, Scene, StepReport,
};
use crate::settings::Provider;

/// One thing that happened, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Milliseconds since the session began.
    pub at_ms: u64,
    #[serde(flatten)]
    pub what: What,
}

/// Everything that is kept of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// The agent looked.
    Observed(Box<Observed>),
    /// The mind was asked what to do.
    Questioned(Questioned),
    /// A model was asked; it may never answer.
    Asked(Box<Call>),
    /// A model's call has ended: all of it as it is known then.
    CallEnded(Box<Call>),
    /// The mind decided, and nothing has been done yet.
    Decided(Box<Decided>),
    /// The action of a decision, a reflex or an exploration is begun; what comes of it is its step.
    Acting {
        action: ActionCall,
        question: Option<u64>,
    },
    /// An action was carried out or refused.
    Stepped(Box<StepReport>),
    ApprovalNeeded(Box<Approval>),
    ApprovalClosed {
        approval: u64,
        answer: ApprovalAnswer,
    },
    Judged(Box<Judgement>),
    Noticed(Box<Notice>),
    Narrated(Narration),
    Paused {
        why: PauseReason,
    },
    Resumed {
        word: Option<String>,
    },
    /// Something was begun that could outlive the program.
    Opened(Belonging),
    /// It is gone, or is not ours any more.
    Closed(Belonging),
}

/// What was seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    /// Looks are counted from 1.
    pub look: u64,
    pub tick: u64,
    pub scene: Scene,
    pub situation: String,
    /// In words, as the models read it.
    pub text: String,
    /// In figures.
    pub facts: serde_json::Value,
    pub score: Option<f64>,
    /// What the window draws of it.
    pub view: EnvironmentView,
    /// The picture that the models saw, or the window where they saw none, as a PNG or JPEG file. Given back only where it
    /// is asked for by `picture`.
    #[serde(skip)]
    pub picture_png: Option<std::sync::Arc<[u8]>>,
    /// Under what number the journal keeps the picture; equal pictures are one.
    pub picture: Option<u64>,
}

/// The mind was asked about a look. Questions are counted from 1 through the session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questioned {
    pub question: u64,
    pub look: u64,
}

/// What the mind decided on a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    pub question: u64,
    pub look: u64,
    /// Its `step` and `effect` are those of the step that followed, if one did.
    pub decision: DecisionView,
}

/// How a call of a model stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// Under way, or the program ended before it did.
    #[default]
    UnderWay,
    Answered,
    Failed,
    /// Nobody waited for it any more.
    BrokenOff,
}

impl CallState {
    /// For people, in a word or two.
    pub fn word(self) -> &'static str {
        match self {
            Self::UnderWay => "under way",
            Self::Answered => "answered",
            Self::Failed => "failed",
            Self::BrokenOff => "broken off",
        }
    }
}

/// One question to one model, with its times and what it used. Times in milliseconds since the session began.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// From 1, counted through the session.
    pub call: u64,
    /// The question to the mind that it is a part of; `None` for the narrator.
    pub question: Option<u64>,
    /// Such as `expert.1` or `synthesizer`.
    pub role: String,
    pub provider: Provider,
    pub model: String,
    /// As the server names it; empty if it does not.
    pub model_answered: String,
    /// Never with credentials.
    pub endpoint: String,
    pub state: CallState,
    pub asked_at_ms: u64,
    /// When it left, after the provider's limits let it.
    pub left_at_ms: Option<u64>,
    pub first_token_at_ms: Option<u64>,
    pub ended_at_ms: Option<u64>,
    pub tokens_per_second: Option<f64>,
    pub prompt_tokens: Option<u64>,
    pub answer_tokens: Option<u64>,
    /// US dollars, where the price is known.
    pub usd: Option<f64>,
    /// Why it failed, if it did, and by which cause.
    pub failure: Option<String>,
    pub cause: Option<Cause>,
    /// What was said. Left out (`None`) where many calls are read at once.
    pub said: Option<Box<Said>>,
}

/// The words of one call, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub system: String,
    pub prompt: String,
    /// The answer as it came.
    pub answer: String,
    pub reasoning: String,
}

/// Something that could outlive the program: a child process, or a copy of a model that was loaded for the session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Belonging {
    pub kind: BelongingKind,
    /// For people, such as `MCP server files` or `qwen3-8b at http://127.0.0.1:1234`.
    pub name: String,
    /// The process's number, or the server's name for the copy.
    pub handle: String,
    /// For a copy of a model, the endpoint's name in the settings; for a process its mark in the environment.
    pub place: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BelongingKind {
    #[default]
    Child,
    Instance,
}

impl BelongingKind {
    /// For people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Child => "child process",
            Self::Instance => "loaded model",
        }
    }
}
