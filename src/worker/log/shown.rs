//! Standard error, written by a thread of its own: whoever reads it may stand still, and nobody waits for that.

use std::{
    collections::VecDeque,
    io::{self, Write},
    sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError},
    thread,
    time::Duration,
};

/// So many lines wait for a slow reader; more are dropped and counted.
const WAITING: usize = 8192;
/// How long the end waits for a reader.
const END_MAY_TAKE: Duration = Duration::from_millis(500);

/// Begun with the first line. `None` where the system has no thread for it; then nothing is shown.
static LANE: OnceLock<Option<Lane>> = OnceLock::new();

/// While this lives standard error is written to. Dropping it waits for what was said last, half a second at most.
#[derive(Debug)]
pub struct Shown;

impl Drop for Shown {
    fn drop(&mut self) {
        finish();
    }
}

/// Hands a line, with its end, to the thread that writes.
pub(super) fn write(line: String) {
    let lane = LANE.get_or_init(|| Lane::begin(io::stderr(), WAITING).ok());
    if let Some(lane) = lane {
        lane.say(line);
    }
}

/// Waits until everything is written, but not for a reader that stands still.
pub(super) fn finish() {
    if let Some(lane) = LANE.get().and_then(Option::as_ref) {
        // Whoever did not read until now does not read any more.
        let _all_was_written = lane.finish(END_MAY_TAKE);
    }
}

/// The way to the thread. All clones are the same.
#[derive(Clone)]
struct Lane(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    most: usize,
}

#[derive(Default)]
struct State {
    lines: VecDeque<String>,
    /// Dropped since the last line that was written.
    lost: u64,
    /// One was taken out of `lines` and is not written yet.
    is_writing: bool,
}

impl Lane {
    /// A thread that writes to `out`; at most so many lines wait for it.
    fn begin(out: impl Write + Send + 'static, most: usize) -> io::Result<Self> {
        let lane = Self(Arc::new(Shared { state: Mutex::default(), changed: Condvar::new(), most }));
        let writer = lane.clone();
        thread::Builder::new().name("singularis-shown".to_owned()).spawn(move || writer.carry(out))?;
        Ok(lane)
    }

    /// Never waits for the thread.
    fn say(&self, line: String) {
        let mut state = self.state();
        if state.lines.len() < self.0.most {
            state.lines.push_back(line);
        } else {
            state.lost += 1;
        }
        drop(state);
        self.0.changed.notify_all();
    }

    /// True once nothing waits any more, false if that takes longer than the limit.
    fn finish(&self, limit: Duration) -> bool {
        let is_busy = |state: &mut State| state.is_writing || !state.lines.is_empty();
        let waited = self.0.changed.wait_timeout_while(self.state(), limit, is_busy);
        let (_state, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        !waited.timed_out()
    }

    /// Writes whatever comes, for as long as the program runs.
    fn carry(&self, mut out: impl Write) {
        loop {
            let (line, lost) = self.next();
            // Nobody may be there to read it.
            let _closed = out.write_all(line.as_bytes());
            if lost > 0 {
                let words = format!("singularis: {lost} lines of the log are missing here, because nobody read them\n");
                let _closed = out.write_all(words.as_bytes());
            }
            self.state().is_writing = false;
            self.0.changed.notify_all();
        }
    }

    /// The next line, and how many were dropped before it was taken.
    fn next(&self) -> (String, u64) {
        let mut state = self.state();
        loop {
            if let Some(line) = state.lines.pop_front() {
                state.is_writing = true;
                return (line, std::mem::take(&mut state.lost));
            }
            state = self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, time::Instant};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    /// Waits to be read before each line, and keeps what was read. Once nobody reads any more it takes everything.
    struct Reader {
        reads: mpsc::Receiver<()>,
        read: Arc<Mutex<String>>,
    }

    impl Write for Reader {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _gone_and_takes_everything = self.reads.recv();
            self.read.lock().unwrap().push_str(&String::from_utf8_lossy(bytes));
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_stands_still_holds_up_nobody_and_misses_what_there_is_no_room_for() {
        let (go_on, reads) = mpsc::channel();
        let read = Arc::<Mutex<String>>::default();
        let lane = Lane::begin(Reader { reads, read: Arc::clone(&read) }, 3).unwrap();
        let began = Instant::now();
        for number in 0..10 {
            lane.say(format!("line {number}\n"));
        }
        assert!(!lane.finish(Duration::from_millis(10)), "nobody reads");
        assert!(began.elapsed() < PATIENCE, "nobody waits for the reader");
        drop(go_on);
        assert!(lane.finish(PATIENCE));
        let read = read.lock().unwrap().clone();
        let lines: Vec<&str> = read.lines().filter(|line| line.starts_with("line ")).collect();
        assert_eq!(lines[..3], ["line 0", "line 1", "line 2"]);
        assert!(lines.len() <= 4, "one may have been on its way while three were waiting: {read}");
        let lost =
            read.lines().filter_map(|line| line.strip_prefix("singularis: ")?.split(' ').next()?.parse::<usize>().ok());
        assert_eq!(lost.sum::<usize>(), 10 - lines.len(), "{read}");
    }

    #[test]
    fn everything_is_written_in_order_before_the_end() {
        let (go_on, reads) = mpsc::channel();
        drop(go_on);
        let read = Arc::<Mutex<String>>::default();
        let lane = Lane::begin(Reader { reads, read: Arc::clone(&read) }, 1000).unwrap();
        let said: Vec<String> = (0..500).map(|number| format!("line {number}\n")).collect();
        said.iter().for_each(|line| lane.say(line.clone()));
        assert!(lane.finish(PATIENCE));
        assert_eq!(*read.lock().unwrap(), said.concat());
    }
}
