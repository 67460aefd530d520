//! What no play can exceed from a moment on: everything is granted that time alone does not forbid.
//!
//! Health and gold are taken to last for ever, fights to go as well as they can. What remains is a walk: which places can
//! be reached in the turns that are left, with the shortest time that what is done there takes. The shortest walks through
//! every set of places are found once for a world, so the search only looks them up.

use super::super::{
    enemies::Enemy,
    generate::World,
    geography::{Place, ROADS},
    score::{ALIVE, BRIDGE, GATE, MOST_FOR_GOLD, RELIC_CARRIED, RELIC_HOME},
    state::{Relic, State},
    things::Chest,
};

/// The places and, behind them, coming home with the relic.
const STOPS: usize = Place::COUNT + 1;
const HOME: usize = Place::COUNT;
const SETS: usize = 1 << STOPS;
/// So many sets are gone through at a time; less than a thousandth of a second of work.
const SETS_A_PIECE: usize = 128;
/// A walk that cannot be made: longer than any game.
const NEVER: u8 = u8::MAX;

/// What has to be done in which order: it decides which walks there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// The gate is shut: first the Tower, then the depths, then home.
    LeversFirst,
    /// First the depths, then home.
    DepthsFirst,
    /// The relic is carried: home at any time.
    Free,
}

impl Order {
    const ALL: [Self; 3] = [Self::LeversFirst, Self::DepthsFirst, Self::Free];
}

/// The shortest walks of one world. Finding all of them takes some hundredths of a second, so it can be done in pieces.
pub struct Walks {
    ways: Ways,
    /// By order, start and set of stops.
    turns: Vec<Vec<u8>>,
    laying: Option<Laying>,
}

type Ways = [[u32; Place::COUNT]; Place::COUNT];

const EAST: [Place; 4] = [Place::Ruin, Place::Tower, Place::BarrowGate, Place::BarrowDepths];

impl Walks {
    /// All of them.
    pub fn new(world: &World) -> Self {
        let mut walks = Self::begin(world);
        while walks.lay_next() {}
        walks
    }

    /// None of them yet.
    pub fn begin(world: &World) -> Self {
        Self { ways: ways(world), turns: Vec::with_capacity(Order::ALL.len() * Place::COUNT), laying: None }
    }

    /// Finds some walks more; false once all are known.
    pub fn lay_next(&mut self) -> bool {
        let next = self.turns.len();
        let Some(order) = Order::ALL.get(next / Place::COUNT) else { return false };
        let laying = self.laying.get_or_insert_with(|| Laying::begin(*order, next % Place::COUNT));
        if laying.advance(&self.ways) {
            self.turns.extend(self.laying.take().map(|laid| laid.turns));
        }
        true
    }

    fn through(&self, state: &State, set: usize) -> u8 {
        let order = match state.relic {
            Relic::InTheBarrow if !state.gate_open => Order::LeversFirst,
            Relic::InTheBarrow => Order::DepthsFirst,
            Relic::Carried | Relic::Home => Order::Free,
        };
        self.turns[order as usize * Place::COUNT + state.place.index()][set]
    }

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

/// Turns between any two places, barriers left out.
fn ways(world: &World) -> Ways {
    let mut ways = [[100; Place::COUNT]; Place::COUNT];
    for place in Place::ALL {
        ways[place.index()][place.index()] = 0;
    }
    for road in ROADS {
        let turns = world.road_turns(road.from, road.to).unwrap_or(100);
        ways[road.from.index()][road.to.index()] = turns;
        ways[road.to.index()][road.from.index()] = turns;
    }
    for by in 0..Place::COUNT {
        for from in 0..Place::COUNT {
            for to in 0..Place::COUNT {
                ways[from][to] = ways[from][to].min(ways[from][by] + ways[by][to]);
            }
        }
    }
    ways
}

/// The shortest walks from one start through every set of stops, wherever they end (Held and Karp), as far as they are
/// found.
struct Laying {
    order: Order,
    start: usize,
    /// The next set; every smaller one is done.
    next: usize,
    turns: Vec<u8>,
    /// The same, by the last stop.
    ending: Vec<[u8; STOPS]>,
}

impl Laying {
    fn begin(order: Order, start: usize) -> Self {
        let mut turns = vec![NEVER; SETS];
        turns[0] = 0;
        Self { order, start, next: 1, turns, ending: vec![[NEVER; STOPS]; SETS] }
    }

    /// Goes through some sets more; true once all are done.
    fn advance(&mut self, ways: &Ways) -> bool {
        let until = (self.next + SETS_A_PIECE).min(SETS);
        for set in self.next..until {
            for last in (0..STOPS).filter(|last| set & (1 << last) != 0) {
                let before = set & !(1 << last);
                if may_follow(self.order, before, last)
                    && let Some(way) = self.way(ways, before, last)
                {
                    self.ending[set][last] = u8::try_from(way).unwrap_or(NEVER);
                }
            }
            self.turns[set] = self.ending[set].iter().copied().min().unwrap_or(NEVER);
        }
        self.next = until;
        until == SETS
    }

    /// The shortest walk through the stops before and then to the last.
    fn way(&self, ways: &Ways, before: usize, last: usize) -> Option<u32> {
        let site = |stop: usize| if stop == HOME { Place::Town.index() } else { stop };
        if before == 0 {
            return Some(ways[self.start][site(last)]);
        }
        let ending = &self.ending[before];
        let from = (0..STOPS).filter(|from| before & (1 << from) != 0 && ending[*from] != NEVER);
        from.map(|from| u32::from(ending[from]) + ways[site(from)][site(last)]).min()
    }
}

/// Whether a stop may come after the others.
fn may_follow(order: Order, before: usize, stop: usize) -> bool {
    let has = |place: Place| before & (1 << place.index()) != 0;
    match (order, stop) {
        (Order::LeversFirst, _) if stop == Place::BarrowDepths.index() => has(Place::Tower),
        (Order::LeversFirst | Order::DepthsFirst, HOME) => has(Place::BarrowDepths),
        _ => true,
    }
}
