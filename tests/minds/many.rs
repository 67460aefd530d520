//! Many at once: what sixteen experts cost beyond the server's own time, and every client of `parallel` closed in mid-call.

use std::time::{Duration, Instant};

use singularis::{
    protocol::{Command, Event, OpenKind, Outcome},
    settings::{CloudMode, Role, Settings, Strategy},
};

use crate::{
    latency::Latency,
    provider::{Behaviour, raw::until},
    session::{Session, World},
};

/// How long the server takes for anything.
const LATENCY: Duration = Duration::from_millis(if cfg!(debug_assertions) { 600 } else { 200 });
const EXPERTS: usize = 16;
const ROUNDS: u64 = 10;

/// So much a round may take beyond the server's time, in milliseconds. A build that is not optimised and shares two cores
/// with everything else that is tested may take more, and there the round in the middle is judged and not the longest: to
/// ask one after the other would cost a whole [`LATENCY`] in each of them.
const BEYOND_MS: u64 = if cfg!(debug_assertions) { 400 } else { 5 };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_experts_take_little_longer_than_one() {
    let server = Latency::of(LATENCY).await;
    let mut settings = Settings { cloud: CloudMode::CloudOnly, ..Settings::default() };
    settings.agent.narrate_every_s = 0.0;
    // The same answer every time is what this server is for.
    settings.breakers.same_action = 0;
    settings.breakers.no_change = 0;
    settings.providers.claude.url = server.url();
    settings.providers.claude.at_once = 32;
    settings.providers.gemini.url = "http://127.0.0.1:9".to_owned();
    settings.roles.retain(|role| !role.is_expert());
    settings.roles.extend((1..=EXPERTS).map(|number| Role::new(&format!("expert.{number}"), "threat")));
    let mut session = Session::open(settings);
    session.start(Some(ROUNDS + 1));
    let played = session.listen(|_event, _link| {}).await;
    session.leave().await;
    // From the first expert's question to the synthesizer's: exactly the round, however long the rest took.
    let lanes: Vec<_> = played.picture.experts.iter().filter(|expert| expert.role.starts_with("expert.")).collect();
    let synthesizer = played.picture.experts.iter().find(|expert| expert.role == "synthesizer").unwrap();
    assert_eq!(lanes.len(), EXPERTS);
    let latency_ms = u64::try_from(LATENCY.as_millis()).unwrap();
    let mut beyond_ms: Vec<u64> = (0..synthesizer.asks.len())
        .map(|round| {
            let began = lanes.iter().filter_map(|lane| lane.asks.get(round)).map(|ask| ask.queued_at_ms).min().unwrap();
            (synthesizer.asks[round].queued_at_ms - began).saturating_sub(latency_ms)
        })
        .collect();
    // The first round opens the connections.
    let first = beyond_ms.remove(0);
    println!("{EXPERTS} experts: milliseconds beyond {LATENCY:?}: {beyond_ms:?}, the first round {first}");
    assert!(beyond_ms.len() >= 9, "{beyond_ms:?}");
    beyond_ms.sort_unstable();
    let judged = if cfg!(debug_assertions) { beyond_ms.len() / 2 } else { beyond_ms.len() - 1 };
    assert!(beyond_ms[judged] <= BEYOND_MS, "{beyond_ms:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_client_of_parallel_is_closed_in_mid_call() {
    let world = World::begin().await;
    let mut settings = world.settings(Strategy::Parallel, CloudMode::CloudFirst);
    settings.agent.narrate_every_s = 0.5;
    settings.providers.gemini.at_once = 20;
    settings.providers.claude.at_once = 20;
    world.gemini.behave_when_asked(Behaviour::Stall);
    world.claude.behave_when_asked(Behaviour::Stall);
    let mut session = Session::open(settings);
    session.start(None);
    until("nine experts and the eyes are in mid-call", || world.gemini.open() + world.claude.open() >= 10).await;
    let pressed = Instant::now();
    session.link.send(Command::Stop).unwrap();
    let played = session.listen(|event, _link| assert!(!matches!(event, Event::Step(_)))).await;
    until("every connection is closed, as the servers see it", || world.gemini.open() + world.claude.open() == 0).await;
    let took = pressed.elapsed();
    session.leave().await;
    let certificate = &played.report.certificate;
    assert!(certificate.clean, "{certificate:?}");
    let closed = |kind: OpenKind| {
        certificate.items.iter().filter(|item| item.kind == kind && item.outcome == Outcome::Closed).count()
    };
    println!(
        "{} clients and {} requests closed, {took:?} after Stop",
        closed(OpenKind::Client),
        closed(OpenKind::Request)
    );
    assert!(closed(OpenKind::Client) >= 18, "{certificate:?}");
    assert!(closed(OpenKind::Request) >= 10, "{certificate:?}");
    assert_eq!((certificate.open_after.requests, certificate.open_after.sockets), (0, Some(0)));
    // Whoever waited for a loop would wait for two seconds, and would have turned its line.
    assert!(took < Duration::from_secs(if cfg!(debug_assertions) { 3 } else { 1 }), "{took:?}");
}
