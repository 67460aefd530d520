//! What the worker tells the window: rare, in order, never lost.

use serde::{Deserialize, Serialize};

use super::{Certificate, Finding, HealthReport, Notice, Problem, SessionReport, SessionStarted, StepReport};
use crate::settings::Settings;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The settings in use, at the start and whenever the worker changed them; warnings name what could not be read.
    SettingsLoaded {
        settings: Box<Settings>,
        warnings: Vec<String>,
    },
    /// The settings are on disk.
    SettingsSaved,
    /// A health check began; findings of an older one are void.
    CheckStarted,
    /// One check of the ladder is done.
    Checked(Box<Finding>),
    /// The whole ladder is done.
    CheckFinished(Box<HealthReport>),
    SessionStarted(Box<SessionStarted>),
    Step(Box<StepReport>),
    Notice(Box<Notice>),
    SessionEnded(Box<SessionReport>),
    /// A command could not be carried out.
    Refused(Box<Problem>),
    /// The worker has ended; nothing comes after this.
    ShutDown(Box<Certificate>),
}
