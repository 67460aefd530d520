//! A program lives as long as it holds the lock of its file, and dies with it however it ends.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use singularis::worker::instance::{Alive, living};

use crate::{
    PATIENCE,
    other::{self, Other},
};

/// Plays the part of a program that lives, if that is what this process is for.
fn plays_along() -> bool {
    let Some((_, folder)) = other::part() else { return false };
    let alive = Alive::begin(&folder).unwrap();
    other::say(alive.id());
    other::stay();
    true
}

#[test]
fn who_is_killed_is_dead_and_the_others_live_on() {
    if plays_along() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let others: Vec<Other> = (0..3)
        .map(|_| Other::start("alive::who_is_killed_is_dead_and_the_others_live_on", "live", folder.path()))
        .collect();
    let mut ids: Vec<String> = others.iter().map(Other::next).collect();
    let own = Alive::begin(folder.path()).unwrap();
    let sorted = |ids: &[String]| {
        let mut ids = ids.to_vec();
        ids.push(own.id().to_owned());
        ids.sort_unstable();
        ids
    };
    assert_eq!(living(folder.path()).unwrap(), sorted(&ids));
    for other in others {
        ids.remove(0);
        other.kill();
        assert_eq!(living(folder.path()).unwrap(), sorted(&ids));
    }
    let files = fs::read_dir(folder.path().join("alive")).unwrap().count();
    assert_eq!(files, 1, "the files of the dead are gone");
}

#[test]
fn who_ends_in_order_leaves_no_file() {
    if plays_along() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let other = Other::start("alive::who_ends_in_order_leaves_no_file", "live", folder.path());
    let id = other.next();
    assert_eq!(living(folder.path()).unwrap(), [id]);
    other.let_go();
    assert_eq!(fs::read_dir(folder.path().join("alive")).unwrap().count(), 0);
}

/// The moment between making a file and locking it must not be one in which somebody is dead.
#[test]
fn nobody_is_taken_for_dead_while_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !is_over.load(Ordering::SeqCst) {
                    living(folder).unwrap();
                }
            });
        }
        let beginners: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    for _ in 0..100 {
                        let alive = Alive::begin(folder).unwrap();
                        assert!(
                            living(folder).unwrap().iter().any(|id| id == alive.id()),
                            "{} is not among them",
                            alive.id()
                        );
                    }
                })
            })
            .collect();
        let ended: Vec<_> = beginners.into_iter().map(thread::ScopedJoinHandle::join).collect();
        is_over.store(true, Ordering::SeqCst);
        assert!(ended.iter().all(Result::is_ok));
    });
    assert_eq!(living(folder).unwrap(), Vec::<String>::new());
}

#[test]
fn where_nothing_can_be_written_nobody_begins() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("alive"), "a file where the folder should be").unwrap();
    assert!(Alive::begin(folder.path()).is_err());
    assert!(living(folder.path()).is_err(), "who lives cannot be told, so nobody may be taken for dead");
    let below_a_file = folder.path().join("alive/deeper");
    assert!(Alive::begin(&below_a_file).is_err());
    assert_eq!(fs::read(folder.path().join("alive")).unwrap(), b"a file where the folder should be");
}

/// The system's own folder, in which not even an administrator can make anything.
#[test]
#[cfg(target_os = "linux")]
fn a_read_only_folder_is_an_error_and_no_panic() {
    let folder = std::path::Path::new("/proc/self");
    assert!(Alive::begin(folder).is_err());
    assert_eq!(living(folder).unwrap(), Vec::<String>::new());
}

/// A session in a terminal, killed while it runs.
#[test]
fn a_session_lives_until_its_program_is_killed() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Command::new(env!("CARGO_BIN_EXE_singularis"))
        .args(["run", "--demo", "--json"])
        .env("SINGULARIS_HOME", home.path())
        // Whoever runs the tests has a keychain of their own, which is none of their business.
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
        .env("SINGULARIS_DEMO_PACE_MS", "20")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(session.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert!(line.contains("session_started"), "{line}");
    let ids = living(home.path()).unwrap();
    assert_eq!(ids.len(), 1, "{ids:?}");
    assert!(ids[0].contains(&format!("-{}-", session.id())), "{ids:?} is not process {}", session.id());
    session.kill().unwrap();
    ended(&mut session);
    assert_eq!(living(home.path()).unwrap(), Vec::<String>::new());
}

fn ended(session: &mut Child) {
    let deadline = Instant::now() + PATIENCE;
    while session.try_wait().unwrap().is_none() {
        assert!(Instant::now() < deadline, "it does not end");
        thread::sleep(Duration::from_millis(5));
    }
}
