//! Children with children of their own, in the group and out of it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

#[cfg(target_os = "linux")]
use singularis::process::Child;
use singularis::{
    process::{ChildError, ChildEvent, Children, Exit, GRACE},
    protocol::Outcome,
};
use tokio::{io::AsyncReadExt, time::timeout};

#[cfg(target_os = "linux")]
use crate::nursery::carriers;
use crate::{
    PATIENCE,
    nursery::{Nursery, hear, shell},
};

#[tokio::test]
async fn a_grandchild_in_the_group_ends_with_it() {
    let nursery = Nursery::open();
    let _child = nursery.ready("sleep 1000 & echo ready; while read line; do :; done").await;
    let (outcome, note, took_ms) = nursery.end_one().await;
    assert_eq!((outcome, note.as_str()), (Outcome::Closed, "ended when asked"));
    assert!(took_ms >= 300, "{took_ms} ms");
}

#[tokio::test]
async fn a_grandchild_that_ignores_requests_is_killed_with_the_group() {
    let nursery = Nursery::open();
    let deaf = "(trap '' TERM; echo ready; while :; do sleep 0.05; done) & while read line; do :; done";
    let _child = nursery.ready(deaf).await;
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!(outcome, Outcome::Aborted, "{note}");
    assert!(note.starts_with("ignored the request to end, killed after "), "{note}");
}

#[tokio::test]
async fn orphans_of_one_that_has_ended_are_ended_too() {
    let nursery = Nursery::open();
    let child = nursery.ready("sleep 1000 & echo ready; exit 5").await;
    assert_eq!(timeout(PATIENCE, child.wait()).await, Ok(Exit::Code(5)));
    assert_eq!(nursery.children.alive(), 1, "what it started lives on");
    assert_eq!(nursery.ended(), Vec::new());
    let (outcome, note, _) = nursery.end_one().await;
    let expected = "had ended by itself with code 5; what it had started ended when asked";
    assert_eq!((outcome, note.as_str()), (Outcome::Closed, expected));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_grandchild_that_leaves_the_group_is_found_and_named() {
    if !std::path::Path::new("/usr/bin/setsid").exists() {
        eprintln!("NOT RUN: there is no setsid here, so nothing can leave its group");
        assert!(std::env::var_os("CI").is_none(), "setsid is missing");
        return;
    }
    let nursery = Nursery::open();
    let script =
        "setsid sh -c 'trap \"\" TERM; echo ready; while :; do sleep 0.05; done' & while read line; do :; done";
    let child = nursery.ready(script).await;
    // With that much time it is the closed input that ends it, however busy the machine is.
    let item = child.end(PATIENCE).await;
    let note = item.note.as_str();
    assert_eq!(item.outcome, Outcome::Aborted, "{note}");
    assert!(note.starts_with("ended when its input was closed; left behind sh (process "), "{note}");
    assert!(note.ends_with("), killed"), "{note}");
    assert!(nursery.end_all().await.is_empty(), "it is told once");
    assert_eq!(child.wait().await, Exit::Code(0));
}

/// Nobody holds it any more and its end was seen; what it has started has left the group and lives.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_stray_of_one_that_was_let_go_of_is_found_and_named() {
    let nursery = Nursery::open();
    // It stays what it is: whoever is becoming another program carries no mark for a moment.
    let child = nursery.ready("setsid sh -c 'echo ready; while :; do sleep 0.05; done' & exit 0").await;
    assert_eq!(timeout(PATIENCE, child.wait()).await, Ok(Exit::Code(0)));
    drop(child);
    assert!(!carriers(&nursery.began()[0].place).is_empty(), "it lives");
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!(outcome, Outcome::Aborted, "{note}");
    assert!(note.starts_with("had ended by itself with code 0; left behind s"), "{note}");
    assert!(note.ends_with("), killed"), "{note}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn so_is_one_of_a_child_whose_end_was_given_up() {
    let nursery = Nursery::open();
    let child = nursery.ready("setsid sh -c 'echo ready; while :; do sleep 0.05; done' & exec sleep 1000").await;
    let patient = Duration::from_secs(1000);
    assert!(timeout(Duration::from_millis(10), child.end(patient)).await.is_err());
    rustix::process::kill_process(pid_of(&child), rustix::process::Signal::KILL).unwrap();
    assert_eq!(timeout(PATIENCE, child.wait()).await, Ok(Exit::Signal(9)));
    drop(child);
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!(outcome, Outcome::Aborted, "{note}");
    assert!(note.starts_with("had ended by itself by signal 9; left behind s"), "{note}");
}

#[cfg(target_os = "linux")]
fn pid_of(child: &Child) -> rustix::process::Pid {
    rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap()
}

/// The pipe of a child ends when the last process that holds it is gone.
async fn until_gone(mut output: tokio::process::ChildStdout) {
    timeout(PATIENCE, output.read_to_end(&mut Vec::new())).await.expect("everybody is gone").unwrap();
}

const FAMILY: &str = "trap '' TERM; sleep 1000 & echo ready; while :; do sleep 0.05; done";

#[tokio::test]
async fn dropping_a_child_kills_its_group() {
    let nursery = Nursery::open();
    let mut child = nursery.start(FAMILY);
    let output = child.take_stdout().unwrap();
    drop(child);
    until_gone(output).await;
    nursery.until_ended(1).await;
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!((outcome, note.as_str()), (Outcome::Aborted, "was killed, because whoever started it let go of it"));
}

#[tokio::test]
async fn one_whose_end_was_seen_is_forgotten_with_its_owner() {
    let nursery = Nursery::open();
    let child = nursery.start("exit 0");
    assert_eq!(timeout(PATIENCE, child.wait()).await, Ok(Exit::Code(0)));
    nursery.until_ended(1).await;
    drop(child);
    assert!(nursery.end_all().await.is_empty());
}

#[tokio::test]
async fn so_is_one_that_was_let_go_of_before_anything_was_looked_for() {
    let nursery = Nursery::open();
    for _ in 0..3 {
        let child = nursery.start("exit 0");
        assert_eq!(timeout(PATIENCE, child.wait()).await, Ok(Exit::Code(0)));
    }
    nursery.until_ended(3).await;
    assert!(nursery.end_all().await.is_empty(), "the ledger does not grow");
}

#[tokio::test]
async fn a_watch_that_comes_late_hears_of_what_runs_and_of_nothing_else() {
    let children = Children::default();
    let past = children.start("past", shell("exit 0")).unwrap();
    timeout(PATIENCE, past.wait()).await.unwrap();
    past.end(GRACE).await;
    let mut present = children.start("present", shell("echo ready; while read line; do :; done")).unwrap();
    hear(present.take_stdout().unwrap(), "ready").await;
    let told = Arc::<Mutex<Vec<String>>>::default();
    let hears = Arc::clone(&told);
    children.set_watch(Arc::new(move |event| {
        let words = match event {
            ChildEvent::Began(belonging) => format!("{} began", belonging.name),
            ChildEvent::Ended(belonging) => format!("{} ended", belonging.name),
        };
        hears.lock().unwrap().push(words);
    }));
    children.set_watch(Arc::new(|event| panic!("the second watch hears {event:?}")));
    let future = children.start("future", shell("exit 0")).unwrap();
    assert_eq!(*told.lock().unwrap(), ["present began", "future began"]);
    future.end(GRACE).await;
    present.end(GRACE).await;
    assert_eq!(*told.lock().unwrap(), ["present began", "future began", "future ended", "present ended"]);
}

#[tokio::test]
async fn dropping_the_ledger_kills_everything() {
    let nursery = Nursery::open();
    let mut child = nursery.start(FAMILY);
    let output = child.take_stdout().unwrap();
    let Nursery { children, .. } = nursery;
    let other = children.clone();
    drop(children);
    assert_eq!(other.alive(), 1, "somebody still holds it");
    drop(other);
    until_gone(output).await;
    assert!(timeout(PATIENCE, child.wait()).await.is_ok(), "nobody waits for ever");
}

#[tokio::test]
async fn a_panic_leaves_no_orphans() {
    let (give, given) = tokio::sync::oneshot::channel();
    let owner = tokio::spawn(async move {
        let children = Children::default();
        let mut child = children.start("child", shell(FAMILY)).unwrap();
        give.send(child.take_stdout().unwrap()).unwrap();
        panic!("the owner breaks down with {} child", children.alive());
    });
    let output = given.await.unwrap();
    assert!(owner.await.unwrap_err().is_panic());
    until_gone(output).await;
}

#[tokio::test]
async fn nothing_begins_once_everything_ends() {
    let nursery = Nursery::open();
    assert!(nursery.end_all().await.is_empty());
    let error = nursery.children.start("late", shell("exit 0")).unwrap_err();
    assert!(matches!(error, ChildError::Ending { .. }), "{error:?}");
    assert_eq!(nursery.began(), Vec::new());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_look_of_these_tests_sees_something() {
    let nursery = Nursery::open();
    let child = nursery.ready("echo ready; while read line; do :; done").await;
    assert_eq!(carriers(&nursery.began()[0].place), [child.id()]);
    nursery.end_one().await;
}
