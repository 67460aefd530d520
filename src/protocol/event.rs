//! What the worker tells the window: rare, in order, never lost.

use serde::{Deserialize, Serialize};

use super::{
    Approval, ApprovalAnswer, Bundle, CalibrationReport, Certificate, DesktopReport, Finding, FoundServers,
    HealthReport, Judgement, ModelEntry, NewestRelease, Notice, PauseReason, Problem, Server, ServerReport,
    SessionFile, SessionReport, SessionStarted, SessionsList, StepReport, Why,
};
use crate::settings::{Provider, Settings};

/// The models of one server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelsListed {
    /// The endpoint's name in the settings.
    pub endpoint: String,
    /// Its address.
    pub url: String,
    pub server: Server,
    pub models: Vec<ModelEntry>,
    /// Why the list could not be read, if it could not; then the models are those of the last time.
    pub problem: Option<Problem>,
}

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
    /// A key is in use or was forgotten; the problem says why it is not in the keychain, if it is not.
    KeyChanged {
        provider: Provider,
        problem: Option<Problem>,
    },
    /// A health check began; findings of an older one are void.
    CheckStarted,
    /// One check of the ladder is done.
    Checked(Box<Finding>),
    /// The whole ladder is done.
    CheckFinished(Box<HealthReport>),
    /// What one server has, whenever that is another list than before.
    ModelsListed(Box<ModelsListed>),
    /// Text for the clipboard, which belongs to the window.
    CopyText {
        text: String,
    },
    ServerTested(Box<ServerReport>),
    ServersFound(Vec<FoundServers>),
    DesktopSeen(Box<DesktopReport>),
    Calibrated(Box<CalibrationReport>),
    SessionStarted(Box<SessionStarted>),
    Step(Box<StepReport>),
    Notice(Box<Notice>),
    /// What a step cost, told once that is known.
    Judged(Box<Judgement>),
    /// An action waits for a person.
    ApprovalNeeded(Box<Approval>),
    /// It waits no longer.
    ApprovalClosed {
        approval: u64,
        answer: ApprovalAnswer,
    },
    /// So many lessons of this kind of environment were forgotten.
    LessonsForgotten {
        environment: String,
        lessons: u64,
    },
    /// Nothing new is asked or done until somebody says so.
    Paused {
        why: PauseReason,
    },
    /// It goes on.
    Resumed,
    SessionEnded(Box<SessionReport>),
    /// The report of a session that has ended is on the disk.
    ReportWritten {
        session: String,
        /// Where its page is, for people.
        place: String,
    },
    /// What the journal has; also at the start, and whenever that has changed.
    SessionsListed(Box<SessionsList>),
    SessionOpened(Box<SessionFile>),
    WhyShown(Box<Why>),
    BundleReady(Box<Bundle>),
    /// A report or a bundle is on the disk.
    FileSaved {
        /// Where, for people.
        place: String,
    },
    /// Another copy of the program was started and asks this one to come to the front.
    ComeToFront,
    /// Another copy of the program runs already, so this one only looks at sessions and starts none.
    ReadOnly {
        /// Who it is, in a sentence.
        why: String,
    },
    /// What came of asking whether a newer release exists; nobody asks unless a person switched it on.
    NewestRelease(Box<NewestRelease>),
    /// A command could not be carried out.
    Refused(Box<Problem>),
    /// The worker has ended; nothing comes after this.
    ShutDown(Box<Certificate>),
}
