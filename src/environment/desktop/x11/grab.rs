//! Keeps the stop key from the program that has the keys: it would do with it whatever it does with such a key.
//!
//! This is on a connection of its own, because the display server does not announce to the one that has taken a key
//! what happens while it is down.

use x11rb::protocol::xproto::{ConnectionExt as _, GrabMode, Keycode, ModMask};

use super::{super::machine::DesktopError, connection::Connection, keymap::Keymap, stop_key::Chord, symbols};

/// How many kinds of modifiers the protocol knows.
const KINDS: usize = 8;

/// The stop key is taken until this is dropped.
pub struct Grab {
    connection: Connection,
}

impl Grab {
    /// An error if another program has taken it already, for example.
    pub fn take(chord: &Chord, keymap: &Keymap) -> Result<Self, DesktopError> {
        let connection = Connection::open()?;
        let rows = connection.server.get_modifier_mapping()?.reply()?.keycodes;
        let held = chord.modifiers.iter().map(|codes| mask_of(&rows, codes)).fold(0, |all, one| all | one);
        let num_lock = mask_of(&rows, &keymap.codes_of(symbols::NUM_LOCK));
        for code in &chord.keys {
            for locks in with_and_without(u16::from(ModMask::LOCK), num_lock) {
                let (server, modifiers) = (&connection.server, ModMask::from(held | locks));
                let asked =
                    server.grab_key(true, connection.root, modifiers, *code, GrabMode::ASYNC, GrabMode::ASYNC)?;
                asked.check()?;
            }
        }
        Ok(Self { connection })
    }

    /// What comes in here is noticed elsewhere.
    pub fn forget_events(&self) -> Result<(), DesktopError> {
        self.connection.forget_events()
    }
}

/// The kind of modifier that these keys are, as a bit; 0 if they are none.
fn mask_of(rows: &[Keycode], codes: &[Keycode]) -> u16 {
    let keys_a_kind = (rows.len() / KINDS).max(1);
    let is_one = |code: &Keycode| *code != 0 && codes.contains(code);
    let kind = rows.chunks(keys_a_kind).position(|row| row.iter().any(is_one));
    kind.and_then(|kind| u32::try_from(kind).ok()).and_then(|kind| 1_u16.checked_shl(kind)).unwrap_or(0)
}

/// A key is taken with exactly the modifiers that are down, and locks count as such.
fn with_and_without(caps_lock: u16, num_lock: u16) -> Vec<u16> {
    let mut locks = vec![0, caps_lock];
    if num_lock != 0 {
        locks.extend([num_lock, caps_lock | num_lock]);
    }
    locks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_are_found_by_their_keys() {
        let rows = [50, 62, 66, 0, 37, 105, 64, 108, 77, 0, 0, 0, 133, 134, 92, 203];
        assert_eq!((mask_of(&rows, &[37]), mask_of(&rows, &[108, 64])), (4, 8));
        assert_eq!((mask_of(&rows, &[77]), mask_of(&rows, &[24]), mask_of(&rows, &[0])), (16, 0, 0));
        assert_eq!(mask_of(&[], &[37]), 0);
    }

    #[test]
    fn locks_are_taken_in_every_combination() {
        assert_eq!(with_and_without(2, 16), [0, 2, 16, 18]);
        assert_eq!(with_and_without(2, 0), [0, 2]);
    }
}
