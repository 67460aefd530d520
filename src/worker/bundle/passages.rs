//! Passages of what a person wrote: a server quotes only the beginning of a prompt, and the log writes it in one line.

use std::{collections::HashMap, ops::Range};

/// So many letters in a row are no chance. White space counts as one, whatever it is.
const PASSAGE: usize = 40;
/// So many of them are looked up at once, and it is looked at every place that far from the last one: so each passage
/// has a place to find it by.
const SEED: usize = PASSAGE / 2;

type Seed = [char; SEED];

/// Something that was written, so that each passage of it is known again.
pub struct Passages {
    letters: Vec<char>,
    /// Where so many letters stand first.
    places: HashMap<Seed, usize>,
}

/// A letter of a text: small, and where it stands in bytes.
struct Letter {
    small: char,
    place: Range<usize>,
}

impl Passages {
    /// `None` for what is no longer than a passage has to be.
    pub fn of(written: &str) -> Option<Self> {
        let letters: Vec<char> = letters(written.trim()).into_iter().map(|letter| letter.small).collect();
        if letters.len() < PASSAGE {
            return None;
        }
        let mut places = HashMap::new();
        for (at, window) in letters.windows(SEED).enumerate() {
            if let Ok(seed) = Seed::try_from(window) {
                places.entry(seed).or_insert(at);
            }
        }
        Some(Self { letters, places })
    }

    /// Puts `instead` in the place of each passage, as long as it is; tells how often.
    pub fn replace(&self, text: &str, instead: &str) -> (String, u64) {
        let letters = letters(text);
        let (mut out, mut times) = (String::with_capacity(text.len()), 0);
        // In bytes; in letters; in letters.
        let (mut kept, mut behind, mut looked) = (0, 0, 0);
        while looked + SEED <= letters.len() {
            let Some(passage) = self.around(&letters, behind, looked) else {
                looked += SEED;
                continue;
            };
            out.push_str(&text[kept..letters[passage.start].place.start]);
            out.push_str(instead);
            times += 1;
            kept = letters[passage.end - 1].place.end;
            (behind, looked) = (passage.end, passage.end);
        }
        out.push_str(&text[kept..]);
        (out, times)
    }

    /// The whole passage around this letter, which begins no earlier than `behind`; `None` where there is none.
    fn around(&self, letters: &[Letter], behind: usize, at: usize) -> Option<Range<usize>> {
        let mut seed = [' '; SEED];
        seed.iter_mut().zip(&letters[at..]).for_each(|(slot, letter)| *slot = letter.small);
        let place = *self.places.get(&seed)?;
        let same = |(one, other): &(&Letter, &char)| one.small == **other;
        let back = letters[behind..at].iter().rev().zip(self.letters[..place].iter().rev()).take_while(same).count();
        let on = letters[at..].iter().zip(&self.letters[place..]).take_while(same).count();
        let (mut start, mut end) = (at - back, at + on);
        // The end of a line belongs to the text.
        while end > start && letters[end - 1].small == ' ' {
            end -= 1;
        }
        while end > start && letters[start].small == ' ' {
            start += 1;
        }
        (end - start >= PASSAGE).then_some(start..end)
    }
}

/// The letters of a text, with one space for all white space between two words.
fn letters(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    for (start, letter) in text.char_indices() {
        let end = start + letter.len_utf8();
        let small = if letter.is_whitespace() { ' ' } else { letter.to_ascii_lowercase() };
        match letters.last_mut() {
            Some(last) if small == ' ' && last.small == ' ' => last.place.end = end,
            _ => letters.push(Letter { small, place: start..end }),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str =
        "The garden gate is open at night,\r\n\tand nobody but the \u{e9}l\u{e8}ve knows where the spare key lies";

    fn hidden(text: &str) -> (String, u64) {
        Passages::of(WRITTEN).unwrap().replace(text, "(hidden)")
    }

    #[test]
    fn each_passage_is_hidden_as_long_as_it_is() {
        for (text, expected) in [
            (WRITTEN.to_owned(), "(hidden)".to_owned()),
            (format!("said: {WRITTEN}, twice: {WRITTEN}"), "said: (hidden), twice: (hidden)".to_owned()),
            (
                "it is \"the GARDEN gate is open at night,    and nobody b\u{2026}\"\nnext line".to_owned(),
                "it is \"(hidden)\u{2026}\"\nnext line".to_owned(),
            ),
            (
                "from \u{2026}but the \u{e9}l\u{e8}ve knows\n    where the spare key lies\n    under".to_owned(),
                "from \u{2026}(hidden)\n    under".to_owned(),
            ),
        ] {
            let times = expected.matches("(hidden)").count() as u64;
            assert_eq!(hidden(&text), (expected, times), "{text}");
        }
    }

    #[test]
    fn a_passage_is_found_wherever_it_begins_and_a_few_words_are_none() {
        // Its white space counts as one letter.
        let passage = &WRITTEN[..PASSAGE + 4];
        for before in 0..2 * PASSAGE {
            let before = "x".repeat(before);
            assert_eq!(hidden(&format!("{before}{passage}yy")), (format!("{before}(hidden)yy"), 1));
        }
        for text in ["", "the garden gate", "The garden gate is open at night", "where the spare key lies"] {
            assert_eq!(hidden(text), (text.to_owned(), 0));
        }
        assert!(Passages::of("The garden gate is open").is_none());
    }

    #[test]
    fn of_what_says_the_same_over_and_over_no_more_than_a_few_words_are_left() {
        let written = "ha ".repeat(50);
        let (text, times) = Passages::of(&written).unwrap().replace(&format!("<{}>", written.trim()), "(hidden)");
        assert!(text.ends_with("(hidden)>") && text.len() <= SEED + "(hidden)>".len(), "{text}");
        assert_eq!(times, 1);
    }
}
