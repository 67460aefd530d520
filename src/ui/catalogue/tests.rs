//! Every text is there in every language, with the same things put in, and is used.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{files, *};

/// What a text puts in, and how many texts there are under a name.
type Texts = BTreeMap<String, BTreeSet<String>>;

/// The texts of a language by their names, each with what is put in.
fn texts(language: Language) -> Texts {
    let mut found = Texts::new();
    for (file, text) in files::of(language) {
        let resource = FluentResource::try_new((*text).to_owned())
            .unwrap_or_else(|(_, troubles)| panic!("{language:?} {file}: {troubles:?}"));
        assert!(resource.entries().count() > 0, "{language:?} {file} is empty");
        let mut name = None;
        for line in text.lines() {
            let is_new = line.starts_with(|letter: char| letter.is_ascii_alphabetic());
            if let Some((id, _)) = line.split_once('=').filter(|_| is_new) {
                name = Some(id.trim().to_owned());
                let before = found.insert(id.trim().to_owned(), BTreeSet::new());
                assert!(before.is_none(), "{language:?} {file}: {id} stands twice");
            }
            for (at, _) in line.match_indices('$') {
                let put_in = line[at + 1..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_');
                found.get_mut(name.as_ref().unwrap()).unwrap().insert(put_in.collect());
            }
        }
    }
    found
}

/// The names that the window's own code says, each with what it puts in.
fn said(folder: &Path, found: &mut Vec<(String, BTreeSet<String>, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            said(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for (at, call) in text.match_indices("say!(") {
            let line = text[..at].rsplit('\n').next().unwrap_or_default();
            let rest = text[at + call.len()..].trim_start();
            // What a comment tells of is no call, nor what this file looks for.
            let Some(rest) = rest.strip_prefix('"').filter(|_| !line.trim_start().starts_with("//")) else { continue };
            let Some((id, rest)) = rest.split_once('"') else { continue };
            if !id.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-') {
                continue;
            }
            found.push((id.to_owned(), put_in(rest), path.display().to_string()));
        }
    }
}

/// The names before `=` at the outermost level of a call's arguments.
fn put_in(arguments: &str) -> BTreeSet<String> {
    let (mut depth, mut piece, mut pieces) = (0_i32, String::new(), Vec::new());
    let mut is_text = false;
    let mut before = ' ';
    for letter in arguments.chars() {
        match letter {
            '"' if before != '\\' => is_text = !is_text,
            '(' | '[' | '{' if !is_text => depth += 1,
            ')' if !is_text && depth == 0 => break,
            ')' | ']' | '}' if !is_text => depth -= 1,
            ',' if !is_text && depth == 0 => pieces.push(std::mem::take(&mut piece)),
            _ => {}
        }
        if !(letter == ',' && depth == 0 && !is_text) {
            piece.push(letter);
        }
        before = letter;
    }
    pieces.push(piece);
    let names = pieces.iter().filter_map(|piece| piece.split_once('=')).map(|(name, _)| name.trim().to_owned());
    names.filter(|name| name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')).collect()
}

#[test]
fn every_language_has_every_text_with_the_same_things_put_in() {
    let (english, german) = (texts(Language::English), texts(Language::German));
    let names = |texts: &Texts| texts.keys().cloned().collect::<BTreeSet<_>>();
    let missing: Vec<String> = names(&english).symmetric_difference(&names(&german)).cloned().collect();
    assert_eq!(missing, Vec::<String>::new(), "these stand in one language only");
    for (id, put_in) in &english {
        assert_eq!(put_in, &german[id], "{id} puts in other things");
    }
}

#[test]
fn whatever_is_said_is_there_and_whatever_is_there_is_said() {
    let english = texts(Language::English);
    let mut calls = Vec::new();
    said(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui"), &mut calls);
    let mut wrong = Vec::new();
    for (id, put_in, file) in &calls {
        match english.get(id) {
            None => wrong.push(format!("{file} says {id}, which no file has")),
            Some(wanted) if wanted != put_in => {
                wrong.push(format!("{file} gives {id} {put_in:?} instead of {wanted:?}"));
            }
            Some(_) => {}
        }
    }
    let used: BTreeSet<&String> = calls.iter().map(|(id, ..)| id).collect();
    // What the worker says is found by its text.
    let unused = english.keys().filter(|id| !used.contains(id) && !id.starts_with("said-"));
    wrong.extend(unused.map(|id| format!("nobody says {id}")));
    assert!(wrong.is_empty(), "{} mistakes:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_text_is_said_in_the_language_that_was_chosen_and_counts_properly() {
    speak(Language::English);
    assert_eq!(say!("shared-steps", count = 1), "1 step");
    assert_eq!(say!("shared-steps", count = 3), "3 steps");
    speak(Language::German);
    assert_eq!(say!("shared-steps", count = 1), "1 Schritt");
    assert_eq!(spoken(), Language::German);
    speak(Language::English);
}

#[test]
fn a_number_that_is_put_in_is_marked_as_its_language_does_it() {
    speak(Language::English);
    assert_eq!(
        [say!("shared-steps", count = 9999), say!("shared-steps", count = 12_345)],
        ["9999 steps", "12,345 steps"]
    );
    speak(Language::German);
    assert_eq!(say!("shared-steps", count = 12_345), "12.345 Schritte");
    speak(Language::English);
}

#[test]
fn no_line_is_broken_between_a_figure_and_its_unit() {
    const UNITS: [&str; 11] = ["s", "ms", "min", "h", "B", "kB", "MB", "GB", "px", "%", "Token/s"];
    let mut parted = Vec::new();
    for language in Language::ALL {
        for (file, text) in files::of(language) {
            for (at, _) in text.match_indices("} ") {
                let rest =
                    text[at + 2..].split(|letter: char| letter.is_whitespace() || ",;:)".contains(letter)).next();
                if rest.is_some_and(|rest| UNITS.contains(&rest)) && !file.starts_with("said-") {
                    parted.push(format!("{language:?} {file}: {}", text[at..].lines().next().unwrap_or_default()));
                }
            }
        }
    }
    assert_eq!(parted, Vec::<String>::new());
}
