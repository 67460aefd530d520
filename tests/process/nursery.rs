//! The ledger under test, what it told, and a look at the system that shares no code with it.

use std::{
    process::Stdio,
    sync::{Arc, Mutex},
    time::Duration,
};

use singularis::{
    process::{Child, ChildEvent, Children, MARK},
    protocol::{Belonging, CertificateItem, OpenKind, Outcome},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, BufReader},
    process::Command,
    time::{Instant, sleep, timeout},
};

use crate::PATIENCE;

/// As long as ending everything may take.
pub const WITHIN: Duration = Duration::from_millis(1600);
/// What a busy machine may add to that.
const SLACK: Duration = Duration::from_secs(3);
/// When the sweep gives up whatever is left. Later than any limit of its own, so that a machine that stood still for a
/// moment does not turn what was ended into what was left.
const DEADLINE: Duration = Duration::from_secs(10);

/// A ledger, and what it told.
pub struct Nursery {
    pub children: Children,
    told: Arc<Mutex<Vec<ChildEvent>>>,
}

impl Nursery {
    pub fn open() -> Self {
        let told = Arc::<Mutex<Vec<ChildEvent>>>::default();
        let hears = Arc::clone(&told);
        let children = Children::with_watch(Arc::new(move |event| hears.lock().unwrap().push(event)));
        Self { children, told }
    }

    /// Starts a script of the shell with all pipes.
    pub fn start(&self, script: &str) -> Child {
        self.children.start("child", shell(script)).unwrap()
    }

    /// Starts a script and waits until it says *ready* on its output.
    pub async fn ready(&self, script: &str) -> Child {
        let mut child = self.start(script);
        let output = child.take_stdout().unwrap();
        hear(output, "ready").await;
        child
    }

    /// Everything that began.
    pub fn began(&self) -> Vec<Belonging> {
        let began = |event: &ChildEvent| match event {
            ChildEvent::Began(belonging) => Some(belonging.clone()),
            ChildEvent::Ended(_) => None,
        };
        self.told.lock().unwrap().iter().filter_map(began).collect()
    }

    /// Everything that was told to be gone.
    pub fn ended(&self) -> Vec<Belonging> {
        let ended = |event: &ChildEvent| match event {
            ChildEvent::Began(_) => None,
            ChildEvent::Ended(belonging) => Some(belonging.clone()),
        };
        self.told.lock().unwrap().iter().filter_map(ended).collect()
    }

    /// Waits until so many were told to be gone.
    pub async fn until_ended(&self, count: usize) {
        let waiting = async {
            while self.ended().len() < count {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, waiting).await.expect("the end is told");
    }

    /// Ends all, and checks what has to be true whatever they are like: in time, nothing alive, nobody with a mark,
    /// all told.
    pub async fn end_all(&self) -> Vec<CertificateItem> {
        let began = Instant::now();
        let items = self.children.end_all(began + DEADLINE).await;
        let took = began.elapsed();
        assert!(took < WITHIN + SLACK, "ending took {took:?}: {items:?}");
        assert!(items.iter().all(|item| item.kind == OpenKind::Child), "{items:?}");
        assert_eq!(self.children.alive(), 0, "{items:?}");
        self.assert_nobody_is_left();
        let by_mark = |mut all: Vec<Belonging>| {
            all.sort_by(|left, right| left.place.cmp(&right.place));
            all
        };
        assert_eq!(by_mark(self.began()), by_mark(self.ended()), "every beginning has one end");
        items
    }

    /// Ends all of a nursery with one child: how it ended, with what note, after how many milliseconds.
    pub async fn end_one(&self) -> (Outcome, String, u64) {
        let [item] = <[CertificateItem; 1]>::try_from(self.end_all().await).expect("one line for one child");
        assert_eq!(item.name, "child");
        (item.outcome, item.note, item.took_ms)
    }

    pub fn assert_nobody_is_left(&self) {
        for belonging in self.began() {
            assert_eq!(carriers(&belonging.place), Vec::<u32>::new(), "somebody carries the mark of {belonging:?}");
        }
    }
}

/// A script of the shell with all pipes.
pub fn shell(script: &str) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Reads until this line comes.
pub async fn hear(output: impl AsyncRead + Unpin, expected: &str) {
    let mut lines = BufReader::new(output).lines();
    let hearing = async {
        while let Some(line) = lines.next_line().await.unwrap() {
            if line == expected {
                return true;
            }
        }
        false
    };
    assert!(timeout(PATIENCE, hearing).await.expect("the child speaks"), "it never said {expected}");
}

/// Every living process with this mark, as the system shows it; nobody where the system does not show it.
pub fn carriers(mark: &str) -> Vec<u32> {
    let variable = format!("{MARK}={mark}");
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    let numbers = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let carries = |pid: &u32| {
        let environment = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|entry| entry == variable.as_bytes())
    };
    numbers.filter(carries).collect()
}
