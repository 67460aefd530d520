//! The ten places and the roads between them. How long a road is belongs to the seed; which roads there are does not.

use serde::{Deserialize, Serialize};

use crate::protocol::PlaceKind;

/// Where the traveller can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Town,
    Farm,
    Shrine,
    Camp,
    Den,
    Bridge,
    Ruin,
    Tower,
    BarrowGate,
    BarrowDepths,
}

impl Place {
    pub const COUNT: usize = 10;
    pub const ALL: [Self; Self::COUNT] = [
        Self::Town,
        Self::Farm,
        Self::Shrine,
        Self::Camp,
        Self::Den,
        Self::Bridge,
        Self::Ruin,
        Self::Tower,
        Self::BarrowGate,
        Self::BarrowDepths,
    ];

    pub fn index(self) -> usize {
        self as usize
    }

    /// The name used in texts and in arguments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Town => "Town",
            Self::Farm => "Farm",
            Self::Shrine => "Shrine",
            Self::Camp => "Camp",
            Self::Den => "Den",
            Self::Bridge => "Bridge",
            Self::Ruin => "Ruin",
            Self::Tower => "Tower",
            Self::BarrowGate => "Barrow gate",
            Self::BarrowDepths => "Barrow depths",
        }
    }

    /// Capital letters do not matter: small models often get them wrong, and no two places differ by them.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.name().eq_ignore_ascii_case(name.trim()))
    }

    pub fn kind(self) -> PlaceKind {
        match self {
            Self::Town => PlaceKind::Town,
            Self::Farm => PlaceKind::Farm,
            Self::Shrine => PlaceKind::Shrine,
            Self::Camp => PlaceKind::Camp,
            Self::Den => PlaceKind::Den,
            Self::Bridge => PlaceKind::Bridge,
            Self::Ruin => PlaceKind::Ruin,
            Self::Tower => PlaceKind::Tower,
            Self::BarrowGate => PlaceKind::Gate,
            Self::BarrowDepths => PlaceKind::Depths,
        }
    }

    /// What one notices on coming there.
    pub fn arrival(self) -> &'static str {
        match self {
            Self::Town => "You are back among chimneys and barking dogs.",
            Self::Farm => "Crows lift off the stubble as you come into the yard.",
            Self::Shrine => "A bell the size of a fist rings by itself in the wind.",
            Self::Camp => "Cold ashes and a torn tent lie among the alders.",
            Self::Den => "The hillside opens into a low hole that smells of wet fur.",
            Self::Bridge => "The river is loud here, and there is only one way across.",
            Self::Ruin => "Roofless walls stand about, and frost lies where the sun should reach.",
            Self::Tower => "It is dry inside, and something heavy ticks behind the wall.",
            Self::BarrowGate => "Two slabs taller than a house lean together in the hillside.",
            Self::BarrowDepths => "The steps go down further than they should, into the smell of old rain.",
        }
    }
}

/// What can stand in the way on a road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Barrier {
    /// The guard on the bridge.
    Guard,
    /// The slabs of the barrow.
    Gate,
}

/// A road, and the span in which its length lies.
#[derive(Clone, Copy, Debug)]
pub struct Road {
    pub from: Place,
    pub to: Place,
    pub least_turns: u32,
    pub most_turns: u32,
    pub barrier: Option<Barrier>,
}

const fn road(from: Place, to: Place, least_turns: u32, most_turns: u32, barrier: Option<Barrier>) -> Road {
    Road { from, to, least_turns, most_turns, barrier }
}

pub const ROADS: [Road; 13] = [
    road(Place::Town, Place::Farm, 2, 5, None),
    road(Place::Town, Place::Shrine, 2, 5, None),
    road(Place::Town, Place::Camp, 2, 5, None),
    road(Place::Town, Place::Den, 2, 5, None),
    road(Place::Town, Place::Bridge, 2, 5, None),
    road(Place::Farm, Place::Shrine, 2, 5, None),
    road(Place::Camp, Place::Den, 2, 5, None),
    road(Place::Bridge, Place::Ruin, 2, 5, Some(Barrier::Guard)),
    road(Place::Bridge, Place::Tower, 2, 5, Some(Barrier::Guard)),
    road(Place::Bridge, Place::BarrowGate, 2, 5, Some(Barrier::Guard)),
    road(Place::Ruin, Place::Tower, 2, 4, None),
    road(Place::Tower, Place::BarrowGate, 2, 4, None),
    road(Place::BarrowGate, Place::BarrowDepths, 1, 3, Some(Barrier::Gate)),
];

/// What stands on the way between two neighbouring places, if anything does.
pub fn barrier(from: Place, to: Place) -> Option<Barrier> {
    let joins = |road: &&Road| (road.from == from && road.to == to) || (road.from == to && road.to == from);
    ROADS.iter().find(joins).and_then(|road| road.barrier)
}
