//! What the supervisor needs done. The real one is [`Backstage`](super::backstage::Backstage); tests bring their own.

use std::{path::PathBuf, time::Duration};

use tokio::{sync::mpsc, time::Instant};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{
    archive::{Brought, Errand},
    hooks::StopAsked,
    watching::Sighting,
};
use crate::{
    agent::{LoopMessage, Reins, Script},
    journal::Recorder,
    llm::{BoxFuture, Gate, Purse},
    protocol::{
        CertificateItem, ClockView, Depth, EgressLine, EnsembleView, Finding, Fix, HealthReport, ModelsListed,
        NewestRelease, Problem, RegretView, RoleReport, SessionStarted, Snapshot, Spending, Until,
    },
    settings::{Provider, Secret, Settings},
    worker::notifying::Tiding,
};

/// The work behind the supervisor. Every future may be dropped at any time.
pub trait Stagehand: Send + Sync + 'static {
    /// Checks that everything a session needs is there and makes it ready. Nothing runs yet.
    fn prepare(
        &self,
        settings: Settings,
        until: Until,
        gate: Gate,
        stop: CancellationToken,
    ) -> BoxFuture<'static, Result<Prepared, Problem>>;

    /// Runs the ladder of checks; each finding is sent as it is made.
    fn check(
        &self,
        settings: Settings,
        depth: Depth,
        findings: mpsc::UnboundedSender<Finding>,
    ) -> BoxFuture<'static, HealthReport>;

    /// Mends something outside the settings, such as starting a server.
    fn fix(&self, settings: Settings, fix: Fix) -> BoxFuture<'static, Result<(), Problem>>;

    /// Loads a model, with this context if one is given. Dropping the future gives it up.
    fn load(
        &self,
        settings: Settings,
        endpoint: String,
        model: String,
        context_length: Option<u32>,
    ) -> BoxFuture<'static, Result<(), Problem>>;

    /// Asks every server for its models.
    fn refresh(&self, settings: Settings) -> BoxFuture<'static, Vec<ModelsListed>>;

    /// Looks at the servers until it is dropped, more often while a session runs.
    fn watch(
        &self,
        settings: Settings,
        roles: Vec<RoleReport>,
        in_session: bool,
        sightings: mpsc::UnboundedSender<Sighting>,
    ) -> BoxFuture<'static, ()>;

    /// Takes over what a check found, so that the next look is compared with it; gives the lists.
    fn take_report(&self, report: &HealthReport) -> Vec<ModelsListed>;

    /// Uses this token or key from now on, and keeps it in the keychain; `None` forgets it. Gives why it is not kept there.
    fn change_key(&self, provider: Provider, key: Option<Secret>) -> BoxFuture<'static, Option<Problem>>;

    /// Reads the keys that the keychain holds.
    fn read_keys(&self) -> BoxFuture<'static, ()>;

    /// Forgets what was learnt in this kind of environment. Gives how many lessons that were.
    fn forget_lessons(&self, environment: String) -> BoxFuture<'static, Result<u64, Problem>>;

    /// Something about past sessions, or about the program itself, that has nothing to do with the session that runs.
    fn errand(&self, errand: Errand) -> BoxFuture<'static, Result<Brought, Problem>>;

    /// Writes the report of a session that has ended, if it takes no longer than this; gives where it is, `None` where
    /// nothing is kept.
    fn write_report(&self, _session: String, _limit: Duration) -> BoxFuture<'static, Result<Option<PathBuf>, Problem>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    /// Asks at this address whether a newer release exists. Whoever reaches no network never knows.
    fn newest_release(&self, _settings: Settings, _address: Url) -> BoxFuture<'static, NewestRelease> {
        Box::pin(std::future::pending())
    }

    /// Why no session may be started here, if that is so.
    fn read_only(&self) -> Option<String> {
        None
    }

    /// Has the operating system tell this to a person who does not look at the window. Never waits.
    fn notify(&self, _tiding: Tiding) {}

    /// Adds what is known about connections to the picture.
    fn picture(&self, snapshot: &mut Snapshot);

    /// From now on remembers how the requests that are open now end.
    fn begin_stop(&self);

    /// Closes what outlives sessions, at the end of the program.
    fn close(&self) -> BoxFuture<'static, Vec<CertificateItem>>;
}

/// A session that is ready to run.
pub struct Prepared {
    pub started: SessionStarted,
    /// What the check before the session found, where there was one.
    pub report: Option<Box<HealthReport>>,
    pub script: Script,
    pub messages: mpsc::UnboundedReceiver<LoopMessage>,
    /// Adds what is going on to the picture.
    pub picture: Box<dyn Fn(&mut Snapshot) + Send>,
    pub paused: Paused,
    pub close: Close,
    pub recorder: Recorder,
    /// Counts what is open now.
    pub open_now: Box<dyn Fn() -> Closed + Send>,
}

/// What pauses a session, lets it go on, and tells whether the environment has asked for its end.
#[derive(Clone)]
pub struct Paused {
    pub reins: Reins,
    pub purse: Purse,
    pub stop_asked: StopAsked,
}

/// Releases and closes everything a session held, and looks again, all before the given moment.
pub type Close = Box<dyn FnOnce(Instant) -> BoxFuture<'static, Closed> + Send>;

/// What closing a session came to.
#[derive(Clone, Debug, Default)]
pub struct Closed {
    pub items: Vec<CertificateItem>,
    pub requests: usize,
    pub sockets: Option<usize>,
    pub children: usize,
    pub keys: usize,
    /// What went where in the session.
    pub egress: Vec<EgressLine>,
    pub spending: Spending,
    pub ensemble: EnsembleView,
    pub regret: RegretView,
    pub clock: ClockView,
}
