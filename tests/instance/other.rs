//! The second process of a test: the test program once more, running the same test with a part to play.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc,
    thread,
};

use crate::PATIENCE;

const PART: &str = "SINGULARIS_TEST_PART";
const FOLDER: &str = "SINGULARIS_TEST_FOLDER";
/// What a part says begins with this, to tell it from what the test program prints by itself.
const SAID: &str = "said: ";

/// The part that this process has to play, and the folder it has to play in; `None` in the test itself.
pub fn part() -> Option<(String, PathBuf)> {
    Some((std::env::var(PART).ok()?, std::env::var_os(FOLDER)?.into()))
}

/// Tells the test something. On a line of its own, for the test program may have begun one.
pub fn say(words: &str) {
    println!("\n{SAID}{words}");
}

/// Waits until the test lets this process go, or has ended itself.
pub fn stay() {
    let _until_it_is_closed = std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

/// A process that plays a part. It does not outlive the test.
pub struct Other {
    child: Child,
    /// Closed when it may go.
    hold: Option<ChildStdin>,
    said: mpsc::Receiver<String>,
}

impl Other {
    /// Starts the test of this full name once more, with this part.
    pub fn start(test: &str, part: &str, folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture", "--test-threads=1"])
            .env(PART, part)
            .env(FOLDER, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (hold, out) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let (sender, said) = mpsc::channel();
        // Ends with the process, whose output ends then.
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if let Some(words) = line.strip_prefix(SAID) {
                    let _test_has_ended = sender.send(words.to_owned());
                }
            }
        });
        Self { child, hold, said }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The next thing it says.
    pub fn next(&self) -> String {
        self.said.recv_timeout(PATIENCE).expect("the other process says something")
    }

    /// True if it has said nothing more.
    pub fn is_silent(&self) -> bool {
        self.said.try_recv().is_err()
    }

    /// Lets it go in order, and waits until it has.
    pub fn let_go(mut self) {
        self.hold = None;
        assert!(self.child.wait().unwrap().success());
    }

    /// Ends it where it stands, as `kill -9` does, and waits until it has ended.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // It may have ended already.
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}
