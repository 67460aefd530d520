//! An observation: the words, the figures, the scene and what is possible, from world and state alone.

use serde_json::{Value, json};

use super::{
    describe::describe,
    generate::World,
    geography::Place,
    legal::legal,
    score::score,
    state::{FULL_HEALTH, Relic, State},
    things::Item,
};
use crate::{environment::Observation, protocol::Scene};

pub fn observe(world: &World, state: &State) -> Observation {
    Observation {
        picture: None,
        tick: state.tick,
        scene: scene(world, state),
        text: describe(world, state),
        facts: facts(world, state),
        legal: legal(world, state),
        score: Some(f64::from(score(world, state))),
        ended: state.ended(world),
    }
}

pub fn scene(world: &World, state: &State) -> Scene {
    match state.place {
        _ if state.is_over(world) => Scene::End,
        _ if state.fight.is_some() => Scene::Combat,
        Place::Town => Scene::Town,
        Place::Bridge if !state.bridge_open => Scene::Dialogue,
        Place::Tower if !state.gate_open => Scene::Puzzle,
        _ => Scene::Exploration,
    }
}

/// The names of what is carried, the relic included.
pub fn carried(state: &State) -> Vec<&'static str> {
    let items = Item::ALL.into_iter().filter(|item| state.has(*item)).map(Item::name);
    items.chain((state.relic == Relic::Carried).then_some("the relic")).collect()
}

fn facts(world: &World, state: &State) -> Value {
    let visited: Vec<&str> =
        Place::ALL.into_iter().filter(|place| state.has_visited(*place)).map(Place::name).collect();
    let unvisited_roads: Vec<Value> = Place::ALL
        .into_iter()
        .filter(|place| !state.has_visited(*place))
        .filter_map(|place| world.road_turns(state.place, place).map(|turns| (place, turns)))
        .map(|(place, turns)| json!({ "to": place.name(), "turns": turns }))
        .collect();
    json!({
        "turn": state.turn,
        "turn_limit": world.turn_limit,
        "place": state.place.name(),
        "health": state.health,
        "max_health": FULL_HEALTH,
        "gold": state.gold,
        "potions": state.potions,
        "items": carried(state),
        "score": score(world, state),
        "in_fight": state.fight.is_some(),
        "enemy_health": state.fight.map(|enemy| state.enemy_health[enemy.index()]),
        "visited": visited,
        "unvisited_roads": unvisited_roads
    })
}
