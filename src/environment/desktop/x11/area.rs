//! Rectangles of the desktop, in its pixels.

use crate::protocol::ScreenSource;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The upper left corner; may lie outside of the desktop.
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
}

impl Area {
    pub fn of(source: &ScreenSource) -> Self {
        let ScreenSource { x, y, width, height, .. } = *source;
        Self { x, y, width, height }
    }

    /// The first column to the right of it.
    pub fn right(&self) -> i32 {
        self.x.saturating_add_unsigned(self.width)
    }

    /// The first line below it.
    pub fn bottom(&self) -> i32 {
        self.y.saturating_add_unsigned(self.height)
    }

    /// What both cover.
    pub fn cut_to(&self, other: &Self) -> Option<Self> {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let width = u32::try_from(self.right().min(other.right()).saturating_sub(x)).ok()?;
        let height = u32::try_from(self.bottom().min(other.bottom()).saturating_sub(y)).ok()?;
        (width > 0 && height > 0).then_some(Self { x, y, width, height })
    }

    /// So much more on each side.
    pub fn wider_by(&self, pixels: u16) -> Self {
        let more = u32::from(pixels) * 2;
        Self {
            x: self.x.saturating_sub(pixels.into()),
            y: self.y.saturating_sub(pixels.into()),
            width: self.width.saturating_add(more),
            height: self.height.saturating_add(more),
        }
    }
}

/// As the display server counts, which knows no larger ones.
pub fn coordinate(value: i32) -> i16 {
    let bounded = value.clamp(i16::MIN.into(), i16::MAX.into());
    i16::try_from(bounded).unwrap_or_default()
}

/// As the display server counts lengths, which knows no larger ones.
pub fn length(value: u32) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Area = Area { x: 0, y: 0, width: 1280, height: 800 };

    #[test]
    fn what_lies_outside_is_cut_off() {
        let window = Area { x: -20, y: 700, width: 200, height: 300 };
        assert_eq!(window.cut_to(&SCREEN), Some(Area { x: 0, y: 700, width: 180, height: 100 }));
        assert_eq!(SCREEN.cut_to(&SCREEN), Some(SCREEN));
        for (x, y) in [(1280, 0), (-200, 0), (0, 800), (i32::MAX, i32::MIN)] {
            assert_eq!(Area { x, y, ..window }.cut_to(&SCREEN), None, "{x},{y}");
        }
    }

    #[test]
    fn numbers_that_are_too_large_stay_at_the_edge() {
        assert_eq!((coordinate(-40_000), coordinate(7), coordinate(i32::MAX)), (i16::MIN, 7, i16::MAX));
        assert_eq!((length(800), length(70_000)), (800, u16::MAX));
        assert_eq!(SCREEN.wider_by(4), Area { x: -4, y: -4, width: 1288, height: 808 });
    }
}
