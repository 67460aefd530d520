//! The greedy players: the nearest gain, step by step, with as much reading as they are allowed.

use super::{
    super::{
        enemies::Intent,
        generate::World,
        geography::Place,
        legal::BED_PRICE,
        moves::Move,
        phrases::Wording,
        state::{Relic, State},
        things::Chest,
    },
    knowledge::Knowledge,
};

/// Below this the greedy player looks after itself: one heavy blow or one trap could be the end.
pub const CAREFUL_HEALTH: i32 = 13;

/// And so much is too little for the barrow king, who strikes for up to 13.
const KING_HEALTH: i32 = 26;
const POTION: i32 = 12;

/// What a player reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    pub fights: bool,
    pub clues: bool,
}

pub const BLIND: Sight = Sight { fights: false, clues: false };
pub const READS_FIGHTS: Sight = Sight { fights: true, clues: false };
pub const READS_CLUES: Sight = Sight { fights: false, clues: true };

/// What the greedy player does; `None` once nothing is left to gain. Of the world it looks only at roads that start where
/// it stands, and at what its sight allows.
pub fn choose(world: &World, state: &State, moves: &[Move], sight: Sight) -> Option<Move> {
    // Where nothing is told there is nothing to read in a fight.
    let sight = Sight { fights: sight.fights && world.wording != Wording::WithoutClues, ..sight };
    let wishes = match state.fight {
        Some(_) if sight.fights => fight_by_sight(world, state),
        Some(_) => fight_blindly(state),
        None => peace_wishes(world, state, moves, sight),
    };
    wishes.into_iter().find(|wish| moves.contains(wish))
}

fn fight_blindly(state: &State) -> Vec<Move> {
    if state.health <= CAREFUL_HEALTH && state.potions > 0 {
        return vec![Move::DrinkPotion, Move::Attack];
    }
    if state.health <= CAREFUL_HEALTH { vec![Move::DrinkPotion, Move::Flee, Move::Attack] } else { vec![Move::Attack] }
}

/// What can be felled is felled; else a heavy blow is blocked, an open enemy is struck hard, and a quick one is traded with
/// while health lasts.
pub fn fight_by_sight(world: &World, state: &State) -> Vec<Move> {
    let Some(enemy) = state.fight else { return Vec::new() };
    let answer: &[Move] = match world.intent(enemy, state.enemy_beat[enemy.index()]) {
        Intent::Heavy => &[Move::Block],
        Intent::Open => &[Move::PowerAttack],
        // A quick blow is the harmless moment to drink, and the one to leave in.
        Intent::Quick if state.health <= CAREFUL_HEALTH => &[Move::DrinkPotion, Move::Flee, Move::Attack],
        Intent::Quick => &[Move::Attack],
    };
    finishing_blow(world, state).into_iter().chain(answer.iter().copied()).collect()
}

/// What falls does not strike back, so the last blow may be struck at any time.
fn finishing_blow(world: &World, state: &State) -> Option<Move> {
    let enemy = state.fight?;
    let left = state.enemy_health[enemy.index()];
    let damage = if world.bane(enemy).is_some_and(|bane| state.has(bane)) { 8 } else { 4 };
    match left {
        _ if left <= damage => Some(Move::Attack),
        _ if left < damage * 2 => Some(Move::PowerAttack),
        _ => None,
    }
}

fn peace_wishes(world: &World, state: &State, moves: &[Move], sight: Sight) -> Vec<Move> {
    let knowledge = sight.clues.then(|| Knowledge::of(world, state));
    let is_healthy = state.health > CAREFUL_HEALTH;
    let mut wishes = vec![Move::TakeRelic];
    if state.relic == Relic::Carried {
        wishes.push(Move::GoTo(towards_town(state.place)));
    }
    // It hears what a weapon would be good for, and buys none: gold is points at once, and what a fight may bring is not.
    if knowledge.is_some() {
        wishes.extend([Move::Read, Move::Talk]);
    }
    if is_healthy {
        let trapped = knowledge.and_then(|knowledge| knowledge.trapped);
        wishes.extend((trapped.is_none() || Chest::standing_at(state.place) != trapped).then_some(Move::OpenChest));
    } else {
        wishes.extend([Move::RestAtInn, Move::DrinkPotion]);
        // Whoever counts on fights goes home to a bed before the next one.
        let is_bed_far = state.place != Place::Town && state.gold >= BED_PRICE;
        wishes.extend((sight.fights && is_bed_far).then(|| Move::GoTo(towards_town(state.place))));
    }
    if let Some(knowledge) = knowledge {
        wishes.extend(told_reply(world, state, &knowledge));
        wishes.extend(knowledge.next_order().filter(|_| knowledge.orders_left() < 6).map(Move::PullLevers));
    }
    wishes.push(Move::Bribe);
    if is_healthy {
        wishes.extend(moves.iter().copied().filter(|chosen| is_untried(state, *chosen)));
    }
    wishes.extend(nearest_unvisited(world, state, moves));
    wishes.extend(towards_unvisited(state).map(Move::GoTo));
    if let Some(knowledge) = knowledge {
        wishes.retain(|wish| *wish != Move::GoTo(Place::BarrowDepths) || is_ready_for_the_king(state, &knowledge));
    }
    wishes
}

/// Whoever has heard what the king cannot bear does not go down to him without it, and this player never has it.
fn is_ready_for_the_king(state: &State, knowledge: &Knowledge) -> bool {
    knowledge.weakness.is_none() && state.health + POTION * state.potions >= KING_HEALTH
}

/// The reply that a text speaks for, unless it was refused already.
pub fn told_reply(world: &World, state: &State, knowledge: &Knowledge) -> Option<Move> {
    let oath = knowledge.oath?;
    let index = world.replies.iter().position(|reply| *reply == oath)?;
    (!state.refused_replies[index]).then_some(Move::Reply(index))
}

fn is_untried(state: &State, chosen: Move) -> bool {
    match chosen {
        Move::Reply(index) => !state.refused_replies[index],
        Move::PullLevers(order) => !state.tried_levers[order.index()],
        _ => false,
    }
}

fn nearest_unvisited(world: &World, state: &State, moves: &[Move]) -> Option<Move> {
    let unvisited = moves.iter().copied().filter_map(|chosen| match chosen {
        Move::GoTo(place) if !state.has_visited(place) => Some((world.road_turns(state.place, place)?, place)),
        _ => None,
    });
    unvisited.min().map(|(_, place)| Move::GoTo(place))
}

/// When nothing new is near: the next place on the way to the part of the map that is not finished.
fn towards_unvisited(state: &State) -> Option<Place> {
    if state.visited.iter().all(|visited| *visited) {
        return None;
    }
    let near = [Place::Town, Place::Farm, Place::Shrine, Place::Camp, Place::Den, Place::Bridge];
    let near_is_done = near.into_iter().all(|place| state.has_visited(place));
    match state.place {
        Place::Town if near_is_done => Some(Place::Bridge),
        Place::Town => None,
        Place::Bridge if near_is_done && state.gate_open => Some(Place::BarrowGate),
        Place::Bridge if near_is_done && state.bridge_open => Some(Place::Tower),
        Place::Ruin | Place::Tower if near_is_done && state.gate_open => Some(Place::BarrowGate),
        place => Some(towards_town(place)),
    }
}

pub fn towards_town(place: Place) -> Place {
    match place {
        Place::BarrowDepths => Place::BarrowGate,
        Place::BarrowGate | Place::Tower | Place::Ruin => Place::Bridge,
        Place::Bridge | Place::Farm | Place::Shrine | Place::Camp | Place::Den | Place::Town => Place::Town,
    }
}
