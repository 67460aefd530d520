//! Keys act on the games: what is seen after a key is not what was seen before.

use std::time::{Duration, Instant};

use image::GrayImage;
use serde_json::json;
use singularis::protocol::EffectStatus;

use crate::{
    PATIENCE,
    display::on_a_display,
    guests::{GAMES, Guest},
    seat::{Seat, runtime, settings},
    state::State,
};

/// Every one of these lets a turn pass, whose number is shown.
const TURNS: usize = 6;
/// As long as it takes to turn by a good part of a circle.
const HELD_MS: u64 = 500;

#[test]
fn every_key_lets_a_turn_pass_in_nethack() {
    on_a_display("reaction::every_key_lets_a_turn_pass_in_nethack", "1280x800", &GAMES, || {
        let game = Guest::nethack();
        let state = State::open();
        runtime().block_on(async {
            let mut seat = Seat::take(&settings(game.source, "nethack", true)).await;
            // Greetings want to be read first; two turns that pass show that they are over, for the first key may only
            // have shown that the window has the keys now.
            let began = Instant::now();
            while !(acts(&mut seat, "s").await && acts(&mut seat, "s").await) {
                assert!(began.elapsed() < PATIENCE, "the game does not begin: {:?}", seat.view());
                acts(&mut seat, "enter").await;
            }
            let mut acted = 0;
            for _ in 0..TURNS {
                acted += usize::from(acts(&mut seat, "s").await);
            }
            eprintln!("{acted} of {TURNS} keys were seen to act");
            assert_eq!(acted, TURNS, "{:?}", seat.view());
            let refused = seat.act("key", json!({"key": "f12"})).await;
            assert_eq!(refused.status, EffectStatus::Rejected, "the profile has no such key: {refused:?}");
            seat.leave().await;
        });
        assert_eq!(state.down(), Vec::<String>::new());
    });
}

/// Presses a key, and says whether anything looks different.
async fn acts(seat: &mut Seat, key: &str) -> bool {
    let before = seat.look().await.picture;
    let effect = seat.act("key", json!({"key": key})).await;
    assert_eq!(effect.status, EffectStatus::Done, "{key}: {effect:?}");
    // A busy machine draws late.
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(2) {
        if seat.look().await.picture != before {
            return true;
        }
    }
    false
}

/// It moves by itself, so only a large difference counts: whoever turns sees something else everywhere.
#[test]
fn a_held_key_turns_the_view_in_doom() {
    on_a_display("reaction::a_held_key_turns_the_view_in_doom", "1280x800", &GAMES, || {
        let game = Guest::doom();
        let state = State::open();
        runtime().block_on(async {
            let mut seat = Seat::take(&settings(game.source, "", true)).await;
            let began = Instant::now();
            let mut turns = 0;
            while turns < 3 {
                assert!(began.elapsed() < PATIENCE, "the view does not turn: {:?}", seat.view());
                let first = seen(&mut seat).await;
                assert_eq!(seat.act("wait", json!({"ms": HELD_MS})).await.status, EffectStatus::Done);
                let second = seen(&mut seat).await;
                let effect = seat.act("hold", json!({"key": "left", "ms": HELD_MS})).await;
                assert_eq!(effect.status, EffectStatus::Done, "{effect:?}");
                let (idle, turned) = (differing(&first, &second), differing(&second, &seen(&mut seat).await));
                eprintln!("{:.1} % is new by itself, {:.1} % by a key", idle * 100.0, turned * 100.0);
                turns += usize::from(turned > 0.1 && turned > 2.0 * idle);
            }
            seat.leave().await;
        });
        assert_eq!(state.down(), Vec::<String>::new());
    });
}

async fn seen(seat: &mut Seat) -> GrayImage {
    let picture = seat.look().await.picture.expect("a picture was wanted");
    image::load_from_memory(&picture).unwrap().to_luma8()
}

/// The share of points that differ in more than what the encoding does to them.
fn differing(one: &GrayImage, other: &GrayImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let all = one.pixels().zip(other.pixels());
    let new = all.filter(|(one, other)| one.0[0].abs_diff(other.0[0]) > 16).count();
    f64::from(u32::try_from(new).unwrap()) / f64::from(one.width() * one.height())
}
