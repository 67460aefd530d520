//! Every command of the window: its name, its shortcut, and whether it makes sense now. Palette, shortcuts and hover
//! texts read this table, and nothing else names a command.

mod doing;
mod keys;
mod zoom;

use crate::{
    protocol::{Approval, Phase, Snapshot},
    settings::{Language, Theme},
    ui::{
        catalogue::say,
        state::{Screen, State, environment::DESKTOP},
    },
};

pub use keys::{keys, pressed};
pub use zoom::{ZOOMS, larger, smaller};

/// One command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Start,
    Stop,
    Pause,
    GoOn,
    Step,
    /// The approval of this number.
    Approve(u64),
    ApproveForSession(u64),
    Reject(u64),
    ChangePlan,
    PrepareNext,
    Replay(Tape),
    Show(Screen),
    ShowMessages,
    ShowPalette,
    CheckAgain,
    CheckPatiently,
    ProveAbilities,
    CopyReport,
    TryDemo,
    LeaveDemo,
    RefreshModels,
    CancelLoad,
    FindServers,
    /// The server of this name.
    TestServer(String),
    LookAtDesktop,
    Calibrate,
    PrepareDiagnostics,
    UseTheme(Theme),
    Speak(Language),
    /// Whether things move.
    Move(bool),
    /// Whether the system tells what happens behind the window.
    Notify(bool),
    ZoomIn,
    ZoomOut,
    ZoomBack,
}

/// What can be done with a session that is played again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tape {
    Play,
    Pause,
    StepBack,
    StepOn,
    Close,
}

impl Deed {
    /// What makes sense now, in the order in which the palette shows it.
    pub fn possible(state: &State, snapshot: &Snapshot) -> Vec<Self> {
        let mut deeds = of_the_session(state, snapshot);
        deeds.extend(of_a_replay(snapshot));
        deeds.extend(Screen::ALL.into_iter().filter(|screen| *screen != state.screen).map(Self::Show));
        deeds.push(Self::ShowMessages);
        deeds.extend(of_the_servers(state, snapshot));
        let themes = [Theme::System, Theme::Dark, Theme::Light].into_iter();
        deeds.extend(themes.filter(|theme| *theme != state.settings.window.theme).map(Self::UseTheme));
        let languages = [Language::System, Language::English, Language::German].into_iter();
        deeds.extend(languages.filter(|language| *language != state.settings.window.language).map(Self::Speak));
        let window = &state.settings.window;
        deeds.extend([Self::Move(!window.motion), Self::Notify(!window.notify)]);
        let zoom = window.zoom;
        deeds.extend((larger(zoom) > zoom).then_some(Self::ZoomIn));
        deeds.extend((smaller(zoom) < zoom).then_some(Self::ZoomOut));
        deeds.push(Self::ZoomBack);
        deeds
    }

    /// The approval that it answers, if it does.
    pub fn answers(&self) -> Option<u64> {
        match self {
            Self::Approve(approval) | Self::ApproveForSession(approval) | Self::Reject(approval) => Some(*approval),
            _ => None,
        }
    }

    /// Its name, as an order.
    pub fn name(&self) -> String {
        match self {
            Self::Start => say!("palette-start"),
            Self::Stop => say!("palette-stop"),
            Self::Pause => say!("palette-pause"),
            Self::GoOn => say!("palette-go-on"),
            Self::Step => say!("palette-step"),
            Self::Approve(_) => say!("palette-approve"),
            Self::ApproveForSession(_) => say!("palette-approve-for-session"),
            Self::Reject(_) => say!("palette-reject"),
            Self::ChangePlan => say!("palette-change-plan"),
            Self::PrepareNext => say!("palette-prepare-next"),
            Self::Replay(Tape::Play) => say!("palette-replay-play"),
            Self::Replay(Tape::Pause) => say!("palette-replay-pause"),
            Self::Replay(Tape::StepBack) => say!("palette-replay-back"),
            Self::Replay(Tape::StepOn) => say!("palette-replay-on"),
            Self::Replay(Tape::Close) => say!("palette-replay-close"),
            Self::Show(screen) => say!("palette-show", screen = screen.title()),
            Self::ShowMessages => say!("palette-show-messages"),
            Self::ShowPalette => say!("palette-show-palette"),
            Self::CheckAgain => say!("palette-check-again"),
            Self::CheckPatiently => say!("palette-check-patiently"),
            Self::ProveAbilities => say!("palette-prove-abilities"),
            Self::CopyReport => say!("palette-copy-report"),
            Self::TryDemo => say!("palette-try-demo"),
            Self::LeaveDemo => say!("palette-leave-demo"),
            Self::RefreshModels => say!("palette-refresh-models"),
            Self::CancelLoad => say!("palette-cancel-load"),
            Self::FindServers => say!("palette-find-servers"),
            Self::TestServer(server) => say!("palette-test-server", server = server.clone()),
            Self::LookAtDesktop => say!("palette-look-at-desktop"),
            Self::Calibrate => say!("palette-calibrate"),
            Self::PrepareDiagnostics => say!("palette-prepare-diagnostics"),
            Self::UseTheme(Theme::System) => say!("palette-theme-system"),
            Self::UseTheme(Theme::Dark) => say!("palette-theme-dark"),
            Self::UseTheme(Theme::Light) => say!("palette-theme-light"),
            Self::Speak(Language::System) => say!("palette-language-system"),
            Self::Speak(Language::English) => say!("palette-language-english"),
            Self::Speak(Language::German) => say!("palette-language-german"),
            Self::Move(true) => say!("palette-move"),
            Self::Move(false) => say!("palette-do-not-move"),
            Self::Notify(true) => say!("palette-notify"),
            Self::Notify(false) => say!("palette-do-not-notify"),
            Self::ZoomIn => say!("palette-zoom-in"),
            Self::ZoomOut => say!("palette-zoom-out"),
            Self::ZoomBack => say!("palette-zoom-back"),
        }
    }
}

/// What can be done with the session, or instead of one.
fn of_the_session(state: &State, snapshot: &Snapshot) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let (is_running, is_paused) = (snapshot.phase == Phase::Running, matches!(snapshot.phase, Phase::Paused { .. }));
    // What waited for an answer in a past session waits no longer.
    // One that has only just appeared cannot be answered yet.
    let is_read = |approval: &&Approval| state.read == Some(approval.id);
    if let Some(approval) = snapshot.approval.as_ref().filter(is_read).filter(|_| is_running || is_paused) {
        deeds.extend([Deed::Approve, Deed::ApproveForSession, Deed::Reject].map(|deed| deed(approval.id)));
    }
    deeds.extend(state.why_not_start(snapshot).is_none().then_some(Deed::Start));
    deeds.extend(is_running.then_some(Deed::Pause));
    deeds.extend(is_paused.then_some(Deed::GoOn));
    deeds.extend((is_running || is_paused).then_some(Deed::Step));
    deeds.extend((is_paused && state.word.is_none()).then_some(Deed::ChangePlan));
    let is_over = snapshot.phase == Phase::Idle && snapshot.replay.is_none() && state.ended.is_some();
    deeds.extend((is_over && !state.is_choosing).then_some(Deed::PrepareNext));
    deeds.extend((is_running || is_paused || snapshot.phase == Phase::Starting).then_some(Deed::Stop));
    deeds
}

/// What can be done with the past session that is being played again.
fn of_a_replay(snapshot: &Snapshot) -> Vec<Deed> {
    let Some(replay) = &snapshot.replay else { return Vec::new() };
    let mut deeds = vec![if replay.is_playing { Tape::Pause } else { Tape::Play }];
    deeds.extend((replay.at_ms > 0).then_some(Tape::StepBack));
    deeds.extend((replay.at_ms < replay.total_ms).then_some(Tape::StepOn));
    deeds.push(Tape::Close);
    deeds.into_iter().map(Deed::Replay).collect()
}

/// What can be done with servers, models and the desktop.
fn of_the_servers(state: &State, snapshot: &Snapshot) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let is_idle = snapshot.phase == Phase::Idle;
    if !snapshot.checking {
        deeds.extend([Deed::CheckAgain, Deed::CheckPatiently]);
        deeds.extend(state.can_run().then_some(Deed::ProveAbilities));
    }
    deeds.extend(state.report.is_some().then_some(Deed::CopyReport));
    if is_idle {
        deeds.push(if state.settings.demo { Deed::LeaveDemo } else { Deed::TryDemo });
    }
    deeds.push(Deed::RefreshModels);
    deeds.extend(snapshot.loading.is_some().then_some(Deed::CancelLoad));
    deeds.extend((!state.servers.is_looking).then_some(Deed::FindServers));
    let servers = state.settings.servers.iter().filter(|server| !state.servers.testing.contains(&server.name));
    deeds.extend(servers.map(|server| Deed::TestServer(server.name.clone())));
    // Only where the desktop is chosen does anybody see what became of it.
    if is_idle && state.environment() == DESKTOP {
        deeds.extend((!state.desktop.is_looking).then_some(Deed::LookAtDesktop));
        let can_aim = state.desktop.seen.is_some() && state.desktop.obstacle().is_none();
        deeds.extend((can_aim && !state.desktop.is_calibrating).then_some(Deed::Calibrate));
    }
    deeds.extend((!state.diagnostics.is_preparing).then_some(Deed::PrepareDiagnostics));
    deeds
}

#[cfg(test)]
mod tests;
