//! `singularis sessions`: what is kept of past sessions. It only reads, except to remove one, and asks no model.
//!
//! | file | what |
//! |---|---|
//! | [`arguments`] | what can be typed |
//! | [`find`] | the journal, and the session that is meant |
//! | [`mod@list`], [`mod@show`], [`mod@why`], [`mod@replay`] | how each looks |

mod arguments;
mod find;
mod list;
mod replay;
mod show;
mod why;

use std::{io, path::Path, process::ExitCode};

use serde_json::json;

pub use arguments::{Errand, Sessions};
pub(super) use list::{aligned, shortened};

use self::find::{Kept, forget_report, no_step};
use super::{terminal::block_on, words};
use crate::{
    journal::{JournalError, report},
    protocol::{Problem, ReportFormat, SessionState},
    worker::dialog,
};

/// What came instead of what was wanted.
#[derive(Debug)]
enum Failure {
    Told(Box<Problem>),
    Io(io::Error),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Told(Box::new(problem))
    }
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        error.problem().into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Io(error.into())
    }
}

pub fn carry_out(sessions: &Sessions) -> io::Result<ExitCode> {
    match block_on(errand(sessions))? {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(Failure::Io(error)) => Err(error),
        Err(Failure::Told(problem)) => {
            if sessions.json {
                words::say(&serde_json::to_string_pretty(&json!({"problem": problem}))?)?;
            } else {
                eprintln!("{}", words::problem(&problem));
            }
            Ok(ExitCode::from(1))
        }
    }
}

async fn errand(sessions: &Sessions) -> Result<(), Failure> {
    let is_json = sessions.json;
    match &sessions.errand {
        None => list(None, is_json).await,
        Some(Errand::List { search }) => list(search.as_deref(), is_json).await,
        Some(Errand::Show { session }) => show(session, is_json).await,
        Some(Errand::Why { session, step }) => why(session, *step, is_json).await,
        Some(Errand::Export { session, format, output }) => export(session, *format, output.as_deref(), is_json).await,
        Some(Errand::Replay { session, speed }) => replay(session, *speed, is_json).await,
        Some(Errand::Remove { session }) => remove(session, is_json).await,
    }
}

async fn list(search: Option<&str>, is_json: bool) -> Result<(), Failure> {
    let search = search.unwrap_or_default();
    // Before the first session there is no journal, which is no error for whoever only asks what there is.
    let list = match Kept::open_if_there()? {
        Some(kept) => kept.list(search).await?,
        None => list::nothing(search),
    };
    let text = if is_json { serde_json::to_string_pretty(&list::object(&list))? } else { list::text(&list) };
    Ok(words::say(&text)?)
}

async fn show(session: &str, is_json: bool) -> Result<(), Failure> {
    let file = Kept::open()?.file(session).await?;
    let text = if is_json { serde_json::to_string_pretty(&show::object(&file)?)? } else { show::text(&file) };
    Ok(words::say(&text)?)
}

async fn why(session: &str, step: u64, is_json: bool) -> Result<(), Failure> {
    let kept = Kept::open()?;
    let line = kept.find(session).await?;
    let why = kept.journal.why(&line.session, step).await?.ok_or_else(|| no_step(&line, step))?;
    let text = if is_json { serde_json::to_string_pretty(&why)? } else { why::text(&why, step) };
    Ok(words::say(&text)?)
}

async fn export(session: &str, format: ReportFormat, output: Option<&Path>, is_json: bool) -> Result<(), Failure> {
    let kept = Kept::open()?;
    let file = if format == ReportFormat::Json { kept.whole(session).await? } else { kept.file(session).await? };
    let text = report::render(&file, format)?;
    let Some(path) = output else { return Ok(words::say(text.trim_end())?) };
    dialog::write(path, &text)?;
    let place = path.display().to_string();
    let said = if is_json { json!({"file": place}).to_string() } else { format!("The report is in {place}") };
    Ok(words::say(&said)?)
}

async fn replay(session: &str, speed: Option<f64>, is_json: bool) -> Result<(), Failure> {
    let file = Kept::open()?.file(session).await?;
    replay::tell(&file, speed, is_json).await;
    Ok(())
}

async fn remove(session: &str, is_json: bool) -> Result<(), Failure> {
    let line = Kept::open()?.find(session).await?;
    if line.state == SessionState::Running {
        let details = vec![line.session.clone()];
        return Err(Problem::plain("This session still runs", details, "Stop it first").into());
    }
    let kept = Kept::open_for_change().await?;
    let is_gone = kept.journal.remove_session(&line.session).await;
    let closed = kept.journal.close().await;
    let is_gone = is_gone?;
    closed?;
    let name = &line.session;
    if is_gone {
        forget_report(name);
    }
    let said = match (is_json, is_gone) {
        (true, _) => json!({"session": name, "removed": is_gone}).to_string(),
        (false, true) => format!("{name} was removed"),
        (false, false) => format!("{name} had been removed already"),
    };
    Ok(words::say(&said)?)
}
