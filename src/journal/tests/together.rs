//! Several at once: reading while somebody writes, looking at a journal that another program has, and closing it in the
//! middle of everything.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};

use futures_util::FutureExt;
use rusqlite::Connection;
use tokio::task::spawn_blocking;

use super::{
    super::{Journal, JournalError},
    files, lesson, place,
    samples::{self, beginning},
    soon,
};
use crate::protocol::Record;

/// Keeps SQLite busy for hours.
const ENDLESS: &str = "
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000000000)
    SELECT count(*) FROM numbers";

fn endless(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row(ENDLESS, [], |row| row.get(0))
}

#[tokio::test]
async fn reading_holds_up_nobody_who_writes() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    journal.begin_session(beginning("s-1")).await.unwrap();
    let (begun, has_begun) = mpsc::channel::<()>();
    let (gate, wait) = mpsc::channel::<()>();
    let reading = journal.read(move |connection| {
        let before: i64 = connection.query_row("SELECT count(*) FROM notices", [], |row| row.get(0))?;
        let _somebody_waits = begun.send(());
        let _gate_is_open = wait.recv();
        let after: i64 = connection.query_row("SELECT count(*) FROM notices", [], |row| row.get(0))?;
        Ok((before, after))
    });
    let writing = async {
        spawn_blocking(move || has_begun.recv()).await.unwrap().unwrap();
        let records = vec![Record { at_ms: 0, what: samples::notice("meanwhile") }];
        let kept = soon(journal.record("s-1", records)).await;
        drop(gate);
        kept
    };
    let (read, kept) = soon(async { tokio::join!(reading, writing) }).await;
    assert_eq!(kept, Ok(()));
    assert_eq!(read, Ok((0, 0)), "and sees one picture of it");
    assert_eq!(journal.session("s-1").await.unwrap().unwrap().records.len(), 1);
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_not_read() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    let (gate, wait) = mpsc::channel::<()>();
    let busy = journal.read(move |_connection| {
        let _gate_is_open = wait.recv();
        Ok(())
    });
    let mut busy = Box::pin(busy);
    assert!(busy.as_mut().now_or_never().is_none(), "it has been handed over");
    let was_read = Arc::<AtomicBool>::default();
    let read = Arc::clone(&was_read);
    let given_up = journal.read(move |_connection| {
        read.store(true, Ordering::SeqCst);
        Ok(())
    });
    assert!(given_up.now_or_never().is_none(), "handed over, and given up");
    drop(gate);
    assert_eq!(soon(busy).await, Ok(()));
    assert_eq!(soon(journal.read(|_connection| Ok(()))).await, Ok(()));
    assert!(!was_read.load(Ordering::SeqCst));
}

/// Elsewhere an open file keeps its name.
#[tokio::test]
#[cfg(unix)]
async fn a_file_that_cannot_be_read_just_now_is_tried_again() {
    let (folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    let away = folder.path().join("elsewhere.sqlite");
    std::fs::rename(&path, &away).unwrap();
    let error = soon(journal.sessions("")).await.unwrap_err();
    assert!(matches!(error, JournalError::ReadOnly { .. }), "{error}");
    std::fs::rename(&away, &path).unwrap();
    assert_eq!(soon(journal.sessions("")).await.map(|list| list.total), Ok(0));
    assert_eq!(soon(journal.close()).await, Ok(()));
}

#[tokio::test]
async fn closing_waits_no_longer_than_it_may_for_what_does_not_hear() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    let (gate, wait) = mpsc::channel::<()>();
    let deaf = journal.read(move |_connection| {
        let _gate_is_open = wait.recv();
        Ok(())
    });
    let mut deaf = Box::pin(deaf);
    assert!(deaf.as_mut().now_or_never().is_none(), "it has been handed over");
    assert_eq!(soon(journal.close()).await, Ok(()), "with what reads still under way");
    drop(gate);
    assert_eq!(soon(deaf).await, Err(JournalError::Closed), "whatever it read, nobody can use it any more");
}

#[tokio::test]
async fn closing_breaks_off_what_is_being_read_and_leaves_one_file() {
    let (folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    journal.keep_lessons(vec![lesson("calm", 1.0)]).await.unwrap();
    let (begun, has_begun) = mpsc::channel::<()>();
    let other = journal.clone();
    let reading = other.read(move |connection| {
        let _somebody_waits = begun.send(());
        endless(connection)
    });
    let closing = async {
        spawn_blocking(move || has_begun.recv()).await.unwrap().unwrap();
        journal.close().await
    };
    let (read, closed) = soon(async { tokio::join!(reading, closing) }).await;
    assert_eq!((read, closed), (Err(JournalError::Closed), Ok(())));
    assert_eq!(journal.sessions("").await, Err(JournalError::Closed));
    assert_eq!(files(folder.path()).len(), 1, "no log is left beside it");
}

#[tokio::test]
async fn the_threads_end_when_nobody_holds_the_journal() {
    let (folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    journal.sessions("").await.unwrap();
    let mut ended = journal.ended.clone();
    drop(journal);
    soon(async { while ended.changed().await.is_ok() {} }).await;
    // The other thread may take a moment longer; whoever opens the file next is not held up by it.
    let again = Journal::open(&path).unwrap();
    assert_eq!(soon(again.close()).await, Ok(()));
    assert!(folder.path().join("journal.sqlite").exists());
}

#[tokio::test]
async fn a_second_program_only_looks() {
    let (folder, path) = place();
    let missing = Journal::open_read_only(&path).unwrap_err();
    assert_eq!(missing, JournalError::Missing { path: path.clone() });
    assert!(files(folder.path()).is_empty(), "looking begins nothing");
    let first = Journal::open(&path).unwrap();
    first.begin_session(beginning("s-1")).await.unwrap();
    let second = Journal::open_read_only(&path).unwrap();
    assert_eq!(second.sessions("").await.unwrap().total, 1);
    first.record("s-1", vec![Record { at_ms: 0, what: samples::notice("later") }]).await.unwrap();
    assert_eq!(second.session("s-1").await.unwrap().unwrap().records.len(), 1, "it sees what comes later");
    for refused in [
        second.begin_session(beginning("s-2")).await,
        second.record("s-1", Vec::new()).await,
        second.acknowledge("s-1").await,
        second.retain(1, 1).await.map(|_| ()),
        second.mark_interrupted(&[]).await.map(|_| ()),
    ] {
        // Where there is nothing to be removed nothing is written.
        assert!(matches!(refused, Err(JournalError::ReadOnly { .. }) | Ok(())), "{refused:?}");
    }
    assert!(matches!(second.begin_session(beginning("s-2")).await, Err(JournalError::ReadOnly { .. })));
    assert_eq!(soon(second.close()).await, Ok(()));
    assert_eq!(first.sessions("").await.unwrap().total, 1);
    assert_eq!(soon(first.close()).await, Ok(()));
    assert_eq!(files(folder.path()).len(), 1);
}

#[tokio::test]
async fn looking_leaves_the_log_of_a_killed_program_as_it_is() {
    let (folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    journal.begin_session(beginning("s-1")).await.unwrap();
    // As a killed program leaves it: the log is not moved into the file.
    let killed = folder.path().join("killed");
    std::fs::create_dir(&killed).unwrap();
    for name in ["journal.sqlite", "journal.sqlite-wal"] {
        std::fs::copy(folder.path().join(name), killed.join(name)).unwrap();
    }
    let before = files(&killed);
    let reader = Journal::open_read_only(&killed.join("journal.sqlite")).unwrap();
    assert_eq!(reader.sessions("").await.unwrap().lines.len(), 1);
    assert_eq!(soon(reader.close()).await, Ok(()));
    assert_eq!(files(&killed), before);
    let writer = Journal::open(&killed.join("journal.sqlite")).unwrap();
    assert_eq!(writer.mark_interrupted(&[]).await, Ok(1));
    assert_eq!(soon(tokio::time::timeout(Duration::from_secs(10), writer.close())).await, Ok(Ok(())));
}
