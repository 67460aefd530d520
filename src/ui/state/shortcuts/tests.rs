//! Which commands there are, and what their keys do.

use egui::{Context, Event, Key, KeyboardShortcut, Modifiers, RawInput};

use super::*;
use crate::{
    protocol::{Approval, Command, LoadingView, LoopName, PauseReason, Playback, ReplayView, Risk, Until},
    settings::{ServerSettings, Settings, Strategy},
};

/// One that can start at once: rules alone need no server.
fn ready() -> State {
    let mut state = State::default();
    state.settings.agent.strategy = Strategy::Heuristic;
    state
}

fn in_phase(phase: Phase) -> Snapshot {
    Snapshot { phase, ..Snapshot::default() }
}

fn press(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

/// What these presses mean, and what is left of them for whoever has the focus.
fn means(state: &State, snapshot: &Snapshot, events: Vec<Event>) -> (Option<Deed>, usize) {
    let mut found = (None, 0);
    let context = Context::default();
    crate::ui::theme::install(&context);
    let input = RawInput { events, ..RawInput::default() };
    let mut output = context.run_ui(input, |ui| {
        found = ui.input_mut(|input| {
            let deed = pressed(input, || {
                let mut deeds = Deed::possible(state, snapshot);
                deeds.push(Deed::ShowPalette);
                deeds
            });
            (deed, input.events.len())
        });
    });
    output.textures_delta.clear();
    found
}

#[test]
fn no_two_commands_of_one_moment_have_the_same_keys() {
    let states = vec![
        (ready(), in_phase(Phase::Idle)),
        (ready(), in_phase(Phase::Running)),
        (ready(), in_phase(Phase::Paused { why: PauseReason::Person })),
        (State { screen: Screen::Logs, ..ready() }, in_phase(Phase::Starting)),
    ];
    for (state, snapshot) in states {
        let deeds = Deed::possible(&state, &snapshot);
        let keys: Vec<_> = deeds.iter().flat_map(Deed::shortcuts).flatten().collect();
        let is_twice = |shortcut: &KeyboardShortcut| keys.iter().filter(|other| *other == shortcut).count() > 1;
        assert_eq!(keys.iter().find(|shortcut| is_twice(shortcut)), None);
        let is_letter = |key: Key| key.name().len() == 1;
        assert!(keys.iter().all(|shortcut| shortcut.modifiers.command || !is_letter(shortcut.logical_key)));
    }
}

#[test]
fn stop_is_there_only_while_there_is_something_to_stop_and_start_only_then_not() {
    for (phase, is_session) in [
        (Phase::Idle, false),
        (Phase::Starting, true),
        (Phase::Running, true),
        (Phase::Paused { why: PauseReason::Person }, true),
        (Phase::Stopping { waiting_for: vec![] }, false),
        (Phase::Gone, false),
    ] {
        let deeds = Deed::possible(&ready(), &in_phase(phase.clone()));
        assert_eq!(deeds.contains(&Deed::Stop), is_session, "{phase:?}");
        assert_eq!(deeds.contains(&Deed::Start), phase == Phase::Idle, "{phase:?}");
        assert_eq!(deeds.contains(&Deed::Pause), phase == Phase::Running, "{phase:?}");
    }
}

#[test]
fn every_screen_but_this_one_can_be_gone_to_and_every_name_is_another() {
    let state = ready();
    let deeds = Deed::possible(&state, &Snapshot::default());
    assert_eq!(deeds.iter().filter(|deed| matches!(deed, Deed::Show(_))).count(), Screen::ALL.len() - 1);
    let mut names: Vec<String> = deeds.iter().map(Deed::name).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), deeds.len());
}

#[test]
fn keys_are_written_as_people_write_them() {
    assert_eq!(keys(&Deed::ShowPalette, false), "Ctrl+K");
    assert_eq!(keys(&Deed::ShowPalette, true), "Cmd+K");
    assert_eq!(keys(&Deed::Stop, false), "Ctrl+.");
    assert_eq!(keys(&Deed::Start, false), "Ctrl+Enter");
    assert_eq!(keys(&Deed::Step, false), "F10");
    assert_eq!(keys(&Deed::Show(Screen::Settings), false), "Ctrl+9");
    assert_eq!(keys(&Deed::FindServers, false), "");
}

#[test]
fn presses_are_heard_once_and_taken_away_from_the_field() {
    let running = in_phase(Phase::Running);
    let state = ready();
    assert_eq!(means(&state, &running, vec![press(Key::Period, Modifiers::COMMAND)]), (Some(Deed::Stop), 0));
    assert_eq!(means(&state, &running, vec![press(Key::P, Modifiers::COMMAND)]), (Some(Deed::Pause), 0));
    assert_eq!(means(&state, &running, vec![press(Key::F10, Modifiers::NONE)]), (Some(Deed::Step), 0));
    assert_eq!(means(&state, &running, vec![press(Key::F1, Modifiers::NONE)]), (Some(Deed::ShowPalette), 0));
    assert_eq!(means(&state, &running, vec![press(Key::P, Modifiers::NONE)]), (None, 1), "a letter is a letter");
    assert_eq!(means(&state, &running, vec![press(Key::Enter, Modifiers::COMMAND)]), (None, 1), "it runs already");
    let bracket = Modifiers { alt: true, ..Modifiers::COMMAND };
    assert_eq!(means(&state, &running, vec![press(Key::Num8, bracket)]), (None, 1), "so a bracket is typed");
}

#[test]
fn what_was_chosen_when_things_stood_otherwise_is_not_carried_out() {
    let mut state = ready();
    let mut wishes = Vec::new();
    let mut carry = |deed: Deed, snapshot: &Snapshot| {
        wishes.clear();
        deed.carry_out(&mut state, snapshot, &mut wishes, None);
        wishes.clone()
    };
    let idle = in_phase(Phase::Idle);
    assert_eq!(carry(Deed::Start, &idle), [Command::Start { until: Until::default() }]);
    assert!(carry(Deed::Stop, &idle).is_empty());
    let approval = Approval {
        id: 3,
        action: crate::protocol::ActionCall::bare("dig"),
        risk: Risk::Safe,
        ordered_by: LoopName::Reasoning,
        by: String::new(),
        because: String::new(),
        server: None,
        waits_ms: 1000,
    };
    let asking = Snapshot { approval: Some(approval), ..in_phase(Phase::Running) };
    assert!(carry(Deed::Reject(3), &asking).is_empty(), "nobody can have read the question yet");
    state.read = Some(3);
    let mut carry = |deed: Deed, snapshot: &Snapshot| {
        wishes.clear();
        deed.carry_out(&mut state, snapshot, &mut wishes, None);
        wishes.clone()
    };
    assert!(carry(Deed::Approve(2), &asking).is_empty(), "that was another question");
    assert_eq!(carry(Deed::Reject(3), &asking), [Command::Reject { approval: 3, word: String::new() }]);
}

#[test]
fn a_server_is_tested_where_its_report_is_shown_and_zoom_is_saved() {
    let settings = Settings { servers: vec![ServerSettings::program("shop", "x", &[])], ..Settings::default() };
    let mut state = State { settings, ..State::default() };
    let mut wishes = Vec::new();
    let idle = Snapshot::default();
    Deed::TestServer("shop".into()).carry_out(&mut state, &idle, &mut wishes, None);
    assert_eq!(state.screen, Screen::Servers);
    assert!(matches!(wishes.as_slice(), [Command::TestServer { .. }]));
    assert!(!Deed::possible(&state, &idle).contains(&Deed::TestServer("shop".into())), "it is being tested");
    wishes.clear();
    Deed::ZoomIn.carry_out(&mut state, &idle, &mut wishes, None);
    let [Command::SaveSettings { settings }] = wishes.as_slice() else { panic!("{wishes:?}") };
    assert!((settings.window.zoom - 1.1).abs() < 0.01);
}

#[test]
fn what_only_some_moments_have_is_there_then_and_does_what_its_button_does() {
    let mut state = ready();
    let carry = |state: &mut State, deed: Deed, snapshot: &Snapshot| {
        assert!(Deed::possible(state, snapshot).contains(&deed), "{deed:?}");
        let mut wishes = Vec::new();
        deed.carry_out(state, snapshot, &mut wishes, None);
        wishes
    };
    let replay = ReplayView { at_ms: 0, total_ms: 9, is_playing: true, ..ReplayView::default() };
    let played = Snapshot { replay: Some(Box::new(replay)), ..in_phase(Phase::Idle) };
    let deeds = Deed::possible(&state, &played);
    assert!(!deeds.contains(&Deed::Replay(Tape::Play)) && !deeds.contains(&Deed::Replay(Tape::StepBack)));
    for (tape, playback) in
        [(Tape::Pause, Playback::Pause), (Tape::StepOn, Playback::Step { back: false }), (Tape::Close, Playback::Close)]
    {
        assert_eq!(carry(&mut state, Deed::Replay(tape), &played), [Command::Playback { playback }]);
    }
    let loading = Snapshot { loading: Some(LoadingView::default()), ..in_phase(Phase::Idle) };
    assert_eq!(carry(&mut state, Deed::CancelLoad, &loading), [Command::CancelLoad]);
    let paused = in_phase(Phase::Paused { why: PauseReason::Person });
    assert!(carry(&mut state, Deed::ChangePlan, &paused).is_empty());
    assert!(
        state.word.is_some()
            && state.palette.wants_word
            && !Deed::possible(&state, &paused).contains(&Deed::ChangePlan)
    );
    let saved = carry(&mut state, Deed::Move(false), &paused);
    let [Command::SaveSettings { settings }] = saved.as_slice() else { panic!("{saved:?}") };
    assert!(!settings.window.motion && Deed::possible(&state, &paused).contains(&Deed::Move(true)));
}
