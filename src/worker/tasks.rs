//! The supervisor's own short-lived tasks: at most one of each kind, and what each brings back.

use std::{path::PathBuf, time::Duration};

use crate::{
    agent::LoopMessage,
    llm::open::millis,
    protocol::{CertificateItem, HealthReport, ModelsListed, NewestRelease, OpenKind, Outcome, Problem, SessionReport},
    settings::Provider,
};

use super::{
    archive::{Brought, ErrandName},
    stagehand::{Closed, Prepared},
};

/// A kind of task; a new one replaces the old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskName {
    Save,
    /// Reading the keychain.
    Keys,
    /// Keeping or forgetting one key.
    Key(Provider),
    Check,
    Fix,
    Load,
    Refresh,
    Watch,
    /// Forgetting what was learnt.
    Forget,
    Prepare,
    Close,
    /// Keeping the end of a session.
    Keep,
    /// Writing the report of a session that has ended. Counted, so that a quick next one does not replace it.
    Report(u64),
    /// Asking whether a newer release exists.
    Release,
    /// Something about past sessions, or about the program itself.
    Errand(ErrandName),
    Last,
}

impl TaskName {
    /// Whether the program waits for it before it ends.
    pub fn has_to_end(self) -> bool {
        let keeps_secrets = matches!(self, Self::Errand(ErrandName::Secrets(_)));
        keeps_secrets || matches!(self, Self::Save | Self::Close | Self::Keep | Self::Report(_) | Self::Last)
    }
}

/// What they bring back.
pub enum TaskDone {
    Saved(std::io::Result<()>),
    KeysRead,
    KeyChanged(Provider, Option<Problem>),
    Checked(Box<HealthReport>),
    Fixed(Result<(), Problem>),
    Refreshed(Vec<ModelsListed>),
    /// The kind of environment, and how many lessons were forgotten.
    Forgotten(String, Result<u64, Problem>),
    /// Nobody listens to the watch any more.
    Watched,
    Prepared(Box<Result<Prepared, Problem>>),
    /// What closing came to; `None` where it took too long.
    Closed(Option<Box<Closed>>),
    /// What has still to be told, and the report as it was kept.
    Kept(Vec<LoopMessage>, Box<SessionReport>),
    /// The session, and where its report is, if it has one.
    Reported(String, Result<Option<PathBuf>, Problem>),
    ReleaseAsked(Box<NewestRelease>),
    /// What came of an errand: something to tell, if there is anything.
    RunErrand(Result<Brought, Problem>),
    Last(Vec<CertificateItem>),
}

/// The disk is full, or the folder cannot be written.
pub fn cannot_save(error: &std::io::Error) -> Problem {
    let advice = "The settings are used as they are; free some space or make the folder writable, then save again";
    Problem::plain("The settings could not be saved", vec![error.to_string()], advice)
}

/// Closing took longer than this or broke down; what it would have told is not known.
pub fn lost(what: &str, limit: Duration) -> CertificateItem {
    CertificateItem {
        kind: OpenKind::Client,
        name: format!("what the {what} held"),
        outcome: Outcome::Failed,
        took_ms: millis(limit),
        note: "closing it took too long or broke down".to_owned(),
    }
}
