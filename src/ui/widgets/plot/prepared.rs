//! A plot as it is drawn: as many points as can be seen, its scale and its words. Worked out once, and again only when
//! the data, the room or the language has changed, so that an hour of points costs no more than a minute of them.

use std::sync::Arc;

use egui::{Pos2, Rect, Ui, Vec2, pos2, vec2};

use super::{
    course::{pieces, thin, thin_events},
    said::in_words,
    scale::{Scale, Span},
};
use crate::{
    protocol::{Plot, PlotLine},
    ui::{
        catalogue::{Language, spoken},
        theme::space,
    },
};

/// So many points of a course are looked at to see whether it is still the same.
const SAMPLES: usize = 16;

/// What is drawn of a plot; all places are counted from the upper left corner of its ground.
pub struct Prepared {
    of: Print,
    pub scale: Scale,
    /// Of each course its dashes; of one that has a single point that point alone.
    pub courses: Vec<Vec<Vec<Pos2>>>,
    /// Of each kind of event the places along the width.
    pub events: Vec<Vec<f32>>,
    /// What a screen reader says.
    pub words: String,
}

/// What it was worked out of.
#[derive(PartialEq)]
struct Print {
    lines: Vec<LinePrint>,
    span: Span,
    ground: Vec2,
    spoken: Language,
}

/// One course: where its points are kept, how many they are, and some of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct LinePrint {
    at: usize,
    count: usize,
    samples: [(u64, u64); SAMPLES],
}

impl Prepared {
    /// The one that is kept for this plot at this place, or a new one. `ground` is the room for the courses.
    pub fn of(ui: &Ui, plot: &Plot, span: Span, ground: Vec2) -> Arc<Self> {
        let id = ui.scope_id().with(("plot", plot.title.as_str(), plot.events));
        let print = Print { lines: plot.lines.iter().map(LinePrint::of).collect(), span, ground, spoken: spoken() };
        let kept = ui.ctx().data(|data| data.get_temp::<Arc<Self>>(id));
        if let Some(kept) = kept.filter(|kept| kept.of == print) {
            return kept;
        }
        let fresh = Arc::new(Self::new(plot, print));
        ui.ctx().data_mut(|data| data.insert_temp(id, Arc::clone(&fresh)));
        fresh
    }

    fn new(plot: &Plot, of: Print) -> Self {
        let (span, ground) = (of.span, inner(Rect::from_min_size(Pos2::ZERO, of.ground)));
        let scale =
            Scale::of(plot.lines.iter().flat_map(|line| &line.points).map(|(_, value)| *value), ground.height());
        let place = |at_ms, value| pos2(span.x(at_ms, ground), scale.y(value, ground));
        let course = |(index, line): (usize, &PlotLine)| pieces(index, thin(&line.points, place));
        let event = |line: &PlotLine| thin_events(line.points.iter().map(|(at_ms, _)| span.x(*at_ms, ground)));
        let courses = if plot.events { Vec::new() } else { plot.lines.iter().enumerate().map(course).collect() };
        let events = if plot.events { plot.lines.iter().map(event).collect() } else { Vec::new() };
        Self { of, scale, courses, events, words: in_words(plot) }
    }
}

/// A line along the edge is seen in its whole width.
pub fn inner(ground: Rect) -> Rect {
    ground.shrink2(vec2(0.0, space::XS))
}

impl LinePrint {
    fn of(line: &PlotLine) -> Self {
        let points = &line.points;
        let last = points.len().saturating_sub(1);
        let samples = std::array::from_fn(|index| {
            let sample = points.get(last * index / (SAMPLES - 1));
            sample.map_or((0, 0), |(at_ms, value)| (*at_ms, value.to_bits()))
        });
        Self { at: points.as_ptr().addr(), count: points.len(), samples }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(count: u64) -> PlotLine {
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let points = (0..count).map(|at_ms| (at_ms, (at_ms % 7) as f64)).collect();
        PlotLine { name: "score".into(), points }
    }

    fn drawn(ctx: &egui::Context, plot: &Plot, width: f32) -> Arc<Prepared> {
        let mut prepared = None;
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            prepared = Some(Prepared::of(ui, plot, Span::new(100_000), vec2(width, 100.0)));
        });
        output.textures_delta.clear();
        prepared.unwrap()
    }

    #[test]
    fn it_is_worked_out_again_only_when_something_has_changed() {
        let ctx = egui::Context::default();
        let mut plot = Plot { title: "Score".into(), lines: vec![line(100_000)], ..Plot::default() };
        let first = drawn(&ctx, &plot, 800.0);
        assert!(Arc::ptr_eq(&first, &drawn(&ctx, &plot, 800.0)), "nothing has changed");
        let narrow = drawn(&ctx, &plot, 400.0);
        assert!(!Arc::ptr_eq(&first, &narrow), "there is less room");
        plot.lines[0].points.push((100_000, 99.0));
        let grown = drawn(&ctx, &plot, 400.0);
        assert!(!Arc::ptr_eq(&narrow, &grown), "it has grown");
        assert!(grown.words.contains("highest 99"), "{}", grown.words);
        plot.lines[0].points[100_000].1 = 50.0;
        assert!(!Arc::ptr_eq(&grown, &drawn(&ctx, &plot, 400.0)), "its last point is another one");
    }

    #[test]
    fn an_hour_of_points_is_drawn_as_few() {
        let ctx = egui::Context::default();
        let lines = (0..5).map(|_| line(100_000)).collect();
        let prepared = drawn(&ctx, &Plot { title: "Score".into(), lines, ..Plot::default() }, 800.0);
        for (index, course) in prepared.courses.iter().enumerate() {
            let points: usize = course.iter().map(Vec::len).sum();
            assert!(points <= 2 * 801 + 2 * 1200, "the course {index} has {points} points");
        }
    }
}
