//! The journal as it is on the disk, and the session that somebody means.

use std::path::Path;

use super::Failure;
use crate::{
    journal::Journal,
    protocol::{Problem, SessionFile, SessionLine, SessionsList},
    settings::Home,
    worker::{instance::living, reports},
};

/// So many names are told where several could be meant.
const TOLD: usize = 8;

/// What is kept.
pub struct Kept {
    pub journal: Journal,
}

impl Kept {
    /// To read from; somebody else may write meanwhile.
    pub fn open() -> Result<Self, Failure> {
        Self::open_if_there()?.ok_or_else(|| {
            let advice = "Begin one with: singularis run --demo";
            Problem::plain("No session has been kept yet", Vec::new(), advice).into()
        })
    }

    /// The same; `None` before the first session.
    pub fn open_if_there() -> Result<Option<Self>, Failure> {
        let home = home()?;
        let path = home.journal_file();
        if !path.try_exists().map_err(Failure::Io)? {
            return Ok(None);
        }
        Ok(Some(Self { journal: Journal::open_read_only(path)? }))
    }

    /// To remove something. What belongs to a program that was killed is marked as interrupted first, for what runs cannot
    /// be removed.
    pub async fn open_for_change() -> Result<Self, Failure> {
        let journal = Journal::open(home()?.journal_file())?;
        journal.mark_interrupted(&who_lives()?).await?;
        Ok(Self { journal })
    }

    /// What is there. A session whose program was killed is shown as interrupted, although nobody has written that down.
    pub async fn list(&self, search: &str) -> Result<SessionsList, Failure> {
        Ok(self.journal.sessions_among(&who_lives()?, search).await?)
    }

    /// The one session of this name, the one whose name begins so, or the latest.
    pub async fn find(&self, wanted: &str) -> Result<SessionLine, Failure> {
        meant(self.list("").await?.lines, wanted).map_err(Failure::from)
    }

    /// Everything that is kept of it.
    pub async fn file(&self, wanted: &str) -> Result<SessionFile, Failure> {
        let line = self.find(wanted).await?;
        let file = self.journal.session(&line.session).await?;
        file.map(|file| SessionFile { line: line.clone(), ..file }).ok_or_else(|| removed(line))
    }

    /// The same with everything that was said.
    pub async fn whole(&self, wanted: &str) -> Result<SessionFile, Failure> {
        let line = self.find(wanted).await?;
        let file = self.journal.session_whole(&line.session).await?;
        file.map(|file| SessionFile { line: line.clone(), ..file }).ok_or_else(|| removed(line))
    }
}

/// The report of a session that was removed goes with it.
pub fn forget_report(session: &str) {
    if let Some(folder) = home().ok().and_then(|home| home.journal_file().parent().map(Path::to_path_buf)) {
        reports::remove_beside(&folder, session);
    }
}

/// The programs that run and keep sessions.
fn who_lives() -> Result<Vec<String>, Failure> {
    let home = home()?;
    home.journal_file().parent().map_or(Ok(Vec::new()), living).map_err(Failure::Io)
}

fn removed(line: SessionLine) -> Failure {
    let advice = "Look at what is there: singularis sessions";
    Problem::plain("The session was removed just now", vec![line.session], advice).into()
}

fn home() -> Result<Home, Failure> {
    Home::find().map_err(|error| {
        let advice = "Set SINGULARIS_HOME to the folder with the journal";
        Problem::plain("It is not known where sessions are kept", vec![error.to_string()], advice).into()
    })
}

/// `lines` are newest first.
fn meant(lines: Vec<SessionLine>, wanted: &str) -> Result<SessionLine, Problem> {
    let count = lines.len();
    // An empty name would begin every other one.
    if wanted.trim().is_empty() {
        return Err(not_found("nothing", count));
    }
    if let Some(exact) = lines.iter().find(|line| line.session == wanted) {
        return Ok(exact.clone());
    }
    let mut possible: Vec<SessionLine> = if wanted == "latest" {
        lines.into_iter().take(1).collect()
    } else {
        lines.into_iter().filter(|line| line.session.starts_with(wanted)).collect()
    };
    match (possible.pop(), possible.len()) {
        (None, _) => Err(not_found(wanted, count)),
        (Some(only), 0) => Ok(only),
        (Some(last), others) => {
            possible.push(last);
            let mut details: Vec<String> = possible.iter().take(TOLD).map(|line| line.session.clone()).collect();
            if others >= TOLD {
                details.push(format!("and {} more", others + 1 - TOLD));
            }
            Err(Problem::plain(format!("Several sessions begin with {wanted}"), details, "Write more of the name"))
        }
    }
}

fn not_found(wanted: &str, count: usize) -> Problem {
    let details = vec![format!("{count} sessions are kept")];
    Problem::plain(format!("No session is called {wanted}"), details, "Look at the names: singularis sessions")
}

/// A step that it has not.
pub fn no_step(line: &SessionLine, step: u64) -> Problem {
    let details = match line.steps {
        0 => format!("{} has no steps", line.session),
        1 => format!("{} has one step", line.session),
        steps => format!("{} has the steps 1 to {steps}", line.session),
    };
    Problem::plain(format!("There is no step {step}"), vec![details], "Choose one of them")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(names: &[&str]) -> Vec<SessionLine> {
        names.iter().map(|name| SessionLine { session: (*name).to_owned(), ..SessionLine::default() }).collect()
    }

    #[test]
    fn a_name_its_beginning_and_latest_are_understood() {
        let kept = || lines(&["s-3b", "s-3a", "s-3", "s-20"]);
        let name = |wanted| meant(kept(), wanted).map(|line| line.session);
        assert_eq!(name("latest").as_deref(), Ok("s-3b"));
        assert_eq!(name("s-2").as_deref(), Ok("s-20"));
        assert_eq!(name("s-3").as_deref(), Ok("s-3"), "a whole name is no beginning");
        let several = name("s-").unwrap_err();
        assert_eq!((several.summary.as_str(), several.details.len()), ("Several sessions begin with s-", 4));
        let unknown = name("s-4").unwrap_err();
        assert_eq!(
            (unknown.summary.as_str(), &*unknown.details[0]),
            ("No session is called s-4", "4 sessions are kept")
        );
        assert!(meant(Vec::new(), "latest").is_err());
    }

    #[test]
    fn of_many_names_only_some_are_told() {
        let names: Vec<String> = (0..20).map(|number| format!("s-{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let details = meant(lines(&names), "s-").unwrap_err().details;
        assert_eq!((details.len(), details[TOLD].as_str()), (TOLD + 1, "and 12 more"));
    }
}
