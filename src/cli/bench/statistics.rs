//! Means, intervals and verdicts. The same scores give the same figures on every machine.

use std::collections::BTreeMap;

use rand_pcg::{Pcg32, rand_core::Rng};
use serde::Serialize;

/// How often the seeds are drawn anew to see how far chance could carry a mean.
const RESAMPLES: usize = 2_000;
/// So many of these lie outside the interval on either side: 2.5 percent.
const OUTSIDE: usize = RESAMPLES / 40;
/// Of fewer worlds nothing is concluded.
const ENOUGH_SEEDS: usize = 5;
/// Where the generator begins; any other number would do as well, but it has to be the same one every time.
const BEGINNING: (u64, u64) = (0x5eed_ed00_b007_57a9, 1);

/// Points by seed.
pub type Scores = BTreeMap<u64, f64>;

/// A mean, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// Over so many worlds.
    pub seeds: usize,
    pub mean: f64,
    pub standard_error: f64,
    /// Both ends of the 95 percent interval.
    pub low: f64,
    pub high: f64,
}

/// What can be concluded about an arm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is what all others are compared with.
    Yardstick,
    TooFewSeeds,
    WorseThanRandom,
    NoBetterThanRandom,
    /// There is no greedy player to compare it with as well.
    BetterThanRandom,
    BetterThanRandomNotThanGreedy,
    BetterThanGreedy,
    BestPossible,
}

impl Verdict {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Yardstick => "the yardstick",
            Self::TooFewSeeds => "too few seeds to tell",
            Self::WorseThanRandom => "worse than random",
            Self::NoBetterThanRandom => "no better than random",
            Self::BetterThanRandom => "better than random",
            Self::BetterThanRandomNotThanGreedy => "better than random, not than greedy",
            Self::BetterThanGreedy => "better than greedy",
            Self::BestPossible => "the best that is possible",
        }
    }

    /// From the differences to the random and to the greedy player, over the worlds that both played in.
    pub fn of(to_random: Option<Estimate>, to_greedy: Option<Estimate>) -> Self {
        let Some(to_random) = to_random.filter(|difference| !difference.is_of_too_few()) else {
            return Self::TooFewSeeds;
        };
        if to_random.high < 0.0 {
            return Self::WorseThanRandom;
        }
        if to_random.low <= 0.0 {
            return Self::NoBetterThanRandom;
        }
        match to_greedy.filter(|difference| !difference.is_of_too_few()) {
            None => Self::BetterThanRandom,
            Some(to_greedy) if to_greedy.low > 0.0 => Self::BetterThanGreedy,
            Some(_) => Self::BetterThanRandomNotThanGreedy,
        }
    }
}

impl Estimate {
    /// Of these values; `None` if there are none.
    pub fn of(values: &[f64]) -> Option<Self> {
        let mean = mean(values)?;
        let (low, high) = interval(values);
        Some(Self { seeds: values.len(), mean, standard_error: standard_error(values, mean), low, high })
    }

    /// How much more `one` has than `other`, world by world: what the worlds differ in falls out of it.
    pub fn difference(one: &Scores, other: &Scores) -> Option<Self> {
        let differences: Vec<f64> = common(one, other).map(|(one, other)| one - other).collect();
        Self::of(&differences)
    }

    /// Whether it is too early to conclude anything.
    pub fn is_of_too_few(&self) -> bool {
        self.seeds < ENOUGH_SEEDS
    }

    /// Whether it could be nothing.
    pub fn contains_zero(&self) -> bool {
        (self.low..=self.high).contains(&0.0)
    }
}

/// The scores of both in the worlds that both played in.
pub fn common(one: &Scores, other: &Scores) -> impl Iterator<Item = (f64, f64)> {
    one.iter().filter_map(move |(seed, score)| Some((*score, *other.get(seed)?)))
}

/// `None` of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count(values))
}

/// With one digit, so that nothing is shown as `-0.0`.
pub fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

/// Of the mean; 0 for a single value, which shows no spread.
fn standard_error(values: &[f64], mean: f64) -> f64 {
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (count(values) - 1.0).max(1.0) / count(values)).sqrt()
}

/// The interval in which 95 percent of the means lie when the values are drawn anew with repetition. It assumes nothing
/// about how scores are spread, and they are spread oddly: dead at once, or the relic at home.
fn interval(values: &[f64]) -> (f64, f64) {
    let mut dice = Pcg32::new(BEGINNING.0, BEGINNING.1);
    let mut draw = || values[below(&mut dice, values.len())];
    let mut means: Vec<f64> =
        (0..RESAMPLES).map(|_| (0..values.len()).map(|_| draw()).sum::<f64>() / count(values)).collect();
    means.sort_by(f64::total_cmp);
    (means[OUTSIDE - 1], means[RESAMPLES - OUTSIDE])
}

/// A number from 0 up to and without `limit`, in whole numbers only.
fn below(dice: &mut Pcg32, limit: usize) -> usize {
    let wide = u64::from(dice.next_u32()) * limit as u64;
    usize::try_from(wide >> 32).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "no bench has anywhere near 2^52 runs")]
fn count(values: &[f64]) -> f64 {
    values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(values: &[f64]) -> Scores {
        (0..).zip(values.iter().copied()).collect()
    }

    fn verdict(arm: &[f64], random: &[f64], greedy: &[f64]) -> Verdict {
        let (arm, random, greedy) = (scores(arm), scores(random), scores(greedy));
        Verdict::of(Estimate::difference(&arm, &random), Estimate::difference(&arm, &greedy))
    }

    #[test]
    fn means_and_errors_are_those_of_the_textbook() {
        // Mean 5, squares 9+1+1+1+0+0+4+16 = 32, variance 32/7, error sqrt(32/7/8).
        let estimate = Estimate::of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).unwrap();
        assert_eq!((estimate.seeds, estimate.mean), (8, 5.0));
        assert!((estimate.standard_error - 0.755_928_946).abs() < 1e-9, "{estimate:?}");
        // The spread of resampled means is sqrt(32/8/8) = 0.707, and 1.96 of these are 1.386.
        assert!((estimate.low - 3.614).abs() < 0.3 && (estimate.high - 6.386).abs() < 0.3, "{estimate:?}");
        assert_eq!(Estimate::of(&[]), None);
        let single = Estimate::of(&[7.0]).unwrap();
        assert_eq!((single.low, single.mean, single.high, single.standard_error), (7.0, 7.0, 7.0, 0.0));
    }

    #[test]
    fn the_same_values_give_the_same_interval() {
        let values: Vec<f64> = (0..20).map(|seed| f64::from(seed * 37 % 101)).collect();
        assert_eq!(Estimate::of(&values), Estimate::of(&values));
        let constant = Estimate::of(&[3.0; 10]).unwrap();
        assert_eq!((constant.low, constant.high), (3.0, 3.0));
    }

    #[test]
    fn differences_are_paired_by_seed() {
        let one = Scores::from([(1, 50.0), (2, 20.0), (3, 90.0)]);
        let other = Scores::from([(2, 10.0), (3, 80.0), (4, 0.0)]);
        let difference = Estimate::difference(&one, &other).unwrap();
        // Worlds 2 and 3 differ by 70 points from each other, and both by 10 between the two: that is certain.
        assert_eq!((difference.seeds, difference.mean, difference.low, difference.high), (2, 10.0, 10.0, 10.0));
        assert!(difference.is_of_too_few() && !difference.contains_zero());
        assert_eq!(Estimate::difference(&one, &Scores::new()), None);
    }

    #[test]
    fn verdicts_follow_from_the_intervals() {
        let random = [10.0, 30.0, 20.0, 15.0, 25.0, 20.0];
        let greedy = [30.0, 50.0, 40.0, 35.0, 45.0, 40.0];
        let better_by = |points: f64| random.map(|score| score + points);
        for (arm, expected) in [
            (better_by(-5.0), Verdict::WorseThanRandom),
            (better_by(0.0), Verdict::NoBetterThanRandom),
            ([11.0, 29.0, 23.0, 12.0, 27.0, 18.0], Verdict::NoBetterThanRandom),
            (better_by(10.0), Verdict::BetterThanRandomNotThanGreedy),
            (better_by(20.0), Verdict::BetterThanRandomNotThanGreedy),
            (better_by(30.0), Verdict::BetterThanGreedy),
        ] {
            assert_eq!(verdict(&arm, &random, &greedy), expected, "{arm:?}");
        }
        assert_eq!(verdict(&better_by(30.0), &random, &[]), Verdict::BetterThanRandom);
        assert_eq!(verdict(&better_by(30.0), &random, &greedy[..4]), Verdict::BetterThanRandom);
        assert_eq!(verdict(&better_by(30.0)[..4], &random, &greedy), Verdict::TooFewSeeds);
        assert_eq!(verdict(&[], &random, &greedy), Verdict::TooFewSeeds);
        assert_eq!(Verdict::WorseThanRandom.words(), "worse than random");
    }
}
