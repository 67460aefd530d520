//! The guardian as the program holds it: a process that is told what is held, over a pipe that closes with us however
//! we end.

use std::{
    io,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use super::{Message, line::Line};
use crate::protocol::{CertificateItem, OpenKind, Outcome};

/// The argument that makes this program a guardian.
const TASK: &str = "guardian";
/// How long its pipe may take to take in what it is told. It reads all the time, so one that takes longer is frozen.
const LISTENS_WITHIN: Duration = Duration::from_secs(1);
/// How long it may take to end once its pipe is closed.
const END_MAY_TAKE: Duration = Duration::from_millis(400);
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(5);

/// A guardian that listens. Cheap to clone; all clones are the same. Dropping the last one ends it.
#[derive(Clone, Debug)]
pub struct Guardian(Arc<Post>);

/// The process and its line. Each is gone once it was closed or reaped.
#[derive(Debug)]
struct Post {
    line: Mutex<Option<Line>>,
    process: Mutex<Option<Child>>,
}

impl Guardian {
    /// Starts the second process: this program with the one argument `guardian`.
    ///
    /// It is in no ledger of children and in a group of its own: what ends this program and its children must not end
    /// the one that looks after what they leave.
    pub fn start(program: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.arg(TASK).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        in_a_group_of_its_own(&mut command);
        let mut process = command.spawn()?;
        let pipe = process.stdin.take().ok_or_else(|| io::Error::from(io::ErrorKind::BrokenPipe))?;
        let line = match Line::begin(pipe) {
            Ok(line) => Some(line),
            Err(error) => {
                // Its pipe is closed, so it ends by itself.
                reap(process);
                return Err(error);
            }
        };
        Ok(Self(Arc::new(Post { line: Mutex::new(line), process: Mutex::new(Some(process)) })))
    }

    /// Tells it something, before it is done. An error says that nobody watches any more.
    ///
    /// That something needs no watching is not waited for: one that is frozen must keep no key down. Anything else has a
    /// limit, after which it counts as gone.
    pub fn tell(&self, message: &Message) -> io::Result<()> {
        let mut words = serde_json::to_vec(message)?;
        words.push(b'\n');
        let line = locked(&self.0.line).clone();
        let Some(line) = line else { return Err(io::Error::from(io::ErrorKind::BrokenPipe)) };
        let told = match message {
            Message::Pressed { .. } | Message::Began { .. } => line.say(words, LISTENS_WITHIN),
            Message::Released { .. } | Message::Ended { .. } => line.mention(words),
        };
        if told.is_err() {
            *locked(&self.0.line) = None;
        }
        told
    }

    /// Ends it and says how that went. It lets go of whatever it still has. The second time there is nothing to say.
    pub async fn end(&self) -> Vec<CertificateItem> {
        let began = Instant::now();
        drop(locked(&self.0.line).take());
        loop {
            match self.0.look() {
                Ok(None) if began.elapsed() < END_MAY_TAKE => sleep(LOOK_AGAIN_AFTER).await,
                Ok(None) => return self.kill(began),
                Ok(Some(Gone::Before)) => return Vec::new(),
                Ok(Some(Gone::Now(status))) if status.success() => {
                    return vec![item(Outcome::Closed, began, String::new())];
                }
                Ok(Some(Gone::Now(status))) => return vec![item(Outcome::Failed, began, status.to_string())],
                Err(error) => return vec![item(Outcome::NotVerifiable, began, error.to_string())],
            }
        }
    }

    fn kill(&self, began: Instant) -> Vec<CertificateItem> {
        let Some(mut process) = locked(&self.0.process).take() else { return Vec::new() };
        let killed = process.kill();
        reap(process);
        let (outcome, note) = match killed {
            Ok(()) => (Outcome::Aborted, "it did not end by itself".to_owned()),
            Err(error) => (Outcome::Failed, error.to_string()),
        };
        vec![item(outcome, began, note)]
    }
}

/// It has ended.
enum Gone {
    /// That was known already.
    Before,
    Now(ExitStatus),
}

impl Post {
    /// `None` while it runs.
    fn look(&self) -> io::Result<Option<Gone>> {
        let mut process = locked(&self.process);
        let Some(running) = process.as_mut() else { return Ok(Some(Gone::Before)) };
        let status = running.try_wait()?;
        if status.is_some() {
            *process = None;
        }
        Ok(status.map(Gone::Now))
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        drop(locked(&self.line).take());
        if let Some(process) = locked(&self.process).take() {
            reap(process);
        }
    }
}

/// Waits for the end of a process somewhere else, so that it is not listed for ever as one that nobody asked after.
fn reap(mut process: Child) {
    if matches!(process.try_wait(), Ok(Some(_))) {
        return;
    }
    let waiting = move || {
        let _nobody_asks_how = process.wait();
    };
    let _without_a_thread_it_is_reaped_with_us =
        thread::Builder::new().name("guardian's end".to_owned()).spawn(waiting);
}

fn item(outcome: Outcome, began: Instant, note: String) -> CertificateItem {
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    CertificateItem { kind: OpenKind::Child, name: TASK.to_owned(), outcome, took_ms, note }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
fn in_a_group_of_its_own(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(windows)]
fn in_a_group_of_its_own(command: &mut Command) {
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW);
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use tempfile::TempDir;

    use super::*;

    /// A stand-in for the program: a script.
    fn script(text: &str) -> (TempDir, std::path::PathBuf) {
        let folder = TempDir::new().unwrap();
        let program = folder.path().join("program");
        // Written by another process: one that was open for writing here, while some other test starts a process, could
        // not be run.
        let mut writing = Command::new("sh");
        writing.args(["-c", "printf '#!/bin/sh\n%s\n' \"$1\" > \"$2\"", "sh", text]).arg(&program);
        assert!(writing.status().unwrap().success());
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        (folder, program)
    }

    fn pressed(key: &str) -> Message {
        Message::Pressed { key: key.to_owned() }
    }

    #[tokio::test]
    async fn it_reads_every_line_and_ends_with_its_pipe() {
        let (folder, program) = script("echo \"$*\" > \"$0.heard\"; cat >> \"$0.heard\"");
        let guardian = Guardian::start(&program).unwrap();
        guardian.tell(&pressed("key w")).unwrap();
        guardian.clone().tell(&Message::Released { key: "key w".to_owned() }).unwrap();
        let heard_file = folder.path().join("program.heard");
        let is_heard = async {
            while fs::read_to_string(&heard_file).map_or(0, |text| text.lines().count()) < 3 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(10), is_heard).await.unwrap();
        let items = guardian.end().await;
        let [item] = &items[..] else { panic!("{items:?}") };
        assert_eq!((item.kind, item.name.as_str(), item.outcome), (OpenKind::Child, "guardian", Outcome::Closed));
        let heard = fs::read_to_string(&heard_file).unwrap();
        let lines = ["guardian", r#"{"message":"pressed","key":"key w"}"#, r#"{"message":"released","key":"key w"}"#];
        assert_eq!(heard.lines().collect::<Vec<_>>(), lines);
        assert!(guardian.end().await.is_empty(), "there is nothing to end a second time");
        assert!(guardian.tell(&pressed("key w")).is_err());
    }

    #[tokio::test]
    async fn one_that_does_not_listen_is_killed() {
        let (_folder, program) = script("exec sleep 60");
        let guardian = Guardian::start(&program).unwrap();
        let items = guardian.end().await;
        assert_eq!(items.iter().map(|item| item.outcome).collect::<Vec<_>>(), [Outcome::Aborted]);
    }

    #[test]
    fn one_that_is_frozen_is_told_nothing_for_ever() {
        let (_folder, program) = script("exec sleep 60");
        let guardian = Guardian::start(&program).unwrap();
        // More than any pipe holds.
        let told = (0..100).find_map(|_| guardian.tell(&pressed(&"w".repeat(60_000))).err());
        assert_eq!(told.unwrap().kind(), io::ErrorKind::TimedOut);
        assert!(guardian.tell(&pressed("w")).is_err() && guardian.tell(&pressed("w")).is_err(), "it counts as gone");
        let process = locked(&guardian.0.process).take();
        let mut process = process.unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
    }

    #[tokio::test]
    async fn telling_one_that_is_gone_is_an_error() {
        let (_folder, program) = script("exit 3");
        let guardian = Guardian::start(&program).unwrap();
        let told = async {
            while guardian.tell(&pressed("key w")).is_ok() {
                sleep(LOOK_AGAIN_AFTER).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), told).await.unwrap();
        let items = guardian.end().await;
        assert_eq!((items[0].outcome, items.len()), (Outcome::Failed, 1));
        assert!(Guardian::start(Path::new("/no/such/program")).is_err());
    }
}
