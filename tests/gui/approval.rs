//! An action that waits for a person: it is seen on every screen, read before it is answered, and answered exactly.

use egui::accesskit::Live;
use egui_kittest::kittest::{NodeT, Queryable};
use singularis::protocol::{ActionCall, ApprovalAnswer, Command, Event, PauseReason, Phase, Problem, Risk, Snapshot};

use crate::{
    desk::Desk,
    samples::{ended, running},
    scenes::waiting,
};

const WHY_NOT: &str = "Why not? The models are told";

fn asked() -> Desk {
    let mut desk = Desk::ready();
    desk.press("Run");
    desk.show(waiting(3));
    desk
}

fn approve(for_session: bool) -> Command {
    Command::Approve { approval: 3, for_session, for_ever: false }
}

#[test]
fn it_says_everything_that_is_needed_for_an_answer() {
    let desk = asked();
    insta::assert_snapshot!("approval", desk.outline());
    desk.harness.get_by_label("May this be done?");
    desk.harness.get_by_label("sell relic");
    desk.harness.get_by_label("Can lose something for good");
    desk.harness.get_by_label_contains("\"item\": \"relic\"");
    desk.harness.get_by_label("Decided by synthesizer, ordered by the reasoning loop: Gold buys potions");
    desk.harness.get_by_label("Without an answer it counts as rejected after 10\u{a0}min");
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn every_risk_is_said_in_words() {
    for (risk, words) in [
        (Risk::ReadOnly, "Only looks"),
        (Risk::Safe, "Changes only this environment"),
        (Risk::Destructive, "Can lose something for good"),
        (Risk::OpenWorld, "Reaches beyond this environment"),
    ] {
        let mut desk = Desk::ready();
        let mut snapshot = waiting(1);
        let approval = snapshot.approval.as_mut().unwrap();
        (approval.risk, approval.action) = (risk, ActionCall::bare("wait"));
        desk.show(snapshot);
        desk.harness.get_by_label(words);
        assert!(!desk.outline().contains('{'), "there are no arguments to show");
    }
}

#[test]
fn it_stands_on_every_screen_and_is_announced() {
    let mut desk = asked();
    for screen in ["Setup", "Run", "Experts", "Learning", "Models", "Servers"] {
        desk.press(screen);
        desk.harness.get_by_label("May this be done?");
        let alert = desk.harness.get_by_label("May this be done: sell relic. Can lose something for good");
        assert_eq!(alert.accesskit_node().role(), egui::accesskit::Role::Alert);
        assert_eq!(alert.accesskit_node().live(), egui::accesskit::Live::Assertive);
    }
    desk.show(running());
    assert!(desk.harness.query_by_label("May this be done?").is_none());
}

#[test]
fn what_changes_by_itself_is_said_by_a_screen_reader() {
    let live = |desk: &Desk, words: &str| desk.harness.get_by_label(words).accesskit_node().live();
    let mut desk = Desk::ready();
    desk.press("Run");
    desk.show(Snapshot { phase: Phase::Paused { why: PauseReason::Person }, ..running() });
    assert_eq!(live(&desk, "Somebody pressed Pause"), Live::Polite);
    let words = "The disk is full";
    let nobody_wanted = PauseReason::NotRecorded { words: words.to_owned() };
    desk.show(Snapshot { phase: Phase::Paused { why: nobody_wanted }, ..running() });
    assert_eq!(live(&desk, words), Live::Assertive);
    desk.tell(Event::Refused(Box::new(Problem::plain("A session runs", vec![], "Stop it first"))));
    assert_eq!(live(&desk, "Refused: A session runs"), Live::Assertive);
    desk.show(Snapshot::default());
    desk.tell(ended());
    assert_eq!(live(&desk, "Stopped on request after 4 steps, score 18"), Live::Polite);
}

#[test]
fn the_answers_stand_in_one_row_and_leave_the_scene_its_room() {
    let desk = asked();
    let top = |name| desk.harness.get_by_label(name).accesskit_node().bounding_box().unwrap().y0;
    assert!((top("Approve") - top("Reject")).abs() < 1.0, "{} and {}", top("Approve"), top("Reject"));
}

#[test]
fn it_is_approved_once_or_for_the_session() {
    let mut desk = asked();
    desk.press("Approve");
    desk.press("Approve for this session");
    assert_eq!(desk.sent(), [approve(false), approve(true)]);
}

#[test]
fn only_a_tool_of_a_server_can_be_allowed_for_ever() {
    let mut desk = asked();
    assert!(desk.harness.query_by_label("Always allow").is_none());
    let mut snapshot = waiting(3);
    let approval = snapshot.approval.as_mut().unwrap();
    approval.server = Some("shop".into());
    desk.show(snapshot);
    desk.harness.get_by_label("A tool of shop");
    desk.press("Always allow");
    assert_eq!(desk.sent(), [Command::Approve { approval: 3, for_session: true, for_ever: true }]);
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn long_arguments_are_scrolled_and_leave_the_answers_where_they_are() {
    let mut desk = asked();
    let mut snapshot = waiting(3);
    let approval = snapshot.approval.as_mut().unwrap();
    approval.action = ActionCall::with("write", "text", "every word of it ".repeat(2000));
    approval.server = Some("files".into());
    desk.show(snapshot);
    for answer in ["Approve", "Always allow", "Reject"] {
        let bounds = desk.harness.get_by_label(answer).accesskit_node().bounding_box().unwrap();
        assert!(bounds.y1 < 764.0, "{answer} is at {}", bounds.y1);
    }
    let beyond = desk.beyond(1280.0);
    assert!(!beyond.iter().any(|name| name.contains("every word")), "{beyond:?}");
}

#[test]
fn it_is_rejected_with_a_word_or_without() {
    let mut desk = asked();
    desk.press("Reject");
    desk.type_into(WHY_NOT, " keep the relic ");
    desk.press("Reject");
    desk.type_into(WHY_NOT, "never");
    desk.key(egui::Key::Enter);
    let reject = |word: &str| Command::Reject { approval: 3, word: word.into() };
    assert_eq!(desk.sent(), [reject(""), reject("keep the relic"), reject("never")]);
}

#[test]
fn a_word_against_one_action_is_not_said_against_the_next() {
    let mut desk = asked();
    desk.type_into(WHY_NOT, "never");
    desk.tell(Event::ApprovalClosed { approval: 3, answer: ApprovalAnswer::Unanswered });
    desk.show(waiting(4));
    desk.press("Reject");
    assert_eq!(desk.sent(), [Command::Reject { approval: 4, word: String::new() }]);
}

#[test]
fn nobody_approves_by_a_click_that_was_meant_for_the_one_before() {
    let mut desk = asked();
    assert!(desk.is_enabled("Approve"));
    desk.glimpse(waiting(4));
    assert!(!desk.is_enabled("Approve") && !desk.is_enabled("Approve for this session"));
    desk.show(waiting(4));
    assert!(desk.is_enabled("Approve"));
}

#[test]
fn it_can_be_answered_with_the_keyboard() {
    let mut desk = asked();
    desk.tab_to("Approve");
    desk.key(egui::Key::Space);
    assert_eq!(desk.sent(), [approve(false)]);
}

#[test]
fn nothing_of_it_sticks_out_in_a_small_window() {
    for (width, height) in [(1280.0, 764.0), (1024.0, 700.0), (640.0, 382.0), (512.0, 332.0)] {
        let mut desk = Desk::of_size(width, height);
        desk.show(waiting(3));
        let beyond = desk.beyond(width);
        let is_of_it =
            |name: &String| name.contains("Approve") || name.contains("Reject") || name.contains("The models are told");
        assert!(!beyond.iter().any(is_of_it), "at {width} by {height}: {beyond:?}");
    }
}
