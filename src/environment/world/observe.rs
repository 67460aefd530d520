//! An observation: the words, the figures, the scene and what is possible, from world and state alone.

use serde_json::{Value, json};

use super::{
    describe::describe,
    enemies::Enemy,
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
        tick: state.tick,
        scene: scene(world, state),
        situation: situation(world, state),
        picture: None,
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
        Place::Town if state.at_the_counter => Scene::Menu,
        Place::Town => Scene::Town,
        Place::Bridge if !state.bridge_open => Scene::Dialogue,
        Place::Tower if !state.gate_open => Scene::Puzzle,
        _ => Scene::Exploration,
    }
}

/// What this moment has in common with others like it, the seed's secrets left out: `combat, wolf, health low`.
fn situation(world: &World, state: &State) -> String {
    let health = match state.health * 100 / FULL_HEALTH {
        ..34 => "low",
        34..67 => "middling",
        _ => "good",
    };
    let scene = scene(world, state).word();
    let relic = if state.relic == Relic::Carried { ", relic carried" } else { "" };
    match state.fight {
        Some(enemy) => format!("{scene}, {}, health {health}{relic}", enemy.name()),
        None => format!("{scene}, {}, health {health}{relic}", state.place.name()),
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
    let felled: Vec<&str> = Enemy::ALL.into_iter().filter(|enemy| state.is_felled(*enemy)).map(Enemy::name).collect();
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
        "enemies_near": u8::from(state.fight.is_some()),
        "enemy_health": state.fight.map(|enemy| state.enemy_health[enemy.index()]),
        "enemies_felled": felled.len(),
        "felled": felled,
        "bridge_open": state.bridge_open,
        "gate_open": state.gate_open,
        "relic": state.relic,
        "alive": state.is_alive(),
        "places_seen": visited.len(),
        "visited": visited,
        "unvisited_roads": unvisited_roads
    })
}
