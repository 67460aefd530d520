//! Who has to be fought: strength, worth, and the kinds of thing an enemy can be about to do.

use serde::{Deserialize, Serialize};

use super::{
    geography::Place,
    phrases::{HEAVY_BLOW, OPEN_TO_A_BLOW, Phrasing, QUICK_BLOW},
};

/// After this many steps an enemy begins its pattern again.
pub const PATTERN_STEPS: usize = 12;

/// The four enemies, each in its lair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enemy {
    Wolf,
    Bandit,
    Wraith,
    BarrowKing,
}

impl Enemy {
    pub const COUNT: usize = 4;
    pub const ALL: [Self; Self::COUNT] = [Self::Wolf, Self::Bandit, Self::Wraith, Self::BarrowKing];

    pub fn index(self) -> usize {
        self as usize
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Wolf => "wolf",
            Self::Bandit => "bandit",
            Self::Wraith => "wraith",
            Self::BarrowKing => "barrow king",
        }
    }

    pub fn lair(self) -> Place {
        match self {
            Self::Wolf => Place::Den,
            Self::Bandit => Place::Camp,
            Self::Wraith => Place::Ruin,
            Self::BarrowKing => Place::BarrowDepths,
        }
    }

    pub fn in_lair(place: Place) -> Option<Self> {
        Self::ALL.into_iter().find(|enemy| enemy.lair() == place)
    }

    pub fn full_health(self) -> i32 {
        match self {
            Self::Wolf => 12,
            Self::Bandit => 15,
            Self::Wraith => 22,
            Self::BarrowKing => 36,
        }
    }

    /// What a blow of this kind costs the traveller who neither blocks it nor wears mail.
    pub fn blow(self, intent: Intent) -> i32 {
        let (heavy, quick) = match self {
            Self::Wolf => (8, 4),
            Self::Bandit => (9, 5),
            Self::Wraith => (10, 5),
            Self::BarrowKing => (13, 6),
        };
        match intent {
            Intent::Heavy => heavy,
            Intent::Quick => quick,
            Intent::Open => 0,
        }
    }

    /// The gold it leaves behind.
    pub fn purse(self) -> i32 {
        match self {
            Self::Wolf | Self::Wraith => 0,
            Self::Bandit => 8,
            Self::BarrowKing => 6,
        }
    }

    /// What it adds to the score when it is felled.
    pub fn worth(self) -> u32 {
        match self {
            Self::Wolf | Self::Bandit | Self::Wraith => 5,
            Self::BarrowKing => 10,
        }
    }
}

/// What an enemy is about to do. The text tells it by paraphrase only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    Heavy,
    Quick,
    Open,
}

impl Intent {
    pub fn phrasing(self) -> &'static Phrasing {
        match self {
            Self::Heavy => &HEAVY_BLOW,
            Self::Quick => &QUICK_BLOW,
            Self::Open => &OPEN_TO_A_BLOW,
        }
    }
}
