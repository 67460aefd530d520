//! Children that end when they are asked nicely, less nicely, and not at all.

use std::time::Duration;

use singularis::{
    process::{Exit, GRACE},
    protocol::Outcome,
};
use tokio::{io::AsyncWriteExt, time::timeout};

use crate::{
    PATIENCE,
    nursery::{Nursery, shell},
};

const BEHAVES: &str = "echo ready; while read line; do :; done";
const IGNORES_ITS_INPUT: &str = "echo ready; while :; do sleep 0.05; done";
const IGNORES_EVERYTHING: &str = "trap '' TERM INT HUP; echo ready; while :; do sleep 0.05; done";

#[tokio::test]
async fn one_that_behaves_ends_with_its_input() {
    let nursery = Nursery::open();
    let child = nursery.ready(BEHAVES).await;
    assert_eq!(nursery.children.alive(), 1);
    // With that much time it is the closed input that ends it, however busy the machine is.
    let item = child.end(PATIENCE).await;
    assert_eq!((item.outcome, item.note.as_str()), (Outcome::Closed, "ended when its input was closed"));
    assert!(nursery.end_all().await.is_empty(), "it is told once");
    assert_eq!(child.wait().await, Exit::Code(0));
}

#[tokio::test]
async fn its_input_is_closed_even_while_somebody_holds_it() {
    let nursery = Nursery::open();
    let mut child = nursery.ready(BEHAVES).await;
    let mut input = child.take_stdin().unwrap();
    assert!(child.take_stdin().is_none(), "there is one");
    input.write_all(b"a line\n").await.unwrap();
    let item = child.end(PATIENCE).await;
    assert_eq!((item.outcome, item.note.as_str()), (Outcome::Closed, "ended when its input was closed"));
    assert!(nursery.end_all().await.is_empty(), "it is told once");
    let error = input.write_all(b"another\n").await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
}

#[tokio::test]
async fn a_writer_that_waits_for_room_is_woken() {
    let nursery = Nursery::open();
    let mut child = nursery.ready(IGNORES_ITS_INPUT).await;
    let mut input = child.take_stdin().unwrap();
    let writing = tokio::spawn(async move { input.write_all(&vec![b'x'; 4_000_000]).await });
    nursery.end_one().await;
    let written = timeout(PATIENCE, writing).await.expect("nobody waits for ever").unwrap();
    assert_eq!(written.unwrap_err().kind(), std::io::ErrorKind::BrokenPipe);
}

#[tokio::test]
async fn dropping_the_input_closes_it() {
    let nursery = Nursery::open();
    let mut child = nursery.ready(BEHAVES).await;
    drop(child.take_stdin().unwrap());
    assert_eq!(timeout(PATIENCE, child.wait()).await, Ok(Exit::Code(0)));
    nursery.until_ended(1).await;
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!((outcome, note.as_str()), (Outcome::Closed, "had ended by itself with code 0"));
}

#[tokio::test]
async fn one_that_ignores_its_input_is_asked_louder() {
    let nursery = Nursery::open();
    let _child = nursery.ready(IGNORES_ITS_INPUT).await;
    let (outcome, note, took_ms) = nursery.end_one().await;
    assert_eq!((outcome, note.as_str()), (Outcome::Closed, "ended when asked"));
    assert!(took_ms >= 300, "{took_ms} ms");
}

#[tokio::test]
async fn one_that_has_no_input_is_asked_at_once() {
    // A busy machine may take its time now and then; to wait for an input would take it every time.
    let mut quickest_ms = u64::MAX;
    for _ in 0..5 {
        let nursery = Nursery::open();
        let mut command = shell("while :; do sleep 0.05; done");
        command.stdin(std::process::Stdio::null());
        let _child = nursery.children.start("child", command).unwrap();
        let (outcome, note, took_ms) = nursery.end_one().await;
        assert_eq!((outcome, note.as_str()), (Outcome::Closed, "ended when asked"));
        quickest_ms = quickest_ms.min(took_ms);
    }
    assert!(quickest_ms < 300, "{quickest_ms} ms");
}

#[tokio::test]
async fn one_that_ignores_everything_is_killed() {
    let nursery = Nursery::open();
    let child = nursery.ready(IGNORES_EVERYTHING).await;
    let (outcome, note, took_ms) = nursery.end_one().await;
    assert_eq!(outcome, Outcome::Aborted, "{note}");
    assert!(note.starts_with("ignored the request to end, killed after "), "{note}");
    // What was used up before it was asked is taken off.
    assert!(took_ms >= 900, "{took_ms} ms");
    assert_eq!(child.wait().await, Exit::Signal(9));
}

#[tokio::test]
async fn without_time_nobody_is_asked() {
    let nursery = Nursery::open();
    let child = nursery.ready(IGNORES_EVERYTHING).await;
    let item = child.end(Duration::ZERO).await;
    assert_eq!(item.outcome, Outcome::Aborted);
    assert_eq!(item.note, "was killed without being asked, because there was no time or no way to ask");
    assert!(nursery.end_all().await.is_empty(), "it is told once");
}

#[tokio::test]
async fn its_owner_can_end_one_and_keep_the_others() {
    let nursery = Nursery::open();
    let first = nursery.ready(BEHAVES).await;
    let _second = nursery.ready(BEHAVES).await;
    assert_eq!(first.end(GRACE).await.outcome, Outcome::Closed);
    assert_eq!(nursery.children.alive(), 1);
    assert_eq!(nursery.end_all().await.len(), 1);
}

#[tokio::test]
async fn an_end_that_is_given_up_can_be_taken_up_again() {
    let nursery = Nursery::open();
    let child = nursery.ready(IGNORES_EVERYTHING).await;
    assert!(timeout(Duration::from_millis(50), child.end(GRACE)).await.is_err());
    assert_eq!(nursery.children.alive(), 1);
    assert_eq!(nursery.end_one().await.0, Outcome::Aborted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_end_together_and_each_has_its_line() {
    let nursery = Nursery::open();
    let mut children = Vec::new();
    for number in 0..50 {
        let script = [BEHAVES, IGNORES_ITS_INPUT, IGNORES_EVERYTHING, "exit 7", "sleep 1000 & echo ready; exit 0"];
        children.push(nursery.children.start(&format!("child {number}"), shell(script[number % 5])).unwrap());
    }
    let items = nursery.end_all().await;
    let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, (0..50).map(|number| format!("child {number}")).collect::<Vec<_>>());
    let is_told = |outcome: Outcome| items.iter().filter(|item| item.outcome == outcome).count();
    // Those that ignore requests may not have got as far as that when they were asked.
    assert_eq!(is_told(Outcome::Closed) + is_told(Outcome::Aborted), 50, "{items:?}");
    assert!(is_told(Outcome::Closed) >= 40, "{items:?}");
}
