//! The Sessions screen: list, search, one session with its timeline, the reasons of a step, comparing, removing, and
//! sessions that were cut off.

mod around;
pub mod past;

use egui_kittest::kittest::Queryable;
use past::{cut_off, file, listed, listed_with, long, older, opened, stopped, why, why_without_a_question, won};
use singularis::{
    protocol::{
        Command, Event, Moment, Phase, Problem, ReportFormat, SessionFile, SessionLine, SessionsList, Snapshot,
    },
    ui::words::kept,
};

use crate::{desk::Desk, samples::running};

const SLIDER: &str = "Moment of the session";

/// The screen with nothing told yet; that the list was asked for is taken note of.
fn looking() -> Desk {
    let mut desk = Desk::high();
    desk.press("Sessions");
    assert_eq!(desk.sent(), [Command::ListSessions { search: String::new() }]);
    desk
}

/// The screen with a list of two.
fn with_two() -> Desk {
    let mut desk = looking();
    desk.tell(listed("", vec![won(), stopped()]));
    desk
}

/// The screen with the first one opened.
fn with_opened() -> Desk {
    let mut desk = with_two();
    choose(&mut desk, &won());
    assert_eq!(desk.sent(), [Command::OpenSession { session: "s-1".into() }]);
    desk.tell(opened(file(won())));
    desk
}

fn choose(desk: &mut Desk, line: &SessionLine) {
    desk.press(&kept::line(line, Moment::now()));
}

/// The same as a press, also where it would have to be scrolled to.
fn activate(desk: &mut Desk, name: &str) {
    desk.harness.get_by_label(name).click_accesskit();
    desk.harness.run_steps(3);
}

fn says(desk: &Desk, words: &str) -> bool {
    desk.outline().contains(words)
}

#[test]
fn before_the_first_session_it_says_what_will_be_here_and_how_to_begin() {
    let mut desk = looking();
    desk.harness.get_by_label_contains("The list is being read");
    desk.tell(Event::SessionsListed(Box::default()));
    desk.harness.get_by_label("No session yet");
    desk.harness.get_by_label_contains("Every session is kept from its first step on");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.press("Open the run screen");
    desk.harness.get_by_label("Next session");
}

#[test]
fn the_list_tells_each_session_in_words_and_one_is_opened() {
    let mut desk = with_two();
    desk.harness.get_by_label("2 sessions, 3.4\u{a0}MB on the disk");
    desk.harness.get_by_label_contains("Choose a session to see what it did");
    assert!(says(&desk, "The goal was reached, score 62 · 3 steps, certificate clean; world, seed 7 · Local experts"));
    assert!(says(&desk, "Stopped on request, score 48 · 2 steps, certificate not clean"));
    assert_eq!(desk.nameless(), Vec::<String>::new());
    choose(&mut desk, &won());
    assert_eq!(desk.sent(), [Command::OpenSession { session: "s-1".into() }]);
    desk.harness.get_by_label_contains("The session is being read");
    desk.tell(opened(file(won())));
    desk.harness.get_by_label("score 62 · 3 steps · took 10.0\u{a0}s · certificate clean");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    let refused = Problem::plain("The journal is locked", vec![], "Try again");
    choose(&mut desk, &stopped());
    desk.tell(Event::Refused(Box::new(refused)));
    desk.harness.get_by_label("It could not be read; why is said above");
    desk.press("Back to the list");
    desk.harness.get_by_label_contains("Choose a session to see what it did");
}

#[test]
fn what_is_typed_is_searched_for_once_and_what_is_not_found_is_said() {
    let mut desk = with_two();
    desk.type_into("Search", "dragon");
    desk.harness.run_steps(3);
    assert_eq!(desk.sent(), [Command::ListSessions { search: "dragon".into() }]);
    desk.tell(listed("dragon", Vec::new()));
    desk.harness.get_by_label("No session was found for dragon");
    desk.harness.get_by_label("0 found of 2 sessions, 3.4\u{a0}MB on the disk");
    assert_eq!(desk.sent(), Vec::<Command>::new());
    desk.tell(listed("", vec![won(), stopped()]));
    let again = [Command::ListSessions { search: "dragon".into() }];
    assert_eq!(desk.sent(), again, "a list that comes unasked is for another search");
    desk.tell(listed("dragon", Vec::new()));
    desk.press("Show all sessions");
    assert_eq!(desk.sent(), [Command::ListSessions { search: String::new() }]);
}

#[test]
fn every_button_sends_its_wish() {
    let mut desk = with_opened();
    for (name, format) in [
        ("Export as Web page…", ReportFormat::Html),
        ("Export as Markdown…", ReportFormat::Markdown),
        ("Export as JSON…", ReportFormat::Json),
    ] {
        desk.press(name);
        assert_eq!(desk.sent(), [Command::ExportSession { session: "s-1".into(), format }]);
    }
    desk.tell(Event::FileSaved { place: "the folder Documents".into() });
    desk.harness.get_by_label("Saved as the folder Documents");
    desk.press("Tell it in words");
    assert_eq!(desk.sent(), [Command::Summarise { session: "s-1".into() }]);
    desk.harness.get_by_label("The narrator's model is summing it up");
    assert!(!desk.is_enabled("Being told in words"));
    desk.tell(opened(SessionFile { summary: Some("It felled the wolf and went home".into()), ..file(won()) }));
    desk.harness.get_by_label("It felled the wolf and went home");
    assert!(desk.is_enabled("Tell it in words"));
    desk.press("Replay");
    assert_eq!(desk.sent(), [Command::Replay { session: "s-1".into() }]);
    desk.press("Sessions");
    desk.show(running());
    assert!(!desk.is_enabled("Replay"), "a session runs");
    desk.show(Snapshot { phase: Phase::Idle, ..Snapshot::default() });
    assert!(desk.is_enabled("Replay"));
}

#[test]
fn a_session_is_removed_only_after_a_second_question() {
    let mut desk = with_opened();
    desk.press("Remove");
    assert_eq!(desk.sent(), Vec::<Command>::new());
    desk.harness.get_by_label("Everything that was kept of this session will be lost for good");
    desk.press("Keep it");
    assert!(desk.harness.query_by_label("Remove it for good").is_none());
    desk.press("Remove");
    desk.press("Remove it for good");
    assert_eq!(desk.sent(), [Command::RemoveSession { session: "s-1".into() }]);
    desk.tell(listed("", vec![stopped()]));
    assert!(desk.harness.query_by_label("Replay").is_none(), "it is closed once it is gone");
}

#[test]
fn the_cursor_is_scrubbed_with_the_keyboard_and_says_where_it_stands() {
    let mut desk = with_opened();
    desk.harness.get_by_label("At 10.0\u{a0}s: step 3, talk");
    assert!(says(&desk, "Score: 62 points · Errors by cause: 1"));
    desk.harness.get_by_label("Last, after 6.0\u{a0}s: Paused on request");
    desk.tab_to(SLIDER);
    desk.key(egui::Key::ArrowLeft);
    desk.harness.get_by_label("At 9.9\u{a0}s: step 3, talk");
    desk.key(egui::Key::PageUp);
    desk.harness.get_by_label("At 8.9\u{a0}s: step 2, attack");
    assert!(desk.harness.get_by_label(SLIDER).is_focused(), "the arrows move the cursor and not the focus");
    desk.key(egui::Key::Home);
    desk.harness.get_by_label("At 0.0\u{a0}s: before the first step");
    assert!(!desk.is_enabled("Step before") && !desk.is_enabled("Why did it do that?"));
    assert!(says(&desk, "Score: nothing yet"));
    desk.press("Step after");
    desk.harness.get_by_label("At 1.0\u{a0}s: step 1, look");
    desk.set_number(SLIDER, 5200.0);
    desk.harness.get_by_label("At 5.2\u{a0}s: step 2, attack");
    assert!(says(&desk, "Score: 12 points"));
    desk.press("Why did it do that?");
    assert_eq!(desk.sent(), [Command::ShowWhy { session: "s-1".into(), step: 2 }]);
}

#[test]
fn a_plot_that_is_pressed_moves_the_cursor_and_gives_it_to_the_keyboard() {
    let mut desk = with_opened();
    let plot = "Score: lowest 3 points, highest 62 points, last 62 points";
    let middle = desk.harness.get_by_label(plot).rect().center();
    desk.harness.get_by_label(
        "Time to first token: threat lowest 1.4\u{a0}s, highest 1.9\u{a0}s, last 1.9\u{a0}s; navigation lowest \
         0.7\u{a0}s, highest 0.7\u{a0}s, last 0.7\u{a0}s",
    );
    desk.harness.get_by_label("Errors by cause: 1 in all, the first after 0.5\u{a0}s");
    desk.harness.get_by_label("What happened: 2 marks, the last after 6.0\u{a0}s: Paused on request");
    desk.harness.hover_at(middle);
    desk.harness.drag_at(middle);
    desk.harness.run_steps(2);
    desk.harness.drop_at(middle);
    desk.harness.run_steps(3);
    assert!(desk.harness.query_by_label("At 10.0\u{a0}s: step 3, talk").is_none());
    assert!(desk.harness.get_by_label(SLIDER).is_focused());
    desk.key(egui::Key::End);
    desk.harness.get_by_label("At 10.0\u{a0}s: step 3, talk");
}

#[test]
fn each_part_of_a_session_has_its_place() {
    let mut desk = with_opened();
    desk.press("Steps of this session");
    desk.harness.get_by_label("Step 2: the dearest decision: 3.1 points");
    desk.harness.get_by_label("2  Attack");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.press("Experts of this session");
    desk.harness.get_by_label(
        "Threat, qwen3-8b: answered 2 of 3, 1 failed, 0 broken off, followed 2 times; in the middle first token after \
         1.4\u{a0}s, 3.1\u{a0}s in all, 27\u{a0}tokens/s; 890 tokens",
    );
    desk.press("Errors of this session");
    desk.harness.get_by_label("The server is not running");
    desk.harness.get_by_label("12 times, first after 0.5\u{a0}s, last after 4.2\u{a0}s; seen by threat");
    desk.press("Certificate of this session");
    desk.harness.get_by_label("Everything ended");
    desk.press("Settings it ran with");
    desk.harness.get_by_label("version = 1");
    assert_eq!(desk.nameless(), Vec::<String>::new());
}

#[test]
fn of_many_steps_only_those_in_sight_are_drawn() {
    let mut desk = with_two();
    choose(&mut desk, &won());
    desk.tell(opened(long(5000)));
    desk.press("Steps of this session");
    let drawn = desk.harness.get_all_by_label_contains("Why step").count();
    assert!((5..100).contains(&drawn), "{drawn} of 5000 rows are drawn");
}

#[test]
fn the_reasons_of_a_step_are_a_chain_from_what_was_seen_to_what_came_of_it() {
    let mut desk = with_opened();
    desk.press("Steps of this session");
    desk.sent();
    desk.press("Why step 2?");
    assert_eq!(desk.sent(), [Command::ShowWhy { session: "s-1".into(), step: 2 }]);
    desk.harness.get_by_label_contains("Its reasons are being read");
    desk.tell(why());
    desk.harness.get_by_label("Step 2: attack");
    for words in [
        "A wolf bars the way",
        "qwen3-8b, at http://127.0.0.1:1234",
        "I say attack",
        "So be it",
        "Waited 0.2\u{a0}s, first token after 1.4\u{a0}s, took 3.1\u{a0}s, 27\u{a0}tokens/s, tokens of the prompt 812, \
         of the answer 83, cost unknown",
        "threat: attack",
        "No person had to be asked",
        "This decision cost 3.1 points; best play from there still reached 92",
        "What attack did",
        "Something has changed; score 12; 2.0\u{a0}s from the look to the effect",
    ] {
        assert!(says(&desk, words), "{words} is not said");
    }
    assert!(!says(&desk, "A wolf stands before you"), "prompts are long and shown when they are wanted");
    desk.press("Show the prompt of threat");
    desk.harness.get_by_label("A wolf stands before you");
    desk.press("Copy the prompt of threat");
    desk.harness.get_by_label("The prompt of threat is in the clipboard");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.press("Next step");
    assert_eq!(desk.sent(), [Command::ShowWhy { session: "s-1".into(), step: 3 }]);
    desk.tell(why());
    desk.harness.get_by_label_contains("Its reasons are being read");
    desk.tell(why_without_a_question());
    desk.harness.get_by_label("No model was asked: it was done without a question");
    assert!(!desk.is_enabled("Next step"), "it was the last one");
    desk.press("Back to the session");
    desk.harness.get_by_label("3  Talk");
}

#[test]
fn two_sessions_stand_beside_each_other_figure_by_figure() {
    let mut desk = with_opened();
    desk.press("Compare with…");
    desk.harness.get_by_label_contains("Both will stand beside each other");
    desk.press("Compare with");
    desk.press(&kept::name(&stopped(), Moment::now()));
    assert_eq!(desk.sent(), [Command::OpenSession { session: "s-2".into() }]);
    desk.harness.get_by_label_contains("The other session is being read");
    let mut other = file(stopped());
    other.figures.errors.clear();
    desk.tell(opened(other));
    desk.harness.get_by_label("Score: this session 62 points, the other one 48 points; 14 points more");
    desk.harness
        .get_by_label("Outcome: this session The goal was reached, the other one Stopped on request; not the same");
    desk.harness.get_by_label("Errors: this session 12, the other one 0; 12 more");
    desk.harness.get_by_label("Time for a step: this session 2.0\u{a0}s, the other one 2.0\u{a0}s; the same");
    desk.harness.get_by_label("Cost: this session at least $0.12, the other one at least $0.12; cannot be told");
    desk.harness.get_by_label_contains("Score: this session lowest 3 points");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.press("End the comparison");
    desk.harness.get_by_label(SLIDER);
}

#[test]
fn a_session_that_was_cut_off_says_what_may_be_left_and_how_to_go_on() {
    let mut desk = looking();
    desk.tell(listed_with(vec![cut_off(), older()]));
    for words in [
        "was interrupted",
        "Fell the wolf: kept until score 62 · 3 steps",
        "Under way: threat had been asked and had not answered",
        "The child process MCP server files is still there",
        "The child process MCP server notes is gone",
        "1 older session was interrupted too",
    ] {
        assert!(says(&desk, words), "{words} is not said");
    }
    assert_eq!(desk.nameless(), Vec::<String>::new());
    let session = || "s-3".to_owned();
    desk.press("Clean up");
    assert_eq!(desk.sent(), [Command::CleanUp { session: session() }]);
    assert!(!desk.is_enabled("Cleaning up"));
    let mut cleaned = cut_off();
    cleaned.left.iter_mut().for_each(|left| left.is_there = Some(false));
    desk.tell(listed_with(vec![cleaned]));
    assert!(desk.harness.query_by_label("Clean up").is_none(), "nothing is left to be ended");
    desk.press("Dismiss");
    assert_eq!(desk.sent(), [Command::Acknowledge { session: session() }]);
    desk.press("See the report");
    assert_eq!(desk.sent(), [Command::OpenSession { session: session() }]);
    desk.tell(opened(file(cut_off().line)));
    desk.press("Certificate of this session");
    desk.harness.get_by_label("There is none: the program ended before the session did");
    desk.tell(Event::SessionsListed(Box::new(SessionsList {
        total: 1,
        lines: vec![won()],
        ..SessionsList::default()
    })));
    assert!(!says(&desk, "was interrupted"));
}

#[test]
fn where_there_is_no_room_for_both_the_way_back_leads_to_the_list() {
    let mut desk = Desk::of_size(640.0, 382.0);
    desk.press("Sessions");
    desk.tell(listed("", vec![won(), stopped()]));
    choose(&mut desk, &won());
    desk.tell(opened(file(won())));
    assert!(desk.harness.query_by_label("Search").is_none(), "only one of the two is shown");
    desk.press("Back to the list");
    assert!(desk.harness.get_all_by_label("Search").count() > 0);
}

#[test]
fn nothing_sticks_out_to_the_right() {
    for (width, height) in [(1280.0, 764.0), (1024.0, 700.0), (640.0, 382.0)] {
        let mut desk = Desk::of_size(width, height);
        let at = |what: &str| format!("{what} at {width} by {height}");
        desk.press("Sessions");
        desk.tell(listed("", vec![won(), stopped()]));
        assert_eq!(desk.beyond(width), Vec::<String>::new(), "{}", at("the list"));
        choose(&mut desk, &won());
        desk.tell(opened(file(won())));
        for (part, shown) in [
            ("Steps", "Worth reading"),
            ("Experts", "Who was asked"),
            ("Errors", "What went wrong"),
            ("Certificate", "Nothing new could begin after"),
            ("Timeline", SLIDER),
        ] {
            activate(&mut desk, &format!("{part} of this session"));
            assert!(says(&desk, shown), "{}", at(part));
            assert_eq!(desk.beyond(width), Vec::<String>::new(), "{}", at(part));
        }
        activate(&mut desk, "Why did it do that?");
        desk.tell(why_without_a_question());
        assert!(says(&desk, "What came of it"), "{}", at("the reasons"));
        assert_eq!(desk.beyond(width), Vec::<String>::new(), "{}", at("the reasons"));
    }
}
