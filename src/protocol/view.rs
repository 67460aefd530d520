//! What the window draws of an environment. Plain data, made by the environment, drawn by the window.

use serde::{Deserialize, Serialize};

use super::{ActionCall, DesktopView, ToolsView};

/// The kind of moment the agent is in. Loops use it to know when to keep still, the window to choose words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scene {
    Town,
    Exploration,
    Combat,
    Dialogue,
    Puzzle,
    Menu,
    End,
    #[default]
    Unknown,
}

impl Scene {
    /// One lower-case word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Town => "town",
            Self::Exploration => "exploration",
            Self::Combat => "combat",
            Self::Dialogue => "dialogue",
            Self::Puzzle => "puzzle",
            Self::Menu => "menu",
            Self::End => "end",
            Self::Unknown => "unknown",
        }
    }

    /// Scenes in which a wandering action could spoil something that somebody is thinking about.
    pub fn needs_thought(self) -> bool {
        match self {
            Self::Combat | Self::Dialogue | Self::Puzzle | Self::Menu | Self::End => true,
            Self::Town | Self::Exploration | Self::Unknown => false,
        }
    }
}

/// What the environment shows the window now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EnvironmentView {
    #[default]
    Nothing,
    World(Box<WorldView>),
    Tools(Box<ToolsView>),
    Desktop(Box<DesktopView>),
}

/// The built-in world as a map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WorldView {
    pub seed: u64,
    pub turn: u32,
    pub turn_limit: u32,
    pub scene: Scene,
    pub health: i32,
    pub max_health: i32,
    pub gold: i32,
    pub potions: i32,
    pub items: Vec<String>,
    /// 0 to 100.
    pub score: f64,
    pub places: Vec<PlaceView>,
    pub roads: Vec<RoadView>,
    /// Index into `places`.
    pub here: usize,
    /// Where the agent has been, oldest first, as indices into `places`; the last is `here`.
    pub path: Vec<usize>,
    pub fight: Option<FightView>,
    /// 0.0 midnight to 1.0 noon.
    pub daylight: f32,
    /// The observation in words, as the models get it.
    pub text: String,
    pub last_action: Option<ActionCall>,
    /// What the last action did, in the world's words.
    pub last_effect: Option<String>,
    /// Set when the episode is over: how it ended.
    pub ended: Option<String>,
}

/// One place on the map. Coordinates run from 0.0 (left, top) to 1.0 (right, bottom).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlaceView {
    pub name: String,
    pub kind: PlaceKind,
    pub x: f32,
    pub y: f32,
    pub visited: bool,
    /// False while the fog still covers it.
    pub known: bool,
    /// What can be seen there, in a word or two each.
    pub marks: Vec<String>,
}

/// Decides the drawing of a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    #[default]
    Wild,
    Town,
    Farm,
    Shrine,
    Camp,
    Den,
    Bridge,
    Ruin,
    Tower,
    Gate,
    Depths,
}

/// A road between two places, as indices into [`WorldView::places`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadView {
    pub from: usize,
    pub to: usize,
    /// How long the walk takes.
    pub turns: u32,
    pub open: bool,
}

/// A fight going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FightView {
    pub enemy: String,
    pub health: i32,
    pub max_health: i32,
    /// What the enemy seems to be about to do, in the world's words.
    pub intent: String,
}
