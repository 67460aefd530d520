//! What a command does: most of them ask the worker, the rest happens in the window.

use egui::Id;

use super::{Deed, Tape, larger, smaller};
use crate::{
    protocol::{Command, Depth, Fix, Playback, Snapshot, Until},
    ui::state::{Screen, State, servers::Open},
};

impl Deed {
    /// Carries it out, if it still makes sense. `focused` is what has the focus now.
    pub fn carry_out(self, state: &mut State, snapshot: &Snapshot, wishes: &mut Vec<Command>, focused: Option<Id>) {
        // It may have been chosen when things stood otherwise.
        if self != Self::ShowPalette && !Self::possible(state, snapshot).contains(&self) {
            return;
        }
        let size = state.settings.window.zoom;
        match self {
            Self::Start => {
                wishes.push(Command::Start { until: Until::default() });
                state.screen = Screen::Run;
            }
            Self::Stop => wishes.push(Command::Stop),
            Self::Pause => wishes.push(Command::Pause),
            Self::GoOn => wishes.push(Command::Resume { word: None }),
            Self::Step => wishes.push(Command::Step),
            Self::Approve(approval) => {
                wishes.push(Command::Approve { approval, for_session: false, for_ever: false });
            }
            Self::ApproveForSession(approval) => {
                wishes.push(Command::Approve { approval, for_session: true, for_ever: false });
            }
            Self::Reject(approval) => {
                let word = std::mem::take(&mut state.objection).trim().to_owned();
                wishes.push(Command::Reject { approval, word });
            }
            Self::ChangePlan => {
                state.word.get_or_insert_default();
                state.palette.wants_word = true;
            }
            Self::PrepareNext => show_choices(state),
            Self::Replay(tape) => {
                state.screen = Screen::Run;
                wishes.push(Command::Playback { playback: played(tape) });
            }
            Self::Show(screen) => state.screen = screen,
            Self::ShowMessages if state.messages.is_open => {
                state.messages.close();
            }
            Self::ShowMessages => state.messages.open(focused),
            Self::ShowPalette => state.palette.open(focused),
            Self::CheckAgain => check(state, Depth::Full, wishes),
            Self::CheckPatiently => check(state, Depth::Patient, wishes),
            Self::ProveAbilities => check(state, Depth::Deep, wishes),
            Self::CopyReport => state.wish_for(Fix::CopyReport, wishes),
            Self::TryDemo => mend_at_setup(state, Fix::TryDemo, wishes),
            Self::LeaveDemo => mend_at_setup(state, Fix::LeaveDemo, wishes),
            Self::RefreshModels => {
                state.screen = Screen::Models;
                wishes.push(Command::RefreshModels);
            }
            Self::CancelLoad => wishes.push(Command::CancelLoad),
            Self::FindServers => {
                state.screen = Screen::Servers;
                wishes.push(state.servers.look());
            }
            Self::TestServer(name) => test(state, &name, wishes),
            Self::LookAtDesktop => {
                show_choices(state);
                wishes.push(state.desktop.look());
            }
            Self::Calibrate => {
                show_choices(state);
                wishes.push(state.desktop.calibrate());
            }
            Self::PrepareDiagnostics => {
                state.screen = Screen::Logs;
                state.diagnostics.prepare();
                wishes.push(Command::PrepareBundle);
            }
            Self::UseTheme(theme) => {
                state.settings.window.theme = theme;
                save(state, wishes);
            }
            Self::Speak(language) => {
                state.settings.window.language = language;
                save(state, wishes);
            }
            Self::Move(motion) => {
                state.settings.window.motion = motion;
                save(state, wishes);
            }
            Self::Notify(notify) => {
                state.settings.window.notify = notify;
                save(state, wishes);
            }
            Self::ZoomIn => zoom(state, larger(size), wishes),
            Self::ZoomOut => zoom(state, smaller(size), wishes),
            Self::ZoomBack => zoom(state, 1.0, wishes),
        }
    }
}

/// What a check finds is to be seen on the first screen.
fn check(state: &mut State, depth: Depth, wishes: &mut Vec<Command>) {
    state.screen = Screen::Setup;
    wishes.push(Command::CheckHealth { depth });
}

fn mend_at_setup(state: &mut State, fix: Fix, wishes: &mut Vec<Command>) {
    state.screen = Screen::Setup;
    state.wish_for(fix, wishes);
}

fn test(state: &mut State, name: &str, wishes: &mut Vec<Command>) {
    let Some(server) = state.settings.servers.iter().find(|server| server.name == name) else { return };
    state.screen = Screen::Servers;
    // What is being written down stays on screen.
    if !matches!(state.servers.open, Open::Draft(_)) {
        state.servers.show(Open::Server(name.to_owned()));
    }
    wishes.push(state.servers.test(server));
}

fn played(tape: Tape) -> Playback {
    match tape {
        Tape::Play => Playback::Play,
        Tape::Pause => Playback::Pause,
        Tape::StepBack => Playback::Step { back: true },
        Tape::StepOn => Playback::Step { back: false },
        Tape::Close => Playback::Close,
    }
}

/// The choices for the next session, where the desktop is looked at.
fn show_choices(state: &mut State) {
    state.screen = Screen::Run;
    state.is_choosing = true;
}

fn zoom(state: &mut State, zoom: f32, wishes: &mut Vec<Command>) {
    if (state.settings.window.zoom - zoom).abs() > f32::EPSILON {
        state.settings.window.zoom = zoom;
        save(state, wishes);
    }
}

fn save(state: &State, wishes: &mut Vec<Command>) {
    wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
}
