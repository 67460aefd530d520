//! The score: 0 to 100 by construction, and half of it for the dead.

use super::{
    enemies::Enemy,
    generate::World,
    state::{Relic, State},
};

pub const RELIC_HOME: u32 = 35;
pub const RELIC_CARRIED: u32 = 15;
pub const GATE: u32 = 5;
pub const BRIDGE: u32 = 5;
pub const ALIVE: u32 = 5;
pub const MOST_FOR_GOLD: u32 = 15;

/// What the game is worth so far. The parts add up to 100: relic 35, enemies 25, gold 15, places 10, and 5 each for
/// gate, bridge and life.
pub fn score(_world: &World, state: &State) -> u32 {
    let relic = match state.relic {
        Relic::InTheBarrow => 0,
        Relic::Carried => RELIC_CARRIED,
        Relic::Home => RELIC_HOME,
    };
    let enemies: u32 = Enemy::ALL.into_iter().filter(|enemy| state.is_felled(*enemy)).map(Enemy::worth).sum();
    let places = state.visited.iter().filter(|visited| **visited).count() as u32;
    let gold = (state.gold.max(0) as u32 / 2).min(MOST_FOR_GOLD);
    let gate = if state.gate_open { GATE } else { 0 };
    let bridge = if state.bridge_open { BRIDGE } else { 0 };
    let total = relic + enemies + places + gold + gate + bridge;
    if state.is_alive() { total + ALIVE } else { total / 2 }
}
