//! Where something lies over the map without hiding what is on it.

use egui::{Align2, Rect, Vec2, pos2, vec2};

use super::position;
use crate::{
    protocol::WorldView,
    ui::theme::{size, space},
};

/// So many spots are tried along an edge.
const SPOTS: u8 = 16;

/// The spot for the card of a fight: at the lower edge from the right, then at the upper one; the first that hides no
/// place, or else the one that hides the fewest.
pub fn free_spot(world: &WorldView, map: Rect) -> Rect {
    let room = map.shrink(space::M);
    let card = vec2(size::FIELD, size::FIGHT).min(room.size().max(Vec2::ZERO));
    let mut taken: Vec<Rect> = world
        .places
        .iter()
        .enumerate()
        .map(|(index, place)| {
            let mark = Rect::from_center_size(position(map, place), Vec2::splat(2.0 * size::PLACE));
            // Where the agent is, names stand on all sides.
            if index == world.here { mark.expand(size::PLACE) } else { mark }
        })
        .collect();
    // The time of day.
    let corner = pos2(map.right() - space::S, map.top() + space::S);
    taken.push(Align2::RIGHT_TOP.anchor_size(corner, vec2(size::NUMBER, size::ROW)));
    let spots = [room.bottom() - card.y, room.top()].into_iter().flat_map(|top| {
        (0..=SPOTS).map(move |step| {
            let share = f32::from(step) / f32::from(SPOTS);
            Rect::from_min_size(pos2(egui::lerp(room.right() - card.x..=room.left(), share), top), card)
        })
    });
    let hides = |spot: &Rect| taken.iter().filter(|taken| taken.intersects(*spot)).count();
    spots.min_by_key(hides).unwrap_or(room)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::PlaceView;

    fn world(places: &[(f32, f32)]) -> WorldView {
        let place = |(x, y): &(f32, f32)| PlaceView { x: *x, y: *y, ..PlaceView::default() };
        WorldView { places: places.iter().map(place).collect(), ..WorldView::default() }
    }

    fn map() -> Rect {
        Rect::from_min_size(pos2(100.0, 50.0), vec2(800.0, 300.0))
    }

    #[test]
    fn it_stands_in_the_corner_where_nothing_is() {
        let spot = free_spot(&world(&[(0.0, 0.0)]), map());
        assert_eq!(spot.max, map().shrink(space::M).max);
    }

    #[test]
    fn it_makes_way_for_places() {
        let world = world(&[(0.1, 0.2), (0.95, 0.8), (0.7, 0.9)]);
        let spot = free_spot(&world, map());
        assert!(map().contains_rect(spot), "{spot:?}");
        assert!(!world.places.iter().any(|place| spot.contains(position(map(), place))), "{spot:?}");
    }

    #[test]
    fn in_a_map_that_is_too_small_it_does_not_reach_beyond_it() {
        let small = Rect::from_min_size(pos2(0.0, 0.0), vec2(200.0, 80.0));
        assert!(small.contains_rect(free_spot(&world(&[(0.5, 0.5)]), small)));
    }
}
