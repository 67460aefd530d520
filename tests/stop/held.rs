//! Keys that are held, and places that do not let go.

use std::{
    future::{pending, ready},
    sync::mpsc,
};

use singularis::{
    environment::Holdings,
    protocol::{CertificateItem, OpenKind, Outcome},
};
use tokio::task::yield_now;

use crate::{
    hand::{Hand, Plot},
    panel::Panel,
    place::Place,
};

async fn break_down() -> Vec<CertificateItem> {
    yield_now().await;
    panic!("no way out at all")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_held_key_is_let_go_of_and_has_its_line() {
    let holdings = Holdings::default();
    let (released, heard) = mpsc::channel();
    for name in ["shift", "w"] {
        let released = released.clone();
        holdings.keys.press(name, move || released.send(name).map_err(|error| error.to_string()));
    }
    let hand = Hand::open();
    hand.plan(Plot::in_place(Place::holding(&holdings)));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    assert_eq!(holdings.keys.held(), ["shift", "w"]);
    let stopped = panel.stop().await;
    stopped.assert_turned(&[]);
    for name in ["shift", "w"] {
        assert_eq!(stopped.item(OpenKind::Key, name).outcome, Outcome::Closed);
    }
    assert_eq!(heard.try_iter().collect::<Vec<_>>(), ["w", "shift"], "the last one first");
    assert!(holdings.keys.held().is_empty());
    panel.plays_on().await;
    panel.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_cannot_be_let_go_of_turn_their_own_lines() {
    let holdings = Holdings::default();
    let (go_on, hangs) = mpsc::channel::<()>();
    holdings.keys.press("a", || Err("no such display".to_owned()));
    holdings.keys.press("b", || Ok(()));
    holdings.keys.press("c", || panic!("out of keys"));
    holdings.keys.press("d", || Ok(()));
    holdings.keys.press("left button", move || hangs.recv().map_err(|error| error.to_string()));
    let hand = Hand::open();
    hand.plan(Plot::in_place(Place::holding(&holdings)));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    let stopped = panel.stop().await;
    stopped.assert_turned(&[
        (OpenKind::Key, "left button", Outcome::Failed),
        (OpenKind::Key, "c", Outcome::Failed),
        (OpenKind::Key, "a", Outcome::Failed),
    ]);
    let note = |name: &str| stopped.item(OpenKind::Key, name).note.as_str();
    assert_eq!(note("a"), "no such display");
    assert_eq!(note("c"), "letting go of it panicked: out of keys");
    assert_eq!(note("left button"), "letting go of it took too long");
    assert_eq!(stopped.certificate().open_after.keys, 3);
    panel.plays_on().await;
    go_on.send(()).unwrap();
    panel.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_hang_take_no_time_from_those_that_do_not() {
    let holdings = Holdings::default();
    let (released, heard) = mpsc::channel();
    for name in ["shift", "w"] {
        let released = released.clone();
        holdings.keys.press(name, move || released.send(name).map_err(|error| error.to_string()));
    }
    let mut go_on = Vec::new();
    for name in ["left button", "right button"] {
        let (sender, hangs) = mpsc::channel::<()>();
        holdings.keys.press(name, move || hangs.recv().map_err(|error| error.to_string()));
        go_on.push(sender);
    }
    let hand = Hand::open();
    hand.plan(Plot::in_place(Place::holding(&holdings)));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    let stopped = panel.stop().await;
    stopped.assert_turned(&[
        (OpenKind::Key, "right button", Outcome::Failed),
        (OpenKind::Key, "left button", Outcome::Failed),
    ]);
    assert_eq!(heard.try_iter().collect::<Vec<_>>(), ["w", "shift"], "the last one first");
    assert_eq!(stopped.certificate().open_after.keys, 2);
    panel.plays_on().await;
    go_on.iter().for_each(|sender| sender.send(()).unwrap());
    panel.leave().await;
}

/// The place lets go after the keys, and would press one more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_not_pressed_any_more_once_all_were_let_go_of() {
    let holdings = Holdings::default();
    holdings.keys.press("w", || Ok(()));
    let (tell, told) = mpsc::channel();
    let keys = holdings.keys.clone();
    let place = Place::holding(&holdings).letting_go(move || {
        tell.send(keys.press("late", || Err("it is down".to_owned()))).expect("the test waits for it");
        Box::pin(ready(Vec::new()))
    });
    let hand = Hand::open();
    hand.plan(Plot::in_place(place));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    let stopped = panel.stop().await;
    stopped.assert_turned(&[]);
    assert_eq!(told.try_iter().collect::<Vec<_>>(), [false], "whoever presses is told not to");
    assert_eq!(stopped.item(OpenKind::Key, "w").outcome, Outcome::Closed);
    assert!(stopped.certificate().open_after.is_empty() && holdings.keys.held().is_empty());
    panel.plays_on().await;
    panel.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_that_does_not_let_go_turns_its_own_line() {
    let hand = Hand::open();
    let mut panel = Panel::of(&hand);
    let hangs = Place::default().letting_go(|| Box::pin(pending()));
    let panics = Place::default().letting_go(|| panic!("no way out"));
    let breaks_down_later = Place::default().letting_go(|| Box::pin(break_down()));
    for (place, note) in [
        (hangs, "it did not let go in time"),
        (panics, "letting go of it panicked: no way out"),
        (breaks_down_later, "letting go of it panicked: no way out at all"),
    ] {
        hand.plan(Plot::in_place(place));
        panel.play().await;
        let stopped = panel.stop().await;
        stopped.assert_turned(&[(OpenKind::Environment, "environment", Outcome::Failed)]);
        assert_eq!(stopped.item(OpenKind::Environment, "environment").note, note);
        assert!(stopped.certificate().open_after.is_empty(), "{:?}", stopped.certificate());
        panel.plays_on().await;
    }
    panel.leave().await;
}
