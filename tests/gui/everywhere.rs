//! Every screen in every state, in both languages and both sets of colours, as small and as large as windows are: each
//! control has a name, nothing reaches beyond the window, and nothing is said in another language.

mod english;
mod states;

use egui_kittest::kittest::NodeT;
use singularis::{
    protocol::{Event, Moment},
    settings::{Language, Settings, Theme, WindowSettings},
    ui::words::kept,
};

use crate::{
    desk::{Desk, is_control, name},
    sessions::past,
};
use english::English;
use states::State;

/// A window and how it is set up.
struct Room {
    width: f32,
    height: f32,
    pixels_per_point: f32,
    language: Language,
    theme: Theme,
}

const USUAL: Room =
    Room { width: 1280.0, height: 764.0, pixels_per_point: 1.0, language: Language::English, theme: Theme::Dark };
const SMALL: Room = Room { width: 1024.0, height: 700.0, ..USUAL };
/// A screen of 1280 by 764 with two pixels to a point.
const NARROW: Room = Room { width: 640.0, height: 382.0, pixels_per_point: 2.0, ..USUAL };
/// The usual window at the largest size of everything, 250 %.
const LARGEST: Room = Room { width: 512.0, height: 306.0, pixels_per_point: 2.5, ..USUAL };

/// A window in this state.
fn reached(room: &Room, state: &State) -> Desk {
    let mut desk = Desk::scaled(room.width, room.height, room.pixels_per_point);
    let window = WindowSettings { language: room.language, theme: room.theme, ..WindowSettings::default() };
    let settings = Settings { window, ..Settings::default() };
    desk.tell(Event::SettingsLoaded { settings: Box::new(settings.clone()), warnings: Vec::new() });
    (state.reach)(&mut desk, &settings);
    desk.sent();
    desk
}

/// Goes through all states and tells everything that is wrong in any of them.
fn walk(room: &Room) {
    let english = English::read();
    let mut wrong = Vec::new();
    for state in states::all() {
        let desk = reached(room, &state);
        let mut found = desk.nameless().into_iter().map(|role| format!("a {role} has no name")).collect::<Vec<_>>();
        found.extend(outside(&desk, room).into_iter().map(|name| format!("{name:?} reaches beyond the window")));
        if room.language == Language::German {
            found.extend(english_in(&desk, &english).into_iter().map(|name| format!("{name:?} is English")));
        }
        wrong.extend(found.into_iter().map(|what| format!("{}: {what}", state.name)));
    }
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// What reaches beyond the left or the right edge; above and below it can be scrolled to. Half a pixel is no matter.
fn outside(desk: &Desk, room: &Room) -> Vec<String> {
    let nodes = desk.harness.root().children_recursive();
    let has_edges = |node: &egui_kittest::Node<'_>| node.accesskit_node().bounding_box().is_some();
    let named = nodes.filter(|node| has_edges(node) && !name(node).is_empty());
    let outside = named.filter(|node| node.rect().left() < -1.0 || node.rect().right() > room.width + 1.0);
    outside.map(|node| name(&node)).collect()
}

/// What a past session was told stays as it was told, even where it is one of the goals that can be picked.
const PAST_GOAL: &str = "Bring the relic home";

/// What is said in English where German is spoken.
fn english_in(desk: &Desk, english: &English) -> Vec<String> {
    let nodes = desk.harness.root().children_recursive();
    let mut found: Vec<String> = nodes
        .flat_map(|node| {
            let is_control = is_control(&node);
            let parts: Vec<String> = name(&node).split(" · ").map(str::to_owned).collect();
            parts.into_iter().map(move |part| (part, is_control))
        })
        .filter(|(part, is_control)| part != PAST_GOAL && english.is_said_by(part, *is_control))
        .map(|(part, _)| part)
        .collect();
    found.dedup();
    found
}

/// The outline without what differs from day to day and from place to place.
fn steady(desk: &Desk) -> String {
    let mut outline = desk.outline();
    for (number, line) in [past::won(), past::stopped()].iter().enumerate() {
        outline = outline.replace(&kept::name(line, Moment::now()), &format!("session {number}"));
    }
    let mut letters: Vec<char> = outline.chars().collect();
    for at in 0..letters.len().saturating_sub(4) {
        let is_time = [0, 1, 3, 4].iter().all(|place| letters[at + place].is_ascii_digit()) && letters[at + 2] == ':';
        if is_time {
            let has_seconds = letters.get(at + 5) == Some(&':')
                && [6, 7].iter().all(|place| letters.get(at + place).is_some_and(char::is_ascii_digit));
            let places = [(0, 'h'), (1, 'h'), (3, 'm'), (4, 'm'), (6, 's'), (7, 's')];
            for (place, letter) in places.into_iter().take(if has_seconds { 6 } else { 4 }) {
                if let Some(digit) = letters.get_mut(at + place) {
                    *digit = letter;
                }
            }
        }
    }
    letters.into_iter().collect()
}

#[test]
fn each_state_has_its_outline() {
    for state in states::all() {
        let desk = reached(&USUAL, &state);
        insta::assert_snapshot!(state.name, steady(&desk));
    }
}

#[test]
fn nothing_is_wrong_in_english() {
    walk(&USUAL);
}

#[test]
fn nothing_is_wrong_in_english_in_a_small_light_window() {
    walk(&Room { theme: Theme::Light, ..SMALL });
}

#[test]
fn nothing_is_wrong_in_english_in_a_narrow_window() {
    walk(&NARROW);
}

#[test]
fn nothing_is_wrong_in_german() {
    walk(&Room { language: Language::German, theme: Theme::Light, ..USUAL });
}

#[test]
fn nothing_is_wrong_in_german_in_a_small_window() {
    walk(&Room { language: Language::German, ..SMALL });
}

#[test]
fn nothing_is_wrong_in_german_in_a_narrow_light_window() {
    walk(&Room { language: Language::German, theme: Theme::Light, ..NARROW });
}

#[test]
fn nothing_is_wrong_in_english_at_the_largest_size() {
    walk(&LARGEST);
}

#[test]
fn nothing_is_wrong_in_german_at_the_largest_size() {
    walk(&Room { language: Language::German, ..LARGEST });
}
