//! Children that say more than anybody wants to hear.

use singularis::{process::Exit, protocol::Outcome};
use tokio::time::timeout;

use crate::{
    PATIENCE,
    nursery::{Nursery, hear},
};

/// Megabytes are said by nobody in a note that has nothing to do with them.
fn assert_flooded(note: &str, beginning: &str) {
    assert!(note.starts_with(beginning), "{note}");
    assert!(note.contains("; nobody read ") && note.ends_with(" of its output"), "{note}");
    assert!(note.len() < 200, "{note}");
}

#[tokio::test]
async fn a_flood_of_output_does_not_keep_it_from_ending() {
    let nursery = Nursery::open();
    let mut child = nursery.start("echo ready >&2; while :; do echo 0123456789012345678901234567890123456789; done");
    hear(child.take_stderr().unwrap(), "ready").await;
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!(outcome, Outcome::Closed, "{note}");
    assert_flooded(&note, "ended when asked");
}

#[tokio::test]
async fn a_flood_of_errors_does_not_either() {
    let nursery = Nursery::open();
    let _child = nursery.ready("echo ready; while :; do echo 0123456789012345678901234567890123456789 >&2; done").await;
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!(outcome, Outcome::Closed, "{note}");
    assert_flooded(&note, "ended when asked");
}

#[tokio::test]
async fn a_flood_from_one_that_ignores_requests_is_cut_off() {
    let nursery = Nursery::open();
    let script = "trap '' TERM; echo ready >&2; while :; do echo 0123456789012345678901234567890123456789; done";
    let mut child = nursery.start(script);
    hear(child.take_stderr().unwrap(), "ready").await;
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!(outcome, Outcome::Aborted, "{note}");
    assert_flooded(&note, "ignored the request to end, killed after ");
}

#[tokio::test]
async fn somebody_who_holds_the_flood_and_does_not_read_changes_nothing() {
    let nursery = Nursery::open();
    let mut child = nursery.start("echo ready >&2; while :; do echo 0123456789012345678901234567890123456789; done");
    let unread = child.take_stdout().unwrap();
    hear(child.take_stderr().unwrap(), "ready").await;
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!((outcome, note.as_str()), (Outcome::Closed, "ended when asked"));
    drop(unread);
}

#[tokio::test]
async fn one_that_talks_to_nobody_does_not_stand_still() {
    let nursery = Nursery::open();
    let mut child = nursery.start("i=0; while [ $i -lt 20000 ]; do echo 0123456789 >&2; i=$((i+1)); done; echo done");
    // More than the pipe of errors holds has to be read before this is said.
    hear(child.take_stdout().unwrap(), "done").await;
    timeout(PATIENCE, child.wait()).await.expect("it ends");
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!(outcome, Outcome::Closed, "{note}");
    assert_flooded(&note, "had ended by itself with code 0");
}

/// The first of them has ended, and whoever is left of its group says more than the pipe of errors holds.
#[tokio::test]
async fn orphans_that_talk_to_nobody_do_not_stand_still() {
    let nursery = Nursery::open();
    let talk = "i=0; while [ $i -lt 20000 ]; do echo 0123456789 >&2; i=$((i+1)); done; echo done; exec sleep 1000";
    let mut child = nursery.start(&format!("({talk}) & exit 0"));
    let output = child.take_stdout().unwrap();
    assert_eq!(timeout(PATIENCE, child.wait()).await, Ok(Exit::Code(0)));
    hear(output, "done").await;
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!(outcome, Outcome::Closed, "{note}");
    assert_flooded(&note, "had ended by itself with code 0; what it had started ended when asked");
}
