//! The whole program with a home of its own, on this display, playing with the demo.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use crate::PATIENCE;

/// Keys are held as long as they can be, so that one is down most of the time.
const SETTINGS: &str = r#"version = 1
demo = true
[agent]
environment = "desktop"
goal = "Press some keys and see what comes of it"
ask_from = "nothing"
narrate_every_s = 0.0
[breakers]
same_action = 0
no_change = 0
same_error = 0
[desktop]
source = "{source}"
profile = "{profile}"
press_ms = {press_ms}
settle_ms = 50
countdown_s = 0
hands_off_s = 0.1
"#;

/// A home with these settings.
pub struct House(TempDir);

/// The program in it, until this is dropped.
pub struct Session {
    pub child: Child,
    lines: mpsc::Receiver<String>,
    _home: TempDir,
}

impl House {
    pub fn with(source: &str, profile: &str, press_ms: u64) -> Self {
        let home = tempfile::tempdir().unwrap();
        let settings = SETTINGS.replace("{source}", source).replace("{profile}", profile);
        let settings = settings.replace("{press_ms}", &press_ms.to_string());
        fs::write(home.path().join("settings.toml"), settings).unwrap();
        Self(home)
    }

    /// A session with these arguments beside the usual ones.
    pub fn run(self, more: &[&str]) -> Session {
        let mut command = Command::new(env!("CARGO_BIN_EXE_singularis"));
        command
            .args(["run", "--demo", "--environment", "desktop", "--json"])
            .args(more)
            .env("SINGULARIS_HOME", self.0.path())
            .env("SINGULARIS_DEMO_PACE_MS", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        let mut child = command.spawn().unwrap();
        let (told, lines) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| told.send(line)));
        Session { child, lines, _home: self.0 }
    }
}

impl Session {
    /// The next line; `None` after the last.
    pub fn next(&mut self, patience: Duration) -> Option<Value> {
        match self.lines.recv_timeout(patience) {
            Ok(line) => Some(serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}"))),
            Err(mpsc::RecvTimeoutError::Disconnected) => None,
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("nothing was said for {patience:?}"),
        }
    }

    /// Everything that is still printed, until it ends.
    pub fn rest(&mut self) -> Vec<Value> {
        let mut lines = Vec::new();
        while let Some(line) = self.next(PATIENCE) {
            lines.push(line);
        }
        self.child.wait().unwrap();
        lines
    }

    /// Waits until something was done.
    pub fn until_a_step(&mut self) {
        let mut before = Vec::new();
        while let Some(line) = self.next(PATIENCE) {
            if line["event"] == "step" {
                return;
            }
            before.push(line);
        }
        panic!("it ended before a step: {before:?}");
    }

    /// Asks it to end, as Ctrl-C does.
    pub fn interrupt(&self) {
        kill_process(Pid::from_child(&self.child), Signal::INT).unwrap();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _nothing_to_do = self.child.wait();
    }
}
