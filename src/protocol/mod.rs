//! What crosses the line between the window and the worker: plain, serialisable data and the lanes it travels on.
//!
//! Both sides use this module and it uses neither. Nothing here does any work.
//!
//! | file | what |
//! |---|---|
//! | `command`, `event`, `snapshot` | the three kinds of message |
//! | `link` | the four lanes |
//! | `cause`, `problem` | what is wrong and the way out |
//! | `health`, `server` | what the health check found; a server and its models |
//! | `action`, `view` | what the agent can do and what it sees |
//! | `minds` | cost, standing of providers, whether several models pay |
//! | `pause`, `lesson`, `judgement` | what a person is asked; what was learnt; what decisions cost |
//! | `session`, `egress` | a session's beginning, steps and report; what left this machine |
//! | `certificate` | the proof that everything ended |
//! | `record`, `sessions`, `replay` | what is kept of a session; past sessions; one that is played again |
//! | `tools`, `desktop` | tool servers and the desktop, as tested and as they go on |
//! | `bundle` | what can be posted in public |
//! | `release` | whether a newer release exists |

mod action;
mod bundle;
mod cause;
mod certificate;
mod command;
mod desktop;
mod egress;
mod event;
mod health;
mod judgement;
mod lesson;
mod link;
mod minds;
mod pause;
mod problem;
mod record;
mod release;
mod replay;
mod server;
mod session;
mod sessions;
mod snapshot;
mod tools;
mod view;

pub use action::{ActionCall, ActionSpec, Effect, EffectStatus, Risk};
pub use bundle::{Bundle, Redaction};
pub use cause::{Cause, Certainty};
pub use certificate::{Certificate, CertificateItem, OpenAfter, OpenKind, Outcome, Proof};
pub use command::{Command, Depth, Until};
pub use desktop::{CalibrationPoint, CalibrationReport, DesktopReport, DesktopView, ScreenSource};
pub use egress::{EgressLine, sent_away};
pub use event::{Event, ModelsListed};
pub use health::{Because, Check, Finding, HealthReport, RoleReport, Speed, Verdict, Wellness};
pub use judgement::{AdviceCost, AdviserRegret, ClockView, Judgement, RegretView};
pub use lesson::{Lesson, LessonsView};
pub use link::{Busy, LogLane, LogLine, Sent, Teller, UiLink, WakeSlot, WorkerLink, link};
pub use minds::{
    AskView, BudgetView, EnsembleView, Moment, Narration, ProviderView, Spending, SpendingLine, StandingView, WorthView,
};
pub use pause::{Approval, ApprovalAnswer, Breaker, PauseReason};
pub use problem::{Diagnosis, Fix, Problem, Remedy};
pub use record::{Belonging, BelongingKind, Call, CallState, Decided, Observed, Questioned, Record, Said, What};
pub use release::NewestRelease;
pub use replay::{Playback, ReplayView};
pub use server::{Api, ModelEntry, ModelInstance, ModelKind, Product, Server};
pub use session::{Ending, Notice, NoticeKind, SessionReport, SessionStarted, StepReport, place};
pub use sessions::{
    ErrorPattern, ExpertFigures, Interrupted, Left, Plot, PlotLine, ReportFormat, SessionFigures, SessionFile,
    SessionLine, SessionState, SessionsList, Why, WorthReading,
};
pub use snapshot::{
    Connection, DecisionView, ExpertState, ExpertView, LoadingView, LoopName, LoopState, LoopView, Phase, ProposalView,
    Snapshot, TokenFrom,
};
pub use tools::{FoundServers, PictureView, ServerReport, ToolCallView, ToolLine, ToolsView};
pub use view::{EnvironmentView, FightView, PlaceKind, PlaceView, RoadView, Scene, WorldView};
