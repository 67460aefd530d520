//! The journal over real files: what is kept, what is refused and left alone, and how it ends.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use futures_util::{FutureExt, future::join_all};
use rusqlite::{Connection, Error, OpenFlags, config::DbConfig, ffi};
use tempfile::TempDir;

use super::{
    Journal, JournalError,
    migrations::{MIGRATIONS, VERSION},
    open,
};
use crate::protocol::{Lesson, Moment};

mod damage;
mod dice;
mod keeping;
mod kept;
mod round_trip;
mod samples;
mod together;

/// A folder that is there as long as its handle, and a place for a journal in it.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.sqlite");
    (folder, path)
}

fn lesson(situation: &str, value: f64) -> Lesson {
    Lesson {
        environment: "world".into(),
        situation: situation.into(),
        action: r#"go_to {"place":"Farm"}"#.into(),
        value,
        times: 3,
        learnt_at: Moment(1_790_000_000_123),
    }
}

/// What every file of the folder holds. The index of the log is left out: SQLite builds it anew whenever it looks.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| !path.to_string_lossy().ends_with("-shm"));
    paths.map(|path| (path.clone(), std::fs::read(&path).unwrap())).collect()
}

/// A closed journal with two lessons, as bytes on the disk.
async fn written(path: &Path) -> Vec<u8> {
    let journal = Journal::open(path).unwrap();
    journal.keep_lessons(vec![lesson("calm", 1.0), lesson("combat", 2.0)]).await.unwrap();
    journal.close().await.unwrap();
    std::fs::read(path).unwrap()
}

/// No test waits longer than this for anything.
async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), what).await.expect("within twenty seconds")
}

#[tokio::test]
async fn what_is_kept_is_given_back_and_nothing_else() {
    let journal = Journal::in_memory().unwrap();
    let combat = lesson("combat, wolf, health low", -2.5);
    let odd = Lesson { action: "say {\"text\":\"it's \0 odd\"}".into(), ..lesson("calm", 0.0) };
    let elsewhere = Lesson { environment: "other".into(), ..combat.clone() };
    journal.keep_lessons(vec![combat.clone(), odd.clone(), elsewhere.clone()]).await.unwrap();
    journal.keep_lessons(Vec::new()).await.unwrap();
    assert_eq!(journal.lessons("world").await, Ok(vec![odd, combat]), "by situation, then action");
    assert_eq!(journal.clone().lessons("other").await, Ok(vec![elsewhere]));
    assert_eq!(journal.lessons("' OR 1 = 1 --").await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_lesson_takes_the_place_of_what_was_known() {
    let journal = Journal::in_memory().unwrap();
    let better = Lesson { times: 4, learnt_at: Moment(1_790_000_001_000), ..lesson("calm", 7.0) };
    journal.keep_lessons(vec![lesson("calm", 1.0)]).await.unwrap();
    journal.keep_lessons(vec![lesson("calm", 2.0), better.clone()]).await.unwrap();
    assert_eq!(journal.lessons("world").await, Ok(vec![better]));
}

#[tokio::test]
async fn figures_that_sqlite_cannot_hold_break_nothing() {
    let journal = Journal::in_memory().unwrap();
    let known = lesson("calm", 1.0);
    journal.keep_lessons(vec![known.clone()]).await.unwrap();
    let huge = Lesson { times: u64::MAX, learnt_at: Moment(u64::MAX), ..lesson("late", f64::MAX) };
    let unusable = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY].map(|value| lesson("calm", value));
    let [nan, more, less] = unusable;
    journal.keep_lessons(vec![nan, more, huge.clone(), less]).await.unwrap();
    let most = i64::MAX.unsigned_abs();
    let clamped = Lesson { times: most, learnt_at: Moment(most), ..huge };
    assert_eq!(journal.lessons("world").await, Ok(vec![known, clamped]));
}

#[tokio::test]
async fn forgetting_says_how_many_and_leaves_the_others() {
    let journal = Journal::in_memory().unwrap();
    let elsewhere = Lesson { environment: "other".into(), ..lesson("calm", 1.0) };
    journal.keep_lessons(vec![lesson("calm", 1.0), lesson("combat", 1.0), elsewhere.clone()]).await.unwrap();
    assert_eq!(journal.forget_lessons("world").await, Ok(2));
    assert_eq!(journal.forget_lessons("world").await, Ok(0));
    assert_eq!(journal.lessons("world").await, Ok(Vec::new()));
    assert_eq!(journal.lessons("other").await, Ok(vec![elsewhere]));
}

#[tokio::test]
async fn a_closed_journal_is_one_file_and_opens_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("not/there/yet/journal.sqlite");
    written(&path).await;
    let found = files(path.parent().unwrap());
    assert_eq!(found.keys().collect::<Vec<_>>(), [&path], "no log is left beside it");
    let journal = Journal::open(&path).unwrap();
    assert_eq!(journal.lessons("world").await, Ok(vec![lesson("calm", 1.0), lesson("combat", 2.0)]));
}

#[test]
fn migrations_are_numbered_from_one() {
    for (expected, (number, _)) in (1..).zip(MIGRATIONS) {
        assert_eq!(number, expected);
    }
}

#[test]
fn a_newer_version_is_refused_and_left_untouched() {
    for mode in ["DELETE", "WAL"] {
        let (folder, path) = place();
        let newer = Connection::open(&path).unwrap();
        // As after a crash: in the second round everything stands in the log only.
        newer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
        let sql = format!("PRAGMA journal_mode = {mode}; CREATE TABLE future (x); PRAGMA user_version = 99;");
        newer.execute_batch(&sql).unwrap();
        drop(newer);
        let before = files(folder.path());
        let error = Journal::open(&path).unwrap_err();
        assert_eq!(error, JournalError::Newer { found: 99, known: VERSION, path });
        assert_eq!(files(folder.path()), before);
    }
}

#[test]
fn what_is_no_database_is_refused_and_left_untouched() {
    let long = "no database ".repeat(1000);
    for content in ["short", long.as_str()] {
        let (folder, path) = place();
        std::fs::write(&path, content).unwrap();
        let before = files(folder.path());
        let error = Journal::open(&path).unwrap_err();
        assert!(matches!(error, JournalError::Damaged { .. }), "{error}");
        assert_eq!(files(folder.path()), before);
    }
}

#[tokio::test]
async fn a_file_that_was_cut_off_is_refused_and_left_untouched() {
    let (_folder, path) = place();
    let whole = written(&path).await;
    let part = &whole[..whole.len() / 2];
    std::fs::write(&path, part).unwrap();
    let error = Journal::open(&path).unwrap_err();
    assert!(matches!(error, JournalError::Damaged { .. }), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), part);
}

#[tokio::test]
async fn damage_found_later_is_told_to_whoever_meets_it_and_the_thread_goes_on() {
    let (_folder, path) = place();
    let mut bytes = written(&path).await;
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'lessons'";
    let root: i64 = Connection::open(&path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap();
    let root = usize::try_from(root).unwrap();
    bytes[(root - 1) * 4096..root * 4096].fill(0xa5);
    std::fs::write(&path, &bytes).unwrap();
    let journal = Journal::open(&path).unwrap();
    for _ in 0..2 {
        let read = journal.lessons("world").await.unwrap_err();
        assert!(matches!(read, JournalError::Damaged { .. }), "{read}");
        let kept = journal.keep_lessons(vec![lesson("calm", 9.0)]).await.unwrap_err();
        assert!(matches!(kept, JournalError::Damaged { .. }), "{kept}");
    }
    assert_eq!(soon(journal.close()).await, Ok(()));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[tokio::test]
async fn after_the_end_everything_is_refused_and_closing_again_is_fine() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    let other = journal.clone();
    assert_eq!(soon(async { tokio::join!(journal.close(), other.close()) }).await, (Ok(()), Ok(())));
    assert_eq!(other.close().await, Ok(()));
    assert_eq!(journal.lessons("world").await, Err(JournalError::Closed));
    assert_eq!(other.keep_lessons(vec![lesson("calm", 1.0)]).await, Err(JournalError::Closed));
    assert_eq!(journal.forget_lessons("world").await, Err(JournalError::Closed));
}

#[tokio::test]
async fn a_full_lane_makes_callers_wait_and_loses_nothing() {
    let (_folder, path) = place();
    let journal = Journal::start(open::file(&path).unwrap(), &path, 2).unwrap();
    // Another program writes, so the first caller is held up in the thread, two in the lane, the others before it.
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let callers = (0..25).map(|number| journal.keep_lessons(vec![lesson(&format!("situation {number}"), 1.0)]));
    let all = async {
        tokio::join!(join_all(callers), journal.close(), async {
            // There is one thread here: if a caller blocked it, nobody would ever get to the next lines.
            while journal.lane.capacity() > 0 {
                tokio::task::yield_now().await;
            }
            other.execute_batch("COMMIT").unwrap();
        })
    };
    let (kept, closed, ()) = soon(all).await;
    assert_eq!(kept, vec![Ok(()); 25], "whoever came before the end was served before it");
    assert_eq!(closed, Ok(()));
    let journal = Journal::open(&path).unwrap();
    assert_eq!(journal.lessons("world").await.map(|lessons| lessons.len()), Ok(25));
}

#[tokio::test]
async fn a_caller_who_leaves_takes_nothing_back() {
    let journal = Journal::in_memory().unwrap();
    let _not_waited_for = journal.keep_lessons(vec![lesson("calm", 1.0)]).now_or_never();
    assert_eq!(journal.lessons("world").await, Ok(vec![lesson("calm", 1.0)]));
}

#[tokio::test]
async fn the_thread_ends_when_nobody_holds_it() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    let mut ended = journal.ended.clone();
    journal.clone().keep_lessons(vec![lesson("calm", 1.0)]).await.unwrap();
    assert!(!ended.has_changed().unwrap(), "a clone that goes is not the last one");
    drop(journal);
    soon(async { while ended.changed().await.is_ok() {} }).await;
    assert!(!path.with_extension("sqlite-wal").exists(), "the file is closed");
    assert_eq!(Journal::open(&path).unwrap().lessons("world").await, Ok(vec![lesson("calm", 1.0)]));
}

#[tokio::test]
async fn a_journal_that_another_program_writes_is_locked_and_then_is_not() {
    let (_folder, path) = place();
    let connection = open::file(&path).unwrap();
    connection.busy_timeout(Duration::from_millis(10)).unwrap();
    let journal = Journal::start(connection, &path, 4).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = journal.keep_lessons(vec![lesson("calm", 1.0)]).await.unwrap_err();
    assert!(matches!(error, JournalError::Locked { .. }), "{error}");
    assert_eq!(journal.lessons("world").await, Ok(Vec::new()), "reading goes on meanwhile");
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(journal.keep_lessons(vec![lesson("calm", 1.0)]).await, Ok(()));
}

#[tokio::test]
async fn a_log_that_somebody_still_reads_is_not_called_flushed() {
    let (_folder, path) = place();
    let connection = open::file(&path).unwrap();
    connection.busy_timeout(Duration::from_millis(10)).unwrap();
    let journal = Journal::start(connection, &path, 4).unwrap();
    journal.keep_lessons(vec![lesson("calm", 1.0)]).await.unwrap();
    let reader = Connection::open(&path).unwrap();
    reader.execute_batch("BEGIN; SELECT * FROM lessons;").unwrap();
    journal.keep_lessons(vec![lesson("combat", 2.0)]).await.unwrap();
    let error = soon(journal.close()).await.unwrap_err();
    assert!(matches!(error, JournalError::Locked { .. }), "{error}");
    drop(reader);
    let journal = Journal::open(&path).unwrap();
    assert_eq!(journal.lessons("world").await, Ok(vec![lesson("calm", 1.0), lesson("combat", 2.0)]));
}

#[tokio::test]
async fn where_nothing_may_be_written_is_said_at_once() {
    let (folder, path) = place();
    let is_a_folder = Journal::open(folder.path()).unwrap_err();
    assert!(matches!(is_a_folder, JournalError::ReadOnly { .. }), "{is_a_folder}");
    let before = written(&path).await;
    let in_a_file = Journal::open(&path.join("journal.sqlite")).unwrap_err();
    assert!(matches!(in_a_file, JournalError::ReadOnly { .. }), "{in_a_file}");
    // A file that may not be written is what SQLite opens like this by itself, whoever asks and whatever their rights.
    let only_read = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let error = open::look(&only_read, &path).unwrap_err();
    assert!(matches!(error, JournalError::ReadOnly { .. }), "{error}");
    drop(only_read);
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    match std::fs::OpenOptions::new().write(true).open(&path) {
        Err(_refused) => {
            let error = Journal::open(&path).unwrap_err();
            assert!(matches!(error, JournalError::ReadOnly { .. }), "{error}");
        }
        // Some users are bound by no permission, so the file is writable for the journal as well.
        Ok(_file) => {
            assert_eq!(Journal::open(&path).unwrap().lessons("world").await.map(|lessons| lessons.len()), Ok(2));
        }
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_lesson_leaves_its_secrets_behind_and_is_found_all_the_same() {
    let (_folder, path) = place();
    // In two parts, so that no search for keys stops at this file.
    let key = ["sk-proj-8hTq27bXcVn5", "LwRz3KpYd9GsF1m"].concat();
    let let_slip = |value| Lesson {
        environment: format!("tools with {key}"),
        action: format!(r#"fetch {{"api_key":"{key}"}}"#),
        ..lesson(&format!("a page said {key}"), value)
    };
    let journal = Journal::open(&path).unwrap();
    journal.keep_lessons(vec![let_slip(1.0)]).await.unwrap();
    journal.keep_lessons(vec![let_slip(2.0)]).await.unwrap();
    let found = journal.lessons(&let_slip(0.0).environment).await.unwrap();
    let [found] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((found.value, found.situation.as_str()), (2.0, "a page said (hidden)"));
    journal.close().await.unwrap();
    let bytes = std::fs::read(&path).unwrap();
    assert!(!bytes.windows(key.len()).any(|part| part == key.as_bytes()), "the key is in the file");
    let again = Journal::open(&path).unwrap();
    assert_eq!(again.forget_lessons(&let_slip(0.0).environment).await, Ok(1));
}

#[test]
fn every_remedy_has_its_variant() {
    let path = Path::new("/somewhere/journal.sqlite");
    let of = |code: i32| JournalError::from_sqlite(path, &Error::SqliteFailure(ffi::Error::new(code), None));
    assert!(matches!(of(ffi::SQLITE_FULL), JournalError::DiskFull { .. }));
    assert!(matches!(of(ffi::SQLITE_READONLY), JournalError::ReadOnly { .. }));
    assert!(matches!(of(ffi::SQLITE_CANTOPEN), JournalError::ReadOnly { .. }));
    assert!(matches!(of(ffi::SQLITE_BUSY), JournalError::Locked { .. }));
    assert!(matches!(of(ffi::SQLITE_LOCKED), JournalError::Locked { .. }));
    assert!(matches!(of(ffi::SQLITE_CORRUPT), JournalError::Damaged { .. }));
    assert!(matches!(of(ffi::SQLITE_NOTADB), JournalError::Damaged { .. }));
    assert!(matches!(of(ffi::SQLITE_IOERR), JournalError::Unusable { .. }));
    let full = JournalError::from_io(path, &io::Error::from(io::ErrorKind::StorageFull));
    assert!(matches!(full, JournalError::DiskFull { .. }));
}

#[test]
fn what_happened_the_evidence_and_the_way_out_stand_apart() {
    let path = Path::new("/somewhere/journal.sqlite");
    let words = Some("database or disk is full".to_owned());
    let error = JournalError::from_sqlite(path, &Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_FULL), words));
    let problem = error.problem();
    assert_eq!(problem.summary, "There is no space left for the journal");
    assert_eq!(problem.details, ["database or disk is full (SQLite code 13)", "/somewhere/journal.sqlite"]);
    assert_eq!(problem.remedies.len(), 1);
    assert!(JournalError::Closed.problem().details.is_empty());
}
