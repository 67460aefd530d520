//! What the display itself says is down, over a connection that shares nothing with the program.

use std::time::{Duration, Instant};

use x11rb::{
    connection::Connection,
    protocol::{
        xproto::{ConnectionExt as _, KeyButMask},
        xtest::ConnectionExt as _,
    },
    rust_connection::RustConnection,
};

use crate::{PATIENCE, display, within};

/// How long something may stay down after it has to be let go of.
pub const LET_GO_WITHIN: Duration = Duration::from_millis(200);

pub struct State {
    connection: RustConnection,
    root: u32,
}

impl State {
    pub fn open() -> Self {
        let (connection, screen) = RustConnection::connect(Some(&display::name())).unwrap();
        let root = connection.setup().roots[screen].root;
        Self { connection, root }
    }

    /// The keys and buttons that are down, each by its number.
    pub fn down(&self) -> Vec<String> {
        let keys = self.connection.query_keymap().unwrap().reply().unwrap().keys;
        let is_down = |number: &usize| (keys[number / 8] >> (number % 8)) & 1 == 1;
        let mask = self.connection.query_pointer(self.root).unwrap().reply().unwrap().mask;
        let buttons = [KeyButMask::BUTTON1, KeyButMask::BUTTON2, KeyButMask::BUTTON3];
        let buttons = (1..).zip(buttons).filter(|(_, button)| mask.contains(*button));
        let buttons = buttons.map(|(number, _): (u8, _)| format!("button {number}"));
        (0..256).filter(is_down).map(|number| format!("key {number}")).chain(buttons).collect()
    }

    /// Where the pointer is.
    pub fn pointer(&self) -> (i16, i16) {
        let pointer = self.connection.query_pointer(self.root).unwrap().reply().unwrap();
        (pointer.root_x, pointer.root_y)
    }

    /// Presses a key or button by its number, as any program could.
    pub fn press(&self, kind: u8, number: u8) {
        self.connection.xtest_fake_input(kind, number, 0, self.root, 0, 0, 0).unwrap().check().unwrap();
    }

    /// Waits until something is down.
    pub fn until_down(&self) -> Vec<String> {
        within(PATIENCE, "a key to be down", || Some(self.down()).filter(|down| !down.is_empty())).0
    }

    /// Waits until nothing is down any more, which must not take longer than it may, and says how long that was.
    pub fn let_go_since(&self, since: Instant, what: &str) -> Duration {
        let (mut looked, mut starved) = (Instant::now(), Duration::ZERO);
        within(PATIENCE, "everything to be let go of", || {
            // A look comes every few milliseconds; where none does, the machine did something else.
            starved += looked.elapsed().saturating_sub(Duration::from_millis(10));
            looked = Instant::now();
            self.down().is_empty().then_some(())
        });
        let took = since.elapsed().saturating_sub(starved);
        eprintln!("let go of {:.1} ms after {what}", took.as_secs_f64() * 1000.0);
        assert!(took <= LET_GO_WITHIN, "it took {took:?} after {what}");
        took
    }
}
