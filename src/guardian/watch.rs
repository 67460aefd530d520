//! What the second process does: it listens until the line closes, then lets go of everything that is still held.

use std::{
    io::{self, BufRead, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use futures_util::future::join_all;
use tokio::runtime;

use super::Message;
use crate::{process::left, protocol::Belonging};

/// No message is longer. What is, is read piece by piece, and no piece of it makes sense.
const MOST_BYTES: u64 = 64 * 1024;

/// What is held now.
#[derive(Debug, Default, PartialEq, Eq)]
struct Charge {
    /// In the order in which they were pressed.
    keys: Vec<String>,
    children: Vec<Belonging>,
}

/// Reads what is held, one message a line, until the input ends; then lets go of every key, the last one pressed first,
/// and after that ends every child. `release` is given the text form of what is down.
///
/// A line that cannot be read is skipped: one bad line must not keep a key down. An error says why the input ended
/// early, and which keys are still down and which children may still run; everything was tried nevertheless.
pub fn keep_watch(input: impl BufRead, mut release: impl FnMut(&str) -> Result<(), String>) -> io::Result<()> {
    let mut charge = Charge::default();
    let listened = listen(input, &mut charge);
    let stuck = charge.let_go(&mut release);
    let ended = charge.end_children();
    let also = [ended, listened].into_iter().filter_map(|outcome| outcome.err().map(|error| error.to_string()));
    let words: Vec<String> = stuck.into_iter().chain(also).collect();
    if words.is_empty() { Ok(()) } else { Err(io::Error::other(words.join("; "))) }
}

fn listen(mut input: impl BufRead, charge: &mut Charge) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if let Ok(message) = serde_json::from_slice(&line) {
            charge.note(message);
        }
    }
}

impl Charge {
    fn note(&mut self, message: Message) {
        match message {
            Message::Pressed { key } => {
                self.keys.retain(|other| *other != key);
                self.keys.push(key);
            }
            Message::Released { key } => self.keys.retain(|other| *other != key),
            Message::Began { child } => self.children.push(child),
            Message::Ended { child } => self.children.retain(|other| *other != child),
        }
    }

    /// Lets go of every key. Gives what is still down, and why.
    fn let_go(&mut self, release: &mut impl FnMut(&str) -> Result<(), String>) -> Vec<String> {
        let mut stuck = Vec::new();
        while let Some(key) = self.keys.pop() {
            let released = catch_unwind(AssertUnwindSafe(|| release(&key)));
            let words = match released {
                Ok(Ok(())) => continue,
                Ok(Err(words)) => words,
                Err(_panic) => "letting go of it panicked".to_owned(),
            };
            stuck.push(format!("{key} is still down: {words}"));
        }
        stuck
    }

    /// Asks every child to end, and kills what does not.
    fn end_children(&mut self) -> io::Result<()> {
        if self.children.is_empty() {
            return Ok(());
        }
        // Only now: a guardian that is not needed costs no threads.
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let ended = runtime.block_on(join_all(self.children.iter().map(left::end)));
        // What hangs must not keep this process.
        runtime.shutdown_background();
        let names = self.children.drain(..).map(|child| child.name);
        let left: Vec<String> = names
            .zip(ended)
            .filter_map(|(name, ended)| ended.err().map(|words| format!("{name} may still run: {words}")))
            .collect();
        if left.is_empty() { Ok(()) } else { Err(io::Error::other(left.join("; "))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::BelongingKind;

    fn lines(messages: &[Message]) -> Vec<u8> {
        let line = |message| [serde_json::to_vec(message).unwrap(), vec![b'\n']].concat();
        messages.iter().flat_map(line).collect()
    }

    fn pressed(key: &str) -> Message {
        Message::Pressed { key: key.to_owned() }
    }

    fn released(key: &str) -> Message {
        Message::Released { key: key.to_owned() }
    }

    /// What is let go of after these lines.
    fn let_go_after(input: &[u8]) -> Vec<String> {
        let mut let_go = Vec::new();
        keep_watch(input, |key| {
            let_go.push(key.to_owned());
            Ok(())
        })
        .unwrap();
        let_go
    }

    #[test]
    fn what_is_still_down_is_let_go_of_the_last_one_first() {
        let told =
            [pressed("key shift"), pressed("key w"), pressed("button left"), released("key w"), pressed("key shift")];
        assert_eq!(let_go_after(&lines(&told)), ["key shift", "button left"]);
        assert!(let_go_after(b"").is_empty());
        assert!(let_go_after(&lines(&[pressed("key w"), released("key w")])).is_empty());
    }

    #[test]
    fn a_line_that_cannot_be_read_keeps_no_key_down() {
        let mut input = b"\n{\"message\":\"pressed\"}\nnonsense\n\xff\xfe\n".to_vec();
        input.extend(lines(&[pressed("key w")]));
        input.extend(vec![b'x'; 200_000]);
        input.push(b'\n');
        input.extend(lines(&[pressed("key d")]));
        input.extend(b"{\"message\":\"pressed\",\"key\":\"key e\"}");
        assert_eq!(let_go_after(&input), ["key e", "key d", "key w"], "the last line needs no end");
    }

    #[test]
    fn one_that_fails_or_panics_keeps_no_other_down() {
        let told = lines(&[pressed("key a"), pressed("key b"), pressed("key c")]);
        let mut let_go = Vec::new();
        let ended = keep_watch(&told[..], |key| match key {
            "key c" => panic!("out of keys"),
            "key b" => Err("no such display".to_owned()),
            _ => {
                let_go.push(key.to_owned());
                Ok(())
            }
        });
        assert_eq!(let_go, ["key a"]);
        let words = ended.unwrap_err().to_string();
        assert!(words.contains("key b is still down: no such display") && words.contains("key c"), "{words}");
    }

    #[test]
    fn a_line_that_breaks_is_an_end_too() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the pipe broke"))
            }
        }
        let told = lines(&[pressed("key w")]);
        let mut let_go = Vec::new();
        let input = io::BufReader::new(told.as_slice().chain(Broken));
        let ended = keep_watch(input, |key| {
            let_go.push(key.to_owned());
            Ok(())
        });
        assert_eq!((let_go, ended.unwrap_err().to_string()), (vec!["key w".to_owned()], "the pipe broke".to_owned()));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_child_that_was_left_is_ended_and_one_that_has_ended_is_left_alone() {
        let start = |mark: &str| {
            let mut command = std::process::Command::new("sleep");
            command.arg("60").env(crate::process::MARK, mark).spawn().unwrap()
        };
        let (mark, other) = (format!("guardian-test-{}", std::process::id()), format!("other-{}", std::process::id()));
        let (mut left, mut mended) = (start(&mark), start(&other));
        let belonging = |process: &std::process::Child, place: &str| Belonging {
            kind: BelongingKind::Child,
            name: "sleeper".to_owned(),
            handle: process.id().to_string(),
            place: place.to_owned(),
        };
        let (first, second) = (belonging(&left, &mark), belonging(&mended, &other));
        let told = [
            Message::Began { child: first },
            Message::Began { child: second.clone() },
            Message::Ended { child: second },
        ];
        keep_watch(&lines(&told)[..], |_| Ok(())).unwrap();
        assert!(!left.wait().unwrap().success());
        assert!(mended.try_wait().unwrap().is_none(), "nobody asked for the end of this one");
        mended.kill().unwrap();
        mended.wait().unwrap();
    }
}
