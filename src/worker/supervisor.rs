//! The supervisor: one `select` feeds one `Input` into `Supervisor::handle`, which never waits. So Stop and Shutdown
//! are heard while a session starts, runs or stops.

mod course;
mod desk;
mod mends;
mod pauses;
mod releases;
mod results;
mod saving;
mod tidings;
mod watch;

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::mpsc,
    time::{Instant, MissedTickBehavior, interval, sleep_until},
};
use tokio_util::{sync::CancellationToken, task::JoinMap};

use desk::Desk;
use saving::Saving;
use tidings::Lookout;

use super::{
    archive::ErrandName,
    input::{Input, join, receive, written},
    session::Session,
    stagehand::Stagehand,
    tasks::{TaskDone, TaskName, lost},
    watching::Sighting,
};
use crate::{
    llm::Gate,
    protocol::{
        ApprovalAnswer, Certificate, Command, Depth, Ending, Event, Finding, HealthReport, Phase, Problem, Sent,
        SessionReport, Snapshot, WorkerLink,
    },
    settings::{Home, Provider, Secret, Settings, file::Loaded},
};

/// The most pictures a second; more than that no eye sees.
const PICTURE_EVERY: Duration = Duration::from_millis(33);
/// How long closing what outlives sessions may take.
const LAST_MAY_TAKE: Duration = Duration::from_millis(1500);

/// Owns everything that runs.
pub struct Supervisor<S> {
    stagehand: Arc<S>,
    link: WorkerLink,
    home: Option<Home>,
    settings: Settings,
    saving: Saving,
    /// The one short-lived task of each kind; a new one of the same kind replaces the old.
    tasks: JoinMap<TaskName, TaskDone>,
    findings: mpsc::UnboundedReceiver<Finding>,
    sightings: mpsc::UnboundedReceiver<Sighting>,
    stage: Stage,
    /// Set once the program is to end: when that was asked.
    leaving: Option<Instant>,
    window_is_gone: bool,
    last: Certificate,
    again: Again,
    /// Whether the last picture was one of a pause.
    was_paused: bool,
    /// The endpoint and the model of the load that is under way.
    loading: Option<(String, String)>,
    /// Cancelled once the program is to end: what only helps later does not hold that up.
    hurry: CancellationToken,
    /// Reports so far.
    reports: u64,
    /// What a person told the models with the last way on.
    word: Option<String>,
    /// What lies beside the session.
    desk: Desk,
    /// Whether a person looks.
    lookout: Lookout,
    /// When it was last asked whether a newer release exists.
    release_asked: Option<Instant>,
    /// The settings of the check that was begun last, and what it found once it is complete.
    checked: Option<(Settings, Option<Box<HealthReport>>)>,
}

/// What could not be done at once and is done as soon as it can.
#[derive(Default)]
struct Again {
    save: bool,
    check: bool,
}

/// Where the session is.
enum Stage {
    Empty,
    Starting {
        gate: Gate,
        stop: CancellationToken,
    },
    On(Box<Session>),
    /// It has ended, and its end is being kept.
    Keeping(Box<SessionReport>),
}

impl<S: Stagehand> Supervisor<S> {
    pub fn new(stagehand: S, link: WorkerLink, loaded: Loaded, home: Option<Home>) -> Self {
        let (_, findings) = mpsc::unbounded_channel();
        let (_, sightings) = mpsc::unbounded_channel();
        let Loaded { settings, warnings } = loaded;
        link.tell(Event::SettingsLoaded { settings: Box::new(settings.clone()), warnings });
        Self {
            stagehand: Arc::new(stagehand),
            link,
            home,
            saving: Saving::of(&settings),
            settings,
            tasks: JoinMap::new(),
            findings,
            sightings,
            stage: Stage::Empty,
            leaving: None,
            window_is_gone: false,
            last: Certificate::default(),
            again: Again::default(),
            was_paused: false,
            loading: None,
            hurry: CancellationToken::new(),
            reports: 0,
            word: None,
            desk: Desk::default(),
            lookout: Lookout::default(),
            release_asked: None,
            checked: None,
        }
    }

    /// Runs until told to shut down or the window is gone; gives the certificate of the end.
    pub async fn run(mut self) -> Certificate {
        let reading = self.stagehand.read_keys();
        self.tasks.spawn(TaskName::Keys, async move {
            reading.await;
            TaskDone::KeysRead
        });
        // Whoever keeps no settings is no window, and has no list to show.
        if self.home.is_some() {
            self.tend_the_journal();
        }
        if let Some(why) = self.stagehand.read_only() {
            self.link.tell(Event::ReadOnly { why });
        }
        let mut ticks = interval(PICTURE_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let input = self.next(&mut ticks).await;
            if let Some(certificate) = self.handle(input) {
                self.link.publish(Snapshot { phase: Phase::Gone, ..Snapshot::default() });
                self.link.tell(Event::ShutDown(Box::new(certificate.clone())));
                return certificate;
            }
        }
    }

    async fn next(&mut self, ticks: &mut tokio::time::Interval) -> Input {
        // The watch alone is no reason for pictures: it brings its own.
        let at_rest = usize::from(self.tasks.contains_key(&TaskName::Watch));
        let is_busy = self.tasks.len() > at_rest || !matches!(self.stage, Stage::Empty) || self.desk.is_playing();
        let release = self.release_due();
        let (mut session, deadline) = match &mut self.stage {
            Stage::On(session) => {
                let deadline = session.deadline();
                (Some(session), deadline)
            }
            _ => (None, None),
        };
        let mut nothing = None;
        let (loops, messages, writing) = match session.as_mut() {
            Some(session) => {
                let is_closing = session.is_closing();
                let session = &mut ***session;
                let loops = Some(&mut session.loops).filter(|loops| !loops.is_empty() && !is_closing);
                (loops, Some(&mut session.messages), &mut session.writing)
            }
            None => (None, None, &mut nothing),
        };
        let is_writing = writing.is_some();
        let has_messages = messages.as_ref().is_some_and(|messages| !messages.is_closed() || !messages.is_empty());
        tokio::select! {
            biased;
            sent = self.link.commands.recv(), if !self.window_is_gone => match sent {
                Some(sent) => Input::Command(sent),
                None => Input::WindowGone,
            },
            said = written(writing), if is_writing => Input::Written(said),
            // One after the other: what comes meanwhile is written next.
            Some(message) = receive(messages), if has_messages && !is_writing => Input::Message(message),
            Some((name, result)) = join(loops) => Input::Loop(name, result),
            Some(finding) = self.findings.recv() => Input::Found(finding),
            Some(sighting) = self.sightings.recv() => Input::Sighted(sighting),
            Some((name, done)) = self.tasks.join_next(), if !self.tasks.is_empty() => Input::Task(name, done),
            () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => Input::DeadlinePassed,
            () = sleep_until(release.unwrap_or_else(Instant::now)), if release.is_some() => Input::ReleaseDue,
            _ = ticks.tick(), if is_busy => Input::Tick,
            else => Input::WindowGone,
        }
    }

    /// Takes one thing in. Never waits. Gives the certificate once everything has ended.
    fn handle(&mut self, input: Input) -> Option<Certificate> {
        match input {
            Input::Command(Sent { at, command }) => self.obey(at, command),
            Input::WindowGone => self.window_gone(),
            Input::Found(finding) => self.link.tell(Event::Checked(Box::new(finding))),
            Input::Sighted(sighting) => self.sighted(sighting),
            Input::Task(name, done) => return self.task_done(name, done),
            Input::Loop(name, result) => self.loop_ended(name, result),
            Input::Message(message) => self.write(message),
            Input::Written(said) => self.written(said),
            Input::DeadlinePassed => self.deadline_passed(),
            Input::ReleaseDue => self.ask_for_release(),
            Input::Tick => self.publish(),
        }
        self.close_when_loops_have_ended();
        self.leave_when_nothing_runs();
        None
    }

    fn obey(&mut self, at: Instant, command: Command) {
        match command {
            Command::SaveSettings { settings } => self.use_settings(*settings),
            Command::StoreKey { provider, key } => self.change_key(provider, Some(key)),
            Command::ForgetKey { provider } => self.change_key(provider, None),
            Command::CheckHealth { depth } => self.check(depth),
            Command::Fix { fix } => self.fix(fix),
            Command::CancelLoad => self.cancel_load(),
            Command::RefreshModels => self.refresh(),
            Command::Start { until } => self.start(until),
            Command::Pause => self.pause(),
            Command::Resume { word } => self.resume(word),
            Command::Step => self.step(),
            Command::Approve { approval, for_session, for_ever } => {
                self.answer(approval, ApprovalAnswer::Approved { for_session, for_ever });
            }
            Command::Reject { approval, word } => self.answer(approval, ApprovalAnswer::Rejected { word }),
            Command::ForgetLessons { environment } => self.forget_lessons(environment),
            Command::InFront { is_in_front } => self.lookout.is_in_front = is_in_front,
            Command::Stop => self.stop(at, Ending::Stopped),
            Command::Shutdown => self.shut_down(at),
            Command::ListSessions { .. }
            | Command::OpenSession { .. }
            | Command::ShowWhy { .. }
            | Command::ExportSession { .. }
            | Command::Summarise { .. }
            | Command::RemoveSession { .. }
            | Command::CleanUp { .. }
            | Command::Acknowledge { .. }
            | Command::Replay { .. }
            | Command::Playback { .. }
            | Command::TestServer { .. }
            | Command::FindServers
            | Command::LookAtDesktop
            | Command::Calibrate
            | Command::PrepareBundle
            | Command::SaveBundle => self.at_the_desk(command),
        }
        self.publish();
    }

    fn window_gone(&mut self) {
        self.window_is_gone = true;
        self.shut_down(Instant::now());
    }

    fn change_key(&mut self, provider: Provider, key: Option<Secret>) {
        let changing = self.stagehand.change_key(provider, key);
        self.tasks.spawn(TaskName::Key(provider), async move { TaskDone::KeyChanged(provider, changing.await) });
    }

    fn check(&mut self, depth: Depth) {
        // While a session ends, a check would keep connections open that its certificate has to explain.
        if self.leaving.is_some() || self.is_stopping() {
            self.again.check = true;
            return;
        }
        let (sender, findings) = mpsc::unbounded_channel();
        self.findings = findings;
        self.link.tell(Event::CheckStarted);
        self.checked = Some((self.settings.clone(), None));
        let checking = self.stagehand.check(self.settings.clone(), depth, sender);
        self.tasks.spawn(TaskName::Check, async move { TaskDone::Checked(Box::new(checking.await)) });
    }

    fn is_stopping(&self) -> bool {
        matches!(&self.stage, Stage::On(session) if session.is_stopping())
    }

    /// The last task of all starts when no session is left.
    fn leave_when_nothing_runs(&mut self) {
        let is_last_due = self.leaving.is_some()
            && matches!(self.stage, Stage::Empty)
            && !self.tasks.keys().any(|name| {
                matches!(name, TaskName::Last | TaskName::Save | TaskName::Report(_))
                    || matches!(name, TaskName::Errand(ErrandName::Secrets(_)))
            });
        if is_last_due {
            let closing = self.stagehand.close();
            self.tasks.spawn(TaskName::Last, async move {
                let items = tokio::time::timeout(LAST_MAY_TAKE, closing).await;
                TaskDone::Last(items.unwrap_or_else(|_| vec![lost("program", LAST_MAY_TAKE)]))
            });
        }
    }

    fn refuse(&mut self, problem: Problem) {
        self.desk.remember(&problem);
        self.link.tell(Event::Refused(Box::new(problem)));
    }

    fn publish(&mut self) {
        let mut snapshot = Snapshot { checking: self.tasks.contains_key(&TaskName::Check), ..Snapshot::default() };
        self.stagehand.picture(&mut snapshot);
        match &self.stage {
            Stage::Empty if self.leaving.is_some() => {
                let is_reporting = self.tasks.keys().any(|name| matches!(name, TaskName::Report(_)));
                let what = if is_reporting { "the report to be written" } else { "connections to close" };
                snapshot.phase = Phase::Stopping { waiting_for: vec![what.to_owned()] };
            }
            Stage::Empty => self.desk.draw(&mut snapshot),
            Stage::Starting { .. } => snapshot.phase = Phase::Starting,
            Stage::On(session) => {
                session.draw(&mut snapshot);
                snapshot.phase = phase_of(session);
            }
            Stage::Keeping(report) => {
                let present = snapshot;
                snapshot = Snapshot { connection: present.connection, ..(*report.last_picture).clone() };
                snapshot.phase = Phase::Stopping { waiting_for: vec!["the record to be written".to_owned()] };
            }
        }
        self.tell_of_pauses(&snapshot.phase);
        self.link.publish(snapshot);
        self.bring_picture();
    }
}

/// What a session on stage is doing.
fn phase_of(session: &Session) -> Phase {
    match session.why_paused() {
        _ if session.is_stopping() => Phase::Stopping { waiting_for: session.waiting_for() },
        Some(why) => Phase::Paused { why },
        None => Phase::Running,
    }
}
