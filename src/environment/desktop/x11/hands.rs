//! Presses and points, by the part of the protocol that was made for testing: for programs it is the same as a keyboard
//! and a mouse. Events that are sent to a window instead are not taken by many games.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use x11rb::{
    CURRENT_TIME,
    cookie::VoidCookie,
    protocol::{
        xproto::{
            BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, KEY_PRESS_EVENT, KEY_RELEASE_EVENT,
            KeyButMask, MOTION_NOTIFY_EVENT,
        },
        xtest,
    },
    rust_connection::RustConnection,
};

use super::{
    super::{
        key::Key,
        machine::{Button, DesktopError, Hands, Pressable},
    },
    area::coordinate,
    connection::Connection,
    keymap::{Keymap, Stroke},
    lent::LentKeys,
    sent::{Deed, Sent},
    symbols,
    wire::Wire,
};

/// The wheel is four buttons.
const WHEEL_UP: u8 = 4;
const WHEEL_DOWN: u8 = 5;
const WHEEL_LEFT: u8 = 6;
const WHEEL_RIGHT: u8 = 7;
/// The most that the wheel is turned at once. Notches.
const MOST_NOTCHES: u32 = 100;
/// Where the layout that is on stands among the bits of what is down.
const LAYOUT_BITS: u16 = 13;

pub struct XHands {
    connection: Arc<Connection>,
    sent: Arc<Sent>,
    /// By which number each went down: layouts are switched while a key is held, and it must come up all the same.
    down: Mutex<HashMap<Pressable, u8>>,
    lent: LentKeys,
}

impl XHands {
    /// An error if keys and mouse cannot be used on this display.
    pub fn open(sent: Arc<Sent>) -> Result<Self, DesktopError> {
        let connection = Arc::new(Connection::open()?);
        if !connection.speaks(xtest::X11_EXTENSION_NAME)? {
            let words = "The display server lets no program press keys: it lacks its XTEST extension";
            return Err(DesktopError::Absent(words.to_owned()));
        }
        let lent = LentKeys::new(Arc::clone(&connection));
        Ok(Self { connection, sent, down: Mutex::default(), lent })
    }

    fn keymap(&self) -> Result<Keymap, DesktopError> {
        self.connection.forget_events()?;
        Keymap::asked(&self.connection)
    }

    fn number_of(&self, what: &Pressable) -> Result<u8, DesktopError> {
        match what {
            Pressable::Button(button) => self.number_of_button(*button),
            Pressable::Key(key) => {
                let code = self.keymap()?.code_of(&symbols::of_key(key.name()));
                code.ok_or_else(|| DesktopError::Refused(format!("this keyboard has no key {key}")))
            }
            Pressable::Code(code) => {
                let no_key = |_| DesktopError::Refused(format!("no key has the number {code}"));
                u8::try_from(*code).map_err(no_key)
            }
        }
    }

    /// Where the buttons are swapped for the left hand, another one is to be pressed.
    fn number_of_button(&self, button: Button) -> Result<u8, DesktopError> {
        let wanted = match button {
            Button::Left => 1,
            Button::Middle => 2,
            Button::Right => 3,
        };
        let map = self.connection.server.get_pointer_mapping()?.reply()?.map;
        let at = map.iter().position(|meaning| *meaning == wanted);
        Ok(at.and_then(|at| u8::try_from(at + 1).ok()).unwrap_or(wanted))
    }

    fn send(&self, kind: u8, detail: u8, to: (i16, i16)) -> Result<VoidCookie<'_, RustConnection<Wire>>, DesktopError> {
        let deed = match kind {
            KEY_PRESS_EVENT => Some(Deed::Key(detail.into())),
            BUTTON_PRESS_EVENT => Some(Deed::Button(detail.into())),
            MOTION_NOTIFY_EVENT => Some(Deed::Motion),
            _ => None,
        };
        if let Some(deed) = deed {
            self.sent.note(deed, Instant::now());
        }
        let Connection { server, root, .. } = &*self.connection;
        Ok(xtest::fake_input(server, kind, detail, CURRENT_TIME, *root, to.0, to.1, 0)?)
    }

    fn turn(&self, wheel: u8, notches: u32) -> Result<(), DesktopError> {
        for _notch in 0..notches.min(MOST_NOTCHES) {
            self.send(BUTTON_PRESS_EVENT, wheel, (0, 0))?.ignore_error();
            self.send(BUTTON_RELEASE_EVENT, wheel, (0, 0))?.check()?;
        }
        Ok(())
    }

    /// A key by its name where it has one, for people, and else by its number.
    fn named(keymap: &Keymap, code: u8) -> Pressable {
        let key = keymap.plain(code).and_then(symbols::name_of).and_then(|name| Key::parse(&name).ok());
        let is_the_same = |key: &Key| keymap.code_of(&symbols::of_key(key.name())) == Some(code);
        key.filter(is_the_same).map_or(Pressable::Code(code.into()), Pressable::Key)
    }
}

impl Hands for XHands {
    fn set(&self, what: &Pressable, is_down: bool) -> Result<(), DesktopError> {
        let known = self.down.lock().unwrap_or_else(PoisonError::into_inner).get(what).copied();
        let number = match known.filter(|_| !is_down) {
            Some(number) => number,
            None => self.number_of(what)?,
        };
        if is_down {
            self.down.lock().unwrap_or_else(PoisonError::into_inner).insert(what.clone(), number);
        }
        let kind = match (what, is_down) {
            (Pressable::Button(_), true) => BUTTON_PRESS_EVENT,
            (Pressable::Button(_), false) => BUTTON_RELEASE_EVENT,
            (_, true) => KEY_PRESS_EVENT,
            (_, false) => KEY_RELEASE_EVENT,
        };
        // Checked, so that it has happened when this returns.
        self.send(kind, number, (0, 0))?.check()?;
        if !is_down {
            self.down.lock().unwrap_or_else(PoisonError::into_inner).remove(what);
        }
        Ok(())
    }

    fn point(&self, x: i32, y: i32) -> Result<(), DesktopError> {
        self.send(MOTION_NOTIFY_EVENT, 0, (coordinate(x), coordinate(y)))?.check()?;
        Ok(())
    }

    fn pointer(&self) -> Result<(i32, i32), DesktopError> {
        let pointer = self.connection.server.query_pointer(self.connection.root)?.reply()?;
        Ok((pointer.root_x.into(), pointer.root_y.into()))
    }

    fn scroll(&self, right: i32, down: i32) -> Result<(), DesktopError> {
        self.turn(if right < 0 { WHEEL_LEFT } else { WHEEL_RIGHT }, right.unsigned_abs())?;
        self.turn(if down < 0 { WHEEL_UP } else { WHEEL_DOWN }, down.unsigned_abs())
    }

    fn strokes(&self, letter: char) -> Result<Vec<Pressable>, DesktopError> {
        let named = |name: &str| Key::parse(name).map(Pressable::Key).map_err(DesktopError::Refused);
        match letter {
            '\n' | '\r' => return Ok(vec![named("enter")?]),
            '\t' => return Ok(vec![named("tab")?]),
            _ if letter.is_control() => {
                return Err(DesktopError::Refused(format!("{letter:?} is no letter that could be typed")));
            }
            _ => {}
        }
        let keymap = self.keymap()?;
        let state = self.connection.server.query_pointer(self.connection.root)?.reply()?.mask;
        let symbol = symbols::of_letter(letter);
        let layout = usize::from((u16::from(state) >> LAYOUT_BITS) & 3);
        let alt_gr = keymap.code_of(symbols::ALT_GR);
        let stroke = keymap.stroke_of(symbol, layout).filter(|stroke| !stroke.with_alt_gr || alt_gr.is_some());
        let Some(Stroke { code, with_shift, with_alt_gr }) = stroke else {
            let lent = self.lent.key_for(symbol, letter, &keymap)?;
            return Ok(vec![Pressable::Code(lent.into())]);
        };
        self.lent.want(code);
        let is_locked = u16::from(state) & u16::from(KeyButMask::LOCK) != 0;
        let has_case = letter.is_lowercase() != letter.is_uppercase();
        let mut strokes = Vec::new();
        // With the lock for capitals on, shift gives the small ones.
        if with_shift != (is_locked && has_case && !with_alt_gr) {
            strokes.push(named("shift")?);
        }
        strokes.extend(alt_gr.filter(|_| with_alt_gr).map(|code| Pressable::Code(code.into())));
        strokes.push(Self::named(&keymap, code));
        Ok(strokes)
    }

    fn down(&self) -> Result<Vec<String>, DesktopError> {
        let keymap = self.keymap()?;
        let keys = self.connection.server.query_keymap()?.reply()?.keys;
        let mask = u16::from(self.connection.server.query_pointer(self.connection.root)?.reply()?.mask);
        let mut down: Vec<String> = pressed(&keys).map(|code| Self::named(&keymap, code).words()).collect();
        let buttons = [
            (KeyButMask::BUTTON1, Button::Left),
            (KeyButMask::BUTTON2, Button::Middle),
            (KeyButMask::BUTTON3, Button::Right),
        ];
        let pressed_buttons = buttons.into_iter().filter(|(bit, _)| mask & u16::from(*bit) != 0);
        down.extend(pressed_buttons.map(|(_, button)| Pressable::Button(button).words()));
        Ok(down)
    }
}

/// The numbers of the keys that are down, from one bit for each.
pub fn pressed(keys: &[u8; 32]) -> impl Iterator<Item = u8> {
    (0..=u8::MAX).filter(move |code| keys[usize::from(code / 8)] & (1 << (code % 8)) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_down_are_read_from_their_bits() {
        let mut keys = [0; 32];
        keys[3] = 0b10;
        keys[31] = 0x80;
        assert_eq!(pressed(&keys).collect::<Vec<_>>(), [25, 255]);
    }

    #[test]
    fn a_key_is_called_by_its_name_only_where_that_leads_back_to_it() {
        let keymap = Keymap::new(24, 2, vec![0x71, 0x51, 0x71, 0, 0x6c5, 0]);
        let key = |name: &str| Pressable::Key(Key::parse(name).unwrap());
        assert_eq!(XHands::named(&keymap, 24), key("q"));
        assert_eq!(XHands::named(&keymap, 25), Pressable::Code(25), "q is another one");
        assert_eq!(XHands::named(&keymap, 26), Pressable::Code(26));
    }
}
