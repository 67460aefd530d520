//! Errands: whatever is asked about past sessions, tool servers, the desktop or the program itself, beside the session
//! that runs.

use std::path::PathBuf;

use tokio::task::spawn_blocking;

use super::{
    backstage::Backstage,
    bundle::{self, Facts},
    dialog, log, reports,
    server_secrets::SecretsChange,
    servers::SecretsKept,
};
use crate::{
    journal::{Journal, report},
    process::left,
    protocol::{
        BelongingKind, Bundle, Event, HealthReport, Left, PictureView, Problem, ReportFormat, SessionFile, SessionsList,
    },
    settings::{DesktopSettings, ServerSettings, Settings},
};

/// So many steps are replayed with every word of the models: some ten megabytes.
const PLAYED_WHOLE: u64 = 300;

/// So many lines of the log go into a bundle.
const LOG_LINES: usize = 300;

/// What is to be done.
#[derive(Clone, Debug)]
pub enum Errand {
    /// Opens the journal, lets go of what is too old, and lists.
    Begin {
        settings: Box<Settings>,
        search: String,
    },
    List {
        search: String,
    },
    Open {
        session: String,
    },
    Why {
        session: String,
        step: u64,
    },
    Replay {
        session: String,
    },
    /// A picture of the session that is played, by its number in the journal.
    Picture {
        number: u64,
    },
    Export {
        session: String,
        format: ReportFormat,
    },
    Summarise {
        settings: Box<Settings>,
        session: String,
    },
    /// These three change the list, which is given again. None replaces another one.
    Remove {
        session: String,
        search: String,
    },
    Acknowledge {
        session: String,
        search: String,
    },
    CleanUp {
        settings: Box<Settings>,
        session: String,
        search: String,
    },
    PrepareBundle {
        settings: Box<Settings>,
        report: Option<Box<HealthReport>>,
        problems: Vec<Problem>,
    },
    SaveBundle {
        bundle: Box<Bundle>,
    },
    /// None of these replaces another one: each is carried out.
    TestServer {
        server: Box<ServerSettings>,
    },
    KeepSecrets {
        change: Box<SecretsChange>,
    },
    FindServers,
    LookAtDesktop,
    Calibrate {
        settings: Box<DesktopSettings>,
    },
}

/// A kind of errand; a new one of the same kind replaces the old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrandName {
    Begin,
    List,
    Open,
    Why,
    Export,
    Summarise,
    /// Counted, so that each is carried out.
    Change(u64),
    CleanUp(u64),
    Bundle,
    Test(u64),
    Secrets(u64),
    Find,
    Look,
    Calibrate,
    Picture,
}

/// What an errand brings back.
#[derive(Debug)]
pub enum Brought {
    Event(Event),
    /// A session that is to be played.
    Replay(Box<SessionFile>),
    /// `None` where it cannot be had.
    Picture(u64, Option<PictureView>),
    Bundle(Box<Bundle>),
    /// What the settings say of these secrets may have to be changed.
    SecretsKept(Box<SecretsKept>),
    Nothing,
}

impl ErrandName {
    /// What such an errand does, in a sentence, where a session would be in its way.
    pub fn in_the_way(self) -> Option<&'static str> {
        match self {
            Self::Summarise | Self::CleanUp(_) => Some("A past session is being summed up or cleaned up"),
            Self::Test(_) => Some("A tool server is being tested"),
            Self::Calibrate => Some("The desktop is being calibrated"),
            _ => None,
        }
    }
}

impl Errand {
    /// `number` tells those apart that must not replace one another.
    pub fn name(&self, number: u64) -> ErrandName {
        match self {
            Self::Begin { .. } => ErrandName::Begin,
            Self::List { .. } => ErrandName::List,
            Self::Open { .. } | Self::Replay { .. } => ErrandName::Open,
            Self::Why { .. } => ErrandName::Why,
            Self::Export { .. } | Self::SaveBundle { .. } => ErrandName::Export,
            Self::Summarise { .. } => ErrandName::Summarise,
            Self::Remove { .. } | Self::Acknowledge { .. } => ErrandName::Change(number),
            Self::CleanUp { .. } => ErrandName::CleanUp(number),
            Self::PrepareBundle { .. } => ErrandName::Bundle,
            Self::TestServer { .. } => ErrandName::Test(number),
            Self::KeepSecrets { .. } => ErrandName::Secrets(number),
            Self::FindServers => ErrandName::Find,
            Self::LookAtDesktop => ErrandName::Look,
            Self::Calibrate { .. } => ErrandName::Calibrate,
            Self::Picture { .. } => ErrandName::Picture,
        }
    }
}

impl Backstage {
    /// Runs one errand to its end.
    pub(super) async fn run_errand(&self, errand: Errand) -> Result<Brought, Problem> {
        match errand {
            Errand::Begin { settings, search } => self.begin(&settings, &search).await,
            Errand::List { search } => self.list(&search).await,
            Errand::Open { session } => {
                let file = self.file(&session).await?;
                Ok(Brought::Event(Event::SessionOpened(file)))
            }
            Errand::Why { session, step } => self.why(&session, step).await,
            Errand::Replay { session } => self.to_be_played(&session).await.map(Brought::Replay),
            Errand::Picture { number } => Ok(self.bring_picture(number).await),
            Errand::Export { session, format } => self.export(&session, format).await,
            Errand::Summarise { settings, session } => {
                let file = self.file(&session).await?;
                let words = self.told_in_words(&settings, &file).await?;
                self.past().await?.keep_summary(&file.line.session, &words).await.map_err(|error| error.problem())?;
                let file = Box::new(SessionFile { summary: Some(words), ..*file });
                Ok(Brought::Event(Event::SessionOpened(file)))
            }
            Errand::Remove { session, search } => {
                self.remove(session).await?;
                self.list(&search).await
            }
            Errand::Acknowledge { session, search } => {
                self.past().await?.acknowledge(&session).await.map_err(|error| error.problem())?;
                self.list(&search).await
            }
            Errand::CleanUp { settings, session, search } => {
                self.clean_up(&settings, &session).await?;
                self.list(&search).await
            }
            Errand::PrepareBundle { settings, report, problems } => {
                let bundle = Box::new(self.bundle(*settings, report, problems).await);
                Ok(Brought::Bundle(bundle))
            }
            Errand::SaveBundle { bundle } => {
                self.save(&bundle.file_name, "md", "Save the diagnostics", bundle.text).await
            }
            Errand::TestServer { server } => Ok(self.test_server(&server).await),
            Errand::KeepSecrets { change } => Ok(self.keep_secrets(*change).await),
            Errand::FindServers => self.find_servers().await,
            Errand::LookAtDesktop => Ok(self.look_at_desktop().await),
            Errand::Calibrate { settings } => Ok(self.calibrate(&settings).await),
        }
    }

    pub(super) async fn past(&self) -> Result<Journal, Problem> {
        self.memory.journal().await.map_err(|error| error.problem())
    }

    /// Only the first copy of the program changes anything: a second one that only looks has nothing to look after.
    async fn begin(&self, settings: &Settings, search: &str) -> Result<Brought, Problem> {
        let journal = self.past().await?;
        if self.outside.read_only.is_none() {
            // A disk that is full takes nothing away from what can be read.
            if let Err(problem) = self.let_go(&journal, settings).await {
                tracing::warn!("sessions that are too old could not be removed: {problem}");
            }
        }
        self.list(search).await
    }

    /// Removes what is older or larger than is kept, with its reports.
    async fn let_go(&self, journal: &Journal, settings: &Settings) -> Result<(), Problem> {
        let before = names(journal).await?;
        let retained = journal.retain(settings.journal.keep_days, settings.journal.keep_mb).await;
        // Some may be gone even where not all could be removed.
        let after = names(journal).await?;
        let gone: Vec<String> = before.into_iter().filter(|name| !after.contains(name)).collect();
        if !gone.is_empty() {
            tracing::info!("older or larger than is kept, so removed: {}", gone.join(", "));
            reports::remove(&self.memory, gone).await;
        }
        retained.map(drop).map_err(|error| error.problem())
    }

    /// A session whose program was killed is marked first: one that runs cannot be removed.
    async fn remove(&self, session: String) -> Result<(), Problem> {
        let journal = self.past().await?;
        self.memory.mark_interrupted(&journal).await.map_err(|error| error.problem())?;
        let memory = self.memory.clone();
        // In a task of its own, so that nothing can part the session from its report.
        let removing = tokio::spawn(async move {
            let is_removed = journal.remove_session(&session).await.map_err(|error| error.problem())?;
            if !is_removed {
                let advice = "If it still runs, stop it first; else look at the list again";
                return Err(Problem::plain("The session could not be removed", vec![session], advice));
            }
            reports::remove(&memory, vec![session]).await;
            Ok(())
        });
        removing.await.unwrap_or_else(|error| Err(cannot_render(&error.to_string())))
    }

    async fn list(&self, search: &str) -> Result<Brought, Problem> {
        let living = self.memory.look_who_lives().await.map_err(|error| {
            let advice = "Look whether the folder of the journal can be read, then try again";
            Problem::plain("It cannot be told which programs run", vec![error.to_string()], advice)
        })?;
        let list = self.past().await?.sessions_among(&living, search).await.map_err(|error| error.problem())?;
        let list = spawn_blocking(move || looked_at(list)).await.unwrap_or_default();
        Ok(Brought::Event(Event::SessionsListed(Box::new(list))))
    }

    async fn file(&self, session: &str) -> Result<Box<SessionFile>, Problem> {
        let file = self.past().await?.session(session).await.map_err(|error| error.problem())?;
        file.map(Box::new).ok_or_else(|| gone(session))
    }

    /// A session of ordinary length is played with everything that was said in it; of a longer one there would be too much
    /// to hold, and what was thought stands in its decisions.
    async fn to_be_played(&self, session: &str) -> Result<Box<SessionFile>, Problem> {
        let file = self.file(session).await?;
        if file.line.steps > PLAYED_WHOLE { Ok(file) } else { self.whole(session, ReportFormat::Json).await }
    }

    /// Only the data is exported with everything that was said: nobody reads that much in a report.
    async fn whole(&self, session: &str, format: ReportFormat) -> Result<Box<SessionFile>, Problem> {
        if format != ReportFormat::Json {
            return self.file(session).await;
        }
        let file = self.past().await?.session_whole(session).await.map_err(|error| error.problem())?;
        file.map(Box::new).ok_or_else(|| gone(session))
    }

    async fn why(&self, session: &str, step: u64) -> Result<Brought, Problem> {
        let why = self.past().await?.why(session, step).await.map_err(|error| error.problem())?;
        let why = why.ok_or_else(|| gone(&format!("{session}, step {step}")))?;
        Ok(Brought::Event(Event::WhyShown(Box::new(why))))
    }

    async fn export(&self, session: &str, format: ReportFormat) -> Result<Brought, Problem> {
        let file = self.whole(session, format).await?;
        let name = report::file_name(&file, format);
        let rendered = spawn_blocking(move || report::render(&file, format)).await;
        let text = rendered.map_err(|error| cannot_render(&error.to_string()))?;
        let text = text.map_err(|error| cannot_render(&error.to_string()))?;
        self.save(&name, format.extension(), "Save the report", text).await
    }

    async fn save(&self, name: &str, extension: &str, title: &str, text: String) -> Result<Brought, Problem> {
        let Some(path) = dialog::save(name, extension, title, downloads()).await? else { return Ok(Brought::Nothing) };
        let place = path.display().to_string();
        // A folder on the network may take its time.
        let written = spawn_blocking(move || dialog::write(&path, &text)).await;
        written.unwrap_or_else(|error| Err(cannot_render(&error.to_string())))?;
        Ok(Brought::Event(Event::FileSaved { place }))
    }

    /// Ends the children that an interrupted session left, and takes out of memory the models that it had loaded.
    async fn clean_up(&self, settings: &Settings, session: &str) -> Result<(), Problem> {
        let journal = self.past().await?;
        let mut failures = Vec::new();
        for belonging in journal.belongings_open(session).await.map_err(|error| error.problem())? {
            let ended = match belonging.kind {
                BelongingKind::Child => left::end(&belonging).await,
                BelongingKind::Instance => {
                    let unloaded = self.unload(settings, &belonging.place, &belonging.handle).await;
                    unloaded.map_err(|problem| problem.to_string())
                }
            };
            failures.extend(ended.err().map(|words| format!("{}: {words}", belonging.name)));
        }
        if failures.is_empty() {
            return journal.acknowledge(session).await.map_err(|error| error.problem());
        }
        let advice = "End it yourself, in the system's task manager or in LM Studio, then dismiss the message";
        Err(Problem::plain("Not everything that was left could be ended", failures, advice))
    }

    async fn bundle(&self, settings: Settings, report: Option<Box<HealthReport>>, problems: Vec<Problem>) -> Bundle {
        let listed = async { self.past().await?.sessions("").await.map_err(|error| error.problem()) };
        let (journal, journal_problem) = match listed.await {
            Ok(list) => (Some((list.total, list.bytes)), None),
            Err(problem) => (None, Some(problem)),
        };
        let facts = Facts {
            settings,
            report: report.map(|report| *report),
            log: log::tail(LOG_LINES),
            problems,
            journal,
            journal_problem,
            user_home: self.outside.user_home.clone(),
            window: None,
        };
        spawn_blocking(move || bundle::prepare(&facts)).await.unwrap_or_default()
    }
}

/// Whether what was left is still there, as far as this machine can tell.
fn looked_at(mut list: SessionsList) -> SessionsList {
    for left in list.interrupted.iter_mut().flat_map(|interrupted| &mut interrupted.left) {
        let Left { belonging, is_there } = left;
        if belonging.kind == BelongingKind::Child {
            *is_there = left::is_there(belonging);
        }
    }
    list
}

fn downloads() -> Option<PathBuf> {
    let folders = directories::UserDirs::new()?;
    Some(folders.download_dir().unwrap_or(folders.home_dir()).to_path_buf())
}

fn gone(what: &str) -> Problem {
    Problem::plain(
        "The journal does not have that session",
        vec![what.to_owned()],
        "Look at the list again: it may have been removed, or was too old to be kept",
    )
}

/// The names of all sessions that are kept.
async fn names(journal: &Journal) -> Result<Vec<String>, Problem> {
    let lines = journal.sessions("").await.map_err(|error| error.problem())?.lines;
    Ok(lines.into_iter().map(|line| line.session).collect())
}

fn cannot_render(words: &str) -> Problem {
    Problem::plain(
        "The report could not be written down",
        vec![words.to_owned()],
        "This is a fault of this program; please report it",
    )
}
