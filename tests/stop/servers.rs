//! Servers that do not notice, or do not answer. What a server goes on with is said of the server and of nothing else;
//! and one that only hangs holds nobody up.

use std::time::Duration;

use singularis::{
    demo::FaultKind,
    protocol::{Command, OpenKind, Outcome},
    worker::Outside,
};

use crate::{
    PATIENCE,
    counterpart::{chats, in_chats, is_left_alone, server, single},
    panel::{Panel, Stopped},
    within,
};

/// What the certificate calls what the server does.
const GENERATION: &str = "generation on the server";
/// How long closing a connection may take. Milliseconds.
const CLOSED_MS: u64 = if cfg!(debug_assertions) { 1000 } else { 250 };
/// Nobody is waited for here: that would take two seconds.
const QUICKLY: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1900 } else { 1000 });

/// The one question to the model was open, and was closed at once.
fn assert_question_closed(stopped: &Stopped) {
    let certificate = stopped.certificate();
    let is_question = |name: &str| name.starts_with("synthesizer ") && name.contains("POST");
    let items = certificate.items.iter().filter(|item| item.kind == OpenKind::Request && is_question(&item.name));
    let items: Vec<_> = items.collect();
    assert_eq!(items.len(), 1, "{certificate:?}");
    let item = items[0];
    assert_eq!((item.outcome, item.note.as_str()), (Outcome::Closed, "connection closed in mid-answer"));
    assert!(item.took_ms <= CLOSED_MS, "{item:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_goes_on_generating_turns_its_own_line() {
    let deaf = server(&[FaultKind::IgnoreClosedSocket, FaultKind::StallMidStream(2)]).await;
    let mut panel = Panel::real(single(&deaf.url()), Outside::default());
    panel.start().await;
    within(PATIENCE, "the server is in mid-answer", || deaf.busy() == 1).await;
    let stopped = panel.stop().await;
    stopped.assert_turned(&[(OpenKind::Request, GENERATION, Outcome::Failed)]);
    assert_eq!(stopped.item(OpenKind::Request, GENERATION).note, "the server is still working on 1");
    assert_question_closed(&stopped);
    assert!(stopped.certificate().open_after.is_empty(), "{:?}", stopped.certificate());
    assert_eq!(deaf.busy(), 1, "it really goes on");

    let well = server(&[]).await;
    panel.send(Command::SaveSettings { settings: Box::new(single(&well.url())) });
    panel.plays_on().await;
    panel.leave().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_hangs_in_its_answer_turns_no_line() {
    let faults = [FaultKind::SilentHeaders, FaultKind::StallBeforeFirstToken, FaultKind::StallMidStream(2)];
    let server = server(&[]).await;
    let mut panel = Panel::real(single(&server.url()), Outside::default());
    for fault in faults {
        server.set_faults(in_chats(std::slice::from_ref(&fault)));
        let before = chats(&server);
        panel.start().await;
        within(PATIENCE, "the question has arrived", || chats(&server) > before).await;
        let stopped = panel.stop().await;
        stopped.assert_turned(&[]);
        assert_question_closed(&stopped);
        assert_eq!(stopped.item(OpenKind::Request, GENERATION).note, "the server is idle", "{fault:?}");
        assert!(stopped.took < QUICKLY, "{fault:?}: {:?}", stopped.took);
        is_left_alone(&server).await;
        server.set_faults(Vec::new());
        panel.plays_on().await;
    }
    panel.leave().await;
}

/// Nobody can ask such a server what it does, so that is *not verifiable*; nothing is said to have failed.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_hangs_in_connecting_turns_no_line() {
    use singularis::protocol::{ExpertState, Phase, Proof, Snapshot};

    let well = server(&[]).await;
    let door = crate::door::Door::before(well.address());
    let mut panel = Panel::real(single(&door.url()), Outside::default());
    panel.play().await;
    panel.send(Command::Pause);
    let is_still =
        |snapshot: &Snapshot| matches!(snapshot.phase, Phase::Paused { .. }) && snapshot.connection.requests == 0;
    panel.shown("nothing is asked in the pause", is_still).await;
    let door = door.shut().await;
    panel.send(Command::Resume { word: None });
    panel
        .shown("the question hangs", |snapshot| {
            let is_asked = snapshot.experts.iter().any(|expert| expert.state == ExpertState::Asked);
            is_asked && snapshot.connection.requests > 0
        })
        .await;
    assert!(door.is_shut().await, "it hangs in connecting");
    let stopped = panel.stop().await;
    stopped.assert_turned(&[(OpenKind::Request, GENERATION, Outcome::NotVerifiable)]);
    assert_question_closed(&stopped);
    assert!(stopped.certificate().open_after.is_empty(), "{:?}", stopped.certificate());
    assert_eq!(stopped.certificate().proof(), Proof::Partial);

    panel.send(Command::SaveSettings { settings: Box::new(single(&well.url())) });
    panel.plays_on().await;
    panel.leave().await;
}
