//! Chance by the seed: each round has a source of its own, so that what it does follows from the seed and its number.

use std::time::Duration;

use rand_pcg::{Pcg32, rand_core::Rng};

/// Scatters the numbers of rounds over all states.
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// A source of chance.
pub struct Dice(Pcg32);

impl Dice {
    pub fn of_round(seed: u64, round: u64) -> Self {
        let mut dice = Self(Pcg32::new(seed.rotate_left(32) ^ round.wrapping_mul(ODD), round));
        // The first numbers of neighbouring states are alike.
        for _ in 0..4 {
            dice.0.next_u32();
        }
        dice
    }

    /// A number from 0 up to and without `limit`, which must not be 0.
    pub fn below(&mut self, limit: u32) -> u32 {
        self.0.next_u32() % limit
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most - least + 1)
    }

    /// True in one of so many cases.
    pub fn one_in(&mut self, cases: u32) -> bool {
        self.below(cases) == 0
    }

    /// One of a few things, of which there must be one.
    pub fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        let count = u32::try_from(things.len()).expect("a few things");
        things[usize::try_from(self.below(count)).expect("an index")]
    }

    /// A stretch of time from `least` to `most` milliseconds.
    pub fn millis(&mut self, least: u32, most: u32) -> Duration {
        Duration::from_millis(self.between(least, most).into())
    }
}
