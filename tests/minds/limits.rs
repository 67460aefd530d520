//! What a session may use up, and how fast: it pauses before it would be too much, and nobody overtakes.

use std::time::{Duration, Instant};

use singularis::{
    protocol::{Command, Ending, Event, PauseReason, Phase},
    settings::{CloudMode, PriceSettings, Provider as Who, Strategy},
};

use crate::session::{Session, World, played};

/// Each provider is asked once for its models.
const LISTS: usize = 2;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_budget_of_calls_warns_pauses_and_goes_on_when_it_is_granted_again() {
    let world = World::begin().await;
    let mut settings = world.settings(Strategy::CloudExperts, CloudMode::CloudOnly);
    settings.budget.calls = 25;
    let mut session = Session::open(settings);
    session.start(Some(4));
    let (mut pauses, mut asked_in_pause) = (Vec::new(), Vec::new());
    let played = session
        .listen(|event, link| {
            if let Event::Paused { why } = event {
                pauses.push(why.clone());
                let asked = || world.gemini.requests().len() + world.claude.requests().len();
                // What was let through before the pause may still be on its way.
                let began = Instant::now();
                while asked() < 25 + LISTS && began.elapsed() < Duration::from_secs(10) {
                    std::thread::yield_now();
                }
                asked_in_pause.push(asked());
                assert!(matches!(link.snapshot().phase, Phase::Paused { .. } | Phase::Running));
                link.send(Command::Resume { word: None }).unwrap();
            }
        })
        .await;
    session.leave().await;
    assert_eq!(played.report.outcome, Ending::LimitReached, "{:?}", played.report.problem);
    let pauses: Vec<&str> = pauses.iter().map(PauseReason::words).collect();
    assert_eq!(pauses, ["The budget of 25 calls is used up"], "four decisions of ten calls");
    assert_eq!(asked_in_pause, [25 + LISTS], "not one question more than the budget");
    assert!(played.warned.iter().any(|said| said.contains("nearly used up: 20 of 25 calls")), "{:?}", played.warned);
    let spending = &played.report.spending;
    assert_eq!((spending.calls, spending.budget.calls), (40, Some(50)));
    assert!(played.report.certificate.clean, "{:?}", played.report.certificate);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_is_never_overdrawn_and_a_paused_session_can_be_stopped() {
    let world = World::begin().await;
    let mut settings = world.settings(Strategy::CloudExperts, CloudMode::CloudOnly);
    let price = |provider, model: &str| PriceSettings {
        provider,
        model: model.into(),
        input_per_million: 10.0,
        output_per_million: 50.0,
    };
    settings.prices = vec![price(Who::Gemini, "gemini-9"), price(Who::Claude, "claude-sonnet-9")];
    settings.budget.usd = 0.5;
    let mut session = Session::open(settings);
    session.start(None);
    let played = session
        .listen(|event, link| {
            if matches!(event, Event::Paused { .. }) {
                // What has left already is paid for at what it really costs only if it may end.
                // The picture may be of the moment before a round began, so it has to stay quiet for a while.
                let is_asked =
                    || world.gemini.open() + world.claude.open() > 0 || link.snapshot().connection.requests > 0;
                let (began, mut asked_at) = (Instant::now(), Instant::now());
                while asked_at.elapsed() < Duration::from_secs(1) && began.elapsed() < Duration::from_secs(20) {
                    if is_asked() {
                        asked_at = Instant::now();
                    }
                    std::thread::yield_now();
                }
                link.send(Command::Stop).unwrap();
            }
        })
        .await;
    session.leave().await;
    assert_eq!(played.report.outcome, Ending::Stopped);
    assert!(played.report.certificate.clean, "{:?}", played.report.certificate);
    let spending = &played.report.spending;
    assert!(spending.usd > 0.3 && spending.usd <= 0.5, "{spending:?}");
    let (mut usd, mut told) = (0.0, 0);
    for request in [world.gemini.requests(), world.claude.requests()].concat() {
        let tokens = |count: u64| f64::from(u32::try_from(count).unwrap());
        usd += (tokens(request.prompt_tokens) * 10.0 + tokens(request.answer_tokens) * 50.0) / 1e6;
        told += request.prompt_tokens + request.answer_tokens;
    }
    assert!((usd - spending.usd).abs() < 1e-9, "{usd} by the providers' own count, {spending:?}");
    assert_eq!(told, spending.prompt_tokens + spending.answer_tokens);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_price_that_nobody_knows_is_said_and_not_taken_for_nothing() {
    let world = World::begin().await;
    let played = played(world.settings(Strategy::Single, CloudMode::CloudOnly), 3, |_step| {}).await;
    let spending = &played.report.spending;
    assert_eq!((spending.calls, spending.unpriced_calls, spending.usd), (3, 3, 0.0));
    assert_eq!(spending.lines[0].usd, None);
    assert_eq!(played.warned.len(), 1, "once for the model and not for each question: {:?}", played.warned);
    assert!(played.warned[0].starts_with("What claude-sonnet-9 costs is not known"), "{:?}", played.warned);
    assert!(!spending.prices_as_of.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn experts_of_one_provider_share_its_places() {
    let world = World::begin().await;
    let mut settings = world.settings(Strategy::CloudExperts, CloudMode::CloudOnly);
    settings.providers.gemini.at_once = 2;
    world.gemini.behave_when_asked(crate::provider::Behaviour::AnswerAfter(Duration::from_secs(1)));
    let began = Instant::now();
    let played = played(settings, 1, |_step| {}).await;
    assert_eq!(world.gemini.most_open(), 2, "six experts, two places");
    assert!(began.elapsed() >= Duration::from_secs(3));
    let queued = played.picture.experts.iter().flat_map(|expert| &expert.asks);
    // Half of what an answer takes tells those who waited for one from those who sat down late.
    let waited = queued.filter(|ask| ask.sent_at_ms.is_some_and(|sent| sent >= ask.queued_at_ms + 500)).count();
    assert_eq!(waited, 4, "those who waited are seen to have waited");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_can_pause_and_go_on() {
    let world = World::begin().await;
    let mut settings = world.settings(Strategy::Single, CloudMode::CloudOnly);
    // So that it is not over before the pause is asked for.
    settings.agent.pace_ms = 200;
    let mut session = Session::open(settings);
    session.start(Some(6));
    let asked = || world.claude.requests().len();
    // Two steps, then a pause, in which at most what was under way comes to its end.
    let paused = async {
        loop {
            match session.link.event().await.expect("the worker lives") {
                Event::Step(step) if step.step == 2 => session.link.send(Command::Pause).unwrap(),
                Event::Paused { why } => return why,
                _ => {}
            }
        }
    };
    assert_eq!(tokio::time::timeout(Duration::from_secs(60), paused).await.expect("in time"), PauseReason::Person);
    // Long enough for a decision that is under way, and for many more if there were any.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = asked();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(asked(), before, "nothing new is asked");
    assert!(matches!(session.link.snapshot().phase, Phase::Paused { .. }));
    session.link.send(Command::Resume { word: None }).unwrap();
    let played = session.listen(|_event, _link| {}).await;
    session.leave().await;
    assert_eq!((played.report.outcome, played.report.steps), (Ending::LimitReached, 6));
}
