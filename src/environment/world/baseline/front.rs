//! What the search has seen: of all moments that differ only in time, health, gold and potions, the ones that no other one
//! beats in all four.

use std::collections::HashMap;

use super::super::{
    geography::Place,
    state::{Relic, State},
};

/// Everything that decides what can still be done, besides the four resources, in one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Situation(u128);

/// The four resources: earlier and more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Means {
    turn: u32,
    health: i32,
    gold: i32,
    potions: i32,
}

/// The unbeaten moments of every situation.
#[derive(Debug, Default)]
pub struct Fronts(HashMap<Situation, Vec<Means>>);

impl Fronts {
    /// Takes a moment in, unless another one is at least as good in everything. True if it was taken.
    pub fn take(&mut self, state: &State) -> bool {
        let means = Means::of(state);
        let front = self.0.entry(Situation::of(state)).or_default();
        if front.iter().any(|known| known.is_as_good_as(means)) {
            return false;
        }
        front.retain(|known| !means.is_as_good_as(*known));
        front.push(means);
        true
    }

    /// Whether a moment that was taken has been beaten since.
    pub fn is_beaten(&self, state: &State) -> bool {
        let means = Means::of(state);
        self.0.get(&Situation::of(state)).is_none_or(|front| !front.contains(&means))
    }
}

impl Means {
    fn of(state: &State) -> Self {
        Self { turn: state.turn, health: state.health, gold: state.gold, potions: state.potions }
    }

    fn is_as_good_as(self, other: Self) -> bool {
        self.turn <= other.turn
            && self.health >= other.health
            && self.gold >= other.gold
            && self.potions >= other.potions
    }
}

impl Situation {
    /// What was heard, read or tried in vain matters only to somebody who does not know the seed.
    fn of(state: &State) -> Self {
        let mut packed = Packed(0);
        packed.add(state.place.index() as u128, 4);
        // Where one came from decides only where one flees to.
        packed.add(state.fight.map_or(0, |_| state.came_from.index()) as u128, 4);
        packed.add(u128::from(state.fight.is_some()), 1);
        for flag in state.items.into_iter().chain(state.visited).chain(state.opened) {
            packed.add(u128::from(flag), 1);
        }
        for (health, beat) in state.enemy_health.into_iter().zip(state.enemy_beat) {
            packed.add(health as u128, 6);
            // The dead have no next step.
            packed.add(if health == 0 { 0 } else { u128::from(beat) }, 4);
        }
        packed.add(u128::from(state.bridge_open), 1);
        packed.add(u128::from(state.gate_open), 1);
        packed.add(
            match state.relic {
                Relic::InTheBarrow => 0,
                Relic::Carried => 1,
                Relic::Home => 2,
            },
            2,
        );
        Self(packed.0)
    }
}

/// Ten places fit into four bits.
const _: () = assert!(Place::COUNT <= 16);

struct Packed(u128);

impl Packed {
    fn add(&mut self, value: u128, bits: u32) {
        self.0 = (self.0 << bits) | value;
    }
}
