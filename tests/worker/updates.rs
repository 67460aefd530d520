//! When it is asked whether a newer release exists: never by itself, and never where nothing may leave this machine.

use std::time::Duration;

use singularis::{
    protocol::{Command, Depth, Event},
    settings::{CloudMode, Settings, UpdateSettings},
};
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{plot::Plot, stage::Play};

const ADDRESS: &str = "https://example.org/newest.json";
const HOUR: Duration = Duration::from_secs(60 * 60);
const MINUTE: Duration = Duration::from_secs(60);

/// The settings of somebody who has switched it on.
fn wanted(cloud: CloudMode) -> Settings {
    let updates = UpdateSettings { check: true, address: ADDRESS.into() };
    Settings { cloud, updates, ..Settings::default() }
}

fn begin(plot: Plot) -> (TempDir, Play) {
    let folder = tempfile::tempdir().unwrap();
    let play = Play::begin_at(plot, folder.path());
    (folder, play)
}

fn save(play: &Play, settings: Settings) {
    play.send(Command::SaveSettings { settings: Box::new(settings) });
}

fn checks(seen: &[Event]) -> usize {
    seen.iter().filter(|event| matches!(event, Event::CheckFinished(_))).count()
}

/// One check, to its end.
async fn check(play: &mut Play) {
    let before = checks(&play.seen);
    play.send(Command::CheckHealth { depth: Depth::Quick });
    play.until(|seen, _| checks(seen) > before).await;
}

#[tokio::test(start_paused = true)]
async fn nobody_is_asked_unless_somebody_has_switched_it_on() {
    let (_folder, mut play) = begin(Plot::default());
    let mut settings = wanted(CloudMode::LocalFirst);
    settings.updates.check = false;
    save(&play, settings);
    check(&mut play).await;
    sleep(72 * HOUR).await;
    assert_eq!(play.asked(), Vec::<String>::new());
    save(&play, wanted(CloudMode::LocalFirst));
    sleep(HOUR).await;
    assert_eq!(play.asked(), [ADDRESS], "and then at once");
}

#[tokio::test(start_paused = true)]
async fn it_is_asked_once_after_the_first_check_and_once_a_day() {
    let (_folder, mut play) = begin(Plot::default());
    save(&play, wanted(CloudMode::LocalFirst));
    sleep(HOUR).await;
    assert_eq!(play.asked().len(), 0, "the first check is not through");
    check(&mut play).await;
    play.until(|seen, _| seen.iter().any(|event| matches!(event, Event::NewestRelease(_)))).await;
    check(&mut play).await;
    save(&play, wanted(CloudMode::LocalFirst));
    sleep(23 * HOUR).await;
    assert_eq!(play.asked().len(), 1, "another check and other settings are no reason");
    sleep(2 * HOUR).await;
    assert_eq!(play.asked().len(), 2);
    let mut elsewhere = wanted(CloudMode::LocalFirst);
    elsewhere.updates.address.push_str("?other");
    save(&play, elsewhere);
    sleep(HOUR).await;
    assert_eq!(play.asked().len(), 3, "another address is asked at once");
}

#[tokio::test(start_paused = true)]
async fn nobody_is_asked_while_only_local_is_allowed() {
    let (_folder, mut play) = begin(Plot::default());
    save(&play, wanted(CloudMode::LocalOnly));
    check(&mut play).await;
    sleep(72 * HOUR).await;
    let demo = Settings { demo: true, ..wanted(CloudMode::LocalFirst) };
    save(&play, demo);
    sleep(72 * HOUR).await;
    assert_eq!(play.asked(), Vec::<String>::new());
    save(&play, wanted(CloudMode::CloudFirst));
    sleep(HOUR).await;
    assert_eq!(play.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn nobody_is_asked_without_an_address_or_by_a_terminal() {
    let (_folder, mut play) = begin(Plot::default());
    let mut nowhere = wanted(CloudMode::LocalFirst);
    nowhere.updates.address = "http://example.org/newest.json".into();
    save(&play, nowhere);
    check(&mut play).await;
    sleep(48 * HOUR).await;
    assert_eq!(play.asked(), Vec::<String>::new());
    // It keeps no settings.
    let mut terminal = Play::begin(Plot::default());
    save(&terminal, wanted(CloudMode::LocalFirst));
    check(&mut terminal).await;
    sleep(48 * HOUR).await;
    assert_eq!(terminal.asked(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_session_has_the_network_for_itself() {
    let (_folder, mut play) = begin(Plot::default());
    check(&mut play).await;
    play.start().await;
    save(&play, wanted(CloudMode::LocalFirst));
    sleep(MINUTE).await;
    assert_eq!(play.asked(), Vec::<String>::new());
    play.send(Command::Stop);
    assert!(play.ended().await.certificate.clean);
    sleep(MINUTE).await;
    assert_eq!(play.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_question_that_hangs_holds_nothing_up() {
    let (_folder, mut play) = begin(Plot { releases_hang: true, ..Plot::default() });
    save(&play, wanted(CloudMode::LocalFirst));
    check(&mut play).await;
    sleep(MINUTE).await;
    assert_eq!(play.asked().len(), 1, "it is under way and no second one begins");
    play.start().await;
    play.send(Command::Stop);
    assert!(play.ended().await.certificate.clean);
    sleep(MINUTE).await;
    assert_eq!(play.asked().len(), 2, "the session broke it off");
    play.send(Command::Shutdown);
    let last = play.shut_down().await;
    assert!(last.clean, "{last:?}");
    assert!(last.stopped_ms < 1000.0, "{last:?}");
}
