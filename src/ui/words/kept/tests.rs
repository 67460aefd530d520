//! Past sessions are said as people would say them.

use super::*;
use crate::protocol::{Belonging, Plot, PlotLine};

const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;

/// Noon of some day where this machine is, so that no test runs over midnight.
fn noon() -> Moment {
    let at = local(Moment(1_795_608_000_000)).and_then(|at| at.date_naive().and_hms_opt(12, 0, 0));
    let at = at.and_then(|at| at.and_local_timezone(Local).single()).map_or(0, |at| at.timestamp_millis());
    Moment(u64::try_from(at).unwrap_or_default())
}

fn ended() -> SessionLine {
    SessionLine {
        session: "s-1".into(),
        state: SessionState::Ended,
        started_at: Moment(noon().0 - 30 * MINUTE),
        environment: "world".into(),
        goal: "Bring the relic home".into(),
        seed: 7,
        outcome: Some(Ending::GoalReached),
        steps: 34,
        score: Some(62.0),
        clean: Some(true),
        ..SessionLine::default()
    }
}

#[test]
fn a_day_is_named_as_people_name_it() {
    let at = |ms: u64| when(Moment(noon().0 - ms), noon());
    assert_eq!(at(30 * MINUTE), "today, 11:30");
    assert!(at(DAY).starts_with("yesterday, "));
    assert!(when_first(Moment(noon().0 - DAY), noon()).starts_with("Yesterday, "));
    assert!(at(40 * DAY).contains(" 20"), "the year is said of what is long ago: {}", at(40 * DAY));
}

#[test]
fn a_session_is_one_sentence() {
    let words = "today, 11:30: Bring the relic home. The goal was reached, score 62 · 34 steps, certificate clean; \
                 world, seed 7 · Local experts";
    assert_eq!(line(&ended(), noon()), words);
    let cut = SessionLine { state: SessionState::Interrupted, score: None, clean: None, steps: 1, ..ended() };
    assert_eq!([outcome(&cut), result(&cut), proof(cut.clean)], ["Interrupted", "1 step", "no certificate"]);
    assert_eq!(was_interrupted(&cut, noon()), "The session of 11:30 was interrupted");
}

#[test]
fn what_may_have_been_left_is_said_with_what_is_known_of_it() {
    let belonging = Belonging { kind: BelongingKind::Child, name: "MCP server files".into(), ..Belonging::default() };
    let said = |is_there| left(&Left { belonging: belonging.clone(), is_there });
    assert_eq!(said(Some(true)), "The child process MCP server files is still there");
    assert_eq!(said(Some(false)), "The child process MCP server files is gone");
    assert_eq!(said(None), "The child process MCP server files may still be there; that cannot be told yet");
}

#[test]
fn the_seed_is_said_once() {
    let named = SessionLine { environment: "Built-in world, seed 7".into(), ..ended() };
    assert_eq!(setting(&named), "Built-in world, seed 7 · Local experts");
    assert_eq!(setting(&SessionLine { seed: 17, ..named }), "Built-in world, seed 7, seed 17 · Local experts");
}

#[test]
fn short_times_are_said_in_milliseconds() {
    assert_eq!(
        [15, 99, 100, 1400, 125_000].map(span),
        ["15\u{a0}ms", "99\u{a0}ms", "0.1\u{a0}s", "1.4\u{a0}s", "2\u{a0}min 05\u{a0}s"]
    );
}

#[test]
fn figures_have_the_digits_that_tell_something() {
    let said = [62.0, 1.4, 0.25, 12_000.0, -3.5, 99.96, -0.001, 10.04].map(figure);
    assert_eq!(said, ["62", "1.4", "0.25", "12,000", "-3.5", "100", "0", "10"]);
    assert_eq!((measured(18.0, "points").as_str(), measured(3.0, "").as_str()), ("18 points", "3"));
    assert_eq!([900, 61_000, 3_900_000].map(moment), ["0.9\u{a0}s", "1\u{a0}min 01\u{a0}s", "1\u{a0}h 05\u{a0}min"]);
}

#[test]
fn a_plot_says_what_it_shows_at_a_moment() {
    let line = |name: &str, points: &[(u64, f64)]| PlotLine { name: name.into(), points: points.to_vec() };
    let one =
        Plot { unit: "points".into(), lines: vec![line("score", &[(1000, 3.0), (2000, 18.0)])], ..Plot::default() };
    assert_eq!(values_at(&one, 999), "nothing yet");
    assert_eq!(values_at(&one, 1999), "3 points");
    let two = Plot {
        unit: "s".into(),
        lines: vec![line("threat", &[(0, 1.4)]), line("navigation", &[(500, 0.9)])],
        ..Plot::default()
    };
    assert_eq!(values_at(&two, 100), "threat 1.4\u{a0}s");
    assert_eq!(values_at(&two, 500), "threat 1.4\u{a0}s, navigation 0.9\u{a0}s");
}

#[test]
fn errors_and_parts_are_said_with_their_figures() {
    let pattern = ErrorPattern {
        seen_by: vec!["expert.1".into(), "reasoning".into()],
        count: 12,
        first_at_ms: 3000,
        last_at_ms: 41_200,
        ..ErrorPattern::default()
    };
    assert_eq!(
        error(&pattern),
        "12 times, first after 3.0\u{a0}s, last after 41.2\u{a0}s; seen by expert.1, reasoning"
    );
    let once = ErrorPattern { count: 1, seen_by: Vec::new(), ..pattern };
    assert_eq!(error(&once), "1 time, after 3.0\u{a0}s");
    let decider = ExpertFigures { role: SYNTHESIZER.into(), ..ExpertFigures::default() };
    assert_eq!(followed(&decider), "decides");
}

#[test]
fn a_list_says_how_much_there_is_and_how_much_was_found() {
    let list = SessionsList { total: 214, bytes: 31_400_000, ..SessionsList::default() };
    assert_eq!(holdings(&list), "214 sessions, 31.4\u{a0}MB on the disk");
    let chosen = JournalSettings { keep_days: 1, keep_mb: 1_234_567 };
    assert_eq!(keeping(&chosen), "Kept: 1 day, up to 1,234,567\u{a0}MB");
    assert_eq!(keeping(&JournalSettings { keep_days: 0, keep_mb: 0 }), "Kept: for ever, however much it is");
    assert_eq!(keeping(&JournalSettings { keep_mb: 999, ..chosen }), "Kept: 1 day, up to 999\u{a0}MB");
    let found = SessionsList { search: "relic".into(), lines: vec![ended()], ..list };
    assert_eq!(holdings(&found), "1 found of 214 sessions, 31.4\u{a0}MB on the disk");
}

#[test]
fn what_the_journal_writes_in_english_is_said_in_the_language_of_the_window() {
    use crate::ui::catalogue::{Language, speak};
    speak(Language::German);
    let score = Plot { title: "Score".into(), unit: "points".into(), ..Plot::default() };
    assert_eq!((title(&score).as_str(), measured(18.0, "points").as_str()), ("Punktestand", "18 Punkte"));
    assert_eq!(title(&Plot { title: "Another one".into(), ..Plot::default() }), "Another one");
    assert_eq!(line_name(&PlotLine { name: "threat".into(), ..PlotLine::default() }), "Gefahr");
    assert!(when(Moment(noon().0 - 40 * DAY), noon()).contains(". Oktober 2026, "));
    assert_eq!(
        keeping(&JournalSettings { keep_days: 1, keep_mb: 1_234_567 }),
        "Aufbewahrt: 1 Tag, bis zu 1.234.567\u{a0}MB"
    );
    assert_eq!([moment(900), figure(1.25)], ["0,9\u{a0}s", "1,25"]);
    assert_eq!(speed(0.25), "0,25×");
    assert_eq!(was_interrupted(&ended(), noon()), "Unterbrochene Sitzung: 11:30");
    speak(Language::English);
}
