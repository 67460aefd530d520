//! Clicks arrive where they are meant to, on screens of several sizes.

use std::path::Path;

use serde_json::json;
use singularis::{environment::desktop, protocol::EffectStatus};
use tokio_util::sync::CancellationToken;

use crate::{
    display::on_a_display,
    guests::{GAMES, Guest},
    seat::{Seat, runtime, settings},
    state::State,
};

/// The largest error. Pixels.
const OFF_PX: f64 = 2.0;

fn calibrated(size: &str) {
    let (guardian, stop) = (Some(Path::new(env!("CARGO_BIN_EXE_singularis"))), CancellationToken::new());
    let report = runtime().block_on(desktop::calibrate(&settings("screen", "", true), guardian, &stop));
    assert_eq!(report.problem, None, "{report:?}");
    assert_eq!(report.points.len(), 5, "{report:?}");
    assert!(report.points.iter().all(|point| point.seen.is_some() && point.clicked.is_some()), "{report:?}");
    eprintln!("{size}: 5 targets in {} ms, {:.1} px off at most", report.took_ms, report.off_px);
    assert!(report.off_px <= OFF_PX, "{report:?}");
    assert_eq!(State::open().down(), Vec::<String>::new(), "nothing stays pressed");
}

#[test]
fn it_aims_well_on_a_usual_screen() {
    on_a_display("aim::it_aims_well_on_a_usual_screen", "1280x800", &[], || calibrated("1280x800"));
}

#[test]
fn it_aims_well_on_a_large_screen() {
    on_a_display("aim::it_aims_well_on_a_large_screen", "2560x1440", &[], || calibrated("2560x1440"));
}

#[test]
fn it_aims_well_on_an_odd_screen() {
    on_a_display("aim::it_aims_well_on_an_odd_screen", "1366x767", &[], || calibrated("1366x767"));
}

/// The models are shown a smaller picture, and point at its pixels.
#[test]
fn points_of_the_picture_are_points_of_the_screen() {
    on_a_display("aim::points_of_the_picture_are_points_of_the_screen", "1280x800", &GAMES, || {
        let _game = Guest::nethack();
        let state = State::open();
        runtime().block_on(async {
            let mut live = settings("screen", "", true);
            live.most_px = 640;
            let mut seat = Seat::take(&live).await;
            seat.look().await;
            for (x, y) in [(10, 10), (320, 200), (639, 399)] {
                let effect = seat.act("move", json!({"x": x, "y": y})).await;
                assert_eq!(effect.status, EffectStatus::Done, "{effect:?}");
                let (there_x, there_y) = state.pointer();
                let off = (there_x - 2 * x).abs().max((there_y - 2 * y).abs());
                assert!(off <= 2, "{x}, {y} of the picture became {there_x}, {there_y} of the screen");
            }
            seat.leave().await;
        });
        assert_eq!(state.down(), Vec::<String>::new());
    });
}
