//! A server's output, passed on unchanged and listened to: why it was silent can only be told from what it wrote.
//!
//! The transport drops what is no message, and a line that is too long, without a word to anybody.

use std::{
    mem,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use rmcp::transport::async_rw::DEFAULT_MAX_LINE_LENGTH;
use tokio::{
    io::{AsyncRead, ReadBuf},
    sync::watch,
};

use super::{complaints::cleaned, trouble::Trouble};

/// So much of a line is shown, in letters.
const SHOWN: usize = 200;
/// Whoever has written within this time is still at it.
const FLOOD_PAUSES: Duration = Duration::from_millis(500);
/// After so many bytes without a pause others get a turn.
const AT_A_STRETCH: usize = 64 << 10;
/// So much of a line is kept, in bytes: enough to show it.
const KEPT: usize = 1000;

/// What was overheard. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Overheard(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    heard: Mutex<Heard>,
    /// How many lines were too long.
    too_long: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Heard {
    /// How the line begins that has no end yet, and how long it is so far, in bytes.
    beginning: Vec<u8>,
    length: usize,
    /// The last byte of it that is no white space.
    last_sign: Option<u8>,
    /// Lines that look like messages, and the first of them.
    messages: u64,
    first_message: Option<String>,
    /// Lines that are no messages, and the first of them.
    garbage: u64,
    first_garbage: Option<String>,
    /// How long the last line is that was too long, in bytes.
    too_long: Option<usize>,
    last_at: Option<Instant>,
}

impl Overheard {
    /// Why the server did not answer within this time.
    pub fn silence(&self, after: Duration) -> Trouble {
        self.heard().silence(after)
    }

    /// How many lines were too long to be read; it tells of every one that comes.
    pub fn too_long(&self) -> watch::Receiver<u64> {
        self.0.too_long.subscribe()
    }

    /// The first line that was no message, such as words of help.
    pub fn first_garbage(&self) -> Option<String> {
        self.heard().first_garbage.clone()
    }

    /// How long ago it wrote anything at all.
    pub fn quiet_for(&self) -> Option<Duration> {
        self.heard().last_at.map(|at| at.elapsed())
    }

    fn hear(&self, bytes: &[u8]) {
        let lines = self.heard().hear(bytes);
        if lines > 0 {
            self.0.too_long.send_modify(|count| *count += lines);
        }
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.0.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Heard {
    /// Gives how many lines have become too long with this.
    fn hear(&mut self, bytes: &[u8]) -> u64 {
        let mut too_long = 0;
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            let before = self.length;
            self.length += piece.len();
            let room = KEPT.saturating_sub(self.beginning.len());
            self.beginning.extend_from_slice(&piece[..piece.len().min(room)]);
            self.last_sign = piece.iter().rfind(|byte| !byte.is_ascii_whitespace()).copied().or(self.last_sign);
            if self.length > DEFAULT_MAX_LINE_LENGTH {
                self.too_long = Some(self.length);
                too_long += u64::from(before <= DEFAULT_MAX_LINE_LENGTH);
            }
            if piece.ends_with(b"\n") {
                self.finish_line();
            }
        }
        if !bytes.is_empty() {
            self.last_at = Some(Instant::now());
        }
        too_long
    }

    fn finish_line(&mut self) {
        let line = mem::take(&mut self.beginning);
        let length = mem::take(&mut self.length);
        let last_sign = self.last_sign.take();
        let text = shown(&line);
        if text.is_empty() || length > DEFAULT_MAX_LINE_LENGTH {
            return;
        }
        // Whether it can be parsed is the transport's work; this tells messages from the words that programs print.
        if text.starts_with('{') && last_sign == Some(b'}') {
            self.messages += 1;
            self.first_message.get_or_insert(text);
        } else {
            self.garbage += 1;
            self.first_garbage.get_or_insert(text);
        }
    }

    fn silence(&self, after: Duration) -> Trouble {
        let beginning = shown(&self.beginning);
        if let Some(bytes) = self.too_long {
            return Trouble::TooLong { bytes };
        }
        // In the middle of a flood some line is always unfinished.
        let is_flood = self.messages > 0 && self.last_at.is_some_and(|at| at.elapsed() < FLOOD_PAUSES);
        if beginning.starts_with('{') && !is_flood {
            return Trouble::HalfLine { bytes: self.length };
        }
        if let Some(message) = &self.first_message {
            let words = format!("it sent {}, but no answer to the greeting; the first was {message}", self.messages);
            return Trouble::WrongProtocol { words };
        }
        let unfinished = Some(beginning).filter(|text| !text.is_empty());
        let lines = self.garbage + u64::from(unfinished.is_some());
        match self.first_garbage.clone().or(unfinished) {
            Some(line) => Trouble::TalksGarbage { line, lines },
            None => Trouble::Silent { after },
        }
    }
}

fn shown(line: &[u8]) -> String {
    let text = String::from_utf8_lossy(line);
    cleaned(text.trim_start_matches('\u{feff}'), SHOWN)
}

/// Reads for somebody else and listens.
#[derive(Debug)]
pub struct Overhearing<R> {
    pipe: R,
    overheard: Overheard,
    /// So many bytes came without a pause.
    at_a_stretch: usize,
}

impl<R> Overhearing<R> {
    pub fn new(pipe: R, overheard: Overheard) -> Self {
        Self { pipe, overheard, at_a_stretch: 0 }
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Overhearing<R> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let this = self.get_mut();
        // Whoever reads a flood of what is no message never comes to an end of it, and uses up what a task may do at
        // once: then not even a time limit around it would be noticed.
        if this.at_a_stretch >= AT_A_STRETCH {
            this.at_a_stretch = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let before = buffer.filled().len();
        let read = Pin::new(&mut this.pipe).poll_read(context, buffer);
        if read.is_pending() {
            this.at_a_stretch = 0;
        }
        ready!(read)?;
        let bytes = &buffer.filled()[before..];
        this.at_a_stretch += bytes.len();
        this.overheard.hear(bytes);
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    const AFTER: Duration = Duration::from_secs(3);

    fn silence(said: &str) -> Trouble {
        let overheard = Overheard::default();
        said.as_bytes().chunks(5).for_each(|piece| overheard.hear(piece));
        overheard.silence(AFTER)
    }

    fn garbage(line: &str, lines: u64) -> Trouble {
        Trouble::TalksGarbage { line: line.to_owned(), lines }
    }

    #[test]
    fn nothing_and_nothing_but_blank_lines_is_silence() {
        assert_eq!(silence(""), Trouble::Silent { after: AFTER });
        assert_eq!(silence("\r\n \n\n"), Trouble::Silent { after: AFTER });
    }

    #[test]
    fn lines_that_are_no_messages_are_counted_and_the_first_is_shown() {
        assert_eq!(silence("\u{1b}[32mReady\u{1b}[0m on port 3000\n[1,2]\n{ not\n"), garbage("Ready on port 3000", 3));
        assert_eq!(silence("null\n>>> "), garbage("null", 2));
        assert_eq!(silence(">>> "), garbage(">>>", 1));
    }

    #[test]
    fn a_message_without_an_end_is_half_a_line() {
        assert_eq!(silence("{\"jsonrpc\": \"2.0\""), Trouble::HalfLine { bytes: 17 });
        assert_eq!(silence("hello\n{\"a\":"), Trouble::HalfLine { bytes: 5 });
    }

    #[test]
    fn messages_that_are_no_answer_are_another_protocol() {
        let Trouble::WrongProtocol { words } = silence("banner\n\u{feff}{\"hello\": 1}\r\n{}\n") else {
            panic!("it sent messages");
        };
        assert!(words.starts_with("it sent 2, ") && words.ends_with(" {\"hello\": 1}"), "{words}");
    }

    #[test]
    fn a_line_that_is_too_long_is_told_once_and_before_its_end() {
        let overheard = Overheard::default();
        let told = overheard.too_long();
        let piece = vec![b'x'; 1 << 20];
        overheard.hear(b"{");
        (0..15).for_each(|_| overheard.hear(&piece));
        assert!(!told.has_changed().unwrap());
        (0..5).for_each(|_| overheard.hear(&piece));
        overheard.hear(b"}\n{}\n");
        assert_eq!((*told.borrow(), told.has_changed().unwrap()), (1, true));
        assert!(matches!(overheard.silence(AFTER), Trouble::TooLong { bytes } if bytes > DEFAULT_MAX_LINE_LENGTH));
    }

    #[test]
    fn a_line_that_just_fits_is_not_too_long() {
        let overheard = Overheard::default();
        let mut line = vec![b' '; DEFAULT_MAX_LINE_LENGTH];
        line[0] = b'{';
        line[1] = b'}';
        line[DEFAULT_MAX_LINE_LENGTH - 1] = b'\n';
        overheard.hear(&line);
        assert_eq!(*overheard.too_long().borrow(), 0);
        assert_eq!(overheard.heard().messages, 1);
    }

    #[tokio::test]
    async fn everything_is_passed_on_unchanged() {
        let overheard = Overheard::default();
        assert_eq!(overheard.quiet_for(), None);
        let said = b"usage: server [stdio]\n{}\nhalf \xff".as_slice();
        let mut read = Vec::new();
        Overhearing::new(said, overheard.clone()).read_to_end(&mut read).await.unwrap();
        assert_eq!(read, said);
        assert_eq!(overheard.first_garbage().as_deref(), Some("usage: server [stdio]"));
        assert!(overheard.quiet_for().is_some());
    }
}
