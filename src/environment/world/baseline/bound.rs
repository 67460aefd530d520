//! What no play can exceed from a moment on: everything is granted that time alone does not forbid.
//!
//! Health and gold are taken to last for ever, fights to go as well as they can. What remains is a walk: which places can
//! be reached in the turns that are left, with the shortest time that what is done there takes. Those walks come
//! from `walks`.

use super::{
    super::{
        enemies::Enemy,
        generate::World,
        geography::Place,
        score::{ALIVE, BRIDGE, GATE, MOST_FOR_GOLD, RELIC_CARRIED, RELIC_HOME},
        state::{Relic, State},
        things::Chest,
    },
    walks::{HOME, STOPS, Walks},
};

const EAST: [Place; 4] = [Place::Ruin, Place::Tower, Place::BarrowGate, Place::BarrowDepths];

impl Walks {
    /// The most that the score can be at the end.
    pub fn bound(&self, world: &World, state: &State) -> u32 {
        let hopes = Hopes::of(world, state);
        let rough = Rough::of(&hopes);
        let left = state.turns_left(world);
        let mut best = 0;
        // All subsets of the stops that bring anything, the largest first.
        let mut set = hopes.stops;
        loop {
            if rough.most(set) > best {
                let way = u32::from(self.through(state, set));
                if way <= left {
                    best = best.max(hopes.points(set, left - way));
                }
            }
            if set == 0 {
                break;
            }
            set = (set - 1) & hopes.stops;
        }
        hopes.now + best
    }
}

/// What may still be gained, stop by stop.
struct Hopes {
    /// What is safe already, life included and gold not.
    now: u32,
    gold: u32,
    /// Bits of the stops that bring anything.
    stops: usize,
    /// Points at a stop that need no more time than being there.
    at: [u32; STOPS],
    /// Gold at a stop.
    gold_at: [u32; STOPS],
    /// Enemies as (stop, points, shortest fight), the best rate first.
    fights: [(usize, u32, u32); Enemy::COUNT],
    fight_count: usize,
    bridge_is_closed: bool,
    gate_is_shut: bool,
    /// What coming home takes beyond the walk: the shortest fight with the king, and lifting the relic.
    relic_takes: u32,
    king_is_part_of_it: bool,
}

impl Hopes {
    fn of(world: &World, state: &State) -> Self {
        let felled: u32 = Enemy::ALL.into_iter().filter(|enemy| state.is_felled(*enemy)).map(Enemy::worth).sum();
        let places = state.visited.iter().filter(|visited| **visited).count() as u32;
        let relic = match state.relic {
            Relic::InTheBarrow => 0,
            Relic::Carried => RELIC_CARRIED,
            Relic::Home => RELIC_HOME,
        };
        let gate = if state.gate_open { GATE } else { 0 };
        let bridge = if state.bridge_open { BRIDGE } else { 0 };
        let mut hopes = Self {
            now: ALIVE + felled + places + relic + gate + bridge,
            gold: state.gold.max(0) as u32,
            stops: 0,
            at: [0; STOPS],
            gold_at: [0; STOPS],
            fights: [(0, 0, 0); Enemy::COUNT],
            fight_count: 0,
            bridge_is_closed: !state.bridge_open,
            gate_is_shut: !state.gate_open,
            relic_takes: 0,
            king_is_part_of_it: false,
        };
        hopes.places(state);
        hopes.chests(world, state);
        hopes.enemies(world, state);
        hopes.relic(world, state);
        hopes
    }

    fn add(&mut self, stop: usize) {
        self.stops |= 1 << stop;
    }

    fn places(&mut self, state: &State) {
        for place in Place::ALL {
            if !state.has_visited(place) {
                self.at[place.index()] = 1;
                self.add(place.index());
            }
        }
        if self.bridge_is_closed {
            self.at[Place::Bridge.index()] += BRIDGE;
            self.add(Place::Bridge.index());
        }
        if self.gate_is_shut {
            self.at[Place::Tower.index()] += GATE;
            self.add(Place::Tower.index());
        }
    }

    fn chests(&mut self, world: &World, state: &State) {
        for place in Place::ALL {
            let chest = Chest::standing_at(place);
            let is_good = |chest: &Chest| !state.opened[chest.index()] && *chest != world.truth.trapped;
            if let Some(chest) = chest.filter(is_good) {
                self.gold_at[place.index()] += world.loot(chest) as u32;
                self.add(place.index());
            }
        }
    }

    fn enemies(&mut self, world: &World, state: &State) {
        let mut fights: Vec<(usize, u32, u32)> = Vec::with_capacity(Enemy::COUNT);
        for enemy in Enemy::ALL.into_iter().filter(|enemy| !state.is_felled(*enemy)) {
            let stop = enemy.lair().index();
            fights.push((stop, enemy.worth(), shortest_fight(world, state, enemy)));
            self.gold_at[stop] += enemy.purse() as u32;
            self.add(stop);
        }
        fights.sort_unstable_by_key(|(_, points, turns)| std::cmp::Reverse(points * 1000 / turns));
        self.fight_count = fights.len();
        self.fights[..fights.len()].copy_from_slice(&fights);
    }

    fn relic(&mut self, world: &World, state: &State) {
        match state.relic {
            Relic::Home => {}
            Relic::Carried => {
                self.at[HOME] = RELIC_HOME - RELIC_CARRIED;
                self.add(HOME);
            }
            Relic::InTheBarrow => {
                let king = Enemy::BarrowKing;
                self.king_is_part_of_it = !state.is_felled(king);
                let fight = if self.king_is_part_of_it { shortest_fight(world, state, king) } else { 0 };
                self.relic_takes = fight + 1;
                self.at[HOME] = RELIC_HOME;
                self.add(HOME);
                self.add(Place::BarrowDepths.index());
            }
        }
    }

    /// The most points of a set of stops, with so many turns beyond the walk.
    fn points(&self, set: usize, turns: u32) -> u32 {
        let has = |stop: usize| set & (1 << stop) != 0;
        let has_relic = has(HOME);
        let crosses = EAST.into_iter().any(|place| has(place.index()));
        // What stands in the way has to be opened; what does not may be left as it is.
        let bridge_must = self.bridge_is_closed && crosses;
        let gate_must = self.gate_is_shut && has(Place::BarrowDepths.index());
        let mut needs = u32::from(bridge_must) + u32::from(gate_must);
        if has_relic {
            needs += self.relic_takes;
        }
        if needs > turns {
            return 0;
        }
        let mut left = turns - needs;
        let mut lost = 0;
        for (may_open, worth) in [
            (self.bridge_is_closed && !bridge_must && has(Place::Bridge.index()), BRIDGE),
            (self.gate_is_shut && !gate_must && has(Place::Tower.index()), GATE),
        ] {
            match left {
                0 if may_open => lost += worth,
                // Five points for a turn: only the king brings more for his time, and to him both stand open.
                1.. if may_open => left -= 1,
                _ => {}
            }
        }
        let mut points = 0;
        let mut gold = self.gold;
        for stop in 0..STOPS {
            if has(stop) {
                points += self.at[stop];
                gold += self.gold_at[stop];
            }
        }
        // The relic lies in the depths: whoever is there with time for it carries it at least.
        for (stop, worth, takes) in self.fights[..self.fight_count].iter().copied() {
            if !has(stop) {
                continue;
            }
            if has_relic && self.king_is_part_of_it && stop == Place::BarrowDepths.index() {
                points += worth;
            } else if takes <= left {
                left -= takes;
                points += worth;
            } else {
                // A part of a fight for a part of its worth, rounded up: more than any whole choice can bring.
                points += (worth * left).div_ceil(takes);
                left = 0;
            }
        }
        if !has_relic && self.at[HOME] == RELIC_HOME && has(Place::BarrowDepths.index()) && self.relic_takes <= turns {
            points += RELIC_CARRIED;
        }
        points - lost + (gold / 2).min(MOST_FOR_GOLD)
    }
}

/// What sets of stops cannot exceed, however long they take, from two small tables: most sets need no closer look.
struct Rough {
    low: [u32; 1 << LOW_STOPS],
    high: [u32; 1 << (STOPS - LOW_STOPS)],
}

const LOW_STOPS: usize = 6;

impl Rough {
    fn of(hopes: &Hopes) -> Self {
        let mut most = hopes.at;
        for (points, gold) in most.iter_mut().zip(hopes.gold_at) {
            *points += gold.div_ceil(2);
        }
        for (stop, worth, _) in hopes.fights[..hopes.fight_count].iter().copied() {
            most[stop] += worth;
        }
        // The relic is carried by whoever is in the depths, and brought home for more than that.
        if hopes.at[HOME] == RELIC_HOME {
            most[Place::BarrowDepths.index()] += RELIC_CARRIED;
        }
        let mut rough = Self { low: [0; 1 << LOW_STOPS], high: [0; 1 << (STOPS - LOW_STOPS)] };
        let sums = |table: &mut [u32], stops: &[u32]| {
            for set in 1..table.len() {
                let stop = set.trailing_zeros() as usize;
                table[set] = table[set & (set - 1)] + stops[stop];
            }
        };
        sums(&mut rough.low, &most[..LOW_STOPS]);
        sums(&mut rough.high, &most[LOW_STOPS..]);
        rough.low.iter_mut().for_each(|points| *points += hopes.gold / 2);
        rough
    }

    fn most(&self, set: usize) -> u32 {
        self.low[set & ((1 << LOW_STOPS) - 1)] + self.high[set >> LOW_STOPS]
    }
}

/// The fewest turns in which an enemy can fall: power attacks alone, with its bane where it has one.
fn shortest_fight(world: &World, state: &State, enemy: Enemy) -> u32 {
    let damage = if world.bane(enemy).is_some() { 15 } else { 7 };
    (state.enemy_health[enemy.index()] as u32).div_ceil(damage)
}
