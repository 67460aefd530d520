//! The real supervisor on a stopped clock, with loops that behave, sleep, panic and do not listen.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test that cannot go on says so"
)]

mod notices;
mod plot;
mod stage;
mod updates;

use std::time::Duration;

use plot::Plot;
use singularis::{
    protocol::{Command, Depth, Ending, Event, Fix, LoopName, OpenKind, Outcome, Phase, Until},
    settings::{ServerSettings, Settings},
};
use stage::{Play, start_command};
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn every_loop_is_named_and_closed_cleanly() {
    let mut play = Play::begin(Plot::default());
    play.start().await;
    play.send(Command::Stop);
    let report = play.ended().await;
    assert_eq!(report.outcome, Ending::Stopped);
    let loops: Vec<_> = report
        .certificate
        .items
        .iter()
        .filter(|item| item.kind == OpenKind::Loop)
        .map(|item| (item.name.as_str(), item.outcome))
        .collect();
    let names = ["action", "auxiliary exploration", "learning", "narration", "perception", "reasoning", "reflex"];
    assert_eq!(loops, names.map(|name| (name, Outcome::Closed)));
    assert!(report.certificate.clean, "{:?}", report.certificate);
    assert!(report.certificate.gate_closed_ms < 50.0);
}

#[tokio::test(start_paused = true)]
async fn a_deaf_loop_is_aborted_by_name_at_the_deadline() {
    let mut play = Play::begin(Plot { deaf: true, ..Plot::default() });
    play.start().await;
    let pressed = Instant::now();
    play.send(Command::Stop);
    let report = play.ended().await;
    let item = report.certificate.items.iter().find(|item| item.name == "reasoning").unwrap();
    assert_eq!((item.kind, item.outcome), (OpenKind::Loop, Outcome::Aborted));
    assert!(!report.certificate.clean);
    assert_eq!(report.certificate.items.iter().filter(|item| item.outcome != Outcome::Closed).count(), 1);
    let took = pressed.elapsed();
    assert!((2000..2600).contains(&took.as_millis()), "{took:?}");
    assert!(play.is_shut.is_shut(), "the gate was shut before anything else");
}

#[tokio::test(start_paused = true)]
async fn a_panicking_loop_ends_its_session_and_nothing_else() {
    let mut play = Play::begin(Plot { panics: true, ..Plot::default() });
    play.start().await;
    let report = play.ended().await;
    assert_eq!(report.outcome, Ending::Failed);
    let problem = report.problem.unwrap();
    assert!(problem.summary.contains("reasoning") && problem.details[0].contains("planned"), "{problem:?}");
    let item = report.certificate.items.iter().find(|item| item.name == "reasoning").unwrap();
    assert_eq!(item.outcome, Outcome::Failed);
    // The worker is well: another session can be started.
    play.set_plot(Plot::default());
    play.start().await;
    play.send(Command::Stop);
    assert!(play.ended().await.certificate.clean);
}

#[tokio::test(start_paused = true)]
async fn a_stop_that_the_place_asks_for_is_one_like_any_other() {
    let mut play = Play::begin(Plot { stop_key: true, ..Plot::default() });
    play.start().await;
    let report = play.ended().await;
    assert_eq!((report.outcome, report.certificate.clean), (Ending::Stopped, true), "{:?}", report.certificate);
    assert!(play.is_shut.is_shut());
    let is_said = |event: &Event| matches!(event, Event::Notice(notice) if notice.text == "The stop key was pressed");
    assert_eq!(play.seen.iter().filter(|event| is_said(event)).count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_tool_that_is_allowed_for_ever_is_allowed_in_the_settings() {
    let mut play = Play::begin(Plot { asks: true, ..Plot::default() });
    let servers = vec![ServerSettings::program("files", "a", &[]), ServerSettings::program("post", "b", &[])];
    play.send(Command::SaveSettings { settings: Box::new(Settings { servers, ..Settings::default() }) });
    play.start().await;
    play.send(Command::Approve { approval: 1, for_session: false, for_ever: true });
    let allowed = |seen: &[Event]| {
        seen.iter().rev().find_map(|event| match event {
            Event::SettingsLoaded { settings, .. } => {
                Some(settings.servers.iter().map(|server| server.extras.allowed.clone()).collect::<Vec<_>>())
            }
            _ => None,
        })
    };
    play.until(|seen, _| allowed(seen).is_some_and(|allowed| allowed.len() == 2)).await;
    assert_eq!(allowed(&play.seen), Some(vec![Vec::new(), vec!["send".to_owned()]]));
    play.send(Command::Stop);
    assert!(play.ended().await.certificate.clean);
}

#[tokio::test(start_paused = true)]
async fn shutdown_during_stop_waits_for_the_stop() {
    let mut play = Play::begin(Plot { slow_to_end: Duration::from_secs(1), ..Plot::default() });
    play.start().await;
    play.send(Command::Stop);
    play.send(Command::Shutdown);
    let report = play.ended().await;
    assert!(report.certificate.clean);
    let last = play.shut_down().await;
    assert!(last.clean, "{last:?}");
    assert!(last.items.iter().any(|item| item.name == "perception"), "the last certificate covers the session too");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_window_is_a_clean_stop() {
    let mut play = Play::begin(Plot::default());
    play.start().await;
    let certificate = play.drop_window().await;
    assert!(certificate.clean, "{certificate:?}");
    assert_eq!(certificate.items.iter().filter(|item| item.kind == OpenKind::Loop).count(), LoopName::ALL.len());
}

#[tokio::test(start_paused = true)]
async fn the_second_of_two_starts_is_refused_and_the_first_goes_on() {
    let mut play = Play::begin(Plot::default());
    play.start().await;
    play.send(start_command());
    let refused = play.refused().await;
    assert!(refused.summary.contains("running already"));
    assert_eq!(play.phase().await, Phase::Running);
    play.send(Command::Stop);
    assert!(play.ended().await.certificate.clean);
}

#[tokio::test(start_paused = true)]
async fn stop_before_start_has_finished_starts_nothing() {
    let mut play = Play::begin(Plot { preparing_takes: Duration::from_secs(60), ..Plot::default() });
    let began = Instant::now();
    play.send(start_command());
    play.until(|_, snapshot| snapshot.phase == Phase::Starting).await;
    play.send(Command::Stop);
    play.until(|_, snapshot| snapshot.phase == Phase::Idle).await;
    assert!(began.elapsed() < Duration::from_secs(1), "nobody waited for the preparation: {:?}", began.elapsed());
    assert!(!play.seen.iter().any(|event| matches!(event, Event::SessionStarted(_) | Event::SessionEnded(_))));
    play.set_plot(Plot::default());
    play.start().await;
    play.send(Command::Stop);
    assert!(play.ended().await.certificate.clean);
}

#[tokio::test(start_paused = true)]
async fn a_refused_start_leaves_the_worker_idle() {
    let mut play = Play::begin(Plot { refuses: true, ..Plot::default() });
    play.send(start_command());
    assert!(play.refused().await.summary.contains("planned refusal"));
    assert_eq!(play.phase().await, Phase::Idle);
}

#[tokio::test(start_paused = true)]
async fn what_a_check_found_holds_for_a_start_that_asks_the_same_servers() {
    let mut play = Play::begin(Plot { unreachable: true, ..Plot::default() });
    play.send(Command::CheckHealth { depth: Depth::Full });
    play.until(|seen, _| seen.iter().any(|event| matches!(event, Event::CheckFinished(_)))).await;
    let mut settings = Settings::default();
    settings.agent.seed += 1;
    play.send(Command::SaveSettings { settings: Box::new(settings.clone()) });
    play.send(start_command());
    assert!(play.refused().await.summary.contains("a closed port"), "another seed asks the same servers");

    settings.endpoints[0].url = "http://127.0.0.1:4321".into();
    play.send(Command::SaveSettings { settings: Box::new(settings) });
    play.start().await;
    play.send(Command::Stop);
    assert!(play.ended().await.certificate.clean);
}

#[tokio::test(start_paused = true)]
async fn stop_pressed_twice_is_one_stop() {
    let mut play = Play::begin(Plot { slow_to_end: Duration::from_secs(1), ..Plot::default() });
    play.start().await;
    play.send(Command::Stop);
    play.send(Command::Stop);
    assert!(play.ended().await.certificate.clean);
    let ends = play.seen.iter().filter(|event| matches!(event, Event::SessionEnded(_))).count();
    assert_eq!(ends, 1);
}

#[tokio::test(start_paused = true)]
async fn closing_that_hangs_is_cut_at_five_seconds_and_named() {
    let mut play = Play::begin(Plot { closing_hangs: true, ..Plot::default() });
    play.start().await;
    let pressed = Instant::now();
    play.send(Command::Stop);
    let report = play.ended().await;
    assert!(pressed.elapsed() <= Duration::from_secs(5), "{:?}", pressed.elapsed());
    assert!(!report.certificate.clean);
    assert!(report.certificate.items.iter().any(|item| item.name == "what the session held"));
}

#[tokio::test(start_paused = true)]
async fn what_a_loop_says_arrives_before_the_end() {
    let mut play = Play::begin(Plot { speaks: true, ..Plot::default() });
    play.start().await;
    let report = play.ended().await;
    assert_eq!(report.outcome, Ending::LimitReached);
    let notice = play.seen.iter().position(|event| matches!(event, Event::Notice(_))).unwrap();
    let end = play.seen.iter().position(|event| matches!(event, Event::SessionEnded(_))).unwrap();
    assert!(notice < end);
}

#[tokio::test(start_paused = true)]
async fn a_new_check_replaces_the_old_one() {
    let mut play = Play::begin(Plot { checking_takes: Duration::from_secs(10), ..Plot::default() });
    let began = Instant::now();
    play.send(Command::CheckHealth { depth: Depth::Quick });
    play.until(|_, snapshot| snapshot.checking).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    play.send(Command::CheckHealth { depth: Depth::Quick });
    play.until(|seen, _| seen.iter().any(|event| matches!(event, Event::CheckFinished(_)))).await;
    assert_eq!(began.elapsed().as_secs(), 15, "the first was dropped, the second ran in full");
    let finished = play.seen.iter().filter(|event| matches!(event, Event::CheckFinished(_))).count();
    let started = play.seen.iter().filter(|event| matches!(event, Event::CheckStarted)).count();
    assert_eq!((started, finished), (2, 1));
}

#[tokio::test]
async fn settings_are_saved_and_a_full_disk_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::begin_at(Plot::default(), folder.path());
    let mut settings = Settings::default();
    settings.agent.seed = 4711;
    play.send(Command::SaveSettings { settings: Box::new(settings.clone()) });
    play.until(|seen, _| seen.iter().any(|event| matches!(event, Event::SettingsSaved))).await;
    let loaded = singularis::settings::file::load(&folder.path().join("settings.toml"));
    assert_eq!(loaded.settings, settings);
    // A folder in place of the file is the disk's way of saying no.
    std::fs::remove_file(folder.path().join("settings.toml")).unwrap();
    std::fs::create_dir_all(folder.path().join("settings.toml/occupied")).unwrap();
    play.send(Command::SaveSettings { settings: Box::new(settings) });
    assert!(play.refused().await.summary.contains("could not be saved"));
}

/// In real time, because no clock can be stopped for a thread that does not give way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_loop_that_blocks_its_thread_is_left_behind_by_name() {
    let mut play = Play::begin(Plot { blocks: true, ..Plot::default() });
    play.start().await;
    let pressed = Instant::now();
    play.send(Command::Stop);
    let report = play.ended().await;
    assert!(pressed.elapsed() < Duration::from_secs(5), "{:?}", pressed.elapsed());
    let item = report.certificate.items.iter().find(|item| item.name == "reasoning").unwrap();
    assert_eq!((item.outcome, item.note.as_str()), (Outcome::Failed, "does not react, left behind"));
    assert_eq!(report.certificate.open_after.tasks, 1);
    play.release_blocked();
}

#[test]
fn a_start_without_limits_is_the_usual_one() {
    assert_eq!(start_command(), Command::Start { until: Until::default() });
}

#[tokio::test(start_paused = true)]
async fn a_second_load_is_refused_and_the_first_can_be_given_up() {
    let mut play = Play::begin(Plot { loading_takes: Duration::from_secs(30), ..Plot::default() });
    play.send(Command::Fix { fix: Fix::load("a") });
    play.send(Command::Fix { fix: Fix::load("b") });
    assert_eq!(play.refused().await.summary, "A model is being loaded already");
    play.send(Command::CancelLoad);
    assert_eq!(play.refused().await.summary, "Loading \u{201c}a\u{201d} is not waited for any more");
    play.send(Command::Fix { fix: Fix::load("b") });
    play.until(|seen, _| seen.iter().any(|event| matches!(event, Event::CheckFinished(_)))).await;
    play.send(Command::Shutdown);
    assert!(play.shut_down().await.clean);
}

#[tokio::test(start_paused = true)]
async fn what_changes_on_a_server_is_said_while_a_session_runs() {
    let mut play = Play::begin(Plot::default());
    play.send(Command::CheckHealth { depth: Depth::Full });
    play.until(|seen, _| seen.iter().any(|event| matches!(event, Event::CheckFinished(_)))).await;
    play.start().await;
    let is_said = |event: &Event| matches!(event, Event::Notice(notice) if notice.text == "a model was thrown out");
    play.until(|seen, _| seen.iter().any(is_said)).await;
    play.send(Command::RefreshModels);
    play.until(|seen, _| seen.iter().any(|event| matches!(event, Event::ModelsListed(_)))).await;
    play.send(Command::Stop);
    assert!(play.ended().await.certificate.clean);
    play.send(Command::Shutdown);
    assert!(play.shut_down().await.clean);
}

#[tokio::test(start_paused = true)]
async fn the_report_of_the_last_check_can_be_copied() {
    let mut play = Play::begin(Plot::default());
    play.send(Command::Fix { fix: Fix::CopyReport });
    assert_eq!(play.refused().await.summary, "Nothing has been checked yet");
    play.send(Command::CheckHealth { depth: Depth::Full });
    play.until(|seen, _| seen.iter().any(|event| matches!(event, Event::CheckFinished(_)))).await;
    play.send(Command::Fix { fix: Fix::CopyReport });
    let is_copied = |event: &Event| matches!(event, Event::CopyText { text } if text.contains("nowhere is healthy"));
    play.until(|seen, _| seen.iter().any(is_copied)).await;
    play.send(Command::Shutdown);
    assert!(play.shut_down().await.clean);
}
