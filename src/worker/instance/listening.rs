//! The first window hears when another copy of the program asks it to come to the front.
//!
//! Anybody on this machine can connect. Whoever does not know the token gets no answer and is shown out after a moment;
//! nobody can keep others waiting, and there are never many of them inside.

use std::{
    collections::VecDeque,
    io::{self, ErrorKind, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use super::{COMING, request};

/// So long may somebody take to say what they want.
const GUEST_MAY_TAKE: Duration = Duration::from_millis(500);
/// So many may be inside; beyond it the one who came first has to leave.
const GUESTS: usize = 64;
/// Between two looks while somebody is inside.
const LOOKS_EVERY: Duration = Duration::from_millis(5);
/// After a failure of the system to let somebody in, such as too many open files.
const RESTS: Duration = Duration::from_millis(50);
/// How long the end may take.
const END_MAY_TAKE: Duration = Duration::from_secs(1);

/// Somebody listens until this is dropped.
#[derive(Debug)]
pub(super) struct Listening {
    is_over: Arc<AtomicBool>,
    /// Where one knocks.
    address: SocketAddr,
    thread: Option<thread::JoinHandle<()>>,
    /// Says nothing ever; its other end is dropped when the thread ends.
    ended: mpsc::Receiver<()>,
}

impl Listening {
    /// Starts the thread, which calls `on_front` for everybody who knows the token.
    pub(super) fn begin(listener: TcpListener, token: &str, on_front: impl Fn() + Send + 'static) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let is_over = Arc::new(AtomicBool::new(false));
        let (running, ended) = mpsc::channel();
        let mut door =
            Door { listener, request: request(token).into_bytes(), guests: VecDeque::new(), is_over: is_over.clone() };
        let work = move || {
            door.keep(&on_front);
            drop(running);
        };
        let thread = thread::Builder::new().name("singularis-front".to_owned()).spawn(work)?;
        Ok(Self { is_over, address, thread: Some(thread), ended })
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // It may be waiting for somebody to come, and then somebody comes.
        if let Err(error) = TcpStream::connect_timeout(&self.address, END_MAY_TAKE) {
            tracing::debug!("the end of listening cannot be knocked: {error}");
        }
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
        if let Err(mpsc::RecvTimeoutError::Timeout) = self.ended.recv_timeout(END_MAY_TAKE) {
            // Only a callback that waits can do that; waiting along with it helps nobody.
            tracing::warn!("coming to the front did not end within {} s", END_MAY_TAKE.as_secs());
            return;
        }
        if let Some(thread) = self.thread.take() {
            let _panic_was_reported = thread.join();
        }
    }
}

/// Where they come in.
struct Door {
    listener: TcpListener,
    /// The line that whoever knows the token says.
    request: Vec<u8>,
    guests: VecDeque<Guest>,
    is_over: Arc<AtomicBool>,
}

/// Somebody who has connected.
struct Guest {
    stream: TcpStream,
    said: Vec<u8>,
    until: Instant,
}

/// What came of listening to somebody.
enum Heard {
    /// Not the whole line yet.
    Part,
    Line,
    /// They left, said too much or took too long.
    Nothing,
}

impl Door {
    fn keep(&mut self, on_front: &dyn Fn()) {
        while !self.is_over.load(Ordering::SeqCst) {
            let mut rests = Duration::ZERO;
            if let Err(error) = self.let_in() {
                tracing::debug!("nobody can be let in: {error}");
                rests = RESTS;
            }
            self.hear(on_front);
            if !self.guests.is_empty() {
                rests = rests.max(LOOKS_EVERY);
            }
            // Whoever ends this wakes it.
            thread::park_timeout(rests);
        }
    }

    /// Takes in those who wait outside; while nobody is inside it waits for the first, which costs nothing.
    fn let_in(&mut self) -> io::Result<()> {
        for taken in 0..GUESTS {
            self.listener.set_nonblocking(taken > 0 || !self.guests.is_empty())?;
            let stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                // They were gone before they were in.
                Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::ConnectionAborted) => break,
                Err(error) => return Err(error),
            };
            stream.set_nonblocking(true)?;
            self.guests.push_back(Guest { stream, said: Vec::new(), until: Instant::now() + GUEST_MAY_TAKE });
        }
        Ok(())
    }

    /// Hears everybody out who has something to say now.
    fn hear(&mut self, on_front: &dyn Fn()) {
        let (now, request) = (Instant::now(), &self.request);
        self.guests.retain_mut(|guest| match guest.hear(now, request.len()) {
            Heard::Part => true,
            Heard::Nothing => false,
            Heard::Line => {
                if is_same(&guest.said, request) {
                    on_front();
                    // Whoever has left meanwhile knows by now what they wanted to know.
                    let _nobody_waits = guest.stream.write_all(COMING);
                }
                false
            }
        });
        // Whoever knows what to say has said it by now, so this meets those who do not.
        while self.guests.len() > GUESTS {
            self.guests.pop_front();
        }
    }
}

impl Guest {
    /// Takes in what they have said since; a line longer than `longest` bytes is of no interest.
    fn hear(&mut self, now: Instant, longest: usize) -> Heard {
        let mut buffer = [0; 128];
        loop {
            match self.stream.read(&mut buffer) {
                Ok(0) => return Heard::Nothing,
                Ok(count) => self.said.extend_from_slice(&buffer[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) if error.kind() == ErrorKind::WouldBlock && now < self.until => return Heard::Part,
                Err(_) => return Heard::Nothing,
            }
            if self.said.len() > longest {
                return Heard::Nothing;
            }
            if self.said.ends_with(b"\n") {
                return Heard::Line;
            }
        }
    }
}

/// Takes as long for a token that is almost right as for any other.
fn is_same(said: &[u8], expected: &[u8]) -> bool {
    let differences = said.iter().zip(expected).fold(0_u8, |sum, (one, other)| sum | (one ^ other));
    said.len() == expected.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_line_is_the_same() {
        let expected = request("abc").into_bytes();
        assert!(is_same(b"front abc\n", &expected));
        for other in ["front abd\n", "front ab\n", "front abc", "front abcc\n", "", "\n"] {
            assert!(!is_same(other.as_bytes(), &expected), "{other:?}");
        }
    }

    #[test]
    fn the_end_does_not_wait_for_a_callback_that_waits() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (called, calls) = mpsc::channel();
        let (hold, held) = mpsc::channel::<()>();
        let listening = Listening::begin(listener, "abc", move || {
            called.send(()).unwrap();
            let _released = held.recv();
        });
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(b"front abc\n").unwrap();
        calls.recv_timeout(Duration::from_secs(20)).unwrap();
        let began = Instant::now();
        drop(listening.unwrap());
        assert!(began.elapsed() < 3 * END_MAY_TAKE, "{:?}", began.elapsed());
        drop(hold);
    }

    #[test]
    fn the_end_waits_for_nobody_to_come() {
        let mut longest = Duration::ZERO;
        for _ in 0..20 {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let listening = Listening::begin(listener, "abc", || {}).unwrap();
            let (ended, began) = (Arc::clone(&listening.is_over), Instant::now());
            drop(listening);
            longest = longest.max(began.elapsed());
            // The thread held one too, and is gone.
            assert_eq!(Arc::strong_count(&ended), 1);
        }
        assert!(longest < END_MAY_TAKE, "{longest:?}");
    }
}
