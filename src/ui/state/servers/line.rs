//! A command in one line, as people type it, and the words that it is made of.

use std::{
    iter::{Peekable, repeat_n},
    str::Chars,
};

/// A quotation mark of the command is not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open;

/// The words of a line. Quotation marks of either kind keep blanks together; a backslash stands for itself, as in paths,
/// unless a blank or a quotation mark follows.
pub fn split(line: &str) -> Result<Vec<String>, Open> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            blank if blank.is_whitespace() => words.extend(word.take()),
            '\'' => as_it_is(&mut letters, word.get_or_insert_default())?,
            '"' => with_escapes(&mut letters, word.get_or_insert_default())?,
            '\\' => {
                let next = letters.next_if(|&next| next.is_whitespace() || is_mark(next));
                word.get_or_insert_default().push(next.unwrap_or('\\'));
            }
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Ok(words)
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\'' | '"')
}

/// Up to the next single mark, whatever stands there.
fn as_it_is(letters: &mut Peekable<Chars<'_>>, word: &mut String) -> Result<(), Open> {
    for letter in letters {
        if letter == '\'' {
            return Ok(());
        }
        word.push(letter);
    }
    Err(Open)
}

/// Up to the next double mark. Backslashes count only before such a mark: two of them are one, an odd one makes the mark
/// a letter.
fn with_escapes(letters: &mut Peekable<Chars<'_>>, word: &mut String) -> Result<(), Open> {
    let mut backslashes = 0_usize;
    for letter in letters {
        match letter {
            '\\' => backslashes += 1,
            '"' => {
                word.extend(repeat_n('\\', backslashes / 2));
                if backslashes.is_multiple_of(2) {
                    return Ok(());
                }
                word.push('"');
                backslashes = 0;
            }
            letter => {
                word.extend(repeat_n('\\', backslashes));
                word.push(letter);
                backslashes = 0;
            }
        }
    }
    Err(Open)
}

/// The line that `split` takes apart into these words.
pub fn joined<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    words.into_iter().map(quoted).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let needs_marks = word.is_empty() || word.contains(|letter: char| letter.is_whitespace() || is_mark(letter));
    // A backslash at its end would take the blank behind it along.
    if !needs_marks && !word.ends_with('\\') {
        return word.to_owned();
    }
    if !word.contains('\'') {
        return format!("'{word}'");
    }
    let mut quoted = String::from('"');
    let mut backslashes = 0;
    for letter in word.chars() {
        if letter == '"' {
            quoted.extend(repeat_n('\\', backslashes + 1));
        }
        backslashes = if letter == '\\' { backslashes + 1 } else { 0 };
        quoted.push(letter);
    }
    quoted.extend(repeat_n('\\', backslashes));
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_split_as_a_shell_does() {
        let lines: [(&str, &[&str]); 6] = [
            ("", &[]),
            ("  npx  -y server ", &["npx", "-y", "server"]),
            ("node 'my server.js' \"a b\"c", &["node", "my server.js", "a bc"]),
            (r"say it\ now \'so\'", &["say", "it now", "'so'"]),
            (r#"say "\"so\"" '' "\\""#, &["say", "\"so\"", "", "\\"]),
            (
                r#""C:\Program Files\node.exe" C:\servers\run.js"#,
                &["C:\\Program Files\\node.exe", "C:\\servers\\run.js"],
            ),
        ];
        for (line, expected) in lines {
            assert_eq!(split(line).unwrap(), expected, "{line}");
        }
    }

    #[test]
    fn what_is_not_closed_is_said() {
        for line in ["say 'so", "say \"so", "say \"so\\\"", "it isn't"] {
            assert_eq!(split(line), Err(Open), "{line}");
        }
    }

    #[test]
    fn words_that_were_joined_can_be_split_again() {
        let words =
            ["npx", "a b", "", "it's", "\"so\"", "it's \"so\"", "C:\\a b\\", "\\\\share\\x", "end\\", "'\\\"", "é\t"];
        for first in words {
            for second in words {
                let line = joined([first, second]);
                assert_eq!(split(&line).unwrap(), [first, second], "{line}");
            }
        }
        assert_eq!(joined(["npx", "-y", "a b"]), "npx -y 'a b'");
    }
}
