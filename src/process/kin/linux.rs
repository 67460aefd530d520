//! The files of `/proc`. A process that is dead and not yet buried has no environment any more and counts as gone.

use std::fs;

use rustix::{
    io::Errno,
    process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open, pidfd_send_signal},
};

use super::Kin;
use crate::process::MARK;

/// Who carries a mark can be told here, as long as `/proc` answers.
pub const CAN_TELL: bool = true;

/// Every living process with one of these marks, this program excepted; `None` where `/proc` cannot be read. Reads a
/// file of every process, which takes some milliseconds.
pub fn carriers(marks: &[String]) -> Option<Vec<Kin>> {
    let own = std::process::id();
    let others = processes()?.filter(|pid| *pid != own);
    let kin = others.filter_map(|pid| {
        let mark = mark_of(pid).filter(|mark| marks.contains(mark))?;
        Some(Kin { pid, program: program(pid), mark })
    });
    Some(kin.collect())
}

/// Whether anybody lives in a process group; the dead whom nobody has buried do not count.
pub fn group_lives(group: u32) -> Option<bool> {
    let mut standings = processes()?.filter_map(|pid| standing(&fs::read(format!("/proc/{pid}/stat")).ok()?));
    Some(standings.any(|(is_alive, its_group)| is_alive && its_group == group))
}

/// Asks it to end (`SIGTERM`).
pub fn ask(kin: &Kin) {
    send(kin, Signal::TERM);
}

/// Ends it by force (`SIGKILL`).
pub fn kill(kin: &Kin) {
    send(kin, Signal::KILL);
}

/// The process is held while it is looked at again, so that its number cannot have passed to a stranger.
fn send(kin: &Kin, signal: Signal) {
    let Some(pid) = i32::try_from(kin.pid).ok().and_then(Pid::from_raw) else { return };
    let held = pidfd_open(pid, PidfdFlags::empty());
    let is_the_same = mark_of(kin.pid).is_some_and(|mark| mark == kin.mark);
    let sent = match held {
        _ if !is_the_same => Ok(()),
        Ok(held) => pidfd_send_signal(&held, signal),
        // A kernel older than 5.3: only a moment lies between the look and the signal.
        Err(Errno::NOSYS) => kill_process(pid, signal),
        Err(gone) => Err(gone),
    };
    if let Err(error) = sent {
        tracing::debug!("{kin} was not sent {signal:?}: {error}");
    }
}

fn processes() -> Option<impl Iterator<Item = u32>> {
    let entries = fs::read_dir("/proc").ok()?;
    Some(entries.flatten().filter_map(|entry| entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok())))
}

fn mark_of(pid: u32) -> Option<String> {
    mark_in(&fs::read(format!("/proc/{pid}/environ")).ok()?)
}

/// The mark in an environment, whose variables are separated by zero bytes.
fn mark_in(environment: &[u8]) -> Option<String> {
    let mut variables = environment.split(|byte| *byte == 0);
    let value = variables.find_map(|variable| variable.strip_prefix(MARK.as_bytes())?.strip_prefix(b"="))?;
    Some(String::from_utf8_lossy(value).into_owned())
}

fn program(pid: u32) -> String {
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    let name = name.trim();
    if name.is_empty() { "a program without a name".to_owned() } else { name.to_owned() }
}

/// Whether it lives, and its group. The name may hold spaces and brackets, so what counts begins after the last
/// bracket.
fn standing(stat: &[u8]) -> Option<(bool, u32)> {
    let stat = String::from_utf8_lossy(stat);
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace();
    let (state, _parent, group) = (fields.next()?, fields.next()?, fields.next()?);
    Some((!["Z", "X", "x"].contains(&state), group.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_whole_or_not_at_all() {
        assert_eq!(mark_in(b"A=1\0SINGULARIS_CHILD=abc\0B=2\0").as_deref(), Some("abc"));
        assert_eq!(mark_in(b"A=SINGULARIS_CHILD=abc\0SINGULARIS_CHILDREN=x\0"), None);
        assert_eq!(mark_in(b""), None);
    }

    #[test]
    fn a_name_with_brackets_hides_nothing() {
        assert_eq!(standing(b"12 (odd) name (x)) S 1 77 77 0 -1"), Some((true, 77)));
        assert_eq!(standing(b"12 (sh) Z 1 77 77 0 -1"), Some((false, 77)));
        assert_eq!(standing(b"12 (sh"), None);
    }

    #[test]
    fn this_program_is_not_its_own_kin() {
        assert_eq!(carriers(&["never given".to_owned()]), Some(Vec::new()));
    }
}
