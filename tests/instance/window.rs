//! The window belongs to the first copy; the second one asks it to the front, or learns that it hangs.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use singularis::worker::instance::{Claim, FirstWindow, Window};

use crate::other::{self, Other};

/// What a claim has to be answered in: a second, and what a busy machine takes on top.
const ANSWERED_WITHIN: Duration = Duration::from_secs(5);

/// Plays the part of the first window, if that is what this process is for: one that says so each time that it is asked
/// to the front, or one that is deaf.
fn plays_along() -> bool {
    let Some((part, folder)) = other::part() else { return false };
    let mut first = first(Window::claim(&folder).unwrap());
    if part == "listen" {
        first.listen(|| other::say("to the front"));
    }
    other::say("claimed");
    other::stay();
    true
}

pub fn first(claim: Claim) -> FirstWindow {
    match claim {
        Claim::First(first) => first,
        Claim::Second { pid, answered } => panic!("process {pid} has it already (it answered: {answered})"),
    }
}

pub fn second(claim: &Claim) -> (u32, bool) {
    match claim {
        Claim::First(_) => panic!("nobody has the window"),
        Claim::Second { pid, answered } => (*pid, *answered),
    }
}

#[test]
fn a_second_copy_brings_the_first_to_the_front_each_time() {
    if plays_along() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let test = "window::a_second_copy_brings_the_first_to_the_front_each_time";
    let other = Other::start(test, "listen", folder.path());
    assert_eq!(other.next(), "claimed");
    for _ in 0..3 {
        assert_eq!(second(&Window::claim(folder.path()).unwrap()), (other.pid(), true));
        assert_eq!(other.next(), "to the front");
    }
    assert!(other.is_silent());
    other.let_go();
    drop(first(Window::claim(folder.path()).unwrap()));
}

#[test]
fn a_first_copy_that_does_not_answer_is_told_of_within_a_second_or_so() {
    if plays_along() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let test = "window::a_first_copy_that_does_not_answer_is_told_of_within_a_second_or_so";
    let other = Other::start(test, "deaf", folder.path());
    assert_eq!(other.next(), "claimed");
    let began = Instant::now();
    assert_eq!(second(&Window::claim(folder.path()).unwrap()), (other.pid(), false));
    assert!(began.elapsed() < ANSWERED_WITHIN, "{:?}", began.elapsed());
}

#[test]
fn who_is_killed_gives_the_window_back_and_its_address_deceives_nobody() {
    if plays_along() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let test = "window::who_is_killed_gives_the_window_back_and_its_address_deceives_nobody";
    let other = Other::start(test, "listen", folder.path());
    assert_eq!(other.next(), "claimed");
    other.kill();
    let stale = fs::read(folder.path().join("window.lock.json")).unwrap();
    let mut first = first(Window::claim(folder.path()).unwrap());
    assert_ne!(fs::read(folder.path().join("window.lock.json")).unwrap(), stale);
    first.listen(|| {});
    assert_eq!(second(&Window::claim(folder.path()).unwrap()), (std::process::id(), true));
}

/// The first one has claimed the window and not said yet where it listens, or it stands in the file what an earlier one
/// left there.
#[test]
fn an_address_that_comes_late_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let address = folder.path().join("window.lock.json");
    let mut first = first(Window::claim(folder.path()).unwrap());
    first.listen(|| {});
    let right = fs::read(&address).unwrap();
    for wrong in ["", "{", "[]", r#"{"pid": 1, "port": 1, "token": ""}"#, r#"{"pid": 1, "port": 70000}"#] {
        fs::write(&address, wrong).unwrap();
        let claimed = thread::scope(|scope| {
            let claiming = scope.spawn(|| Window::claim(folder.path()).unwrap());
            fs::write(&address, &right).unwrap();
            claiming.join().unwrap()
        });
        assert_eq!(second(&claimed), (std::process::id(), true), "{wrong}");
    }
}

#[test]
fn a_stale_address_without_a_first_window_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    for stale in ["", "rubbish", r#"{"pid": 1, "port": 1, "token": "x"}"#] {
        fs::write(folder.path().join("window.lock"), "").unwrap();
        fs::write(folder.path().join("window.lock.json"), stale).unwrap();
        fs::write(folder.path().join("window.lock.json.new"), stale).unwrap();
        let mut first = first(Window::claim(folder.path()).unwrap());
        first.listen(|| {});
        assert_eq!(second(&Window::claim(folder.path()).unwrap()), (std::process::id(), true));
        drop(first);
        assert!(!folder.path().join("window.lock.json").exists());
        assert!(!folder.path().join("window.lock.json.new").exists());
    }
}

#[test]
fn who_waits_for_a_first_copy_that_ends_becomes_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let deaf = first(Window::claim(folder.path()).unwrap());
    let claimed = thread::scope(|scope| {
        let claiming = scope.spawn(|| Window::claim(folder.path()).unwrap());
        drop(deaf);
        claiming.join().unwrap()
    });
    drop(first(claimed));
}

#[test]
#[cfg(unix)]
fn only_the_user_can_read_the_token() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let _first = first(Window::claim(folder.path()).unwrap());
    let mode = fs::metadata(folder.path().join("window.lock.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn where_nothing_can_be_written_nobody_claims_and_nobody_panics() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    fs::write(&file, "").unwrap();
    assert!(Window::claim(&file).is_err());
    fs::create_dir(folder.path().join("window.lock")).unwrap();
    assert!(Window::claim(folder.path()).is_err());
    #[cfg(target_os = "linux")]
    assert!(Window::claim(std::path::Path::new("/proc/self")).is_err());
}

/// A window that cannot be asked is still a window, and whoever comes second learns that.
#[test]
fn an_address_that_cannot_be_written_does_not_keep_the_window_shut() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("window.lock.json/in-the-way")).unwrap();
    let mut first = first(Window::claim(folder.path()).unwrap());
    first.listen(|| {});
    assert_eq!(second(&Window::claim(folder.path()).unwrap()), (0, false));
}
