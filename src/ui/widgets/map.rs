//! The built-in world as a drawn map: land by day and night, roads, fog, the way so far, where the agent stands, what it
//! did there and whom it fights.

use egui::{Align2, Color32, Painter, Pos2, Rect, Role, Sense, Shape, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::{
    protocol::{FightView, PlaceView, WorldView},
    ui::{
        icon,
        theme::{MapPalette, Palette, ROUND, ROUND_SMALL, blend, palette, size, space, stroke, text},
        words,
    },
};

/// So many of the last places are shown as the way so far.
const PATH_SHOWN: usize = 8;

/// Draws the map over the whole of the given size. The cost is that of the last action, in words, if it is known.
pub fn map(ui: &mut Ui, world: &WorldView, cost: Option<&str>, wanted: Vec2) {
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, in_words(world, cost)));
    let signs = palette(ui);
    let colors = &signs.map;
    let land = blend(colors.land_by_night, colors.land_by_day, world.daylight);
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, ROUND, land);
    relief(&painter, rect, blend(land, colors.relief, 0.8));
    let drawing = Drawing { painter: &painter, colors, signs, world, rect, land };
    drawing.sky();
    drawing.roads();
    drawing.path();
    drawing.turns();
    for (index, place) in world.places.iter().enumerate() {
        drawing.place(place, index == world.here);
    }
    if let Some(here) = world.places.get(world.here) {
        drawing.last_action(here, cost);
        if let Some(fight) = &world.fight {
            drawing.fight(here, fight);
        }
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
fn in_words(world: &WorldView, cost: Option<&str>) -> String {
    let here = world.places.get(world.here).map_or("", |place| place.name.as_str());
    let seen = world.places.iter().filter(|place| place.visited).count();
    let whereabouts = format!("Map: the agent is at {here}, {seen} of {} places visited", world.places.len());
    let mut parts = vec![whereabouts, time_of_day(world.daylight).to_lowercase()];
    parts.extend(did(world, cost).map(|did| format!("last action: {did}")));
    parts.extend(world.fight.as_ref().map(|fight| format!("fighting {}", strength(fight))));
    parts.join("; ")
}

/// The light in a word.
fn time_of_day(daylight: f32) -> &'static str {
    match daylight {
        ..0.3 => "Night",
        ..0.6 => "Twilight",
        _ => "Day",
    }
}

/// What was done last, and what that cost.
fn did(world: &WorldView, cost: Option<&str>) -> Option<String> {
    let action = words::action(world.last_action.as_ref()?);
    Some(cost.map_or_else(|| action.clone(), |cost| format!("{action}, {cost}")))
}

/// An enemy and what is left of it.
fn strength(fight: &FightView) -> String {
    format!("{}, {} of {} health", fight.enemy, fight.health, fight.max_health)
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
    signs: &'a Palette,
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

    /// Stars by night, and in the corner what time of day it is.
    fn sky(&self) {
        const STARS: [(f32, f32); 11] = [
            (0.06, 0.12),
            (0.17, 0.43),
            (0.23, 0.07),
            (0.38, 0.30),
            (0.44, 0.92),
            (0.57, 0.10),
            (0.63, 0.55),
            (0.71, 0.80),
            (0.83, 0.22),
            (0.92, 0.62),
            (0.97, 0.35),
        ];
        let daylight = self.world.daylight.clamp(0.0, 1.0);
        let shine = self.colors.ink.gamma_multiply((1.0 - 2.0 * daylight).max(0.0) * 0.7);
        for (x, y) in STARS {
            self.painter.circle_filled(self.rect.lerp_inside(Vec2::new(x, y)), size::STAR, shine);
        }
        let corner = pos2(self.rect.right() - space::S, self.rect.top() + space::S);
        let plate = self.plate(Align2::RIGHT_TOP, corner, time_of_day(daylight).to_owned());
        let symbol = if daylight < 0.5 { icon::MOON } else { icon::SUN };
        let at = pos2(plate.left() - space::S, plate.center().y);
        self.painter.text(at, Align2::RIGHT_CENTER, symbol, text::icon(size::ICON), self.colors.ink);
    }

    /// Small words on a plate that stays within the map; gives its edges.
    fn plate(&self, anchor: Align2, at: Pos2, words: String) -> Rect {
        let galley = self.painter.layout_no_wrap(words, text::small(), self.colors.ink);
        let wanted = anchor.anchor_size(at, galley.size());
        let room = self.rect.shrink(space::S);
        let back = vec2(
            (room.left() - wanted.left()).max(0.0) + (room.right() - wanted.right()).min(0.0),
            (room.top() - wanted.top()).max(0.0) + (room.bottom() - wanted.bottom()).min(0.0),
        );
        let edges = wanted.translate(back);
        self.painter.rect_filled(edges.expand2(Vec2::new(space::XS, 0.0)), ROUND_SMALL, self.land.gamma_multiply(0.85));
        self.painter.galley(edges.min, galley, self.colors.ink);
        edges
    }

    /// Under the name of the place where the agent is.
    fn last_action(&self, here: &PlaceView, cost: Option<&str>) {
        let Some(did) = did(self.world, cost) else { return };
        let at = self.at(here);
        self.plate(Align2::CENTER_TOP, pos2(at.x, at.y + size::PLACE + size::ROW), did);
    }

    /// A sword at the place, and over it the enemy with a bar of its health; under it where there is no room above.
    fn fight(&self, here: &PlaceView, fight: &FightView) {
        let at = self.at(here);
        let badge = pos2(at.x + size::PLACE, at.y - size::PLACE);
        self.painter.circle_filled(badge, size::TURNS, self.signs.bad);
        self.painter.text(badge, Align2::CENTER_CENTER, icon::SWORD, text::icon(size::ICON), self.signs.on_bad);
        let over = at.y - size::PLACE - space::L;
        let has_room_above = over - size::ROW > self.rect.top() + space::S;
        let middle = if has_room_above { over } else { at.y + size::PLACE + 3.0 * size::ROW };
        let bar = Rect::from_center_size(pos2(at.x, middle), vec2(size::ENEMY, size::BAR));
        #[expect(clippy::cast_precision_loss, reason = "figures of a game")]
        let left = (fight.health.max(0) as f32 / fight.max_health.max(1) as f32).min(1.0);
        self.plate(Align2::CENTER_BOTTOM, pos2(at.x, bar.top() - space::HAIR), strength(fight));
        let radius = size::BAR / 2.0;
        self.painter.rect_filled(bar, radius, self.colors.fog);
        self.painter.rect_filled(bar.with_max_x(bar.left() + left * bar.width()), radius, self.signs.bad);
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

    /// Where the name of a place stands.
    fn name_edges(&self, place: &PlaceView) -> Rect {
        let at = self.at(place);
        let below = pos2(at.x, at.y + size::PLACE + space::XS);
        let name = self.painter.layout_no_wrap(place.name.clone(), text::small(), self.colors.ink);
        Align2::CENTER_TOP.anchor_size(below, name.size()).expand(space::XS)
    }

    /// How long each known way is, on a small plate near its middle where no name and no place is.
    fn turns(&self) {
        const SPOTS: [f32; 7] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
        let taken: Vec<Rect> = (self.world.places.iter().filter(|place| place.known))
            .flat_map(|place| {
                let mark = Rect::from_center_size(self.at(place), Vec2::splat(size::PLACE * 2.0));
                [mark, self.name_edges(place)]
            })
            .collect();
        let known = |index: usize| self.world.places.get(index).is_some_and(|place| place.known);
        for road in self.world.roads.iter().filter(|road| road.turns > 0 && known(road.from) && known(road.to)) {
            let Some((from, to)) = self.ends(road.from, road.to) else { continue };
            let is_free = |at: &Pos2| {
                let plate = Rect::from_center_size(*at, Vec2::splat(size::TURNS * 2.0));
                !taken.iter().any(|edges| edges.intersects(plate))
            };
            // Along the road first, beside it where names lie over all of it.
            let beside = (to - from).normalized().rot90() * (size::TURNS * 2.0 + space::HAIR);
            let spots = [Vec2::ZERO, beside, -beside]
                .into_iter()
                .flat_map(|aside| SPOTS.map(|share| from.lerp(to, share) + aside));
            let middle = spots.into_iter().find(is_free).unwrap_or_else(|| from.lerp(to, 0.5));
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
                // The older, the paler and the thinner.
                self.painter.line_segment([from, to], stroke(size::PATH * (1.0 - 0.5 * age), color));
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
        self.painter.text(at, Align2::CENTER_CENTER, icon::of_place(place.kind), text::icon(size::ICON), ink);
        self.plate(Align2::CENTER_TOP, pos2(at.x, at.y + size::PLACE + space::XS), place.name.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ActionCall;

    #[test]
    fn the_map_says_what_can_be_seen_on_it() {
        let place = |name: &str, visited| PlaceView { name: name.into(), visited, known: true, ..PlaceView::default() };
        let mut world =
            WorldView { places: vec![place("Town", true), place("Den", false)], daylight: 0.1, ..WorldView::default() };
        assert_eq!(in_words(&world, None), "Map: the agent is at Town, 1 of 2 places visited; night");
        world.daylight = 0.9;
        world.last_action = Some(ActionCall::bare("attack"));
        world.fight = Some(FightView { enemy: "wolf".into(), health: 4, max_health: 9, intent: String::new() });
        let words = "Map: the agent is at Town, 1 of 2 places visited; day; last action: attack, cost 3.1 points; \
                     fighting wolf, 4 of 9 health";
        assert_eq!(in_words(&world, Some("cost 3.1 points")), words);
    }
}
