//! Why a move is not possible now, as a value; the sentence is made only when somebody is there to read it.

use std::fmt;

use super::{
    enemies::Enemy,
    folk::Person,
    geography::{Barrier, Place},
    things::{Item, Writing},
};

/// The reason for a refusal. A search asks for thousands of them a second, so they own no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Over,
    InFight(Enemy),
    NoFight,
    AlreadyHere(Place),
    NoRoad { from: Place, to: Place },
    Closed(Barrier),
    NobodyHere,
    HeardAlready(Person),
    NothingToRead,
    ReadAlready(Writing),
    NoChest,
    ChestIsEmpty,
    NoPotion,
    FullHealth,
    OnlyInTown,
    TooDear { price: i32, gold: i32 },
    PotionsAreFull,
    HaveAlready(Item),
    NoGuard,
    BridgeIsOpen,
    NoLevers,
    GateIsOpen,
    NoRelic,
    TooLate { turns: u32, left: u32 },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Over => write!(f, "It is over; nothing more can be done"),
            Self::InFight(enemy) => write!(
                f,
                "The {} is upon you: only attack, power_attack, block, flee and drink_potion are possible",
                enemy.name()
            ),
            Self::NoFight => write!(f, "There is nobody to fight here"),
            Self::AlreadyHere(place) => write!(f, "You are at {} already", place.name()),
            Self::NoRoad { from, to } => write!(f, "No road leads from {} to {}", from.name(), to.name()),
            Self::Closed(Barrier::Guard) => write!(f, "The guard bars the bridge; answer with reply, or bribe"),
            Self::Closed(Barrier::Gate) => write!(f, "The Barrow gate is shut; the levers in the Tower work it"),
            Self::NobodyHere => write!(f, "There is nobody here who has advice to give"),
            Self::HeardAlready(person) => write!(f, "The {} has nothing more to tell", person.name()),
            Self::NothingToRead => write!(f, "There is nothing to read here"),
            Self::ReadAlready(writing) => write!(f, "You have read the {} and remember it", writing.name()),
            Self::NoChest => write!(f, "There is no chest here"),
            Self::ChestIsEmpty => write!(f, "The chest here is open and empty"),
            Self::NoPotion => write!(f, "You have no potion left"),
            Self::FullHealth => write!(f, "You are in full health"),
            Self::OnlyInTown => write!(f, "The shop and the inn are in Town"),
            Self::TooDear { price, gold } => write!(f, "That costs {price} gold and you have {gold}"),
            Self::PotionsAreFull => write!(f, "You cannot carry another potion"),
            Self::HaveAlready(item) => write!(f, "You carry {} already", item.name()),
            Self::NoGuard => write!(f, "There is no guard here; the guard stands on the Bridge"),
            Self::BridgeIsOpen => write!(f, "The guard lets you pass already"),
            Self::NoLevers => write!(f, "There are no levers here; they are in the Tower"),
            Self::GateIsOpen => write!(f, "The Barrow gate is open and the levers are locked in place"),
            Self::NoRelic => write!(f, "The relic is not here"),
            Self::TooLate { turns, left } => {
                write!(f, "That may take {turns} turns; with {left} left it would have no effect")
            }
        }
    }
}
