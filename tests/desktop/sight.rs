//! Pictures: how fast they come, and what they cost where nothing changes.

use std::{sync::Arc, time::Instant};

use singularis::environment::desktop;

use crate::{
    PATIENCE,
    display::{on_a_display, program},
    guests::{GAMES, Guest},
    seat::{Seat, runtime, settings},
    within,
};

/// Looks in a row.
const LOOKS: u64 = 60;
/// A second at the least; fewer would be no way to play.
const LEAST_RATE: f64 = if cfg!(debug_assertions) { 1.0 } else { 5.0 };
/// And with new pictures to be made smaller, which a build for finding faults does slowly.
const LEAST_RATE_MOVING: f64 = if cfg!(debug_assertions) { 0.2 } else { 5.0 };

fn rate(began: Instant) -> f64 {
    f64::from(u32::try_from(LOOKS).unwrap()) / began.elapsed().as_secs_f64()
}

#[test]
fn what_can_be_looked_at_is_found() {
    on_a_display("sight::what_can_be_looked_at_is_found", "1280x800", &GAMES, || {
        let _game = Guest::nethack();
        let report = runtime().block_on(desktop::look(None));
        assert_eq!(report.problem, None);
        assert!(report.system.contains("X11"), "{}", report.system);
        let whole = &report.sources[0];
        assert_eq!((whole.source.as_str(), whole.width, whole.height), ("screen", 1280, 800));
        assert!(report.sources.iter().any(|source| source.source.starts_with("window:")), "{:?}", report.sources);
        let profiles: Vec<&str> = report.profiles.iter().map(|(name, _)| name.as_str()).collect();
        assert!(profiles.contains(&"nethack") && profiles.contains(&"first_person"), "{profiles:?}");
        assert_eq!(report.troubles, Vec::<String>::new());
    });
}

#[test]
fn pictures_arrive_and_cost_nothing_while_nothing_changes() {
    on_a_display("sight::pictures_arrive_and_cost_nothing_while_nothing_changes", "1280x800", &GAMES, || {
        let _game = Guest::nethack();
        runtime().block_on(async {
            let mut seat = Seat::take(&settings("screen", "", false)).await;
            // The game may still be drawing itself: the same picture twice.
            let still = Instant::now();
            let (mut last, mut before) = (seat.look().await, seat.look().await);
            while !same(last.picture.as_ref(), before.picture.as_ref()) {
                assert!(still.elapsed() < PATIENCE, "the game never stands still");
                (before, last) = (last, seat.look().await);
            }
            let picture = last.picture.clone().expect("a picture was wanted");
            assert!(picture.starts_with(&[0xff, 0xd8, 0xff]), "a JPEG");
            assert!(picture.len() > 2000, "{} bytes", picture.len());
            let (looks, changes) = (seat.view().looks, seat.view().changes);
            let began = Instant::now();
            // A look just after another one is none.
            while seat.view().looks - looks < LOOKS {
                let seen = seat.look().await;
                assert!(
                    same(seen.picture.as_ref(), last.picture.as_ref()),
                    "the very same picture, not another one like it"
                );
                assert_eq!(seen.tick, last.tick, "nothing has changed");
            }
            let still = rate(began);
            assert_eq!(seat.view().changes, changes);
            eprintln!("1280x800, nothing changes: {still:.1} pictures a second, {} bytes each", picture.len());
            assert!(still > LEAST_RATE, "{still}");
            seat.leave().await;
        });
    });
}

#[test]
fn what_moves_is_seen_to_move() {
    on_a_display("sight::what_moves_is_seen_to_move", "1280x800", &GAMES, || {
        let game = Guest::doom();
        runtime().block_on(async {
            for source in ["screen", game.source] {
                let mut seat = Seat::take(&settings(source, "", false)).await;
                // Until the game has left its first screens; it is never quite still after that.
                let began = Instant::now();
                while seat.view().changes < 5 {
                    assert!(began.elapsed() < PATIENCE, "nothing moves: {:?}", seat.view());
                    seat.look().await;
                }
                let (began, looks) = (Instant::now(), seat.view().looks);
                while seat.view().looks - looks < LOOKS {
                    seat.look().await;
                }
                let (rate, view) = (rate(began), seat.view());
                eprintln!("{source}, {}x{}: {rate:.1} pictures a second", view.width, view.height);
                assert!(rate > LEAST_RATE_MOVING, "{rate}");
                seat.leave().await;
            }
        });
    });
}

/// A window that is gone is no reason to look at whatever lies there instead.
#[test]
fn a_window_that_is_closed_is_missed() {
    on_a_display("sight::a_window_that_is_closed_is_missed", "1280x800", &GAMES, || {
        assert!(program("xterm").is_some());
        let game = Guest::nethack();
        let runtime = runtime();
        let settings = settings(game.source, "", false);
        let mut seat = runtime.block_on(Seat::take(&settings));
        drop(game);
        within(PATIENCE, "the window to be missed", || {
            runtime.block_on(seat.try_look()).err().map(|trouble| eprintln!("it is missed: {trouble}"))
        });
        runtime.block_on(seat.leave());
    });
}

fn same(one: Option<&Arc<[u8]>>, other: Option<&Arc<[u8]>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        _ => false,
    }
}
