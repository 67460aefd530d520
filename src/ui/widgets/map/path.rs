//! The way that the agent has come, the last steps brightest, and where it went last.

use egui::{Pos2, Shape, Stroke, lerp};

use super::Drawing;
use crate::ui::theme::{blend, size, space, stroke};

/// So many of the last ways are brighter than those before.
const BRIGHT: usize = 8;

impl Drawing<'_> {
    pub(super) fn path(&self) {
        let ways = self.world.path.len().saturating_sub(1);
        for (index, pair) in self.world.path.windows(2).enumerate() {
            if let Some((from, to)) = self.ends(pair[0], pair[1]) {
                let age = age_of(ways - index - 1);
                let color = blend(self.colors.halo, self.colors.road, age);
                // The older, the paler and the thinner.
                self.painter.line_segment([from, to], stroke(size::PATH * (1.0 - 0.4 * age), color));
            }
        }
    }

    /// An arrow on the last way, to the place where the agent is. While the last action is new, a light runs along the
    /// way and a ring opens around the place; the arrow stays.
    pub(super) fn last_move(&self, age: Option<f32>) {
        if let [.., from, to] = self.world.path.as_slice()
            && let Some((from, to)) = self.ends(*from, *to)
            && from != to
        {
            if let Some(arrow) = self.last_arrow() {
                self.painter.add(Shape::convex_polygon(arrow.to_vec(), self.colors.halo, Stroke::NONE));
            }
            if let Some(age) = age {
                self.painter.circle_filled(from.lerp(to, age), size::PATH + size::ROAD, self.colors.ink);
            }
        }
        if let Some((here, age)) = self.here().zip(age) {
            let radius = size::PLACE + lerp(space::XS..=space::XL, age);
            let color = self.colors.halo.gamma_multiply(1.0 - age);
            self.painter.circle_stroke(self.at(here), radius, stroke(size::PATH, color));
        }
    }

    /// The corners of the arrow; between places that are close there is no room for one.
    pub(super) fn last_arrow(&self) -> Option<[Pos2; 3]> {
        let [.., from, to] = self.world.path.as_slice() else { return None };
        let (from, to) = self.ends(*from, *to)?;
        let along = (to - from).normalized();
        let tip = to - along * (size::PLACE + space::S);
        if from == to || (tip - from).length() < size::PLACE + space::M {
            return None;
        }
        let (back, aside) = (along * space::M, along.rot90() * (space::S * 0.75));
        Some([tip, tip - back + aside, tip - back - aside])
    }
}

/// How old a way is, 0 for the newest, 1 for those that are no longer brighter; `later` ways were walked since.
fn age_of(later: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a handful of ways")]
    let age = later.min(BRIGHT) as f32 / BRIGHT as f32;
    age
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_way_is_the_brightest_and_old_ones_are_alike() {
        assert_eq!(age_of(0), 0.0);
        assert!(age_of(1) > 0.0 && age_of(1) < age_of(2));
        assert_eq!((age_of(BRIGHT), age_of(500)), (1.0, 1.0));
    }
}
