//! Players that use no model: what an agent's score has to be compared with, from blind chance to the best that is
//! possible.
//!
//! ```text
//! random            chooses blindly among what is possible
//! greedy            sees every figure, reads no text, takes the nearest gain
//! greedy_intents    and reads what an enemy is about to do, strikes the last blow, goes home to a bed
//! greedy_clues      or reads what people and writings say                      knowledge
//! reader            reads everything and plans its time                        knowledge, reader
//! oracle            knows the seed, and searches                               oracle, bound, walks, front
//! ```

mod bound;
mod front;
mod greedy;
mod knowledge;
pub mod oracle;
mod reader;
#[cfg(test)]
mod tests;
pub mod walks;

use super::{
    generate::{Difficulty, World},
    legal::legal_moves,
    moves::Move,
    random::{Dice, Stream},
    score::score,
    state::State,
    step::play as play_move,
};
use greedy::Sight;
pub use oracle::{Solved, solve};

/// A player that uses no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Baseline {
    Random,
    Greedy,
    GreedyIntents,
    GreedyClues,
    Reader,
    Oracle,
}

impl Baseline {
    pub const ALL: [Self; 6] =
        [Self::Random, Self::Greedy, Self::GreedyIntents, Self::GreedyClues, Self::Reader, Self::Oracle];

    /// The name used on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Greedy => "greedy",
            Self::GreedyIntents => "greedy_intents",
            Self::GreedyClues => "greedy_clues",
            Self::Reader => "reader",
            Self::Oracle => "oracle",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|baseline| baseline.name() == name)
    }

    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Random => "Blind chance",
            Self::Greedy => "Greedy, reads nothing",
            Self::GreedyIntents => "Greedy, reads the fights",
            Self::GreedyClues => "Greedy, reads the clues",
            Self::Reader => "Reads everything, by a script",
            Self::Oracle => "The best that is possible",
        }
    }
}

/// How a game went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Played {
    /// 0 to 100.
    pub score: u32,
    pub decisions: usize,
    /// Of the oracle: nothing better is possible. Otherwise its score is the best that was found.
    pub is_proved: bool,
    /// What no play can exceed, where a search has told.
    pub bound: Option<u32>,
}

/// Plays one game to its end. `dice` decides what chance does; only the random player uses it.
pub fn play(baseline: Baseline, world: &World, dice: u64) -> Played {
    let (mut player, solved) = player(baseline, world, dice);
    let (state, decisions) = walk(world, usize::MAX, &mut player);
    Played {
        score: score(world, &state),
        decisions,
        is_proved: solved.as_ref().is_some_and(Solved::is_proved),
        bound: solved.map(|solved| solved.bound),
    }
}

/// The moves of a game, for whoever wants to look at each of them.
pub fn moves_of(baseline: Baseline, world: &World, dice: u64) -> Vec<Move> {
    let (mut player, _) = player(baseline, world, dice);
    let mut moves_made = Vec::new();
    walk(world, usize::MAX, |state, moves| {
        let chosen = player(state, moves);
        moves_made.extend(chosen);
        chosen
    });
    moves_made
}

type Player<'w> = Box<dyn FnMut(&State, &[Move]) -> Option<Move> + 'w>;

/// Somebody who chooses moves; of the oracle also what its search found.
fn player(baseline: Baseline, world: &World, dice: u64) -> (Player<'_>, Option<Solved>) {
    let greedy =
        |sight: Sight| -> Player<'_> { Box::new(move |state, moves| greedy::choose(world, state, moves, sight)) };
    let player: Player<'_> = match baseline {
        Baseline::Random => {
            let mut dice = Dice::new(dice, Stream::Walker);
            Box::new(move |_, moves| Some(dice.pick(moves)))
        }
        Baseline::Greedy => greedy(greedy::BLIND),
        Baseline::GreedyIntents => greedy(greedy::READS_FIGHTS),
        Baseline::GreedyClues => greedy(greedy::READS_CLUES),
        Baseline::Reader => Box::new(move |state, moves| reader::choose(world, state, moves)),
        Baseline::Oracle => {
            let solved = solve(world, &State::start(), oracle::MOST_NODES);
            let mut plan = solved.plan.clone().into_iter();
            return (Box::new(move |_, _| plan.next()), Some(solved));
        }
    };
    (player, None)
}

/// The score after so many actions chosen blindly among the legal ones.
pub fn random_walk(seed: u64, dice: u64, steps: usize, difficulty: Difficulty) -> u32 {
    let world = World::new(seed, difficulty);
    let mut dice = Dice::new(dice, Stream::Walker);
    score(&world, &walk(&world, steps, |_, moves| Some(dice.pick(moves))).0)
}

/// Plays until the game is over, the steps are used up, or the player has nothing more to do: waiting for the end changes
/// no score.
fn walk(world: &World, steps: usize, mut choose: impl FnMut(&State, &[Move]) -> Option<Move>) -> (State, usize) {
    let mut state = State::start();
    let mut decisions = 0;
    while decisions < steps {
        let moves = legal_moves(world, &state);
        if moves.is_empty() {
            break;
        }
        let played = choose(&state, &moves).and_then(|chosen| play_move(world, &state, chosen).ok());
        let Some((after, _)) = played else { break };
        state = after;
        decisions += 1;
    }
    (state, decisions)
}
