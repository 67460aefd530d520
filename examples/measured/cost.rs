//! What a measurement took, as the one line that every contender of `benches/run.py` prints.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use serde_json::json;

/// Whatever can go wrong in an example.
pub type Failure = Box<dyn Error + Send + Sync>;

/// A measurement that has begun.
pub struct Cost {
    began: Instant,
    used_before: Duration,
}

/// What was heard meanwhile.
pub struct Heard {
    /// Of each round. Milliseconds.
    pub rounds_ms: Vec<f64>,
    /// Pieces of text.
    pub deltas: u64,
    /// Of that text.
    pub bytes: u64,
    /// Of the answers' bodies, as the egress ledger has counted them.
    pub received_bytes: u64,
}

impl Cost {
    pub fn begin() -> Self {
        Self { began: Instant::now(), used_before: processor_time() }
    }

    /// Ends it.
    pub fn line(&self, heard: &Heard) -> String {
        let used = processor_time().saturating_sub(self.used_before);
        json!({
            "wall_ms": milliseconds(self.began.elapsed()),
            "cpu_ms": milliseconds(used),
            "rounds_ms": heard.rounds_ms,
            "deltas": heard.deltas,
            "bytes": heard.bytes,
            "received_bytes": heard.received_bytes,
            "peak_rss_kb": peak_kb(),
        })
        .to_string()
    }
}

pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Of all threads of this process so far.
#[cfg(unix)]
fn processor_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(now.tv_sec).unwrap_or(0), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// Where that cannot be asked, time itself.
#[cfg(not(unix))]
fn processor_time() -> Duration {
    static BEGAN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    BEGAN.elapsed()
}

/// The most memory that was in use at any time, in kilobytes; nothing where the system does not tell.
fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
