//! What is kept of a bench: one line for every run in `runs.jsonl`, so that it can go on where it was, and beside it
//! the figures and the picture.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::settings::{Difficulty, Wording};

const RUNS: &str = "runs.jsonl";

/// By what a run is known again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RunKey {
    /// Who plays with what, without its label.
    pub arm: String,
    pub difficulty: Difficulty,
    pub wording: Wording,
    pub seed: u64,
    /// Of the program.
    pub version: String,
    /// A fingerprint of the settings, where models could be asked.
    pub setup: String,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunEnd {
    /// The episode was over.
    #[default]
    Finished,
    GoalReached,
    /// Its time was over.
    TimeOver,
    /// A budget was used up.
    Budget,
    /// It paused for another reason.
    Paused,
    Failed,
    NotStarted,
}

/// What one run came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunResult {
    pub end: RunEnd,
    /// 0 to 100; the mean where several games were played.
    pub score: Option<f64>,
    /// Why it failed, in one sentence.
    pub problem: Option<String>,
    pub steps: u64,
    /// Decisions that were thought about, not reflexes.
    pub decisions: u64,
    /// Of these, so many came about although something fell short.
    pub fell_back: u64,
    /// Everything that fell short, failed questions included.
    pub shortfalls: u64,
    /// Decisions that several proposals were made for.
    pub deliberations: u64,
    pub calls: u64,
    /// Of prompts and answers together.
    pub tokens: u64,
    /// US dollars, of the calls whose price is known.
    pub usd: f64,
    /// Who answered.
    pub models: Vec<String>,
    /// A script answered, not a language model.
    pub is_demo: bool,
    /// Points that those of its decisions cost against the best play that had been judged when it ended, where that is
    /// known.
    pub regret: Option<f64>,
    /// How many had been judged: a run without models is over before all are.
    #[serde(default)]
    pub judged: u64,
    /// Everything of its session ended as it should.
    pub is_clean: bool,
    /// Nothing better is possible; only whoever searches can tell.
    pub is_proved: bool,
    /// What no play can exceed, where that is known.
    pub bound: Option<f64>,
    /// From what was seen to what was done, over all decisions.
    pub thinking_ms: u64,
    pub took_ms: u64,
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    #[serde(flatten)]
    pub key: RunKey,
    #[serde(flatten)]
    pub result: RunResult,
}

/// The folder of a bench.
pub struct Store {
    folder: PathBuf,
    file: File,
    runs: HashMap<RunKey, RunResult>,
}

impl RunResult {
    /// It counts for nothing but the number of failures, and is tried again.
    pub fn is_failed(&self) -> bool {
        matches!(self.end, RunEnd::Failed | RunEnd::NotStarted) || self.score.is_none()
    }

    /// It did not come as far as its first step.
    pub fn is_failed_start(&self) -> bool {
        self.is_failed() && self.steps == 0
    }
}

/// Opens the runs for nobody else.
fn locked(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    // Where the file system knows no locks, nobody is kept out.
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(io::Error::other("another bench is writing there")),
        _ => Ok(file),
    }
}

impl Store {
    /// Reads what is there. A last line that was torn when the program was killed is taken away; other lines that
    /// cannot be read stay as they are and are not used.
    pub fn open(folder: &Path, is_fresh: bool) -> io::Result<Self> {
        Self::open_in(folder, is_fresh)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", folder.display())))
    }

    fn open_in(folder: &Path, is_fresh: bool) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(RUNS);
        let mut file = locked(&path)?;
        // Only what nobody is writing is put aside.
        if is_fresh && file.metadata()?.len() > 0 {
            std::fs::rename(&path, unused_name(folder))?;
            file = locked(&path)?;
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let whole = whole_lines(&bytes);
        file.set_len(u64::try_from(whole.len()).unwrap_or(u64::MAX))?;
        file.seek(SeekFrom::End(0))?;
        if !whole.is_empty() && !whole.ends_with(b"\n") {
            file.write_all(b"\n")?;
        }
        let runs = whole.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Run>(line).ok());
        // A run that failed and was tried again stands there twice; the later line counts.
        let runs = runs.map(|run| (run.key, run.result)).collect();
        Ok(Self { folder: folder.to_owned(), file, runs })
    }

    pub fn get(&self, key: &RunKey) -> Option<&RunResult> {
        self.runs.get(key)
    }

    /// Whether it need not be played again.
    pub fn has_played(&self, key: &RunKey) -> bool {
        self.get(key).is_some_and(|result| !result.is_failed())
    }

    /// Writes it down at once, in one piece.
    pub fn add(&mut self, run: Run) -> io::Result<()> {
        let line = format!("{}\n", serde_json::to_string(&run)?);
        self.file.write_all(line.as_bytes())?;
        self.file.flush()?;
        self.runs.insert(run.key, run.result);
        Ok(())
    }

    /// Writes a file beside the runs, whole or not at all.
    pub fn write(&self, name: &str, text: &str) -> io::Result<()> {
        let (path, fresh) = (self.folder.join(name), self.folder.join(format!("{name}.new")));
        std::fs::write(&fresh, text)?;
        std::fs::rename(fresh, path)
    }
}

/// Everything up to the last line that can be read, or that at least was ended.
fn whole_lines(bytes: &[u8]) -> &[u8] {
    let last = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let is_torn = serde_json::from_slice::<Run>(&bytes[last..]).is_err();
    if is_torn { &bytes[..last] } else { bytes }
}

/// `runs.1.jsonl`, or the next number that is free.
fn unused_name(folder: &Path) -> PathBuf {
    let mut names = (1_u32..).map(|number| folder.join(format!("runs.{number}.jsonl")));
    names.find(|name| !name.exists()).unwrap_or_else(|| folder.join("runs.old.jsonl"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(arm: &str, seed: u64, score: Option<f64>) -> Run {
        let (difficulty, wording) = (Difficulty::Normal, Wording::Ordinary);
        let key = RunKey { arm: arm.into(), difficulty, wording, seed, version: "1".into(), setup: String::new() };
        Run { key, result: RunResult { score, steps: 3, usd: 0.012_345, ..RunResult::default() } }
    }

    fn lines(folder: &Path) -> usize {
        std::fs::read_to_string(folder.join(RUNS)).unwrap().lines().count()
    }

    #[test]
    fn what_was_written_is_read_again_whole() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        let run = run("single:model=x/y", 7, Some(53.5));
        let mut store = Store::open(&deep, false).unwrap();
        store.add(run.clone()).unwrap();
        assert!(store.has_played(&run.key));
        drop(store);
        let store = Store::open(&deep, false).unwrap();
        assert_eq!(store.get(&run.key), Some(&run.result));
        assert_eq!(store.runs.len(), 1);
    }

    #[test]
    fn a_torn_last_line_is_taken_away_and_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), false).unwrap();
        (0..2).for_each(|seed| store.add(run("single", seed, Some(1.0))).unwrap());
        drop(store);
        let path = folder.path().join(RUNS);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, &text[..text.len() - 20]).unwrap();
        let mut store = Store::open(folder.path(), false).unwrap();
        assert_eq!(store.runs.len(), 1);
        store.add(run("single", 2, Some(2.0))).unwrap();
        drop(store);
        assert_eq!((lines(folder.path()), Store::open(folder.path(), false).unwrap().runs.len()), (2, 2));
    }

    #[test]
    fn a_last_line_without_an_end_counts_and_foreign_lines_stay() {
        let folder = tempfile::tempdir().unwrap();
        let line = serde_json::to_string(&run("single", 0, Some(1.0))).unwrap();
        std::fs::write(folder.path().join(RUNS), format!("a note of mine\n{{\"seed\": 3}}\n{line}")).unwrap();
        let mut store = Store::open(folder.path(), false).unwrap();
        assert_eq!(store.runs.len(), 1);
        store.add(run("single", 1, Some(2.0))).unwrap();
        assert_eq!(lines(folder.path()), 4);
    }

    #[test]
    fn a_failed_run_is_tried_again_and_the_later_line_counts() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), false).unwrap();
        let failed =
            RunResult { end: RunEnd::NotStarted, problem: Some("nobody answers".into()), ..RunResult::default() };
        let again = run("single", 0, Some(4.0));
        store.add(Run { result: failed.clone(), ..again.clone() }).unwrap();
        assert!(!store.has_played(&again.key) && failed.is_failed_start());
        store.add(again.clone()).unwrap();
        drop(store);
        assert!(Store::open(folder.path(), false).unwrap().has_played(&again.key));
    }

    #[test]
    fn a_fresh_start_keeps_the_old_runs_under_another_name() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            let mut store = Store::open(folder.path(), true).unwrap();
            assert_eq!(store.runs.len(), 0);
            store.add(run("single", 0, Some(1.0))).unwrap();
        }
        Store::open(folder.path(), true).unwrap().write("bench.svg", "<svg/>").unwrap();
        for name in ["runs.1.jsonl", "runs.2.jsonl", "runs.jsonl", "bench.svg"] {
            assert!(folder.path().join(name).exists(), "{name}");
        }
    }

    #[test]
    fn two_at_once_do_not_write_into_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let _first = Store::open(folder.path(), false).unwrap();
        let second = Store::open(folder.path(), false);
        assert!(second.is_err_and(|error| error.to_string().contains("another bench is writing")));
    }
}
