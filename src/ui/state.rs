//! The window's own picture, built from events. Plain data: what it shows follows from it and the newest snapshot alone.

pub mod desktop;
pub mod diagnostics;
mod ended;
pub mod environment;
pub mod logs;
pub mod messages;
pub mod palette;
mod screen;
pub mod servers;
pub mod sessions;
pub mod settings;
pub mod shortcuts;
mod telling;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    protocol::{
        Certificate, Command, Event, Finding, Fix, HealthReport, LoopName, ModelsListed, NewestRelease, Notice,
        NoticeKind, Phase, Problem, SessionReport, SessionStarted, Snapshot, StepReport,
    },
    settings::{Provider, Settings, Strategy},
    ui::{
        catalogue::{said, say},
        words,
    },
};
use desktop::DesktopState;
use diagnostics::DiagnosticsState;
use logs::LogsState;
use messages::MessagesState;
use palette::PaletteState;
pub use screen::Screen;
use servers::ServersState;
use sessions::SessionsState;
use settings::FieldsState;

/// An action can be approved or rejected only after its question has stood on screen for so many seconds: a click or a
/// key that was meant for something else must not answer what nobody has read.
pub const LEAST_LOOK_S: f64 = 0.4;
/// So many steps and notices are kept; older ones are of no use on screen.
const KEPT: usize = 200;

/// How far the way out has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Leaving {
    #[default]
    No,
    /// Shutdown was sent; the closing screen names what still runs.
    Asked,
    /// Everything has ended.
    Ended(Box<Certificate>),
}

/// Everything the window remembers.
#[derive(Default)]
pub struct State {
    pub screen: Screen,
    pub leaving: Leaving,
    /// The settings in use, as the worker last said.
    pub settings: Settings,
    /// The address field while it is being edited.
    pub address: String,
    /// The token field while it is being filled; emptied when it is sent.
    pub token: String,
    /// The same for the keys of Gemini and Claude.
    pub keys: [String; 2],
    /// Why a key was not kept or not forgotten as it should be.
    pub key_troubles: BTreeMap<Provider, Problem>,
    pub goal: String,
    /// When the goal is reached, as it is being typed.
    pub goal_when: String,
    /// The goals of the environments that are not chosen now, and when they are reached.
    pub goals: BTreeMap<String, (String, String)>,
    pub seed: String,
    /// What the models are to do differently, while it is being typed.
    pub word: Option<String>,
    /// Why the action that waits is not wanted, as it is being typed.
    pub objection: String,
    /// The approval that is shown, and since when: seconds on the window's clock.
    pub asked: Option<(u64, f64)>,
    /// The approval that has been shown for long enough to be read.
    pub read: Option<u64>,
    /// Whether to forget what was learnt is being asked.
    pub is_forgetting: bool,
    pub warnings: Vec<String>,
    /// What each server has, by its endpoint's name, and when it was last said.
    pub lists: BTreeMap<String, (ModelsListed, Instant)>,
    /// Text for the clipboard.
    pub to_copy: Option<String>,
    /// The token field is to be shown and to have the focus.
    pub wants_token: bool,
    pub findings: Vec<Finding>,
    /// The last complete check.
    pub report: Option<HealthReport>,
    pub session: Option<SessionStarted>,
    pub steps: VecDeque<StepReport>,
    pub notices: VecDeque<Notice>,
    /// The last session's end; cleared when a new one starts.
    pub ended: Option<SessionReport>,
    /// The session whose report was written last, and where it is.
    pub written: Option<(String, String)>,
    /// The last picture of a session, so that its end can be looked at in peace.
    pub kept: Option<Arc<Snapshot>>,
    /// The choices for the next session are shown instead of the last one's picture.
    pub is_choosing: bool,
    /// What was refused last; it stands over every screen until it is closed.
    pub refused: Option<Problem>,
    pub servers: ServersState,
    pub desktop: DesktopState,
    pub sessions: SessionsState,
    pub logs: LogsState,
    pub diagnostics: DiagnosticsState,
    pub messages: MessagesState,
    pub palette: PaletteState,
    pub fields: FieldsState,
    /// Why no session can be started here, if that is so: another copy of the program runs.
    pub read_only: Option<String>,
    /// Since when the newest picture is there; what it says of ages was true then.
    pub shown_since: Option<Instant>,
    /// What is known of newer releases, once somebody was asked.
    pub release: Option<NewestRelease>,
}

impl State {
    /// Takes one event in.
    pub fn take(&mut self, event: Event) {
        self.tell(&event);
        match event {
            Event::SettingsLoaded { settings, warnings } => self.settings_loaded(*settings, warnings),
            // The picture shows these; the events are for whoever has none.
            Event::SettingsSaved | Event::Paused { .. } | Event::Judged(_) => {}
            Event::Resumed => self.word = None,
            Event::ApprovalNeeded(_) | Event::ApprovalClosed { .. } => self.objection.clear(),
            Event::LessonsForgotten { environment, lessons } => self.lessons_forgotten(&environment, lessons),
            Event::KeyChanged { provider, problem } => self.key_changed(provider, problem),
            Event::CheckStarted => self.check_started(),
            Event::Checked(finding) => self.findings.push(*finding),
            Event::CheckFinished(report) => self.report = Some(*report),
            Event::ModelsListed(listed) => self.models_listed(*listed),
            Event::CopyText { text } => self.to_copy = Some(text),
            Event::ServerTested(report) => self.servers.tested(*report),
            Event::ServersFound(found) => self.servers.found(found),
            Event::DesktopSeen(report) => self.desktop.seen(*report),
            Event::Calibrated(report) => self.desktop.calibrated(*report),
            Event::SessionStarted(started) => self.session_started(*started),
            Event::Step(step) => keep(&mut self.steps, *step),
            Event::Notice(notice) => keep(&mut self.notices, *notice),
            Event::SessionEnded(report) => self.session_ended(*report),
            Event::ReportWritten { session, place } => self.written = Some((session, place)),
            Event::SessionsListed(list) => self.sessions.listed(*list),
            Event::SessionOpened(file) => self.sessions.opened(*file),
            Event::WhyShown(why) => self.sessions.why_shown(*why),
            Event::BundleReady(bundle) => self.diagnostics.ready(*bundle),
            // It has been told, or the window itself comes to the front.
            Event::FileSaved { .. } | Event::ComeToFront => {}
            Event::ReadOnly { why } => self.read_only = Some(why),
            Event::NewestRelease(release) => self.release = Some(*release),
            Event::Refused(problem) => self.refuse(*problem),
            Event::ShutDown(certificate) => self.leaving = Leaving::Ended(certificate),
        }
    }

    /// Takes a picture in; that of a session is kept when the session is over.
    pub fn look(&mut self, snapshot: &Arc<Snapshot>) {
        let is_live = matches!(snapshot.phase, Phase::Running | Phase::Paused { .. } | Phase::Stopping { .. });
        let is_session = is_live && snapshot.replay.is_none();
        if is_session && !snapshot.loops.is_empty() {
            self.kept = Some(Arc::clone(snapshot));
        }
    }

    /// What is to be looked at: the picture of now, or when no session runs that of the last one.
    pub fn shown<'a>(&'a self, snapshot: &'a Snapshot) -> &'a Snapshot {
        let is_idle = snapshot.phase == Phase::Idle && snapshot.replay.is_none();
        if is_idle { self.kept.as_deref().unwrap_or(snapshot) } else { snapshot }
    }

    /// How long ago a server last answered well: what the picture said of it, and how old that is.
    pub fn last_good_age(&self, snapshot: &Snapshot) -> Option<Duration> {
        let then = Duration::from_millis(snapshot.connection.last_good_ms?);
        Some(then + self.shown_since.map_or(Duration::ZERO, |since| since.elapsed()))
    }

    fn settings_loaded(&mut self, settings: Settings, warnings: Vec<String>) {
        self.address = settings.endpoints.first().map(|endpoint| endpoint.url.clone()).unwrap_or_default();
        self.goal.clone_from(&settings.agent.goal);
        self.goal_when.clone_from(&settings.agent.goal_when);
        self.seed = settings.agent.seed.to_string();
        self.settings = settings;
        self.warnings.extend(warnings);
    }

    /// Something could not be done: it is said until somebody closes it, and nothing is waited for any more.
    pub fn refuse(&mut self, problem: Problem) {
        self.sessions.refused();
        self.servers.refused();
        self.desktop.refused();
        self.refused = Some(problem);
    }

    fn key_changed(&mut self, provider: Provider, problem: Option<Problem>) {
        match problem {
            Some(problem) => self.key_troubles.insert(provider, problem),
            None => self.key_troubles.remove(&provider),
        };
    }

    fn models_listed(&mut self, listed: ModelsListed) {
        self.lists.insert(listed.endpoint.clone(), (listed, Instant::now()));
    }

    fn check_started(&mut self) {
        self.findings.clear();
        self.report = None;
        self.refused = None;
    }

    /// Those of the last picture are gone too.
    fn lessons_forgotten(&mut self, environment: &str, lessons: u64) {
        self.is_forgetting = false;
        if let Some(kept) = &mut self.kept {
            let view = &mut Arc::make_mut(kept).lessons;
            view.rows.retain(|row| row.environment != environment);
            view.total = view.total.saturating_sub(lessons);
        }
        let from = LoopName::Learning.title().to_owned();
        let text = words::forgotten(environment, lessons);
        keep(&mut self.notices, Notice { kind: NoticeKind::Information, from, text, problem: None });
    }

    fn session_started(&mut self, started: SessionStarted) {
        self.sessions.has_begun();
        self.word = None;
        self.objection.clear();
        (self.asked, self.read) = (None, None);
        self.is_forgetting = false;
        self.steps.clear();
        self.notices.clear();
        self.ended = None;
        self.kept = None;
        self.is_choosing = false;
        self.refused = None;
        self.session = Some(started);
    }

    fn session_ended(&mut self, report: SessionReport) {
        self.session = None;
        // What was drawn last is older than what was last.
        if !report.last_picture.loops.is_empty() {
            self.kept = Some(Arc::new((*report.last_picture).clone()));
        }
        if let Some(kept) = &mut self.kept {
            ended::end(Arc::make_mut(kept), &report);
        }
        self.ended = Some(report);
    }

    /// A mend whose button was pressed. What happens in the window happens here; the rest is the worker's.
    pub fn wish_for(&mut self, fix: Fix, wishes: &mut Vec<Command>) {
        if fix == Fix::EnterToken {
            self.screen = Screen::Setup;
            self.wants_token = true;
        } else {
            wishes.push(Command::Fix { fix });
        }
    }

    /// True when a session with the chosen way of thinking can start.
    pub fn can_run(&self) -> bool {
        self.obstacle().is_none()
    }

    /// What stands in the way of a session, in a few words.
    pub fn obstacle(&self) -> Option<String> {
        if let Some(why) = self.environment_obstacle() {
            return Some(why);
        }
        let strategy = self.settings.agent.strategy;
        match &self.report {
            _ if strategy == Strategy::Heuristic => None,
            _ if self.settings.cloud.is_mixed() => None,
            None => Some(say!("shell-not-checked")),
            Some(report) => report.obstacle(strategy).map(|problem| said(&problem.summary).into_owned()),
        }
    }

    /// Why no session can be started at this moment, if that is so.
    pub fn why_not_start(&self, snapshot: &Snapshot) -> Option<String> {
        // A replay has its own controls, and is closed before something new is started.
        if snapshot.phase != Phase::Idle || snapshot.replay.is_some() {
            return Some(say!("shell-not-idle"));
        }
        let is_checked = !snapshot.checking || self.settings.agent.strategy == Strategy::Heuristic;
        let why = self.read_only.as_deref().map(|why| said(why).into_owned()).or_else(|| self.obstacle());
        why.or_else(|| (!is_checked).then(|| say!("shell-check-runs")))
    }
}

fn keep<T>(list: &mut VecDeque<T>, item: T) {
    if list.len() == KEPT {
        list.pop_front();
    }
    list.push_back(item);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Lesson, LessonsView, LoopState, LoopView, PauseReason};

    #[test]
    fn a_new_check_forgets_the_old_one_and_lists_stay_short() {
        let mut state = State::default();
        let notice = Notice { kind: NoticeKind::Warning, from: "test".into(), text: String::new(), problem: None };
        for _ in 0..KEPT + 5 {
            state.take(Event::Notice(Box::new(notice.clone())));
        }
        assert_eq!(state.notices.len(), KEPT);
        state.take(Event::Refused(Box::new(Problem::plain("no", vec![], "yes"))));
        state.take(Event::CheckStarted);
        assert!(state.findings.is_empty() && state.report.is_none() && state.refused.is_none());
        assert!(!state.can_run());
    }

    #[test]
    fn a_session_that_is_paused_is_a_session() {
        let mut state = State::default();
        let view = LoopView { name: LoopName::Action, state: LoopState::Waiting, cycles: 1, note: String::new() };
        let phase = Phase::Paused { why: PauseReason::Person };
        state.look(&Arc::new(Snapshot { phase, loops: vec![view], step: 3, ..Snapshot::default() }));
        state.look(&Arc::default());
        assert_eq!(state.shown(&Snapshot::default()).step, 3);
        let next = Snapshot { phase: Phase::Running, step: 7, ..Snapshot::default() };
        assert_eq!(state.shown(&next).step, 7);
    }

    #[test]
    fn what_was_forgotten_is_said_and_leaves_the_last_picture() {
        let row = |environment: &str| Lesson { environment: environment.into(), ..Lesson::default() };
        let lessons = LessonsView { rows: vec![row("world"), row("desktop")], total: 2, ..LessonsView::default() };
        let mut state = State { is_forgetting: true, ..State::default() };
        state.kept = Some(Arc::new(Snapshot { lessons, ..Snapshot::default() }));
        state.take(Event::LessonsForgotten { environment: "world".into(), lessons: 1 });
        let left = &state.kept.as_ref().unwrap().lessons;
        assert_eq!((left.rows.len(), left.total, state.is_forgetting), (1, 1, false));
        assert_eq!(state.notices[0].text, "1 lesson about the environment world was forgotten");
    }

    #[test]
    fn a_word_that_was_not_sent_goes_when_the_session_goes_on() {
        let mut state = State { word: Some("rest first".into()), ..State::default() };
        state.take(Event::Resumed);
        assert_eq!(state.word, None);
    }
}
