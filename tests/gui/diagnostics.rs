//! The diagnostics that can be posted: asked for, looked at, saved, copied and put away.

use egui_kittest::kittest::{NodeT, Queryable};
use singularis::protocol::{Bundle, Command, Event, Problem, Redaction};

use crate::desk::Desk;

const OFFER: &str = "One text that can be posted in public";

pub fn bundle() -> Bundle {
    let redaction = |what: &str, times, instead: &str| Redaction { what: what.into(), times, instead: instead.into() };
    let lines = (1..200).map(|number| format!("line {number} of the log")).collect::<Vec<_>>().join("\n");
    Bundle {
        text: format!("# Singularis diagnostics\n\n{lines}"),
        file_name: "singularis-diagnostics.md".into(),
        redactions: vec![
            redaction("API keys", 3, "(hidden)"),
            redaction("addresses of other machines", 1, "machine-1, machine-2 and so on"),
        ],
    }
}

fn looking_at(bundle: Bundle) -> Desk {
    let mut desk = Desk::high();
    desk.press("Logs");
    desk.press("Prepare");
    desk.sent();
    desk.tell(Event::BundleReady(Box::new(bundle)));
    desk
}

/// The preview has a name, and what it shows is its value.
fn shows(desk: &Desk, words: &str) -> bool {
    let mut fields = desk.harness.get_all_by_label("Text of singularis-diagnostics.md");
    fields.any(|node| node.accesskit_node().value().is_some_and(|text| text.contains(words)))
}

#[test]
fn it_says_what_it_is_and_is_asked_for_once() {
    let mut desk = Desk::high();
    desk.press("Logs");
    desk.harness.get_by_label("Diagnostics for asking for help");
    desk.harness.get_by_label_contains(OFFER);
    assert_eq!(desk.sent(), Vec::<Command>::new(), "nothing is put together before somebody asks");
    desk.press("Prepare");
    assert_eq!(desk.sent(), [Command::PrepareBundle]);
    desk.harness.get_by_label_contains("It is being put together");
    desk.tell(Event::Refused(Box::new(Problem::plain("The worker is busy", vec![], "Try again"))));
    assert!(desk.harness.query_by_label_contains("It is being put together").is_none(), "it does not wait for ever");
    desk.harness.get_by_label_contains(OFFER);
}

#[test]
fn it_is_shown_before_it_is_saved_with_what_was_taken_out() {
    let desk = looking_at(bundle());
    assert!(shows(&desk, "# Singularis diagnostics"));
    assert!(shows(&desk, "line 199 of the log"));
    desk.harness.get_by_label("API keys: 3 times; (hidden) stands there instead");
    let machines = "addresses of other machines: 1 time; machine-1, machine-2 and so on stands there instead";
    desk.harness.get_by_label(machines);
    desk.harness.get_by_label("Prompts, keys and the addresses of other machines are not in it");
    desk.harness.get_by_label_contains("Read it before you post it");
    assert!(desk.harness.query_by_label_contains(OFFER).is_none());
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn where_nothing_was_taken_out_that_is_said() {
    let desk = looking_at(Bundle { redactions: Vec::new(), ..bundle() });
    desk.harness.get_by_label("Nothing had to be taken out");
}

#[test]
fn it_can_be_saved_copied_and_put_away() {
    let mut desk = looking_at(bundle());
    desk.press("Save…");
    assert_eq!(desk.sent(), [Command::SaveBundle]);
    desk.tell(Event::FileSaved { place: "downloads/singularis-diagnostics.md".into() });
    desk.harness.get_by_label("Saved as downloads/singularis-diagnostics.md");
    desk.press("Copy the diagnostics");
    assert_eq!(desk.sent(), Vec::<Command>::new(), "the clipboard is the window's own");
    desk.harness.get_by_label_contains("in the clipboard");
    desk.press("Close");
    assert!(desk.harness.query_by_label("Text of singularis-diagnostics.md").is_none());
    desk.harness.get_by_label_contains(OFFER);
}

#[test]
fn what_is_shown_cannot_be_changed() {
    let mut desk = looking_at(bundle());
    let field =
        |node: &egui_kittest::Node<'_>| node.accesskit_node().role() == egui::accesskit::Role::MultilineTextInput;
    let fields = desk.harness.get_all_by_label("Text of singularis-diagnostics.md");
    fields.into_iter().find(field).expect("the text can be reached").focus();
    desk.harness.run_steps(2);
    let fields = desk.harness.get_all_by_label("Text of singularis-diagnostics.md");
    fields.into_iter().find(field).expect("it is still there").type_text("planted");
    desk.harness.run_steps(3);
    assert!(!shows(&desk, "planted") && shows(&desk, "line 1 of the log"));
}

#[test]
fn nothing_sticks_out_to_the_right() {
    for (width, height) in [(1280.0, 764.0), (1024.0, 700.0), (640.0, 382.0), (512.0, 332.0)] {
        let mut desk = Desk::of_size(width, height);
        desk.press("Logs");
        assert_eq!(desk.beyond(width), Vec::<String>::new(), "the offer at {width} by {height}");
        desk.tell(Event::BundleReady(Box::new(bundle())));
        assert_eq!(desk.beyond(width), Vec::<String>::new(), "the text at {width} by {height}");
    }
}
