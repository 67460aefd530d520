//! What a server writes to its standard error: the last lines, fit to be shown.
//!
//! Servers write anything there: colours, moving bars, whole pictures, now and then the token they were given.

use std::{
    collections::VecDeque,
    iter::Peekable,
    mem,
    str::Chars,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::io::{AsyncRead, AsyncReadExt};

use crate::settings::redaction::redact;

/// So many lines are kept.
const LINES: usize = 40;
/// So much of each is shown, in letters.
const SHOWN: usize = 500;
/// So much of each is kept, in bytes: more than is shown, so that no secret is cut in two before it is recognised.
const KEPT: usize = 4000;
const AT_ONCE: usize = 8192;

/// The last lines of a server's standard error. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Complaints(Arc<Mutex<Book>>);

#[derive(Debug, Default)]
struct Book {
    lines: VecDeque<Vec<u8>>,
    /// The line that has no end yet.
    line: Vec<u8>,
}

impl Complaints {
    /// Reads to the end of the pipe.
    pub async fn hear(self, mut pipe: impl AsyncRead + Unpin) {
        let mut bytes = vec![0; AT_ONCE];
        while let Ok(count @ 1..) = pipe.read(&mut bytes).await {
            self.book().add(&bytes[..count]);
        }
    }

    /// The last lines, oldest first: plain text, without secrets, none of them empty or longer than 500 letters.
    pub fn lines(&self) -> Vec<String> {
        // Looking for secrets takes a moment, and whoever reads the pipe must not wait for it.
        let (lines, unfinished) = {
            let book = self.book();
            (book.lines.clone(), book.line.clone())
        };
        let lines = lines.into_iter().chain([unfinished]);
        lines.map(|line| cleaned(&String::from_utf8_lossy(&line), SHOWN)).filter(|line| !line.is_empty()).collect()
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    fn add(&mut self, bytes: &[u8]) {
        // A bar that moves begins its line again and again.
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        for piece in bytes.split_inclusive(is_end) {
            let is_whole = piece.last().is_some_and(is_end);
            let text = if is_whole { &piece[..piece.len() - 1] } else { piece };
            let room = KEPT.saturating_sub(self.line.len());
            self.line.extend_from_slice(&text[..text.len().min(room)]);
            if is_whole {
                self.finish_line();
            }
        }
    }

    fn finish_line(&mut self) {
        let line = mem::take(&mut self.line);
        if line.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        if self.lines.len() == LINES {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }
}

/// What a server said, as one line of plain text without secrets, at most so many letters long.
pub fn cleaned(text: &str, most: usize) -> String {
    let plain = without_escapes(text);
    let redacted = redact(plain.trim());
    match redacted.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &redacted[..end]),
        None => redacted.into_owned(),
    }
}

/// Without colours and other orders to a terminal, and without control characters.
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{1b}' => pass_over_escape(&mut letters),
            '\n' | '\r' | '\t' => plain.push(' '),
            letter if letter.is_control() => {}
            letter => plain.push(letter),
        }
    }
    plain
}

/// The rest of an order to a terminal, whose first letter is taken.
fn pass_over_escape(letters: &mut Peekable<Chars<'_>>) {
    match letters.next() {
        // Figures, then one letter that ends it.
        Some('[') => {
            let _its_end = letters.find(|letter| ('@'..='~').contains(letter));
        }
        // A title or a link: it ends with a bell or with another escape.
        Some(']') if letters.find(|letter| matches!(letter, '\u{7}' | '\u{1b}')) == Some('\u{1b}') => {
            let _its_end = letters.next_if_eq(&'\\');
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(bytes: &[u8]) -> Vec<String> {
        let complaints = Complaints::default();
        // In small pieces, as a pipe may give it.
        bytes.chunks(7).for_each(|piece| complaints.book().add(piece));
        complaints.lines()
    }

    #[test]
    fn colours_and_control_characters_are_taken_out() {
        let text =
            "\u{1b}[1;31merror\u{1b}[0m:\tno \u{8}file\u{7}\r\n\u{1b}]8;;http://a\u{1b}\\link\u{1b}]0;title\u{7}!\n";
        assert_eq!(heard(text.as_bytes()), ["error: no file", "link!"]);
    }

    #[test]
    fn only_the_last_lines_are_kept_and_the_one_that_has_no_end_is_among_them() {
        let text = (0..100).fold(String::new(), |text, number| text + &format!("line {number}\n\n"));
        let lines = heard(format!("{text}and").as_bytes());
        assert_eq!((lines.len(), lines[0].as_str(), lines[40].as_str()), (41, "line 60", "and"));
    }

    #[test]
    fn a_line_without_an_end_takes_no_more_room_than_others() {
        let complaints = Complaints::default();
        (0..1000).for_each(|_| complaints.book().add(&[b'x'; 1000]));
        assert_eq!(complaints.book().line.len(), KEPT);
        assert_eq!(complaints.lines(), [format!("{}…", "x".repeat(SHOWN))]);
    }

    #[test]
    fn secrets_are_taken_out_before_a_line_is_shortened() {
        let secret = "sk-ant-api03-0123456789abcdefghijklmnopqrstuv";
        let line = format!("{} api_key={secret}", "a".repeat(SHOWN - 12));
        let lines = heard(line.as_bytes());
        assert!(!lines[0].contains("sk-ant"), "{lines:?}");
        assert!(lines[0].contains("api_key="), "{lines:?}");
    }

    #[test]
    fn what_is_no_text_is_shown_as_well_as_it_can_be() {
        assert_eq!(heard(b"caf\xe9 \xff\n"), ["caf\u{fffd} \u{fffd}"]);
        assert_eq!(cleaned("äöü", 2), "äö…");
        assert_eq!(cleaned("\u{1b}[", 9), "");
    }

    #[tokio::test]
    async fn a_pipe_is_read_to_its_end() {
        let complaints = Complaints::default();
        complaints.clone().hear(&b"first\nsecond\n"[..]).await;
        assert_eq!(complaints.lines(), ["first", "second"]);
    }
}
