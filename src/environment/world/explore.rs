//! Walking about: roads, chests, writings, levers and the relic.

use super::{
    clues::inscription,
    generate::World,
    geography::Place,
    legal::enemy_waiting,
    state::{Relic, State},
    things::{Chest, LeverOrder, Writing},
};

const TRAP_HEALTH: i32 = 13;
const WRONG_LEVERS_HEALTH: i32 = 7;

pub fn walk(state: &mut State, to: Place) -> String {
    state.came_from = state.place;
    arrive(state, to)
}

/// Coming to a place by whatever means: it counts as seen, an enemy attacks at once, and the relic may be home.
pub fn arrive(state: &mut State, at: Place) -> String {
    state.place = at;
    state.visited[at.index()] = true;
    let mut text = format!("You reach {}. {}", at.name(), at.arrival());
    if at == Place::Town && state.relic == Relic::Carried {
        state.relic = Relic::Home;
        text.push_str(" The relic is home, and every window in the street has a face in it.");
    }
    state.fight = enemy_waiting(state, at);
    if let Some(enemy) = state.fight {
        text.push_str(&format!(" The {} comes at you.", enemy.name()));
    }
    text
}

pub fn read(world: &World, state: &mut State) -> String {
    let Some(writing) = Writing::standing_at(state.place) else {
        return String::new();
    };
    state.read[writing.index()] = true;
    format!("The {} says: \"{}\"", writing.name(), inscription(world, writing))
}

pub fn open_chest(world: &World, state: &mut State) -> String {
    let Some(chest) = Chest::standing_at(state.place) else {
        return String::new();
    };
    state.opened[chest.index()] = true;
    if chest == world.truth.trapped {
        state.health -= TRAP_HEALTH;
        return format!("A blade leaps out from under the lid and costs you {TRAP_HEALTH} health. The chest is empty.");
    }
    let gold = world.loot(chest);
    state.gold += gold;
    format!("The lid gives, and you find {gold} gold under a layer of moth wings.")
}

pub fn pull_levers(world: &World, state: &mut State, order: LeverOrder) -> String {
    if order == world.truth.levers {
        state.gate_open = true;
        return "Chains run behind the wall, and far off in the hillside the Barrow gate grinds open.".to_owned();
    }
    state.tried_levers[order.index()] = true;
    state.health -= WRONG_LEVERS_HEALTH;
    format!("The levers spring back, and a dart from the wall costs you {WRONG_LEVERS_HEALTH} health.")
}

pub fn take_relic(state: &mut State) -> String {
    state.relic = Relic::Carried;
    "You lift the relic from the stone. It is warm, and lighter than it looks. Now bring it home to Town.".to_owned()
}

pub fn wait() -> String {
    "You let the time go by.".to_owned()
}
