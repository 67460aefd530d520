//! Where things lie: models point at the picture that they were shown, hands point at the desktop.

use crate::protocol::ScreenSource;

/// What was looked at, and how large the picture of it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Geometry {
    /// What was looked at, as it lay then.
    pub source: ScreenSource,
    /// Where the part that was really seen begins on the whole desktop, and its size there. Pixels.
    pub at: (i32, i32),
    pub size: (u32, u32),
    /// The size of the picture that was shown. Pixels.
    pub shown: (u32, u32),
}

/// A point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// In the picture.
    pub shown: (i64, i64),
    /// In what is looked at.
    pub inside: (u32, u32),
    /// On the whole desktop.
    pub x: i32,
    pub y: i32,
}

impl Geometry {
    /// The point of the desktop that a point of the picture stands for. An error says in words how large the picture is.
    pub fn spot(&self, x: i64, y: i64) -> Result<Spot, String> {
        let (width, height) = self.shown;
        let is_inside = (0..i64::from(width)).contains(&x) && (0..i64::from(height)).contains(&y);
        if !is_inside {
            return Err(format!(
                "the point {x}, {y} is outside the picture: x is from 0 to {}, y from 0 to {}",
                width.saturating_sub(1),
                height.saturating_sub(1)
            ));
        }
        let inside = (scaled(x, self.size.0, width), scaled(y, self.size.1, height));
        let on_desktop = |from: i32, inside: u32| from.saturating_add(i32::try_from(inside).unwrap_or(i32::MAX));
        Ok(Spot { shown: (x, y), inside, x: on_desktop(self.at.0, inside.0), y: on_desktop(self.at.1, inside.1) })
    }

    /// A way of so many pixels of the picture, in pixels of the desktop.
    pub fn way(&self, right: i64, down: i64) -> (i32, i32) {
        let scaled = |way: i64, size: u32, shown: u32| {
            let way = i128::from(way) * i128::from(size) / i128::from(shown.max(1));
            i32::try_from(way.clamp(i128::from(i32::MIN), i128::from(i32::MAX))).unwrap_or(0)
        };
        (scaled(right, self.size.0, self.shown.0), scaled(down, self.size.1, self.shown.1))
    }

    /// Whether what was looked at is still as large; else points of its picture mean something else.
    pub fn has_size_of(&self, now: &ScreenSource) -> bool {
        (self.source.width, self.source.height) == (now.width, now.height)
    }

    /// The same, now that what is looked at lies somewhere else.
    pub fn moved_to(&self, source: &ScreenSource) -> Self {
        let (right, down) = (source.x.saturating_sub(self.source.x), source.y.saturating_sub(self.source.y));
        let at = (self.at.0.saturating_add(right), self.at.1.saturating_add(down));
        Self { source: source.clone(), at, ..self.clone() }
    }
}

/// The middle of a point of the picture, in a size that is larger or smaller.
fn scaled(at: i64, size: u32, shown: u32) -> u32 {
    let middle = (2 * at + 1) * i64::from(size) / (2 * i64::from(shown.max(1)));
    u32::try_from(middle).unwrap_or(0).min(size.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geometry() -> Geometry {
        let source = ScreenSource { x: -100, y: 50, width: 2560, height: 1600, ..ScreenSource::default() };
        Geometry { source, at: (-100, 50), size: (2560, 1600), shown: (1280, 800) }
    }

    #[test]
    fn points_of_the_picture_are_points_of_the_desktop() {
        let geometry = geometry();
        let at = |x, y| geometry.spot(x, y).map(|spot| (spot.inside, (spot.x, spot.y)));
        assert_eq!(at(0, 0), Ok(((1, 1), (-99, 51))));
        assert_eq!(at(640, 400), Ok(((1281, 801), (1181, 851))));
        assert_eq!(at(1279, 799), Ok(((2559, 1599), (2459, 1649))));
        let same = Geometry { shown: (2560, 1600), ..geometry.clone() };
        assert_eq!(same.spot(7, 9).map(|spot| spot.inside), Ok((7, 9)), "without scaling nothing moves");
        assert_eq!(geometry.way(100, -50), (200, -100));
        assert_eq!(geometry.way(i64::MAX, i64::MIN), (i32::MAX, i32::MIN));
    }

    #[test]
    fn a_point_outside_is_refused_with_the_size_of_the_picture() {
        for (x, y) in [(-1, 0), (1280, 0), (0, 800), (i64::MAX, i64::MIN)] {
            assert!(geometry().spot(x, y).unwrap_err().contains("0 to 1279, y from 0 to 799"));
        }
        assert!(Geometry::default().spot(0, 0).is_err(), "nothing was seen yet");
    }

    #[test]
    fn a_window_that_was_moved_is_still_hit() {
        let moved = ScreenSource { x: 0, y: 0, ..geometry().source };
        let spot = geometry().moved_to(&moved).spot(0, 0).unwrap();
        assert_eq!((spot.x, spot.y, spot.inside), (1, 1, (1, 1)));
    }
}
