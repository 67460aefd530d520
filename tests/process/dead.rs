//! Children that are dead before anybody asks, and such as never live.

use singularis::{
    process::{ChildError, Exit},
    protocol::Outcome,
};
use tokio::{process::Command, time::timeout};

use crate::{
    PATIENCE,
    nursery::{Nursery, shell},
};

#[tokio::test]
async fn one_that_dies_at_once_says_why() {
    let nursery = Nursery::open();
    let child = nursery.start("echo starting >&2; echo 'no such table' >&2; exit 3");
    assert_eq!(timeout(PATIENCE, child.wait()).await, Ok(Exit::Code(3)));
    nursery.until_ended(1).await;
    assert_eq!(nursery.children.alive(), 0);
    let (outcome, note, _) = nursery.end_one().await;
    let expected = "had ended by itself with code 3; its last words: no such table";
    assert_eq!((outcome, note.as_str()), (Outcome::Closed, expected));
}

#[tokio::test]
async fn its_last_words_tell_no_secret() {
    let nursery = Nursery::open();
    let child = nursery.start("echo 'refused: api_key=sk-ant-api03-0123456789abcdefghijklmnopqrstuv' >&2; exit 1");
    timeout(PATIENCE, child.wait()).await.unwrap();
    let (_, note, _) = nursery.end_one().await;
    assert!(note.contains("its last words: refused: "), "{note}");
    assert!(!note.contains("0123456789abcdefghijklmnopqrstuv"), "{note}");
}

#[tokio::test]
async fn one_that_a_signal_ended_says_which() {
    let nursery = Nursery::open();
    let child = nursery.start("kill -9 $$");
    assert_eq!(timeout(PATIENCE, child.wait()).await, Ok(Exit::Signal(9)));
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!((outcome, note.as_str()), (Outcome::Closed, "had ended by itself by signal 9"));
}

/// On one thread, so that nobody but the system has seen the end when it is let go of.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn one_that_ended_by_itself_is_not_said_to_be_killed() {
    let nursery = Nursery::open();
    let child = nursery.start("exit 7");
    let stat = format!("/proc/{}/stat", child.id());
    let deadline = std::time::Instant::now() + PATIENCE;
    while !std::fs::read_to_string(&stat).unwrap().contains(") Z ") {
        assert!(std::time::Instant::now() < deadline, "it does not end");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    drop(child);
    nursery.until_ended(1).await;
    let (outcome, note, _) = nursery.end_one().await;
    assert_eq!((outcome, note.as_str()), (Outcome::Closed, "had ended by itself with code 7"));
}

#[tokio::test]
async fn a_program_that_is_not_there_is_named() {
    let nursery = Nursery::open();
    let error = nursery.children.start("files", Command::new("/no/such/program")).unwrap_err();
    assert!(matches!(error, ChildError::NoProgram { .. }), "{error:?}");
    assert_eq!(error.to_string(), "files could not be started: there is no program /no/such/program");
    let problem = error.problem();
    assert_eq!(problem.summary, "files could not be started");
    assert_eq!(problem.details, ["There is no program /no/such/program"]);
    assert_eq!(problem.remedies.len(), 1);
    assert!(nursery.end_all().await.is_empty(), "what never began needs no end");
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_not_taken_for_the_program() {
    let nursery = Nursery::open();
    let mut command = shell("exit 0");
    command.current_dir("/no/such/folder");
    let error = nursery.children.start("files", command).unwrap_err();
    assert_eq!(error.to_string(), "files could not be started: there is no folder /no/such/folder");
}

#[tokio::test]
async fn a_file_that_is_no_program_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "not a program").unwrap();
    let nursery = Nursery::open();
    let error = nursery.children.start("files", Command::new(&file)).unwrap_err();
    assert!(matches!(error, ChildError::NotAllowed { .. }), "{error:?}");
    assert_eq!(error.to_string(), format!("files could not be started: {} may not be run", file.display()));
}

#[test]
fn without_a_runtime_nothing_is_started() {
    let nursery = Nursery::open();
    let error = nursery.children.start("files", shell("exit 0")).unwrap_err();
    assert!(matches!(error, ChildError::NotStarted { .. }), "{error:?}");
}
