//! The key that stops everything: how it is written, and when it is struck.

use std::collections::HashSet;

use x11rb::protocol::xproto::Keycode;

use super::{super::key::Key, keymap::Keymap, symbols};

/// What may be held while the last key is struck.
const MODIFIERS: [&str; 4] = ["shift", "ctrl", "alt", "super"];

/// A combination such as `ctrl+alt+q`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopKey {
    modifiers: Vec<Key>,
    key: Key,
}

/// The same on a keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chord {
    /// For each modifier the keys that are it.
    pub modifiers: Vec<Vec<Keycode>>,
    pub keys: Vec<Keycode>,
}

impl StopKey {
    pub fn parse(text: &str) -> Result<Self, String> {
        let keys: Result<Vec<Key>, String> = text.split('+').map(|part| Key::parse(part.trim())).collect();
        let mut keys = keys.map_err(|words| format!("the stop key {text:?} cannot be used: {words}"))?;
        let Some(key) = keys.pop() else { return Err("there is no stop key".to_owned()) };
        match keys.iter().find(|key| !MODIFIERS.contains(&key.name())) {
            Some(other) => Err(format!("the stop key {text:?} cannot be used: {other} is not held with other keys")),
            None => Ok(Self { modifiers: keys, key }),
        }
    }

    /// `None` if this keyboard lacks one of its keys.
    pub fn on(&self, keymap: &Keymap) -> Option<Chord> {
        let codes = |key: &Key| Some(keymap.codes_of(&symbols::of_key(key.name()))).filter(|codes| !codes.is_empty());
        let modifiers = self.modifiers.iter().map(codes).collect::<Option<_>>()?;
        Some(Chord { modifiers, keys: codes(&self.key)? })
    }
}

impl Chord {
    /// Whether this key strikes it while these are down. More may be down: the agent may be holding keys.
    pub fn is_struck(&self, code: Keycode, down: &HashSet<Keycode>) -> bool {
        let is_held = |codes: &Vec<Keycode>| codes.iter().any(|code| down.contains(code));
        self.keys.contains(&code) && self.modifiers.iter().all(is_held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// q, both ctrl keys, alt and f12.
    fn keymap() -> Keymap {
        Keymap::new(24, 2, vec![0x71, 0x51, 0xffe3, 0, 0xffe4, 0, 0xffe9, 0, 0xffc9, 0])
    }

    #[test]
    fn it_is_struck_when_its_last_key_goes_down_while_the_others_are() {
        let chord = StopKey::parse("Ctrl + alt+q").unwrap().on(&keymap()).unwrap();
        assert_eq!(chord, Chord { modifiers: vec![vec![25, 26], vec![27]], keys: vec![24] });
        let is_struck = |code, down: &[Keycode]| chord.is_struck(code, &down.iter().copied().collect());
        assert!(is_struck(24, &[24, 26, 27]) && is_struck(24, &[25, 27, 24, 50]));
        assert!(!is_struck(24, &[24, 27]) && !is_struck(24, &[24]) && !is_struck(27, &[24, 25, 27]));
    }

    #[test]
    fn one_key_alone_will_do() {
        let chord = StopKey::parse("f12").unwrap().on(&keymap()).unwrap();
        assert!(chord.is_struck(28, &HashSet::new()));
    }

    #[test]
    fn what_cannot_be_struck_is_refused_in_words() {
        for text in ["", "ctrl+", "q+ctrl", "ctrl+nothing", "a+b"] {
            assert!(StopKey::parse(text).unwrap_err().contains("the stop key"), "{text:?}");
        }
        assert_eq!(StopKey::parse("super+q").unwrap().on(&keymap()), None, "there is no such key here");
    }
}
