//! What decisions cost, one bar a decision: as a plot with its scale, or as a line of sparks. What was not searched to
//! the end is pale within a line, and said to be so.

use egui::{Align2, Label, Painter, Rect, Response, RichText, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::{
    protocol::Judgement,
    ui::{
        theme::{LINE, Palette, ROUND_SMALL, blend, palette, size, space, stroke, text},
        words,
    },
};

/// A session that has hardly begun is not stretched over the whole width.
const LEAST_SLOTS: usize = 24;
/// The highest bar stands for at least so many points, so that trifles look like trifles.
const LEAST_POINTS: f64 = 1.0;

/// Draws the costs as a plot over the whole width; `said` is what is said of one under the pointer.
pub fn costs(ui: &mut Ui, judgements: &[Judgement], said: impl Fn(&Judgement) -> String) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::COSTS), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, in_words(judgements)));
    let ground = Rect::from_min_max(pos2(rect.left() + size::COST_SCALE, rect.top()), rect.max)
        .with_max_y(rect.bottom() - size::ROW);
    let bars = Bars::new(judgements, ground.shrink2(vec2(space::XS, space::S)));
    let painter = ui.painter();
    painter.rect_filled(ground, ROUND_SMALL, colors.well);
    bars.scale(painter, colors, rect);
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
        return "What decisions cost: none has been judged".to_owned();
    };
    let span = if first.step == last.step {
        format!("step {}", first.step)
    } else {
        format!("steps {} to {}", first.step, last.step)
    };
    let dearest = judgements.iter().max_by(|one, other| one.cost.total_cmp(&other.cost));
    let most = dearest.filter(|dearest| !words::is_free(dearest.cost)).map_or_else(
        || "none cost anything".to_owned(),
        |dearest| format!("the dearest, step {}, {}", dearest.step, words::cost_of(dearest)),
    );
    format!("What decisions cost, {span}: {most}")
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

    /// Points on the left, steps below.
    fn scale(&self, painter: &Painter, colors: &Palette, whole: Rect) {
        for share in [0.0, 0.5, 1.0_f32] {
            let y = egui::lerp(self.edges.bottom()..=self.edges.top(), share);
            painter.hline(self.edges.x_range(), y, stroke(LINE, colors.line));
            let points = format!("{:.1}", self.most * f64::from(share));
            let at = pos2(self.edges.left() - space::S, y);
            painter.text(at, Align2::RIGHT_CENTER, points, text::small(), colors.weak);
        }
        let Some((first, last)) = self.shown.first().zip(self.shown.last()) else { return };
        let y = whole.bottom();
        let first_at = pos2(self.edges.left(), y);
        painter.text(first_at, Align2::LEFT_BOTTOM, format!("step {}", first.step), text::small(), colors.weak);
        let end = self.left(self.shown.len());
        // Where both would stand on one another, the first one is enough.
        if end - self.edges.left() > size::CHECK_COLUMN {
            let words = format!("step {}", last.step);
            painter.text(pos2(end, y), Align2::RIGHT_BOTTOM, words, text::small(), colors.weak);
        }
    }
}

fn legend(ui: &mut Ui, colors: &Palette) {
    let pale = blend(colors.well, colors.accent, 0.3);
    ui.horizontal_wrapped(|ui| {
        for (fill, words) in
            [(colors.accent, "full: searched to the end"), (pale, "pale: at least as far as it was searched")]
        {
            let (rect, _) = ui.allocate_exact_size(vec2(size::SAMPLE, size::LANE_BAR), Sense::hover());
            ui.painter().rect(rect, 0.0, fill, stroke(LINE, colors.accent), StrokeKind::Inside);
            ui.add(Label::new(RichText::new(words).font(text::small()).color(colors.weak)).extend());
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
}
