//! What a frame costs: processor time for drawing the real screens under load, up to the triangles that a graphics card
//! would be given; and that a window in which nothing happens is not drawn again.
//!
//! `SINGULARIS_FRAMES=1800 cargo test --release --test frames -- --nocapture` prints the figures of half a minute each.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod cost;
mod load;
#[path = "../gui/sessions/past.rs"]
#[allow(dead_code, reason = "not every sample is needed here")]
mod past;
#[path = "../gui/samples.rs"]
#[allow(dead_code, reason = "not every sample is needed here")]
mod samples;
#[path = "../gui/scenes.rs"]
#[allow(dead_code, reason = "not every sample is needed here")]
mod scenes;
mod stage;

use std::time::Duration;

use egui::{Event, accesskit::Role, pos2};
use singularis::{
    protocol::{Event as Told, Moment, Snapshot, Wellness},
    settings::{Language, Settings, WindowSettings},
    ui::{state::Screen, words::kept},
};

use cost::Costs;
use stage::Stage;

/// What is asked of the release build on an ordinary machine. An unoptimised one is some ten times slower, and also makes up
/// what a screen reader would be told, in every frame; there only a fault in the order of growth is found.
const MOST: Duration = Duration::from_millis(if cfg!(debug_assertions) { 400 } else { 8 });
/// So many frames, of all, must be quick. Of the few that an unoptimised build draws the worst may be another's fault: a
/// virtual machine counts what was taken from it as its own.
const JUDGED: f64 = if cfg!(debug_assertions) { 0.95 } else { 0.99 };
/// Whatever happens less often than this is no animation.
const STILL: Duration = Duration::from_secs(1);
const SCREENS_SETTLE_IN: usize = 90;

fn frames() -> usize {
    let wanted = std::env::var("SINGULARIS_FRAMES").ok().and_then(|count| count.parse().ok());
    wanted.unwrap_or(if cfg!(debug_assertions) { 60 } else { 600 })
}

/// A window whose worker has checked everything, in English wherever the test runs.
fn ready() -> Stage {
    let mut stage = Stage::open();
    let window = WindowSettings { language: Language::English, ..WindowSettings::default() };
    let settings = Box::new(Settings { window, ..Settings::default() });
    stage.worker.tell(Told::SettingsLoaded { settings, warnings: Vec::new() });
    stage.worker.tell(samples::report(Wellness::Healthy, None));
    stage.worker.tell(samples::listed());
    stage.rest(5);
    stage
}

/// Draws so many frames, before each of which something happens, with a pointer that does not rest.
fn measured(name: &str, stage: &mut Stage, mut happens: impl FnMut(&mut Stage, usize)) {
    let mut costs = Costs::default();
    for number in 0..frames() {
        happens(stage, number);
        let step = f32::from(u16::try_from(number % 600).unwrap());
        let (_, cost) = stage.frame(vec![Event::PointerMoved(pos2(200.0 + step, 150.0 + step * 0.7))]);
        costs.add(cost);
    }
    println!("{name}: {costs}");
    let judged = costs.share(JUDGED);
    assert!(judged < MOST, "{name}: too many frames take {judged:?} or more; {costs}");
}

fn with_full_log() -> Stage {
    let mut stage = ready();
    stage.show(Screen::Logs);
    for number in 0..load::LINES.div_ceil(load::AT_ONCE) {
        load::log(&stage.worker, number * load::AT_ONCE, load::AT_ONCE);
        stage.rest(1);
    }
    stage
}

#[test]
fn a_full_log_that_goes_on() {
    let _alone = cost::alone();
    let mut stage = with_full_log();
    measured("100,000 lines, all shown", &mut stage, |stage, number| load::log(&stage.worker, number * 10, 10));
}

#[test]
fn a_full_log_in_which_something_is_looked_for() {
    let _alone = cost::alone();
    let mut stage = with_full_log();
    stage.focus(|_, role| role == Role::TextInput);
    stage.frame(vec![Event::Text("answer".into())]);
    measured("100,000 lines, filtered", &mut stage, |stage, number| load::log(&stage.worker, number * 10, 10));
}

#[test]
fn a_filter_that_is_being_typed() {
    let _alone = cost::alone();
    let mut stage = with_full_log();
    stage.focus(|_, role| role == Role::TextInput);
    let letters = "answer of expert 1 to question 20".chars().map(String::from);
    let mut costs = Costs::default();
    for letter in letters {
        costs.add(stage.frame(vec![Event::Text(letter)]).1);
        // What could not be looked through in one frame is looked through in the next ones.
        for _ in 0..10 {
            costs.add(stage.frame(Vec::new()).1);
        }
    }
    println!("100,000 lines, while somebody types: {costs}");
    assert!(costs.share(JUDGED) < MOST, "a press is seen late: {costs}");
}

#[test]
fn sixteen_streams_on_the_run_screen() {
    let _alone = cost::alone();
    let mut stage = ready();
    stage.show(Screen::Run);
    measured("16 streams, Run", &mut stage, |stage, number| stage.worker.publish(load::streams(number)));
}

#[test]
fn sixteen_streams_on_the_experts_screen() {
    let _alone = cost::alone();
    let mut stage = ready();
    stage.show(Screen::Experts);
    measured("16 streams, Experts", &mut stage, |stage, number| stage.worker.publish(load::streams(number)));
}

#[test]
fn the_map_while_the_agent_walks() {
    let _alone = cost::alone();
    let mut stage = ready();
    stage.show(Screen::Run);
    measured("the map, Run", &mut stage, |stage, number| {
        if number % 15 == 0 {
            stage.worker.publish(load::walking(number / 15));
        }
    });
}

#[test]
fn plots_of_an_hour() {
    let _alone = cost::alone();
    let mut stage = ready();
    stage.show(Screen::Sessions);
    stage.worker.tell(past::listed("", vec![past::won(), past::stopped()]));
    stage.rest(3);
    let row = kept::line(&past::won(), Moment::now());
    stage.click(|label, _| label == row);
    stage.worker.tell(past::opened(load::hour()));
    stage.rest(5);
    measured("an hour's plots, Sessions", &mut stage, |_, _| {});
}

#[test]
fn a_window_in_which_nothing_happens_is_not_drawn() {
    let _alone = cost::alone();
    for (session, picture) in [("no session", Snapshot::default()), ("a session", scenes::judged())] {
        let mut stage = ready();
        stage.worker.publish(picture);
        for screen in Screen::ALL {
            stage.show(screen);
            stage.rest(SCREENS_SETTLE_IN);
            let (output, _) = stage.frame(Vec::new());
            let delay = output.viewport_output[&egui::ViewportId::ROOT].repaint_delay;
            assert!(delay >= STILL, "{screen:?} with {session} wants to be drawn again after {delay:?}");
        }
    }
}
