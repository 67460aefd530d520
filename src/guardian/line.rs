//! The line to the guardian. A pipe takes in what fits and then waits for the other side, for ever where that is frozen:
//! so a thread of its own writes, and whoever tells something waits with a limit.

use std::{
    io::{self, ErrorKind, Write},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

/// Cheap to clone; all clones are the same. It is closed with the last one.
#[derive(Clone, Debug)]
pub struct Line(Sender<Saying>);

/// Something that is to be written, and where that is answered.
struct Saying {
    words: Vec<u8>,
    written: Sender<io::Result<()>>,
}

impl Line {
    /// An error if there is no thread for it.
    pub fn begin(mut pipe: impl Write + Send + 'static) -> io::Result<Self> {
        let (line, sayings) = mpsc::channel::<Saying>();
        let write = move || {
            for Saying { words, written } in sayings {
                // One write, so that nobody reads half of it.
                let outcome = pipe.write_all(&words).and_then(|()| pipe.flush());
                let is_broken = outcome.is_err();
                let _nobody_waits_for_it = written.send(outcome);
                if is_broken {
                    return;
                }
            }
        };
        thread::Builder::new().name("guardian's line".to_owned()).spawn(write)?;
        Ok(Self(line))
    }

    /// Says something and waits until the pipe has taken it in, but not longer than so. Whatever was said before is
    /// heard before it.
    pub fn say(&self, words: Vec<u8>, within: Duration) -> io::Result<()> {
        let (written, answer) = mpsc::channel();
        self.send(Saying { words, written })?;
        match answer.recv_timeout(within) {
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Timeout) => Err(io::Error::new(ErrorKind::TimedOut, "it does not listen any more")),
            Err(RecvTimeoutError::Disconnected) => Err(io::Error::from(ErrorKind::BrokenPipe)),
        }
    }

    /// Says something that nobody has to wait for.
    pub fn mention(&self, words: Vec<u8>) -> io::Result<()> {
        self.send(Saying { words, written: mpsc::channel().0 })
    }

    fn send(&self, saying: Saying) -> io::Result<()> {
        self.0.send(saying).map_err(|_broken| io::Error::from(ErrorKind::BrokenPipe))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Receiver;

    use super::*;

    const ENOUGH: Duration = Duration::from_secs(10);

    /// Takes in nothing until it is told to go on.
    struct Frozen(Receiver<()>, Sender<Vec<u8>>);

    impl Write for Frozen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.recv().map_err(io::Error::other)?;
            self.1.send(bytes.to_vec()).map_err(io::Error::other)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn nobody_waits_for_ever_for_one_that_does_not_listen() {
        let (go_on, frozen) = mpsc::channel();
        let (heard, hears) = mpsc::channel();
        let line = Line::begin(Frozen(frozen, heard)).unwrap();
        line.mention(b"a".to_vec()).unwrap();
        let told = line.say(b"b".to_vec(), Duration::from_millis(20));
        assert_eq!(told.unwrap_err().kind(), ErrorKind::TimedOut);
        go_on.send(()).unwrap();
        go_on.send(()).unwrap();
        let heard = [hears.recv_timeout(ENOUGH).unwrap(), hears.recv_timeout(ENOUGH).unwrap()];
        assert_eq!(heard, [b"a".to_vec(), b"b".to_vec()], "in order, once it listens again");
        drop(go_on);
        assert!(line.say(b"c".to_vec(), ENOUGH).is_err());
        assert!(hears.recv_timeout(ENOUGH).is_err(), "a line that is broken is closed");
    }
}
