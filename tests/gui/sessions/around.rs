//! What the other screens say of the record of a session, and how long sessions are kept.

use egui_kittest::kittest::Queryable;
use singularis::{
    protocol::{Command, Event, Phase, ReplayView, SessionStarted, Snapshot},
    settings::{JournalSettings, Strategy},
};

use super::{
    activate, looking,
    past::{listed, won},
    says, with_two,
};
use crate::{desk::Desk, samples::running};

/// The run screen while this session runs.
fn with_a_session() -> Desk {
    let mut desk = Desk::high();
    desk.tell(Event::SessionStarted(Box::new(SessionStarted {
        session: "s-9".into(),
        environment: "world".into(),
        goal: "Fell the wolf".into(),
        seed: 7,
        strategy: Strategy::LocalExperts,
        demo: false,
    })));
    desk.press("Run");
    desk.show(running());
    desk.sent();
    desk
}

fn asked_for(session: &str, step: u64) -> [Command; 2] {
    let session = || session.to_owned();
    [Command::OpenSession { session: session() }, Command::ShowWhy { session: session(), step }]
}

#[test]
fn a_decision_leads_to_its_reasons_once_it_has_been_carried_out() {
    let mut desk = with_a_session();
    let mut undone = running();
    undone.decision.as_mut().unwrap().effect = None;
    desk.show(undone);
    assert!(!desk.is_enabled("Why step 4?"), "it is being carried out");
    desk.show(running());
    desk.press("Why step 4?");
    let mut sent = desk.sent();
    sent.retain(|command| !matches!(command, Command::ListSessions { .. }));
    assert_eq!(sent, asked_for("s-9", 4));
    desk.harness.get_by_label("Its reasons are being read");
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn in_a_replay_the_reasons_are_those_of_the_session_that_is_played() {
    let mut desk = with_a_session();
    let view = ReplayView { session: "s-1".into(), total_ms: 60_000, speed: 1.0, ..ReplayView::default() };
    desk.show(Snapshot { phase: Phase::Idle, replay: Some(Box::new(view)), goal: "Fell the wolf".into(), ..running() });
    desk.harness.get_by_label("Replay of s-1");
    desk.press("Why step 4?");
    let mut sent = desk.sent();
    sent.retain(|command| !matches!(command, Command::ListSessions { .. }));
    assert_eq!(sent, asked_for("s-1", 4));
}

#[test]
fn a_session_that_is_not_recorded_says_so_and_why() {
    let mut desk = with_a_session();
    assert!(!says(&desk, "ecorded: "));
    let why = "there is no space left for the journal: database or disk is full; 12 records are lost";
    desk.show(Snapshot { not_recorded: Some(why.into()), ..running() });
    desk.harness.get_by_label(&format!("This session is not being recorded: {why}"));
    desk.harness.get_by_label("Not recorded: there is no space left for the journal");
    assert!(says(&desk, "Sent off this machine: "), "that is never pushed out");
    desk.press("Setup");
    desk.harness.get_by_label("Not recorded: there is no space left for the journal");
}

#[test]
fn a_window_that_only_looks_says_why_nothing_can_be_started() {
    let mut desk = Desk::ready();
    let why = "Singularis as process 7 is open already and does not answer, so this one only shows what is kept";
    desk.tell(Event::ReadOnly { why: why.into() });
    for screen in ["Setup", "Run"] {
        desk.press(screen);
        desk.harness.get_by_label(&format!("No session can be started here: {why}"));
        desk.harness.get_by_label("This window only shows what is kept");
        assert!(!desk.is_enabled("Start"));
    }
    desk.harness.get_by_label_contains("Not ready: this window only shows what is kept");
}

#[test]
fn how_long_sessions_are_kept_is_said_and_can_be_chosen() {
    let mut desk = with_two();
    desk.press("Kept: 90 days, up to 2,000\u{a0}MB");
    // It unfolds.
    desk.harness.run_steps(20);
    desk.harness.get_by_label_contains("the oldest sessions first");
    desk.set_number("days; 0 for ever", 0.0);
    desk.set_number("MB at most; 0 for no limit", 500.0);
    let last = desk.sent().pop();
    let Some(Command::SaveSettings { settings }) = &last else { panic!("{last:?} saves nothing") };
    assert_eq!(settings.journal, JournalSettings { keep_days: 0, keep_mb: 500 });
    desk.harness.get_by_label("Kept: for ever, up to 500\u{a0}MB");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.tell(Event::ReadOnly { why: "another copy is open".into() });
    assert!(!desk.is_enabled("days; 0 for ever"));
}

#[test]
fn a_list_closes_when_something_is_chosen_without_a_pointer() {
    let mut desk = looking();
    desk.tell(listed("", vec![won()]));
    desk.press("Logs");
    desk.press("Level");
    activate(&mut desk, "Warnings and errors");
    desk.harness.run_steps(3);
    assert!(desk.harness.query_by_label("All levels").is_none(), "the list is still open");
}
