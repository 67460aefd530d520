//! What lies beside the session: past sessions, one that is played again, tool servers, what can be posted in public.

use std::collections::VecDeque;

use tokio::time::Instant;

use super::{Stage, Supervisor};
use crate::{
    protocol::{Bundle, Command, Event, Playback, Problem, SessionFile, Snapshot},
    worker::{
        archive::{Brought, Errand, ErrandName},
        replaying::Replaying,
        stagehand::Stagehand,
        tasks::{TaskDone, TaskName},
    },
};

/// So many of the last problems are remembered for whoever asks for help.
const PROBLEMS: usize = 20;

/// Everything on the desk.
#[derive(Default)]
pub(super) struct Desk {
    /// What was searched for last: whatever changes the list gives it again.
    search: String,
    replaying: Option<Replaying>,
    bundle: Option<Box<Bundle>>,
    /// Errands so far.
    errands: u64,
    problems: VecDeque<Problem>,
}

impl Desk {
    pub(super) fn is_playing(&self) -> bool {
        self.replaying.as_ref().is_some_and(Replaying::is_playing)
    }

    /// The present goes before the past.
    pub(super) fn close_replay(&mut self) {
        self.replaying = None;
    }

    pub(super) fn remember(&mut self, problem: &Problem) {
        if self.problems.len() == PROBLEMS {
            self.problems.pop_front();
        }
        self.problems.push_back(problem.clone());
    }

    pub(super) fn draw(&mut self, snapshot: &mut Snapshot) {
        if let Some(replaying) = &mut self.replaying {
            replaying.advance(Instant::now());
            replaying.draw(snapshot);
        }
    }
}

impl<S: Stagehand> Supervisor<S> {
    /// Whatever is asked about past sessions, tool servers, the desktop and the program itself.
    pub(super) fn at_the_desk(&mut self, command: Command) {
        // A session has servers, the desktop and child processes for itself: it could not tell afterwards whose is open.
        let is_in_the_way = matches!(
            command,
            Command::Summarise { .. } | Command::CleanUp { .. } | Command::TestServer { .. } | Command::Calibrate
        );
        if is_in_the_way && !matches!(self.stage, Stage::Empty) {
            self.refuse(Problem::plain("Not while a session runs", Vec::new(), "Stop it first, then try again"));
            return;
        }
        let search = self.desk.search.clone();
        let settings = || Box::new(self.settings.clone());
        let errand = match command {
            Command::ListSessions { search } => {
                self.desk.search.clone_from(&search);
                Errand::List { search }
            }
            Command::OpenSession { session } => Errand::Open { session },
            Command::ShowWhy { session, step } => Errand::Why { session, step },
            Command::ExportSession { session, format } => Errand::Export { session, format },
            Command::Summarise { session } => Errand::Summarise { settings: settings(), session },
            Command::RemoveSession { session } => Errand::Remove { session, search },
            Command::CleanUp { session } => Errand::CleanUp { settings: settings(), session, search },
            Command::Acknowledge { session } => Errand::Acknowledge { session, search },
            Command::Replay { session } if matches!(self.stage, Stage::Empty) => Errand::Replay { session },
            Command::Replay { .. } => {
                let advice = "Stop it first; what is kept of it can be played then";
                self.refuse(Problem::plain("A session runs, so none can be played", Vec::new(), advice));
                return;
            }
            Command::Playback { playback } => {
                self.play(playback);
                return;
            }
            Command::PrepareBundle => {
                let report = self.checked.as_ref().and_then(|(_, report)| report.clone());
                Errand::PrepareBundle {
                    settings: settings(),
                    report,
                    problems: self.desk.problems.iter().cloned().collect(),
                }
            }
            Command::SaveBundle => match self.desk.bundle.clone() {
                Some(bundle) => Errand::SaveBundle { bundle },
                None => return,
            },
            Command::TestServer { server } => Errand::TestServer { server },
            Command::FindServers => Errand::FindServers,
            Command::LookAtDesktop => Errand::LookAtDesktop,
            Command::Calibrate => Errand::Calibrate { settings: Box::new(self.settings.desktop.clone()) },
            _ => return,
        };
        self.send_on(errand);
    }

    /// Nothing new is begun while the program ends.
    pub(super) fn send_on(&mut self, errand: Errand) {
        if self.leaving.is_some() {
            return;
        }
        self.desk.errands += 1;
        let name = TaskName::Errand(errand.name(self.desk.errands));
        let running = self.stagehand.errand(errand);
        self.tasks.spawn(name, async move { TaskDone::RunErrand(running.await) });
    }

    pub(super) fn errand_run(&mut self, brought: Result<Brought, Problem>) {
        match brought {
            Ok(Brought::Event(event)) => self.link.tell(event),
            Ok(Brought::Replay(file)) => self.begin_replay(*file),
            Ok(Brought::Picture(number, picture)) => {
                if let Some(replaying) = &mut self.desk.replaying {
                    replaying.take_picture(number, picture);
                }
            }
            Ok(Brought::Bundle(bundle)) => {
                self.desk.bundle = Some(bundle.clone());
                self.link.tell(Event::BundleReady(bundle));
            }
            Ok(Brought::SecretsKept(kept)) => self.secrets_kept(&kept),
            Ok(Brought::Nothing) => {}
            // Whatever is being closed cannot be asked any more, which is as it should be.
            Err(_closing) if self.leaving.is_some() => {}
            Err(problem) => self.refuse(problem),
        }
    }

    /// A session may have begun while the past one was being read.
    fn begin_replay(&mut self, file: SessionFile) {
        if matches!(self.stage, Stage::Empty) {
            self.desk.replaying = Some(Replaying::new(file, Instant::now()));
        }
    }

    /// Has the picture of the moment that is shown brought. One after the other: whoever plays quickly sees as many as can
    /// be decoded meanwhile.
    pub(super) fn bring_picture(&mut self) {
        if self.tasks.contains_key(&TaskName::Errand(ErrandName::Picture)) {
            return;
        }
        let number = self.desk.replaying.as_mut().and_then(Replaying::picture_to_bring);
        if let Some(number) = number {
            self.send_on(Errand::Picture { number });
        }
    }

    fn play(&mut self, playback: Playback) {
        let now = Instant::now();
        let goes_on = self.desk.replaying.as_mut().is_some_and(|replaying| replaying.obey(playback, now));
        if !goes_on {
            self.desk.replaying = None;
        }
    }

    /// Looks after the journal, and lists.
    pub(super) fn tend_the_journal(&mut self) {
        let (settings, search) = (Box::new(self.settings.clone()), self.desk.search.clone());
        self.send_on(Errand::Begin { settings, search });
    }

    /// The list as it is now, with the search that was asked for last.
    pub(super) fn list_again(&mut self) {
        let search = self.desk.search.clone();
        self.send_on(Errand::List { search });
    }
}
