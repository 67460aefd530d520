//! From an event to a line, and from there to everybody.

use std::{
    fmt::{Debug, Write as _},
    sync::PoisonError,
};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, filter::Targets, layer::Context};

use super::{LANE, file, is_kept, panics, ring, shown};
use crate::{
    protocol::{LogLine, Moment},
    settings::redaction::redact,
};

/// The longest text of a line; more of it helps nobody who reads a log. In bytes.
const LONGEST: usize = 8 << 10;

/// Makes every event that it hears a line.
pub(super) struct Lines {
    /// What standard error is to show.
    pub shown: Targets,
}

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        let metadata = event.metadata();
        let (target, level) = (metadata.target(), *metadata.level());
        let mut text = Text::default();
        event.record(&mut text);
        let is_kept = is_kept(target, level);
        let text = clean(&text.0);
        let line = ring::numbered(is_kept, |number| LogLine {
            number,
            at: Moment::now(),
            level,
            target: target.to_owned(),
            text,
        });
        if is_kept {
            file::write(&line);
        }
        // What a panic says stands there already, in the words of the language.
        if target != panics::TARGET && self.shown.would_enable(target, &level) {
            shown::write(written(&line));
        }
        // Waking the window may be logged in turn, so nothing is held meanwhile.
        let lane = LANE.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(lane) = lane {
            lane.push(line);
        }
    }
}

/// Without secrets and in one line: what a server said may contain anything, even what moves a terminal's cursor.
fn clean(text: &str) -> String {
    let redacted = redact(text.trim());
    let end = redacted.floor_char_boundary(LONGEST);
    let one_line = |letter: char| match letter {
        '\n' | '\r' | '\t' => ' ',
        letter if letter.is_control() => char::REPLACEMENT_CHARACTER,
        letter => letter,
    };
    let mut clean: String = redacted[..end].chars().map(one_line).collect();
    if end < redacted.len() {
        clean.push('…');
    }
    clean
}

/// As it stands in the file and on standard error: `2026-05-04T10:20:30.456Z  WARN singularis::worker: text`.
pub(super) fn written(line: &LogLine) -> String {
    let moment = i64::try_from(line.at.0).ok().and_then(chrono::DateTime::from_timestamp_millis).unwrap_or_default();
    let moment = moment.format("%Y-%m-%dT%H:%M:%S%.3fZ");
    let LogLine { level, target, text, .. } = line;
    format!("{moment} {level:>5} {target}: {text}\n")
}

/// The message and its fields.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "message" => self.0.push_str(value),
            _ => self.record_debug(field, &value),
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _infallible = match field.name() {
            "message" => write!(self.0, "{value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_line_without_secrets_and_without_control_of_a_terminal() {
        assert_eq!(clean("first\r\nsecond\tthird \u{1b}[2J"), "first  second third \u{fffd}[2J");
        assert_eq!(clean(" api_key=abcdefgh "), "api_key=(hidden)");
        let long = clean(&"ä".repeat(LONGEST));
        assert_eq!((long.len(), long.ends_with("ä…")), (LONGEST + '…'.len_utf8(), true));
    }

    #[test]
    fn a_line_has_its_moment_level_and_place() {
        let line = LogLine {
            number: 1,
            at: Moment(1_777_777_777_123),
            level: tracing::Level::WARN,
            target: "singularis::worker".into(),
            text: "the text".into(),
        };
        assert_eq!(written(&line), "2026-05-03T03:09:37.123Z  WARN singularis::worker: the text\n");
    }
}
