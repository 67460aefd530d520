//! Keys that are lent to letters that the keyboard does not have: a key that gives nothing is made to give the letter,
//! and gives nothing again afterwards.
//!
//! Programs hear that a key gives something else before they hear that it was pressed, but then look up what it gives
//! *now*. So a key that was pressed must not be lent to another letter before everybody has looked.

use std::{
    mem,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use x11rb::{
    NO_SYMBOL,
    protocol::xproto::{ConnectionExt as _, Keycode, Keysym},
};

use super::{super::machine::DesktopError, connection::Connection, keymap::Keymap};

/// So long after it was wanted last a key keeps its letter.
const KEPT_FOR: Duration = Duration::from_millis(200);

pub struct LentKeys {
    connection: Arc<Connection>,
    /// Each with when it was wanted last, the one that was longest ago first.
    lent: Mutex<Vec<(Keycode, Instant)>>,
}

impl LentKeys {
    pub fn new(connection: Arc<Connection>) -> Self {
        Self { connection, lent: Mutex::default() }
    }

    /// A key that gives this letter from now on. An error if this keyboard has none to spare. Where all that it has are
    /// lent, this waits a moment, until one may be lent to another letter.
    ///
    /// When this returns, every program has been told.
    pub fn key_for(&self, symbol: Keysym, letter: char, keymap: &Keymap) -> Result<Keycode, DesktopError> {
        let mut lent = self.lent.lock().unwrap_or_else(PoisonError::into_inner);
        let code = match (keymap.spare().first().copied(), lent.first().copied()) {
            (Some(spare), _) => spare,
            (None, Some((oldest, wanted))) => {
                thread::sleep(KEPT_FOR.saturating_sub(wanted.elapsed()));
                oldest
            }
            (None, None) => {
                let words = format!("this keyboard has no key for {letter:?} and none to spare");
                return Err(DesktopError::Refused(words));
            }
        };
        self.give(code, symbol)?;
        lent.retain(|(other, _)| *other != code);
        lent.push((code, Instant::now()));
        Ok(code)
    }

    /// A key is about to be pressed; if it is a lent one, it keeps its letter a while longer.
    pub fn want(&self, code: Keycode) {
        let mut lent = self.lent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = lent.iter().position(|(other, _)| *other == code) {
            lent.remove(at);
            lent.push((code, Instant::now()));
        }
    }

    fn give(&self, code: Keycode, symbol: Keysym) -> Result<(), DesktopError> {
        // Without shift and with it, so that it is the same whatever is down.
        self.connection.server.change_keyboard_mapping(1, code, 2, &[symbol, symbol])?.check()?;
        Ok(())
    }
}

impl Drop for LentKeys {
    fn drop(&mut self) {
        let lent = mem::take(self.lent.get_mut().unwrap_or_else(PoisonError::into_inner));
        let Some((_, wanted)) = lent.last() else { return };
        thread::sleep(KEPT_FOR.saturating_sub(wanted.elapsed()));
        let given_back = lent.iter().try_for_each(|(code, _)| self.give(*code, NO_SYMBOL));
        if let Err(error) = given_back {
            tracing::info!("some keys still give letters that they were lent to: {error}");
        }
    }
}
