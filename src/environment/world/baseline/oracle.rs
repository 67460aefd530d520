//! The best that is possible for somebody who knows the seed: a search, best hope first.
//!
//! Every moment has a bound that no play from it can exceed. The moment with the highest bound is played on; once no bound
//! is above the best score that was found, that score is proved to be the best there is. Where the search is given up
//! before, it says so: the score is then one that can be reached, and the bound one that cannot be exceeded.

use std::{cmp::Ordering, collections::BinaryHeap};

use super::{
    super::{
        generate::World,
        legal::{WRONG_REPLY_TURNS, legal_moves},
        moves::Move,
        score::score,
        state::State,
        step::play,
        things::Chest,
    },
    front::Fronts,
    walks::Walks,
};

/// Where a search from the start of a game is given up.
pub const MOST_NODES: usize = 2_000_000;

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solved {
    /// A score that can be reached, by the plan.
    pub value: u32,
    /// No play exceeds this.
    pub bound: u32,
    pub plan: Vec<Move>,
    /// Moments that were looked at.
    pub nodes: usize,
}

impl Solved {
    /// Whether nothing better is possible.
    pub fn is_proved(&self) -> bool {
        self.value >= self.bound
    }
}

/// Searches from a moment to the end of the game.
pub fn solve(world: &World, state: &State, most_nodes: usize) -> Solved {
    let walks = Walks::new(world);
    let mut search = Search::new(world, &walks, state);
    search.advance(most_nodes);
    search.solved()
}

/// A search that can be carried on piece by piece.
pub struct Search<'w> {
    world: &'w World,
    walks: &'w Walks,
    nodes: Vec<Node>,
    open: BinaryHeap<Open>,
    fronts: Fronts,
    best: (u32, usize),
    is_over: bool,
}

struct Node {
    state: State,
    before: usize,
    by: Move,
}

/// The highest bound first; of equal ones the one that has most already, and then the one with most time.
#[derive(PartialEq, Eq)]
struct Open {
    bound: u32,
    score: u32,
    turns_left: u32,
    node: usize,
}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> Ordering {
        let rank = |open: &Self| (open.bound, open.score, open.turns_left, usize::MAX - open.node);
        rank(self).cmp(&rank(other))
    }
}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'w> Search<'w> {
    pub fn new(world: &'w World, walks: &'w Walks, state: &State) -> Self {
        let mut search = Self {
            world,
            walks,
            nodes: Vec::new(),
            open: BinaryHeap::new(),
            fronts: Fronts::default(),
            best: (0, 0),
            is_over: false,
        };
        search.take(*state, 0, Move::Wait);
        search
    }

    /// Looks at so many moments more; true once the search is over.
    pub fn advance(&mut self, most_nodes: usize) -> bool {
        let until = self.nodes.len().saturating_add(most_nodes);
        while !self.is_over && self.nodes.len() < until {
            let Some(open) = self.open.pop().filter(|open| open.bound > self.best.0) else {
                self.is_over = true;
                break;
            };
            let state = self.nodes[open.node].state;
            if self.fronts.is_beaten(&state) {
                continue;
            }
            for chosen in legal_moves(self.world, &state) {
                if !helps_somebody_who_knows(self.world, &state, chosen) {
                    continue;
                }
                if let Ok((after, _)) = play(self.world, &state, chosen) {
                    self.take(after, open.node, chosen);
                }
            }
        }
        self.is_over
    }

    pub fn nodes(&self) -> usize {
        self.nodes.len()
    }

    pub fn solved(&self) -> Solved {
        let bound = self.open.peek().map_or(self.best.0, |open| open.bound.max(self.best.0));
        let bound = if self.is_over { self.best.0 } else { bound };
        Solved { value: self.best.0, bound, plan: self.plan(), nodes: self.nodes.len() }
    }

    fn take(&mut self, state: State, before: usize, by: Move) {
        let node = self.nodes.len();
        // Outside a fight nothing has to be done any more: waiting for the end keeps every point.
        let is_safe = state.fight.is_none() || state.is_over(self.world);
        let now = score(self.world, &state);
        let bound = if state.is_over(self.world) { now } else { self.walks.bound(self.world, &state) };
        let beats = is_safe && (now > self.best.0 || self.nodes.is_empty());
        if !beats && (bound <= self.best.0 && !self.nodes.is_empty()) || !self.fronts.take(&state) {
            return;
        }
        self.nodes.push(Node { state, before, by });
        if beats {
            self.best = (now, node);
        }
        if !state.is_over(self.world) {
            self.open.push(Open { bound, score: now, turns_left: state.turns_left(self.world), node });
        }
    }

    fn plan(&self) -> Vec<Move> {
        let mut plan = Vec::new();
        let mut at = self.best.1;
        while at != 0 {
            plan.push(self.nodes[at].by);
            at = self.nodes[at].before;
        }
        plan.reverse();
        plan
    }
}

/// Asking, reading, failing and waiting bring nothing to somebody who knows everything.
fn helps_somebody_who_knows(world: &World, state: &State, chosen: Move) -> bool {
    match chosen {
        Move::Talk | Move::Read | Move::Wait => false,
        // The right word is cheaper, but the guard hears nobody who has no time for a wrong one.
        Move::Bribe => state.turns_left(world) < WRONG_REPLY_TURNS,
        Move::Reply(index) => world.replies[index] == world.truth.oath,
        Move::PullLevers(order) => order == world.truth.levers,
        Move::OpenChest => Chest::standing_at(state.place) != Some(world.truth.trapped),
        _ => true,
    }
}
