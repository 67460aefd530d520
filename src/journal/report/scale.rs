//! The axes of a plot: round steps, and how their ticks are written.

use crate::protocol::PlotLine;

/// So many ticks at the most on the axis of values, and on that of time.
const MOST_VALUES: f64 = 5.0;
const MOST_TIMES: u64 = 6;

/// Steps of time that people count in. Milliseconds.
const TIMES: [u64; 20] = [
    1, 10, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000,
    3_600_000, 7_200_000, 21_600_000, 86_400_000,
];

/// What a plot cannot show is held at this; no honest value comes near it.
pub const LIMIT: f64 = 1e12;

/// The axis of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    pub least: f64,
    pub most: f64,
    pub ticks: Vec<Tick>,
}

/// A place on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub at: f64,
    pub words: String,
}

impl Values {
    /// An axis from a round value at or below the least to one at or above the greatest; zero is always on it.
    pub fn over(values: impl Iterator<Item = f64>) -> Self {
        let held = values.filter(|value| value.is_finite()).map(|value| value.clamp(-LIMIT, LIMIT));
        let (low, high) = held.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let step = round_step(if high > low { high - low } else { 1.0 });
        let least = (low / step).floor() * step;
        let most = ((high / step).ceil() * step).max(least + step);
        let ticks = (0..20).map(|index| least + f64::from(index) * step).take_while(|at| *at <= most + step / 2.0);
        // Sums of steps miss zero by a hair.
        let ticks = ticks.map(|at| if at.abs() < step / 1000.0 { 0.0 } else { at });
        Self { least, most, ticks: ticks.map(|at| Tick { at, words: value_words(at, step) }).collect() }
    }
}

/// 1, 2 or 5 times a power of ten.
fn round_step(span: f64) -> f64 {
    let rough = (span / MOST_VALUES).max(1e-6);
    let power = 10.0_f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|times| times * power).find(|step| *step >= rough).unwrap_or(10.0 * power)
}

fn value_words(at: f64, step: f64) -> String {
    // A power of ten that is a hair too small is still that power.
    match step * 1.000_001 {
        _ if at == 0.0 => "0".to_owned(),
        1e9.. => format!("{:.0}G", at / 1e9),
        1e6.. => format!("{:.0}M", at / 1e6),
        1e3.. => format!("{:.0}k", at / 1e3),
        1.0.. => format!("{at:.0}"),
        0.1.. => format!("{at:.1}"),
        0.01.. => format!("{at:.2}"),
        _ => format!("{at:.3}"),
    }
}

/// Ticks of an axis of time that is so many milliseconds long, from 0 on.
pub fn times(span_ms: u64) -> Vec<Tick> {
    let step = TIMES.into_iter().find(|step| span_ms / step <= MOST_TIMES).unwrap_or(span_ms / MOST_TIMES).max(1);
    let ticks = (0..=span_ms / step).map(|index| index * step);
    ticks.map(|at_ms| Tick { at: milliseconds(at_ms), words: time_words(at_ms, step) }).collect()
}

fn time_words(at_ms: u64, step: u64) -> String {
    match step {
        _ if at_ms == 0 => "0".to_owned(),
        3_600_000.. => format!("{} h", at_ms / 3_600_000),
        60_000.. => format!("{} min", at_ms / 60_000),
        1_000.. => format!("{} s", at_ms / 1_000),
        100.. => format!("{}.{} s", at_ms / 1_000, at_ms / 100 % 10),
        _ => format!("{at_ms} ms"),
    }
}

/// The least, the greatest and the last value of a course.
pub fn bounds(line: &PlotLine) -> [Option<f64>; 3] {
    let values = || line.points.iter().map(|(_, value)| *value);
    [values().min_by(f64::total_cmp), values().max_by(f64::total_cmp), values().next_back()]
}

/// Where a moment lies on the axis of time.
#[expect(clippy::cast_precision_loss, reason = "drawn in a plot")]
pub fn milliseconds(at_ms: u64) -> f64 {
    at_ms as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.words.as_str()).collect()
    }

    #[test]
    fn values_have_round_steps() {
        let axis = |values: &[f64]| Values::over(values.iter().copied());
        assert_eq!(words(&axis(&[3.0, 87.0]).ticks), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(words(&axis(&[0.02, 0.31]).ticks), ["0", "0.1", "0.2", "0.3", "0.4"]);
        assert_eq!(words(&axis(&[-3.0, 4.0]).ticks), ["-4", "-2", "0", "2", "4"]);
        assert_eq!(words(&axis(&[12_000.0]).ticks), ["0", "5k", "10k", "15k"]);
    }

    #[test]
    fn odd_values_still_have_an_axis() {
        for odd in
            [vec![], vec![0.0], vec![f64::NAN, f64::INFINITY], vec![f64::MAX, f64::MIN], vec![5e-324], vec![-7.0]]
        {
            let axis = Values::over(odd.iter().copied());
            assert!(axis.least.is_finite() && axis.most > axis.least, "{odd:?}: {axis:?}");
            assert!((2..=12).contains(&axis.ticks.len()), "{odd:?}: {axis:?}");
        }
    }

    #[test]
    fn times_are_counted_as_people_count_them() {
        assert_eq!(words(&times(7_000)), ["0", "2 s", "4 s", "6 s"]);
        assert_eq!(words(&times(400)), ["0", "0.1 s", "0.2 s", "0.3 s", "0.4 s"]);
        assert_eq!(words(&times(3_000_000)), ["0", "10 min", "20 min", "30 min", "40 min", "50 min"]);
        assert_eq!(words(&times(0)), ["0"]);
        assert!(times(u64::MAX).len() <= 8);
    }
}
