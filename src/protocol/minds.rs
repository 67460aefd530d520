//! What the models cost, how their providers stand, and whether asking several of them pays.

use serde::{Deserialize, Serialize};

use crate::settings::Provider;

/// A moment of the clock on the wall: milliseconds since the beginning of 1970, in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub u64);

impl Moment {
    /// `14:32` where this machine is; the seconds too when it is less than two minutes away from `now`.
    pub fn clock(self, now: Self) -> String {
        let is_near = self.0.abs_diff(now.0) < 120_000;
        let Some(utc) = i64::try_from(self.0).ok().and_then(chrono::DateTime::from_timestamp_millis) else {
            return "later".to_owned();
        };
        let local = utc.with_timezone(&chrono::Local);
        local.format(if is_near { "%H:%M:%S" } else { "%H:%M" }).to_string()
    }

    /// By this machine's clock.
    pub fn now() -> Self {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Self(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }

    /// So much later.
    pub fn after(self, wait: std::time::Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)))
    }
}

/// One question to one model, in time. Everything in milliseconds since the session began.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AskView {
    pub provider: Provider,
    pub queued_at_ms: u64,
    /// When it really left, after the provider's limits let it; `None` while it waits for that.
    pub sent_at_ms: Option<u64>,
    pub first_token_at_ms: Option<u64>,
    pub ended_at_ms: Option<u64>,
    /// As far as they are known: pieces while it comes, the server's count at the end.
    pub answer_tokens: u64,
    /// It ended with an answer.
    pub is_answered: bool,
}

/// Whether a provider is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum StandingView {
    #[default]
    Ready,
    /// It is left alone until then, and asked again by itself.
    Paused { until: Moment, why: String },
    /// Nobody of it can be asked in this session.
    Absent { why: String },
}

/// One provider in a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderView {
    pub provider: Provider,
    #[serde(flatten)]
    pub standing: StandingView,
    /// The model that most parts ask; empty where every part has its own.
    pub model: String,
    /// Questions under way, and how many may be at the same time; 0 for as many as there are.
    pub under_way: u64,
    pub at_once: u64,
    /// Questions that wait for a place.
    pub waiting: u64,
    /// In the last sixty seconds, and the most that are allowed; 0 for no limit of ours.
    pub requests_in_minute: u64,
    pub requests_per_minute: u64,
    pub tokens_in_minute: u64,
    pub tokens_per_minute: u64,
}

/// What a session has used up so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spending {
    pub calls: u64,
    pub prompt_tokens: u64,
    pub answer_tokens: u64,
    /// Of the calls whose price is known. US dollars.
    pub usd: f64,
    /// Calls whose price is not known: more was spent than `usd` says.
    pub unpriced_calls: u64,
    /// Calls whose tokens the server did not count.
    pub uncounted_calls: u64,
    pub budget: BudgetView,
    /// The date of the prices.
    pub prices_as_of: String,
    pub lines: Vec<SpendingLine>,
}

/// The most that a session may use up; `None` for no such limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BudgetView {
    pub calls: Option<u64>,
    pub tokens: Option<u64>,
    pub usd: Option<f64>,
}

/// What one model has used up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SpendingLine {
    pub provider: Provider,
    pub model: String,
    pub calls: u64,
    pub prompt_tokens: u64,
    pub answer_tokens: u64,
    /// `None` where no price is known.
    pub usd: Option<f64>,
}

/// Whether asking several models pays, over the decisions of a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EnsembleView {
    /// Decisions that several proposals were made for.
    pub decisions: u64,
    /// The mean share of proposals that named the action most of them named, 0 to 1.
    pub agreement: Option<f64>,
    /// Decisions in which whoever decides took what nobody had proposed.
    pub own_ways: u64,
    pub experts: Vec<WorthView>,
    /// In plain words: *this expert changed nothing in 40 decisions*.
    pub advice: Vec<String>,
}

/// What one expert has been worth.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WorthView {
    pub role: String,
    pub title: String,
    pub model: String,
    pub asked: u64,
    pub answered: u64,
    /// Its proposal was what was done.
    pub followed: u64,
    /// Without it the decision would have been another one: only it had proposed what was done, or the vote would have
    /// gone elsewhere.
    pub decisive: u64,
    /// Over the answered ones.
    pub mean_ms: u64,
    /// Prompt and answer together.
    pub tokens: u64,
    /// `None` where no price is known.
    pub usd: Option<f64>,
}

/// What the narrator said last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narration {
    /// One sentence about the state.
    pub text: String,
    /// The model that said it.
    pub by: String,
    /// The step that it speaks of.
    pub step: u64,
    /// How often it was not asked because others were busy.
    pub dropped: u64,
}
