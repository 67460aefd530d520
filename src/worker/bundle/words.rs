//! Finding words in a text, and putting others in their place.

/// Names that are also words of this program. Hiding them everywhere would spoil the text and tell nobody anything.
const ORDINARY: &[&str] = &[
    "action",
    "admin",
    "agent",
    "and",
    "answer",
    "body",
    "box",
    "cause",
    "check",
    "claude",
    "cloud",
    "debian",
    "default",
    "demo",
    "desktop",
    "endpoint",
    "error",
    "expert",
    "fedora",
    "for",
    "gateway",
    "gemini",
    "guest",
    "home",
    "host",
    "journal",
    "key",
    "laptop",
    "linux",
    "local",
    "log",
    "machine",
    "mac",
    "model",
    "name",
    "not",
    "one",
    "owner",
    "proxy",
    "role",
    "root",
    "router",
    "server",
    "session",
    "settings",
    "singularis",
    "system",
    "test",
    "the",
    "time",
    "token",
    "tools",
    "ubuntu",
    "use",
    "user",
    "window",
    "windows",
    "work",
    "world",
    "you",
];
/// Shorter names would be found in half of all sentences. In letters.
const SHORTEST: usize = 3;

/// Puts `instead` in the place of `needle`, whatever its capitals, wherever what stands before and behind it fits;
/// tells how often.
pub fn replace(text: &str, needle: &str, instead: &str, fits: impl Fn(&str, &str) -> bool) -> (String, u64) {
    if needle.is_empty() {
        return (text.to_owned(), 0);
    }
    // Only ASCII is lowered, so that every place stays where it is.
    let (lower, needle) = (text.to_ascii_lowercase(), needle.to_ascii_lowercase());
    let (mut out, mut times) = (String::with_capacity(text.len()), 0);
    let (mut kept, mut looked) = (0, 0);
    while let Some(found) = lower[looked..].find(&needle) {
        let (start, end) = (looked + found, looked + found + needle.len());
        if fits(&text[..start], &text[end..]) {
            out.push_str(&text[kept..start]);
            out.push_str(instead);
            times += 1;
            (kept, looked) = (end, end);
        } else {
            looked = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out.push_str(&text[kept..]);
    (out, times)
}

/// True between two words: neither side goes on with a letter or a digit.
pub fn stands_free(before: &str, after: &str) -> bool {
    !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
}

/// True where neither side makes a longer name of it, such as `gpu-2` or `gpu.example.org` of `gpu`.
pub fn is_whole_name(before: &str, after: &str) -> bool {
    let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let goes_on = after.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    !before.ends_with(|letter: char| joins(letter) || letter == '.') && !after.starts_with(joins) && !goes_on
}

/// True for a part of a path between two strokes.
pub fn is_part_of_path(before: &str, after: &str) -> bool {
    let is_stroke = |letter: char| matches!(letter, '/' | '\\');
    before.ends_with(is_stroke)
        && (after.is_empty() || after.starts_with(|letter: char| is_stroke(letter) || !letter.is_alphanumeric()))
}

/// True for a name that is better left where it is no part of a path or an address.
pub fn is_ordinary(name: &str) -> bool {
    name.chars().count() < SHORTEST || ORDINARY.iter().any(|word| word.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_replaced_whatever_their_capitals_and_longer_ones_are_left() {
        let (text, times) = replace("Ann, ann's, Annual, JOHANN, ünann ann", "ann", "user", stands_free);
        assert_eq!((text.as_str(), times), ("user, user's, Annual, JOHANN, ünann user", 3));
        assert_eq!(replace("aaa", "aa", "b", |_, _| true), ("ba".to_owned(), 1));
        assert_eq!(replace("text", "", "b", |_, _| true), ("text".to_owned(), 0));
        assert_eq!(replace("é é", "é", "e", |_, _| true), ("e e".to_owned(), 2));
    }

    #[test]
    fn a_part_of_a_longer_name_is_another_name() {
        let (text, times) = replace("gpu gpu-2 my.gpu gpu.example.org gpu. gpu:1", "gpu", "machine-1", is_whole_name);
        assert_eq!(times, 3);
        assert_eq!(text, "machine-1 gpu-2 my.gpu gpu.example.org machine-1. machine-1:1");
    }

    #[test]
    fn ordinary_names_are_words() {
        assert!(is_ordinary("root") && is_ordinary("Demo") && is_ordinary("al"));
        assert!(!is_ordinary("ann") && !is_ordinary("tower"));
        assert!(is_part_of_path("/home/", "/x") && is_part_of_path("C:\\Users\\", ""));
        assert!(!is_part_of_path("the ", " cause") && !is_part_of_path("/", "s"));
    }
}
