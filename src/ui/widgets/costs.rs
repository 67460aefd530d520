//! What decisions cost, one bar a decision: as a plot with its scale, or as a line of sparks. What was not searched to
//! the end is pale within a line, and said to be so.

use egui::{Align2, Painter, Rect, Response, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::lanes::legend::sample;
use crate::{
    protocol::Judgement,
    ui::{
        catalogue::say,
        theme::{LINE, Palette, ROUND_SMALL, blend, palette, size, space, stroke, text},
        words,
    },
};

/// A session that has hardly begun is not stretched over the whole width.
const LEAST_SLOTS: usize = 24;
/// The highest bar stands for at least so many points, so that trifles look like trifles.
const LEAST_POINTS: f64 = 1.0;
/// So many decisions may lie between two that are named.
const ROUND: [u16; 9] = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/// Draws the costs as a plot over the whole width; `said` is what is said of one under the pointer.
pub fn costs(ui: &mut Ui, judgements: &[Judgement], said: impl Fn(&Judgement) -> String) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::COSTS), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, in_words(judgements)));
    let beside = rect.with_min_x(rect.left() + size::COST_SCALE);
    let ground = beside.with_min_y(rect.top() + size::ROW).with_max_y(rect.bottom() - size::ROW);
    let bars = Bars::new(judgements, ground.shrink2(vec2(space::XS, space::S)));
    let painter = ui.painter();
    painter.rect_filled(ground, ROUND_SMALL, colors.well);
    bars.points(painter, colors);
    bars.steps(painter, colors, rect.bottom());
    painter.text(rect.left_top(), Align2::LEFT_TOP, say!("learning-points-lost"), text::small(), colors.weak);
    bars.draw(painter, colors, &response, said);
    legend(ui, colors);
}

/// Draws the costs in one line without a scale.
pub fn sparks(ui: &mut Ui, judgements: &[Judgement], said: impl Fn(&Judgement) -> String) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::SPARKS), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, in_words(judgements)));
    let painter = ui.painter();
    painter.rect_filled(rect, ROUND_SMALL, colors.well);
    Bars::new(judgements, rect.shrink2(vec2(space::XS, space::XS))).draw(painter, colors, &response, said);
}

/// What a screen reader says of the plot.
fn in_words(judgements: &[Judgement]) -> String {
    let Some((first, last)) = judgements.first().zip(judgements.last()) else {
        return say!("learning-plot-empty");
    };
    let (first, last) = (first.step, last.step);
    let dearest = judgements.iter().max_by(|one, other| one.cost.total_cmp(&other.cost));
    let Some(dearest) = dearest.filter(|dearest| !words::is_free(dearest.cost)) else {
        if first == last {
            return say!("learning-plot-one-free", step = first);
        }
        return say!("learning-plot-free", first = first, last = last);
    };
    let (step, amount) = (dearest.step, words::points(dearest.cost));
    let bound = if dearest.is_proved { "proved" } else { "searched" };
    if first == last {
        return say!("learning-plot-one", bound = bound, step = step, amount = amount);
    }
    say!("learning-plot", bound = bound, first = first, last = last, step = step, amount = amount)
}

/// As many of the newest decisions as there is room for, and where each one's bar is.
struct Bars<'a> {
    shown: &'a [Judgement],
    edges: Rect,
    /// The width of one decision.
    pitch: f32,
    /// The points that the highest bar stands for.
    most: f64,
}

impl<'a> Bars<'a> {
    fn new(judgements: &'a [Judgement], edges: Rect) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred bars at the most")]
        let room = (edges.width() / size::COST_BAR).max(1.0) as usize;
        let shown = &judgements[judgements.len().saturating_sub(room)..];
        #[expect(clippy::cast_precision_loss, reason = "a few hundred bars at the most")]
        let slots = shown.len().max(LEAST_SLOTS.min(room)) as f32;
        let most = shown.iter().map(|judgement| judgement.cost).fold(LEAST_POINTS, f64::max);
        Self { shown, edges, pitch: edges.width() / slots, most }
    }

    /// Where one bar stands, from the left.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred bars at the most")]
    fn left(&self, index: usize) -> f32 {
        self.edges.left() + self.pitch * index as f32
    }

    /// However little a decision cost, a line of it is seen.
    fn bar(&self, index: usize, judgement: &Judgement) -> Rect {
        let (left, bottom) = (self.left(index), self.edges.bottom());
        let height = self.edges.height() * words::share_of_sum(judgement.cost, self.most);
        let width = self.pitch - (self.pitch * 0.25).min(space::XS);
        Rect::from_min_max(pos2(left, bottom - height.max(space::HAIR)), pos2(left + width, bottom))
    }

    fn draw(&self, painter: &Painter, colors: &Palette, response: &Response, said: impl Fn(&Judgement) -> String) {
        let pale = blend(colors.well, colors.accent, 0.3);
        let pointer = response.hover_pos();
        for (index, judgement) in self.shown.iter().enumerate() {
            let is_meant = pointer.is_some_and(|at| (self.left(index)..self.left(index + 1)).contains(&at.x));
            let fill = if judgement.is_proved { colors.accent } else { pale };
            let line = if is_meant { colors.text } else { colors.accent };
            painter.rect(self.bar(index, judgement), 0.0, fill, stroke(LINE, line), StrokeKind::Inside);
            if is_meant {
                response.clone().on_hover_text_at_pointer(said(judgement));
            }
        }
    }

    /// Points on the left.
    fn points(&self, painter: &Painter, colors: &Palette) {
        for share in [0.0, 0.5, 1.0_f32] {
            let y = egui::lerp(self.edges.bottom()..=self.edges.top(), share);
            painter.hline(self.edges.x_range(), y, stroke(LINE, colors.line));
            let points = words::decimal(self.most * f64::from(share), 1);
            let at = pos2(self.edges.left() - space::S, y);
            painter.text(at, Align2::RIGHT_CENTER, points, text::small(), colors.weak);
        }
    }

    /// Steps below, each under its bar.
    fn steps(&self, painter: &Painter, colors: &Palette, bottom: f32) {
        for (x, step) in self.named() {
            // Nothing reaches beyond the edges.
            let (x, anchor) = if x - size::MOMENT / 2.0 < self.edges.left() {
                (self.edges.left(), Align2::LEFT_BOTTOM)
            } else if x + size::MOMENT / 2.0 > self.edges.right() {
                (self.edges.right(), Align2::RIGHT_BOTTOM)
            } else {
                (x, Align2::CENTER_BOTTOM)
            };
            let words = say!("learning-step", step = step);
            painter.text(pos2(x, bottom), anchor, words, text::small(), colors.weak);
        }
    }

    /// The steps that are named and the middles of their bars: the first one, and round ones as far as there is room.
    fn named(&self) -> Vec<(f32, u64)> {
        let room = size::MOMENT + space::S;
        let every = ROUND.into_iter().find(|count| self.pitch * f32::from(*count) >= room).unwrap_or(u16::MAX);
        let mut free_from = f32::NEG_INFINITY;
        let mut named = Vec::new();
        for (index, judgement) in self.shown.iter().enumerate() {
            let x = self.left(index) + self.pitch / 2.0;
            if x >= free_from && (index == 0 || judgement.step.is_multiple_of(u64::from(every))) {
                named.push((x, judgement.step));
                free_from = x + room;
            }
        }
        named
    }
}

fn legend(ui: &mut Ui, colors: &Palette) {
    let pale = blend(colors.well, colors.accent, 0.3);
    ui.horizontal_wrapped(|ui| {
        for (fill, words) in [(colors.accent, say!("learning-full")), (pale, say!("learning-pale"))] {
            sample(ui, &words, |painter, edges| {
                painter.rect(edges, 0.0, fill, stroke(LINE, colors.accent), StrokeKind::Inside);
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgement(step: u64, cost: f64) -> Judgement {
        Judgement { step, cost, is_proved: true, ..Judgement::default() }
    }

    fn within(width: f32) -> Rect {
        Rect::from_min_size(pos2(0.0, 0.0), vec2(width, 100.0))
    }

    #[test]
    fn the_plot_is_said_in_words() {
        assert_eq!(in_words(&[]), "What decisions cost: none has been judged");
        assert_eq!(in_words(&[judgement(3, 0.0)]), "What decisions cost, step 3: none cost anything");
        let several = [judgement(3, 0.0), judgement(4, 2.5), judgement(6, 1.0)];
        let words = "What decisions cost, steps 3 to 6: the dearest, step 4, cost 2.5 points";
        assert_eq!(in_words(&several), words);
    }

    #[test]
    fn the_newest_are_shown_where_there_is_no_room_for_all() {
        let many: Vec<Judgement> = (1..=400).map(|step| judgement(step, 4.0)).collect();
        let bars = Bars::new(&many, within(300.0));
        assert_eq!((bars.shown.len(), bars.shown[0].step), (100, 301));
        assert!((bars.left(100) - 300.0).abs() < 0.01);
    }

    #[test]
    fn the_dearest_decision_fills_the_height_and_a_free_one_is_still_seen() {
        let some = [judgement(1, 0.0), judgement(2, 4.0)];
        let bars = Bars::new(&some, within(300.0));
        assert_eq!(bars.bar(0, &some[0]).height(), space::HAIR);
        assert_eq!(bars.bar(1, &some[1]).height(), 100.0);
        assert!(bars.pitch < 15.0, "two decisions do not fill the whole width");
    }

    #[test]
    fn steps_are_named_at_round_ones_with_room_between_them() {
        let steps = |count: u64, width| {
            let some: Vec<Judgement> = (1..=count).map(|step| judgement(step, 1.0)).collect();
            Bars::new(&some, within(width)).named()
        };
        let named = steps(400, 600.0);
        assert_eq!(named.iter().map(|(_, step)| *step).collect::<Vec<u64>>(), [201, 250, 300, 350, 400]);
        assert!(named.windows(2).all(|pair| pair[1].0 - pair[0].0 >= size::MOMENT + space::S));
        assert_eq!(steps(1, 600.0).iter().map(|(_, step)| *step).collect::<Vec<u64>>(), [1]);
    }
}
