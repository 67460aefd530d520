//! What is kept of past sessions, as it crosses the line: the list, one session with its figures, and why it did what it did.

use serde::{Deserialize, Serialize};

use super::{
    Approval, ApprovalAnswer, Belonging, Call, Cause, Decided, Ending, Judgement, Moment, Observed, Record,
    SessionReport, SessionStarted, StepReport,
};

/// How a kept session stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// It runs now, in this program or another one.
    #[default]
    Running,
    Ended,
    /// The program ended before the session did.
    Interrupted,
}

/// One line of the list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SessionLine {
    pub session: String,
    pub state: SessionState,
    pub started_at: Moment,
    /// When something was last written of it.
    pub last_at: Moment,
    pub environment: String,
    pub goal: String,
    pub seed: u64,
    pub strategy: crate::settings::Strategy,
    pub demo: bool,
    /// `None` while it runs, and for one that was interrupted.
    pub outcome: Option<Ending>,
    pub steps: u64,
    pub score: Option<f64>,
    /// Whether its certificate was clean; `None` where there is none.
    pub clean: Option<bool>,
}

/// What the journal has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SessionsList {
    /// What was searched for; empty for everything.
    pub search: String,
    /// Newest first.
    pub lines: Vec<SessionLine>,
    /// How many there are in all, found or not.
    pub total: u64,
    /// What the journal takes on the disk.
    pub bytes: u64,
    /// Those that were cut off and that nobody has looked after yet, newest first.
    pub interrupted: Vec<Interrupted>,
}

/// A session that the program's end cut off.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Interrupted {
    pub line: SessionLine,
    /// What was under way, one sentence each: a model's call, an action whose effect is not known, a question to a person.
    pub in_flight: Vec<String>,
    /// What may still be there.
    pub left: Vec<Left>,
}

/// Something that an interrupted session may have left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    pub belonging: Belonging,
    /// Whether it is still there; `None` where that cannot be told yet.
    pub is_there: Option<bool>,
}

/// One session as it was kept. What was said to models is left out and asked for one question at a time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SessionFile {
    pub line: SessionLine,
    /// `None` only for a file that was damaged.
    pub started: Option<SessionStarted>,
    /// The settings it ran with, as they stand in a settings file.
    pub settings: String,
    /// In the order in which it happened.
    pub records: Vec<Record>,
    /// `None` for one that was interrupted.
    pub report: Option<SessionReport>,
    /// What the narrator's model made of it, if it was asked.
    pub summary: Option<String>,
    pub figures: SessionFigures,
}

/// What can be counted and drawn of a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SessionFigures {
    pub plots: Vec<Plot>,
    pub experts: Vec<ExpertFigures>,
    /// Most frequent first.
    pub errors: Vec<ErrorPattern>,
    /// Questions whose decisions are worth reading, in order, each with the reason.
    pub worth_reading: Vec<WorthReading>,
}

/// One course over time. A [`Plot::events`] plot has one point for each event, and its value counts them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plot {
    /// Such as `Score` or `Time to first token`.
    pub title: String,
    /// Such as `points`, `s`, `tokens/s`.
    pub unit: String,
    /// Several courses in one picture, such as one for each expert.
    pub lines: Vec<PlotLine>,
    /// The points are single events and no course: nothing is to be read between them.
    pub events: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlotLine {
    pub name: String,
    /// Milliseconds since the session began, and the value; in order of time.
    pub points: Vec<(u64, f64)>,
}

/// What one part did in the whole session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExpertFigures {
    pub role: String,
    pub title: String,
    pub model: String,
    pub asked: u64,
    pub answered: u64,
    pub failed: u64,
    pub broken_off: u64,
    /// Median over the answered ones.
    pub median_first_token_ms: Option<u64>,
    pub median_total_ms: Option<u64>,
    pub median_tokens_per_second: Option<f64>,
    pub prompt_tokens: u64,
    pub answer_tokens: u64,
    /// How often the decision followed it.
    pub followed: u64,
}

/// One kind of error in a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ErrorPattern {
    /// The diagnosed cause, where there is one.
    pub cause: Option<Cause>,
    /// The words of the first one.
    pub words: String,
    /// Where it was seen: roles, loops.
    pub seen_by: Vec<String>,
    pub count: u64,
    /// Milliseconds since the session began.
    pub first_at_ms: u64,
    pub last_at_ms: u64,
}

/// A decision that is worth reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorthReading {
    pub question: u64,
    /// Why, such as *the dearest decision: 3.1 points* or *the experts did not agree*.
    pub why: String,
}

/// Everything about one action, from what was seen to what came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Why {
    pub session: String,
    /// `None` for a step that no question preceded: a reflex, an exploration.
    pub question: Option<u64>,
    pub observed: Option<Observed>,
    /// With what was said, in the order in which they were asked.
    pub calls: Vec<Call>,
    pub decided: Option<Decided>,
    pub approval: Option<(Approval, Option<ApprovalAnswer>)>,
    pub step: Option<StepReport>,
    pub judged: Option<Judgement>,
}

/// The form of an exported session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    Markdown,
    Json,
    /// One page that needs nothing else.
    #[default]
    Html,
}

impl ReportFormat {
    pub const ALL: [Self; 3] = [Self::Html, Self::Markdown, Self::Json];

    /// How a file of it ends, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Html => "html",
        }
    }

    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Json => "JSON",
            Self::Html => "Web page",
        }
    }
}
