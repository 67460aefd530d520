//! The shortest way back to Town over the roads that the traveller has seen.

use super::{
    generate::World,
    geography::{Place, ROADS},
    state::State,
};

/// A walk to Town.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayHome {
    pub turns: u32,
    /// The places between here and Town, in order.
    pub by: Vec<Place>,
}

/// `None` in Town itself.
pub fn way_home(world: &World, state: &State) -> Option<WayHome> {
    // Ten places: relaxing every known road ten times finds all shortest ways, and needs no queue.
    let mut best: [Option<(u32, Place)>; Place::COUNT] = [None; Place::COUNT];
    best[Place::Town.index()] = Some((0, Place::Town));
    for _ in Place::ALL {
        for road in ROADS {
            if !state.has_visited(road.from) && !state.has_visited(road.to) {
                continue;
            }
            let Some(turns) = world.road_turns(road.from, road.to) else {
                continue;
            };
            for (here, next) in [(road.from, road.to), (road.to, road.from)] {
                let Some((rest, _)) = best[next.index()] else {
                    continue;
                };
                if best[here.index()].is_none_or(|(known, _)| rest + turns < known) {
                    best[here.index()] = Some((rest + turns, next));
                }
            }
        }
    }
    let (turns, mut next) = best[state.place.index()].filter(|_| state.place != Place::Town)?;
    let mut by = Vec::new();
    while next != Place::Town {
        by.push(next);
        let (_, after) = best[next.index()]?;
        next = after;
    }
    Some(WayHome { turns, by })
}
