//! The log as the window has it: the last lines, what is chosen among them, and what could not be shown.
//!
//! Which lines are shown is kept as a list of its own, to which a new line is added when it comes. All lines are looked
//! at again only when something else is chosen, the newest first and so many at a time, so a long log costs nothing
//! while it is read and holds up nothing while it is searched.

mod needle;

use std::collections::{BTreeSet, VecDeque};

use tracing::Level;

use crate::{protocol::LogLine, ui::catalogue::say};

use needle::Needle;

/// So many lines are kept.
const KEPT: usize = 100_000;
/// So many lines are looked at in one frame when something else has been chosen: all that are kept in three.
const AT_ONCE: u64 = 34_000;

/// How bad a line has to be, at least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Severity {
    #[default]
    All,
    Information,
    Warnings,
    Errors,
}

impl Severity {
    /// In the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::All, Self::Information, Self::Warnings, Self::Errors];

    /// Its name.
    pub fn title(self) -> String {
        match self {
            Self::All => say!("logs-all-levels"),
            Self::Information => say!("logs-information"),
            Self::Warnings => say!("logs-warnings"),
            Self::Errors => say!("logs-errors"),
        }
    }

    fn has(self, level: Level) -> bool {
        match self {
            Self::All => true,
            Self::Information => level <= Level::INFO,
            Self::Warnings => level <= Level::WARN,
            Self::Errors => level <= Level::ERROR,
        }
    }
}

/// What is chosen among the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub severity: Severity,
    /// The module that a line comes from; every one without it.
    pub source: Option<String>,
    /// What a line contains, in capitals or not.
    pub search: String,
}

/// One row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Line(LogLine),
    /// Lines that came faster than they could be handed over.
    Skipped(u64),
}

/// The lines, and what is shown of them.
pub struct LogsState {
    /// What is being chosen; [`LogsState::look`] makes it count.
    pub choice: Choice,
    /// The newest line is kept in sight.
    pub follows: bool,
    /// So many rows there were when they were drawn last.
    pub drawn: usize,
    /// Whether the newest line was kept in sight when they were.
    pub was_following: bool,
    /// So many rows were copied last, since something else was chosen.
    pub copied: Option<usize>,
    /// What the shown rows were chosen by.
    applied: Choice,
    needle: Needle,
    entries: VecDeque<Entry>,
    /// The place of the oldest entry that is left, counted from the first one that ever came.
    first: u64,
    /// The places of the rows that are shown, in order.
    shown: VecDeque<u64>,
    /// Places before this one have not been looked at since something else was chosen.
    looked_from: u64,
    /// So many of the shown rows are lines.
    matches: usize,
    /// So many of the entries are lines.
    lines: usize,
    /// Entries from this place on have not been looked at. Beyond the last one unless it is paused.
    unseen: u64,
    /// While it is paused: how many lines have come since.
    waiting: Option<u64>,
    /// Every module that has said something.
    sources: BTreeSet<String>,
    /// How many lines had been skipped in all when last told.
    skipped: u64,
}

impl Default for LogsState {
    fn default() -> Self {
        Self {
            choice: Choice::default(),
            follows: true,
            drawn: 0,
            was_following: false,
            copied: None,
            applied: Choice::default(),
            needle: Needle::default(),
            entries: VecDeque::new(),
            first: 0,
            shown: VecDeque::new(),
            looked_from: 0,
            matches: 0,
            lines: 0,
            unseen: 0,
            waiting: None,
            sources: BTreeSet::new(),
            skipped: 0,
        }
    }
}

impl LogsState {
    /// A line has arrived.
    pub fn push(&mut self, line: LogLine) {
        if !self.sources.contains(&line.target) {
            self.sources.insert(line.target.clone());
        }
        if let Some(waiting) = &mut self.waiting {
            *waiting += 1;
        }
        self.lines += 1;
        self.add(Entry::Line(line));
    }

    /// So many lines have been skipped since the program started; those that are new are told where they are missing.
    pub fn skipped(&mut self, in_all: u64) {
        let new = in_all.saturating_sub(self.skipped);
        if new == 0 {
            return;
        }
        self.skipped = in_all;
        match self.entries.back_mut() {
            Some(Entry::Skipped(before)) => *before += new,
            _ => self.add(Entry::Skipped(new)),
        }
    }

    /// Makes what was chosen count. If something else has been chosen, so many of the lines are looked at, and it is to
    /// be called again while [`LogsState::is_looking`].
    pub fn look(&mut self) {
        if self.choice != self.applied {
            self.applied = self.choice.clone();
            self.needle = Needle::of(self.applied.search.trim());
            self.copied = None;
            self.shown.clear();
            self.matches = 0;
            self.looked_from = self.unseen;
        }
        let from = self.looked_from.saturating_sub(AT_ONCE).max(self.first);
        for place in (from..self.looked_from).rev() {
            if let Some(is_line) = self.is_shown(place) {
                self.shown.push_front(place);
                self.matches += usize::from(is_line);
            }
        }
        self.looked_from = from;
    }

    /// True while not all lines have been looked at since something else was chosen.
    pub fn is_looking(&self) -> bool {
        self.looked_from > self.first
    }

    /// From now on new lines are only counted.
    pub fn pause(&mut self) {
        self.waiting = Some(0);
    }

    /// Shows what has come meanwhile.
    pub fn go_on(&mut self) {
        self.waiting = None;
        self.see();
    }

    pub fn is_paused(&self) -> bool {
        self.waiting.is_some()
    }

    /// How many lines have come while it is paused.
    pub fn waiting(&self) -> u64 {
        self.waiting.unwrap_or_default()
    }

    /// How many lines there are, shown or not.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// How many of the shown rows are lines.
    pub fn matches(&self) -> usize {
        self.matches
    }

    /// True when lines may be hidden by what is chosen.
    pub fn is_chosen(&self) -> bool {
        self.applied != Choice::default()
    }

    /// How many rows are shown.
    pub fn rows(&self) -> usize {
        self.shown.len()
    }

    /// A shown row, the oldest first.
    pub fn row(&self, index: usize) -> Option<&Entry> {
        self.shown.get(index).and_then(|place| self.entry(*place))
    }

    /// Every module that has said something, by name.
    pub fn sources(&self) -> impl Iterator<Item = &String> {
        self.sources.iter()
    }

    fn add(&mut self, entry: Entry) {
        if self.entries.len() == KEPT {
            self.drop_oldest();
        }
        self.entries.push_back(entry);
        if self.waiting.is_none() {
            self.see();
        }
    }

    fn drop_oldest(&mut self) {
        let is_line = matches!(self.entries.pop_front(), Some(Entry::Line(_)));
        self.lines -= usize::from(is_line);
        if self.shown.front() == Some(&self.first) {
            self.shown.pop_front();
            self.matches -= usize::from(is_line);
        }
        self.first += 1;
        // While it is paused, even what has not been looked at may have to go.
        self.unseen = self.unseen.max(self.first);
        self.looked_from = self.looked_from.max(self.first);
    }

    /// Looks at what has not been looked at.
    fn see(&mut self) {
        let end = self.first + self.entries.len() as u64;
        for place in self.unseen..end {
            if let Some(is_line) = self.is_shown(place) {
                self.shown.push_back(place);
                self.matches += usize::from(is_line);
            }
        }
        self.unseen = end;
    }

    /// Whether what stands in this place is a line, if it is to be shown.
    fn is_shown(&self, place: u64) -> Option<bool> {
        match self.entry(place)? {
            Entry::Line(line) => self.is_wanted(line).then_some(true),
            // What is missing might have been wanted.
            Entry::Skipped(_) => Some(false),
        }
    }

    fn is_wanted(&self, line: &LogLine) -> bool {
        self.applied.severity.has(line.level)
            && self.applied.source.as_ref().is_none_or(|source| *source == line.target)
            && (self.needle.is_in(&line.text) || self.needle.is_in(&line.target))
    }

    fn entry(&self, place: u64) -> Option<&Entry> {
        let index = place.checked_sub(self.first)?;
        self.entries.get(usize::try_from(index).ok()?)
    }
}

#[cfg(test)]
mod tests;
