//! What every client here has in common: the same arguments, the same rounds of questions, the same line at the end.
//!
//! `CLIENT URL [--at-once N] [--rounds N]` asks N times at once, waits for all answers, and does that so many times. The
//! line is that of the product's own examples `stream_reader` and `fan_out`.

use std::{
    error::Error,
    future::Future,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};
use tokio::task::JoinSet;

/// Whatever a client can fail with.
pub type Failure = Box<dyn Error + Send + Sync>;

/// The question; the server does not mind what it says.
pub const QUESTION: &str = "What is to be done?";
/// The model; the server does not mind that either.
pub const MODEL: &str = "bench";

/// What is asked of the client.
pub struct Plan {
    /// Of the server, without a path.
    pub url: String,
    pub at_once: usize,
    pub rounds: usize,
}

/// What came of an answer: pieces of text that were not empty, and their bytes.
#[derive(Clone, Copy, Default)]
pub struct Heard {
    pub deltas: u64,
    pub bytes: u64,
}

impl Heard {
    /// Counts one piece.
    pub fn piece(&mut self, text: &str) {
        if !text.is_empty() {
            self.deltas += 1;
            self.bytes += text.len() as u64;
        }
    }
}

impl Plan {
    /// From the command line.
    pub fn from_arguments() -> Result<Self, Failure> {
        let mut plan = Self { url: String::new(), at_once: 1, rounds: 1 };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--at-once" => plan.at_once = number(arguments.next())?,
                "--rounds" => plan.rounds = number(arguments.next())?,
                _ => plan.url = argument.trim_end_matches('/').to_owned(),
            }
        }
        if plan.url.is_empty() { Err("the address of a server is missing".into()) } else { Ok(plan) }
    }

    /// Asks, and prints the line. Each question is a task of its own, as it is in the product.
    pub async fn carry_out<A, F>(&self, ask: A) -> Result<(), Failure>
    where
        A: Fn() -> F,
        F: Future<Output = Result<Heard, Failure>> + Send + 'static,
    {
        let (began, used_before) = (Instant::now(), processor_time());
        let (mut rounds_ms, mut heard) = (Vec::new(), Heard::default());
        for _ in 0..self.rounds {
            let round = Instant::now();
            let mut asked: JoinSet<Result<Heard, Failure>> = JoinSet::new();
            for _ in 0..self.at_once {
                asked.spawn(ask());
            }
            while let Some(answered) = asked.join_next().await {
                let one = answered??;
                heard.deltas += one.deltas;
                heard.bytes += one.bytes;
            }
            rounds_ms.push(milliseconds(round.elapsed()));
        }
        let line = serde_json::json!({
            "wall_ms": milliseconds(began.elapsed()),
            "cpu_ms": milliseconds(processor_time().saturating_sub(used_before)),
            "rounds_ms": rounds_ms,
            "deltas": heard.deltas,
            "bytes": heard.bytes,
            "peak_rss_kb": peak_kb(),
        });
        println!("{line}");
        Ok(())
    }
}

fn number(text: Option<String>) -> Result<usize, Failure> {
    Ok(text.ok_or("a number is missing")?.parse()?)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Of all threads of this process so far.
fn processor_time() -> Duration {
    since_its_beginning(ClockId::ProcessCPUTime)
}

/// The clock that everybody on this machine shares, in nanoseconds; Python calls it `time.monotonic_ns`.
pub fn shared_clock_ns() -> u64 {
    u64::try_from(since_its_beginning(ClockId::Monotonic).as_nanos()).unwrap_or(u64::MAX)
}

fn since_its_beginning(clock: ClockId) -> Duration {
    let now = clock_gettime(clock);
    Duration::new(u64::try_from(now.tv_sec).unwrap_or(0), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// The most memory that was in use at any time, in kilobytes; nothing where the system does not tell.
fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
