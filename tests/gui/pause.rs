//! A session that stands still: why, and the ways on.

use egui_kittest::kittest::Queryable;
use singularis::protocol::{Breaker, Command, Event, PauseReason, Phase, Snapshot};

use crate::{
    desk::Desk,
    samples::{asking, running},
};

const FIELD: &str = "Tell the models what to do differently";

fn paused(why: PauseReason) -> Snapshot {
    Snapshot { phase: Phase::Paused { why }, ..running() }
}

fn stuck() -> PauseReason {
    PauseReason::Breaker { breaker: Breaker::SameAction, words: "open gate was tried 5 times without effect".into() }
}

#[test]
fn every_reason_is_said_with_what_going_on_means() {
    let budget = PauseReason::Budget { words: "The budget of $5.00 is used up".into() };
    for (why, reason, outlook) in [
        (PauseReason::Person, "Somebody pressed Pause", "until it goes on"),
        (PauseReason::OneDecision, "One decision has been carried out", "until it goes on"),
        (budget, "The budget of $5.00 is used up", "going on grants as much again"),
        (stuck(), "open gate was tried 5 times without effect", "a change of plan tells the models"),
    ] {
        let mut desk = Desk::ready();
        desk.show(paused(why));
        desk.harness.get_by_label("The session is paused");
        desk.harness.get_by_label(reason);
        desk.harness.get_by_label_contains(outlook);
        assert_eq!(desk.nameless(), Vec::<String>::new());
    }
}

#[test]
fn it_goes_on_by_one_step_or_as_before_or_ends() {
    let mut desk = Desk::ready();
    desk.show(paused(stuck()));
    insta::assert_snapshot!("paused_by_a_breaker", desk.outline());
    desk.press("Go on");
    desk.press("Step");
    desk.press("Stop");
    assert_eq!(desk.sent(), [Command::Resume { word: None }, Command::Step, Command::Stop]);
    for name in ["Step", "Stop"] {
        assert_eq!(desk.harness.get_all_by_label(name).count(), 1, "{name} stands in one place");
    }
}

#[test]
fn a_running_session_can_be_stepped_too() {
    let mut desk = Desk::ready();
    desk.show(running());
    desk.press("Step");
    assert_eq!(desk.sent(), [Command::Step]);
    desk.show(Snapshot { phase: Phase::Starting, ..Snapshot::default() });
    assert!(desk.harness.query_by_label("Step").is_none(), "nothing can be stepped before it runs");
}

#[test]
fn another_plan_is_typed_and_sent_with_going_on() {
    let mut desk = Desk::ready();
    desk.show(paused(stuck()));
    assert!(desk.harness.query_by_label(FIELD).is_none());
    desk.press("Change the plan…");
    assert!(desk.harness.get_by_label(FIELD).is_focused(), "one can type at once");
    assert!(!desk.is_enabled("Go on with this"), "there is nothing to tell yet");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.type_into(FIELD, " rest first ");
    desk.press("Go on with this");
    assert_eq!(desk.sent(), [Command::Resume { word: Some("rest first".into()) }]);
    assert!(desk.harness.query_by_label(FIELD).is_none());
}

#[test]
fn enter_sends_the_word_and_the_plan_can_be_kept() {
    let mut desk = Desk::ready();
    desk.show(paused(PauseReason::Person));
    desk.press("Change the plan…");
    desk.type_into(FIELD, "rest first");
    desk.press("Keep the plan");
    assert!(desk.harness.query_by_label(FIELD).is_none());
    desk.press("Change the plan…");
    desk.type_into(FIELD, "go home");
    desk.key(egui::Key::Enter);
    assert_eq!(desk.sent(), [Command::Resume { word: Some("go home".into()) }], "what was given up is not sent");
}

#[test]
fn a_word_that_was_begun_is_gone_after_the_pause() {
    let mut desk = Desk::ready();
    desk.show(paused(PauseReason::Person));
    desk.press("Change the plan…");
    desk.tell(Event::Resumed);
    desk.show(running());
    desk.show(paused(PauseReason::Person));
    assert!(desk.harness.query_by_label(FIELD).is_none());
}

#[test]
fn nothing_of_it_sticks_out_in_a_small_window() {
    for (width, height) in [(1280.0, 764.0), (1024.0, 700.0), (640.0, 382.0), (512.0, 332.0)] {
        let mut desk = Desk::of_size(width, height);
        desk.show(Snapshot { phase: Phase::Paused { why: stuck() }, ..asking() });
        for screen in ["Setup", "Run", "Experts"] {
            desk.press(screen);
            let beyond = desk.beyond(width);
            assert!(!beyond.iter().any(|name| name.contains("plan") || name == "Stop"), "{screen}: {beyond:?}");
        }
    }
}
