//! How a target looks, and how it is found in a picture: by lines of the inner disc that have the ring on both sides.
//! Hardly anything else has those two colours in that order and of that length, and the rest of it may be covered.

use super::{super::machine::Shot, sheet::Color};

pub const GROUND: Color = [24, 24, 27];
const MIDDLE: Color = [255, 0, 168];
const RING: Color = [0, 230, 118];
const INNER_RADIUS: i32 = 12;
/// From the largest to the smallest, each painted over the one before. The outer one is for people.
pub const DISCS: [(i16, Color); 4] = [(56, MIDDLE), (48, GROUND), (36, RING), (12, MIDDLE)];
/// How far each of the three lights may be off: screens of few colours have only similar ones.
const NEAR: u8 = 40;
/// The ring is at least that long on both sides of each line of the inner disc.
const LEAST_RING: usize = 20;
/// How much of the inner disc must be seen, and how much more than it, in hundredths.
const LEAST_SEEN: i64 = 90;
const MOST_SEEN: i64 = 110;

/// How far a disc of this radius reaches to either side, so far below its middle.
pub fn half_chord(radius: i32, down: i32) -> i32 {
    (radius * radius - down * down).max(0).isqrt()
}

/// Where the middle of a target lies on the desktop; `None` if none is seen whole.
pub fn middle_in(shot: &Shot) -> Option<(i32, i32)> {
    let width = usize::try_from(shot.width).ok().filter(|width| *width > 0)?;
    let mut spots: Vec<Spot> = Vec::new();
    for (row, y) in shot.rgb.chunks_exact(width * 3).zip(0_i64..) {
        for (start, long) in middles_in(row) {
            let (Ok(start), Ok(long)) = (i64::try_from(start), i64::try_from(long)) else { continue };
            match spots.iter_mut().find(|spot| spot.is_near(start, y)) {
                Some(spot) => spot.add(start, long, y),
                None => spots.push(Spot::new(start, long, y)),
            }
        }
    }
    let whole: i64 = (-INNER_RADIUS..=INNER_RADIUS).map(|down| i64::from(2 * half_chord(INNER_RADIUS, down) + 1)).sum();
    let is_whole = |spot: &&Spot| (whole * LEAST_SEEN..=whole * MOST_SEEN).contains(&(spot.points * 100));
    let (x, y) = spots.iter().find(is_whole)?.middle();
    Some((shot.x.checked_add(i32::try_from(x).ok()?)?, shot.y.checked_add(i32::try_from(y).ok()?)?))
}

/// Points of the inner disc that belong together.
struct Spot {
    first: (i64, i64),
    points: i64,
    /// Sums of the columns and lines of all of them.
    columns: i64,
    lines: i64,
}

impl Spot {
    fn new(start: i64, long: i64, y: i64) -> Self {
        let mut spot = Self { first: (start, y), points: 0, columns: 0, lines: 0 };
        spot.add(start, long, y);
        spot
    }

    fn is_near(&self, start: i64, y: i64) -> bool {
        let reach = i64::from(2 * INNER_RADIUS + 2);
        (self.first.0 - start).abs() <= reach && (self.first.1 - y).abs() <= reach
    }

    fn add(&mut self, start: i64, long: i64, y: i64) {
        self.points += long;
        self.columns += long * start + long * (long - 1) / 2;
        self.lines += long * y;
    }

    fn middle(&self) -> (i64, i64) {
        // Rounded to the nearest.
        let mean = |sum: i64| (sum + self.points / 2) / self.points.max(1);
        (mean(self.columns), mean(self.lines))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Middle,
    Ring,
    Other,
}

/// Where in a line the inner disc begins, and how long it is there.
fn middles_in(row: &[u8]) -> Vec<(usize, usize)> {
    let longest = usize::try_from(2 * INNER_RADIUS + 3).unwrap_or_default();
    let stretches = stretches_of(row);
    let is_ring = |stretch: &(Kind, usize, usize)| stretch.0 == Kind::Ring && stretch.2 >= LEAST_RING;
    let is_middle = |stretch: &(Kind, usize, usize)| stretch.0 == Kind::Middle && stretch.2 <= longest;
    let fits = |three: &&[(Kind, usize, usize)]| is_ring(&three[0]) && is_middle(&three[1]) && is_ring(&three[2]);
    stretches.windows(3).filter(fits).map(|three| (three[1].1, three[1].2)).collect()
}

/// Points of one kind that follow each other: which, where they begin, how many.
fn stretches_of(row: &[u8]) -> Vec<(Kind, usize, usize)> {
    let mut stretches: Vec<(Kind, usize, usize)> = Vec::new();
    for (at, point) in row.chunks_exact(3).enumerate() {
        let kind = kind_of(point);
        match stretches.last_mut() {
            Some((last, _, long)) if *last == kind => *long += 1,
            _ => stretches.push((kind, at, 1)),
        }
    }
    stretches
}

fn kind_of(point: &[u8]) -> Kind {
    let is_near = |color: &Color| point.iter().zip(color).all(|(one, other)| one.abs_diff(*other) <= NEAR);
    if is_near(&MIDDLE) {
        Kind::Middle
    } else if is_near(&RING) {
        Kind::Ring
    } else {
        Kind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with something in each corner, and a target with its middle here.
    fn picture(middle: (i32, i32), size: (u32, u32)) -> Shot {
        let mut rgb = Vec::new();
        for y in 0..i32::try_from(size.1).unwrap() {
            for x in 0..i32::try_from(size.0).unwrap() {
                let (right, down) = (x - middle.0, y - middle.1);
                let fits = |(radius, _): &&(i16, Color)| {
                    let radius = i32::from(*radius);
                    down.abs() <= radius && right.abs() <= half_chord(radius, down)
                };
                let color = DISCS.iter().rev().find(fits).map_or([200, 200, 200], |(_, color)| *color);
                rgb.extend_from_slice(&color);
            }
        }
        Shot { x: -100, y: 50, width: size.0, height: size.1, rgb }
    }

    #[test]
    fn the_middle_is_found_to_the_point() {
        for middle in [(60, 60), (201, 87), (143, 120)] {
            assert_eq!(middle_in(&picture(middle, (300, 180))), Some((middle.0 - 100, middle.1 + 50)));
        }
    }

    #[test]
    fn it_is_found_where_only_its_inner_part_is_seen_and_in_slightly_other_colours() {
        assert_eq!(middle_in(&picture((38, 20), (90, 50))), Some((38 - 100, 20 + 50)));
        let mut dull = picture((60, 60), (120, 120));
        dull.rgb.iter_mut().for_each(|light| *light = (*light & 0xf8) | (*light >> 5));
        assert_eq!(middle_in(&dull), Some((60 - 100, 60 + 50)));
    }

    #[test]
    fn none_is_found_where_there_is_none_or_only_half_of_one() {
        assert_eq!(middle_in(&picture((1000, 1000), (120, 120))), None);
        assert_eq!(middle_in(&picture((60, 0), (120, 120))), None, "cut through its middle");
        let mut covered = picture((60, 60), (120, 120));
        covered.rgb.chunks_exact_mut(3).skip(120 * 55).take(120 * 10).for_each(|point| point.fill(0));
        assert_eq!(middle_in(&covered), None);
        assert_eq!(middle_in(&Shot { width: 0, height: 0, rgb: Vec::new(), ..covered }), None);
    }
}
