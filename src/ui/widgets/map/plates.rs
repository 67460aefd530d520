//! Where names and other plates stand on the map, so that none lies on another one or on a place.

use std::sync::Arc;

use egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Vec2, vec2};

use crate::ui::theme::{ROUND_SMALL, space};

/// Small words on the map.
pub struct Plate {
    /// The words with their margin.
    pub edges: Rect,
    /// So much is left free under them.
    pub foot: f32,
    galley: Arc<Galley>,
}

impl Plate {
    pub fn draw(&self, painter: &Painter, fill: Color32, ink: Color32) {
        painter.rect_filled(self.edges, ROUND_SMALL, fill);
        painter.galley(self.edges.min + vec2(space::XS, 0.0), Arc::clone(&self.galley), ink);
    }
}

/// What is taken on the map, so that the next thing finds a free spot.
pub struct Room {
    edges: Rect,
    taken: Vec<Rect>,
}

impl Room {
    pub fn new(edges: Rect) -> Self {
        Self { edges, taken: Vec::new() }
    }

    pub fn take(&mut self, edges: Rect) {
        self.taken.push(edges);
    }

    /// True where nothing lies yet, within the edges.
    pub fn is_free(&self, spot: Rect) -> bool {
        self.edges.contains_rect(spot) && !self.taken.iter().any(|taken| taken.intersects(spot))
    }

    /// Takes a spot for words beside a mark that reaches so far, with so much free under them, if there is one.
    pub fn plate(&mut self, at: Pos2, reach: f32, galley: Arc<Galley>, foot: f32) -> Option<Plate> {
        let words = galley.size() + vec2(space::S, 0.0);
        let spot = self.spot(at, reach, words + vec2(0.0, foot))?;
        self.take(spot);
        Some(Plate { edges: Rect::from_min_size(spot.min, words), foot, galley })
    }

    /// A free spot of this size: below the mark, above it, at its sides, then further away. One that would stick out is
    /// moved inwards.
    fn spot(&self, at: Pos2, reach: f32, size: Vec2) -> Option<Rect> {
        let distances = [0.0, size.y * 0.5, size.y, size.y * 2.0];
        let spots = distances.into_iter().flat_map(|further| around(at, reach + space::XS + further, size));
        spots.map(|spot| self.inwards(spot)).find(|spot| self.is_free(*spot))
    }

    fn inwards(&self, spot: Rect) -> Rect {
        let room = self.edges;
        spot.translate(vec2(
            (room.left() - spot.left()).max(0.0) + (room.right() - spot.right()).min(0.0),
            (room.top() - spot.top()).max(0.0) + (room.bottom() - spot.bottom()).min(0.0),
        ))
    }
}

/// The eight spots around a point, the usual ones first.
fn around(at: Pos2, reach: f32, size: Vec2) -> [Rect; 8] {
    let slant = reach * std::f32::consts::FRAC_1_SQRT_2;
    [
        (Align2::CENTER_TOP, vec2(0.0, reach)),
        (Align2::CENTER_BOTTOM, vec2(0.0, -reach)),
        (Align2::LEFT_CENTER, vec2(reach, 0.0)),
        (Align2::RIGHT_CENTER, vec2(-reach, 0.0)),
        (Align2::LEFT_TOP, vec2(slant, slant)),
        (Align2::RIGHT_TOP, vec2(-slant, slant)),
        (Align2::LEFT_BOTTOM, vec2(slant, -slant)),
        (Align2::RIGHT_BOTTOM, vec2(-slant, -slant)),
    ]
    .map(|(anchor, offset)| anchor.anchor_size(at + offset, size))
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    fn land() -> Room {
        Room::new(Rect::from_min_size(pos2(0.0, 0.0), vec2(400.0, 300.0)))
    }

    fn taking(room: &mut Room, at: Pos2) -> Option<Rect> {
        let spot = room.spot(at, 10.0, vec2(60.0, 16.0))?;
        room.take(spot);
        Some(spot)
    }

    #[test]
    fn a_name_stands_below_its_place_and_within_the_map() {
        let mut room = land();
        let spot = taking(&mut room, pos2(200.0, 100.0)).unwrap();
        assert!(spot.top() > 110.0 && spot.center().x == 200.0, "{spot:?}");
        let at_the_edge = taking(&mut room, pos2(5.0, 100.0)).unwrap();
        assert!(at_the_edge.left() >= 0.0, "{at_the_edge:?}");
    }

    #[test]
    fn names_of_places_that_are_close_never_lie_on_one_another() {
        let mut room = land();
        let places = [pos2(200.0, 150.0), pos2(212.0, 158.0), pos2(224.0, 150.0), pos2(200.0, 170.0)];
        places.iter().for_each(|at| room.take(Rect::from_center_size(*at, Vec2::splat(20.0))));
        let spots: Vec<Rect> = places.iter().filter_map(|at| taking(&mut room, *at)).collect();
        assert!(spots.len() >= 3, "{spots:?}");
        for (index, spot) in spots.iter().enumerate() {
            assert!(!spots[..index].iter().any(|other| other.intersects(*spot)), "{spots:?}");
        }
    }

    #[test]
    fn where_everything_is_taken_nothing_is_drawn() {
        let mut room = land();
        room.take(Rect::from_min_size(pos2(0.0, 0.0), vec2(400.0, 300.0)));
        assert_eq!(taking(&mut room, pos2(200.0, 100.0)), None);
    }
}
