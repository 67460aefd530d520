//! The picture shows what is known and nothing else, is the same every time, and stands any view.

use std::ops::RangeInclusive;

use embedded_graphics::geometry::Point;

use super::{
    canvas::{HEIGHT, WIDTH},
    *,
};
use crate::{
    environment::world::{Difficulty, History, Place, State, World, view},
    protocol::{FightView, PlaceKind, PlaceView, RoadView},
};

/// Nothing is ever drawn here but the land.
const OPEN_LAND: Point = Point::new(620, 250);

fn at_start() -> WorldView {
    shown(&State::start())
}

fn everywhere() -> WorldView {
    shown(&State { visited: [true; Place::COUNT], ..State::start() })
}

fn shown(state: &State) -> WorldView {
    view(&World::new(7, Difficulty::Normal), state, &History::starting_at(state.place))
}

fn in_fight(health: i32, intent: &str) -> WorldView {
    let fight = FightView { enemy: "wolf".to_owned(), health, max_health: 12, intent: intent.to_owned() };
    WorldView { fight: Some(fight), ..everywhere() }
}

type Change = fn(&mut WorldView);

#[test]
fn it_is_a_png_of_what_was_drawn() {
    let file = picture(&everywhere());
    assert!(file.len() < 300_000, "{} bytes are not compressed", file.len());
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut points = vec![0; reader.output_buffer_size().unwrap()];
    let read = reader.next_frame(&mut points).unwrap();
    assert_eq!((read.width, read.height), (640, 480));
    assert_eq!((read.color_type, read.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
    assert!(points == drawn(&everywhere()).points(), "it decodes to other points");
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    assert!(picture(&everywhere()) == picture(&everywhere()));
    assert!(picture(&everywhere()) != picture(&at_start()));
}

#[test]
fn shares_become_whole_numbers() {
    let shares = [f32::NAN, f32::NEG_INFINITY, -1.0, 0.0004, 0.52, 1.0, f32::INFINITY];
    assert_eq!(shares.map(thousandths), [0, 0, 0, 0, 520, 1000, 1000]);
    assert_eq!(blend(LAND_BY_NIGHT, LAND_BY_DAY, 0), LAND_BY_NIGHT);
    assert_eq!(blend(LAND_BY_NIGHT, LAND_BY_DAY, 1000), LAND_BY_DAY);
}

#[test]
fn day_and_night_differ() {
    let by_day = drawn(&WorldView { daylight: 1.0, ..everywhere() });
    let by_night = drawn(&WorldView { daylight: 0.0, ..everywhere() });
    assert_eq!(by_day.color_at(OPEN_LAND), Some(LAND_BY_DAY));
    assert_eq!(by_night.color_at(OPEN_LAND), Some(LAND_BY_NIGHT));
}

#[test]
fn a_fight_is_seen_but_not_what_the_enemy_is_about_to_do() {
    let fight = drawn(&in_fight(12, "It lowers its head"));
    assert!(fight != drawn(&everywhere()));
    assert!(fight != drawn(&in_fight(3, "It lowers its head")));
    assert!(fight == drawn(&in_fight(12, "It has lost its footing")));
}

#[test]
fn the_fog_shows_nothing() {
    let start = at_start();
    let canvas = drawn(&start);
    let hidden: Vec<&PlaceView> = start.places.iter().filter(|place| !place.known).collect();
    assert!(!hidden.is_empty(), "a game begins in fog");
    for place in hidden {
        for (x, y) in (-24..=24).flat_map(|x| (-24..=48).map(move |y| (x, y))) {
            let color = canvas.color_at(land::spot(place) + Point::new(x, y));
            assert_eq!(color, Some(ground(&start)), "{} leaves a mark", place.name);
        }
    }

    let mut other = at_start();
    for place in other.places.iter_mut().filter(|place| !place.known) {
        let marks = vec!["gold".to_owned()];
        *place = PlaceView { name: "Castle".to_owned(), x: 0.5, y: 0.5, visited: true, marks, ..PlaceView::default() };
    }
    for place in other.places.iter_mut().filter(|place| place.known && !place.visited) {
        place.marks = vec!["gold".to_owned()];
    }
    other.path.insert(0, Place::Ruin.index());
    other.roads.push(RoadView { from: Place::Town.index(), to: Place::Tower.index(), turns: 2, open: true });
    assert!(drawn(&other) == canvas, "something of what is hidden can be seen");
}

#[test]
fn every_place_is_marked_and_named() {
    for shown in [at_start(), everywhere()] {
        let canvas = drawn(&shown);
        for place in shown.places.iter().filter(|place| place.visited) {
            let is_inked = |rows: RangeInclusive<i32>| {
                let mut points = rows.flat_map(|y| (-12..=12).map(move |x| Point::new(x, y)));
                points.any(|by| canvas.color_at(land::spot(place) + by) == Some(land::INK))
            };
            assert!(is_inked(-9..=9), "{} has no sign", place.name);
            assert!(is_inked(23..=35), "{} has no name", place.name);
        }
    }
}

#[test]
fn whatever_changes_is_seen() {
    let changes: [(&str, Change); 13] = [
        ("whether a place was visited", |view| view.places[3].visited = false),
        ("a name", |view| view.places[3].name = "Hut".to_owned()),
        ("a mark", |view| view.places[3].marks = vec!["felled".to_owned()]),
        ("a kind", |view| view.places[3].kind = PlaceKind::Tower),
        ("where the traveller is", |view| view.here = 4),
        ("the way so far", |view| view.path = vec![0, 5, 6]),
        ("a road that is closed", |view| view.roads[0].open = false),
        ("a road that is longer", |view| view.roads[0].turns += 1),
        ("the turn", |view| view.turn += 1),
        ("the health", |view| view.health -= 1),
        ("the gold", |view| view.gold += 1),
        ("the potions", |view| view.potions += 1),
        ("the score", |view| view.score += 1.0),
    ];
    let before = drawn(&everywhere());
    for (what, change) in changes {
        let mut changed = everywhere();
        change(&mut changed);
        assert!(drawn(&changed) != before, "{what} cannot be seen");
    }
}

#[test]
fn odd_views_can_be_drawn() {
    let shares = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, -0.5, 1.0];
    let places: Vec<PlaceView> =
        shares.into_iter().flat_map(|x| shares.into_iter().map(move |y| odd_place(x, y))).collect();
    let road = |from: usize| RoadView { from, to: 40 - from, turns: u32::MAX, open: from.is_multiple_of(2) };
    let enemy = "ogre ".repeat(100);
    let odd = WorldView {
        turn: u32::MAX,
        health: i32::MIN,
        max_health: i32::MIN,
        gold: i32::MAX,
        potions: -1,
        score: f64::NAN,
        roads: (0..=40).map(road).collect(),
        here: usize::MAX,
        path: (0..50).chain([usize::MAX]).collect(),
        fight: Some(FightView { enemy, health: i32::MAX, max_health: 0, intent: String::new() }),
        daylight: f32::NAN,
        places,
        ..WorldView::default()
    };
    for shown in [odd, WorldView::default(), WorldView { here: 99, ..everywhere() }] {
        assert_eq!(drawn(&shown).points().len(), (WIDTH * HEIGHT * 3) as usize);
        assert!(!picture(&shown).is_empty());
    }
}

fn odd_place(x: f32, y: f32) -> PlaceView {
    let name = "Long\u{e4}\n\t".repeat(500);
    let marks = vec!["many words ".repeat(9); 50];
    PlaceView { name, x, y, visited: true, known: true, marks, ..PlaceView::default() }
}
