//! Two players that use no model: what an agent's score has to be compared with.

use super::{
    generate::{Difficulty, World},
    geography::Place,
    legal::legal_moves,
    moves::Move,
    random::{Dice, Stream},
    score::score,
    state::{Relic, State},
    step::play,
};

/// Below this the greedy player looks after itself: one heavy blow or one trap could be the end.
const CAREFUL_HEALTH: i32 = 13;

/// The score after so many actions chosen blindly among the legal ones.
pub fn random_walk(seed: u64, dice: u64, steps: usize, difficulty: Difficulty) -> u32 {
    let mut dice = Dice::new(dice, Stream::Walker);
    walk(seed, steps, difficulty, |_, _, moves| dice.pick(moves))
}

/// The score of a player that sees every figure, reads no text, and takes the nearest gain.
pub fn greedy(seed: u64, steps: usize, difficulty: Difficulty) -> u32 {
    walk(seed, steps, difficulty, greedy_move)
}

fn walk(
    seed: u64,
    steps: usize,
    difficulty: Difficulty,
    mut choose: impl FnMut(&World, &State, &[Move]) -> Move,
) -> u32 {
    let world = World::new(seed, difficulty);
    let mut state = State::start();
    for _ in 0..steps {
        let moves = legal_moves(&world, &state);
        if moves.is_empty() {
            break;
        }
        let Ok((after, _)) = play(&world, &state, choose(&world, &state, &moves)) else {
            break;
        };
        state = after;
    }
    score(&world, &state)
}

/// What the greedy player does. Of the world it looks only at roads that start where it stands.
pub fn greedy_move(world: &World, state: &State, moves: &[Move]) -> Move {
    let wishes = if state.fight.is_some() { fight_wishes(state) } else { peace_wishes(world, state, moves) };
    let possible = wishes.into_iter().find(|wish| moves.contains(wish));
    possible.or_else(|| moves.last().copied()).unwrap_or(Move::Wait)
}

fn fight_wishes(state: &State) -> Vec<Move> {
    if state.health <= CAREFUL_HEALTH { vec![Move::DrinkPotion, Move::Flee, Move::Attack] } else { vec![Move::Attack] }
}

fn peace_wishes(world: &World, state: &State, moves: &[Move]) -> Vec<Move> {
    let mut wishes = vec![Move::TakeRelic];
    if state.relic == Relic::Carried {
        wishes.push(Move::GoTo(towards_town(state.place)));
    }
    if state.health <= CAREFUL_HEALTH {
        wishes.extend([Move::RestAtInn, Move::DrinkPotion]);
    } else {
        wishes.push(Move::OpenChest);
    }
    wishes.push(Move::Bribe);
    if state.health > CAREFUL_HEALTH {
        wishes.extend(moves.iter().copied().filter(|chosen| is_untried(state, *chosen)));
    }
    wishes.extend(nearest_unvisited(world, state, moves));
    wishes.extend(towards_unvisited(state).map(Move::GoTo));
    wishes.push(Move::Wait);
    wishes
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

fn towards_town(place: Place) -> Place {
    match place {
        Place::BarrowDepths => Place::BarrowGate,
        Place::BarrowGate | Place::Tower | Place::Ruin => Place::Bridge,
        Place::Bridge | Place::Farm | Place::Shrine | Place::Camp | Place::Den | Place::Town => Place::Town,
    }
}
