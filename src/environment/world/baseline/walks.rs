//! The shortest walks through every set of places: found once for a world, so that a search only looks them up.

use super::super::{
    generate::World,
    geography::{Place, ROADS},
    state::{Relic, State},
};

/// The places and, behind them, coming home with the relic.
pub const STOPS: usize = Place::COUNT + 1;
pub const HOME: usize = Place::COUNT;
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

/// Turns between any two places.
pub type Ways = [[u32; Place::COUNT]; Place::COUNT];

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

    /// The turns of the shortest walk from where somebody stands through a set of stops; 255 where there is none.
    pub fn through(&self, state: &State, set: usize) -> u8 {
        let order = match state.relic {
            Relic::InTheBarrow if !state.gate_open => Order::LeversFirst,
            Relic::InTheBarrow => Order::DepthsFirst,
            Relic::Carried | Relic::Home => Order::Free,
        };
        self.turns[order as usize * Place::COUNT + state.place.index()][set]
    }
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
    shorten(&mut ways);
    ways
}

/// Makes the shortest ways out of single roads (Floyd and Warshall).
pub fn shorten(ways: &mut Ways) {
    for by in 0..Place::COUNT {
        for from in 0..Place::COUNT {
            for to in 0..Place::COUNT {
                ways[from][to] = ways[from][to].min(ways[from][by] + ways[by][to]);
            }
        }
    }
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
