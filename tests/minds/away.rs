//! A provider is pulled away in mid-session, in every way in which that happens, and comes back. Who answers instead is
//! said before it is asked, and nobody is asked in vain.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use singularis::{
    demo::{Fault, FaultKind},
    protocol::Ending,
    settings::{CloudMode, Settings, Strategy},
};

use crate::{
    provider::{Behaviour, Provider, raw::until},
    session::{Played, World, played},
};

/// Shows the sequence of a session: who decided each step, and what was said in between.
fn shown(name: &str, played: &Played) -> String {
    let steps: Vec<String> = played.steps.iter().map(|step| format!("{} {} ms", step.by, step.took_ms)).collect();
    let text = format!("{name}\n  steps: {}\n  said: {:#?}", steps.join(", "), played.said);
    println!("{text}");
    text
}

/// Claude goes away at step 2 and is back at step 5; Gemini stands behind it.
async fn pulled(world: &World, settings: Settings, away: Behaviour, cycles: u64) -> Played {
    played(settings, cycles, |step| match step {
        2 => world.claude.behave_when_asked(away.clone()),
        5 => world.claude.behave(Behaviour::Answer),
        _ => {}
    })
    .await
}

fn asked(provider: &Provider) -> usize {
    provider.requests().iter().filter(|request| !request.model.is_empty()).count()
}

fn short(world: &World) -> Settings {
    let mut settings = world.settings(Strategy::Single, CloudMode::CloudOnly);
    // Between two questions there is time to change what the provider does.
    settings.agent.pace_ms = 1_000;
    settings
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refused_connections_switch_at_once() {
    let world = World::begin().await;
    let played = pulled(&world, short(&world), Behaviour::Refuse, 7).await;
    let text = shown("refused", &played);
    assert_eq!(played.report.outcome, Ending::LimitReached, "{:?}", played.report.problem);
    assert!(played.report.certificate.clean);
    // The first question may have come in just before the listener was gone, and is then closed and not refused.
    assert!(played.said[0].starts_with("Gemini answers instead of Claude: "), "{text}");
    assert!(played.said.iter().any(|said| said.contains("instead of Claude: Nothing answers")), "{text}");
    assert!(
        played.said.iter().any(|said| said.starts_with("Gemini answers until ")),
        "the circuit says until when: {text}"
    );
    assert!(asked(&world.gemini) >= 3, "{text}");
    // Three tries would cost three seconds.
    assert!(played.steps.iter().all(|step| step.took_ms < 2900), "a refusal costs no time: {text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_with_retry_after_is_kept_to_and_over_by_itself() {
    let world = World::begin().await;
    // Longer than anybody waits for another try, so that somebody else answers meanwhile.
    let away = world.claude.rate_limited("31");
    let before = Instant::now();
    let played = pulled(&world, short(&world), away, 8).await;
    let text = shown("429 with Retry-After", &played);
    assert_eq!(played.report.outcome, Ending::LimitReached, "{:?}", played.report.problem);
    assert_eq!(played.said.len(), 1, "{text}");
    assert!(
        played.said[0].starts_with("Gemini answers until ") && played.said[0].contains("instead of Claude"),
        "{text}"
    );
    let limited: Vec<_> = world.claude.requests().into_iter().filter(|request| request.status == Some(429)).collect();
    assert_eq!(limited.len(), 1, "asked once, and not before the time that was named: {text}");
    assert!(before.elapsed() < Duration::from_secs(30), "nobody waited for it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_limit_is_waited_for_and_nobody_else_is_asked() {
    let world = Arc::new(World::begin().await);
    let settings = short(&world);
    let healing = tokio::spawn({
        let world = Arc::clone(&world);
        async move {
            let is_limited = || world.claude.requests().iter().any(|request| request.status == Some(429));
            until("it was limited once", is_limited).await;
            world.claude.behave(Behaviour::Answer);
        }
    });
    let played = played(settings, 4, |step| {
        if step == 2 {
            world.claude.behave_when_asked(world.claude.rate_limited("0.7"));
        }
    })
    .await;
    healing.await.unwrap();
    let text = shown("429 with a short Retry-After", &played);
    assert_eq!(
        (played.report.outcome, played.said.len(), asked(&world.gemini)),
        (Ending::LimitReached, 0, 0),
        "{text}"
    );
    let requests = world.claude.requests();
    let refused = requests.iter().find(|request| request.status == Some(429)).expect("it was limited once");
    let next = requests.iter().find(|request| request.at > refused.at).expect("it was asked again");
    assert!(next.at - refused.at >= Duration::from_millis(700), "{:?}", next.at - refused.at);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_without_a_time_is_tried_three_times_and_then_switched() {
    let world = World::begin().await;
    let words = "Number of requests per minute has exceeded your rate limit";
    let body = serde_json::json!({"type": "error", "error": {"type": "rate_limit_error", "message": words}});
    let away = Behaviour::Status { code: 429, retry_after: None, body };
    let played = pulled(&world, short(&world), away, 4).await;
    let text = shown("429 without Retry-After", &played);
    assert_eq!(played.report.outcome, Ending::LimitReached, "{:?}", played.report.problem);
    assert!(played.said[0].starts_with("Gemini answers instead of Claude"), "{text}");
    let limited: Vec<Instant> = world
        .claude
        .requests()
        .into_iter()
        .filter(|request| request.status == Some(429))
        .map(|request| request.at)
        .collect();
    assert!(limited.len() <= 6, "two decisions, three tries each: {text}");
    assert!(limited[..3].windows(2).all(|pair| pair[1] - pair[0] >= Duration::from_millis(900)), "no storm: {text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_hangs_is_given_up_within_its_limit() {
    for (name, away) in [("hanging", Behaviour::Hang), ("stalled in mid-answer", Behaviour::Stall)] {
        let world = World::begin().await;
        let mut settings = short(&world);
        (settings.limits.first_token_s, settings.limits.between_tokens_s) = (0.6, 0.6);
        let played = pulled(&world, settings, away, 7).await;
        let text = shown(name, &played);
        assert_eq!(played.report.outcome, Ending::LimitReached, "{text}: {:?}", played.report.problem);
        assert!(played.said[0].starts_with("Gemini answers instead of Claude"), "{text}");
        assert!(played.steps.iter().all(|step| step.took_ms < 10_000), "{text}");
        assert!(world.claude.hung_up() >= 1, "the connection was closed from this side: {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_comes_back_is_asked_again_by_itself() {
    let world = World::begin().await;
    let mut settings = world.settings(Strategy::Hybrid, CloudMode::CloudFirst);
    settings.agent.pace_ms = 1_000;
    let played = played(settings, 8, |step| match step {
        2 => world.gemini.behave_when_asked(Behaviour::Refuse),
        // One failure is no reason yet to leave it alone; the stopped clock of another test shows the minute after two.
        3 => world.gemini.behave(Behaviour::Answer),
        _ => {}
    })
    .await;
    let text = shown("gone and back", &played);
    assert_eq!(played.report.outcome, Ending::LimitReached, "{:?}", played.report.problem);
    assert_eq!(played.said.len(), 2, "{text}");
    assert!(played.said[0].starts_with("Claude answers instead of Gemini"), "{text}");
    assert_eq!(played.said[1], "Gemini is asked again", "{text}");
    let seen_by =
        |provider: &Provider| provider.requests().into_iter().filter(|request| request.role == "vision").count();
    assert_eq!((seen_by(&world.gemini), seen_by(&world.claude)), (7, 1), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_local_server_that_breaks_is_replaced_from_the_cloud_and_that_is_announced() {
    let world = World::begin().await;
    let busy = FaultKind::Status(503, "application/json".into(), r#"{"error":"server busy"}"#.into());
    let fault = vec![Fault { on: "/chat/completions".to_owned(), first: None, what: busy }];
    let settings = world.settings(Strategy::LocalExperts, CloudMode::LocalFirst);
    let played = played(settings, 6, |step| {
        if step == 2 {
            world.local.set_faults(fault.clone());
        }
    })
    .await;
    let text = shown("a local server breaks", &played);
    assert_eq!(played.report.outcome, Ending::LimitReached, "{:?}", played.report.problem);
    assert!(
        played.said.iter().any(|said| said.starts_with("Claude answers") && said.contains("local models")),
        "{text}"
    );
    assert!(asked(&world.claude) > 0, "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_local_server_the_cloud_plays_if_that_is_allowed_and_it_is_said_why() {
    let world = World::begin().await;
    let mut settings = world.settings(Strategy::LocalExperts, CloudMode::LocalFirst);
    settings.endpoints[0].url = "http://127.0.0.1:9".to_owned();
    let played = played(settings, 2, |_step| {}).await;
    assert_eq!(played.report.outcome, Ending::LimitReached, "{:?}", played.report.problem);
    let text = shown("no local server", &played);
    assert!(played.said[0].starts_with("Claude answers instead of local models: "), "{text}");
}
