//! What the system shows of processes, with no code in common with what is tested. Where it shows nothing, nobody is found.

use std::{
    collections::BTreeMap,
    fs,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

pub use rustix::process::Signal;
use rustix::process::{Pid, kill_process};

/// The variable by which whatever a server has started is known; its argument does it where the environment is hidden.
pub const MARK: &str = "SINGULARIS_TEST_MARK";
/// How long somebody may take to disappear who was killed: the system has to bury it.
const BURIED_WITHIN: Duration = Duration::from_secs(5);

static NEXT: AtomicU64 = AtomicU64::new(0);

/// One that nobody else has.
pub fn fresh_mark() -> String {
    format!("marked-{}-{}-", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// One living process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    pub pid: u32,
    pub parent: u32,
    pub line: String,
    /// When it began, in the system's own count: tells it from a later one of the same number.
    began: String,
}

/// Everybody who carries this in its arguments or its environment, but for this process.
pub fn carriers(mark: &str) -> Vec<Trace> {
    let carries = |trace: &Trace| {
        let environment = fs::read(format!("/proc/{}/environ", trace.pid)).unwrap_or_default();
        holds(trace.line.as_bytes(), mark) || holds(&environment, mark)
    };
    everybody().into_values().filter(|trace| trace.pid != std::process::id() && carries(trace)).collect()
}

/// Everybody below these, and they themselves.
pub fn family(roots: &[Trace]) -> Vec<Trace> {
    let all = everybody();
    let mut found: Vec<Trace> = roots.to_vec();
    let mut at = 0;
    while let Some(parent) = found.get(at).map(|trace| trace.pid) {
        let new = all.values().filter(|child| child.parent == parent && !found.contains(child));
        let new: Vec<Trace> = new.cloned().collect();
        found.extend(new);
        at += 1;
    }
    found
}

/// Those of them that are still the same and alive.
pub fn living(of: &[Trace]) -> Vec<Trace> {
    let all = everybody();
    let is_there = |trace: &&Trace| all.get(&trace.pid).is_some_and(|now| now.began == trace.began);
    of.iter().filter(is_there).cloned().collect()
}

/// Waits until nobody carries the mark and none of the family lives; both at once, and not for long.
pub fn assert_nobody_is_left(mark: &str, family: &[Trace]) {
    assert_none(|| [carriers(mark), living(family)].concat());
}

/// Waits until none of these lives, and not for long.
pub fn assert_gone(family: &[Trace]) {
    assert_none(|| living(family));
}

fn assert_none(look: impl Fn() -> Vec<Trace>) {
    let deadline = Instant::now() + BURIED_WITHIN;
    loop {
        let left = look();
        if left.is_empty() {
            return;
        }
        assert!(Instant::now() < deadline, "still there {BURIED_WITHIN:?} later: {left:?}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Sends a signal. By the system's own call: not every machine has a program for it.
pub fn signal(signal: Signal, pid: u32) {
    let number = pid.try_into().ok().and_then(Pid::from_raw).unwrap();
    kill_process(number, signal).unwrap_or_else(|error| panic!("process {pid} could not be sent {signal:?}: {error}"));
}

/// Everybody who lives; the dead that nobody has buried do not.
fn everybody() -> BTreeMap<u32, Trace> {
    let Ok(entries) = fs::read_dir("/proc") else { return BTreeMap::new() };
    let numbers = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    numbers.filter_map(|pid| Some((pid, trace(pid)?))).collect()
}

/// `None` where it has ended meanwhile.
fn trace(pid: u32) -> Option<Trace> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program comes first, in brackets, and may itself hold some.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    if matches!(fields.first().copied(), Some("Z" | "X" | "x") | None) {
        return None;
    }
    let line = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    let line = String::from_utf8_lossy(&line).replace('\0', " ").trim().to_owned();
    Some(Trace { pid, parent: fields.get(1)?.parse().ok()?, line, began: (*fields.get(19)?).to_owned() })
}

fn holds(bytes: &[u8], mark: &str) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark.as_bytes())
}

#[test]
fn one_that_runs_is_found_and_one_that_ended_is_not() {
    if !std::path::Path::new("/proc/self/stat").exists() {
        eprintln!("NOT RUN: this system does not show its processes");
        return;
    }
    let mark = fresh_mark();
    let mut child = std::process::Command::new("sleep").arg("1000").env(MARK, &mark).spawn().unwrap();
    let found = carriers(&mark);
    assert_eq!(found.iter().map(|trace| trace.pid).collect::<Vec<_>>(), [child.id()]);
    assert!(family(&found) == found && living(&found) == found);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_nobody_is_left(&mark, &found);
}
