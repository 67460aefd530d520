//! The stretch of time that lanes show, and the moments of it that are named.

use egui::Rect;

use crate::{
    protocol::AskView,
    ui::{catalogue::say, theme::size, words},
};

/// So much of the past is shown, in milliseconds.
const SHOWN_MS: u64 = 60_000;
/// A session that has hardly begun is not stretched over the whole width.
const LEAST_MS: u64 = 1000;
/// Distances between named moments, in seconds.
const ROUND_S: [u32; 7] = [1, 2, 5, 10, 15, 20, 30];

/// From some moment of a session until now.
#[derive(Clone, Copy)]
pub struct Span {
    pub begins_ms: u64,
    pub ends_ms: u64,
}

impl Span {
    /// The last minute before this moment, or as much of it as there is.
    pub fn up_to(now_ms: u64) -> Self {
        let ends_ms = now_ms.max(LEAST_MS);
        Self { begins_ms: ends_ms.saturating_sub(SHOWN_MS), ends_ms }
    }

    fn length_ms(self) -> u64 {
        self.ends_ms - self.begins_ms
    }

    /// How much of the session it is.
    pub fn words(self) -> String {
        let seconds = self.length_ms() / 1000;
        if self.begins_ms == 0 {
            say!("experts-whole-session", seconds = seconds)
        } else {
            say!("experts-last-seconds", seconds = seconds)
        }
    }

    /// Where a moment stands between two edges.
    pub fn x(self, at_ms: u64, edges: Rect) -> f32 {
        let share = words::share(at_ms.saturating_sub(self.begins_ms), self.length_ms());
        egui::lerp(edges.x_range(), share)
    }

    /// Whether any of a question is in it.
    pub fn holds(self, ask: &AskView) -> bool {
        ask.ended_at_ms.unwrap_or(self.ends_ms) >= self.begins_ms
    }

    /// How many seconds ago the named moments are, now first; no more than there is room for in the width.
    pub fn ticks(self, width: f32) -> impl Iterator<Item = u64> {
        let room = f64::from((width / size::MOMENT).max(1.0));
        let length_s = words::seconds(self.length_ms());
        let fitting = ROUND_S.into_iter().find(|step_s| length_s / f64::from(*step_s) <= room);
        let step_s = u64::from(fitting.unwrap_or(u32::MAX));
        (0..=self.length_ms() / 1000 / step_s).map(move |count| count * step_s)
    }

    /// The moment so many seconds ago.
    pub fn ago(self, seconds: u64) -> u64 {
        self.ends_ms.saturating_sub(seconds.saturating_mul(1000))
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn the_last_minute_is_shown_or_less() {
        assert_eq!(Span::up_to(12_000).words(), "The whole session, 12\u{a0}s");
        let late = Span::up_to(90_000);
        assert_eq!((late.words().as_str(), late.begins_ms), ("Last 60\u{a0}s", 30_000));
        assert!(!late.holds(&AskView { ended_at_ms: Some(4100), ..AskView::default() }));
        let plot = Rect::from_min_max(pos2(100.0, 0.0), pos2(160.0, 10.0));
        assert_eq!((late.x(30_000, plot), late.x(90_000, plot), late.x(0, plot)), (100.0, 160.0, 100.0));
    }

    #[test]
    fn round_moments_are_named_and_no_more_than_there_is_room_for() {
        let named = |now_ms, moments: f32| Span::up_to(now_ms).ticks(moments * size::MOMENT).collect::<Vec<u64>>();
        assert_eq!(named(90_000, 6.5), [0, 10, 20, 30, 40, 50, 60]);
        assert_eq!(named(90_000, 2.0), [0, 30, 60]);
        assert_eq!(named(7400, 4.0), [0, 2, 4, 6]);
        assert_eq!(named(300, 6.0), [0, 1]);
        assert_eq!(named(90_000, 0.1), [0], "now is named at any width");
        assert_eq!(Span::up_to(90_000).ago(60), 30_000);
    }
}
