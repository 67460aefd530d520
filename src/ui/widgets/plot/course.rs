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

/// So many times as long as it is wide may a course be before its dashes are drawn out with it.
const STEEP: f32 = 4.0;

impl Form {
    /// The form of the course in this place.
    fn of(index: usize) -> Self {
        FORMS[index % FORMS.len()]
    }

    /// Dashes and gaps, one after the other; nothing for a full line.
    fn pattern(self) -> &'static [f32] {
        match self {
            Self::Full | Self::Thick => &[],
            Self::Dashed => &[size::DASH, size::GAP],
            Self::Dotted => &[size::DOT, size::GAP],
            Self::Mixed => &[size::DASH, size::GAP, size::DOT, size::GAP],
        }
    }
}

impl Course {
    /// The form of the course in this place.
    pub fn of(index: usize, colors: &[Color32; 4]) -> Self {
        let round = index / FORMS.len();
        Self { color: colors[(index % FORMS.len() + round) % colors.len()], form: Form::of(index) }
    }

    /// Draws the pieces of it that [`pieces`] gave, so far from where they were made.
    pub fn line(self, painter: &Painter, pieces: &[Vec<Pos2>], moved: Vec2) {
        let width = if self.form == Form::Thick { size::COURSE * 2.0 } else { size::COURSE };
        let line = stroke(width, self.color);
        let pieces = pieces.iter().map(|piece| piece.iter().map(|spot| *spot + moved).collect::<Vec<_>>());
        painter.extend(pieces.map(|piece| Shape::line(piece, line)));
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

/// The path of the course in this place, cut into its dashes; a single point stays one.
pub fn pieces(index: usize, path: Vec<Pos2>) -> Vec<Vec<Pos2>> {
    match Form::of(index).pattern() {
        _ if path.is_empty() => Vec::new(),
        [] => vec![path],
        _ if path.len() == 1 => vec![path],
        pattern => cut(&path, pattern),
    }
}

/// Of a course that goes up and down all the time the dashes are longer, so that there are never many more of them than
/// fit the width.
fn cut(path: &[Pos2], pattern: &[f32]) -> Vec<Vec<Pos2>> {
    let Some((first, last)) = path.first().zip(path.last()) else { return Vec::new() };
    let length: f32 = path.array_windows().map(|[from, to]| from.distance(*to)).sum();
    let stretch = (length / (STEEP * (last.x - first.x).max(1.0))).max(1.0);
    let mut lengths = pattern.iter().cycle().map(|length| length * stretch);
    let mut left = lengths.next().unwrap_or(f32::INFINITY);
    let mut is_dash = true;
    let (mut cut, mut piece) = (Vec::new(), vec![*first]);
    for [from, to] in path.array_windows() {
        let mut from = *from;
        while from.distance(*to) > left {
            from += (*to - from) * (left / from.distance(*to));
            piece.push(from);
            if is_dash {
                cut.push(std::mem::take(&mut piece));
            }
            is_dash = !is_dash;
            left = lengths.next().unwrap_or(f32::INFINITY);
        }
        left -= from.distance(*to);
        if is_dash {
            piece.push(*to);
        }
    }
    if piece.len() > 1 {
        cut.push(piece);
    }
    cut
}

/// A course as a path of at most two points for each point of the width, the lowest and the highest, between its two
/// ends. More could not be seen, and none of its peaks is lost.
pub fn thin(points: &[(u64, f64)], place: impl Fn(u64, f64) -> Pos2) -> Vec<Pos2> {
    let finite = points.iter().filter(|(_, value)| value.is_finite());
    let mut spots = finite.map(|(at_ms, value)| place(*at_ms, *value));
    let Some(first) = spots.next() else { return Vec::new() };
    let mut path = vec![first];
    let (mut column, mut last) = (Column::new(first), first);
    for spot in spots {
        if column.holds(spot) {
            column.take(spot);
        } else {
            column.close(&mut path);
            column = Column::new(spot);
        }
        last = spot;
    }
    column.close(&mut path);
    lead_to(last, &mut path);
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

/// Each spot once.
fn lead_to(spot: Pos2, path: &mut Vec<Pos2>) {
    if path.last() != Some(&spot) {
        path.push(spot);
    }
}

/// What falls into one point of the width.
struct Column {
    highest: Pos2,
    lowest: Pos2,
}

impl Column {
    fn new(spot: Pos2) -> Self {
        Self { highest: spot, lowest: spot }
    }

    fn holds(&self, spot: Pos2) -> bool {
        self.highest.x.floor() == spot.x.floor()
    }

    fn take(&mut self, spot: Pos2) {
        if spot.y < self.highest.y {
            self.highest = spot;
        }
        if spot.y > self.lowest.y {
            self.lowest = spot;
        }
    }

    /// In the order of time.
    fn close(&self, path: &mut Vec<Pos2>) {
        let is_falling = self.highest.x <= self.lowest.x;
        let (first, second) = if is_falling { (self.highest, self.lowest) } else { (self.lowest, self.highest) };
        lead_to(first, path);
        lead_to(second, path);
    }
}
