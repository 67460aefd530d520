//! The log screen: what is shown of many lines, and what is done with it.

use egui::{OutputCommand, accesskit::Role};
use egui_kittest::kittest::Queryable;
use singularis::protocol::{LogLine, Moment};
use tracing::Level;

use crate::desk::Desk;

/// As many lines as the lane to the window holds.
const AT_ONCE: usize = 512;

pub fn line(level: Level, target: &str, text: &str) -> LogLine {
    LogLine { number: 1, at: Moment(1_777_777_777_123), level, target: target.into(), text: text.into() }
}

fn numbered(number: usize) -> LogLine {
    line(Level::INFO, "singularis::worker", &format!("line {number} of many"))
}

/// The log screen with one line of each kind.
fn looking() -> Desk {
    let mut desk = Desk::high();
    desk.press("Logs");
    desk.log([
        line(Level::DEBUG, "singularis::llm", "asked expert.1"),
        line(Level::INFO, "singularis::worker", "the demo is ready"),
        line(Level::WARN, "singularis::llm", "no Answer after 30 s"),
        line(Level::ERROR, "hyper", "the answer was cut off"),
    ]);
    desk
}

fn shows(desk: &Desk, text: &str) -> bool {
    desk.harness.query_all_by_label_contains(text).next().is_some()
}

/// What gets into the clipboard when this button is pressed.
fn copied(desk: &mut Desk, name: &str) -> String {
    desk.harness.get_by_role_and_label(Role::Button, name).click();
    for _ in 0..6 {
        desk.harness.step();
        let commands = &desk.harness.output().platform_output.commands;
        let text = commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = text {
            return text;
        }
    }
    panic!("nothing was copied");
}

#[test]
fn an_empty_log_says_what_will_appear() {
    let mut desk = Desk::high();
    desk.press("Logs");
    desk.harness.get_by_label_contains("What the program says of itself will appear here");
    desk.harness.get_by_label("0 lines");
    assert!(!desk.is_enabled("Copy what is shown"));
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn a_line_has_its_level_in_words_and_the_module_it_comes_from() {
    let desk = looking();
    desk.harness.get_by_label("4 lines");
    desk.harness.get_by_label_contains("Debug    llm  asked expert.1");
    desk.harness.get_by_label_contains("Info     worker  the demo is ready");
    desk.harness.get_by_label_contains("Warning  llm  no Answer after 30 s");
    desk.harness.get_by_label_contains(":37.123  Error    hyper  the answer was cut off");
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn level_module_and_search_choose_and_all_lines_come_back() {
    let mut desk = looking();
    desk.press("Level");
    desk.press("Warnings and errors");
    desk.harness.get_by_label("2 matches of 4 lines");
    assert!(!shows(&desk, "the demo is ready"));
    desk.press("Module");
    desk.press("llm");
    desk.harness.get_by_label("1 match of 4 lines");
    desk.harness.get_by_label_contains("no Answer after 30 s");
    desk.press("Level");
    desk.press("All levels");
    desk.harness.get_by_label("2 matches of 4 lines");
    desk.press("Module");
    desk.press("All modules");
    desk.type_into("Search", "ANSWER");
    desk.harness.get_by_label("2 matches of 4 lines");
    assert!(shows(&desk, "no Answer after 30 s") && shows(&desk, "the answer was cut off"));
    assert!(!shows(&desk, "asked expert.1"));
    desk.log([line(Level::INFO, "singularis::worker", "an answer came")]);
    desk.harness.get_by_label("3 matches of 5 lines");
    desk.type_into("Search", " of nobody");
    desk.harness.get_by_label("0 matches of 5 lines");
    desk.harness.get_by_label("No line is like that");
    desk.press("Show all lines");
    desk.harness.get_by_label("5 lines");
    assert!(shows(&desk, "asked expert.1"));
}

#[test]
fn while_the_log_is_paused_new_lines_are_only_counted() {
    let mut desk = looking();
    desk.press("Pause the log");
    desk.log((0..37).map(numbered));
    desk.harness.get_by_label("Paused, 37 new lines meanwhile");
    assert!(!shows(&desk, "of many"));
    desk.press("Go on");
    desk.harness.get_by_label("41 lines");
    desk.harness.get_by_label_contains("line 36 of many");
    assert!(!shows(&desk, "Paused"));
}

#[test]
fn what_is_shown_is_copied() {
    let mut desk = looking();
    desk.type_into("Search", "answer");
    let text = copied(&mut desk, "Copy what is shown");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].ends_with(":37.123  WARN singularis::llm: no Answer after 30 s"), "{text}");
    assert!(lines[1].ends_with(":37.123 ERROR hyper: the answer was cut off"), "{text}");
    desk.harness.run_steps(2);
    desk.harness.get_by_label("2 lines are in the clipboard");
    desk.type_into("Search", "s");
    assert!(!shows(&desk, "in the clipboard"), "something else is shown now");
}

#[test]
fn lines_that_came_too_fast_are_told() {
    let mut desk = Desk::high();
    desk.press("Logs");
    desk.log((0..AT_ONCE + 214).map(numbered));
    desk.harness.get_by_label("214 lines skipped");
    desk.log([line(Level::INFO, "singularis::worker", "calm again")]);
    desk.harness.get_by_label_contains("calm again");
    desk.harness.get_by_label("513 lines");
    desk.type_into("Search", "calm");
    desk.harness.get_by_label("214 lines skipped");
    desk.harness.get_by_label("1 match of 513 lines");
    assert!(copied(&mut desk, "Copy what is shown").starts_with("(214 lines skipped)\n"));
}

#[test]
fn the_newest_line_is_followed_until_somebody_scrolls_up() {
    let mut desk = Desk::high();
    desk.press("Logs");
    desk.log((0..300).map(numbered));
    desk.harness.get_by_label_contains("line 299 of many");
    assert!(!shows(&desk, "line 0 of many"), "it is far above");
    desk.harness.get_by_label_contains("line 299 of many").scroll_up();
    desk.harness.run_steps(8);
    desk.log((300..400).map(numbered));
    assert!(!shows(&desk, "line 399 of many"), "whoever reads further up is left there");
    desk.press("Follow the newest");
    desk.harness.get_by_label_contains("line 399 of many");
    desk.log([line(Level::INFO, "singularis::worker", "the very newest")]);
    desk.harness.get_by_label_contains("the very newest");
}

#[test]
fn a_hundred_thousand_lines_are_no_more_than_fit_the_screen() {
    let mut desk = Desk::high();
    desk.press("Logs");
    let numbers: Vec<usize> = (0..100_100).collect();
    for chunk in numbers.chunks(AT_ONCE) {
        desk.log_once(chunk.iter().map(|number| numbered(*number)));
    }
    desk.harness.run_steps(2);
    desk.harness.get_by_label("100,000 lines");
    desk.harness.get_by_label_contains("line 100099 of many");
    let rows = desk.harness.query_all_by_label_contains("of many").count();
    assert!(rows > 10 && rows < 500, "{rows} rows are drawn");
    // The oldest hundred had to go.
    desk.type_into("Search", "line 99 of");
    desk.harness.get_by_label("0 matches of 100,000 lines");
    desk.press("Show all lines");
    desk.type_into("Search", "line 100 of");
    desk.harness.get_by_label("1 match of 100,000 lines");
    desk.harness.get_by_label_contains("line 100 of many");
}
