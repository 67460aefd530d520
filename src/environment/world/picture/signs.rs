//! What stands on the mark of a place that has been visited, one sign for each kind, made of a few blocks.

use crate::protocol::PlaceKind;

/// The upper left corner, seen from the middle of the mark, and the size.
pub type Block = (i32, i32, u32, u32);

pub fn sign(kind: PlaceKind) -> &'static [Block] {
    match kind {
        // A dot
        PlaceKind::Wild => &[(-3, -3, 7, 7)],
        // A house with a door
        PlaceKind::Town => {
            &[(-1, -8, 3, 2), (-3, -6, 7, 2), (-5, -4, 11, 2), (-7, -2, 15, 2), (-5, 0, 4, 8), (2, 0, 4, 8)]
        }
        // A fence
        PlaceKind::Farm => &[(-8, -3, 17, 2), (-8, 2, 17, 2), (-6, -6, 2, 13), (0, -6, 2, 13), (6, -6, 2, 13)],
        // A cross
        PlaceKind::Shrine => &[(-1, -8, 3, 17), (-5, -4, 11, 3)],
        // A tent
        PlaceKind::Camp => {
            &[(-1, -7, 3, 3), (-3, -4, 7, 3), (-5, -1, 11, 3), (-7, 2, 5, 3), (3, 2, 5, 3), (-8, 5, 5, 2), (4, 5, 5, 2)]
        }
        // A mound
        PlaceKind::Den => &[(-3, -5, 7, 2), (-5, -3, 11, 2), (-7, -1, 15, 6)],
        // A deck on its pillars
        PlaceKind::Bridge => &[(-8, -3, 17, 3), (-7, 0, 3, 6), (-1, 0, 3, 6), (5, 0, 3, 6)],
        // Broken columns
        PlaceKind::Ruin => &[(-7, -2, 3, 8), (-1, -7, 3, 13), (5, 1, 3, 5), (-8, 6, 17, 2)],
        // Battlements
        PlaceKind::Tower => &[(-5, -8, 3, 3), (-1, -8, 3, 3), (3, -8, 3, 3), (-5, -5, 11, 3), (-3, -2, 7, 10)],
        // Two posts under a beam
        PlaceKind::Gate => &[(-8, -7, 17, 3), (-6, -4, 4, 11), (3, -4, 4, 11)],
        // Steps that lead down
        PlaceKind::Depths => &[(-8, -6, 5, 3), (-4, -3, 5, 3), (0, 0, 5, 3), (4, 3, 5, 3)],
    }
}
