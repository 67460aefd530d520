//! What is offered, and how calls are read under the same terms.

use serde_json::json;

use super::*;
use crate::{
    environment::desktop::{
        deed::Deed,
        machine::{Button, Pressable},
        profile::Profiles,
        stroke::Stroke,
    },
    protocol::{ActionCall, ScreenSource},
};

fn terms(profile: Option<&str>) -> Terms {
    let source = ScreenSource { x: 100, y: 50, width: 2560, height: 1600, ..ScreenSource::default() };
    let geometry = Geometry { source, at: (100, 50), size: (2560, 1600), shown: (1280, 800) };
    let profile = profile.map(|name| Profiles::load(None).find(name).unwrap().clone());
    Terms { profile, geometry, risk: Risk::Destructive, most_hold_ms: 2000 }
}

fn call(name: &str, arguments: &Value) -> ActionCall {
    ActionCall { name: name.to_owned(), arguments: arguments.as_object().cloned().unwrap_or_default() }
}

fn read(name: &str, arguments: &Value) -> Result<Deed, String> {
    Deed::read(&call(name, arguments), &terms(None))
}

fn names(profile: Option<&str>) -> Vec<String> {
    terms(profile).specs().into_iter().map(|spec| spec.name).collect()
}

#[test]
fn a_profile_limits_what_is_offered_and_what_is_done() {
    let all = ["key", "hold", "type", "click", "move", "look", "drag", "scroll", "wait", "goal_reached"];
    assert_eq!(names(None), all);
    assert_eq!(names(Some("nethack")), ["key", "hold", "wait", "goal_reached"]);
    assert_eq!(names(Some("first_person")), ["key", "hold", "click", "look", "scroll", "wait", "goal_reached"]);
    let nethack = terms(Some("nethack"));
    let spec = &nethack.specs()[0];
    assert!(spec.description.contains("climb the stairs up"), "{}", spec.description);
    assert!(spec.input_schema["properties"]["key"]["enum"].as_array().unwrap().contains(&json!("<")));
    let of = |name: &str, arguments: &Value| Deed::read(&call(name, arguments), &nethack);
    assert!(of("key", &json!({"key": "h"})).is_ok());
    assert!(of("key", &json!({"key": "f12"})).unwrap_err().contains("no key of the profile"));
    for (name, arguments) in [("click", json!({"x": 1, "y": 1})), ("type", json!({"text": "x"}))] {
        assert!(of(name, &arguments).unwrap_err().contains("no action called"));
    }
}

#[test]
fn every_schema_can_be_used_and_names_the_size_of_the_picture() {
    for profile in [None, Some("nethack"), Some("first_person")] {
        for spec in terms(profile).specs() {
            assert!(jsonschema::validator_for(&spec.input_schema).is_ok(), "{}", spec.name);
        }
    }
    let specs = terms(None).specs();
    let click = specs.iter().find(|spec| spec.name == "click").unwrap();
    assert!(click.description.contains("1280 wide and 800 high"), "{}", click.description);
    assert_eq!(click.input_schema["properties"]["x"]["maximum"], 1279);
}

#[test]
fn harm_depends_on_what_can_be_reached() {
    for (is_live, source, has_profile, expected) in [
        (false, "screen", false, Risk::ReadOnly),
        (true, "screen", true, Risk::OpenWorld),
        (true, "monitor:one", false, Risk::OpenWorld),
        (true, "window:game", false, Risk::Destructive),
        (true, "window:game", true, Risk::Safe),
    ] {
        assert_eq!(risk(is_live, source, has_profile), expected, "{source}");
    }
    let harmless = terms(None).specs().into_iter().filter(|spec| spec.risk == Risk::ReadOnly);
    assert_eq!(harmless.map(|spec| spec.name).collect::<Vec<_>>(), ["wait", "goal_reached"]);
}

#[test]
fn calls_are_read_with_points_of_the_picture_mapped_to_the_desktop() {
    let Ok(Deed::Click { at: Some(spot), button, is_double }) =
        read("click", &json!({"x": 640, "y": 400.4, "button": "right", "double": true}))
    else {
        panic!("it is a click");
    };
    assert_eq!(((spot.x, spot.y), spot.shown, button, is_double), ((1381, 851), (640, 400), Button::Right, true));
    assert_eq!(read("click", &json!({})), Ok(Deed::Click { at: None, button: Button::Left, is_double: false }));
    assert_eq!(read("look", &json!({"right": -10, "down": 0})), Ok(Deed::Look { right: -20, down: 0 }));
    let w = Stroke::Together(vec!["key w".parse::<Pressable>().unwrap()]);
    assert_eq!(read("key", &json!({"key": "w", "times": 3})), Ok(Deed::Press { stroke: w.clone(), times: 3 }));
    assert_eq!(read("hold", &json!({"key": "w", "ms": 2000})), Ok(Deed::Hold { stroke: w, ms: 2000 }));
    assert_eq!(read("scroll", &json!({"down": 3})), Ok(Deed::Scroll { at: None, right: 0, down: 3 }));
}

#[test]
fn what_cannot_be_done_is_refused_in_words() {
    for (name, arguments, words) in [
        ("key", json!({}), "key is missing"),
        ("key", json!({"key": "hyper"}), "no key called"),
        ("key", json!({"key": "w", "times": 21}), "between 1 and 20"),
        ("hold", json!({"key": "w", "ms": 2001}), "between 1 and 2000"),
        ("hold", json!({"key": "w", "ms": -5}), "between 1 and 2000"),
        ("hold", json!({"key": "w"}), "ms is missing"),
        ("type", json!({"text": ""}), "text is missing"),
        ("type", json!({"text": "x".repeat(201)}), "more than 200"),
        ("type", json!({"text": "\u{1b}"}), "on no key"),
        ("click", json!({"x": 1}), "go together"),
        ("click", json!({"x": 1280, "y": 1}), "outside the picture"),
        ("click", json!({"x": "left", "y": 1}), "no number"),
        ("click", json!({"x": 1e300, "y": 1}), "no number"),
        ("click", json!({"button": "fourth"}), "no button called"),
        ("move", json!({}), "are missing"),
        ("drag", json!({"from_x": 1, "from_y": 1}), "are missing"),
        ("scroll", json!({"down": i64::MIN}), "notches"),
        ("wait", json!({"ms": 10_001}), "between 0 and 10000"),
        ("fly", json!({}), "no action called"),
    ] {
        let refused = read(name, &arguments).unwrap_err();
        assert!(refused.contains(words), "{name} {arguments}: {refused}");
    }
}

#[test]
fn a_deed_is_told_as_one_would_order_it() {
    for (name, arguments, words) in [
        ("key", json!({"key": "ctrl+s"}), "press ctrl+s"),
        ("key", json!({"key": "left button", "times": 2}), "press left button 2 times"),
        ("hold", json!({"key": "w", "ms": 500}), "hold w for 500 ms"),
        ("type", json!({"text": "two\nlines"}), "type \"two\\nlines\""),
        ("click", json!({"x": 5, "y": 6, "double": true}), "double-click the left button at 5, 6"),
        ("scroll", json!({"x": 5, "y": 6, "down": -2}), "scroll -2 down at 5, 6"),
        (
            "drag",
            json!({"from_x": 1, "from_y": 2, "to_x": 3, "to_y": 4}),
            "drag with the left button from 1, 2 to 3, 4",
        ),
        ("wait", json!({"ms": 9}), "wait 9 ms"),
    ] {
        assert_eq!(read(name, &arguments).unwrap().words(), words);
    }
}
