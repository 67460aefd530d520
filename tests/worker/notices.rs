//! What the operating system tells a person who does not look at the window.

use singularis::{
    protocol::{Command, Event},
    settings::Settings,
};

use crate::{plot::Plot, stage::Play};

/// A session in which everything is told that this plot brings, with a window that is in front or not.
async fn told(plot: Plot, is_in_front: bool, is_seen: fn(&Event) -> bool) -> Play {
    let mut play = Play::begin(plot);
    play.send(Command::InFront { is_in_front });
    play.start().await;
    play.until(|seen, _| seen.iter().any(is_seen)).await;
    play
}

fn asks() -> Plot {
    Plot { asks: true, ..Plot::default() }
}

fn is_question(event: &Event) -> bool {
    matches!(event, Event::ApprovalNeeded(_))
}

#[tokio::test(start_paused = true)]
async fn whoever_looks_is_told_nothing() {
    let mut play = told(asks(), true, is_question).await;
    play.send(Command::Stop);
    play.ended().await;
    assert_eq!(play.notified(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn whoever_has_no_window_is_told_nothing() {
    let mut play = Play::begin(asks());
    play.start().await;
    play.send(Command::Stop);
    play.ended().await;
    assert_eq!(play.notified(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn whoever_is_elsewhere_is_told_what_waits_and_how_it_ended() {
    let mut play = told(asks(), false, is_question).await;
    assert_eq!(play.notified(), ["The agent waits for your yes: send"]);
    play.send(Command::Stop);
    play.ended().await;
    assert_eq!(play.notified()[1..], ["The session has ended: stopped on request after 0 steps"]);
}

#[tokio::test(start_paused = true)]
async fn a_place_that_was_yielded_is_told_of_in_words_of_our_own() {
    let yields = Plot { yields: true, ..Plot::default() };
    let play = told(yields, false, |event| matches!(event, Event::Paused { .. })).await;
    assert_eq!(play.notified(), ["The session is paused: somebody took mouse or keyboard"]);
}

#[tokio::test(start_paused = true)]
async fn a_pause_by_hand_is_no_news() {
    let mut play = Play::begin(Plot::default());
    play.send(Command::InFront { is_in_front: false });
    play.start().await;
    play.send(Command::Pause);
    play.until(|seen, _| seen.iter().any(|event| matches!(event, Event::Paused { .. }))).await;
    assert_eq!(play.notified(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn whoever_wants_none_gets_none() {
    let mut play = Play::begin(asks());
    let mut settings = Settings::default();
    settings.window.notify = false;
    play.send(Command::SaveSettings { settings: Box::new(settings) });
    play.send(Command::InFront { is_in_front: false });
    play.start().await;
    play.until(|seen, _| seen.iter().any(is_question)).await;
    play.send(Command::Stop);
    play.ended().await;
    assert_eq!(play.notified(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn the_end_of_the_program_is_no_news() {
    let mut play = Play::begin(Plot::default());
    play.send(Command::InFront { is_in_front: false });
    play.start().await;
    play.send(Command::Shutdown);
    play.ended().await;
    assert_eq!(play.notified(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn two_ends_within_a_moment_are_one_notification() {
    let mut play = Play::begin(Plot { speaks: true, ..Plot::default() });
    play.send(Command::InFront { is_in_front: false });
    for _ in 0..2 {
        play.start().await;
        play.ended().await;
    }
    assert_eq!(play.notified(), ["The session has ended: limit reached after 0 steps"]);
}
