//! Whether the memory grows with the rounds: a straight line through what was measured, and how sure that is.
//!
//! A heap with its caches reaches a level over the first rounds and then stays there, which looks like growth; so only
//! the later half is judged, and only once there are so many rounds that the level is reached before it.

use std::fmt;

/// So many points are kept. When there are more, every second one is let go of, so that no run needs more room.
const MOST_POINTS: usize = 2048;
/// Fewer rounds prove nothing: caches may still fill in the later half of them.
pub const LEAST_ROUNDS: u64 = 150;
/// A slope that is not so many standard errors above zero may be chance.
const ERRORS: f64 = 3.0;
/// And one below this harms nobody: 5 MiB in a thousand rounds, in KiB a round.
const HARMLESS_KIB: f64 = 5.0 * 1024.0 / 1000.0;

/// What was measured, round by round.
pub struct Course {
    /// The round, and KiB.
    points: Vec<(f64, f64)>,
    /// One of so many rounds is kept.
    stride: u64,
    rounds: u64,
    first: Option<u64>,
    last: u64,
}

/// A straight line: KiB a round, with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub slope: f64,
    pub error: f64,
}

impl Default for Course {
    /// Takes all the room that it will ever need, so that it does not grow itself.
    fn default() -> Self {
        Self { points: Vec::with_capacity(MOST_POINTS), stride: 1, rounds: 0, first: None, last: 0 }
    }
}

impl Course {
    /// One more round.
    pub fn add(&mut self, resident_kib: u64) {
        if self.rounds.is_multiple_of(self.stride) {
            if self.points.len() == MOST_POINTS {
                let mut number = 0;
                self.points.retain(|_| {
                    number += 1;
                    number % 2 == 1
                });
                self.stride *= 2;
            }
            if self.rounds.is_multiple_of(self.stride) {
                self.points.push((self.rounds as f64, resident_kib as f64));
            }
        }
        self.rounds += 1;
        self.first.get_or_insert(resident_kib);
        self.last = resident_kib;
    }

    /// How many rounds there were.
    pub fn rounds(&self) -> u64 {
        self.rounds
    }

    /// The line through all of it, which is shown and not judged; `None` where there are too few points for one.
    pub fn whole(&self) -> Option<Line> {
        line(&self.points)
    }

    /// The line through the later half.
    pub fn later(&self) -> Option<Line> {
        line(&self.points[self.points.len() / 2..])
    }

    /// Whether it grows, beyond chance and beyond what is harmless.
    pub fn is_leak(&self) -> bool {
        let grows = |line: Line| line.slope > ERRORS * line.error && line.slope > HARMLESS_KIB;
        self.rounds >= LEAST_ROUNDS && self.later().is_some_and(grows)
    }
}

/// `first 41208 KiB, last 41960 KiB, 0.41 ± 0.22 KiB a round over 1800 rounds`.
impl fmt::Display for Course {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.first else { return f.write_str("not measured yet") };
        write!(f, "first {first} KiB, last {} KiB", self.last)?;
        if let Some(Line { slope, error }) = self.whole() {
            write!(f, ", {slope:.2} ± {error:.2} KiB a round")?;
        }
        if let Some(Line { slope, error }) = self.later() {
            write!(f, " ({slope:.2} ± {error:.2} in the later half)")?;
        }
        write!(f, " over {} rounds", self.rounds)?;
        if self.rounds < LEAST_ROUNDS {
            write!(f, ", too few to judge by")?;
        }
        Ok(())
    }
}

/// The line of the least squares.
fn line(points: &[(f64, f64)]) -> Option<Line> {
    let count = points.len() as f64;
    if points.len() < 3 {
        return None;
    }
    let middle = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (middle_x, middle_y) = (middle(|point| point.0), middle(|point| point.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| points.iter().map(|(x, y)| of(x - middle_x, y - middle_y)).sum::<f64>();
    let spread = sum(&|x, _| x * x);
    let slope = sum(&|x, y| x * y) / spread;
    let beside = sum(&|x, y| (y - slope * x).powi(2));
    Some(Line { slope, error: (beside / (count - 2.0) / spread).sqrt() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A level of 40 MiB that goes up and down by a few pages, and what is added to it in each round.
    fn course(rounds: u64, added: impl Fn(u64) -> u64) -> Course {
        let mut course = Course::default();
        for round in 0..rounds {
            course.add(40 * 1024 + (round * 7919) % 64 + added(round));
        }
        course
    }

    #[test]
    fn a_leak_is_found_and_how_large_it_is() {
        let leak = course(300, |round| round * 20);
        let line = leak.whole().unwrap();
        assert!((line.slope - 20.0).abs() < 0.5 && line.error < 0.2, "{line:?}");
        assert!(leak.is_leak());
    }

    #[test]
    fn a_level_is_no_leak_even_if_it_is_only_reached() {
        assert!(!course(300, |_| 0).is_leak());
        let reached = course(300, |round| round.min(60) * 200);
        assert!(reached.whole().unwrap().slope > HARMLESS_KIB, "over the whole it looks like one");
        assert!(!reached.is_leak());
    }

    /// What was seen of a program without a leak: 3.4 MiB of caches that fill, quickly at first and then more slowly.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand, and none below zero")]
    fn filling(round: u64) -> u64 {
        (0..round.min(400)).map(|before| 0.96_f64.powi(i32::try_from(before).unwrap()) * 136.0).sum::<f64>() as u64
    }

    #[test]
    fn caches_that_fill_are_no_leak_however_long_it_lasts_and_hide_none() {
        for rounds in [20, 60, 80, 149, 150, 170, 300, 1000, 5000] {
            let fills = course(rounds, filling);
            assert!(!fills.is_leak(), "{fills}");
        }
        let short = course(80, filling);
        assert!(short.whole().unwrap().slope > 30.0, "over the whole it looks like one: {short}");
        for rounds in [LEAST_ROUNDS, 170, 1000] {
            let leaks = course(rounds, |round| filling(round) + 100 * round);
            assert!(leaks.is_leak(), "{leaks}");
        }
    }

    #[test]
    fn few_rounds_and_slow_growth_are_not_judged() {
        assert!(!course(LEAST_ROUNDS - 1, |round| round * 20).is_leak());
        assert!(!course(3000, |round| round * 2).is_leak());
    }

    #[test]
    fn a_long_run_keeps_no_more_points_than_a_short_one() {
        let long = course(20_000, |round| round * 20);
        assert!(long.points.len() <= MOST_POINTS, "{}", long.points.len());
        assert_eq!(long.points.capacity(), Course::default().points.capacity());
        assert!(long.is_leak());
        assert!((long.whole().unwrap().slope - 20.0).abs() < 0.5);
    }
}
