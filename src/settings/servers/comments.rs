//! JSON as people write it: with comments, and with a comma too many. Both are taken out, so that a parser can read it.

/// The same text as plain JSON; what stands in quotes stays as it is. Line breaks stay too, so that a line that a parser
/// names is the one in the file.
pub(super) fn plain_json(text: &str) -> String {
    without_trailing_commas(&without_comments(text.strip_prefix('\u{feff}').unwrap_or(text)))
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '/']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let length = if from.starts_with('"') {
            let length = quoted_length(from);
            out.push_str(&from[..length]);
            length
        } else if from.starts_with("//") {
            from.find('\n').unwrap_or(from.len())
        } else if let Some(inner) = from.strip_prefix("/*") {
            // One that never ends hides the rest, as it does for those who wrote it.
            let length = inner.find("*/").map_or(from.len(), |end| end + 4);
            out.push(' ');
            out.extend(from[..length].chars().filter(|letter| *letter == '\n'));
            length
        } else {
            out.push('/');
            1
        };
        rest = &from[length..];
    }
    out.push_str(rest);
    out
}

fn without_trailing_commas(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', ',']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let length = if from.starts_with('"') { quoted_length(from) } else { 1 };
        let is_too_many = from.starts_with(',') && from[1..].trim_start().starts_with(['}', ']']);
        if !is_too_many {
            out.push_str(&from[..length]);
        }
        rest = &from[length..];
    }
    out.push_str(rest);
    out
}

/// How many bytes the quoted text that begins here takes, with both quotes; up to the end where it is never closed.
fn quoted_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(text: &str) -> Value {
        serde_json::from_str(&plain_json(text)).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    #[test]
    fn comments_and_commas_too_many_go() {
        let text =
            "\u{feff}{ // first\n \"a\": [1, 2, /* both, \n of ] them */ ], /**/\n \"b\": {\"c\": 1,\n},\n}// end";
        assert_eq!(read(text), json!({"a": [1, 2], "b": {"c": 1}}));
    }

    #[test]
    fn what_stands_in_quotes_stays() {
        let text = r#"{"url": "https://x//y", "a": "1, }", "b": "\"//\\", "c": "/* no */", "d": ",]"}"#;
        assert_eq!(read(text), serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(plain_json(text), text);
    }

    #[test]
    fn lines_keep_their_numbers() {
        let error = serde_json::from_str::<Value>(&plain_json("{/* a\n b */\n\"x\": nonsense}")).unwrap_err();
        assert_eq!(error.line(), 3);
    }

    #[test]
    fn hostile_texts_end() {
        for text in ["", "\"", "\"\\", "/", "/*", "//", ",", ",]", "{\"a\\\": ,}", "/*/", "ü/*ü*/ü,ü\"ü"] {
            let _no_panic = plain_json(text);
        }
        assert_eq!(plain_json("[1,,]"), "[1,]", "two commas are one too many even so");
    }
}
