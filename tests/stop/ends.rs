//! Ends that come another way: the window is gone, Stop is pressed twice, the program is closed while it stops; and
//! everything that can be wrong, at once.

use std::time::Instant;

use singularis::{
    demo::{DemoServer, FaultKind},
    journal::Journal,
    protocol::{Certificate, Command, Event, LoopName, OpenKind, SessionReport, SessionState},
    worker::Outside,
};

use crate::{
    PATIENCE,
    counterpart::{is_left_alone, server, single},
    journals::RECORD,
    panel::{Panel, turned},
    within,
};

/// A session in mid-answer at a server that has fallen silent, recorded in this folder.
async fn in_mid_answer(folder: &tempfile::TempDir) -> (DemoServer, Panel) {
    let server = server(&[FaultKind::StallMidStream(2)]).await;
    let journal = Some(folder.path().join("journal.sqlite"));
    let mut panel = Panel::real(single(&server.url()), Outside { journal, ..Outside::default() });
    panel.start().await;
    within(PATIENCE, "the server is in mid-answer", || server.busy() == 1).await;
    (server, panel)
}

/// All of it is there and closed: the loops, the question, the record.
fn assert_whole(certificate: &Certificate) {
    assert!(certificate.clean && turned(certificate).is_empty(), "{certificate:?}");
    let count = |kind: OpenKind| certificate.items.iter().filter(|item| item.kind == kind).count();
    assert_eq!(count(OpenKind::Loop), LoopName::ALL.len() - 1, "all but the narrator: {certificate:?}");
    assert_eq!(count(OpenKind::Request), 2, "the question, and what the server does: {certificate:?}");
    assert!(certificate.items.iter().any(|item| item.name == RECORD), "{certificate:?}");
    assert!(certificate.open_after.is_empty(), "{certificate:?}");
}

/// The end of the one session was kept as well.
async fn assert_end_is_kept(folder: &tempfile::TempDir) {
    let journal = Journal::open_read_only(&folder.path().join("journal.sqlite")).unwrap();
    let list = journal.sessions("").await.unwrap();
    let kept: Vec<_> = list.lines.iter().map(|line| (line.state, line.clean)).collect();
    assert_eq!(kept, [(SessionState::Ended, Some(true))], "{list:?}");
    journal.close().await.unwrap();
}

fn reports(events: &[Event]) -> Vec<&SessionReport> {
    let reports = events.iter().filter_map(|event| match event {
        Event::SessionEnded(report) => Some(&**report),
        _ => None,
    });
    reports.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_window_that_is_gone_ends_everything_cleanly() {
    let folder = tempfile::tempdir().unwrap();
    let (server, panel) = in_mid_answer(&folder).await;
    assert_whole(&panel.close_window().await);
    is_left_alone(&server).await;
    assert_end_is_kept(&folder).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_window_that_is_gone_during_stop_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (server, panel) = in_mid_answer(&folder).await;
    panel.send(Command::Stop);
    assert_whole(&panel.close_window().await);
    is_left_alone(&server).await;
    assert_end_is_kept(&folder).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stop_pressed_twice_gives_one_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let (server, mut panel) = in_mid_answer(&folder).await;
    let pressed = Instant::now();
    panel.send(Command::Stop);
    panel.send(Command::Stop);
    let stopped = panel.ended(pressed).await;
    assert_whole(stopped.certificate());
    // Where nothing runs it does nothing.
    panel.send(Command::Stop);
    server.set_faults(Vec::new());
    panel.plays_on().await;
    assert_eq!(panel.count(|event| matches!(event, Event::SessionEnded(_))), 2, "one for each session");
    panel.send(Command::Shutdown);
    let (certificate, events) = panel.gone().await;
    assert!(certificate.clean, "{certificate:?}");
    assert_eq!(reports(&events)[0], &*stopped.report);
    is_left_alone(&server).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_during_stop_is_one_clean_end_and_both_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let (server, panel) = in_mid_answer(&folder).await;
    panel.send(Command::Stop);
    panel.send(Command::Shutdown);
    panel.send(Command::Shutdown);
    let (certificate, events) = panel.gone().await;
    let [report] = reports(&events)[..] else { panic!("the session ends once: {events:?}") };
    assert_whole(&report.certificate);
    assert!(certificate.clean && turned(&certificate).is_empty(), "{certificate:?}");
    assert!(certificate.items.starts_with(&report.certificate.items), "the last one covers the session too");
    is_left_alone(&server).await;
    assert_end_is_kept(&folder).await;
}

/// A deaf loop, a key that hangs, a place that does not let go, a child that ignores requests: each by its name, and
/// all of it in time.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_at_once_is_over_in_time_and_each_is_named() {
    use std::{future::pending, sync::mpsc};

    use singularis::{environment::Holdings, protocol::Outcome};

    use crate::{
        children::{IGNORES_REQUESTS, start},
        hand::{Hand, Plot},
        place::Place,
    };

    let holdings = Holdings::default();
    let (go_on, hangs) = mpsc::channel::<()>();
    holdings.keys.press("w", || Ok(()));
    holdings.keys.press("left button", move || hangs.recv().map_err(|error| error.to_string()));
    let child = start(&holdings, "deaf child", IGNORES_REQUESTS).await;
    let place = Place::holding(&holdings).letting_go(|| Box::pin(pending()));
    let hand = Hand::open();
    hand.plan(Plot::in_place(place).instead_of(LoopName::Reflex, pending()));
    let mut panel = Panel::of(&hand);
    panel.play().await;
    let stopped = panel.stop().await;
    stopped.assert_turned(&[
        (OpenKind::Loop, "reflex", Outcome::Aborted),
        (OpenKind::Key, "left button", Outcome::Failed),
        (OpenKind::Environment, "environment", Outcome::Failed),
        (OpenKind::Child, "deaf child", Outcome::Aborted),
    ]);
    let open = &stopped.certificate().open_after;
    assert_eq!((open.keys, open.children, open.tasks), (1, 0, 0));
    panel.plays_on().await;
    go_on.send(()).unwrap();
    panel.leave().await;
    drop(child);
}
