//! The built-in world as a drawn map: land by day and night, roads, fog, the way so far, and where the agent stands.

use egui::{Align2, Color32, Painter, Pos2, Rect, Role, Sense, Shape, Ui, Vec2, WidgetInfo, pos2};

use crate::{
    protocol::{PlaceView, WorldView},
    ui::{
        icon::of_place,
        theme::{MapPalette, ROUND, ROUND_SMALL, blend, palette, size, space, stroke, text},
    },
};

/// So many of the last places are shown as the way so far.
const PATH_SHOWN: usize = 6;

/// Draws the map over the whole of the given size.
pub fn map(ui: &mut Ui, world: &WorldView, wanted: Vec2) {
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, in_words(world)));
    let colors = &palette(ui).map;
    let land = blend(colors.land_by_night, colors.land_by_day, world.daylight);
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, ROUND, land);
    relief(&painter, rect, blend(land, colors.relief, 0.8));
    let drawing = Drawing { painter: &painter, colors, world, rect, land };
    drawing.roads();
    drawing.path();
    drawing.turns();
    for (index, place) in world.places.iter().enumerate() {
        drawing.place(place, index == world.here);
    }
    for place in &world.places {
        if let Some(at) = ui.ctx().pointer_hover_pos()
            && at.distance(drawing.at(place)) < size::PLACE
            && rect.contains(at)
        {
            response.clone().on_hover_text_at_pointer(tooltip(place));
        }
    }
}

/// What a screen reader says of the map.
fn in_words(world: &WorldView) -> String {
    let here = world.places.get(world.here).map_or("", |place| place.name.as_str());
    let seen = world.places.iter().filter(|place| place.visited).count();
    format!("Map: the agent is at {here}, {seen} of {} places visited", world.places.len())
}

fn tooltip(place: &PlaceView) -> String {
    if !place.known {
        return "Not known yet".to_owned();
    }
    let state = if place.visited { "visited" } else { "not visited" };
    let marks = if place.marks.is_empty() { String::new() } else { format!("\n{}", place.marks.join(", ")) };
    format!("{}, {state}{marks}", place.name)
}

/// Soft bands of hills, always the same, so that the land is not a bare sheet.
fn relief(painter: &Painter, rect: Rect, color: Color32) {
    const HILLS: [(f32, f32, f32); 7] = [
        (0.08, 0.9, 0.20),
        (0.33, 0.16, 0.14),
        (0.52, 0.72, 0.17),
        (0.74, 0.34, 0.13),
        (0.95, 0.85, 0.22),
        (0.02, 0.28, 0.12),
        (0.88, 0.05, 0.11),
    ];
    for (x, y, radius) in HILLS {
        let center = rect.lerp_inside(Vec2::new(x, y));
        let radius = radius * rect.height().min(rect.width());
        for ring in 0..3_u8 {
            let share = 1.0 - 0.3 * f32::from(ring);
            painter.circle_stroke(center, radius * share, stroke(size::ROAD, color));
        }
    }
}

struct Drawing<'a> {
    painter: &'a Painter,
    colors: &'a MapPalette,
    world: &'a WorldView,
    rect: Rect,
    land: Color32,
}

impl Drawing<'_> {
    fn at(&self, place: &PlaceView) -> Pos2 {
        // Names and marks need room at the edges.
        let inner = self.rect.shrink2(Vec2::new(space::XXL + space::M, space::XXL));
        inner.lerp_inside(Vec2::new(place.x, place.y))
    }

    fn ends(&self, from: usize, to: usize) -> Option<(Pos2, Pos2)> {
        Some((self.at(self.world.places.get(from)?), self.at(self.world.places.get(to)?)))
    }

    fn roads(&self) {
        for road in &self.world.roads {
            let Some((from, to)) = self.ends(road.from, road.to) else { continue };
            let known = |index: usize| self.world.places.get(index).is_some_and(|place| place.known);
            if !known(road.from) || !known(road.to) {
                continue;
            }
            if road.open {
                self.painter.line_segment([from, to], stroke(size::ROAD, self.colors.road));
            } else {
                let line = stroke(size::ROAD, self.colors.closed_road);
                self.painter.extend(Shape::dashed_line(&[from, to], line, space::S, space::S));
            }
        }
    }

    /// How long each known way is, on a small plate in its middle.
    fn turns(&self) {
        let known = |index: usize| self.world.places.get(index).is_some_and(|place| place.known);
        for road in self.world.roads.iter().filter(|road| road.turns > 0 && known(road.from) && known(road.to)) {
            let Some((from, to)) = self.ends(road.from, road.to) else { continue };
            let middle = from.lerp(to, 0.5);
            self.painter.circle_filled(middle, size::TURNS, self.colors.place);
            let turns = road.turns.to_string();
            self.painter.text(middle, Align2::CENTER_CENTER, turns, text::small(), self.colors.place_ink);
        }
    }

    fn path(&self) {
        let path = &self.world.path;
        let shown = &path[path.len().saturating_sub(PATH_SHOWN)..];
        let steps = shown.len().max(1);
        for (index, pair) in shown.windows(2).enumerate() {
            if let Some((from, to)) = self.ends(pair[0], pair[1]) {
                #[expect(clippy::cast_precision_loss, reason = "a handful of steps")]
                let age = 1.0 - (index + 1) as f32 / steps as f32;
                let color = blend(self.colors.halo, self.colors.road, age);
                self.painter.line_segment([from, to], stroke(size::PATH, color));
            }
        }
    }

    fn place(&self, place: &PlaceView, is_here: bool) {
        let at = self.at(place);
        if !place.known {
            self.painter.circle_filled(at, size::PLACE * 0.8, self.colors.fog);
            self.painter.text(at, Align2::CENTER_CENTER, "?", text::strong(), self.colors.fog_ink);
            return;
        }
        if is_here {
            self.painter.circle_filled(at, size::PLACE + space::S, self.colors.halo.gamma_multiply(0.35));
            self.painter.circle_stroke(at, size::PLACE + space::XS, stroke(size::PATH, self.colors.halo));
        }
        let (fill, ink) = if place.visited || is_here {
            (self.colors.place, self.colors.place_ink)
        } else {
            (self.colors.fog, self.colors.fog_ink)
        };
        self.painter.circle_filled(at, size::PLACE, fill);
        self.painter.text(at, Align2::CENTER_CENTER, of_place(place.kind), text::icon(size::ICON), ink);
        let below = pos2(at.x, at.y + size::PLACE + space::XS);
        let name = self.painter.layout_no_wrap(place.name.clone(), text::small(), self.colors.ink);
        let plate = Align2::CENTER_TOP.anchor_size(below, name.size());
        self.painter.rect_filled(plate.expand2(Vec2::new(space::XS, 0.0)), ROUND_SMALL, self.land.gamma_multiply(0.85));
        self.painter.galley(plate.min, name, self.colors.ink);
    }
}
