//! One action: checked, permitted, done. A pure function of world, state and call.

use super::{explore, fight, generate::World, legal::permit, moves::Move, refusal::Refusal, state::State, talk, trade};
use crate::protocol::{ActionCall, EffectStatus};

/// What came of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Stepped {
    pub state: State,
    /// `Done`, or `Rejected` with the state as it was.
    pub status: EffectStatus,
    pub text: String,
}

/// Does what a call asks for. A malformed or impossible call is rejected with a helpful text and costs nothing.
pub fn step(world: &World, state: &State, call: &ActionCall) -> Stepped {
    let played = Move::parse(call).and_then(|chosen| play(world, state, chosen).map_err(|refusal| refusal.to_string()));
    match played {
        Ok((after, text)) => Stepped { state: after, status: EffectStatus::Done, text },
        Err(text) => Stepped { state: *state, status: EffectStatus::Rejected, text },
    }
}

/// Does a move whose form has been checked already.
pub fn play(world: &World, state: &State, chosen: Move) -> Result<(State, String), Refusal> {
    let turns = permit(world, state, chosen)?;
    let mut after = *state;
    after.tick += 1;
    after.turn += turns;
    after.at_the_counter = matches!(chosen, Move::Buy(_));
    let mut text = apply(world, &mut after, chosen);
    after.health = after.health.max(0);
    if let Some(ended) = after.ended(world) {
        text.push_str(&format!(" {ended}."));
    }
    Ok((after, text))
}

/// A turn in which nobody acts: the clock moves on, and an enemy does not wait. `None` once the game is over.
pub fn pass_turn(world: &World, state: &State) -> Option<(State, String)> {
    if state.is_over(world) {
        return None;
    }
    let mut after = *state;
    after.tick += 1;
    after.turn += 1;
    let mut text = fight::stand_still(world, &mut after);
    after.health = after.health.max(0);
    if let Some(ended) = after.ended(world) {
        text.push_str(&format!(" {ended}."));
    }
    Some((after, text))
}

fn apply(world: &World, state: &mut State, chosen: Move) -> String {
    match chosen {
        Move::GoTo(place) => explore::walk(state, place),
        Move::Talk => talk::listen(world, state),
        Move::Read => explore::read(world, state),
        Move::OpenChest => explore::open_chest(world, state),
        Move::Attack => fight::attack(world, state),
        Move::PowerAttack => fight::power_attack(world, state),
        Move::Block => fight::block(world, state),
        Move::Flee => fight::flee(world, state),
        Move::DrinkPotion => fight::drink_potion(world, state),
        Move::Buy(goods) => trade::buy(state, goods),
        Move::RestAtInn => trade::rest(state),
        Move::Reply(index) => talk::reply(world, state, index),
        Move::Bribe => talk::bribe(state),
        Move::PullLevers(order) => explore::pull_levers(world, state, order),
        Move::TakeRelic => explore::take_relic(state),
        Move::Wait => explore::wait(),
    }
}
