//! What this process has open, as the system and the worker's runtime tell it: the quiet level, to which everything has
//! to come back after each round.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use tokio::runtime::RuntimeMetrics;

/// One or two more are no leak: a leak goes on.
const SLACK: usize = 2;
/// How long the system and the runtime may take to let go of what was dropped.
const BACK_WITHIN: Duration = Duration::from_secs(10);
/// A thread of the runtime's that has done some blocking work waits for more of it, ten seconds by default. One that is
/// never given back is there after any time.
const THREADS_BACK_WITHIN: Duration = Duration::from_secs(12);
/// What has not changed for so long is quiet.
const QUIET_FOR: Duration = Duration::from_millis(50);
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// Open, being opened, or closed by the other side only, as the kernel numbers them.
const OPEN_STATES: [&str; 3] = ["01", "02", "08"];

/// Everything that is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    pub descriptors: usize,
    pub threads: usize,
    /// Alive in the worker's runtime.
    pub tasks: usize,
    /// Connections to the server's port, this process's own ends.
    pub sockets: usize,
    pub resident_kib: u64,
}

impl Levels {
    /// The levels now; `None` where this system does not tell.
    pub fn read(metrics: &RuntimeMetrics, port: u16) -> Option<Self> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let figure = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        };
        Some(Self {
            // Looking opens one itself.
            descriptors: fs::read_dir("/proc/self/fd").ok()?.count().saturating_sub(1),
            threads: usize::try_from(figure("Threads")?).ok()?,
            tasks: metrics.num_alive_tasks(),
            sockets: open_to(port)?,
            resident_kib: figure("VmRSS")?,
        })
    }

    /// The greater of each.
    pub fn most(self, other: Self) -> Self {
        Self {
            descriptors: self.descriptors.max(other.descriptors),
            threads: self.threads.max(other.threads),
            tasks: self.tasks.max(other.tasks),
            sockets: self.sockets.max(other.sockets),
            resident_kib: self.resident_kib.max(other.resident_kib),
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        *self == Self { resident_kib: self.resident_kib, ..*other }
    }

    /// What is above the level, and by when it has to be back.
    fn above(&self, level: &Self) -> Option<(&'static str, Duration)> {
        let kinds = [
            ("descriptors", self.descriptors, level.descriptors, BACK_WITHIN),
            ("tasks", self.tasks, level.tasks, BACK_WITHIN),
            ("sockets", self.sockets, level.sockets, BACK_WITHIN),
            ("threads", self.threads, level.threads, THREADS_BACK_WITHIN),
        ];
        let above = kinds.into_iter().find(|(_, mine, its, _)| *mine > its + SLACK);
        above.map(|(what, _, _, limit)| (what, limit))
    }
}

/// Waits until nothing changes any more and, if there is a level to come back to, until it is reached. An error says
/// what stayed above it and what is open.
pub fn come_to_rest(read: impl Fn() -> Levels, level: Option<&Levels>) -> Result<Levels, String> {
    let began = Instant::now();
    let (mut before, mut since) = (read(), Instant::now());
    loop {
        thread::sleep(LOOK_EVERY);
        let now = read();
        if !now.is_like(&before) {
            (before, since) = (now, Instant::now());
        }
        let above = level.and_then(|level| now.above(level));
        let is_quiet = since.elapsed() >= QUIET_FOR;
        let (what, limit) = match above {
            None if is_quiet => return Ok(now),
            None => ("everything", BACK_WITHIN),
            Some(above) => above,
        };
        if began.elapsed() >= limit {
            return Err(format!(
                "{what} did not come back to rest within {limit:?}: {now:?}, and the level is {level:?}\n{}",
                what_is_open()
            ));
        }
    }
}

/// Connections to the port, as their near ends see it: seen from the server, other ports are at the far end.
fn open_to(port: u16) -> Option<usize> {
    let table = fs::read_to_string("/proc/self/net/tcp").ok()?;
    Some(table.lines().skip(1).filter(|row| is_open_to(row, port)).count())
}

/// Whether a row of the table is such a connection.
fn is_open_to(row: &str, port: u16) -> bool {
    let mut fields = row.split_whitespace().skip(2);
    let (remote, state) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    let remote = remote.split_once(':').and_then(|(_, hex)| u16::from_str_radix(hex, 16).ok());
    remote == Some(port) && OPEN_STATES.contains(&state)
}

/// Names, for whoever has to find what was left.
fn what_is_open() -> String {
    let entries = |folder: &str| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let descriptors = entries("/proc/self/fd").filter_map(|path| fs::read_link(path).ok());
    let mut descriptors: Vec<String> = descriptors.map(|link| link.display().to_string()).collect();
    let threads = entries("/proc/self/task").filter_map(|path| fs::read_to_string(path.join("comm")).ok());
    let mut threads: Vec<String> = threads.map(|name| name.trim().to_owned()).collect();
    descriptors.sort();
    threads.sort();
    format!("descriptors: {}\nthreads: {}", descriptors.join(", "), threads.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_to_the_port_counts_while_it_is_open() {
        let row = "   1: 0100007F:8AE2 0100007F:04D2 01 00000000:00000000 00:00000000 00000000 0 0 4711 1 0 20";
        assert!(is_open_to(row, 1234));
        assert!(!is_open_to(row, 0x8AE2), "the near end is not asked");
        assert!(!is_open_to(&row.replace(" 01 ", " 06 "), 1234), "one that only lingers in the kernel is closed");
        assert!(!is_open_to("  sl  local_address rem_address   st", 1234));
    }

    #[test]
    fn what_stays_above_the_level_is_named() {
        let level = Levels { descriptors: 20, threads: 9, tasks: 3, sockets: 0, resident_kib: 40_000 };
        let at = |now: Levels| come_to_rest(move || now, Some(&level));
        let within = Levels { descriptors: 22, resident_kib: 90_000, ..level };
        assert_eq!(at(within), Ok(within));
        let above = at(Levels { tasks: 6, ..level }).unwrap_err();
        assert!(above.starts_with("tasks did not come back"), "{above}");
    }
}
