//! Things: what the shop sells, chests and their pictures, writings, levers, and what the dead cannot bear.

use serde::{Deserialize, Serialize};

use super::{
    geography::Place,
    phrases::{KING_FEARS_FIRE, KING_FEARS_SILVER, Phrasing, TRAP_UNDER_BIRD, TRAP_UNDER_FISH, TRAP_UNDER_STAG},
};

/// Something bought once and then carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    FireOil,
    SilverBlade,
    ChainMail,
}

impl Item {
    pub const COUNT: usize = 3;
    pub const ALL: [Self; Self::COUNT] = [Self::FireOil, Self::SilverBlade, Self::ChainMail];

    pub fn index(self) -> usize {
        self as usize
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::FireOil => "fire oil",
            Self::SilverBlade => "silver blade",
            Self::ChainMail => "chain mail",
        }
    }
}

/// What the shop sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Goods {
    Potion,
    Item(Item),
}

impl Goods {
    pub const ALL: [Self; 4] =
        [Self::Potion, Self::Item(Item::FireOil), Self::Item(Item::SilverBlade), Self::Item(Item::ChainMail)];

    pub fn name(self) -> &'static str {
        match self {
            Self::Potion => "potion",
            Self::Item(item) => item.name(),
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|goods| goods.name().eq_ignore_ascii_case(name.trim()))
    }

    pub fn price(self) -> i32 {
        match self {
            Self::Potion => 6,
            Self::Item(Item::FireOil | Item::SilverBlade) => 14,
            Self::Item(Item::ChainMail) => 18,
        }
    }
}

/// The three chests, named after where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chest {
    Farm,
    Den,
    Ruin,
}

impl Chest {
    pub const COUNT: usize = 3;
    pub const ALL: [Self; Self::COUNT] = [Self::Farm, Self::Den, Self::Ruin];

    pub fn index(self) -> usize {
        self as usize
    }

    pub fn standing_at(place: Place) -> Option<Self> {
        match place {
            Place::Farm => Some(Self::Farm),
            Place::Den => Some(Self::Den),
            Place::Ruin => Some(Self::Ruin),
            _ => None,
        }
    }

    /// Where exactly: `A chest stands in the barn`.
    pub fn corner(self) -> &'static str {
        match self {
            Self::Farm => "in the barn",
            Self::Den => "behind the bones",
            Self::Ruin => "under the broken arch",
        }
    }
}

/// What is painted on a lid; clues name the trapped chest by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Picture {
    BlackBird,
    RedFish,
    WhiteStag,
}

impl Picture {
    pub const ALL: [Self; 3] = [Self::BlackBird, Self::RedFish, Self::WhiteStag];

    pub fn name(self) -> &'static str {
        match self {
            Self::BlackBird => "black bird",
            Self::RedFish => "red fish",
            Self::WhiteStag => "white stag",
        }
    }

    /// How somebody warns of the chest that bears it.
    pub fn phrasing(self) -> &'static Phrasing {
        match self {
            Self::BlackBird => &TRAP_UNDER_BIRD,
            Self::RedFish => &TRAP_UNDER_FISH,
            Self::WhiteStag => &TRAP_UNDER_STAG,
        }
    }
}

/// Something to read. Writings never lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writing {
    Poster,
    Carving,
    Mosaic,
}

impl Writing {
    pub const COUNT: usize = 3;
    pub const ALL: [Self; Self::COUNT] = [Self::Poster, Self::Carving, Self::Mosaic];

    pub fn index(self) -> usize {
        self as usize
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Poster => "poster in Town",
            Self::Carving => "carving in the Tower",
            Self::Mosaic => "mosaic in the Ruin",
        }
    }

    pub fn standing_at(place: Place) -> Option<Self> {
        match place {
            Place::Town => Some(Self::Poster),
            Place::Tower => Some(Self::Carving),
            Place::Ruin => Some(Self::Mosaic),
            _ => None,
        }
    }
}

/// One of the six orders in which the three levers can be pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LeverOrder(u8);

impl LeverOrder {
    pub const COUNT: usize = 6;
    const LETTERS: [&'static str; Self::COUNT] = ["ABC", "ACB", "BAC", "BCA", "CAB", "CBA"];

    /// Any index is good, it wraps.
    pub fn new(index: u32) -> Self {
        Self((index % Self::COUNT as u32) as u8)
    }

    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT as u32).map(Self::new)
    }

    pub fn from_letters(letters: &str) -> Option<Self> {
        Self::all().find(|order| order.letters().eq_ignore_ascii_case(letters.trim()))
    }

    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    pub fn letters(self) -> &'static str {
        Self::LETTERS[self.index()]
    }
}

/// What the barrow king cannot bear. The wraith cannot bear the other one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weakness {
    Fire,
    Silver,
}

impl Weakness {
    pub fn other(self) -> Self {
        match self {
            Self::Fire => Self::Silver,
            Self::Silver => Self::Fire,
        }
    }

    pub fn item(self) -> Item {
        match self {
            Self::Fire => Item::FireOil,
            Self::Silver => Item::SilverBlade,
        }
    }

    /// How an adviser tells that the king fears this.
    pub fn phrasing(self) -> &'static Phrasing {
        match self {
            Self::Fire => &KING_FEARS_FIRE,
            Self::Silver => &KING_FEARS_SILVER,
        }
    }
}
