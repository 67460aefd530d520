//! What the worker says, in the language of the window.
//!
//! The worker speaks English: its files, its logs and the terminal keep that. Each of its sentences stands in the files
//! `said-…` once more: the English text is the pattern by which it is recognised, the other one is what is said instead.
//! What stands in the place of a name such as `{ $place }` is looked up in the same way.

mod pattern;

use std::{borrow::Cow, cell::RefCell, collections::HashMap, sync::LazyLock};

use fluent_bundle::FluentValue;

use self::pattern::{Pattern, Patterns};
use super::{Language, bundle, files, spoken, text, words};

/// What the names of the files begin with, and the names of the texts in them.
const BEGINNING: &str = "said-";
/// Whatever is longer is none of our sentences. Bytes.
const LONGEST: usize = 2_000;
/// So many times what is put in is looked up in what was put in.
const DEEPEST: usize = 3;
/// The unit of a figure and the blank before it have no more letters.
const LONGEST_UNIT: usize = 8;
/// Between the sentence and the details of a problem that is said in one line, and so many of them at most.
const JOINT: &str = " · ";
const MOST_PIECES: usize = 16;
/// So many texts are remembered, known or not; then it begins anew.
const REMEMBERED: usize = 2_000;

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(english()));

thread_local! {
    /// The same sentences are drawn in every frame.
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// What was looked up before: the text in the language, nothing for one that nobody knows.
#[derive(Default)]
struct Memory {
    language: Language,
    texts: HashMap<String, Option<String>>,
}

/// A text of the worker in the language that is spoken. What is not known stays as it is, and in English everything.
pub fn said(words: &str) -> Cow<'_, str> {
    let language = spoken();
    if language == Language::English || words.len() > LONGEST {
        return Cow::Borrowed(words);
    }
    remembered(language, words).unwrap_or_else(|| {
        let found = translated(&PATTERNS, words, DEEPEST, &text);
        remember(language, words, found.clone());
        found.map_or(Cow::Borrowed(words), Cow::Owned)
    })
}

/// Whether a text of the worker is known as a whole, for a test over its sources: a sentence that would disappear in
/// what another one puts in is not.
pub fn is_known(words: &str) -> bool {
    is_known_by(&PATTERNS, words)
}

fn is_known_by(patterns: &Patterns, words: &str) -> bool {
    let is_whole = |part: &&str| !has_words(part) || is_known_by(patterns, part);
    patterns.find(words).is_some_and(|(_, parts)| parts.iter().all(is_whole))
}

/// Two words or more.
fn has_words(part: &str) -> bool {
    let is_word = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    part.split_whitespace().filter(is_word).count() > 1
}

/// A text in the language that is spoken, with each pattern said by `say`; what is put in is looked up `deeper` times
/// more.
fn translated(
    patterns: &Patterns,
    words: &str,
    deeper: usize,
    say: &impl Fn(&str, &[(&str, FluentValue<'_>)]) -> String,
) -> Option<String> {
    let pieces: Vec<&str> = words.split(JOINT).collect();
    if !(2..=MOST_PIECES).contains(&pieces.len()) {
        return sentence(patterns, words, deeper, say);
    }
    let known: Vec<Option<String>> = pieces.iter().map(|piece| sentence(patterns, piece, deeper, say)).collect();
    if known.iter().all(Option::is_none) {
        return sentence(patterns, words, deeper, say);
    }
    let both = known.into_iter().zip(pieces);
    let said: Vec<String> = both.map(|(known, piece)| known.unwrap_or_else(|| piece.to_owned())).collect();
    Some(said.join(JOINT))
}

/// One sentence by the pattern that fits best.
fn sentence(
    patterns: &Patterns,
    words: &str,
    deeper: usize,
    say: &impl Fn(&str, &[(&str, FluentValue<'_>)]) -> String,
) -> Option<String> {
    let (pattern, parts) = patterns.find(words)?;
    let put_in: Vec<(&str, FluentValue<'_>)> = pattern
        .names()
        .zip(parts)
        .map(|(name, part)| {
            let known = deeper.checked_sub(1).and_then(|deeper| translated(patterns, part, deeper, say));
            let known = known.or_else(|| with_fraction(part));
            (name, FluentValue::from(known.map_or(Cow::Borrowed(part), Cow::Owned)))
        })
        .collect();
    Some(say(pattern.id(), &put_in))
}

/// A figure with a fraction, and its unit where it has one, as the language writes it; nothing for a version.
fn with_fraction(part: &str) -> Option<String> {
    let (whole, rest) = part.split_once('.')?;
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (fraction, unit) = rest.split_at(end);
    let are_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_unit =
        unit.is_empty() || unit.starts_with([' ', '\u{a0}']) && unit.chars().all(|letter| !letter.is_numeric());
    let is_figure = are_digits(whole) && are_digits(fraction) && is_unit && unit.chars().count() <= LONGEST_UNIT;
    is_figure.then(|| format!("{}{unit}", words::written(&format!("{whole}.{fraction}"))))
}

/// What a look-up of the same text gave before.
fn remembered(language: Language, words: &str) -> Option<Cow<'_, str>> {
    MEMORY.with_borrow(|memory| {
        let found = memory.texts.get(words).filter(|_| memory.language == language)?;
        Some(found.clone().map_or(Cow::Borrowed(words), Cow::Owned))
    })
}

fn remember(language: Language, words: &str, found: Option<String>) {
    MEMORY.with_borrow_mut(|memory| {
        if memory.language != language || memory.texts.len() >= REMEMBERED {
            memory.texts.clear();
            memory.language = language;
        }
        memory.texts.insert(words.to_owned(), found);
    });
}

/// Every pattern of the files.
fn english() -> Vec<Pattern> {
    let said = files::of(Language::English).iter().filter(|(file, _)| file.starts_with(BEGINNING));
    said.flat_map(|(_, text)| ids(text)).filter_map(|id| Some(Pattern::new(id, &written(id)?))).collect()
}

/// The names of the texts in a file: each begins a line.
fn ids(file: &'static str) -> impl Iterator<Item = &'static str> {
    let names = file.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name.trim_end());
    names.filter(|name| name.starts_with(BEGINNING))
}

/// The English text of this name; whoever puts nothing in is given `{$name}` in that place.
fn written(id: &str) -> Option<String> {
    let bundle = bundle(Language::English);
    let pattern = bundle.get_message(id)?.value()?;
    Some(bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned())
}

#[cfg(test)]
mod tests;
