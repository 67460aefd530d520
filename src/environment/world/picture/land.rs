//! The map itself: the way so far beneath the roads, the places upon them, and the words beside both.

use embedded_graphics::{
    geometry::{Point, Size},
    mono_font::ascii::{FONT_6X12, FONT_7X13_BOLD, FONT_8X13_BOLD, FONT_9X15_BOLD},
    pixelcolor::{Rgb888, RgbColor},
    primitives::Rectangle,
};

use super::{
    blend,
    canvas::{Canvas, Label, Look, fitted},
    signs::sign,
    thousandths,
};
use crate::protocol::{PlaceView, RoadView, WorldView};

/// Where the middles of places can be; names and marks need room around.
const LEFT: i32 = 50;
const TOP: i32 = 44;
const ACROSS: i32 = 540;
const DOWN: i32 = 376;

const PLACE_RADIUS: u32 = 13;
const HERE_RADIUS: u32 = 19;
const HERE_WIDTH: u32 = 4;
const ROAD_WIDTH: u32 = 3;
const ROAD_EDGES_WIDTH: u32 = 5;
const WAY_WIDTH: u32 = 11;
/// From the middle of a place to its name; the ring lies in between.
const NAME_BELOW: i32 = 23;
const DASH: i32 = 9;
const DASH_AND_GAP: usize = 16;

const NAME_LETTERS: usize = 24;
const MARKS_LETTERS: usize = 18;
const MARKS_LINES: usize = 3;
const TURNS_LETTERS: usize = 3;
/// So many of the last places are shown as the way so far.
const WAY_SHOWN: usize = 40;
/// Where the turns of a road may stand, in percent of its length, the best first.
const TURNS_AT: [i32; 5] = [50, 42, 58, 34, 66];

const PAPER: Rgb888 = Rgb888::new(252, 248, 236);
pub const INK: Rgb888 = Rgb888::new(24, 24, 28);
const PALE: Rgb888 = Rgb888::new(206, 206, 200);
const PALE_INK: Rgb888 = Rgb888::new(72, 72, 78);
// Light between dark edges, a road is seen on the land by day, by night and in between.
const ROAD: Rgb888 = Rgb888::new(226, 192, 132);
const ROAD_EDGES: Rgb888 = Rgb888::new(88, 60, 30);
const CLOSED_ROAD: Rgb888 = Rgb888::new(184, 40, 40);
const WAY: Rgb888 = Rgb888::new(56, 128, 226);
const HERE: Rgb888 = Rgb888::new(232, 24, 140);

pub fn draw(canvas: &mut Canvas, view: &WorldView, ground: Rgb888) {
    let map = Map { view, ground };
    map.way(canvas);
    map.roads(canvas);
    map.places(canvas);
    let mut labels = map.labels();
    labels.extend(map.turns(&labels));
    labels.iter().for_each(|label| label.draw(canvas));
}

/// Where a place is drawn.
pub fn spot(place: &PlaceView) -> Point {
    Point::new(LEFT + thousandths(place.x) * ACROSS / 1000, TOP + thousandths(place.y) * DOWN / 1000)
}

struct Map<'a> {
    view: &'a WorldView,
    ground: Rgb888,
}

impl Map<'_> {
    /// Every place that the fog does not cover, with its index.
    fn known(&self) -> impl Iterator<Item = (usize, &PlaceView)> {
        self.view.places.iter().enumerate().filter(|(_, place)| place.known)
    }

    /// Both ends of a way, if both are known.
    fn ends(&self, from: usize, to: usize) -> Option<(Point, Point)> {
        let at = |index: usize| self.view.places.get(index).filter(|place| place.known).map(spot);
        at(from).zip(at(to))
    }

    /// The way so far; the longer ago, the fainter.
    fn way(&self, canvas: &mut Canvas) {
        let path = &self.view.path;
        let shown = &path[path.len().saturating_sub(WAY_SHOWN)..];
        let steps = shown.len() as i32;
        for (number, step) in (1..).zip(shown.windows(2)) {
            if let Some((from, to)) = self.ends(step[0], step[1]) {
                canvas.line(from, to, WAY_WIDTH, blend(self.ground, WAY, 300 + 700 * (number + 1) / steps));
            }
        }
    }

    fn roads(&self, canvas: &mut Canvas) {
        for road in &self.view.roads {
            match self.ends(road.from, road.to) {
                Some((from, to)) if road.open => {
                    canvas.line(from, to, ROAD_EDGES_WIDTH, ROAD_EDGES);
                    canvas.line(from, to, ROAD_WIDTH, ROAD);
                }
                Some((from, to)) => dashes(canvas, from, to),
                None => {}
            }
        }
    }

    fn places(&self, canvas: &mut Canvas) {
        for (index, place) in self.known() {
            let at = spot(place);
            if index == self.view.here {
                canvas.ring(at, HERE_RADIUS, HERE_WIDTH, HERE);
            }
            let (fill, ink) = colors(place);
            canvas.disc(at, PLACE_RADIUS, fill);
            canvas.ring(at, PLACE_RADIUS, 1, ink);
            if place.visited {
                for (x, y, width, height) in sign(place.kind) {
                    canvas.block(Rectangle::new(at + Point::new(*x, *y), Size::new(*width, *height)), ink);
                }
            } else {
                canvas.write("?", at - Point::new(4, 7), &FONT_9X15_BOLD, ink);
            }
        }
    }

    /// The name of each place and, beneath it, what can be seen there.
    fn labels(&self) -> Vec<Label> {
        self.known().flat_map(|(_, place)| words_of(place)).collect()
    }

    /// How long each walk is: in the middle of its road, or beside it where something else can be read there.
    fn turns(&self, others: &[Label]) -> Vec<Label> {
        let mut taken: Vec<Rectangle> = others.iter().map(|label| label.area).collect();
        let across = 2 * PLACE_RADIUS + 1;
        taken.extend(self.known().map(|(_, place)| Rectangle::with_center(spot(place), Size::new_equal(across))));
        let mut labels = Vec::new();
        for road in self.view.roads.iter().filter(|road| road.turns > 0) {
            let Some((from, to)) = self.ends(road.from, road.to) else { continue };
            let at = |percent: i32| turns_of(road, from + (to - from) * percent / 100);
            let is_free = |label: &Label| taken.iter().all(|area| area.intersection(&label.area).is_zero_sized());
            let label = TURNS_AT.into_iter().map(at).find(is_free).unwrap_or_else(|| at(TURNS_AT[0]));
            taken.push(label.area);
            labels.push(label);
        }
        labels
    }
}

fn dashes(canvas: &mut Canvas, from: Point, to: Point) {
    let way = to - from;
    let length = (way.x * way.x + way.y * way.y).isqrt();
    for start in (0..length).step_by(DASH_AND_GAP) {
        let end = (start + DASH).min(length);
        canvas.line(from + way * start / length, from + way * end / length, ROAD_WIDTH, CLOSED_ROAD);
    }
}

/// Of a place: what it is filled with and written in.
fn colors(place: &PlaceView) -> (Rgb888, Rgb888) {
    if place.visited { (PAPER, INK) } else { (PALE, PALE_INK) }
}

fn words_of(place: &PlaceView) -> Vec<Label> {
    let (plate, ink) = colors(place);
    let mut top = spot(place) + Point::new(0, NAME_BELOW);
    let name = Look { font: &FONT_8X13_BOLD, ink, plate };
    let marks = Look { font: &FONT_6X12, ink, plate };
    // What is there is not known before somebody has been there.
    let seen = if place.visited { lines(&place.marks) } else { Vec::new() };
    let mut labels = Vec::new();
    for (number, text) in [fitted(&place.name, NAME_LETTERS)].into_iter().chain(seen).enumerate() {
        let label = Label::hanging(top, text, if number == 0 { name } else { marks });
        top.y += label.height();
        labels.push(label);
    }
    labels
}

/// The marks in lines that are not too long, nor too many.
fn lines(marks: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for mark in marks {
        let mark = fitted(mark, MARKS_LETTERS);
        if let Some(line) = lines.last_mut().filter(|line| line.len() + 2 + mark.len() <= MARKS_LETTERS) {
            line.push_str(", ");
            line.push_str(&mark);
        } else if lines.len() < MARKS_LINES {
            lines.push(mark);
        } else {
            break;
        }
    }
    lines
}

fn turns_of(road: &RoadView, middle: Point) -> Label {
    let plate = if road.open { ROAD_EDGES } else { CLOSED_ROAD };
    let look = Look { font: &FONT_7X13_BOLD, ink: Rgb888::WHITE, plate };
    Label::hanging(middle - Point::new(0, 6), fitted(&road.turns.to_string(), TURNS_LETTERS), look)
}
