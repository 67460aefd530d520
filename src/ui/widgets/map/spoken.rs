//! What the map says: to whoever points at it, and to whoever cannot see it.

use crate::{
    protocol::{FightView, PlaceView, WorldView},
    ui::{catalogue::say, words},
};

/// What a screen reader says of the map.
pub fn in_words(world: &WorldView, cost: Option<&str>) -> String {
    let here = world.places.get(world.here).map_or("", |place| place.name.as_str());
    let seen = world.places.iter().filter(|place| place.visited).count();
    let mut parts = vec![say!("scene-map", here = here, seen = seen, places = world.places.len())];
    parts.push(light(world.daylight));
    parts.extend(did(world, cost).map(|did| say!("scene-map-did", did = did)));
    parts.extend(world.fight.as_ref().map(|fight| say!("scene-map-fights", enemy = strength(fight))));
    parts.join("; ")
}

/// The light in a word, as it stands alone.
pub fn time_of_day(daylight: f32) -> String {
    match daylight {
        ..0.3 => say!("scene-night"),
        ..0.6 => say!("scene-twilight"),
        _ => say!("scene-day"),
    }
}

/// The same within a sentence.
fn light(daylight: f32) -> String {
    match daylight {
        ..0.3 => say!("scene-map-night"),
        ..0.6 => say!("scene-map-twilight"),
        _ => say!("scene-map-day"),
    }
}

/// What was done last, and what that cost.
pub fn did(world: &WorldView, cost: Option<&str>) -> Option<String> {
    let action = words::action(world.last_action.as_ref()?);
    Some(cost.map_or_else(|| action.clone(), |cost| format!("{action}, {cost}")))
}

/// An enemy and what is left of it.
fn strength(fight: &FightView) -> String {
    say!("scene-enemy", enemy = fight.enemy.as_str(), health = fight.health, most = fight.max_health)
}

/// A place under the pointer.
pub fn of_place(place: &PlaceView) -> String {
    if !place.known {
        return say!("scene-place-unknown");
    }
    let name = place.name.as_str();
    let stands = if place.visited {
        say!("scene-place-visited", place = name)
    } else {
        say!("scene-place-not-visited", place = name)
    };
    let mut lines = vec![stands];
    if !place.marks.is_empty() {
        lines.push(place.marks.join(", "));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ActionCall;

    fn place(name: &str, visited: bool) -> PlaceView {
        PlaceView { name: name.into(), visited, known: true, ..PlaceView::default() }
    }

    #[test]
    fn the_map_says_what_can_be_seen_on_it() {
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

    #[test]
    fn a_place_says_what_is_known_of_it() {
        let marks = vec!["a well".to_owned(), "a trader".to_owned()];
        assert_eq!(of_place(&PlaceView { marks, ..place("Town", true) }), "Town, visited\na well, a trader");
        assert_eq!(of_place(&place("Den", false)), "Den, not visited");
        assert_eq!(of_place(&PlaceView { known: false, ..place("Den", false) }), "Not known yet");
    }
}
