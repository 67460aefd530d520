//! The recorder on good days and bad ones: order, full disks, locked and silent journals, and what is told of them.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};

use futures_util::{FutureExt, future::join_all};
use rusqlite::Connection;

use super::{
    super::{Journal, JournalError, Recorder, Trouble, Unsaved, open, sessions::Numbered},
    place,
    round_trip::whole,
    samples::{self, beginning},
    soon,
};
use crate::protocol::{Moment, Problem, Questioned, Record, SessionState, What};

/// What was told, sentence by sentence.
type Told = Arc<Mutex<Vec<String>>>;

fn trouble() -> (Trouble, Told) {
    let told = Told::default();
    let tell = Arc::clone(&told);
    let trouble: Trouble = Arc::new(move |problem: &Problem| tell.lock().unwrap().push(problem.summary.clone()));
    (trouble, told)
}

fn sentences(told: &Told) -> Vec<String> {
    told.lock().unwrap().clone()
}

fn texts(records: &[Record]) -> Vec<String> {
    let text = |record: &Record| match &record.what {
        What::Noticed(notice) => notice.text.clone(),
        other => panic!("{other:?}"),
    };
    records.iter().map(text).collect()
}

/// A journal that does not wait long for others.
fn impatient(path: &std::path::Path) -> Journal {
    let connection = open::file(path).unwrap();
    connection.busy_timeout(Duration::from_millis(10)).unwrap();
    Journal::start(connection, path, 8).unwrap()
}

#[tokio::test]
async fn what_is_kept_is_on_the_disk_and_in_the_order_of_the_calls() {
    let (_folder, path) = place();
    let (trouble, told) = trouble();
    let recorder = Recorder::begin(Journal::open(&path), beginning("s-1"), trouble).await;
    let other = Connection::open(&path).unwrap();
    let count = || other.query_row("SELECT count(*) FROM notices", [], |row| row.get::<_, i64>(0)).unwrap();
    recorder.keep_later(samples::notice("0"));
    assert_eq!(count(), 0);
    recorder.clone().keep(samples::notice("1")).await;
    assert_eq!(count(), 2, "when it returns, everything up to it is there");
    let keepers = (2..100).map(|number| {
        let recorder = recorder.clone();
        async move { recorder.keep(samples::notice(&number.to_string())).await }
    });
    join_all(keepers).await;
    assert_eq!(recorder.not_recorded(), None);
    recorder.keep_later(samples::notice("100"));
    assert_eq!(recorder.end(&samples::report("s-1")).await, Ok(()));
    assert_eq!(recorder.end(&samples::report("s-1")).await, Ok(()), "ending again is fine");
    let journal = Journal::open(&path).unwrap();
    let records = whole(&journal, "s-1").await;
    assert_eq!(texts(&records), (0..=100).map(|number| number.to_string()).collect::<Vec<_>>());
    assert!(records.is_sorted_by_key(|record| record.at_ms));
    assert_eq!(journal.session("s-1").await.unwrap().unwrap().line.state, SessionState::Ended);
    assert_eq!(sentences(&told), Vec::<String>::new());
}

#[tokio::test]
async fn a_full_disk_is_told_once_and_what_was_held_is_written_when_there_is_room() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    let (trouble, told) = trouble();
    let recorder = Recorder::begin(Ok(journal.clone()), beginning("s-1"), trouble).await;
    let room_for = |pages: i64| {
        let most = move |connection: &mut Connection| {
            let now: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
            connection.pragma_update_and_check(None, "max_page_count", now + pages, |row| row.get::<_, i64>(0))
        };
        journal.ask(most)
    };
    let mut kept = 0;
    for round in 1..=2 {
        room_for(20).await.unwrap();
        while recorder.not_recorded().is_none() {
            recorder.keep(samples::notice(&format!("{kept} ").repeat(3000))).await;
            kept += 1;
            assert!(kept < 1000, "the disk never gets full");
        }
        recorder.keep(samples::notice("still full")).await;
        kept += 1;
        assert_eq!(sentences(&told).len(), round, "told when it begins, and not again");
        let Unsaved { records, error } = recorder.end(&samples::report("s-1")).await.unwrap_err();
        assert!(records >= 2 && matches!(error, JournalError::DiskFull { .. }), "{records}: {error}");
        room_for(1_000_000).await.unwrap();
        recorder.flush().await;
        assert_eq!(recorder.not_recorded(), None);
        assert_eq!(whole(&journal, "s-1").await.len(), kept, "nothing is lost and nothing doubled");
    }
    assert_eq!(sentences(&told), ["There is no space left for the journal"; 2]);
    assert_eq!(recorder.end(&samples::report("s-1")).await, Ok(()));
}

#[tokio::test]
async fn a_locked_journal_takes_the_session_once_it_is_free() {
    let (_folder, path) = place();
    let journal = impatient(&path);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let (trouble, told) = trouble();
    let recorder = Recorder::begin(Ok(journal.clone()), beginning("s-1"), trouble).await;
    recorder.keep(samples::notice("0")).await;
    recorder.keep(samples::notice("1")).await;
    assert_eq!(sentences(&told), ["Another program holds the journal"]);
    assert!(recorder.not_recorded().unwrap().contains("another program"), "{:?}", recorder.not_recorded());
    assert_eq!(recorder.end(&samples::report("s-1")).await.map_err(|unsaved| unsaved.records), Err(2));
    other.execute_batch("COMMIT").unwrap();
    recorder.keep(samples::notice("2")).await;
    assert_eq!(recorder.not_recorded(), None);
    assert_eq!(texts(&whole(&journal, "s-1").await), ["0", "1", "2"]);
    assert_eq!(recorder.end(&samples::report("s-1")).await, Ok(()));
}

#[tokio::test]
async fn whoever_waits_while_a_write_fails_does_not_try_it_again() {
    let (_folder, path) = place();
    let tries = Arc::<AtomicUsize>::default();
    let mut connection = open::file(&path).unwrap();
    let counted = Arc::clone(&tries);
    // Asked once for each write that is held up by another program; not to wait is an answer too.
    let count = move |_again: i32| {
        counted.fetch_add(1, Ordering::SeqCst);
        false
    };
    connection.busy_handler(Some(count)).unwrap();
    let journal = Journal::start(connection, &path, 8).unwrap();
    let (trouble, told) = trouble();
    let recorder = Recorder::begin(Ok(journal.clone()), beginning("s-1"), trouble).await;
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (gate, wait) = mpsc::channel::<()>();
    let busy = journal.ask(move |_connection| {
        let _gate_is_open = wait.recv();
        Ok(())
    });
    assert!(busy.now_or_never().is_none(), "handed over, and not waited for");
    let keepers = join_all((0..16).map(|number| {
        let recorder = recorder.clone();
        async move { recorder.keep(samples::notice(&number.to_string())).await }
    }));
    // All of them have begun to wait before the first of them can fail.
    soon(async { tokio::join!(keepers, async { drop(gate) }) }).await;
    assert_eq!(tries.load(Ordering::SeqCst), 1);
    assert_eq!(sentences(&told), ["Another program holds the journal"]);
    let unsaved = recorder.end(&samples::report("s-1")).await.unwrap_err();
    assert_eq!(unsaved.records, 16, "all of them are held");
    assert!(tries.load(Ordering::SeqCst) > 1, "the end tries it again");
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(recorder.end(&samples::report("s-1")).await, Ok(()));
    let expected: Vec<String> = (0..16).map(|number| number.to_string()).collect();
    assert_eq!(texts(&whole(&journal, "s-1").await), expected);
}

#[tokio::test]
async fn a_session_began_when_its_recorder_did() {
    let journal = Journal::in_memory().unwrap();
    let (trouble, _told) = trouble();
    let before = Moment::now();
    let recorder = Recorder::ready(Ok(journal.clone()), beginning("s-1"), trouble);
    let after = Moment::now();
    tokio::time::sleep(Duration::from_millis(20)).await;
    recorder.keep(samples::notice("the first")).await;
    let file = journal.session("s-1").await.unwrap().unwrap();
    let (line, record) = (file.line, &file.records[0]);
    assert!((before..=after).contains(&line.started_at), "{before:?}, {:?}, {after:?}", line.started_at);
    assert!(record.at_ms >= 20 && line.last_at >= line.started_at, "{record:?}");
}

#[tokio::test]
async fn a_journal_that_cannot_be_opened_or_written_is_told_at_once() {
    let (folder, path) = place();
    let (trouble, told) = trouble();
    let recorder = Recorder::begin(Journal::open(folder.path()), beginning("s-1"), trouble).await;
    recorder.keep(samples::notice("0")).await;
    recorder.keep_later(samples::notice("1"));
    assert_eq!(sentences(&told), ["The journal cannot be written"]);
    assert!(recorder.not_recorded().unwrap().ends_with("2 records are lost"), "{:?}", recorder.not_recorded());
    let unsaved = recorder.end(&samples::report("s-1")).await.unwrap_err();
    assert!(!recorder.is_on() && unsaved.records == 2);
    assert!(unsaved.to_string().starts_with("2 records of the session are not kept: "), "{unsaved}");

    Journal::open(&path).unwrap().close().await.unwrap();
    let (trouble, told) = self::trouble();
    let recorder = Recorder::begin(Journal::open_read_only(&path), beginning("s-1"), trouble).await;
    recorder.keep(samples::notice("0")).await;
    assert_eq!(sentences(&told), ["The journal cannot be written"]);
    let unsaved = recorder.end(&samples::report("s-1")).await.unwrap_err();
    assert!(matches!(unsaved, Unsaved { records: 1, error: JournalError::ReadOnly { .. } }), "{unsaved}");
}

#[tokio::test]
async fn a_thread_that_dies_is_told_and_holds_nobody_up() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    let (trouble, told) = trouble();
    let recorder = Recorder::begin(Ok(journal.clone()), beginning("s-1"), trouble).await;
    recorder.keep(samples::notice("before")).await;
    let killed = journal.ask(|_connection| -> rusqlite::Result<()> { panic!("the thread is killed by this test") });
    assert_eq!(soon(killed).await, Err(JournalError::Closed));
    soon(recorder.keep(samples::notice("after"))).await;
    assert_eq!(sentences(&told), ["The journal is closed, so nothing was read or written"]);
    let unsaved = soon(recorder.end(&samples::report("s-1"))).await;
    assert_eq!(unsaved, Err(Unsaved { records: 1, error: JournalError::Closed }));
    assert_eq!(soon(journal.close()).await, Ok(()));
    let again = Journal::open(&path).unwrap();
    assert_eq!(texts(&whole(&again, "s-1").await), ["before"], "what was on the disk is there");
    assert_eq!(again.mark_interrupted(&[]).await, Ok(1));
}

#[tokio::test]
async fn what_is_not_answered_in_time_may_be_handed_over_again() {
    let journal = Journal::in_memory().unwrap();
    journal.begin_session(beginning("s-1")).await.unwrap();
    let (gate, wait) = mpsc::channel::<()>();
    let busy = journal.ask(move |_connection| {
        let _gate_is_open = wait.recv();
        Ok(())
    });
    // Handed over, and not waited for.
    assert!(busy.now_or_never().is_none());
    let batch = || {
        let record = Record { at_ms: 0, what: samples::notice("once") };
        vec![Arc::new(Numbered { number: 1, record })]
    };
    let limit = Duration::from_millis(20);
    assert_eq!(journal.record_within(limit, "s-1", batch()).await, Err(JournalError::NoAnswer { seconds: 0 }));
    // Where the lane is full, the wait for a place in it is a part of the limit.
    for _ in 0..journal.lane.capacity() {
        assert!(journal.ask(|_connection| Ok(())).now_or_never().is_none());
    }
    assert_eq!(journal.record_within(limit, "s-1", batch()).await, Err(JournalError::NoAnswer { seconds: 0 }));
    drop(gate);
    assert_eq!(journal.record_within(Duration::from_secs(20), "s-1", batch()).await, Ok(()));
    assert_eq!(texts(&whole(&journal, "s-1").await), ["once"]);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_held_does_not_run_on_while_something_is_written() {
    let (trouble, told) = trouble();
    let recorder = Recorder::begin(Journal::in_memory(), beginning("s-1"), trouble).await;
    let kept = async { join_all((0..20).map(|_| recorder.keep(samples::notice("now")))).await };
    tokio::select! {
        biased;
        () = tokio::time::sleep(Duration::from_millis(1)) => panic!("the clock ran on"),
        _ = kept => {}
    }
    assert_eq!(recorder.now_ms(), 0);
    assert_eq!(sentences(&told), Vec::<String>::new());
}

#[tokio::test]
async fn one_that_keeps_nothing_still_counts() {
    let recorder = Recorder::none();
    recorder.keep(samples::notice("nowhere")).await;
    assert_eq!((recorder.session(), recorder.is_on(), recorder.not_recorded()), ("", false, None));
    assert_eq!(recorder.end(&samples::report("")).await, Ok(()));
    assert_eq!((recorder.next_call(), recorder.clone().next_call()), (1, 2));
    assert_eq!(recorder.question(), None);
    assert_eq!((recorder.begin_question(4), recorder.begin_question(9)), (1, 2));
    assert_eq!(recorder.questioned(), Some(Questioned { question: 2, look: 9 }));
    recorder.clone().end_question();
    assert_eq!(recorder.question(), None);
}

#[tokio::test]
async fn a_session_that_is_never_begun_leaves_no_trace() {
    let journal = Journal::in_memory().unwrap();
    let (trouble, told) = trouble();
    let recorder = Recorder::ready(Ok(journal.clone()), beginning("s-1"), trouble);
    recorder.keep_later(samples::notice("0"));
    recorder.flush_if_begun().await;
    assert_eq!(journal.session("s-1").await, Ok(None));
    recorder.keep(samples::notice("1")).await;
    recorder.keep_later(samples::notice("2"));
    recorder.flush_if_begun().await;
    assert_eq!(texts(&whole(&journal, "s-1").await), ["0", "1", "2"]);
    assert_eq!(sentences(&told), Vec::<String>::new());
}
