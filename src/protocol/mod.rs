//! What crosses the line between the window and the worker: plain, serialisable data and the lanes it travels on.
//!
//! Both sides use this module and it uses neither. Nothing here does any work.
//!
//! | file | what |
//! |---|---|
//! | [`command`], [`event`], [`snapshot`] | the three kinds of message |
//! | [`link`] | the four lanes |
//! | [`cause`], [`problem`] | what is wrong and the way out |
//! | [`health`] | what the health check found |
//! | [`action`], [`view`] | what the agent can do and what it sees |
//! | [`certificate`] | the proof that everything ended |

mod action;
mod cause;
mod certificate;
mod command;
mod event;
mod health;
mod link;
mod problem;
mod session;
mod snapshot;
mod view;

pub use action::{ActionCall, ActionSpec, Effect, EffectStatus, Risk};
pub use cause::{Cause, Certainty};
pub use certificate::{Certificate, CertificateItem, OpenAfter, OpenKind, Outcome, Proof};
pub use command::{Command, Depth, Until};
pub use event::Event;
pub use health::{
    Api, Because, Check, Finding, HealthReport, ModelEntry, ModelInstance, ModelKind, Product, RoleReport, Server,
    Speed, Verdict, Wellness,
};
pub use link::{Busy, LogLane, LogLine, Sent, UiLink, WakeSlot, WorkerLink, link};
pub use problem::{Diagnosis, Fix, Problem, Remedy};
pub use session::{Ending, Notice, NoticeKind, SessionReport, SessionStarted, StepReport};
pub use snapshot::{
    Connection, DecisionView, ExpertState, ExpertView, LoopName, LoopState, LoopView, Phase, ProposalView, Snapshot,
    TokenFrom,
};
pub use view::{EnvironmentView, FightView, PlaceKind, PlaceView, RoadView, Scene, WorldView};
