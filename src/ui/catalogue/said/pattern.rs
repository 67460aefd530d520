//! By what a sentence is recognised, and how the one that fits is found without trying them all.

use std::{cmp::Reverse, collections::HashMap};

/// What is put in before more of the sentence comes is no longer than this: a name or a figure, and not a page. Only what
/// stands at the end of it may be. Bytes.
const FARTHEST: usize = 400;

/// A sentence with gaps.
pub struct Pattern {
    id: &'static str,
    /// What stands around the gaps: one more than there are gaps, the outer ones may be empty.
    pieces: Vec<String>,
    /// What is put into each gap.
    names: Vec<String>,
}

impl Pattern {
    /// Reads a text in which each gap is written as `{$name}`.
    pub fn new(id: &'static str, text: &str) -> Self {
        let (mut pieces, mut names, mut rest) = (Vec::new(), Vec::new(), text);
        while let Some((piece, (name, after))) =
            rest.split_once("{$").and_then(|(piece, after)| Some((piece, after.split_once('}')?)))
        {
            pieces.push(piece.to_owned());
            names.push(name.to_owned());
            rest = after;
        }
        pieces.push(rest.to_owned());
        Self { id, pieces, names }
    }

    pub fn id(&self) -> &'static str {
        self.id
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// How much of a text it knows by itself. Characters.
    fn weight(&self) -> usize {
        self.pieces.iter().map(|piece| piece.chars().count()).sum()
    }

    /// What stands in the gaps of a text that fits. Each gap is as short as can be and never empty: if the pieces are
    /// found in this way, no other way needs to be tried, and if they are not, no other way finds them.
    fn parts<'text>(&self, text: &'text str) -> Option<Vec<&'text str>> {
        let (first, rest) = self.pieces.split_first()?;
        let Some((last, between)) = rest.split_last() else {
            return (text == first).then(Vec::new);
        };
        let mut left = text.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
        let mut parts = Vec::with_capacity(self.names.len());
        for piece in between {
            let skipped = left.chars().next()?.len_utf8();
            let reach = left.floor_char_boundary(FARTHEST);
            let at = skipped + left.get(skipped..reach)?.find(piece.as_str())?;
            parts.push(&left[..at]);
            left = &left[at + piece.len()..];
        }
        parts.push(left);
        Some(parts).filter(|_| !left.is_empty())
    }
}

/// All of them, with the most telling first, by what a text must have to fit.
#[derive(Default)]
pub struct Patterns {
    list: Vec<Pattern>,
    /// Without a gap, by the whole text.
    exact: HashMap<String, usize>,
    /// By the first character, where that is no gap.
    by_beginning: HashMap<char, Vec<usize>>,
    /// By the last one, where there is a gap at the beginning.
    by_end: HashMap<char, Vec<usize>>,
    /// By a word, where there are gaps at both ends.
    by_word: HashMap<String, Vec<usize>>,
    /// With gaps at both ends and no word that surely stands by itself.
    others: Vec<usize>,
}

impl Patterns {
    pub fn new(mut list: Vec<Pattern>) -> Self {
        list.sort_by_key(|pattern| (Reverse(pattern.weight()), pattern.names.len()));
        let mut patterns = Self::default();
        for (rank, pattern) in list.iter().enumerate() {
            patterns.put_in_order(rank, &pattern.pieces);
        }
        patterns.list = list;
        patterns
    }

    fn put_in_order(&mut self, rank: usize, pieces: &[String]) {
        let beginning = pieces.first().and_then(|piece| piece.chars().next());
        let end = pieces.last().and_then(|piece| piece.chars().next_back());
        let word = pieces.get(1).and_then(|piece| own_word(piece));
        match (pieces, beginning, end, word) {
            ([whole], ..) => {
                self.exact.insert(whole.clone(), rank);
            }
            (_, Some(letter), ..) => self.by_beginning.entry(letter).or_default().push(rank),
            (_, None, Some(letter), _) => self.by_end.entry(letter).or_default().push(rank),
            (_, None, None, Some(word)) => self.by_word.entry(word.to_owned()).or_default().push(rank),
            (_, None, None, None) => self.others.push(rank),
        }
    }

    /// The pattern that knows most of a text, and what stands in its gaps.
    pub fn find<'text>(&self, text: &'text str) -> Option<(&Pattern, Vec<&'text str>)> {
        if let Some(rank) = self.exact.get(text) {
            return Some((self.list.get(*rank)?, Vec::new()));
        }
        let head = &text[..text.floor_char_boundary(FARTHEST)];
        let by_word = head.split(' ').filter_map(|word| self.by_word.get(word)).flatten();
        let by_beginning = text.chars().next().and_then(|letter| self.by_beginning.get(&letter));
        let by_end = text.chars().next_back().and_then(|letter| self.by_end.get(&letter));
        let ends = by_beginning.into_iter().chain(by_end).flatten();
        let mut ranks: Vec<usize> = by_word.chain(ends).chain(&self.others).copied().collect();
        // The best one first; a word may stand there twice.
        ranks.sort_unstable();
        ranks.dedup();
        ranks.into_iter().find_map(|rank| {
            let pattern = self.list.get(rank)?;
            Some((pattern, pattern.parts(text)?))
        })
    }
}

/// The longest word of a piece that has a blank on both sides, so that it stands by itself in every text.
fn own_word(piece: &str) -> Option<&str> {
    let (_, after) = piece.split_once(' ')?;
    let (words, _) = after.rsplit_once(' ')?;
    words.split(' ').filter(|word| !word.is_empty()).max_by_key(|word| word.len())
}
