//! How much of a picture is new, counted in tiles: a blinking cursor is one tile, however few points it has.

use super::machine::Shot;

/// The side of a tile. Pixels.
const TILE: usize = 32;
const BYTES_A_PIXEL: usize = 3;
/// Shares are counted in these.
const WHOLE: usize = 10_000;

/// Whether two pictures show the same, wherever they lie.
pub fn is_same(before: &Shot, after: &Shot) -> bool {
    (before.width, before.height) == (after.width, after.height) && before.rgb == after.rgb
}

/// The share of tiles that differ, 0 to 1; everything where the sizes differ. More than 0 wherever anything does.
pub fn share(before: &Shot, after: &Shot) -> f32 {
    if (before.width, before.height) != (after.width, after.height) || before.rgb.len() != after.rgb.len() {
        return 1.0;
    }
    if before.rgb == after.rgb {
        return 0.0;
    }
    let row = usize::try_from(after.width).unwrap_or(0) * BYTES_A_PIXEL;
    if row == 0 {
        return 0.0;
    }
    // A band of rows is as high as a tile; in it each row is cut into tiles.
    let bands = before.rgb.chunks(row * TILE).zip(after.rgb.chunks(row * TILE));
    let (mut tiles, mut changed) = (0_usize, 0_usize);
    for (before, after) in bands {
        let across = row.div_ceil(TILE * BYTES_A_PIXEL);
        tiles += across;
        if before != after {
            changed += (0..across).filter(|tile| tile_differs(before, after, row, *tile)).count();
        }
    }
    let parts = (changed * WHOLE / tiles.max(1)).max(usize::from(changed > 0));
    u16::try_from(parts).map_or(1.0, |parts| f32::from(parts) / 10_000.0)
}

/// Whether the tile of this number in a band differs.
fn tile_differs(before: &[u8], after: &[u8], row: usize, tile: usize) -> bool {
    let from = tile * TILE * BYTES_A_PIXEL;
    let to = (from + TILE * BYTES_A_PIXEL).min(row);
    before.chunks(row).zip(after.chunks(row)).any(|(before, after)| before.get(from..to) != after.get(from..to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: u32, height: u32) -> Shot {
        let bytes = usize::try_from(width * height).unwrap() * BYTES_A_PIXEL;
        Shot { x: 0, y: 0, width, height, rgb: vec![128; bytes] }
    }

    fn with_points(shot: &Shot, points: &[(u32, u32)]) -> Shot {
        let mut changed = shot.clone();
        for (x, y) in points {
            changed.rgb[usize::try_from(y * shot.width + x).unwrap() * BYTES_A_PIXEL] = 255;
        }
        changed
    }

    #[test]
    fn a_point_is_a_tile_and_many_points_of_a_tile_are_one() {
        let before = grey(320, 320);
        assert_eq!(share(&before, &before.clone()), 0.0);
        assert_eq!(share(&before, &with_points(&before, &[(319, 319)])), 0.01);
        assert_eq!(share(&before, &with_points(&before, &[(0, 0), (31, 31), (31, 0)])), 0.01);
        assert_eq!(share(&before, &with_points(&before, &[(31, 0), (32, 0), (0, 32)])), 0.03);
    }

    #[test]
    fn sizes_that_are_no_multiple_of_a_tile_are_counted_too() {
        let before = grey(33, 35);
        assert_eq!(share(&before, &with_points(&before, &[(32, 34)])), 0.25);
        assert_eq!(share(&before, &grey(35, 33)), 1.0, "another size is another picture");
        assert_eq!(share(&grey(0, 0), &grey(0, 0)), 0.0);
    }

    #[test]
    fn the_smallest_change_of_a_large_picture_is_more_than_none() {
        let before = grey(6400, 3200);
        assert!(share(&before, &with_points(&before, &[(5, 5)])) > 0.0);
        let moved = Shot { x: 9, ..before.clone() };
        assert!(is_same(&before, &moved) && !is_same(&before, &grey(3200, 6400)));
    }
}
