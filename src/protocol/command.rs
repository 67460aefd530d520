//! What the window (or the terminal) asks of the worker.

use serde::{Deserialize, Serialize};

use super::{Fix, Playback, ReportFormat};
use crate::settings::{Provider, Secret, ServerSettings, Settings};

/// An order. Each one's doc names the event that answers it; a refused one is answered by `Refused`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Uses these settings from now on and writes them. Answer: `SettingsSaved`.
    SaveSettings { settings: Box<Settings> },
    /// Uses this token (LM Studio) or key (Gemini, Claude) from now on and keeps it in the keychain, where there is one.
    /// Answer: `KeyChanged`, then a new check.
    StoreKey { provider: Provider, key: Secret },
    /// Takes it out of use and out of the keychain. Answer: `KeyChanged`, then a new check.
    ForgetKey { provider: Provider },
    /// Runs the ladder of checks; a check that is running is replaced. Answer: `Checked` for each, then `CheckFinished`.
    CheckHealth { depth: Depth },
    /// Mends something. Answer: whatever the mending changes, then a new check; `CopyText` for a copy.
    Fix { fix: Fix },
    /// Gives up the load that is under way. Answer: a new picture, and `Refused` with what the server may go on doing.
    CancelLoad,
    /// Asks every server for its models again. Answer: `ModelsListed` for each whose list has changed.
    RefreshModels,
    /// Starts a session with the present settings. Answer: `SessionStarted`.
    Start { until: Until },
    /// Nothing new is asked or done from now on; what is under way ends. Answer: a new picture.
    Pause,
    /// Goes on; a limit that was reached is granted once more. Answer: `Resumed`.
    Resume {
        /// What the models are told for the way on, if anything.
        word: Option<String>,
    },
    /// Lets one decision through and pauses again once it is carried out. Answer: `Resumed`, then `Paused`.
    Step,
    /// The action that waits may be done. Answer: `ApprovalClosed`.
    Approve {
        approval: u64,
        /// And actions of its name are not asked about again in this session.
        for_session: bool,
        /// Nor in any later one with the same tool server.
        for_ever: bool,
    },
    /// The action that waits must not be done; the models are told the word. Answer: `ApprovalClosed`.
    Reject { approval: u64, word: String },
    /// Forgets what was learnt in this kind of environment. Answer: `LessonsForgotten`.
    ForgetLessons { environment: String },
    /// Looks what the journal has; an empty search finds everything. Answer: `SessionsListed`.
    ListSessions { search: String },
    /// Reads one session. Answer: `SessionOpened`.
    OpenSession { session: String },
    /// Reads everything about one step. Answer: `WhyShown`.
    ShowWhy { session: String, step: u64 },
    /// Asks where to, and writes its report there. Answer: `FileSaved`, or nothing where nobody chose a place.
    ExportSession { session: String, format: ReportFormat },
    /// Has the narrator's model tell a session in words. Answer: `SessionOpened` with its summary.
    Summarise { session: String },
    /// Removes a session for good. Answer: `SessionsListed`.
    RemoveSession { session: String },
    /// Ends what an interrupted session left behind. Answer: `SessionsListed`.
    CleanUp { session: String },
    /// An interrupted session needs no attention any more. Answer: `SessionsListed`.
    Acknowledge { session: String },
    /// Plays a session on the Run screen, without asking any model. Answer: new pictures.
    Replay { session: String },
    /// Controls the replay. Answer: a new picture.
    Playback { playback: Playback },
    /// Puts together what can be posted in public. Answer: `BundleReady`.
    PrepareBundle,
    /// Asks where to, and saves the bundle that was prepared last. Answer: `FileSaved`, or nothing where nobody chose.
    SaveBundle,
    /// Starts a tool server as it is described here, lists its tools and ends it again. Answer: `ServerTested`.
    TestServer { server: Box<ServerSettings> },
    /// Looks which tool servers other programs on this machine know; their files are only read. Answer: `ServersFound`.
    FindServers,
    /// Looks what can be seen of the desktop. Answer: `DesktopSeen`.
    LookAtDesktop,
    /// Shows targets, clicks them and reads the clicks back. Answer: `Calibrated`.
    Calibrate,
    /// Whether the window is in front. Only a window says so; until then it counts as in front. It is answered by nothing.
    InFront { is_in_front: bool },
    /// Ends the session; without one it does nothing. Answer: `SessionEnded` with its certificate.
    Stop,
    /// Stops everything and ends the worker. Answer: `ShutDown`.
    Shutdown,
}

/// When a session ends by itself. Both empty: when its episode is over or somebody presses Stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Until {
    /// So many decisions have been carried out.
    pub cycles: Option<u64>,
    /// So much time has passed, in milliseconds.
    pub duration_ms: Option<u64>,
}

/// How far the health check goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    /// Asks only what costs the server nothing.
    Quick,
    /// Also lets every model answer one short question, and measures how many it answers at once; all of it within ten
    /// seconds, whatever the servers do.
    Full,
    /// The same, waiting for answers as long as the settings allow.
    Patient,
    /// Also has every model prove each ability that it is said to have.
    Deep,
}
