//! The list of sessions, for people and as JSON.

use serde_json::{Value, json};

use crate::protocol::{Interrupted, Left, Moment, SessionLine, SessionState, SessionsList};

/// As much of a goal as a line has room for.
const GOAL: usize = 40;

/// What there is before the first session.
pub fn nothing(search: &str) -> SessionsList {
    SessionsList { search: search.to_owned(), ..SessionsList::default() }
}

/// As JSON.
pub fn object(list: &SessionsList) -> Value {
    json!({"sessions": list.lines, "interrupted": list.interrupted, "total": list.total, "bytes": list.bytes})
}

/// For people: a line for each, and below what needs somebody.
pub fn text(list: &SessionsList) -> String {
    if list.lines.is_empty() {
        return if list.total == 0 {
            "No session has been kept yet; begin one with: singularis run --demo".to_owned()
        } else {
            format!("None has {} in it; the journal has {}", list.search, sessions(list.total))
        };
    }
    let mut rows = vec![["session", "began", "steps", "score", "how it ended", "goal"].map(str::to_owned)];
    rows.extend(list.lines.iter().map(row));
    let mut parts = vec![aligned(&rows), String::new()];
    let found = u64::try_from(list.lines.len()).unwrap_or(u64::MAX);
    let of_all = if list.search.is_empty() { String::new() } else { format!(" of {}", list.total) };
    parts.push(format!("{}{of_all}; the journal takes {}", sessions(found), bytes(list.bytes)));
    for interrupted in &list.interrupted {
        parts.extend([String::new(), self::interrupted(interrupted)]);
    }
    parts.join("\n")
}

fn sessions(count: u64) -> String {
    if count == 1 { "1 session".to_owned() } else { format!("{count} sessions") }
}

fn row(line: &SessionLine) -> [String; 6] {
    let score = line.score.map_or_else(|| "-".to_owned(), |score| format!("{score:.0}"));
    let goal = shortened(&line.goal, GOAL);
    [line.session.clone(), when(line.started_at), line.steps.to_string(), score, how_it_ended(line), goal]
}

/// In a few words; a certificate that is not clean is worth some more.
pub fn how_it_ended(line: &SessionLine) -> String {
    let ending = match (line.state, line.outcome) {
        (SessionState::Running, _) => "It runs now",
        (SessionState::Interrupted, _) => "It was interrupted",
        (SessionState::Ended, Some(outcome)) => outcome.words(),
        (SessionState::Ended, None) => "It ended",
    };
    let certificate = if line.clean == Some(false) { ", not everything ended" } else { "" };
    format!("{ending}{certificate}")
}

/// One that was cut off, what was under way, and what may be left of it.
pub fn interrupted(interrupted: &Interrupted) -> String {
    let line = &interrupted.line;
    let mut text = format!("{} was interrupted at {}", line.session, when(line.last_at));
    for words in &interrupted.in_flight {
        text.push_str(&format!("\n  under way: {words}"));
    }
    for Left { belonging, is_there } in &interrupted.left {
        let state = match is_there {
            Some(true) => "still there",
            Some(false) => "gone",
            None => "may be there",
        };
        text.push_str(&format!("\n  {} {}: {state}", belonging.kind.word(), belonging.name));
    }
    text
}

/// `2026-01-31 14:32` where this machine is.
pub fn when(moment: Moment) -> String {
    let utc = i64::try_from(moment.0).ok().and_then(chrono::DateTime::from_timestamp_millis);
    utc.map_or_else(
        || "at no known time".to_owned(),
        |utc| utc.with_timezone(&chrono::Local).format("%Y-%m-%d %H:%M").to_string(),
    )
}

/// The first letters in one line.
pub fn shortened(text: &str, most: usize) -> String {
    let line = text.replace(['\n', '\r', '\t'], " ");
    if line.chars().count() <= most {
        return line;
    }
    let beginning: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", beginning.trim_end())
}

/// Columns as wide as what is longest in each, two spaces between them.
pub fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths.iter().copied()).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn bytes(count: u64) -> String {
    match count {
        0..1_000_000 => format!("{:.0} kB", (count as f64 / 1e3).ceil()),
        _ => format!("{:.1} MB", count as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Belonging, BelongingKind, Ending};

    #[test]
    fn a_list_is_a_table_with_what_needs_somebody_below() {
        let ended = SessionLine {
            session: "s-2".into(),
            state: SessionState::Ended,
            outcome: Some(Ending::Stopped),
            steps: 12,
            score: Some(41.6),
            clean: Some(false),
            goal: "Bring the relic home, whatever it takes, and quickly".into(),
            ..SessionLine::default()
        };
        let cut = SessionLine { session: "s-1".into(), state: SessionState::Interrupted, ..SessionLine::default() };
        let belonging = Belonging { kind: BelongingKind::Instance, name: "small".into(), ..Belonging::default() };
        let list = SessionsList {
            lines: vec![ended, cut.clone()],
            total: 2,
            bytes: 2_500_000,
            interrupted: vec![Interrupted {
                line: cut,
                in_flight: vec!["a call of expert.1".into()],
                left: vec![Left { belonging, is_there: None }],
            }],
            ..SessionsList::default()
        };
        let text = text(&list);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("session  began") && lines[1].starts_with("s-2      "), "{text}");
        assert!(lines[1].contains("12     42     Stopped on request, not everything ended  Bring the relic"), "{text}");
        assert!(lines[1].ends_with('…') && lines[2].contains("It was interrupted"), "{text}");
        assert_eq!(lines[4], "2 sessions; the journal takes 2.5 MB");
        assert_eq!(lines[7], "  under way: a call of expert.1");
        assert_eq!(lines[8], "  loaded model small: may be there");
        assert_eq!(object(&list)["sessions"][1]["session"], "s-1");
    }

    #[test]
    fn nothing_kept_and_nothing_found_are_two_things() {
        assert!(text(&nothing("")).contains("singularis run --demo"));
        let none = SessionsList { search: "wolf".into(), total: 3, ..SessionsList::default() };
        assert_eq!(text(&none), "None has wolf in it; the journal has 3 sessions");
        assert_eq!(bytes(1), "1 kB");
    }

    #[test]
    fn a_long_text_is_cut_between_letters() {
        assert_eq!(shortened("grün\nund schön", 7), "grün u…");
        assert_eq!(shortened("short", 5), "short");
    }
}
