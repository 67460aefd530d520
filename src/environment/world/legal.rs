//! What is possible now, and how many turns it takes. The only place that knows; everything else asks here.

use super::{
    enemies::Enemy,
    folk::Person,
    generate::World,
    geography::{Place, barrier},
    moves::Move,
    refusal::Refusal,
    state::{FULL_HEALTH, MOST_POTIONS, Relic, State},
    things::{Chest, Goods, Writing},
};
use crate::protocol::ActionCall;

pub const BED_PRICE: i32 = 4;
pub const BED_TURNS: u32 = 6;
pub const BRIBE_PRICE: i32 = 12;
/// A right answer takes one turn. The time for a wrong one must be there, or a refusal would betray which is which.
pub const WRONG_REPLY_TURNS: u32 = 4;

/// Every action that is possible now with its arguments, in a fixed order. Empty when the game is over.
pub fn legal(world: &World, state: &State) -> Vec<ActionCall> {
    legal_moves(world, state).into_iter().map(Move::call).collect()
}

/// The same as checked moves.
pub fn legal_moves(world: &World, state: &State) -> Vec<Move> {
    Move::every().filter(|chosen| permit(world, state, *chosen).is_ok()).collect()
}

/// The turns that a move needs at most, or why it cannot be made.
pub fn permit(world: &World, state: &State, chosen: Move) -> Result<u32, Refusal> {
    if state.is_over(world) {
        return Err(Refusal::Over);
    }
    let turns = match (state.fight, chosen) {
        (Some(_), Move::Attack | Move::PowerAttack | Move::Block) => 1,
        (Some(_), Move::Flee) => world.road_turns(state.place, state.came_from).unwrap_or(1),
        (_, Move::DrinkPotion) => drinking(state)?,
        (Some(enemy), _) => return Err(Refusal::InFight(enemy)),
        (None, Move::Attack | Move::PowerAttack | Move::Block | Move::Flee) => return Err(Refusal::NoFight),
        (None, Move::GoTo(to)) => walking(world, state, to)?,
        (None, Move::Talk) => talking(state)?,
        (None, Move::Read) => reading(state)?,
        (None, Move::OpenChest) => opening(state)?,
        (None, Move::Buy(goods)) => buying(state, goods)?,
        (None, Move::RestAtInn) => resting(state)?,
        (None, Move::Reply(_)) => answering(state).map(|()| WRONG_REPLY_TURNS)?,
        (None, Move::Bribe) => answering(state).and_then(|()| paying(state, BRIBE_PRICE))?,
        (None, Move::PullLevers(_)) => pulling(state)?,
        (None, Move::TakeRelic) => taking(state)?,
        (None, Move::Wait) => 1,
    };
    let left = state.turns_left(world);
    if turns > left { Err(Refusal::TooLate { turns, left }) } else { Ok(turns) }
}

/// The enemy that waits for whoever comes to this place now.
pub fn enemy_waiting(state: &State, place: Place) -> Option<Enemy> {
    Enemy::in_lair(place).filter(|enemy| !state.is_felled(*enemy))
}

fn walking(world: &World, state: &State, to: Place) -> Result<u32, Refusal> {
    if to == state.place {
        return Err(Refusal::AlreadyHere(to));
    }
    let turns = world.road_turns(state.place, to).ok_or(Refusal::NoRoad { from: state.place, to })?;
    match barrier(state.place, to) {
        Some(standing) if state.is_closed(standing) => Err(Refusal::Closed(standing)),
        _ => Ok(turns),
    }
}

fn talking(state: &State) -> Result<u32, Refusal> {
    let person = Person::living_at(state.place).ok_or(Refusal::NobodyHere)?;
    if state.heard[person.index()] { Err(Refusal::HeardAlready(person)) } else { Ok(1) }
}

fn reading(state: &State) -> Result<u32, Refusal> {
    let writing = Writing::standing_at(state.place).ok_or(Refusal::NothingToRead)?;
    if state.read[writing.index()] { Err(Refusal::ReadAlready(writing)) } else { Ok(1) }
}

fn opening(state: &State) -> Result<u32, Refusal> {
    let chest = Chest::standing_at(state.place).ok_or(Refusal::NoChest)?;
    if state.opened[chest.index()] { Err(Refusal::ChestIsEmpty) } else { Ok(1) }
}

fn drinking(state: &State) -> Result<u32, Refusal> {
    if state.potions < 1 {
        return Err(Refusal::NoPotion);
    }
    if state.health >= FULL_HEALTH { Err(Refusal::FullHealth) } else { Ok(1) }
}

fn buying(state: &State, goods: Goods) -> Result<u32, Refusal> {
    in_town(state)?;
    match goods {
        Goods::Potion if state.potions >= MOST_POTIONS => Err(Refusal::PotionsAreFull),
        Goods::Item(item) if state.has(item) => Err(Refusal::HaveAlready(item)),
        Goods::Potion | Goods::Item(_) => paying(state, goods.price()),
    }
}

fn resting(state: &State) -> Result<u32, Refusal> {
    in_town(state)?;
    if state.health >= FULL_HEALTH {
        return Err(Refusal::FullHealth);
    }
    paying(state, BED_PRICE).map(|_| BED_TURNS)
}

fn in_town(state: &State) -> Result<(), Refusal> {
    if state.place == Place::Town { Ok(()) } else { Err(Refusal::OnlyInTown) }
}

/// One turn, if the purse holds the price.
fn paying(state: &State, price: i32) -> Result<u32, Refusal> {
    if state.gold < price { Err(Refusal::TooDear { price, gold: state.gold }) } else { Ok(1) }
}

fn answering(state: &State) -> Result<(), Refusal> {
    if state.place != Place::Bridge {
        return Err(Refusal::NoGuard);
    }
    if state.bridge_open { Err(Refusal::BridgeIsOpen) } else { Ok(()) }
}

fn pulling(state: &State) -> Result<u32, Refusal> {
    if state.place != Place::Tower {
        return Err(Refusal::NoLevers);
    }
    if state.gate_open { Err(Refusal::GateIsOpen) } else { Ok(1) }
}

fn taking(state: &State) -> Result<u32, Refusal> {
    let lies_here = state.place == Place::BarrowDepths && state.relic == Relic::InTheBarrow;
    if lies_here { Ok(1) } else { Err(Refusal::NoRelic) }
}
