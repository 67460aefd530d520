//! What a section of a report is made of. The page and the Markdown show the same blocks, each in its own way; the
//! texts in them are as they came and are made harmless where they are written out.

use super::contents::{Fact, Tone};
use crate::protocol::Plot;

/// A part of the report under one heading.
#[derive(Debug)]
pub struct Section<'a> {
    /// A word that links lead to.
    pub id: &'static str,
    pub title: &'static str,
    pub blocks: Vec<Block<'a>>,
}

/// One thing in a section.
#[derive(Debug)]
pub enum Block<'a> {
    /// A paragraph.
    Words(String),
    /// Something that must not be missed.
    Note {
        tone: Tone,
        words: String,
        details: Vec<String>,
    },
    /// A heading within the section.
    Heading(String),
    /// The few figures that are looked for first.
    Tiles(Vec<Fact>),
    Facts(Vec<Fact>),
    List(Vec<String>),
    /// Words that somebody said.
    Quote {
        words: String,
        by: String,
    },
    Table(Table),
    /// Plots with a common time axis, so many milliseconds long.
    Plots {
        plots: &'a [Plot],
        span_ms: u64,
    },
}

/// A table; nothing in it spans several cells.
#[derive(Debug)]
pub struct Table {
    /// What it shows, for whoever cannot see where it stands.
    pub caption: &'static str,
    pub columns: &'static [Column],
    pub rows: Vec<Row>,
}

/// A column with its heading.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    Text(&'static str),
    /// Its figures stand under one another.
    Number(&'static str),
}

impl Column {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Text(title) | Self::Number(title) => title,
        }
    }
}

/// One line of a table.
#[derive(Debug)]
pub struct Row {
    pub tone: Tone,
    /// As many as there are columns.
    pub cells: Vec<String>,
}

impl Row {
    /// A line that nothing is to be said about.
    pub fn plain(cells: Vec<String>) -> Self {
        Self { tone: Tone::Plain, cells }
    }
}

/// The beginning and the end of a long list, and how much lies between.
pub fn ends<T>(all: &[T], most: usize) -> (&[T], usize, &[T]) {
    if all.len() <= most {
        return (all, 0, &[]);
    }
    let (first, rest) = all.split_at(most / 2);
    let (between, last) = rest.split_at(rest.len() - (most - most / 2));
    (first, between.len(), last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_list_both_ends_are_shown() {
        let all: Vec<u32> = (0..10).collect();
        assert_eq!(ends(&all, 10), (&all[..], 0, &[][..]));
        assert_eq!(ends(&all, 5), (&[0, 1][..], 5, &[7, 8, 9][..]));
        assert_eq!(ends(&all, 1), (&[][..], 9, &[9][..]));
    }
}
