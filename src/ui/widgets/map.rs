//! The built-in world as a drawn map: land by day and night, fog over what nobody has seen, roads, the way so far, where
//! the agent stands, what it did there and whom it fights. Plates with names never lie on one another.

mod aside;
mod flash;
mod ground;
mod path;
mod plates;
mod spoken;

use egui::{Align2, Color32, Painter, Pos2, Rect, Role, Sense, Shape, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::{
    protocol::{FightView, PlaceView, WorldView},
    ui::{
        icon,
        theme::{LINE, MapPalette, Palette, ROUND, blend, palette, size, space, stroke, text},
    },
};

use plates::{Plate, Room};

pub use aside::free_spot;

/// Draws the map over the whole of the given size. The cost is that of the last action, in words, if it is known.
pub fn map(ui: &mut Ui, world: &WorldView, cost: Option<&str>, wanted: Vec2) {
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, spoken::in_words(world, cost)));
    let age = flash::age(ui, world);
    if !ui.is_rect_visible(rect) || !rect.is_positive() {
        return;
    }
    let signs = palette(ui);
    let colors = &signs.map;
    let land = blend(colors.land_by_night, colors.land_by_day, world.daylight);
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(rect));
    let drawing = Drawing { painter: &painter, colors, signs, world, rect, land };
    drawing.draw(age, cost);
    for place in &world.places {
        if let Some(at) = response.hover_pos()
            && at.distance(drawing.at(place)) < size::PLACE
        {
            response.clone().on_hover_text_at_pointer(spoken::of_place(place));
        }
    }
}

/// Where a place is on a map with these edges.
fn position(map: Rect, place: &PlaceView) -> Pos2 {
    // Names and marks need room at the edges.
    let inner = map.shrink2(vec2(space::XXL + space::M, space::XXL));
    inner.lerp_inside(vec2(place.x, place.y))
}

/// Where the sword of a fight is drawn.
fn badge(at: Pos2) -> Pos2 {
    pos2(at.x + size::PLACE, at.y - size::PLACE)
}

struct Drawing<'a> {
    painter: &'a Painter,
    colors: &'a MapPalette,
    signs: &'a Palette,
    world: &'a WorldView,
    rect: Rect,
    land: Color32,
}

impl Drawing<'_> {
    /// From the ground up. The age is that of the last action, 0 to 1, as long as it flashes.
    fn draw(&self, age: Option<f32>, cost: Option<&str>) {
        self.ground();
        self.roads();
        self.path();
        let (plates, mut room) = self.plates(cost);
        self.turns(&mut room);
        for (index, place) in self.world.places.iter().enumerate() {
            self.place(place, index == self.world.here);
        }
        self.last_move(age);
        if let Some((here, fight)) = self.here().zip(self.world.fight.as_ref()) {
            self.fight(here, fight, &plates);
        }
        for plate in &plates {
            plate.draw(self.painter, self.land, self.colors.ink);
        }
        self.time_of_day();
        // What is shaded point by point has sharp corners.
        self.painter.rect_stroke(self.rect, ROUND, stroke(space::S, self.signs.ground), StrokeKind::Outside);
        self.painter.rect_stroke(self.rect, ROUND, stroke(LINE, self.signs.line), StrokeKind::Inside);
    }

    fn here(&self) -> Option<&PlaceView> {
        self.world.places.get(self.world.here)
    }

    fn at(&self, place: &PlaceView) -> Pos2 {
        position(self.rect, place)
    }

    fn ends(&self, from: usize, to: usize) -> Option<(Pos2, Pos2)> {
        Some((self.at(self.world.places.get(from)?), self.at(self.world.places.get(to)?)))
    }

    fn is_known(&self, index: usize) -> bool {
        self.world.places.get(index).is_some_and(|place| place.known)
    }

    /// Where the plate with the time of day ends: in the upper right corner.
    fn corner(&self) -> Pos2 {
        pos2(self.rect.right() - space::S, self.rect.top() + space::S)
    }

    /// Every plate where it has room, what matters most first, and what is taken then. What has no room is left out:
    /// whoever points at the place reads it.
    fn plates(&self, cost: Option<&str>) -> (Vec<Plate>, Room) {
        let laid = |words: String| self.painter.layout_no_wrap(words, text::small(), self.colors.ink);
        let mut room = Room::new(self.rect.shrink(space::S));
        for place in &self.world.places {
            room.take(Rect::from_center_size(self.at(place), Vec2::splat(size::PLACE + size::PLACE)));
        }
        let time = laid(spoken::time_of_day(self.world.daylight)).size() + vec2(size::ICON + space::M, space::XS);
        room.take(Align2::RIGHT_TOP.anchor_size(self.corner(), time));
        if let Some(arrow) = self.last_arrow() {
            room.take(Rect::from_points(&arrow));
        }
        let mut plates = Vec::new();
        if let Some(here) = self.here() {
            let at = self.at(here);
            if self.world.fight.is_some() {
                room.take(Rect::from_center_size(badge(at), Vec2::splat(size::TURNS + size::TURNS)));
            }
            let reach = size::PLACE + space::XS;
            plates.extend(room.plate(at, reach, laid(here.name.clone()), 0.0));
            if let Some(fight) = &self.world.fight {
                // Its card lies over the map, and nothing that is written lies under it.
                room.take(free_spot(self.world, self.rect));
                // How much is left of it stands in the card.
                let bar = room.plate(at, reach, laid(fight.enemy.clone()), size::BAR + space::XS);
                plates.extend(bar);
            }
            let did = spoken::did(self.world, cost).map(laid);
            plates.extend(did.and_then(|did| room.plate(at, reach, did, 0.0)));
        }
        for (index, place) in self.world.places.iter().enumerate() {
            if place.known && index != self.world.here {
                let name = laid(place.name.clone());
                plates.extend(room.plate(self.at(place), size::PLACE, name, 0.0));
            }
        }
        (plates, room)
    }

    /// A sword at the place, and on the plate with the enemy's name a bar of what is left of it.
    fn fight(&self, here: &PlaceView, fight: &FightView, plates: &[Plate]) {
        let at = self.at(here);
        let badge = badge(at);
        self.painter.circle_filled(badge, size::TURNS, self.signs.bad);
        self.painter.text(badge, Align2::CENTER_CENTER, icon::SWORD, text::icon(size::ICON), self.signs.on_bad);
        let Some(plate) = plates.iter().find(|plate| plate.foot > 0.0) else { return };
        let bottom = plate.edges.bottom() + plate.foot;
        let bar = Rect::from_center_size(
            pos2(plate.edges.center().x, bottom - size::BAR / 2.0),
            vec2(size::ENEMY.min(plate.edges.width()), size::BAR),
        );
        #[expect(clippy::cast_precision_loss, reason = "figures of a game")]
        let left = (fight.health.max(0) as f32 / fight.max_health.max(1) as f32).min(1.0);
        let radius = size::BAR / 2.0;
        self.painter.rect_filled(bar, radius, self.colors.fog);
        self.painter.rect_filled(bar.with_max_x(bar.left() + left * bar.width()), radius, self.signs.bad);
    }

    fn roads(&self) {
        for road in &self.world.roads {
            let Some((from, to)) = self.ends(road.from, road.to) else { continue };
            if !self.is_known(road.from) || !self.is_known(road.to) {
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

    /// How long each known way is, on a small plate near its middle where no name and no place is.
    fn turns(&self, room: &mut Room) {
        const SPOTS: [f32; 7] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
        for road in &self.world.roads {
            if road.turns == 0 || !self.is_known(road.from) || !self.is_known(road.to) {
                continue;
            }
            let Some((from, to)) = self.ends(road.from, road.to) else { continue };
            let plate = |at: Pos2| Rect::from_center_size(at, Vec2::splat(size::TURNS + size::TURNS));
            // Along the road first, beside it where names lie over all of it.
            let beside = (to - from).normalized().rot90() * (size::TURNS * 2.0 + space::HAIR);
            let mut spots = [Vec2::ZERO, beside, -beside]
                .into_iter()
                .flat_map(|aside| SPOTS.map(|share| from.lerp(to, share) + aside));
            let Some(middle) = spots.find(|at| room.is_free(plate(*at))) else { continue };
            room.take(plate(middle));
            self.painter.circle_filled(middle, size::TURNS, self.colors.place);
            let turns = road.turns.to_string();
            self.painter.text(middle, Align2::CENTER_CENTER, turns, text::small(), self.colors.place_ink);
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
        self.painter.text(at, Align2::CENTER_CENTER, icon::of_place(place.kind), text::icon(size::ICON), ink);
    }

    /// In the corner, with its sign.
    fn time_of_day(&self) {
        let words = spoken::time_of_day(self.world.daylight);
        let galley = self.painter.layout_no_wrap(words, text::small(), self.colors.ink);
        let wanted = galley.size() + vec2(size::ICON + space::M, space::XS);
        let edges = Align2::RIGHT_TOP.anchor_size(self.corner(), wanted);
        self.painter.rect_filled(edges, ROUND, self.land);
        let symbol = if self.world.daylight < 0.5 { icon::MOON } else { icon::SUN };
        let at = pos2(edges.left() + space::XS, edges.center().y);
        self.painter.text(at, Align2::LEFT_CENTER, symbol, text::icon(size::ICON), self.colors.ink);
        let at = pos2(edges.left() + size::ICON + space::S, edges.center().y - galley.size().y / 2.0);
        self.painter.galley(at, galley, self.colors.ink);
    }
}
