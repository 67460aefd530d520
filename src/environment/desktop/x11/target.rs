//! A target: rings that are found again in a picture, on a window that hears clicks.

use std::time::{Duration, Instant};

use x11rb::{
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{ConnectionExt as _, EventMask, Rectangle, Window},
    },
};

use super::{
    super::machine::{DesktopError, Shot, Target},
    area::{Area, coordinate, length},
    connection::Connection,
    rings,
    sheet::Layer,
};

/// How broad and high its window is. Pixels.
const SIDE: u32 = 120;

pub struct XTarget {
    connection: Connection,
    window: Window,
}

impl XTarget {
    /// Its middle lies at this point of the desktop, on top of everything.
    pub fn shown(x: i32, y: i32) -> Result<Self, DesktopError> {
        let connection = Connection::open()?;
        let half = SIDE / 2;
        let (left, top) = (x.saturating_sub_unsigned(half), y.saturating_sub_unsigned(half));
        let area = Area { x: left, y: top, width: SIDE, height: SIDE };
        let window = connection.sheet(&area, rings::GROUND, EventMask::BUTTON_PRESS)?;
        let target = Self { connection, window };
        target.connection.server.map_window(window)?.check()?;
        let middle = coordinate(i32::try_from(half).unwrap_or_default());
        let ground = Rectangle { x: 0, y: 0, width: length(SIDE), height: length(SIDE) };
        let mut layers = vec![Layer { color: rings::GROUND, filled: vec![ground] }];
        layers.extend(rings::DISCS.map(|(radius, color)| Layer { color, filled: disc(middle, radius) }));
        target.connection.paint(window, SIDE, SIDE, &layers)?;
        Ok(target)
    }
}

impl Target for XTarget {
    fn seen_in(&self, shot: &Shot) -> Option<(i32, i32)> {
        rings::middle_in(shot)
    }

    fn clicked(&mut self, within_ms: u64) -> Result<Option<(i32, i32)>, DesktopError> {
        let until = Instant::now() + Duration::from_millis(within_ms);
        let server = &self.connection.server;
        loop {
            while let Some(event) = server.poll_for_event()? {
                if let Event::ButtonPress(click) = event {
                    return Ok(Some((click.root_x.into(), click.root_y.into())));
                }
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            server.stream().wait(None, left).map_err(|error| DesktopError::Lost(error.to_string()))?;
        }
    }
}

impl Drop for XTarget {
    fn drop(&mut self) {
        self.connection.take_away(&[self.window]);
    }
}

/// A disc around a point, line by line.
fn disc(middle: i16, radius: i16) -> Vec<Rectangle> {
    let line = |down: i16| {
        let half = rings::half_chord(radius.into(), down.into());
        let width = length((2 * half + 1).unsigned_abs());
        Rectangle { x: middle - coordinate(half), y: middle + down, width, height: 1 }
    };
    (-radius..=radius).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disc_lies_evenly_around_its_middle() {
        let lines: Vec<_> = disc(60, 12).iter().map(|line| (line.x, line.y, line.width, line.height)).collect();
        assert_eq!(lines.len(), 25);
        assert_eq!((lines[0], lines[12], lines[24].1), ((60, 48, 1, 1), (48, 60, 25, 1), 72));
    }
}
