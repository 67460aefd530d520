//! Loops that do not end when they are asked, or end before anybody asks.

use std::{future::pending, sync::mpsc, time::Instant};

use singularis::{
    agent::{LoopEnd, LoopResult},
    environment::Holdings,
    protocol::{Ending, LoopName, OpenKind, Outcome},
};
use tokio::{sync::oneshot, task::yield_now, time::timeout};

use crate::{
    PATIENCE,
    hand::{Hand, Plot},
    journals::RECORD,
    panel::{Panel, turned},
    place::Place,
};

async fn break_down(when: oneshot::Receiver<()>) -> LoopResult {
    when.await.expect("the test says when");
    panic!("out of reflexes")
}

/// Waits as no task should: its thread can do nothing else meanwhile.
async fn block(until: mpsc::Receiver<()>) -> LoopResult {
    yield_now().await;
    let _gone = until.recv();
    Ok(LoopEnd { note: "woke up".to_owned(), ending: None })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_nothing_is_wrong_everything_has_a_closed_line() {
    let hand = Hand::open();
    let mut panel = Panel::of(&hand);
    panel.play().await;
    let stopped = panel.stop().await;
    stopped.assert_turned(&[]);
    for name in LoopName::ALL.into_iter().filter(|name| *name != LoopName::Narration) {
        let note = &stopped.item(OpenKind::Loop, name.title()).note;
        assert!(note.starts_with(&format!("{name} stopped cleanly at cycle ")), "{note}");
    }
    stopped.item(OpenKind::Environment, "environment");
    stopped.item(OpenKind::Journal, RECORD);
    assert_eq!(stopped.report.outcome, Ending::Stopped);
    assert!(stopped.certificate().open_after.is_empty(), "{:?}", stopped.certificate());
    panel.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deaf_loop_is_aborted_by_name() {
    let hand = Hand::open();
    hand.plan(Plot::default().instead_of(LoopName::Exploration, pending()));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    let stopped = panel.stop().await;
    let name = "auxiliary exploration";
    stopped.assert_turned(&[(OpenKind::Loop, name, Outcome::Aborted)]);
    assert_eq!(stopped.item(OpenKind::Loop, name).note, "did not end when asked");
    assert!(stopped.certificate().open_after.is_empty(), "{:?}", stopped.certificate());
    panel.plays_on().await;
    panel.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_loop_that_blocks_its_thread_is_left_behind_by_name() {
    let (blocked, until) = mpsc::channel();
    let hand = Hand::open();
    hand.plan(Plot::default().instead_of(LoopName::Learning, block(until)));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    let stopped = panel.stop().await;
    stopped.assert_turned(&[(OpenKind::Loop, "learning", Outcome::Failed)]);
    assert_eq!(stopped.item(OpenKind::Loop, "learning").note, "does not react, left behind");
    assert_eq!(stopped.certificate().open_after.tasks, 1);
    // Even while it is still there.
    panel.plays_on().await;
    drop(blocked);
    panel.leave().await;
}

/// Whoever is given up may still end, and must not take along what has begun since.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closing_that_blocks_its_thread_is_given_up_and_leaves_the_next_session_alone() {
    let (blocked, until) = mpsc::channel();
    let hand = Hand::open();
    hand.plan(Plot::default().closing_blocks(until));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    let stopped = panel.stop().await;
    stopped.assert_turned(&[(OpenKind::Client, "what the session held", Outcome::Failed)]);
    panel.play().await;
    drop(blocked);
    panel.goes_on_for(10).await;
    panel.stop().await.assert_turned(&[]);
    panel.leave().await;
}

/// As many threads as a small runtime has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_loops_that_block_their_threads_are_left_behind_by_name() {
    let ((first, until_first), (second, until_second)) = (mpsc::channel(), mpsc::channel());
    let plot = Plot::default().instead_of(LoopName::Exploration, block(until_first));
    let hand = Hand::open();
    hand.plan(plot.instead_of(LoopName::Learning, block(until_second)));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    let stopped = panel.stop().await;
    let certificate = stopped.certificate();
    let mut turned = turned(certificate);
    // They are left behind at the same moment, in no order.
    turned.sort_by_key(|(_, name, _)| *name);
    let [exploration, learning] =
        [LoopName::Exploration, LoopName::Learning].map(|name| (OpenKind::Loop, name.title(), Outcome::Failed));
    assert_eq!((turned.as_slice(), certificate.clean), ([exploration, learning].as_slice(), false), "{certificate:?}");
    for name in [LoopName::Exploration, LoopName::Learning] {
        assert_eq!(stopped.item(OpenKind::Loop, name.title()).note, "does not react, left behind");
    }
    assert_eq!(stopped.certificate().open_after.tasks, 2);
    // Even while they are still there.
    panel.plays_on().await;
    drop((first, second));
    panel.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_loop_that_panics_ends_its_session_with_its_name_and_its_words() {
    let (say_when, when) = oneshot::channel();
    let hand = Hand::open();
    hand.plan(Plot::default().instead_of(LoopName::Reflex, break_down(when)));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    let since = Instant::now();
    say_when.send(()).unwrap();
    let stopped = panel.ended(since).await;
    stopped.assert_turned(&[(OpenKind::Loop, "reflex", Outcome::Failed)]);
    assert_eq!(stopped.item(OpenKind::Loop, "reflex").note, "panicked: out of reflexes");
    assert_eq!(stopped.report.outcome, Ending::Failed);
    let problem = stopped.report.problem.as_ref().expect("a problem");
    assert_eq!(problem.summary, "The reflex loop broke down");
    assert_eq!(problem.details, ["out of reflexes"]);
    panel.plays_on().await;
    panel.leave().await;
}

/// The action loop and the place that it is stuck in, and neither the key that is held there nor anything else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_action_that_blocks_its_thread_keeps_no_key_down() {
    let holdings = Holdings::default();
    let (released, heard) = mpsc::channel();
    holdings.keys.press("w", move || released.send(()).map_err(|error| error.to_string()));
    let (blocked, until) = mpsc::channel::<()>();
    let (begins, begun) = oneshot::channel();
    let mut begins = Some(begins);
    let place = Place::holding(&holdings).acting(move || {
        if let Some(begins) = begins.take() {
            begins.send(()).expect("the test waits for it");
        }
        let _gone = until.recv();
    });
    let hand = Hand::open();
    hand.plan(Plot::in_place(place));
    let mut panel = Panel::of(&hand);
    panel.start().await;
    timeout(PATIENCE, begun).await.expect("it acts").unwrap();
    let stopped = panel.stop().await;
    stopped.assert_turned(&[
        (OpenKind::Loop, "action", Outcome::Failed),
        (OpenKind::Environment, "environment", Outcome::Failed),
    ]);
    assert_eq!(stopped.item(OpenKind::Loop, "action").note, "does not react, left behind");
    assert_eq!(stopped.item(OpenKind::Environment, "environment").note, "somebody is still at work in it");
    assert_eq!(stopped.item(OpenKind::Key, "w").outcome, Outcome::Closed);
    assert_eq!((heard.try_recv(), stopped.certificate().open_after.keys), (Ok(()), 0));
    panel.plays_on().await;
    drop(blocked);
    panel.leave().await;
}
