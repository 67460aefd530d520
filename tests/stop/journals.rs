//! A journal that somebody else has locked: its own line turns, with the words of why, and the session ends in time.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use singularis::{
    journal::Journal,
    protocol::{Event, OpenKind, Outcome, PauseReason, SessionState},
    worker::Outside,
};

use crate::{
    counterpart::rules,
    panel::{Panel, Stopped},
};

/// What the certificate calls it.
pub const RECORD: &str = "the record of the session";

/// The program as it is, deciding by rules and recording here.
pub fn recording(path: PathBuf) -> Panel {
    Panel::real(rules(), Outside { journal: Some(path), ..Outside::default() })
}

/// Waits until the session has paused because it can no longer be recorded, and that has been said.
pub async fn is_not_recorded(panel: &mut Panel) {
    let (mut is_paused, mut is_told) = (false, false);
    let both = |event: &Event| {
        match event {
            Event::Paused { why: PauseReason::NotRecorded { .. } } => is_paused = true,
            Event::Notice(notice) if notice.from == "journal" => is_told = true,
            _ => {}
        }
        (is_paused && is_told).then_some(())
    };
    panel.hear("a pause over the journal", both).await;
}

/// The journal's line has turned, with these words, and no other.
pub fn assert_record_turned(stopped: &Stopped, words: &str) {
    stopped.assert_turned(&[(OpenKind::Journal, RECORD, Outcome::Failed)]);
    let note = &stopped.item(OpenKind::Journal, RECORD).note;
    assert!(note.contains(words), "{note}");
    assert!(stopped.certificate().open_after.is_empty(), "{:?}", stopped.certificate());
}

/// Of two sessions the second one was kept to its clean end.
pub async fn assert_last_is_kept(path: &Path) {
    let journal = Journal::open_read_only(path).unwrap();
    let list = journal.sessions("").await.unwrap();
    assert_eq!(list.lines.len(), 2, "{list:?}");
    assert_eq!((list.lines[0].state, list.lines[0].clean), (SessionState::Ended, Some(true)), "{list:?}");
    assert!(list.lines[0].steps > 0, "{list:?}");
    journal.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_journal_turns_its_own_line_and_says_who_is_to_blame() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.sqlite");
    let mut panel = recording(path.clone());
    panel.play().await;
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    is_not_recorded(&mut panel).await;
    let stopped = panel.stop().await;
    assert_record_turned(&stopped, "another program holds the journal: database is locked");
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    panel.plays_on().await;
    panel.leave().await;
    assert_last_is_kept(&path).await;
}

/// Whoever has let go of it by the end has done no harm: what was held meanwhile is written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_that_is_gone_by_the_end_has_lost_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.sqlite");
    let mut panel = recording(path.clone());
    panel.plays_on().await;
    panel.play().await;
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    is_not_recorded(&mut panel).await;
    other.execute_batch("ROLLBACK").unwrap();
    let stopped = panel.stop().await;
    stopped.assert_turned(&[]);
    assert_eq!(stopped.item(OpenKind::Journal, RECORD).note, "");
    drop(other);
    panel.leave().await;
    assert_last_is_kept(&path).await;
}
