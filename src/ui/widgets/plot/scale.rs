//! Where moments and values stand in a plot, and the round ones among them that are named.

use egui::{Rect, lerp};

use crate::ui::{
    theme::{size, space},
    words::{seconds, share},
};

/// Steps of a scale of time, in milliseconds.
const ROUND_MS: [u64; 21] = [
    100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000, 1_800_000,
    3_600_000, 7_200_000, 14_400_000, 28_800_000, 43_200_000, 86_400_000,
];
/// Values are scaled to at least so much, so that a course that never moves has a place.
const LEAST: f64 = 1e-9;

/// The ground of a plot: what is left of its whole width beside the scale of its values.
pub fn ground_of(whole: Rect) -> Rect {
    let scale = size::PLOT_SCALE.min(whole.width() * 0.25);
    whole.with_min_x(whole.left() + scale).with_max_x(whole.right() - space::S)
}

/// The stretch of time that plots have in common: a whole session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    total_ms: u64,
}

impl Span {
    /// From the beginning of a session to its end.
    pub fn new(total_ms: u64) -> Self {
        Self { total_ms: total_ms.max(1) }
    }

    pub fn total_ms(self) -> u64 {
        self.total_ms
    }

    /// Where a moment stands.
    pub fn x(self, at_ms: u64, ground: Rect) -> f32 {
        lerp(ground.x_range(), share(at_ms, self.total_ms))
    }

    /// The moment at a place.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a session's length, between none and all of it"
    )]
    pub fn at(self, x: f32, ground: Rect) -> u64 {
        let share = f64::from((x - ground.left()) / ground.width().max(1.0)).clamp(0.0, 1.0);
        ((share * self.total_ms as f64).round() as u64).min(self.total_ms)
    }

    /// Round moments, as many as there is room to name.
    pub fn ticks(self, width: f32) -> impl Iterator<Item = u64> {
        let room = f64::from((width / size::MOMENT).max(1.0));
        let least_s = seconds(self.total_ms) / room;
        let step_ms = ROUND_MS.into_iter().find(|step_ms| seconds(*step_ms) >= least_s);
        let total_ms = self.total_ms;
        // What is longer than a month is told by its two ends.
        let step_ms = step_ms.unwrap_or(total_ms).max(1);
        (0..).map(move |count: u64| count.saturating_mul(step_ms)).take_while(move |at_ms| *at_ms <= total_ms)
    }
}

/// A scale of values from one round value to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// One that holds nothing and all finite values, with as many round ones as there is room for in the height.
    pub fn of(values: impl Iterator<Item = f64>, height: f32) -> Self {
        let finite = values.filter(|value| value.is_finite());
        let (low, high) = finite.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let high = if high - low < LEAST { low + 1.0 } else { high };
        let room = f64::from((height / size::VALUE).max(1.0));
        let step = round_up((high - low) / room);
        Self { low: (low / step).floor() * step, high: (high / step).ceil() * step, step }
    }

    /// The round values, lowest first.
    pub fn ticks(self) -> Vec<f64> {
        let mut ticks = Vec::new();
        let mut count = 0.0;
        // Half a step more, since sums of fractions are never quite what they should be.
        while self.low + count * self.step <= self.high + self.step / 2.0 {
            ticks.push(self.low + count * self.step);
            count += 1.0;
        }
        ticks
    }

    /// Where a value stands.
    #[expect(clippy::cast_possible_truncation, reason = "a share, between none and all of the height")]
    pub fn y(self, value: f64, ground: Rect) -> f32 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        lerp(ground.bottom()..=ground.top(), share as f32)
    }
}

/// The next larger one of 1, 2, 5, 10, 20, 50 and so on, also below 1.
fn round_up(least: f64) -> f64 {
    let magnitude = 10.0_f64.powf(least.log10().floor());
    let times = least / magnitude;
    // A hair of room, since a logarithm is never quite what it should be.
    let round = [1.0, 2.0, 5.0].into_iter().find(|round| times <= *round * (1.0 + LEAST)).unwrap_or(10.0);
    round * magnitude
}
