//! What keys are called here and what the display server calls them. Its symbols are numbers; those of letters are the
//! letters' own.

use x11rb::protocol::xproto::Keysym;

pub const SHIFT: &[Keysym] = &[0xffe1, 0xffe2];
pub const NUM_LOCK: &[Keysym] = &[0xff7f];
/// The key for the third letter of a key, which many keyboards have on the right.
pub const ALT_GR: &[Keysym] = &[0xfe03, 0xff7e];
/// Every letter that has no number of its own in the protocol: its number in Unicode and this.
const UNICODE: Keysym = 0x0100_0000;

/// Every key that is not called by the character on it, the best symbol first.
const NAMED: &[(&str, &[Keysym])] = &[
    ("space", &[0x20]),
    ("enter", &[0xff0d]),
    ("escape", &[0xff1b]),
    ("tab", &[0xff09]),
    ("backspace", &[0xff08]),
    ("delete", &[0xffff]),
    ("insert", &[0xff63]),
    ("home", &[0xff50]),
    ("end", &[0xff57]),
    ("page_up", &[0xff55]),
    ("page_down", &[0xff56]),
    ("left", &[0xff51]),
    ("right", &[0xff53]),
    ("up", &[0xff52]),
    ("down", &[0xff54]),
    ("shift", SHIFT),
    ("ctrl", &[0xffe3, 0xffe4]),
    ("alt", &[0xffe9, 0xffea]),
    ("super", &[0xffeb, 0xffec]),
    ("caps_lock", &[0xffe5]),
    ("f1", &[0xffbe]),
    ("f2", &[0xffbf]),
    ("f3", &[0xffc0]),
    ("f4", &[0xffc1]),
    ("f5", &[0xffc2]),
    ("f6", &[0xffc3]),
    ("f7", &[0xffc4]),
    ("f8", &[0xffc5]),
    ("f9", &[0xffc6]),
    ("f10", &[0xffc7]),
    ("f11", &[0xffc8]),
    ("f12", &[0xffc9]),
    ("kp_0", &[0xffb0]),
    ("kp_1", &[0xffb1]),
    ("kp_2", &[0xffb2]),
    ("kp_3", &[0xffb3]),
    ("kp_4", &[0xffb4]),
    ("kp_5", &[0xffb5]),
    ("kp_6", &[0xffb6]),
    ("kp_7", &[0xffb7]),
    ("kp_8", &[0xffb8]),
    ("kp_9", &[0xffb9]),
    ("kp_enter", &[0xff8d]),
    ("kp_plus", &[0xffab]),
    ("kp_minus", &[0xffad]),
    ("print", &[0xff61]),
    ("pause", &[0xff13]),
    ("menu", &[0xff67]),
];

/// The symbols that a key of this name may have, the best first; empty if there is no such key.
pub fn of_key(name: &str) -> Vec<Keysym> {
    if let Some((_, symbols)) = NAMED.iter().find(|(named, _)| *named == name) {
        return symbols.to_vec();
    }
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => vec![of_letter(letter)],
        _ => Vec::new(),
    }
}

/// The name of the key that has this symbol.
pub fn name_of(symbol: Keysym) -> Option<String> {
    let named = NAMED.iter().find(|(_, symbols)| symbols.contains(&symbol));
    named.map(|(name, _)| (*name).to_owned()).or_else(|| {
        let letter = char::from_u32(symbol).filter(char::is_ascii_graphic)?;
        Some(letter.to_lowercase().to_string())
    })
}

pub fn of_letter(letter: char) -> Keysym {
    let number = u32::from(letter);
    // The first of them are numbered as in Latin-1.
    if (0x20..0x7f).contains(&number) || (0xa0..0x100).contains(&number) { number } else { UNICODE + number }
}

#[cfg(test)]
mod tests {
    use super::{super::super::key::Key, *};

    #[test]
    fn every_key_has_a_symbol_and_is_found_by_it() {
        for name in Key::ALL {
            let symbols = of_key(name);
            assert!(!symbols.is_empty(), "{name}");
            assert!(symbols.iter().all(|symbol| name_of(*symbol).as_deref() == Some(*name)), "{name}");
        }
        assert!(of_key("no such key").is_empty() && of_key("").is_empty());
        assert_eq!(name_of(0), None);
    }

    #[test]
    fn letters_have_their_own_numbers() {
        assert_eq!((of_letter('a'), of_letter('ß'), of_letter('€')), (0x61, 0xdf, 0x0100_20ac));
    }
}
