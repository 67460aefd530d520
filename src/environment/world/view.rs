//! What the window draws of the world: the map as far as it is known, the traveller on it, the fight, the time of day.

use super::{
    describe::{describe, intent_text},
    enemies::Enemy,
    folk::Person,
    generate::World,
    geography::{Place, ROADS, barrier},
    observe::{carried, scene},
    score::score,
    state::{FULL_HEALTH, Relic, State},
    things::{Chest, Writing},
};
use crate::protocol::{ActionCall, FightView, PlaceView, RoadView, WorldView};

const TURNS_A_DAY: u32 = 24;
/// A game begins at eight in the morning.
const FIRST_HOUR: u32 = 8;

/// What the window needs beyond the state: how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Where the traveller has been, oldest first; the last is here.
    pub path: Vec<Place>,
    pub last_action: Option<ActionCall>,
    pub last_effect: Option<String>,
}

impl History {
    pub fn starting_at(place: Place) -> Self {
        Self { path: vec![place], last_action: None, last_effect: None }
    }

    /// Takes note of an action, accepted or not, and of where it led; or of a turn that passed without one.
    pub fn note(&mut self, action: Option<ActionCall>, effect: String, now_at: Place) {
        if self.path.last() != Some(&now_at) {
            self.path.push(now_at);
        }
        if action.is_some() {
            self.last_action = action;
        }
        self.last_effect = Some(effect);
    }
}

pub fn view(world: &World, state: &State, history: &History) -> WorldView {
    WorldView {
        seed: world.seed,
        turn: state.turn,
        turn_limit: world.turn_limit,
        scene: scene(world, state),
        health: state.health,
        max_health: FULL_HEALTH,
        gold: state.gold,
        potions: state.potions,
        items: carried(state).into_iter().map(str::to_owned).collect(),
        score: f64::from(score(world, state)),
        places: Place::ALL.into_iter().map(|place| place_view(world, state, place)).collect(),
        roads: roads(world, state),
        here: state.place.index(),
        path: history.path.iter().map(|place| place.index()).collect(),
        fight: state.fight.map(|enemy| fight_view(world, state, enemy)),
        daylight: daylight(state.turn),
        text: describe(world, state),
        last_action: history.last_action.clone(),
        last_effect: history.last_effect.clone(),
        ended: state.ended(world),
    }
}

/// Home in the west, the river down the middle, the barrow in the hills to the east.
fn position(place: Place) -> (f32, f32) {
    match place {
        Place::Town => (0.27, 0.52),
        Place::Farm => (0.10, 0.70),
        Place::Shrine => (0.24, 0.87),
        Place::Camp => (0.09, 0.34),
        Place::Den => (0.23, 0.14),
        Place::Bridge => (0.48, 0.55),
        Place::Ruin => (0.62, 0.83),
        Place::Tower => (0.75, 0.60),
        Place::BarrowGate => (0.70, 0.31),
        Place::BarrowDepths => (0.90, 0.15),
    }
}

fn place_view(world: &World, state: &State, place: Place) -> PlaceView {
    let (x, y) = position(place);
    let visited = state.has_visited(place);
    let seen_from_afar = |from: Place| state.has_visited(from) && world.road_turns(from, place).is_some();
    PlaceView {
        name: place.name().to_owned(),
        kind: place.kind(),
        x,
        y,
        visited,
        known: visited || Place::ALL.into_iter().any(seen_from_afar),
        marks: if visited { marks(state, place) } else { Vec::new() },
    }
}

/// What can be seen there by somebody who has been there.
fn marks(state: &State, place: Place) -> Vec<String> {
    let mut marks: Vec<&str> = Vec::new();
    marks.extend(Person::living_at(place).map(Person::name));
    marks.extend(Enemy::in_lair(place).map(|enemy| if state.is_felled(enemy) { "felled" } else { enemy.name() }));
    marks.extend(
        Chest::standing_at(place).map(|chest| if state.opened[chest.index()] { "open chest" } else { "chest" }),
    );
    marks.extend(Writing::standing_at(place).map(|writing| match writing {
        Writing::Poster => "poster",
        Writing::Carving => "carving",
        Writing::Mosaic => "mosaic",
    }));
    match place {
        Place::Town => marks.extend(["shop", "inn"]),
        Place::Bridge => marks.push(if state.bridge_open { "free to pass" } else { "guard" }),
        Place::Tower => marks.push("levers"),
        Place::BarrowGate => marks.push(if state.gate_open { "open" } else { "shut" }),
        Place::BarrowDepths if state.relic == Relic::InTheBarrow => marks.push("relic"),
        _ => {}
    }
    marks.into_iter().map(str::to_owned).collect()
}

fn roads(world: &World, state: &State) -> Vec<RoadView> {
    ROADS
        .into_iter()
        .filter(|road| state.has_visited(road.from) || state.has_visited(road.to))
        .filter_map(|road| {
            let turns = world.road_turns(road.from, road.to)?;
            let open = barrier(road.from, road.to).is_none_or(|barrier| !state.is_closed(barrier));
            Some(RoadView { from: road.from.index(), to: road.to.index(), turns, open })
        })
        .collect()
}

fn fight_view(world: &World, state: &State, enemy: Enemy) -> FightView {
    FightView {
        enemy: enemy.name().to_owned(),
        health: state.enemy_health[enemy.index()],
        max_health: enemy.full_health(),
        intent: intent_text(world, state, enemy).to_owned(),
    }
}

fn daylight(turn: u32) -> f32 {
    let hour = (FIRST_HOUR + turn) % TURNS_A_DAY;
    let from_midnight = hour.min(TURNS_A_DAY - hour);
    from_midnight as f32 / (TURNS_A_DAY / 2) as f32
}
