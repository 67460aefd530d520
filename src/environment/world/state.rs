//! The visible half of a game: everything that changes. Small and plain, so that a search can copy and compare it.

use serde::{Deserialize, Serialize};

use super::{
    enemies::Enemy,
    folk::{Oath, Person},
    generate::World,
    geography::{Barrier, Place},
    things::{Chest, Item, LeverOrder, Writing},
};

pub const FULL_HEALTH: i32 = 30;
pub const MOST_POTIONS: i32 = 3;

/// Where the relic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relic {
    InTheBarrow,
    Carried,
    Home,
}

/// A game at one moment. Arrays are indexed by the `index()` of what they count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct State {
    pub turn: u32,
    /// Accepted actions so far.
    pub tick: u64,
    pub place: Place,
    /// Where one flees to.
    pub came_from: Place,
    pub health: i32,
    pub gold: i32,
    pub potions: i32,
    pub items: [bool; Item::COUNT],
    pub visited: [bool; Place::COUNT],
    pub enemy_health: [i32; Enemy::COUNT],
    /// How far each enemy is in its pattern.
    pub enemy_beat: [u8; Enemy::COUNT],
    pub opened: [bool; Chest::COUNT],
    pub heard: [bool; Person::COUNT],
    pub read: [bool; Writing::COUNT],
    pub refused_replies: [bool; Oath::COUNT],
    pub tried_levers: [bool; LeverOrder::COUNT],
    pub bridge_open: bool,
    pub gate_open: bool,
    pub relic: Relic,
    pub fight: Option<Enemy>,
    /// Something has just been bought, and the shop's list still lies there. It changes nothing that can be done.
    pub at_the_counter: bool,
}

impl State {
    pub fn start() -> Self {
        let mut visited = [false; Place::COUNT];
        visited[Place::Town.index()] = true;
        Self {
            turn: 0,
            tick: 0,
            place: Place::Town,
            came_from: Place::Town,
            health: FULL_HEALTH,
            gold: 20,
            potions: 1,
            items: [false; Item::COUNT],
            visited,
            enemy_health: Enemy::ALL.map(Enemy::full_health),
            enemy_beat: [0; Enemy::COUNT],
            opened: [false; Chest::COUNT],
            heard: [false; Person::COUNT],
            read: [false; Writing::COUNT],
            refused_replies: [false; Oath::COUNT],
            tried_levers: [false; LeverOrder::COUNT],
            bridge_open: false,
            gate_open: false,
            relic: Relic::InTheBarrow,
            fight: None,
            at_the_counter: false,
        }
    }

    pub fn is_alive(&self) -> bool {
        self.health > 0
    }

    pub fn is_over(&self, world: &World) -> bool {
        !self.is_alive() || self.turn >= world.turn_limit
    }

    pub fn turns_left(&self, world: &World) -> u32 {
        world.turn_limit.saturating_sub(self.turn)
    }

    pub fn has_visited(&self, place: Place) -> bool {
        self.visited[place.index()]
    }

    pub fn has(&self, item: Item) -> bool {
        self.items[item.index()]
    }

    pub fn is_felled(&self, enemy: Enemy) -> bool {
        self.enemy_health[enemy.index()] == 0
    }

    /// Whether anything but the time differs between two moments.
    pub fn differs(&self, other: &Self) -> bool {
        *self != Self { turn: self.turn, tick: self.tick, at_the_counter: self.at_the_counter, ..*other }
    }

    /// Whether this barrier still stands.
    pub fn is_closed(&self, barrier: Barrier) -> bool {
        match barrier {
            Barrier::Guard => !self.bridge_open,
            Barrier::Gate => !self.gate_open,
        }
    }

    /// How it ended, if it has.
    pub fn ended(&self, world: &World) -> Option<String> {
        if !self.is_alive() {
            return Some(format!("You died at {} on turn {}", self.place.name(), self.turn));
        }
        let relic = match self.relic {
            Relic::InTheBarrow => "the relic is still in the barrow",
            Relic::Carried => "the relic never came home",
            Relic::Home => "the relic is home",
        };
        (self.turn >= world.turn_limit).then(|| format!("The {} turns are over and {relic}", world.turn_limit))
    }
}
