//! The people: three advisers, the marks they are known by, and the oaths the guard may ask for.

use serde::{Deserialize, Serialize};

use super::{
    geography::Place,
    phrases::{LIAR_HAS_INK, LIAR_HAS_SCAR, LIAR_HAS_STICK, OATH_MOON, OATH_OAK, OATH_SUN, Phrasing},
};

/// Somebody with advice; one of the three lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Person {
    Trader,
    Farmer,
    Hermit,
}

impl Person {
    pub const COUNT: usize = 3;
    pub const ALL: [Self; Self::COUNT] = [Self::Trader, Self::Farmer, Self::Hermit];

    pub fn index(self) -> usize {
        self as usize
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Trader => "trader",
            Self::Farmer => "farmer",
            Self::Hermit => "hermit",
        }
    }

    pub fn home(self) -> Place {
        match self {
            Self::Trader => Place::Town,
            Self::Farmer => Place::Farm,
            Self::Hermit => Place::Shrine,
        }
    }

    pub fn living_at(place: Place) -> Option<Self> {
        Self::ALL.into_iter().find(|person| person.home() == place)
    }
}

/// What tells one adviser from another at a glance, and what the poster describes in other words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Ink,
    Stick,
    Scar,
}

impl Mark {
    pub const ALL: [Self; 3] = [Self::Ink, Self::Stick, Self::Scar];

    /// As it follows a name: `the trader, with ink on the fingers`.
    pub fn description(self) -> &'static str {
        match self {
            Self::Ink => "with ink on the fingers",
            Self::Stick => "leaning on a stick",
            Self::Scar => "with a scar across the chin",
        }
    }

    /// How the poster says that the liar bears it.
    pub fn phrasing(self) -> &'static Phrasing {
        match self {
            Self::Ink => &LIAR_HAS_INK,
            Self::Stick => &LIAR_HAS_STICK,
            Self::Scar => &LIAR_HAS_SCAR,
        }
    }
}

/// What the guard on the bridge wants to hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Oath {
    Sun,
    Moon,
    Oak,
}

impl Oath {
    pub const COUNT: usize = 3;
    pub const ALL: [Self; Self::COUNT] = [Self::Sun, Self::Moon, Self::Oak];

    /// The reply as it is offered at the bridge.
    pub fn words(self) -> &'static str {
        match self {
            Self::Sun => "By the sun that sees all",
            Self::Moon => "By the moon on the water",
            Self::Oak => "By the oak that stood first",
        }
    }

    /// How an adviser tells that this is the one.
    pub fn phrasing(self) -> &'static Phrasing {
        match self {
            Self::Sun => &OATH_SUN,
            Self::Moon => &OATH_MOON,
            Self::Oak => &OATH_OAK,
        }
    }
}
