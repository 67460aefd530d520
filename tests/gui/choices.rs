//! What can be chosen before a session, and what of it is saved.

use egui_kittest::kittest::Queryable;
use singularis::{
    protocol::Command,
    settings::{AgentSettings, AskFrom, BreakerSettings, Difficulty, Settings},
};

use crate::desk::Desk;

fn choosing() -> Desk {
    let mut desk = Desk::high();
    desk.press("Run");
    desk
}

fn saved(agent: AgentSettings) -> Command {
    Command::SaveSettings { settings: Box::new(Settings { agent, ..Settings::default() }) }
}

fn stopped_by(breakers: BreakerSettings) -> Command {
    Command::SaveSettings { settings: Box::new(Settings { breakers, ..Settings::default() }) }
}

#[test]
fn a_goal_that_is_picked_brings_its_condition_along() {
    let mut desk = choosing();
    desk.press("Pick a goal");
    desk.press("Bring the relic home");
    let agent = AgentSettings {
        goal: "Bring the relic of the barrow home to Town".into(),
        goal_when: "/relic = home".into(),
        ..AgentSettings::default()
    };
    assert_eq!(desk.sent(), [saved(agent)]);
    desk.harness.get_by_label("The session ends with success as soon as /relic = home holds");
}

#[test]
fn a_condition_is_saved_when_it_can_be_read_and_explained_when_not() {
    let mut desk = choosing();
    desk.harness.get_by_label_contains("Nothing is compared");
    desk.type_into("Reached when", "/gold");
    desk.harness.get_by_label_contains("A fact, a comparison and a value");
    desk.key(egui::Key::Enter);
    assert_eq!(desk.sent(), Vec::<Command>::new());
    desk.harness.get_by_label_contains("Not saved: it has no comparison; write it like /relic = home");
    desk.press("Learn what actions are worth");
    let off = AgentSettings { learning: false, ..AgentSettings::default() };
    assert_eq!(desk.sent(), [saved(off.clone())], "other choices are saved without it");
    desk.type_into("Reached when", " >= 30");
    desk.key(egui::Key::Enter);
    assert_eq!(desk.sent(), [saved(AgentSettings { goal_when: "/gold >= 30".into(), ..off })]);
}

#[test]
fn the_world_can_be_made_harder_and_need_not_wait() {
    let mut desk = choosing();
    desk.press("Difficulty");
    desk.press("Hard: 60 turns");
    let hard = AgentSettings { difficulty: Difficulty::Hard, ..AgentSettings::default() };
    assert_eq!(desk.sent(), [saved(hard.clone())]);
    assert!(desk.harness.query_by_label("seconds for a turn, and for a decision").is_none());
    desk.press("The world waits while the models think");
    let hurried = AgentSettings { world_waits: false, ..hard };
    assert_eq!(desk.sent(), [saved(hurried.clone())]);
    desk.set_number("seconds for a turn, and for a decision", 2.5);
    assert_eq!(desk.sent(), [saved(AgentSettings { turn_s: 2.5, ..hurried })]);
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn what_a_person_is_asked_before_is_chosen_in_words() {
    let mut desk = choosing();
    desk.press("Ask before");
    desk.press("whatever changes anything");
    assert_eq!(desk.sent(), [saved(AgentSettings { ask_from: AskFrom::Changes, ..AgentSettings::default() })]);
}

#[test]
fn breakers_are_set_once_somebody_wants_to_see_them() {
    let mut desk = choosing();
    let repeated = "times the same action, without effect";
    assert!(desk.harness.query_by_label(repeated).is_none());
    desk.press("When it does not get on");
    insta::assert_snapshot!("choices_with_breakers", desk.outline());
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.set_number(repeated, 8.0);
    let eight = BreakerSettings { same_action: 8, ..BreakerSettings::default() };
    assert_eq!(desk.sent(), [stopped_by(eight.clone())]);
    desk.set_number(repeated, 1.0);
    let two = BreakerSettings { same_action: 2, ..eight };
    assert_eq!(desk.sent(), [stopped_by(two.clone())], "the first time is no repetition");
    desk.set_number("minutes in all, then it pauses", 90.0);
    assert_eq!(desk.sent(), [stopped_by(BreakerSettings { time_s: 5400, ..two })]);
}

#[test]
fn nothing_sticks_out_to_the_right() {
    for (width, height) in [(1280.0, 764.0), (1024.0, 700.0), (640.0, 382.0)] {
        let mut desk = Desk::of_size(width, height);
        desk.press("Run");
        assert_eq!(desk.beyond(width), Vec::<String>::new(), "at {width} by {height}");
    }
}
