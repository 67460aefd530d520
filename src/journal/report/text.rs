//! Texts from outside as they may stand in a report: without secrets, without what cannot be seen, and so that nothing
//! in them is taken for a part of the page or of the Markdown.
//!
//! Secrets go first. Signs that are put before letters would hide a key from whoever looks for one.

use std::borrow::Cow;

use crate::settings::redaction::{HIDDEN, redact};

/// Shown in place of a sign that cannot be seen or that turns the others round.
const INSTEAD: char = '\u{fffd}';
/// Nobody sees it, and it keeps a name or an address from being made into a link.
const BREAK: char = '\u{200b}';

/// The text without secrets, and otherwise as it is.
pub fn secretless(text: &str) -> String {
    redact(text).into_owned()
}

/// A value without secrets; one that is called a secret is none of anybody's business as a whole.
pub fn named(name: &str, value: &str) -> String {
    let value = redact(value);
    let together = format!("{name}=\"{value}\"");
    if matches!(redact(&together), Cow::Borrowed(_)) { value.into_owned() } else { HIDDEN.to_owned() }
}

/// The text without secrets and without signs that nobody sees. Lines end with `\n`.
pub fn plain(text: &str) -> String {
    let text = redact(text).replace("\r\n", "\n");
    text.chars().map(|letter| if is_hidden(letter) { INSTEAD } else { letter }).collect()
}

/// The same, at most so many letters long.
pub fn short(text: &str, most: usize) -> String {
    let text = plain(text);
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

fn is_hidden(letter: char) -> bool {
    let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_nothing = matches!(letter, '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}');
    turns || is_nothing || (letter.is_control() && !matches!(letter, '\n' | '\t'))
}

/// For the page: between tags and in quoted attributes.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in plain(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

/// For Markdown, all in one line.
pub fn markdown(text: &str) -> String {
    let text = plain(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    escaped(&words.join(" "))
}

/// For Markdown, line by line.
pub fn markdown_lines(text: &str) -> Vec<String> {
    plain(text).lines().map(markdown).collect()
}

/// One line, so that no letter of it means anything.
fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let mut letters = line.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        // At the beginning of a line these would make a list or a heading.
        let is_a_mark = (at == 0 && matches!(letter, '+' | '-' | '='))
            || (digits > 0 && at == digits && matches!(letter, '.' | ')') && next.is_none_or(char::is_whitespace));
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' => out.extend(['\\', letter]),
            '(' if out.ends_with("\\]") => out.push_str("\\("),
            letter if is_a_mark => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
        // Names of people, numbers of issues and addresses become links by themselves, whatever stands before them.
        if is_linked(letter, next, &line[..at]) {
            out.push(BREAK);
        }
    }
    out
}

/// Whether this letter and the next would begin a link; `before` is the line up to it.
fn is_linked(letter: char, next: Option<char>, before: &str) -> bool {
    let ends = |word: &str| {
        let length = before.len().saturating_sub(word.len());
        before.get(length..).is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    match (letter, next) {
        ('@', Some(_)) => true,
        ('#', Some(next)) => next.is_ascii_digit(),
        (':', Some('/')) => true,
        (':', Some(_)) => ends("javascript") || ends("mailto") || ends("xmpp"),
        ('w' | 'W', Some('.')) => ends("ww"),
        ('-', Some(next)) => ends("gh") && next.is_ascii_digit(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_sees_letters_and_no_tags() {
        assert_eq!(html("<b class=\"x\">'&'</b>"), "&lt;b class=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;");
        assert_eq!(html("a\u{0}b\u{1b}[31mc\u{202e}d\r\ne\tf"), "a\u{fffd}b\u{fffd}[31mc\u{fffd}d\ne\tf");
    }

    #[test]
    fn markdown_sees_letters_and_no_marks() {
        for (text, expected) in [
            ("plain words, (really) 1.5 - 2", "plain words, (really) 1.5 - 2"),
            ("a | b", "a \\| b"),
            ("<script>", "&lt;script&gt;"),
            ("![x](http://e.example)", "!\\[x\\]\\(http:\u{200b}//e.example)"),
            ("[y](javascript:alert(1))", "\\[y\\]\\(javascript:\u{200b}alert(1))"),
            ("# big", "\\# big"),
            ("1. one", "1\\. one"),
            ("12) one", "12\\) one"),
            ("127.0.0.1 took 2.5 s", "127.0.0.1 took 2.5 s"),
            ("- one", "\\- one"),
            ("=====", "\\====="),
            ("ask @somebody about #12 or GH-7", "ask @\u{200b}somebody about \\#\u{200b}12 or GH-\u{200b}7"),
            ("www.example.com", "www\u{200b}.example.com"),
            ("two\nlines\tin one", "two lines in one"),
            ("`go_to`", "\\`go\\_to\\`"),
        ] {
            assert_eq!(markdown(text), expected);
        }
        assert_eq!(markdown_lines("a\n\n# b"), ["a", "", "\\# b"]);
    }

    #[test]
    fn what_is_called_a_secret_is_hidden() {
        assert_eq!(named("password", "correct \"horse\" battery"), HIDDEN);
        assert_eq!(named("place", "Farm"), "Farm");
        assert_eq!(named("place", "sk-proj-0123456789abcdef"), HIDDEN);
    }

    #[test]
    fn what_is_cut_is_cut_between_letters() {
        assert_eq!(short("äöü", 3), "äöü");
        assert_eq!(short("äö üx", 3), "äö…");
        assert_eq!(short("", 0), "");
    }
}
