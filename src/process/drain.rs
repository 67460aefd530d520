//! A child's output: given to whoever wants it, else read, counted and forgotten but for the last words.
//!
//! A child whose output nobody reads stands still once the pipe is full, and could not even end when it is asked.

use std::{
    future::poll_fn,
    pin::Pin,
    sync::{Mutex, MutexGuard, PoisonError},
    task::{Poll, ready},
};

use tokio::io::{AsyncRead, ReadBuf};

/// So much of what was said last is kept, in bytes.
const TAIL: usize = 4096;
const AT_ONCE: usize = 8192;

/// One output pipe of a child.
#[derive(Debug)]
pub struct Drain<R> {
    pipe: Mutex<Option<R>>,
    spilt: Mutex<Spilt>,
}

#[derive(Debug, Default)]
struct Spilt {
    bytes: u64,
    tail: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Drain<R> {
    pub fn new(pipe: Option<R>) -> Self {
        Self { pipe: Mutex::new(pipe), spilt: Mutex::default() }
    }

    /// The pipe; nothing is drained from it any more.
    pub fn take(&self) -> Option<R> {
        self.pipe().take()
    }

    /// Reads until the end of the pipe, or until somebody takes it away.
    pub async fn run(&self) {
        let mut bytes = vec![0; AT_ONCE];
        poll_fn(|context| {
            loop {
                let mut pipe = self.pipe();
                let Some(open) = pipe.as_mut() else { return Poll::Ready(()) };
                let mut buffer = ReadBuf::new(&mut bytes);
                let read = ready!(Pin::new(open).poll_read(context, &mut buffer));
                if read.is_err() || buffer.filled().is_empty() {
                    *pipe = None;
                    return Poll::Ready(());
                }
                self.spilt().add(buffer.filled());
            }
        })
        .await;
    }

    /// How many bytes nobody wanted.
    pub fn bytes(&self) -> u64 {
        self.spilt().bytes
    }

    /// The last line that was drained; empty if there was none.
    pub fn last_line(&self) -> String {
        let spilt = self.spilt();
        let text = String::from_utf8_lossy(&spilt.tail);
        text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default().to_owned()
    }

    fn pipe(&self) -> MutexGuard<'_, Option<R>> {
        self.pipe.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn spilt(&self) -> MutexGuard<'_, Spilt> {
        self.spilt.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Spilt {
    fn add(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(TAIL)..]);
        let too_many = self.tail.len().saturating_sub(TAIL);
        self.tail.drain(..too_many);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_flood_is_counted_and_only_its_end_kept() {
        let flood = [vec![b'a'; 100_000], b"\nthe last words\n\n".to_vec()].concat();
        let drain = Drain::new(Some(flood.as_slice()));
        drain.run().await;
        assert_eq!(drain.bytes(), 100_017);
        assert_eq!(drain.last_line(), "the last words");
        assert!(drain.spilt().tail.len() <= TAIL);
        assert!(drain.take().is_none());
    }

    #[tokio::test]
    async fn who_takes_the_pipe_has_it() {
        let drain = Drain::new(Some(b"for somebody".as_slice()));
        assert_eq!(drain.take(), Some(b"for somebody".as_slice()));
        drain.run().await;
        assert_eq!((drain.bytes(), drain.last_line()), (0, String::new()));
    }
}
