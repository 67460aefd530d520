//! What is asked of the worker, what of its answers is taken, and where a moment stands among the steps.

use super::*;
use crate::protocol::{ActionCall, Effect, EffectStatus, LoopName, Record, StepReport, What};

fn line(session: &str) -> SessionLine {
    SessionLine { session: session.into(), ..SessionLine::default() }
}

fn file(session: &str) -> SessionFile {
    SessionFile { line: line(session), records: vec![stepped(1000, 1), stepped(2500, 2)], ..SessionFile::default() }
}

fn stepped(at_ms: u64, step: u64) -> Record {
    let effect = Effect { status: EffectStatus::Done, text: String::new(), score: None, changed: true, whole: None };
    let report = StepReport {
        step,
        action: ActionCall::bare("wait"),
        ordered_by: LoopName::Reasoning,
        by: String::new(),
        because: String::new(),
        effect,
        score: None,
        took_ms: 100 * step,
        question: Some(step + 10),
    };
    Record { at_ms, what: What::Stepped(Box::new(report)) }
}

fn listed(search: &str, sessions: &[&str]) -> SessionsList {
    let lines = sessions.iter().map(|session| line(session)).collect();
    SessionsList { search: search.into(), lines, ..SessionsList::default() }
}

fn search(search: &str) -> Command {
    Command::ListSessions { search: search.into() }
}

#[test]
fn the_list_is_asked_for_once_and_again_when_nobody_types_any_more() {
    let mut state = SessionsState::default();
    assert_eq!(state.ask(0.0), Some(search("")));
    assert_eq!(state.ask(0.1), None);
    state.search = " relic ".into();
    state.typed(1.0);
    assert_eq!(state.ask(1.2), None);
    assert!(state.waits_s(1.2).is_some_and(|left| left > 0.0 && left <= 0.11));
    assert_eq!(state.ask(1.3), Some(search("relic")));
    state.search = "gold".into();
    state.typed(2.0);
    state.entered();
    assert_eq!(state.ask(2.0), Some(search("gold")), "Enter waits for nothing");
}

#[test]
fn a_list_that_comes_unasked_for_another_search_is_asked_for_again_and_only_once() {
    let mut state = SessionsState { search: "relic".into(), ..SessionsState::default() };
    assert_eq!(state.ask(0.0), Some(search("relic")));
    state.listed(listed("relic", &["s-1"]));
    assert_eq!(state.ask(1.0), None);
    state.listed(listed("", &["s-1", "s-2"]));
    assert_eq!(state.ask(2.0), Some(search("relic")));
    state.listed(listed("RELIC", &["s-1"]));
    assert_eq!(state.ask(3.0), None, "however the worker writes it");
}

#[test]
fn the_list_is_asked_for_again_once_a_session_has_begun() {
    let mut state = SessionsState::default();
    assert_eq!(state.ask(0.0), Some(search("")));
    state.listed(listed("", &[]));
    assert_eq!(state.ask(1.0), None);
    state.has_begun();
    assert_eq!(state.ask(2.0), Some(search("")));
}

#[test]
fn only_what_was_asked_for_is_opened() {
    let mut state = SessionsState::default();
    assert_eq!(state.open("s-1"), Command::OpenSession { session: "s-1".into() });
    assert_eq!(state.open("s-2"), Command::OpenSession { session: "s-2".into() });
    state.opened(file("s-1"));
    assert!(state.is_reading() && state.is_chosen("s-2"));
    state.opened(file("s-2"));
    assert!(state.is_opened("s-2") && !state.is_reading());
    assert_eq!(state.cursor_ms, 2500, "the cursor stands at the end");
    state.cursor_ms = 5;
    assert_eq!(state.summarise(), Some(Command::Summarise { session: "s-2".into() }));
    assert!(state.is_summarising());
    state.opened(SessionFile { summary: Some("It went well".into()), ..file("s-2") });
    assert_eq!((state.is_summarising(), state.cursor_ms), (false, 5));
}

#[test]
fn another_session_stands_beside_and_does_not_replace_the_opened_one() {
    let mut state = SessionsState::default();
    assert_eq!(state.open("s-1"), Command::OpenSession { session: "s-1".into() });
    state.opened(file("s-1"));
    assert_eq!(state.compare_with("s-2"), Command::OpenSession { session: "s-2".into() });
    state.opened(file("s-2"));
    assert!(state.is_opened("s-1"));
    assert!(matches!(&state.beside, Beside::Shown(other) if other.file.line.session == "s-2"));
}

#[test]
fn what_was_removed_is_closed_once_it_is_gone() {
    let mut state = SessionsState::default();
    assert_eq!(state.remove(), None);
    state.opened(file("s-1"));
    assert_eq!(state.remove(), Some(Command::RemoveSession { session: "s-1".into() }));
    state.listed(listed("", &["s-1"]));
    assert!(state.is_opened("s-1"), "it is still there");
    assert!(state.remove().is_some());
    state.listed(listed("", &["s-2"]));
    assert!(!state.has_detail());
}

#[test]
fn what_was_refused_is_not_waited_for() {
    let mut state = SessionsState::default();
    state.opened(file("s-1"));
    assert!(state.summarise().is_some());
    assert_eq!(state.clean_up("s-3"), Command::CleanUp { session: "s-3".into() });
    assert_eq!(state.compare_with("s-2"), Command::OpenSession { session: "s-2".into() });
    state.refused();
    assert!(!state.is_summarising() && !state.is_cleaning("s-3"));
    assert!(matches!(state.beside, Beside::Choosing));
}

#[test]
fn reasons_of_another_step_are_not_shown() {
    let mut state = SessionsState::default();
    assert_eq!(state.show_why("s-1", 4), Command::ShowWhy { session: "s-1".into(), step: 4 });
    let why = |step| {
        let What::Stepped(report) = stepped(0, step).what else { return Why::default() };
        Why { session: "s-1".into(), step: Some(*report), ..Why::default() }
    };
    state.why_shown(why(3));
    assert!(state.why.is_none());
    state.why_shown(why(4));
    assert!(state.why.is_some() && state.asked_why() == Some(("s-1", 4)));
    state.leave_why();
    assert!(!state.has_detail());
}

#[test]
fn a_moment_has_a_step_before_and_one_after_it() {
    let opened = Opened::new(file("s-1"));
    assert_eq!((opened.total_ms, opened.step_count()), (2500, 2));
    assert!(opened.step_at(999).is_none());
    assert_eq!(opened.step_at(1000).map(|step| step.step), Some(1));
    assert_eq!(opened.step_at(9000).map(|step| step.step), Some(2));
    assert_eq!([opened.earlier(2500), opened.earlier(1000), opened.earlier(0)], [Some(1000), None, None]);
    assert_eq!([opened.later(0), opened.later(1000), opened.later(2500)], [Some(1000), Some(2500), None]);
    assert_eq!([opened.step_of(12), opened.step_of(2)], [Some(2), None]);
    assert_eq!(opened.sums.cycle_ms, Some(100), "of two in the middle the lower one");
}
