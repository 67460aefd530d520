//! The text form of what can be down, such as `key w`, `button left` or `code 108`: what the guardian is told.

use std::{fmt, str::FromStr};

use super::{
    key::Key,
    machine::{Button, Pressable},
};

impl Button {
    /// Each, the usual one first.
    pub const ALL: [Self; 3] = [Self::Left, Self::Middle, Self::Right];

    /// One lower-case word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Middle => "middle",
            Self::Right => "right",
        }
    }

    /// The button of this name, letters in either case. An error says in words why there is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let word = text.trim().to_lowercase();
        let found = Self::ALL.into_iter().find(|button| button.word() == word);
        found.ok_or_else(|| format!("there is no button called {word:?}; they are left, middle and right"))
    }
}

impl Pressable {
    /// For people: `w`, `left button`, `key number 108`.
    pub fn words(&self) -> String {
        match self {
            Self::Key(key) => key.name().to_owned(),
            Self::Button(button) => format!("{} button", button.word()),
            Self::Code(code) => format!("key number {code}"),
        }
    }
}

impl fmt::Display for Pressable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(formatter, "key {key}"),
            Self::Button(button) => write!(formatter, "button {}", button.word()),
            Self::Code(code) => write!(formatter, "code {code}"),
        }
    }
}

impl FromStr for Pressable {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, name) = text.split_once(' ').unwrap_or((text, ""));
        match kind {
            "key" => Key::parse(name).map(Self::Key),
            "button" => Button::parse(name).map(Self::Button),
            "code" => name.parse().map(Self::Code).map_err(|_| format!("{name:?} is no number of a key")),
            _ => Err(format!("{kind:?} is nothing that could be down")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_comes_back_as_it_was() {
        let keys = Key::ALL.iter().map(|name| Pressable::Key(Key::parse(name).unwrap()));
        let buttons = Button::ALL.into_iter().map(Pressable::Button);
        for pressable in keys.chain(buttons).chain([Pressable::Code(108), Pressable::Code(u32::MAX)]) {
            assert_eq!(pressable.to_string().parse(), Ok(pressable));
        }
        let written: Vec<String> =
            [Pressable::Button(Button::Left), Pressable::Code(108)].map(|it| it.to_string()).into();
        assert_eq!(written, ["button left", "code 108"]);
    }

    #[test]
    fn what_is_nothing_is_refused() {
        for text in ["", "key", "key nothing", "button", "button fourth", "code", "code -1", "code x", "wheel 4"] {
            assert!(text.parse::<Pressable>().is_err(), "{text:?}");
        }
    }
}
