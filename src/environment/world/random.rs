//! Chance by the seed: the same numbers on every machine, in whole numbers only.

use rand_pcg::{Pcg32, rand_core::Rng};

/// Each concern draws from a stream of its own, so that a new rule in one does not reshuffle the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Roads = 1,
    Enemies = 2,
    People = 3,
    Chests = 4,
    Secrets = 5,
    Words = 6,
    Walker = 99,
}

/// A source of chance.
#[derive(Clone, Debug)]
pub struct Dice(Pcg32);

impl Dice {
    pub fn new(seed: u64, stream: Stream) -> Self {
        // Streams of one generator from one state are correlated, so each stream starts from a state of its own.
        let stream = stream as u64;
        Self(Pcg32::new(scatter(scatter(seed) ^ stream), stream))
    }

    /// A number from 0 up to and without `limit`; 0 if `limit` is 0.
    pub fn below(&mut self, limit: u32) -> u32 {
        // Multiply and shift: no division, no floating point, and a bias below one in a hundred million here.
        ((u64::from(self.0.next_u32()) * u64::from(limit)) >> 32) as u32
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// One of a few things. `items` must not be empty.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u32) as usize]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            let other = self.below(index as u32 + 1) as usize;
            items.swap(index, other);
        }
    }
}

/// Neighbouring seeds such as 1, 2, 3 would otherwise start a generator in neighbouring states. This is `SplitMix64`.
fn scatter(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
