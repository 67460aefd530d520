//! One course of a plot: its form, and as much of it as can be seen.

use egui::{Color32, Painter, Pos2, Rect, Shape, Vec2, vec2};

use crate::ui::theme::{size, stroke};

/// How one course is drawn: twenty of them differ, and the first five in form, whatever their colours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Course {
    color: Color32,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A full line; a disc.
    Full,
    /// Dashes; a square.
    Dashed,
    /// Dots; a triangle.
    Dotted,
    /// Dashes and dots; a square on its corner.
    Mixed,
    /// A full line of twice the width; a ring.
    Thick,
}

const FORMS: [Form; 5] = [Form::Full, Form::Dashed, Form::Dotted, Form::Mixed, Form::Thick];

impl Course {
    /// The form of the course in this place.
    pub fn of(index: usize, colors: &[Color32; 4]) -> Self {
        let (round, place) = (index / FORMS.len(), index % FORMS.len());
        Self { color: colors[(place + round) % colors.len()], form: FORMS[place] }
    }

    /// Draws it along a path.
    pub fn line(self, painter: &Painter, path: Vec<Pos2>) {
        let width = if self.form == Form::Thick { size::COURSE * 2.0 } else { size::COURSE };
        let line = stroke(width, self.color);
        let (dashes, gaps): (&[f32], &[f32]) = match self.form {
            Form::Full | Form::Thick => {
                painter.line(path, line);
                return;
            }
            Form::Dashed => (&[size::DASH], &[size::GAP]),
            Form::Dotted => (&[size::DOT], &[size::GAP]),
            Form::Mixed => (&[size::DASH, size::DOT], &[size::GAP, size::GAP]),
        };
        painter.extend(Shape::dashed_line_with_offset(&path, line, dashes, gaps, 0.0));
    }

    /// Draws one point of it.
    pub fn mark(self, painter: &Painter, at: Pos2) {
        let reach = size::POINT;
        match self.form {
            Form::Full => {
                painter.circle_filled(at, reach, self.color);
            }
            Form::Thick => {
                painter.circle_stroke(at, reach, stroke(size::COURSE, self.color));
            }
            Form::Dashed => {
                painter.rect_filled(Rect::from_center_size(at, Vec2::splat(reach + reach)), 0.0, self.color);
            }
            Form::Dotted => {
                self.filled(painter, at, [vec2(0.0, -reach), vec2(reach, reach), vec2(-reach, reach)]);
            }
            Form::Mixed => {
                let corners = [vec2(0.0, -reach), vec2(reach, 0.0), vec2(0.0, reach), vec2(-reach, 0.0)];
                self.filled(painter, at, corners);
            }
        }
    }

    fn filled<const N: usize>(self, painter: &Painter, at: Pos2, corners: [Vec2; N]) {
        let corners = corners.map(|corner| at + corner).to_vec();
        painter.add(Shape::convex_polygon(corners, self.color, egui::Stroke::NONE));
    }
}

/// A course as a path of at most four points for each point of the width: the first, the lowest, the highest and the
/// last. More could not be seen, and none of its peaks is lost.
pub fn thin(points: &[(u64, f64)], place: impl Fn(u64, f64) -> Pos2) -> Vec<Pos2> {
    let mut path = Vec::new();
    let mut column: Option<Column> = None;
    for (at_ms, value) in points.iter().filter(|(_, value)| value.is_finite()) {
        let spot = place(*at_ms, *value);
        if let Some(open) = column.as_mut().filter(|open| open.holds(spot)) {
            open.take(spot);
        } else if let Some(full) = column.replace(Column::new(spot)) {
            full.close(&mut path);
        }
    }
    if let Some(last) = column {
        last.close(&mut path);
    }
    path
}

/// Of places at one point of the width, only the first.
pub fn thin_events(places: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut shown: Vec<f32> = Vec::new();
    for x in places {
        if shown.last().is_none_or(|last| last.floor() != x.floor()) {
            shown.push(x);
        }
    }
    shown
}

/// What falls into one point of the width.
struct Column {
    first: Pos2,
    highest: Pos2,
    lowest: Pos2,
    last: Pos2,
}

impl Column {
    fn new(spot: Pos2) -> Self {
        Self { first: spot, highest: spot, lowest: spot, last: spot }
    }

    fn holds(&self, spot: Pos2) -> bool {
        self.first.x.floor() == spot.x.floor()
    }

    fn take(&mut self, spot: Pos2) {
        if spot.y < self.highest.y {
            self.highest = spot;
        }
        if spot.y > self.lowest.y {
            self.lowest = spot;
        }
        self.last = spot;
    }

    /// In the order of time, each spot once.
    fn close(self, path: &mut Vec<Pos2>) {
        let is_falling = self.highest.x <= self.lowest.x;
        let between = if is_falling { [self.highest, self.lowest] } else { [self.lowest, self.highest] };
        for spot in [self.first, between[0], between[1], self.last] {
            if path.last() != Some(&spot) {
                path.push(spot);
            }
        }
    }
}
