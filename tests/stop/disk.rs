//! A disk that is full in the middle of a session. The test starts itself again where a disk can be made small: with a
//! small file system of its own, which ends with it, or else with a limit on how long files may become.

use std::{
    env,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    time::Duration,
};

use tokio::{process::Command, time::timeout};

use crate::journals::{assert_last_is_kept, assert_record_turned, is_not_recorded, recording};

/// The test below, as the test program knows it.
const ITSELF: &str = "disk::a_full_disk_turns_the_journals_line_alone";
/// Set for the program inside: the folder for the journal, and how its disk becomes full.
const FOLDER: &str = "SINGULARIS_TEST_DISK";
const WAY: &str = "SINGULARIS_TEST_DISK_WAY";
/// Said inside once that way is known to work; without it another one is tried.
const WORKS: &str = "this disk can be filled";
const INSIDE_MAY_TAKE: Duration = Duration::from_secs(90);
const SMALL: &str = "size=4m";

/// How a disk becomes full.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// A small file system in a namespace of its own, as the superuser.
    Mount,
    /// The same as somebody who is the superuser only in there.
    MountForAnybody,
    /// No file may become longer than the journal's log is.
    Limit,
}

const WAYS: [Way; 3] = [Way::Mount, Way::MountForAnybody, Way::Limit];

impl Way {
    fn name(self) -> String {
        format!("{self:?}")
    }

    /// What runs a program so that it can fill its disk like this.
    fn around(self) -> &'static [&'static str] {
        match self {
            Self::Mount => &["unshare", "--mount"],
            Self::MountForAnybody => &["unshare", "--map-root-user", "--mount"],
            // A program that does not expect it would be ended by the signal.
            Self::Limit => &["sh", "-c", r#"trap "" XFSZ; exec "$@""#, "sh"],
        }
    }

    /// What the journal says of it: a limit is no full disk to SQLite.
    fn words(self) -> &'static str {
        match self {
            Self::Mount | Self::MountForAnybody => "there is no space left for the journal: database or disk is full",
            Self::Limit => "the journal cannot be used: disk I/O error",
        }
    }

    /// False where that cannot be done here.
    async fn begin(self, folder: &Path) -> bool {
        match self {
            Self::Mount | Self::MountForAnybody => {
                runs("mount", &["-t", "tmpfs", "-o", SMALL, "tmpfs", &folder.to_string_lossy()]).await
            }
            Self::Limit => limit_files("unlimited").await,
        }
    }

    async fn fill(self, folder: &Path) {
        match self {
            Self::Mount | Self::MountForAnybody => fill(&filler(folder)),
            Self::Limit => {
                let log = fs::metadata(folder.join("journal.sqlite-wal")).expect("the journal writes a log").len();
                assert!(limit_files(&log.to_string()).await);
            }
        }
    }

    async fn make_room(self, folder: &Path) {
        match self {
            Self::Mount | Self::MountForAnybody => fs::remove_file(filler(folder)).unwrap(),
            Self::Limit => assert!(limit_files("unlimited").await),
        }
    }
}

fn filler(folder: &Path) -> PathBuf {
    folder.join("everything else")
}

/// Writes until nothing more can be written.
fn fill(path: &Path) {
    let mut file = File::create(path).unwrap();
    for size in [65_536, 4096, 1] {
        while file.write_all(&vec![b'x'; size]).is_ok() {}
    }
}

/// How long the files of this program may become from now on, in bytes.
async fn limit_files(bytes: &str) -> bool {
    let pid = std::process::id().to_string();
    runs("prlimit", &["--pid", &pid, &format!("--fsize={bytes}:")]).await
}

async fn runs(program: &str, arguments: &[&str]) -> bool {
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).status().await;
    status.is_ok_and(|status| status.success())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_turns_the_journals_line_alone() {
    if let Some(folder) = env::var_os(FOLDER) {
        return inside(Path::new(&folder)).await;
    }
    let mut said = Vec::new();
    for way in WAYS {
        match outside(way).await {
            Ok(output) => {
                let said_to = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let words = [said_to(&output.stdout), said_to(&output.stderr)].concat();
                if words.contains(WORKS) {
                    assert!(output.status.success() && words.contains("1 passed"), "by {way:?}:\n{words}");
                    println!("the disk was filled by {way:?}");
                    return;
                }
                said.push(format!("{way:?}: {words}"));
            }
            Err(error) => said.push(format!("{way:?}: {error}")),
        }
    }
    panic!("NOT TESTED: no disk could be made small here, in none of these ways:\n{}", said.join("\n"));
}

/// Starts this test again, where its disk can be filled.
async fn outside(way: Way) -> std::io::Result<Output> {
    let folder = tempfile::tempdir()?;
    let [program, arguments @ ..] = way.around() else { panic!("{way:?} needs a program") };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .arg(env::current_exe()?)
        .args(["--exact", ITSELF, "--nocapture"])
        .env(FOLDER, folder.path())
        .env(WAY, way.name())
        .stdin(Stdio::null())
        .kill_on_drop(true);
    timeout(INSIDE_MAY_TAKE, command.output()).await.unwrap_or_else(|_| panic!("by {way:?}: it hangs"))
}

async fn inside(folder: &Path) {
    let name = env::var(WAY).expect("set with the folder");
    let way = WAYS.into_iter().find(|way| way.name() == name).expect("one of the ways");
    assert!(way.begin(folder).await, "not this way");
    println!("{WORKS}");
    let path = folder.join("journal.sqlite");
    let mut panel = recording(path.clone());
    panel.play().await;
    way.fill(folder).await;
    is_not_recorded(&mut panel).await;
    let stopped = panel.stop().await;
    assert_record_turned(&stopped, way.words());
    way.make_room(folder).await;
    panel.plays_on().await;
    panel.leave().await;
    assert_last_is_kept(&path).await;
}
