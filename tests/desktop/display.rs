//! A display for one test, and the test in a process of its own on it.

use std::{
    env,
    fs::File,
    io::{BufRead, BufReader, Read, Seek},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

/// Says to the inner process which test it is.
const INSIDE: &str = "SINGULARIS_TEST_ON_A_DISPLAY";
/// How long one test may take.
const MAY_TAKE: Duration = Duration::from_secs(150);
/// How long a display may take to open.
const OPENS: Duration = Duration::from_secs(30);

/// Times are measured, so the tests do not disturb one another.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Carries out `body` on a display of this size that nobody else uses. `test` is the test's own name with its module;
/// `needs` are programs without which it cannot be carried out.
pub fn on_a_display(test: &str, size: &str, needs: &[&str], body: impl FnOnce()) {
    if env::var(INSIDE).is_ok_and(|inside| inside == test) {
        body();
        return;
    }
    let missing: Vec<&str> =
        ["Xvfb"].into_iter().chain(needs.iter().copied()).filter(|name| program(name).is_none()).collect();
    if !missing.is_empty() {
        eprintln!("NOT RUN: {test}, because there is no {}; .ci/run installs it", missing.join(", no "));
        assert!(env::var_os("SINGULARIS_MUST_RUN").is_none(), "{test} has to run, but there is no {missing:?}");
        return;
    }
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let screen = Screen::open(size);
    carry_out(test, &screen.name);
}

/// Where a program is; games are not on everybody's path.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&path).chain([PathBuf::from("/usr/games")]);
    places.map(|folder| folder.join(name)).find(|place| place.is_file())
}

/// The display that this test is on.
pub fn name() -> String {
    env::var("DISPLAY").expect("this is the inner process, which has a display")
}

/// An X server; it ends with this, and with it whoever is on it.
struct Screen {
    server: Child,
    name: String,
}

impl Screen {
    fn open(size: &str) -> Self {
        let mut command = Command::new("Xvfb");
        // It chooses a free number itself and says which.
        command.args(["-displayfd", "1", "-screen", "0", &format!("{size}x24"), "-nolisten", "tcp", "-noreset"]);
        let mut server = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (told, hears) = mpsc::channel();
        let mut out = BufReader::new(server.stdout.take().unwrap());
        thread::spawn(move || {
            let mut line = String::new();
            let _nothing_is_said_by_one_that_ended = out.read_line(&mut line);
            told.send(line)
        });
        let number = hears.recv_timeout(OPENS).expect("the display opens");
        assert!(!number.trim().is_empty(), "the display did not open");
        Self { server, name: format!(":{}", number.trim()) }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _it_may_have_ended = self.server.kill();
        let _nothing_to_do = self.server.wait();
    }
}

/// This program once more, for this one test.
fn carry_out(test: &str, display: &str) {
    let mut log = tempfile::tempfile().unwrap();
    let out = || Stdio::from(log.try_clone().unwrap());
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env("DISPLAY", display)
        .env(INSIDE, test)
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("XDG_SESSION_TYPE")
        // Whoever runs the tests has a keychain and accessibility of their own, which are none of their business.
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
        .stdin(Stdio::null())
        .stdout(out())
        .stderr(out());
    let mut child = command.spawn().unwrap();
    let began = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break Some(status),
            None if began.elapsed() > MAY_TAKE => {
                child.kill().unwrap();
                child.wait().unwrap();
                break None;
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    let said = read(&mut log);
    eprintln!("{said}");
    let status = status.unwrap_or_else(|| panic!("{test} did not end within {MAY_TAKE:?}"));
    assert!(status.success(), "{test} failed");
    assert!(said.contains("1 passed"), "there is no test called {test}");
}

fn read(log: &mut File) -> String {
    let mut bytes = Vec::new();
    log.rewind().unwrap();
    log.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A python3 that has this module; the environment of the tool servers has more of them.
pub fn python_with(module: &str) -> Option<PathBuf> {
    let servers = env::var_os("SINGULARIS_SERVERS").map(PathBuf::from);
    let servers = servers.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/servers"));
    let candidates = [servers.join("venv/bin/python"), PathBuf::from("python3"), PathBuf::from("/usr/bin/python3")];
    let has_it = |python: &PathBuf| {
        let mut command = Command::new(python);
        command.args(["-c", &format!("import {module}")]).stdin(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    candidates.into_iter().find(has_it)
}
