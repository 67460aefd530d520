//! What is searched for in lines, in capitals or not.

/// A search, prepared for many lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    /// In small letters.
    words: String,
}

impl Needle {
    /// What was typed.
    pub fn of(typed: &str) -> Self {
        Self { words: typed.to_lowercase() }
    }

    /// True where a text contains it; nothing is contained in everything.
    pub fn is_in(&self, text: &str) -> bool {
        let (needle, text_bytes) = (self.words.as_bytes(), text.as_bytes());
        let Some((first, rest)) = needle.split_first() else { return true };
        if !self.words.is_ascii() {
            return text.to_lowercase().contains(&self.words);
        }
        // Plain letters, which is nearly always: byte by byte, without a copy of the text.
        text_bytes.iter().enumerate().any(|(at, byte)| {
            byte.to_ascii_lowercase() == *first
                && text_bytes.get(at + 1..at + needle.len()).is_some_and(|found| found.eq_ignore_ascii_case(rest))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_found_in_capitals_or_not_and_at_both_ends() {
        let is_in = |typed: &str, text: &str| Needle::of(typed).is_in(text);
        assert!(is_in("ANSWER", "no Answer came") && is_in("no", "no") && is_in("came", "an answer CAME"));
        assert!(is_in("größe", "Die GRÖSSE und die GRÖßE") && !is_in("grösse", "GRÖßE"));
        assert!(!is_in("answers", "answer") && !is_in("a", "") && is_in("", ""));
        assert!(is_in("aab", "aaab"), "it may begin within what looked like it");
        assert!(is_in("fe", "kaffee") && is_in("e a", "größe a"));
    }
}
