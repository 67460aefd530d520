//! Child processes of the place, real ones: small scripts for the system's shell. Their owner is as deaf as can be and
//! never lets go of them.

use std::process::Stdio;

use singularis::{
    environment::Holdings,
    process::Child,
    protocol::{CertificateItem, OpenKind, Outcome},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
    time::timeout,
};

use crate::{
    PATIENCE,
    hand::{Hand, Plot},
    panel::Panel,
    place::Place,
};

const BEHAVES: &str = "echo ready; while read line; do :; done";
/// Ignores the closed input and every polite signal, and so does all it starts.
pub const IGNORES_REQUESTS: &str = "trap '' TERM INT HUP; echo ready; while :; do sleep 0.05; done";
/// One of its children stays in its group, and one leaves it, which says so.
#[cfg(target_os = "linux")]
const FORKS: &str = "sleep 1000 & setsid sh -c 'echo ready; exec sleep 1000' & while read line; do :; done";
/// Ends at once, and what it has started has left its group before.
#[cfg(target_os = "linux")]
const LAUNCHES: &str = "setsid sh -c 'echo ready; exec sleep 1000' & exit 0";
/// Says without end what nobody reads, and would stand still if nobody did.
const FLOODS: &str = "echo ready; while :; do echo 0123456789012345678901234567890123456789 >&2; done";

/// Starts a script and waits until it says that it is ready.
pub async fn start(holdings: &Holdings, name: &str, script: &str) -> Child {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = holdings.children.start(name, command).unwrap();
    let mut lines = BufReader::new(child.take_stdout().unwrap()).lines();
    let said = timeout(PATIENCE, lines.next_line()).await.expect("it speaks").unwrap();
    assert_eq!(said.as_deref(), Some("ready"), "{name}");
    child
}

/// Plays a session that holds a child of good will and this one; gives what became of this one, whose line alone may
/// turn.
async fn play_with(name: &str, script: &str, expected: Outcome) -> CertificateItem {
    let holdings = Holdings::default();
    let children = [start(&holdings, "reader", BEHAVES).await, start(&holdings, name, script).await];
    let hand = Hand::open();
    hand.plan(Plot::in_place(Place::holding(&holdings)));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    assert_eq!(holdings.children.alive(), 2);
    let stopped = panel.stop().await;
    let turned = (expected != Outcome::Closed).then_some((OpenKind::Child, name, expected));
    stopped.assert_turned(turned.as_slice());
    let note = &stopped.item(OpenKind::Child, "reader").note;
    // A request comes after 300 ms, which a busy machine may need; it is never killed.
    let ends = ["ended when its input was closed", "ended when asked"];
    assert!(ends.iter().any(|end| note.starts_with(end)), "{note}");
    assert_eq!((holdings.children.alive(), stopped.certificate().open_after.children), (0, 0));
    panel.plays_on().await;
    panel.leave().await;
    drop(children);
    stopped.item(OpenKind::Child, name).clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_ignores_requests_is_killed_by_name() {
    let item = play_with("deaf child", IGNORES_REQUESTS, Outcome::Aborted).await;
    assert!(item.note.starts_with("ignored the request to end, killed after "), "{}", item.note);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_forks_leaves_nobody_behind_and_whoever_got_away_is_named() {
    let item = play_with("forking child", FORKS, Outcome::Aborted).await;
    let (_, left) = item.note.split_once("left behind ").unwrap_or_else(|| panic!("{}", item.note));
    let strays: Vec<u32> = numbers_after(left, "(process ");
    assert_eq!(strays.len(), 1, "one has left the group: {}", item.note);
    // It may not have got as far as to be the other program.
    assert!(left.starts_with("sleep (") || left.starts_with("sh ("), "{}", item.note);
    assert!(left.ends_with("), killed"), "{}", item.note);
    assert!(strays.iter().all(|pid| !lives(*pid)), "{}", item.note);
}

/// Its owner has seen it end and let go of it; what it has started lives on elsewhere.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_got_away_from_one_that_was_forgotten_is_named() {
    let holdings = Holdings::default();
    let launcher = start(&holdings, "launcher", LAUNCHES).await;
    timeout(PATIENCE, launcher.wait()).await.expect("it ends by itself");
    drop(launcher);
    let hand = Hand::open();
    hand.plan(Plot::in_place(Place::holding(&holdings)));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    let stopped = panel.stop().await;
    stopped.assert_turned(&[(OpenKind::Child, "launcher", Outcome::Aborted)]);
    let note = &stopped.item(OpenKind::Child, "launcher").note;
    assert!(note.starts_with("had ended by itself with code 0; left behind s"), "{note}");
    let strays = numbers_after(note, "(process ");
    assert_eq!(strays.len(), 1, "{note}");
    assert!(!lives(strays[0]), "{note}");
    assert_eq!((holdings.children.alive(), stopped.certificate().open_after.children), (0, 0));
    panel.plays_on().await;
    panel.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_floods_ends_all_the_same() {
    let item = play_with("flooding child", FLOODS, Outcome::Closed).await;
    assert!(item.note.starts_with("ended when asked; nobody read "), "{}", item.note);
    assert!(item.note.contains(" of its output"), "{}", item.note);
}

/// The numbers that follow these words.
#[cfg(target_os = "linux")]
fn numbers_after(text: &str, words: &str) -> Vec<u32> {
    let parts = text.split(words).skip(1);
    parts.filter_map(|part| part.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()).collect()
}

/// Whether a process lives; the dead that nobody has buried do not.
#[cfg(target_os = "linux")]
fn lives(pid: u32) -> bool {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { return false };
    let state = stat.rsplit_once(')').and_then(|(_, rest)| rest.trim_start().chars().next());
    !matches!(state, Some('Z' | 'X' | 'x') | None)
}
