//! What a person reads stands in `assets/words`, in every language, and not between quotes in the code of the window.

use crate::literals::{Literal, literals};

/// Names that are the same in every language.
const NAMES: [&str; 9] = ["Singularis", "LM Studio", "Gemini", "Claude", "Anthropic", "Google", "F1", "Ctrl", "Cmd"];
/// What measures are counted in.
const UNITS: [&str; 12] = ["ms", "min", "kB", "MB", "GB", "kHz", "Hz", "px", "pt", "USD", "tok", "fps"];
/// What takes texts that nobody reads: names of things on the screen, files, and what others have written.
const UNREAD: [&str; 21] = [
    "id_salt",
    "Id::new",
    "push_id",
    "Panel::left",
    "Panel::right",
    "Panel::top",
    "Panel::bottom",
    "Area::new",
    "with_app_id",
    "portal.call::<_, _, OwnedValue>",
    "include_str!",
    "include_bytes!",
    "concat!",
    "split_once",
    "split",
    "strip_prefix",
    "strip_suffix",
    "starts_with",
    "ends_with",
    "contains",
    "find",
];

/// What is said by the code itself: the line, counted from 1, and the text.
pub fn unsaid(source: &str) -> impl Iterator<Item = (usize, String)> {
    let said = literals(source).into_iter().filter(|literal| !is_unread(literal) && is_for_people(&literal.text));
    said.map(|literal| (literal.line, literal.text))
}

/// Whether only the program, its log or its compiler sees this text.
fn is_unread(literal: &Literal) -> bool {
    let before = literal.before.trim_end();
    let is_attribute = before.rfind("#[") > before.rfind(']');
    let made = before.trim_end_matches('(').trim_end_matches("format!");
    let calls = made.trim_end_matches('&').trim_end_matches('(');
    is_attribute || before.contains("tracing::") || UNREAD.iter().any(|call| calls.ends_with(call))
}

/// Two words, one that is put beside something else, or one with a capital letter.
fn is_for_people(text: &str) -> bool {
    let text = NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, "{}"));
    let (text, puts_in) = without_places(&text);
    let words: Vec<&str> = text.split_whitespace().filter_map(word).collect();
    let has_capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.clone().count() > 1 && letters.all(char::is_lowercase)
    };
    match words.as_slice() {
        [] => false,
        [word] => puts_in || has_capital(word),
        _ => true,
    }
}

/// The text with a mark for each place where something is put in, and whether there is one.
fn without_places(text: &str) -> (String, bool) {
    let (mut left, mut depth, mut puts_in) = (String::new(), 0_usize, false);
    for letter in text.replace("{{", " ").replace("}}", " ").chars() {
        match letter {
            '{' => {
                depth += 1;
                puts_in = true;
                // What touches it, such as `step-{number}`, is no word.
                left.push('_');
            }
            '}' => depth = depth.saturating_sub(1),
            letter if depth == 0 => left.push(letter),
            _ => {}
        }
    }
    (left, puts_in)
}

/// A word in letters, without what stands around it in a sentence; nothing for units, keys and whatever else is data.
fn word(piece: &str) -> Option<&str> {
    let word = piece.trim_matches(|letter: char| ",.:;!?…()·×'\"„“”‘’".contains(letter));
    let is_word = word.chars().count() > 1 && word.chars().all(|letter| letter.is_alphabetic() || letter == '’');
    (is_word && !UNITS.contains(&word)).then_some(word)
}

#[test]
fn what_is_said_by_the_code_itself_is_noticed() {
    let found = |line: &str| unsaid(line).map(|(_, text)| text).collect::<Vec<_>>();
    for line in [
        "ui.label(\"Press Start\");",
        "ui.label(\"Start\");",
        "ui.label(format!(\"{count} steps\"));",
        "let words = \"not tested yet\".to_owned();",
        "Measure { name: \"Health\", words }",
        "let said = match it {\n    One => \"the first of them\",\n};",
        "#[derive(Debug)]\nconst TITLE: &str = \"Two words\";",
        "ui.label(\"LM Studio answers\".to_owned() + \" at last\");",
    ] {
        assert!(!found(line).is_empty(), "{line}");
    }
    for line in [
        "ui.label(say!(\"run-start\"));",
        "say!(\"run-step\", step = 3)",
        "ScrollArea::vertical().id_salt(\"settings it ran with\")",
        "ui.push_id((\"row of steps\", index), draw)",
        "ui.push_id(format!(\"row {index}\"), draw)",
        "if name.ends_with(&format!(\"seed {seed}\")) {",
        "let now = text.split_once(\"Now: \");",
        "tracing::warn!(\n    \"the texts of {name} are not whole: {troubles:?}\"\n);",
        "#[expect(clippy::cast_precision_loss, reason = \"drawn as a bar\")]",
        "viewport.with_title(\"Singularis\")",
        "format!(\"{:.1} kB\", count)",
        "format!(\"{} · {}\", one, other)",
        "format!(\"expert.{number}\")",
        "Frame::new() // \"Press Start\"",
        "Panel::left(\"rail\")",
        "map.get(\"lm_studio\")",
    ] {
        assert_eq!(found(line), Vec::<String>::new(), "{line}");
    }
}
