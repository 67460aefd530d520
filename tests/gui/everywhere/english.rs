//! Whether a text is one of the English catalogue: its texts as patterns, read from the files that they stand in.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
    path::Path,
};

/// Stands for whatever is put in.
const ANYTHING: char = '\u{1}';
/// So many forms of one text are enough.
const MOST_FORMS: usize = 64;

/// The English texts that are not the same in German, and the German ones that say something.
pub struct English {
    /// Each with whether it can be told from somebody's name or data.
    texts: Vec<(String, bool)>,
    german: Vec<String>,
    /// What was asked before: most of what stands on a screen stands there in many states.
    answered: RefCell<HashMap<(String, bool), bool>>,
}

impl English {
    pub fn read() -> Self {
        let (english, german) = (texts_of("en"), texts_of("de"));
        let all = |texts: &BTreeMap<String, String>| texts.values().flat_map(|text| forms(text)).collect::<Vec<_>>();
        let (mut texts, german) = (all(&english), all(&german));
        texts.retain(|text| !german.contains(text));
        Self::of(texts, german)
    }

    fn of(texts: Vec<String>, mut german: Vec<String>) -> Self {
        german.retain(|text| !words(text).is_empty());
        let texts = texts.into_iter().map(|text| (text.clone(), is_telling(&text))).collect();
        Self { texts, german, answered: RefCell::default() }
    }

    /// True when somebody who reads German reads this in English. A single word may be somebody's name or data, unless
    /// it stands on a control.
    pub fn is_said_by(&self, name: &str, is_control: bool) -> bool {
        let mut answered = self.answered.borrow_mut();
        *answered.entry((name.to_owned(), is_control)).or_insert_with(|| {
            let mut texts = self.texts.iter();
            let is_english =
                texts.any(|(text, is_telling)| (*is_telling || (is_control && text == name)) && fits(text, name));
            is_english && !self.german.iter().any(|text| fits(text, name))
        })
    }
}

fn is_telling(text: &str) -> bool {
    let words = words(text);
    words.len() > 1 && words.iter().map(|word| word.len()).sum::<usize>() >= 8
}

fn words(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    words.filter(|word| word.chars().count() > 1).collect()
}

/// The texts of a language by their names, as they stand in its files.
fn texts_of(language: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/words").join(language);
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let mut current = None;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                let (id, value) = line.split_once('=').unwrap();
                found.insert(id.trim().to_owned(), value.trim().to_owned());
                current = Some(id.trim().to_owned());
            } else if let Some(text) = current.as_ref().and_then(|id| found.get_mut(id)) {
                *text = format!("{text}\n{}", line.trim());
            }
        }
    }
    found.values_mut().for_each(|text| *text = text.trim().to_owned());
    found
}

/// The text once for each way in which its plurals can turn out, with a mark for whatever is put in.
fn forms(text: &str) -> Vec<String> {
    let Some((before, rest)) = text.split_once('{') else { return vec![text.to_owned()] };
    let mut depth = 1;
    let end = rest.char_indices().find(|(_, letter)| {
        depth += i32::from(*letter == '{') - i32::from(*letter == '}');
        depth == 0
    });
    let Some((end, _)) = end else { return vec![text.to_owned()] };
    let (inner, after) = (rest[..end].trim(), &rest[end + 1..]);
    let options: Vec<String> = match inner.split_once("->") {
        Some((_, variants)) => variants.lines().filter_map(variant).flat_map(|text| forms(&text)).collect(),
        None if inner.starts_with('"') => vec![inner.trim_matches('"').to_owned()],
        None => vec![ANYTHING.to_string()],
    };
    let tails = forms(after);
    let all = options.iter().flat_map(|option| tails.iter().map(move |tail| format!("{before}{option}{tail}")));
    all.take(MOST_FORMS).collect()
}

/// The text of a line such as `[one] 1 step` or `*[other] { $count } steps`.
fn variant(line: &str) -> Option<String> {
    let (_, text) = line.trim().trim_start_matches('*').strip_prefix('[')?.split_once(']')?;
    Some(text.trim().to_owned())
}

/// Whether a text with its marks can have become this name.
fn fits(text: &str, name: &str) -> bool {
    let pieces: Vec<&str> = text.split(ANYTHING).collect();
    let [first, middle @ .., last] = pieces.as_slice() else { return text == name };
    let Some(rest) = name.strip_prefix(*first) else { return false };
    let Some(mut rest) = rest.strip_suffix(*last) else { return false };
    middle.iter().all(|piece| match rest.split_once(*piece) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

#[test]
fn a_text_is_recognised_whatever_was_put_in() {
    let steps = "{ $count ->\n[one] 1 step\n*[other] { $count } steps\n} of { $all } were done";
    let found = forms(steps);
    assert_eq!(found.len(), 2);
    let is_said = |name: &str| found.iter().any(|text| fits(text, name));
    assert!(is_said("1 step of 9 were done") && is_said("12 steps of 9 were done"));
    assert!(!is_said("12 Schritte von 9 sind getan") && !is_said("12 steps"));
    assert!(fits("Start", "Start") && !fits("Start", "Starten"));
    assert_eq!(forms("{ \"[x]\" } left"), ["[x] left"]);
    let english = English::of(vec!["Stop".into(), "The check is running".into()], vec!["Prüfung".into()]);
    assert!(english.is_said_by("Stop", true) && !english.is_said_by("Stop", false));
    assert!(english.is_said_by("The check is running", false) && !english.is_said_by("Prüfung", true));
}
