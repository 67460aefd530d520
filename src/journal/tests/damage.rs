//! Files that were cut or overwritten anywhere: a clear error or what is left, never a panic, and nothing made worse
//! without a word.

use std::path::Path;

use rusqlite::Connection;

use super::{
    super::{Journal, JournalError},
    dice::Dice,
    files, place,
    round_trip::whole,
    samples::{self, beginning},
    soon,
};
use crate::protocol::Record;

const ROUNDS: u64 = 200;

/// Three sessions with everything in them.
async fn furnish(journal: &Journal) {
    for (seed, session) in (0..).zip(["s-1", "s-2", "s-3"]) {
        journal.begin_session(beginning(session)).await.unwrap();
        for record in Dice(seed).records(60).chunks(3) {
            journal.record(session, record.to_vec()).await.unwrap();
        }
        journal.end_session(&samples::report(session)).await.unwrap();
    }
}

/// The same as a closed file.
async fn furnished(path: &Path) -> Vec<u8> {
    let journal = Journal::open(path).unwrap();
    furnish(&journal).await;
    journal.close().await.unwrap();
    std::fs::read(path).unwrap()
}

/// Looks at all that there is and adds to it. Whatever is said of it is said in words.
async fn used(path: &Path) {
    let journal = match Journal::open(path) {
        Ok(journal) => journal,
        Err(error) => return told(&error),
    };
    let answers = [
        soon(journal.sessions("")).await.err(),
        soon(journal.sessions("the")).await.err(),
        soon(journal.session("s-1")).await.err(),
        soon(journal.session("latest")).await.err(),
        soon(journal.why("s-2", 0)).await.err(),
        soon(journal.picture(1)).await.err(),
        soon(journal.mark_interrupted(&[])).await.err(),
        soon(journal.begin_session(beginning("s-new"))).await.err(),
        soon(journal.record("s-new", vec![Record { at_ms: 0, what: samples::notice("new") }])).await.err(),
        soon(journal.remove_session("s-2")).await.err(),
        soon(journal.retain(0, 1)).await.err(),
    ];
    answers.iter().flatten().for_each(told);
    if let Err(error) = soon(journal.close()).await {
        told(&error);
    }
}

fn told(error: &JournalError) {
    assert_ne!(*error, JournalError::Closed, "a thread has panicked");
    let problem = error.problem();
    assert!(!problem.summary.is_empty() && !problem.remedies.is_empty(), "{problem}");
}

#[tokio::test]
async fn a_file_that_was_cut_anywhere_is_refused_or_read() {
    let (folder, path) = place();
    let bytes = furnished(&path).await;
    let mut dice = Dice(1);
    for round in 0..ROUNDS {
        let cut = folder.path().join(format!("cut-{round}.sqlite"));
        let length = usize::try_from(dice.below(bytes.len() as u64)).unwrap();
        std::fs::write(&cut, &bytes[..length]).unwrap();
        used(&cut).await;
        assert!(cut.exists(), "a damaged file is not removed");
        if let Err(error) = Journal::open_read_only(&cut) {
            told(&error);
        }
    }
}

#[tokio::test]
async fn a_file_with_something_else_in_its_middle_is_refused_or_read() {
    let (folder, path) = place();
    let whole = furnished(&path).await;
    let mut dice = Dice(2);
    for round in 0..ROUNDS {
        let mut bytes = whole.clone();
        let start = usize::try_from(dice.below(bytes.len() as u64)).unwrap();
        let end = bytes.len().min(start + usize::try_from(1 + dice.below(6000)).unwrap());
        bytes[start..end].fill_with(|| u8::try_from(dice.below(256)).unwrap());
        let other = folder.path().join(format!("other-{round}.sqlite"));
        std::fs::write(&other, &bytes).unwrap();
        used(&other).await;
        assert!(other.exists(), "a damaged file is not removed");
    }
}

#[tokio::test]
async fn a_log_that_was_cut_anywhere_leaves_whole_transactions() {
    let (folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    // A log whose beginning is in the file already is never cut before that by a crash.
    let everything_in_the_log = |connection: &mut Connection| connection.pragma_update(None, "wal_autocheckpoint", 0);
    journal.ask(everything_in_the_log).await.unwrap();
    furnish(&journal).await;
    let records = whole(&journal, "s-1").await;
    let log_path = folder.path().join("journal.sqlite-wal");
    let before = files(folder.path());
    let (file, log) = (&before[&path], &before[&log_path]);
    assert!(log.len() > 100_000, "most of it stands in the log");
    let mut dice = Dice(3);
    let mut left: Vec<(usize, usize)> = Vec::new();
    for round in 0..ROUNDS {
        let cut = folder.path().join(format!("cut-{round}.sqlite"));
        let length = usize::try_from(dice.below(log.len() as u64)).unwrap();
        std::fs::write(&cut, file).unwrap();
        std::fs::write(folder.path().join(format!("cut-{round}.sqlite-wal")), &log[..length]).unwrap();
        let reopened = Journal::open(&cut).unwrap();
        let mut kept = Vec::new();
        if let Some(session) = reopened.session("s-1").await.unwrap() {
            kept = whole(&reopened, "s-1").await;
            assert_eq!(session.records.len(), kept.len());
        }
        assert_eq!(kept.len() % 3, 0, "three were written at a time");
        assert_eq!(kept[..], records[..kept.len()], "what is there is the beginning, as it was");
        left.push((length, kept.len()));
        assert_eq!(soon(reopened.close()).await, Ok(()));
    }
    left.sort_unstable();
    assert!(left.is_sorted_by_key(|(_, kept)| *kept), "a longer log has no less: {left:?}");
    let is_a_part = |(_, kept): &&(usize, usize)| *kept > 0 && *kept < records.len();
    assert!(left.iter().filter(is_a_part).count() > 5, "some were cut in the middle of it: {left:?}");
    assert_eq!(left.last().map(|(_, kept)| *kept), Some(records.len()), "and some after it");
}
