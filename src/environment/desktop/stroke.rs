//! What an action calls a key: one key, several at once, a button, or a letter as it is written.

use super::{
    key::Key,
    machine::{Button, Pressable},
};

/// So many can be down at once for one action.
const MOST_AT_ONCE: usize = 4;

/// What is pressed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// In this order; let go of the other way round.
    Together(Vec<Pressable>),
    /// Whatever has to be pressed on this keyboard to write it.
    Letter(char),
}

impl Stroke {
    /// Reads `w`, `enter`, `ctrl+shift+t`, `left button`, or a letter that is no key by itself, such as `W` or `<`. An
    /// error says in words what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut letters = text.chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            return match Key::parse(text) {
                Ok(key) if !letter.is_uppercase() => Ok(Self::Together(vec![Pressable::Key(key)])),
                Err(words) if letter.is_control() => Err(words),
                _ => Ok(Self::Letter(letter)),
            };
        }
        // As a whole first: a name may have a blank in it.
        match part(text) {
            Err(words) if !text.contains('+') => return Err(words),
            Err(_several) => {}
            Ok(one) => return Ok(Self::Together(vec![one])),
        }
        let together = text.split('+').map(part).collect::<Result<Vec<_>, _>>()?;
        let is_double = together.iter().enumerate().any(|(at, one)| together[..at].contains(one));
        if is_double {
            return Err(format!("{text} names the same key twice"));
        }
        if together.len() > MOST_AT_ONCE {
            return Err(format!("{MOST_AT_ONCE} keys at once are the most"));
        }
        Ok(Self::Together(together))
    }

    /// For people.
    pub fn words(&self) -> String {
        match self {
            Self::Together(together) => together.iter().map(Pressable::words).collect::<Vec<_>>().join("+"),
            Self::Letter(letter) => letter.to_string(),
        }
    }
}

fn part(text: &str) -> Result<Pressable, String> {
    let plain = text.trim().to_lowercase().replace('_', " ");
    let button = plain.strip_suffix(" button").or_else(|| plain.strip_prefix("button "));
    match button {
        Some(button) => Button::parse(button).map(Pressable::Button),
        None => Key::parse(text).map(Pressable::Key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn together(names: &[&str]) -> Stroke {
        Stroke::Together(names.iter().map(|name| name.parse().unwrap()).collect())
    }

    #[test]
    fn keys_buttons_and_several_at_once_are_read() {
        for (text, names) in [
            ("w", &["key w"][..]),
            ("Enter", &["key enter"]),
            ("page up", &["key page_up"]),
            ("-", &["key -"]),
            (" ", &["key space"]),
            ("ctrl+shift+T", &["key ctrl", "key shift", "key t"]),
            ("ctrl + c", &["key ctrl", "key c"]),
            ("left button", &["button left"]),
            ("button_right", &["button right"]),
            ("shift+left_button", &["key shift", "button left"]),
        ] {
            assert_eq!(Stroke::parse(text), Ok(together(names)), "{text:?}");
        }
    }

    #[test]
    fn letters_that_are_no_keys_are_written() {
        for letter in ['W', '<', '+', '?', 'ä'] {
            assert_eq!(Stroke::parse(&letter.to_string()), Ok(Stroke::Letter(letter)));
        }
    }

    #[test]
    fn what_cannot_be_pressed_is_refused_in_words() {
        for (text, words) in [
            ("", "no key called"),
            ("\u{7}", "no key called"),
            ("hello", "no key called"),
            ("fifth button", "no button called"),
            ("ctrl+", "no key called"),
            ("ctrl+ctrl", "twice"),
            ("ctrl+alt+shift+super+x", "at once"),
        ] {
            let error = Stroke::parse(text).unwrap_err();
            assert!(error.contains(words), "{text:?}: {error}");
        }
    }

    #[test]
    fn it_is_named_as_it_was_written() {
        for text in ["w", "ctrl+shift+t", "left button", "W"] {
            assert_eq!(Stroke::parse(text).unwrap().words(), text);
        }
    }
}
