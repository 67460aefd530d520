//! The picture of now, published at most thirty times a second; the newest replaces all older ones.

use serde::{Deserialize, Serialize};

use super::{
    ActionCall, Approval, AskView, ClockView, EgressLine, EnsembleView, EnvironmentView, LessonsView, Narration,
    PauseReason, ProviderView, RegretView, ReplayView, Server, Spending,
};
use crate::settings::CloudMode;

/// What the worker is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Phase {
    #[default]
    Idle,
    /// Checking that everything the session needs is there.
    Starting,
    Running,
    /// Nothing new is asked or done until somebody says so.
    Paused {
        why: PauseReason,
    },
    /// Waiting for these to end.
    Stopping {
        waiting_for: Vec<String>,
    },
    /// The worker has ended.
    Gone,
}

/// The loops of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoopName {
    Perception,
    Reasoning,
    Action,
    Reflex,
    Exploration,
    Learning,
    Narration,
}

impl LoopName {
    pub const ALL: [Self; 7] = [
        Self::Perception,
        Self::Reasoning,
        Self::Action,
        Self::Reflex,
        Self::Exploration,
        Self::Learning,
        Self::Narration,
    ];

    /// The name people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Perception => "perception",
            Self::Reasoning => "reasoning",
            Self::Action => "action",
            Self::Reflex => "reflex",
            Self::Exploration => "auxiliary exploration",
            Self::Learning => "learning",
            Self::Narration => "narration",
        }
    }
}

impl std::fmt::Display for LoopName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.title())
    }
}

/// What one loop is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoopState {
    #[default]
    Waiting,
    Working,
    Ended,
}

/// One loop's heartbeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopView {
    pub name: LoopName,
    pub state: LoopState,
    /// How often it has gone round.
    pub cycles: u64,
    /// What it last did, in a few words.
    pub note: String,
}

/// Where one expert is in its answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpertState {
    #[default]
    Idle,
    /// Waits until the provider's limits let the question leave.
    Queued,
    /// Asked; the first token has not come yet.
    Asked,
    Thinking,
    Answering,
    Done,
    /// Its answer was left off in the middle: a stop came, or the others were enough.
    BrokenOff,
    Failed,
}

impl ExpertState {
    /// True while an answer is awaited.
    pub fn is_busy(self) -> bool {
        matches!(self, Self::Queued | Self::Asked | Self::Thinking | Self::Answering)
    }

    /// For people, in a word or two.
    pub fn word(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Queued => "waiting for its turn",
            Self::Asked => "waiting for the first token",
            Self::Thinking => "thinking",
            Self::Answering => "answering",
            Self::Done => "done",
            Self::BrokenOff => "broken off",
            Self::Failed => "failed",
        }
    }
}

/// One expert's stream.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExpertView {
    /// The role, such as `expert.1` or `synthesizer`.
    pub role: String,
    /// What it looks at, such as `threat`.
    pub title: String,
    pub model: String,
    pub state: ExpertState,
    /// What it says, as far as it has come.
    pub text: String,
    /// What it thinks before it answers, if the model shows it.
    pub reasoning: String,
    pub first_token_ms: Option<u64>,
    pub tokens_per_second: Option<f64>,
    /// The action it proposes, once that is known.
    pub proposal: Option<ActionCall>,
    /// 0 to 1.
    pub confidence: Option<f64>,
    /// Why it failed, if it did.
    pub failure: Option<String>,
    /// The last questions to it, oldest first; the last one may be under way.
    pub asks: Vec<AskView>,
}

/// One expert's proposal inside a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposalView {
    pub title: String,
    pub action: Option<ActionCall>,
    pub thought: String,
    pub confidence: f64,
    /// Whether the decision followed it.
    pub followed: bool,
    /// Whether the decision would have been another one without it.
    #[serde(default)]
    pub decisive: bool,
    /// From the question to the whole answer.
    #[serde(default)]
    pub took_ms: u64,
    /// Prompt and answer together, as the server counts them.
    #[serde(default)]
    pub tokens: Option<u64>,
    /// US dollars, where the price is known.
    #[serde(default)]
    pub usd: Option<f64>,
}

/// The last decision with its chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionView {
    /// The question that it answers, from 1.
    #[serde(default)]
    pub question: u64,
    pub step: u64,
    pub action: ActionCall,
    pub by: String,
    pub because: String,
    pub proposals: Vec<ProposalView>,
    /// What fell short on the way, such as an expert that did not answer.
    pub shortfalls: Vec<String>,
    pub took_ms: u64,
    /// What the environment said to it; `None` while it is being carried out.
    pub effect: Option<String>,
}

/// A model on its way into a server's memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadingView {
    pub endpoint: String,
    pub model: String,
    /// Milliseconds, in half seconds.
    pub elapsed_ms: u64,
    /// How long it took the last time, in milliseconds, if that was in this run.
    pub last_took_ms: Option<u64>,
    /// Why it seems to be stuck, if it does.
    pub stall: Option<String>,
}

/// Who answers, and whether it does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    pub server: Server,
    /// Where, as shown to people; never with credentials.
    pub endpoint: String,
    pub demo: bool,
    /// Milliseconds since the last good answer, in whole seconds; `None` before the first.
    pub last_good_ms: Option<u64>,
    /// Who answers and why, once that has changed: *The cloud answers: Nothing answers at 127.0.0.1:1234*.
    pub answering: Option<String>,
    /// What a look at the servers showed last, if it was not well: in a few words.
    pub trouble: Option<String>,
    /// Requests open now.
    pub requests: usize,
    /// Where the token for LM Studio comes from.
    pub token: TokenFrom,
    /// And the keys of Gemini and Claude.
    pub gemini_key: TokenFrom,
    pub claude_key: TokenFrom,
    /// Why keys are not kept in the keychain, if they are not.
    pub keychain_trouble: Option<String>,
}

/// Where a token comes from. The token itself is never part of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenFrom {
    #[default]
    Nowhere,
    /// Such as `LM_API_TOKEN`; it cannot be changed here.
    Environment,
    /// From the keychain of the operating system.
    Keychain,
    /// Typed in, and forgotten when the program ends.
    ThisRun,
}

/// Everything the window draws that changes often.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub phase: Phase,
    pub checking: bool,
    /// The load that is under way; only one is at a time.
    pub loading: Option<LoadingView>,
    pub connection: Connection,
    pub goal: String,
    pub step: u64,
    pub score: Option<f64>,
    pub elapsed_ms: u64,
    pub loops: Vec<LoopView>,
    pub experts: Vec<ExpertView>,
    pub decision: Option<DecisionView>,
    pub environment: EnvironmentView,
    /// Bytes sent to other machines since the program started.
    pub sent_off_machine_bytes: u64,
    /// What went where in the session.
    pub egress: Vec<EgressLine>,
    /// Where the session's models may run.
    pub cloud: CloudMode,
    pub providers: Vec<ProviderView>,
    pub spending: Spending,
    pub ensemble: EnsembleView,
    pub narration: Option<Narration>,
    /// The action that waits for a person, if one does.
    pub approval: Option<Approval>,
    pub regret: RegretView,
    pub lessons: LessonsView,
    pub clock: ClockView,
    /// The picture is one of a past session.
    pub replay: Option<Box<ReplayView>>,
    /// Why the session is not being recorded, if it is not.
    pub not_recorded: Option<String>,
}
