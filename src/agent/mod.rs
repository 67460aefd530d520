//! The loops. Each is one task with one duty; [`board`] is the one page that shows how they are wired.
//!
//! | loop | duty |
//! |---|---|
//! | [`perception`] | looks, tells the others what it saw, and keeps the world's clock |
//! | [`reasoning`] | asks the mind and orders what it decides |
//! | [`action`] | carries out orders, one at a time, and drops those that the world has overtaken |
//! | [`learning`] | learns what actions are worth, and has decisions judged |
//! | [`reflex`] | survival first, without a model |
//! | [`exploration`] | takes a harmless step when the models think for long |
//! | [`narration`] | says now and then what is going on |
//!
//! Beside them: [`reins`], which a person holds; [`breaker`], which stops an agent that goes round in circles;
//! [`repertoire`], what can be done at all; [`permission`] and [`validation`], which stand before every action; [`shown`] and [`beat`], which the window sees.

pub mod action;
pub mod beat;
pub mod board;
pub mod breaker;
pub mod exploration;
pub mod learning;
pub mod narration;
mod overtaking;
pub mod perception;
pub mod permission;
pub mod reasoning;
pub mod reflex;
pub mod reins;
pub mod repertoire;
pub mod shown;
pub mod validation;

use std::sync::Arc;

use tokio::{
    sync::{Mutex, mpsc, oneshot, watch},
    time::Instant,
};
use tokio_util::sync::CancellationToken;

use crate::{
    environment::{Environment, EnvironmentError, Observation},
    journal::Recorder,
    llm::{Brake, Gate},
    protocol::{
        ActionCall, Approval, ApprovalAnswer, DecisionView, Effect, Ending, Judgement, LoopName, Notice, NoticeKind,
        PauseReason, Problem, SessionStarted, StepReport,
    },
};
pub use beat::{Beat, Beats};
pub use board::{Board, Duties, Script};
pub use learning::Lessons;
pub use reins::Reins;

/// What the loops tell the worker.
#[derive(Clone, Debug, PartialEq)]
pub enum LoopMessage {
    Step(Box<StepReport>),
    Notice(Box<Notice>),
    Judged(Box<Judgement>),
    ApprovalNeeded(Box<Approval>),
    ApprovalClosed {
        approval: u64,
        answer: ApprovalAnswer,
    },
    /// These three are the worker's own, and go the same way: kept first, then told.
    Started(Box<SessionStarted>),
    Paused {
        why: PauseReason,
    },
    Resumed {
        word: Option<String>,
    },
}

/// What every loop is given.
#[derive(Clone)]
pub struct Context {
    /// Cancelled when the session is to end.
    pub stop: CancellationToken,
    /// Shut before that; nothing new begins once it is.
    pub gate: Gate,
    /// On while the session is paused: nothing new is asked or done.
    pub brake: Brake,
    /// Held by a person; the brake is one of them.
    pub reins: Reins,
    pub beats: Beats,
    /// Keeps what happens, before anybody is told of it.
    pub recorder: Recorder,
    pub tell: mpsc::UnboundedSender<LoopMessage>,
}

/// The environment; one thing, used by one loop at a time.
pub type Place = Arc<Mutex<Box<dyn Environment>>>;

/// What was seen, and how many actions had been carried out by then.
#[derive(Clone, Debug)]
pub struct Percept {
    pub observation: Arc<Observation>,
    pub actions_before: u64,
    /// Looks are counted from 1: a later one may show the same and is still newer.
    pub look: u64,
    /// A picture was asked for; the environment may still have none.
    pub has_picture: bool,
    pub seen_at: Instant,
}

/// The newest percept; `None` before the first.
pub type Percepts = watch::Receiver<Option<Percept>>;

/// Something to be done.
#[derive(Debug)]
pub struct Order {
    pub call: ActionCall,
    pub ordered_by: LoopName,
    pub by: String,
    pub because: String,
    /// The percept it was decided on.
    pub percept: Percept,
    /// The chain behind it, if models decided.
    pub decision: Option<Box<DecisionView>>,
    pub answer: oneshot::Sender<Done>,
}

/// What became of an order.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    /// It was carried out; so many actions have been by now.
    Carried { effect: Effect, actions: u64 },
    /// The world had moved on and it was no longer possible.
    Overtaken,
}

/// How a loop ended by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopEnd {
    /// Such as `stopped cleanly at cycle 41`.
    pub note: String,
    /// Set if the session is to end because of it, and why.
    pub ending: Option<Ending>,
}

/// A loop could not go on; its session ends with this.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{problem}")]
pub struct LoopError {
    pub problem: Box<Problem>,
}

/// What a loop's task gives.
pub type LoopResult = Result<LoopEnd, LoopError>;

impl Context {
    /// The end of a loop that was asked to stop.
    pub fn stopped(&self, name: LoopName) -> LoopResult {
        let note = format!("{name} stopped cleanly at cycle {}", self.beats.cycles(name));
        tracing::info!("{note}");
        Ok(LoopEnd { note, ending: None })
    }

    /// Says something that is no step. A worker that is gone hears nothing.
    pub fn notice(&self, kind: NoticeKind, from: LoopName, text: String, problem: Option<Problem>) {
        let notice = Notice { kind, from: from.to_string(), text, problem };
        let _worker_is_gone = self.tell.send(LoopMessage::Notice(Box::new(notice)));
    }
}

impl From<EnvironmentError> for LoopError {
    fn from(error: EnvironmentError) -> Self {
        let words = error.to_string();
        let problem = match error {
            EnvironmentError::Trouble(problem) => problem,
            EnvironmentError::Gone(_) | EnvironmentError::TimedOut(_) => Box::new(Problem::plain(
                "The environment can no longer be used",
                vec![words],
                "Start a new session; if it happens again, choose another environment",
            )),
        };
        Self { problem }
    }
}
