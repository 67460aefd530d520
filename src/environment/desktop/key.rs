//! The names of keys: what is printed on them, in lower case.
//!
//! A key is a key, not a letter: `1` and `!` are the same one. Which letter it gives is the keyboard's business.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One key, by its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key(String);

/// What people and models also call them.
const ALSO: &[(&str, &str)] = &[
    (" ", "space"),
    ("spacebar", "space"),
    ("return", "enter"),
    ("\n", "enter"),
    ("esc", "escape"),
    ("del", "delete"),
    ("ins", "insert"),
    ("back_space", "backspace"),
    ("pageup", "page_up"),
    ("pgup", "page_up"),
    ("pagedown", "page_down"),
    ("pgdn", "page_down"),
    ("arrow_left", "left"),
    ("arrowleft", "left"),
    ("arrow_right", "right"),
    ("arrowright", "right"),
    ("arrow_up", "up"),
    ("arrowup", "up"),
    ("arrow_down", "down"),
    ("arrowdown", "down"),
    ("control", "ctrl"),
    ("option", "alt"),
    ("win", "super"),
    ("windows", "super"),
    ("cmd", "super"),
    ("command", "super"),
    ("meta", "super"),
    ("capslock", "caps_lock"),
    ("printscreen", "print"),
    ("print_screen", "print"),
    ("period", "."),
    ("dot", "."),
    ("comma", ","),
    ("minus", "-"),
    ("equal", "="),
    ("equals", "="),
    ("semicolon", ";"),
    ("apostrophe", "'"),
    ("quote", "'"),
    ("slash", "/"),
    ("backslash", "\\"),
    ("grave", "`"),
    ("backtick", "`"),
];

impl Key {
    /// Every name, in the order of a list for people.
    #[rustfmt::skip]
    pub const ALL: &[&str] = &[
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u",
        "v", "w", "x", "y", "z", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", ",", "-", "=", "[", "]",
        ";", "'", "/", "\\", "`", "space", "enter", "escape", "tab", "backspace", "delete", "insert", "home",
        "end", "page_up", "page_down", "left", "right", "up", "down", "shift", "ctrl", "alt", "super",
        "caps_lock", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12", "kp_0", "kp_1",
        "kp_2", "kp_3", "kp_4", "kp_5", "kp_6", "kp_7", "kp_8", "kp_9", "kp_enter", "kp_plus", "kp_minus",
        "print", "pause", "menu",
    ];

    /// The key of this name, letters in either case. An error says in words why there is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let given = text.to_lowercase();
        // A blank is a key too, so it is not trimmed away before it was looked for.
        let known = |name: &str| {
            let also = ALSO.iter().find(|(other, _)| *other == name).map(|(_, name)| *name);
            also.or_else(|| Self::ALL.iter().find(|known| **known == name).copied())
        };
        let name = known(&given).or_else(|| {
            let plain = given.trim().replace([' ', '-'], "_");
            known(given.trim()).or_else(|| known(&plain))
        });
        name.map(|name| Self(name.to_owned())).ok_or_else(|| {
            let mut shown: String = text.chars().take(40).collect();
            if shown.len() < text.len() {
                shown.push('…');
            }
            format!(
                "there is no key called {shown:?}; keys are called such as w, 1, space, enter, shift, f5 or page_up"
            )
        })
    }

    /// Its name, as in [`ALL`](Self::ALL).
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_is_its_own_and_is_found_again() {
        let names: BTreeSet<&str> = Key::ALL.iter().copied().collect();
        assert_eq!(names.len(), Key::ALL.len(), "none stands twice");
        for name in Key::ALL {
            assert_eq!(Key::parse(name).unwrap().name(), *name);
            assert_eq!(Key::parse(&name.to_uppercase()).unwrap().name(), *name);
        }
        for (also, name) in ALSO {
            assert!(!names.contains(also), "{also} would be hidden");
            assert_eq!(Key::parse(also).unwrap().name(), *name);
        }
    }

    #[test]
    fn other_spellings_are_understood_and_what_is_no_key_is_refused_in_words() {
        for (text, name) in [(" Page Up ", "page_up"), ("Caps-Lock", "caps_lock"), (" ", "space"), ("-", "-")] {
            assert_eq!(Key::parse(text).as_ref().map(Key::name), Ok(name), "{text:?}");
        }
        for text in ["", "!", "ctrl+c", "f13", "ß"] {
            assert!(Key::parse(text).unwrap_err().contains("no key called"), "{text:?}");
        }
        assert!(Key::parse(&"x".repeat(10_000)).unwrap_err().len() < 200);
    }
}
