//! What somebody knows who has understood every text so far, and who has put two of them together.
//!
//! Only what was heard and read enters here; the seed's secrets are looked at as the meaning of texts that are known, and
//! in no other way.

use super::super::{
    folk::{Oath, Person},
    generate::{Lore, World},
    phrases::Wording,
    state::State,
    things::{Chest, LeverOrder, Weakness, Writing},
};

/// How far somebody is to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    Liar,
    Unknown,
    Honest,
}

/// Everything that is known now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Knowledge {
    pub oath: Option<Oath>,
    pub weakness: Option<Weakness>,
    pub trapped: Option<Chest>,
    /// The orders that may still be right, likeliest first.
    levers: [Option<LeverOrder>; LeverOrder::COUNT],
    /// The oath, the weakness and the order come from somebody who does not lie.
    pub is_sure: bool,
}

impl Knowledge {
    pub fn of(world: &World, state: &State) -> Self {
        let trust = |person: Person| trust(world, state, person);
        let says = |person: Person| {
            let lore = if person == world.liar { world.lie } else { world.truth };
            // Words that tell nothing teach nothing.
            let tells = world.wording != Wording::WithoutClues && state.heard[person.index()];
            Some((trust(person), lore)).filter(|_| tells)
        };
        let believed = |speakers: [Person; 2]| -> Option<Lore> {
            let told = speakers.into_iter().filter_map(says).filter(|(trust, _)| *trust != Trust::Liar);
            told.max_by_key(|(trust, _)| *trust as u8).map(|(_, lore)| lore)
        };
        let mosaic = Some(world.truth.trapped).filter(|_| has_read(world, state, Writing::Mosaic));
        let trader = says(Person::Trader).filter(|(trust, _)| *trust != Trust::Liar).map(|(_, lore)| lore.trapped);
        let hermit = says(Person::Hermit).filter(|(trust, _)| *trust != Trust::Liar).map(|(_, lore)| lore.levers);
        Self {
            oath: believed([Person::Farmer, Person::Hermit]).map(|lore| lore.oath),
            weakness: believed([Person::Trader, Person::Farmer]).map(|lore| lore.weakness),
            trapped: mosaic.or(trader),
            levers: orders(world, state, hermit),
            is_sure: Person::ALL
                .into_iter()
                .filter(|person| state.heard[person.index()])
                .all(|person| trust(person) != Trust::Unknown),
        }
    }

    /// The order to try next, if a text speaks for one.
    pub fn next_order(&self) -> Option<LeverOrder> {
        self.levers[0]
    }

    /// How many orders may still be right; 6 where no text has told anything.
    pub fn orders_left(&self) -> usize {
        self.levers.iter().flatten().count()
    }
}

fn has_read(world: &World, state: &State, writing: Writing) -> bool {
    state.read[writing.index()] && world.wording != Wording::WithoutClues
}

/// The poster tells the liar's mark, and whoever has been met shows a mark. Two honest ones leave one liar.
fn trust(world: &World, state: &State, person: Person) -> Trust {
    if !has_read(world, state, Writing::Poster) {
        return Trust::Unknown;
    }
    let is_met = |person: Person| state.has_visited(person.home());
    let others_are_honest =
        Person::ALL.into_iter().filter(|other| *other != person).all(|other| is_met(other) && other != world.liar);
    match () {
        () if is_met(person) && person == world.liar => Trust::Liar,
        () if is_met(person) || is_met(world.liar) => Trust::Honest,
        () if others_are_honest => Trust::Liar,
        () => Trust::Unknown,
    }
}

/// The orders that no text and no vain pull speaks against; the hermit's first.
fn orders(world: &World, state: &State, hermit: Option<LeverOrder>) -> [Option<LeverOrder>; LeverOrder::COUNT] {
    let last = world.truth.levers.letters().chars().last().filter(|_| has_read(world, state, Writing::Carving));
    let is_open = |order: &LeverOrder| {
        let fits = last.is_none_or(|last| order.letters().ends_with(last));
        fits && !state.tried_levers[order.index()]
    };
    let mut left: Vec<LeverOrder> = LeverOrder::all().filter(is_open).collect();
    if let Some(told) = hermit.and_then(|told| left.iter().position(|order| *order == told)) {
        left.swap(0, told);
    }
    std::array::from_fn(|index| left.get(index).copied())
}
