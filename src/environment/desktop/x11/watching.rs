//! The thread that notices the user.

use std::{
    collections::HashSet,
    os::{fd::AsFd, unix::net::UnixStream},
    sync::Arc,
    time::{Duration, Instant},
};

use x11rb::{
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{ConnectionExt as _, Keycode},
    },
};

use super::{
    super::machine::{Activity, DesktopError},
    connection::Connection,
    grab::Grab,
    hands::pressed,
    keymap::Keymap,
    sent::{Deed, Sent},
    stop_key::{Chord, StopKey},
    wire::Waited,
};

/// Each kind of thing is said that often at most: a moving mouse is announced hundreds of times a second.
const SAID_EVERY: Duration = Duration::from_millis(50);
/// After so long without a deed it is asked which keys are down, in case an announcement was lost.
const IDLE: Duration = Duration::from_millis(500);

pub struct Watching {
    connection: Connection,
    stop_key: StopKey,
    chord: Chord,
    /// Held for what it does.
    grab: Option<Grab>,
    /// Every key that is down, whoever holds it.
    down: HashSet<Keycode>,
    sent: Arc<Sent>,
    heard: Box<dyn Fn(Activity) + Send + Sync>,
    said: Said,
}

/// What was said when.
#[derive(Default)]
struct Said(Vec<(Activity, Instant)>);

impl Watching {
    pub fn begin(
        connection: Connection,
        stop_key: StopKey,
        sent: Arc<Sent>,
        heard: Box<dyn Fn(Activity) + Send + Sync>,
    ) -> Result<Self, DesktopError> {
        let keymap = Keymap::asked(&connection)?;
        let lacking = || DesktopError::Refused("this keyboard lacks a key of the stop key".to_owned());
        let chord = stop_key.on(&keymap).ok_or_else(lacking)?;
        let grab = taken(&chord, &keymap);
        let down = keys_down(&connection)?;
        Ok(Self { connection, stop_key, chord, grab, down, sent, heard, said: Said::default() })
    }

    /// Until the other end of `wake` is closed, or the display server is gone, which is said: nobody may go on as if the
    /// user were still noticed.
    pub fn watch(&mut self, wake: &UnixStream) {
        if let Err(error) = self.watch_on(wake) {
            tracing::warn!("nobody notices any more who uses mouse and keyboard: {error}");
            (self.heard)(Activity::NoticedNoMore);
        }
    }

    fn watch_on(&mut self, wake: &UnixStream) -> Result<(), DesktopError> {
        loop {
            while let Some(event) = self.connection.server.poll_for_event()? {
                self.take(&event);
            }
            let waited = self.connection.server.stream().wait(Some(wake.as_fd()), IDLE);
            match waited.map_err(|error| DesktopError::Lost(error.to_string()))? {
                Waited::Woken => return Ok(()),
                Waited::Said => {}
                Waited::InVain => self.look_again(),
            }
        }
    }

    fn take(&mut self, event: &Event) {
        let now = Instant::now();
        match event {
            Event::XinputRawKeyPress(event) => self.take_key(event.detail, now),
            Event::XinputRawKeyRelease(event) => {
                self.down.retain(|code| u32::from(*code) != event.detail);
            }
            Event::XinputRawButtonPress(event) => {
                self.take_deed(Deed::Button(event.detail), Activity::PressedButton, now);
            }
            Event::XinputRawMotion(_) => self.take_deed(Deed::Motion, Activity::MovedMouse, now),
            Event::MappingNotify(_) => self.learn_keyboard(),
            _ => {}
        }
    }

    fn take_key(&mut self, number: u32, now: Instant) {
        let code = Keycode::try_from(number).unwrap_or_default();
        self.down.insert(code);
        let is_stop = self.chord.is_struck(code, &self.down);
        self.take_deed(Deed::Key(number), if is_stop { Activity::StopKey } else { Activity::PressedKey }, now);
    }

    fn take_deed(&mut self, deed: Deed, activity: Activity, now: Instant) {
        if !self.sent.is_ours(deed, now) && self.said.may_be(activity, now) {
            (self.heard)(activity);
        }
    }

    /// A failure here is no reason to stop watching: a server that is gone is noticed by what it says next.
    fn look_again(&mut self) {
        if let Ok(down) = keys_down(&self.connection) {
            self.down = down;
        }
        if let Some(grab) = &self.grab {
            let _what_is_not_thrown_away_now_is_later = grab.forget_events();
        }
    }

    fn learn_keyboard(&mut self) {
        let Ok(keymap) = Keymap::asked(&self.connection) else { return };
        let Some(chord) = self.stop_key.on(&keymap) else { return };
        if chord != self.chord {
            // The old one first: the same key cannot be taken twice.
            self.grab = None;
            self.grab = taken(&chord, &keymap);
            self.chord = chord;
        }
    }
}

impl Said {
    fn may_be(&mut self, activity: Activity, now: Instant) -> bool {
        self.0.retain(|(_, said)| now.saturating_duration_since(*said) < SAID_EVERY);
        let is_new = self.0.iter().all(|(other, _)| *other != activity);
        if is_new {
            self.0.push((activity, now));
        }
        is_new
    }
}

fn keys_down(connection: &Connection) -> Result<HashSet<Keycode>, DesktopError> {
    Ok(pressed(&connection.server.query_keymap()?.reply()?.keys).collect())
}

/// It is noticed even where it cannot be taken; then only the program that has the keys gets it too.
fn taken(chord: &Chord, keymap: &Keymap) -> Option<Grab> {
    Grab::take(chord, keymap)
        .inspect_err(|error| tracing::info!("the stop key is not kept from programs: {error}"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_said_at_once_and_then_not_too_often() {
        let (mut said, now) = (Said::default(), Instant::now());
        let later = now + SAID_EVERY / 2;
        assert!(said.may_be(Activity::MovedMouse, now) && said.may_be(Activity::PressedKey, later));
        assert!(!said.may_be(Activity::MovedMouse, later));
        assert!(said.may_be(Activity::MovedMouse, now + SAID_EVERY), "{:?}", said.0);
    }
}
