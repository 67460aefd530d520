//! Lines come, are chosen among, and go.

use super::*;
use crate::protocol::Moment;

fn line(level: Level, target: &str, text: &str) -> LogLine {
    LogLine { number: 1, at: Moment(1), level, target: target.into(), text: text.into() }
}

fn info(text: &str) -> LogLine {
    line(Level::INFO, "singularis::worker", text)
}

fn texts(state: &LogsState) -> Vec<String> {
    let rows = (0..state.rows()).map(|index| match state.row(index).unwrap() {
        Entry::Line(line) => line.text.clone(),
        Entry::Skipped(lines) => format!("{lines} skipped"),
    });
    rows.collect()
}

fn choose(state: &mut LogsState, choice: Choice) {
    state.choice = choice;
    state.look();
    while state.is_looking() {
        state.look();
    }
}

#[test]
fn level_source_and_search_choose_together() {
    let mut state = LogsState::default();
    state.push(line(Level::DEBUG, "singularis::llm", "Asked"));
    state.push(line(Level::WARN, "singularis::llm", "Größe of the ANSWER"));
    state.push(line(Level::ERROR, "hyper", "answer cut off"));
    state.push(info("ready"));
    assert_eq!(texts(&state).len(), 4);
    choose(&mut state, Choice { search: " answer ".into(), ..Choice::default() });
    assert_eq!(texts(&state), ["Größe of the ANSWER", "answer cut off"]);
    choose(&mut state, Choice { search: "GRÖSSE".into(), ..Choice::default() });
    assert_eq!(state.matches(), 0, "letters are not spelt otherwise");
    choose(&mut state, Choice { search: "GRÖßE".into(), ..Choice::default() });
    assert_eq!(texts(&state), ["Größe of the ANSWER"]);
    choose(&mut state, Choice { severity: Severity::Errors, ..Choice::default() });
    assert_eq!(texts(&state), ["answer cut off"]);
    choose(
        &mut state,
        Choice { severity: Severity::Warnings, source: Some("singularis::llm".into()), ..Choice::default() },
    );
    assert_eq!(texts(&state), ["Größe of the ANSWER"]);
    choose(&mut state, Choice { severity: Severity::Information, ..Choice::default() });
    assert_eq!((state.matches(), state.lines(), state.is_chosen()), (3, 4, true));
    choose(&mut state, Choice { search: "HYPER".into(), ..Choice::default() });
    assert_eq!(texts(&state), ["answer cut off"], "where it comes from is searched too");
    let sources: Vec<&String> = state.sources().collect();
    assert_eq!(sources, ["hyper", "singularis::llm", "singularis::worker"]);
}

#[test]
fn new_lines_are_chosen_among_as_they_come() {
    let mut state = LogsState::default();
    choose(&mut state, Choice { search: "yes".into(), ..Choice::default() });
    for text in ["yes 1", "no", "Yes 2"] {
        state.push(info(text));
    }
    assert_eq!(texts(&state), ["yes 1", "Yes 2"]);
}

#[test]
fn what_was_skipped_is_told_where_it_is_missing_whatever_is_chosen() {
    let mut state = LogsState::default();
    state.skipped(0);
    state.push(info("before"));
    state.skipped(214);
    state.skipped(214);
    state.push(info("after"));
    assert_eq!(texts(&state), ["before", "214 skipped", "after"]);
    choose(&mut state, Choice { search: "after".into(), ..Choice::default() });
    state.skipped(220);
    state.skipped(221);
    assert_eq!(texts(&state), ["214 skipped", "after", "7 skipped"]);
    assert_eq!((state.matches(), state.lines()), (1, 2), "what is missing is no line");
}

#[test]
fn while_it_is_paused_lines_are_counted_and_then_shown() {
    let mut state = LogsState::default();
    state.push(info("seen 1"));
    state.pause();
    (0..37).for_each(|number| state.push(info(&format!("new {number}"))));
    state.skipped(5);
    assert_eq!((state.is_paused(), state.waiting(), state.lines()), (true, 37, 38));
    assert_eq!(texts(&state), ["seen 1"]);
    choose(&mut state, Choice { search: "e".into(), ..Choice::default() });
    assert_eq!(texts(&state), ["seen 1"], "another choice shows nothing new either");
    state.go_on();
    assert_eq!((state.is_paused(), state.waiting(), state.matches(), state.rows()), (false, 0, 38, 39));
    state.push(info("later"));
    assert_eq!(texts(&state).last().unwrap(), "later");
}

#[test]
fn the_oldest_lines_go_and_the_choice_stays_right() {
    let mut state = LogsState::default();
    choose(&mut state, Choice { search: "7".into(), ..Choice::default() });
    state.skipped(1);
    for number in 0..KEPT {
        state.push(info(&format!("line {number}")));
    }
    assert_eq!((state.lines(), state.entries.len()), (KEPT, KEPT), "the row of what was skipped went first");
    let fresh = |state: &LogsState| {
        let wanted = |entry: &&Entry| matches!(entry, Entry::Line(line) if line.text.contains('7'));
        state.entries.iter().filter(wanted).count()
    };
    assert_eq!(state.matches(), fresh(&state));
    for number in 0..1000 {
        state.push(info(&format!("line {number}")));
    }
    assert_eq!((state.matches(), state.rows()), (fresh(&state), fresh(&state)));
    let first = state.row(0).unwrap().clone();
    assert_eq!(first, Entry::Line(info("line 1007")));
    choose(&mut state, Choice::default());
    assert_eq!((state.matches(), state.rows()), (KEPT, KEPT));
}

#[test]
fn a_pause_longer_than_what_is_kept_loses_the_oldest_and_nothing_else() {
    let mut state = LogsState::default();
    (0..10).for_each(|_| state.push(info("old")));
    state.pause();
    (0..KEPT + 5).for_each(|number| state.push(info(&format!("line {number}"))));
    assert_eq!((state.rows(), state.matches()), (0, 0), "all that was shown had to go");
    state.go_on();
    assert_eq!((state.rows(), state.matches(), state.lines()), (KEPT, KEPT, KEPT));
    assert_eq!(*state.row(0).unwrap(), Entry::Line(info("line 5")));
}

#[test]
fn many_lines_are_looked_at_bit_by_bit_and_the_newest_first() {
    let mut state = LogsState::default();
    (0..50_000).for_each(|number| state.push(info(&format!("line {number}"))));
    state.choice.search = "line 4".into();
    state.look();
    assert!(state.is_looking());
    assert_eq!(state.row(state.rows() - 1), Some(&Entry::Line(info("line 49999"))));
    assert_eq!(state.row(0), Some(&Entry::Line(info("line 40000"))), "only so many");
    state.push(info("line 4 once more"));
    state.look();
    state.look();
    assert!(!state.is_looking());
    assert_eq!(state.row(0), Some(&Entry::Line(info("line 4"))));
    assert_eq!(state.row(state.rows() - 1), Some(&Entry::Line(info("line 4 once more"))));
    assert_eq!(state.matches(), 1 + 10 + 100 + 1000 + 10_000 + 1);
}

#[test]
fn looking_again_without_another_choice_looks_at_nothing() {
    let mut state = LogsState::default();
    state.push(info("one"));
    state.copied = Some(1);
    // Were it to look again, it would find this entry otherwise than it was.
    state.entries[0] = Entry::Skipped(9);
    state.look();
    assert_eq!((state.matches(), state.copied), (1, Some(1)));
    choose(&mut state, Choice { search: "x".into(), ..Choice::default() });
    assert_eq!((state.matches(), state.copied), (0, None));
}
