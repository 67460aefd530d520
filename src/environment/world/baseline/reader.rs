//! The scripted reader: understands every text, plans its time, and knows neither the seed nor the roads it has not seen.
//!
//! It lists what is worth doing, each with the place where it is done, what it brings and how long it takes there, and
//! goes for what brings most for its time, as long as everything that is worth more can still be done afterwards.

use super::{
    super::{
        enemies::Enemy,
        folk::Person,
        generate::World,
        geography::{Place, ROADS, barrier},
        moves::Move,
        phrases::Wording,
        state::{FULL_HEALTH, Relic, State},
        things::{Chest, Goods, Item, Weakness, Writing},
    },
    greedy::{BLIND, CAREFUL_HEALTH, READS_FIGHTS, choose as choose_greedily, fight_by_sight, told_reply},
    knowledge::Knowledge,
    walks::{Ways, shorten},
};

/// How long a road is taken to be that nobody has told the length of.
const UNKNOWN_ROAD: u32 = 4;

/// What the reader does next; `None` once nothing is left to gain.
pub fn choose(world: &World, state: &State, moves: &[Move]) -> Option<Move> {
    if world.wording == Wording::WithoutClues && state.fight.is_some() {
        return choose_greedily(world, state, moves, BLIND);
    }
    if state.fight.is_some() {
        return in_a_fight(world, state, moves);
    }
    let plan = Plan { world, state, known: Knowledge::of(world, state), ways: ways(world, state) };
    plan.here(moves).or_else(|| plan.onwards()).filter(|chosen| moves.contains(chosen))
}

fn in_a_fight(world: &World, state: &State, moves: &[Move]) -> Option<Move> {
    let wishes = fight_by_sight(world, state).into_iter().chain([Move::Attack]);
    wishes.into_iter().find(|wish| moves.contains(wish)).or_else(|| choose_greedily(world, state, moves, READS_FIGHTS))
}

/// The shortest ways as far as they are known. Roads are known from either of their ends once somebody has been there.
fn ways(world: &World, state: &State) -> Ways {
    let mut ways = [[1000; Place::COUNT]; Place::COUNT];
    for place in Place::ALL {
        ways[place.index()][place.index()] = 0;
    }
    for road in ROADS {
        let is_known = state.has_visited(road.from) || state.has_visited(road.to);
        let turns = world.road_turns(road.from, road.to).filter(|_| is_known).unwrap_or(UNKNOWN_ROAD);
        ways[road.from.index()][road.to.index()] = turns;
        ways[road.to.index()][road.from.index()] = turns;
    }
    shorten(&mut ways);
    ways
}

struct Plan<'a> {
    world: &'a World,
    state: &'a State,
    known: Knowledge,
    ways: Ways,
}

/// Something worth going somewhere for.
#[derive(Clone, Copy, Debug)]
struct Errand {
    at: Place,
    /// Points, or what it is taken to be worth in points.
    worth: f64,
    /// Turns there, the way not counted.
    takes: u32,
}

impl Plan<'_> {
    fn turns(&self, from: Place, to: Place) -> u32 {
        self.ways[from.index()][to.index()]
    }

    fn left(&self) -> u32 {
        self.state.turns_left(self.world)
    }

    /// What can be done at once and is worth its turn.
    fn here(&self, moves: &[Move]) -> Option<Move> {
        let state = self.state;
        let mut wishes = vec![Move::TakeRelic];
        let has_time = self.left() > self.main_line(state.place) + 1;
        if has_time {
            wishes.extend(self.is_worth_reading().then_some(Move::Read));
            wishes.extend(self.is_worth_hearing().then_some(Move::Talk));
        }
        if has_time && self.is_chest_good() {
            wishes.push(Move::OpenChest);
        }
        if state.place == Place::Town {
            wishes.extend(self.shopping());
        }
        if self.is_hurt() {
            wishes.push(Move::DrinkPotion);
        }
        wishes.extend(told_reply(self.world, state, &self.known).filter(|_| self.known.is_sure));
        wishes.extend((state.gold >= 12 + self.needed_gold()).then_some(Move::Bribe));
        wishes.extend(told_reply(self.world, state, &self.known));
        wishes.push(Move::Bribe);
        if state.place == Place::Bridge {
            wishes.extend((0..3).filter(|index| !state.refused_replies[*index]).map(Move::Reply));
        }
        wishes.extend(self.known.next_order().map(Move::PullLevers));
        wishes.into_iter().find(|wish| moves.contains(wish))
    }

    fn is_worth_reading(&self) -> bool {
        match self.state.place {
            Place::Town => true,
            Place::Tower => !self.state.gate_open && (self.known.orders_left() > 1 && !self.is_order_sure()),
            // The mosaic speaks of chests only.
            Place::Ruin => self.known.trapped.is_none() && !self.state.opened[Chest::Ruin.index()],
            _ => false,
        }
    }

    fn is_order_sure(&self) -> bool {
        self.known.is_sure
            && self.state.heard[Person::Hermit.index()]
            && self.world.liar != Person::Hermit
            && self.state.read[Writing::Poster.index()]
    }

    fn is_worth_hearing(&self) -> bool {
        match self.state.place {
            Place::Town => true,
            Place::Farm => self.known.weakness.is_none() || !self.state.bridge_open || !self.known.is_sure,
            Place::Shrine => !self.state.gate_open,
            _ => false,
        }
    }

    fn is_chest_good(&self) -> bool {
        let Some(chest) = Chest::standing_at(self.state.place) else { return false };
        match self.known.trapped {
            Some(trapped) => trapped != chest,
            // One of three is trapped: 13 health are worth the gold only to somebody who has them.
            None => self.state.health > 20,
        }
    }

    fn is_hurt(&self) -> bool {
        self.state.health <= CAREFUL_HEALTH + 2
    }

    /// Gold that has its use already: for what the king cannot bear.
    fn needed_gold(&self) -> i32 {
        match self.known.weakness {
            Some(weakness) if !self.state.has(weakness.item()) && self.state.relic == Relic::InTheBarrow => 14,
            _ => 0,
        }
    }

    fn shopping(&self) -> Vec<Move> {
        let state = self.state;
        let mut wishes = Vec::new();
        if state.relic == Relic::InTheBarrow
            && let Some(weakness) = self.known.weakness.filter(|_| self.known.is_sure)
        {
            wishes.push(Move::Buy(Goods::Item(weakness.item())));
        }
        let spare = state.gold - self.needed_gold();
        let bed_pays = state.health * 2 < FULL_HEALTH && self.left() > self.main_line(Place::Town) + 6;
        if bed_pays && spare >= 4 {
            wishes.push(Move::RestAtInn);
        }
        if state.relic == Relic::InTheBarrow && state.potions < 1 && spare >= 6 && state.bridge_open {
            wishes.push(Move::Buy(Goods::Potion));
        }
        wishes
    }

    /// The turns of the way that brings the relic home, from a place: bridge, levers, king, home.
    fn main_line(&self, from: Place) -> u32 {
        let state = self.state;
        if state.relic == Relic::Home {
            return 0;
        }
        if state.relic == Relic::Carried {
            return self.turns(from, Place::Town);
        }
        let king = if self.state.is_felled(Enemy::BarrowKing) { 0 } else { self.fight_turns(Enemy::BarrowKing) };
        let way = if state.gate_open {
            self.turns(from, Place::BarrowDepths)
        } else {
            self.turns(from, Place::Tower) + 2 + self.turns(Place::Tower, Place::BarrowDepths)
        };
        let bridge = u32::from(!state.bridge_open);
        way + bridge + king + 1 + self.turns(Place::BarrowDepths, Place::Town)
    }

    /// How long a fight is likely to take by an even mixture of what an enemy does.
    fn fight_turns(&self, enemy: Enemy) -> u32 {
        let bane = self.world.bane(enemy).filter(|_| self.known.weakness.is_some());
        let damage = if bane.is_some_and(|bane| self.state.has(bane)) { 8 } else { 4 };
        // Of three turns one is blocked away, one strikes plainly and one hard.
        (self.state.enemy_health[enemy.index()] as u32 * 3).div_ceil(damage * 3 - 1) + 1
    }

    /// The next step towards the best errand.
    fn onwards(&self) -> Option<Move> {
        let state = self.state;
        let here = state.place;
        if state.relic == Relic::Carried && self.left() < self.turns(here, Place::Town) + 8 {
            return self.step_towards(Place::Town);
        }
        let errands = self.errands();
        let fits = |errand: &&Errand| {
            let there = self.turns(here, errand.at) + errand.takes;
            let after = if self.main_pays() { self.main_line(errand.at) } else { 0 };
            there + after <= self.left()
        };
        let rate = |errand: &Errand| errand.worth / f64::from(self.turns(here, errand.at) + errand.takes);
        let best = errands.iter().filter(fits).max_by(|left, right| rate(left).total_cmp(&rate(right)));
        match best {
            Some(errand) => self.step_towards(errand.at),
            None if state.relic == Relic::Carried => self.step_towards(Place::Town),
            None => self.main_step(),
        }
    }

    /// Whether the relic can still be brought home.
    fn main_pays(&self) -> bool {
        self.state.relic != Relic::Home && self.main_line(self.state.place) <= self.left()
    }

    fn main_step(&self) -> Option<Move> {
        let state = self.state;
        match state.relic {
            Relic::Home => None,
            Relic::Carried => self.step_towards(Place::Town),
            Relic::InTheBarrow if !state.gate_open => self.step_towards(Place::Tower),
            Relic::InTheBarrow => self.step_towards(Place::BarrowDepths),
        }
    }

    /// What is worth a way besides the relic.
    fn errands(&self) -> Vec<Errand> {
        let state = self.state;
        let mut errands = Vec::new();
        for place in Place::ALL {
            if place == state.place || !self.can_reach(place) {
                continue;
            }
            let mut worth = if state.has_visited(place) { 0.0 } else { 1.0 };
            let mut takes = 0;
            if let Some(enemy) = Enemy::in_lair(place).filter(|enemy| !state.is_felled(*enemy)) {
                if !self.dares(enemy) {
                    continue;
                }
                worth += f64::from(enemy.worth()) + f64::from(enemy.purse()) / 2.0;
                takes += self.fight_turns(enemy);
            }
            if let Some(chest) = Chest::standing_at(place).filter(|chest| !state.opened[chest.index()])
                && self.known.trapped != Some(chest)
            {
                worth += if self.known.trapped.is_some() { 5.0 } else { 3.0 };
                takes += 1;
            }
            let person = Person::living_at(place).filter(|person| !state.heard[person.index()]);
            let needs_word = state.relic == Relic::InTheBarrow;
            if person.is_some() && needs_word {
                worth += match place {
                    Place::Shrine if !state.gate_open => 6.0,
                    Place::Farm if !state.bridge_open || self.known.weakness.is_none() || !self.known.is_sure => 6.0,
                    _ => 0.0,
                };
                takes += 1;
            }
            if place == Place::Town && self.wants_shop() {
                worth += 8.0;
                takes += 1;
            }
            if place == Place::Tower && !state.gate_open {
                worth += 5.0;
                takes += 2;
            }
            if place == Place::Bridge && !state.bridge_open {
                worth += 5.0;
                takes += 1;
            }
            if worth > 0.0 && place != Place::BarrowDepths {
                errands.push(Errand { at: place, worth, takes });
            }
        }
        errands
    }

    fn wants_shop(&self) -> bool {
        let item = self.known.weakness.map(Weakness::item);
        let wants_bane = self.state.relic == Relic::InTheBarrow
            && item.is_some_and(|item| !self.state.has(item))
            && self.state.gold >= 14;
        wants_bane || (self.state.health * 2 < FULL_HEALTH && self.state.gold >= 4 + self.needed_gold())
    }

    /// An enemy whose blocked and traded blows leave a margin.
    fn dares(&self, enemy: Enemy) -> bool {
        let potions = self.state.potions * 10;
        let mail = if self.state.has(Item::ChainMail) { 6 } else { 0 };
        let costs = match enemy {
            Enemy::Wolf => 9,
            Enemy::Bandit => 11,
            Enemy::Wraith => 16,
            Enemy::BarrowKing => 18,
        };
        self.state.health + potions + mail > costs + 4
    }

    fn can_reach(&self, place: Place) -> bool {
        let state = self.state;
        let is_east =
            |place: Place| matches!(place, Place::Ruin | Place::Tower | Place::BarrowGate | Place::BarrowDepths);
        let crosses = is_east(place) && !is_east(state.place) && !state.bridge_open;
        let enters = place == Place::BarrowDepths && !state.gate_open;
        !crosses && !enters
    }

    /// The neighbour on the shortest way, or the nearest open one towards it.
    fn step_towards(&self, goal: Place) -> Option<Move> {
        let here = self.state.place;
        let is_open = |to: &Place| barrier(here, *to).is_none_or(|standing| !self.state.is_closed(standing));
        let neighbours = Place::ALL.into_iter().filter(|to| self.world.road_turns(here, *to).is_some());
        let next = neighbours.filter(is_open).min_by_key(|to| {
            // Nobody walks through a lair with an enemy in it who does not mean to fight.
            let lair = Enemy::in_lair(*to).is_some_and(|enemy| !self.state.is_felled(enemy) && *to != goal);
            self.turns(here, *to) + self.turns(*to, goal) + if lair { 12 } else { 0 }
        })?;
        Some(Move::GoTo(next))
    }
}
