//! Marks the screen: a frame around what is looked at, with words, and targets.

use x11rb::protocol::{
    shape,
    xproto::{ClipOrdering, ConnectionExt as _, EventMask, Rectangle, Window},
};

use super::{
    super::machine::{DesktopError, Frame, Marks, Target},
    area::{Area, length},
    connection::Connection,
    lettering::Lettering,
    sheet::{Color, Layer},
    target::XTarget,
};
use crate::protocol::ScreenSource;

const FRAME: Color = [255, 122, 0];
const INK: Color = [20, 20, 20];
/// How broad the frame is. Pixels.
const BROAD: u16 = 4;

/// Each mark is on a connection of its own: the server takes it away with the connection, whatever happens here.
pub struct XMarks;

impl XMarks {
    /// An error if marks would catch clicks on this display.
    pub fn open(connection: &Connection) -> Result<Self, DesktopError> {
        if connection.speaks(shape::X11_EXTENSION_NAME)? {
            let version = shape::query_version(&connection.server)?.reply()?;
            if (version.major_version, version.minor_version) >= (1, 1) {
                return Ok(Self);
            }
        }
        let words =
            "The display server has no windows that let clicks through: it lacks version 1.1 of its SHAPE extension";
        Err(DesktopError::Absent(words.to_owned()))
    }
}

impl Marks for XMarks {
    fn frame(&self, around: &ScreenSource, words: &str) -> Result<Box<dyn Frame>, DesktopError> {
        let mut frame = XFrame::around(&Area::of(around))?;
        frame.say(words)?;
        Ok(Box::new(frame))
    }

    fn target(&self, x: i32, y: i32) -> Result<Box<dyn Target>, DesktopError> {
        Ok(Box::new(XTarget::shown(x, y)?))
    }
}

struct XFrame {
    connection: Connection,
    /// What the frame encloses and itself, as far as it is on the desktop.
    outer: Area,
    /// Each side, and where it lies.
    sides: Vec<(Window, Area)>,
    label: Window,
}

impl XFrame {
    fn around(area: &Area) -> Result<Self, DesktopError> {
        let connection = Connection::open()?;
        let outside = || DesktopError::Gone("What is to be framed".to_owned());
        // Around it where there is room, and within it at the edges of the desktop.
        let outer = area.wider_by(BROAD).cut_to(&connection.desktop()?).ok_or_else(outside)?;
        let mut frame = Self { label: clear_sheet(&connection, &outer)?, connection, outer, sides: Vec::new() };
        for side in sides_of(&outer) {
            let window = clear_sheet(&frame.connection, &side)?;
            frame.sides.push((window, side));
            frame.connection.server.map_window(window)?.check()?;
        }
        Ok(frame)
    }
}

impl Frame for XFrame {
    fn say(&mut self, words: &str) -> Result<(), DesktopError> {
        let lettering = Lettering::of(words);
        let (width, height) = (lettering.width, lettering.height);
        let area = label_place(&self.outer, width, height);
        let plate = Rectangle { x: 0, y: 0, width: length(width), height: length(height) };
        let layers = [Layer { color: FRAME, filled: vec![plate] }, Layer { color: INK, filled: lettering.strokes }];
        for (side, place) in &self.sides {
            self.connection.place(*side, place)?;
        }
        self.connection.place(self.label, &area)?;
        self.connection.server.map_window(self.label)?.check()?;
        self.connection.paint(self.label, width, height, &layers)
    }
}

impl Drop for XFrame {
    fn drop(&mut self) {
        let mut windows: Vec<Window> = self.sides.iter().map(|(window, _)| *window).collect();
        windows.push(self.label);
        self.connection.take_away(&windows);
    }
}

/// A window that lets clicks through.
fn clear_sheet(connection: &Connection, area: &Area) -> Result<Window, DesktopError> {
    let window = connection.sheet(area, FRAME, EventMask::NO_EVENT)?;
    let (set, of_clicks, any) = (shape::SO::SET, shape::SK::INPUT, ClipOrdering::UNSORTED);
    shape::rectangles(&connection.server, set, of_clicks, any, window, 0, 0, &[])?.check()?;
    Ok(window)
}

/// The four sides of a frame, within this.
fn sides_of(outer: &Area) -> [Area; 4] {
    let broad = u32::from(BROAD).min(outer.width).min(outer.height);
    let lying = Area { height: broad, ..*outer };
    let standing = Area { width: broad, ..*outer };
    let (far_x, far_y) = (outer.right().saturating_sub_unsigned(broad), outer.bottom().saturating_sub_unsigned(broad));
    [lying, Area { y: far_y, ..lying }, standing, Area { x: far_x, ..standing }]
}

/// In the middle of the upper edge: above it where there is room, and else within the frame.
fn label_place(outer: &Area, width: u32, height: u32) -> Area {
    let middle = outer.x.saturating_add_unsigned(outer.width / 2);
    let x = middle.saturating_sub_unsigned(width / 2).max(0);
    let above = outer.y.saturating_sub_unsigned(height);
    Area { x, y: if above >= 0 { above } else { outer.y }, width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sides_enclose_the_area() {
        let outer = Area { x: 10, y: 20, width: 100, height: 50 };
        let [top, bottom, left, right] = sides_of(&outer);
        assert_eq!(top, Area { height: 4, ..outer });
        assert_eq!(bottom, Area { y: 66, height: 4, ..outer });
        assert_eq!(left, Area { width: 4, ..outer });
        assert_eq!(right, Area { x: 106, width: 4, ..outer });
    }

    #[test]
    fn words_stand_above_the_frame_or_within_it() {
        let window = Area { x: 100, y: 200, width: 400, height: 300 };
        assert_eq!(label_place(&window, 200, 32), Area { x: 200, y: 168, width: 200, height: 32 });
        let screen = Area { x: 0, y: 0, width: 150, height: 800 };
        assert_eq!(label_place(&screen, 200, 32), Area { x: 0, y: 0, width: 200, height: 32 });
    }
}
