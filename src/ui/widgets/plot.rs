//! A plot over time: courses told apart by the form of their lines as well as by colour, or single events as marks. One
//! span of time and one cursor are common to all plots that stand over one another.

mod course;
mod prepared;
mod said;
mod scale;

use egui::{Align2, Label, Painter, Rect, Response, RichText, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::{
    protocol::Plot,
    ui::{
        catalogue::say,
        theme::{LINE, Palette, ROUND_SMALL, palette, size, space, stroke, text},
        words::kept::{figure, line_name, measured, moment, point_at, title, unit_name, values_at},
    },
};

use course::{Course, pieces, thin_events};
use prepared::{Prepared, inner};
use said::marks_in_words;
use scale::Scale;

pub use scale::{Span, ground_of};

/// Draws a plot over the whole width, its name above it and its legend below. The cursor is a moment in milliseconds.
/// Gives the moment that the pointer is pressed on, if it is. What it draws is kept until the data is another: no two
/// plots of one title may stand in one part of the screen.
pub fn plot(ui: &mut Ui, plot: &Plot, span: Span, cursor_ms: Option<u64>) -> Option<u64> {
    let colors = palette(ui);
    head(ui, colors, plot, cursor_ms);
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let rows = plot.lines.len().max(1) as f32;
    let height = if plot.events { rows * size::ROW } else { size::PLOT };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::CLICK | Sense::DRAG);
    let ground = ground_of(rect);
    let prepared = Prepared::of(ui, plot, span, ground.size());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &prepared.words));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(rect.expand(size::POINT)));
        let drawing = Drawing { painter: &painter, colors, plot, prepared: &prepared, span, ground };
        painter.rect_filled(ground, ROUND_SMALL, colors.well);
        drawing.moments();
        if plot.events {
            drawing.events();
        } else {
            drawing.courses(cursor_ms);
        }
        if let Some(cursor_ms) = cursor_ms {
            cursor(&painter, colors, span.x(cursor_ms, ground), ground);
        }
    }
    if has_legend(plot) {
        legend(ui, colors, plot, cursor_ms);
    }
    hover(&response, span, |at_ms| say!("kept-plot-at", moment = moment(at_ms), values = values_at(plot, at_ms)));
    pressed(&response, span)
}

/// Draws marks at moments on one line, with their words under the pointer. Gives the moment that the pointer is pressed
/// on, if it is.
pub fn marks(ui: &mut Ui, name: &str, marks: &[(u64, String)], span: Span, cursor_ms: u64) -> Option<u64> {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, marks_in_words(name, marks)));
    if !ui.is_rect_visible(rect) {
        return pressed(&response, span);
    }
    let ground = ground_of(rect);
    let painter = ui.painter();
    painter.rect_filled(ground, ROUND_SMALL, colors.well);
    let form = Course::of(0, &colors.courses);
    let places = marks.iter().map(|(at_ms, _)| span.x(*at_ms, ground));
    thin_events(places).into_iter().for_each(|x| form.mark(painter, pos2(x, ground.center().y)));
    cursor(painter, colors, span.x(cursor_ms, ground), ground);
    if let Some(at) = response.hover_pos() {
        let near = marks.iter().filter(|(at_ms, _)| (span.x(*at_ms, ground) - at.x).abs() <= size::POINT);
        let said: Vec<String> = near.map(|(at_ms, words)| format!("{}: {words}", moment(*at_ms))).collect();
        if !said.is_empty() {
            response.clone().on_hover_text_at_pointer(said.join("\n"));
        }
    }
    pressed(&response, span)
}

/// Draws the moments of a span under the plots that share it.
pub fn moments(ui: &mut Ui, span: Span) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::hover());
    let words = say!("kept-time-runs", end = moment(span.total_ms()));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let ground = ground_of(rect);
    let last = ground.right() - size::MOMENT / 2.0;
    for at_ms in span.ticks(ground.width()) {
        let x = span.x(at_ms, ground);
        // Nothing reaches beyond the edges.
        let anchor = if at_ms == 0 {
            Align2::LEFT_CENTER
        } else if x > last {
            Align2::RIGHT_CENTER
        } else {
            Align2::CENTER_CENTER
        };
        ui.painter().text(pos2(x, rect.center().y), anchor, moment(at_ms), text::small(), colors.weak);
    }
}

/// Whether the courses have their names below, and with them what each shows at the cursor.
fn has_legend(plot: &Plot) -> bool {
    plot.lines.len() > 1 || plot.events
}

/// The name, and what it shows at the cursor, where no legend says that; without a cursor the unit.
fn head(ui: &mut Ui, colors: &Palette, plot: &Plot, cursor_ms: Option<u64>) {
    ui.horizontal_wrapped(|ui| {
        ui.add(Label::new(RichText::new(title(plot)).font(text::strong())));
        let words = match cursor_ms {
            Some(at_ms) if !has_legend(plot) => values_at(plot, at_ms),
            Some(_) => String::new(),
            None => unit_name(&plot.unit),
        };
        if !words.is_empty() {
            ui.add(Label::new(RichText::new(words).font(text::small()).color(colors.weak)).wrap());
        }
    });
}

fn legend(ui: &mut Ui, colors: &Palette, plot: &Plot, cursor_ms: Option<u64>) {
    ui.horizontal_wrapped(|ui| {
        for (index, line) in plot.lines.iter().enumerate() {
            let name = line_name(line);
            let words = match cursor_ms.and_then(|at_ms| point_at(line, at_ms)) {
                Some((_, value)) => format!("{name} {}", measured(value, &plot.unit)),
                None => name,
            };
            // The sample and its words stay together.
            let width = ui.painter().layout_no_wrap(words.clone(), text::small(), colors.weak).size().x;
            if ui.available_size_before_wrap().x < size::SAMPLE + space::S + width {
                ui.end_row();
            }
            let (rect, _) = ui.allocate_exact_size(vec2(size::SAMPLE, size::LANE_BAR), Sense::hover());
            let form = Course::of(index, &colors.courses);
            if plot.events {
                form.mark(ui.painter(), rect.center());
            } else {
                let sample = pieces(index, vec![rect.left_center(), rect.right_center()]);
                form.line(ui.painter(), &sample, Vec2::ZERO);
            }
            ui.add(Label::new(RichText::new(words).font(text::small()).color(colors.weak)));
            ui.add_space(space::S);
        }
    });
}

fn cursor(painter: &Painter, colors: &Palette, x: f32, ground: Rect) {
    painter.vline(x, ground.y_range(), stroke(LINE, colors.text));
}

fn hover(response: &Response, span: Span, said: impl Fn(u64) -> String) {
    if let Some(at) = response.hover_pos() {
        let words = said(span.at(at.x, ground_of(response.rect)));
        response.clone().on_hover_text_at_pointer(words);
    }
}

fn pressed(response: &Response, span: Span) -> Option<u64> {
    let at = response.interact_pointer_pos()?;
    Some(span.at(at.x, ground_of(response.rect)))
}

struct Drawing<'a> {
    painter: &'a Painter,
    colors: &'a Palette,
    plot: &'a Plot,
    prepared: &'a Prepared,
    span: Span,
    ground: Rect,
}

impl Drawing<'_> {
    fn moments(&self) {
        for at_ms in self.span.ticks(self.ground.width()) {
            self.painter.vline(self.span.x(at_ms, self.ground), self.ground.y_range(), stroke(LINE, self.colors.line));
        }
    }

    fn courses(&self, cursor_ms: Option<u64>) {
        let (scale, ground) = (self.prepared.scale, inner(self.ground));
        let moved = self.ground.min.to_vec2();
        self.scale(scale, ground);
        for (index, (line, pieces)) in self.plot.lines.iter().zip(&self.prepared.courses).enumerate() {
            let form = Course::of(index, &self.colors.courses);
            match pieces.as_slice() {
                [piece] if piece.len() == 1 => piece.iter().for_each(|spot| form.mark(self.painter, *spot + moved)),
                pieces => form.line(self.painter, pieces, moved),
            }
            // Where it was measured, so that the mark lies on its line.
            let now = cursor_ms.and_then(|at_ms| point_at(line, at_ms));
            if let Some((at_ms, value)) = now.filter(|(_, value)| value.is_finite()) {
                form.mark(self.painter, pos2(self.span.x(at_ms, ground), scale.y(value, ground)));
            }
        }
    }

    /// Each kind of event has a line of its own.
    fn events(&self) {
        let mut y = self.ground.top() + size::ROW / 2.0;
        for (index, places) in self.prepared.events.iter().enumerate() {
            let form = Course::of(index, &self.colors.courses);
            places.iter().for_each(|x| form.mark(self.painter, pos2(self.ground.left() + x, y)));
            y += size::ROW;
        }
    }

    /// Round values before the plot, the unit at the highest one.
    fn scale(&self, scale: Scale, ground: Rect) {
        let ticks = scale.ticks();
        let unit = &self.plot.unit;
        for (index, tick) in ticks.iter().enumerate() {
            let y = scale.y(*tick, ground);
            self.painter.hline(ground.x_range(), y, stroke(LINE, self.colors.line));
            let is_highest = index + 1 == ticks.len();
            // Where name and unit are too long for the scale, the unit stands beside the name anyway.
            let words = if is_highest && unit.len() < 3 { measured(*tick, unit) } else { figure(*tick) };
            let at = pos2(ground.left() - space::S, y);
            self.painter.text(at, Align2::RIGHT_CENTER, words, text::small(), self.colors.weak);
        }
    }
}

#[cfg(test)]
mod tests;
