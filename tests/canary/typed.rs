//! Keys that are typed into the window: the worker behind it takes them, uses them, and tells nobody.

use std::time::Duration;

use singularis::{
    protocol::{Command, Depth, Event, UiLink},
    settings::{CloudMode, Home, Provider, Secret, Settings, file::Loaded},
    worker::{self, Outside},
};
use tokio::time::timeout;

use crate::{
    assert_nothing_got_out,
    canaries::{Flock, Place},
    scan::{Found, files},
    server::{self, Manner},
};

/// Long enough for a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits for an event of this kind; everything that is heard is kept as it would be written down.
async fn hear(link: &mut UiLink, heard: &mut String, is_it: impl Fn(&Event) -> bool) {
    loop {
        let event = timeout(PATIENCE, link.event()).await.expect("the worker says something").expect("it is there");
        heard.push_str(&format!("{event:?}\n{}\n", serde_json::to_string(&event).unwrap()));
        heard.push_str(&format!("{:?}\n", link.snapshot()));
        if is_it(&event) {
            return;
        }
    }
}

#[tokio::test]
async fn keys_that_are_typed_are_told_to_nobody() {
    let flock = Flock::new();
    let server = server::start(Manner::Refuses, &flock);
    let home = tempfile::tempdir().unwrap();
    let mut settings = Settings::default();
    settings.endpoints[0].url = format!("http://127.0.0.1:{}", server.port);
    settings.providers.gemini.url.clone_from(&settings.endpoints[0].url);
    settings.providers.claude.url.clone_from(&settings.endpoints[0].url);
    settings.cloud = CloudMode::CloudFirst;
    let outside = Outside { journal: Some(home.path().join("journal.sqlite")), ..Outside::default() };
    let loaded = Loaded { settings, warnings: Vec::new() };
    let worker::Worker { mut link, thread, .. } =
        worker::start(loaded, Some(Home::in_folder(home.path())), outside).unwrap();
    let mut heard = String::new();
    let providers = [Provider::Local, Provider::Gemini, Provider::Claude];
    for (provider, typed) in providers.into_iter().zip(&flock.typed) {
        let command = Command::StoreKey { provider, key: Secret::new(typed).unwrap() };
        heard.push_str(&format!("{command:?}\n{}\n", serde_json::to_string(&command).unwrap()));
        link.send(command).unwrap();
        hear(&mut link, &mut heard, |event| matches!(event, Event::KeyChanged { .. })).await;
    }
    // A key that changes has everything looked at again, so what is finished may be an older look.
    link.send(Command::CheckHealth { depth: Depth::Full }).unwrap();
    let is_used = |event: &Event| {
        matches!(event, Event::CheckFinished(_)) && flock.typed.iter().all(|typed| server.was_sent(typed))
    };
    hear(&mut link, &mut heard, is_used).await;
    link.send(Command::PrepareBundle).unwrap();
    hear(&mut link, &mut heard, |event| matches!(event, Event::BundleReady(_))).await;
    link.send(Command::Shutdown).unwrap();
    hear(&mut link, &mut heard, |event| matches!(event, Event::ShutDown(_))).await;
    thread.join().unwrap();
    let mut found = files(home.path());
    found.push(Found::new(Place::Elsewhere, "what the worker said", heard.as_bytes()));
    assert_nothing_got_out(&flock, &found);
}
