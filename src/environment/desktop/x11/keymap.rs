//! Which key of the keyboard gives which symbol.
//!
//! The display server gives a table: for each key a line of symbols. Column 0 is the key alone, 1 with shift; 2 and 3
//! are the same for a second layout; 4 and 5 are with the key for third letters, 6 and 7 that in the second layout.

use x11rb::{
    NO_SYMBOL,
    connection::Connection as _,
    protocol::xproto::{ConnectionExt as _, Keycode, Keysym},
};

use super::{super::machine::DesktopError, connection::Connection};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    /// The key of the first line.
    first: Keycode,
    /// How many symbols a line has; at least one.
    columns: usize,
    symbols: Vec<Keysym>,
}

/// How a letter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke {
    pub code: Keycode,
    pub with_shift: bool,
    pub with_alt_gr: bool,
}

impl Keymap {
    /// That of now: layouts are switched.
    pub fn asked(connection: &Connection) -> Result<Self, DesktopError> {
        let setup = connection.server.setup();
        let count = setup.max_keycode.saturating_sub(setup.min_keycode).saturating_add(1);
        let reply = connection.server.get_keyboard_mapping(setup.min_keycode, count)?.reply()?;
        Ok(Self::new(setup.min_keycode, reply.keysyms_per_keycode, reply.keysyms))
    }

    pub fn new(first: Keycode, columns: u8, symbols: Vec<Keysym>) -> Self {
        Self { first, columns: usize::from(columns).max(1), symbols }
    }

    /// The best key for the first of these symbols that any key has: one that gives it alone before one that gives it
    /// with others.
    pub fn code_of(&self, symbols: &[Keysym]) -> Option<Keycode> {
        symbols.iter().find_map(|symbol| self.code_of_one(*symbol))
    }

    /// Every key that gives one of these symbols alone; if there is none, every key that gives one at all.
    pub fn codes_of(&self, symbols: &[Keysym]) -> Vec<Keycode> {
        let alone = self.codes(|line| line.first().is_some_and(|symbol| symbols.contains(symbol)));
        if alone.is_empty() { self.codes(|line| line.iter().any(|symbol| symbols.contains(symbol))) } else { alone }
    }

    /// How this symbol is written in a layout, counted from 0; `None` if no key gives it there.
    pub fn stroke_of(&self, symbol: Keysym, layout: usize) -> Option<Stroke> {
        let ways = [(0, false, false), (1, true, false), (4, false, true), (5, true, true)];
        ways.into_iter().find_map(|(column, with_shift, with_alt_gr)| {
            // There are columns for two layouts only.
            let column = if layout > 1 { return None } else { column + 2 * layout };
            let code = self.lines().find(|(_, line)| line.get(column) == Some(&symbol))?.0;
            Some(Stroke { code, with_shift, with_alt_gr })
        })
    }

    /// What a key gives alone.
    pub fn plain(&self, code: Keycode) -> Option<Keysym> {
        let (_, line) = self.lines().find(|(other, _)| *other == code)?;
        line.first().copied().filter(|symbol| *symbol != NO_SYMBOL)
    }

    /// Keys that give nothing, the last one first: the first ones have a meaning on some systems.
    pub fn spare(&self) -> Vec<Keycode> {
        let mut spare = self.codes(|line| line.iter().all(|symbol| *symbol == NO_SYMBOL));
        spare.reverse();
        spare
    }

    fn code_of_one(&self, wanted: Keysym) -> Option<Keycode> {
        (0..self.columns).find_map(|column| {
            let found = self.lines().find(|(_, line)| line.get(column) == Some(&wanted));
            found.map(|(code, _)| code)
        })
    }

    fn codes(&self, fits: impl Fn(&[Keysym]) -> bool) -> Vec<Keycode> {
        self.lines().filter(|(_, line)| fits(line)).map(|(code, _)| code).collect()
    }

    fn lines(&self) -> impl Iterator<Item = (Keycode, &[Keysym])> {
        (self.first..=Keycode::MAX).zip(self.symbols.chunks(self.columns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EURO: Keysym = 0x20ac;

    /// Three keys of a keyboard with third letters, shift, and two keys with nothing.
    fn keymap() -> Keymap {
        let a = [0x61, 0x41, 0x61, 0x41, 0xe6, 0xc6];
        let one = [0x26, 0x31, 0x26, 0x31, 0, 0];
        let e = [0x65, 0x45, 0x6c5, 0x6e5, EURO, 0];
        let shift = [0xffe1, 0, 0xffe1, 0, 0, 0];
        Keymap::new(38, 6, [a, one, e, shift, [0; 6], [0; 6]].concat())
    }

    #[test]
    fn a_key_is_found_by_what_it_gives_alone_or_else_by_anything() {
        let keymap = keymap();
        assert_eq!((keymap.code_of(&[0x61]), keymap.code_of(&[0x31])), (Some(38), Some(39)));
        assert_eq!(keymap.code_of(&[0xffe2, 0xffe1]), Some(41), "the second is as good");
        assert_eq!(keymap.code_of(&[0x7a]), None);
        assert_eq!((keymap.codes_of(&[0x61, 0x65]), keymap.codes_of(&[0x41])), (vec![38, 40], vec![38]));
        assert_eq!((keymap.plain(39), keymap.plain(42), keymap.plain(200)), (Some(0x26), None, None));
    }

    #[test]
    fn letters_take_shift_third_keys_and_the_layout_that_is_on() {
        let keymap = keymap();
        let stroke = |code, with_shift, with_alt_gr| Some(Stroke { code, with_shift, with_alt_gr });
        assert_eq!(keymap.stroke_of(0x61, 0), stroke(38, false, false));
        assert_eq!(keymap.stroke_of(0x41, 0), stroke(38, true, false));
        assert_eq!(keymap.stroke_of(EURO, 0), stroke(40, false, true));
        assert_eq!(keymap.stroke_of(0xc6, 0), stroke(38, true, true));
        assert_eq!(keymap.stroke_of(0x6c5, 1), stroke(40, false, false));
        assert_eq!(keymap.stroke_of(0x65, 1), None, "that layout has another letter there");
        assert_eq!((keymap.stroke_of(0x7a, 0), keymap.stroke_of(0x61, 2)), (None, None));
    }

    #[test]
    fn keys_with_nothing_are_spare_the_last_first() {
        assert_eq!(keymap().spare(), [43, 42]);
    }
}
