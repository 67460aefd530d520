//! Every way of thinking under every policy: it plays, asks only whom it may, and ends clean.

use singularis::{
    protocol::{Command, Depth, Ending, Event, Wellness},
    settings::{CloudMode, Provider as Who, Settings, Strategy, file::Loaded},
    worker::{self, Outside},
};

use crate::session::{Played, World, played};

const MODES: [CloudMode; 4] =
    [CloudMode::LocalOnly, CloudMode::LocalFirst, CloudMode::CloudFirst, CloudMode::CloudOnly];

/// Who was asked for a part, by the ledger.
fn asked(played: &Played, who: Who) -> usize {
    let parts = played.report.egress.iter().filter(|line| line.provider == who && line.purpose != "health check");
    parts.filter(|line| line.requests > 0).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_of_thinking_under_every_policy_ends_clean() {
    for mode in MODES {
        for strategy in Strategy::ALL {
            let world = World::begin().await;
            let played = played(world.settings(strategy, mode), 2, |_step| {}).await;
            let name = format!("{} under {mode:?}", strategy.name());
            assert_eq!(played.report.outcome, Ending::LimitReached, "{name}: {:?}", played.report.problem);
            assert_eq!(played.report.steps, 2, "{name}");
            assert!(played.report.certificate.clean, "{name}: {:?}", played.report.certificate);
            let [local, gemini, claude] = Who::ALL.map(|who| asked(&played, who));
            let expected = match (strategy, mode) {
                (Strategy::Heuristic, _) => [0, 0, 0],
                (Strategy::Single, CloudMode::LocalOnly | CloudMode::LocalFirst) => [1, 0, 0],
                (Strategy::Single, _) => [0, 0, 1],
                (Strategy::LocalExperts, CloudMode::LocalOnly | CloudMode::LocalFirst) => [5, 0, 0],
                (Strategy::LocalExperts, _) => [0, 0, 5],
                (Strategy::SelfExperts, CloudMode::LocalOnly | CloudMode::LocalFirst) => [4, 0, 0],
                (Strategy::SelfExperts, _) => [0, 0, 4],
                (Strategy::CloudExperts, CloudMode::LocalOnly | CloudMode::LocalFirst) => [10, 0, 0],
                (Strategy::CloudExperts, _) => [0, 6, 4],
                (Strategy::Hybrid, CloudMode::LocalOnly | CloudMode::LocalFirst) => [2, 0, 0],
                (Strategy::Hybrid, _) => [0, 1, 1],
                (Strategy::Parallel, CloudMode::LocalOnly | CloudMode::LocalFirst) => [12, 0, 0],
                (Strategy::Parallel, _) => [0, 7, 5],
            };
            assert_eq!([local, gemini, claude], expected, "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hybrid_sees_with_one_and_reasons_with_the_other_over_what_was_seen() {
    let world = World::begin().await;
    let mut settings = world.settings(Strategy::Hybrid, CloudMode::CloudOnly);
    settings.agent.pace_ms = 100;
    let played = played(settings, 3, |_step| {}).await;
    let roles = |provider: &crate::provider::Provider| {
        provider.requests().into_iter().map(|request| request.role).filter(|role| !role.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(roles(&world.gemini), vec!["vision"; 3]);
    assert_eq!(roles(&world.claude), vec!["reasoning"; 3]);
    let decision = played.picture.decision.as_ref().expect("a decision");
    let seen = &decision.proposals[0];
    assert!(!seen.thought.is_empty() && seen.action.is_none(), "{seen:?}");
    let told = serde_json::to_string(&seen.thought).unwrap();
    let is_told = |request: crate::provider::Request| request.body.to_string().contains(told.trim_matches('"'));
    assert!(world.claude.requests().into_iter().any(is_told), "what was seen goes along: {told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_ensemble_is_worth_is_told() {
    let world = World::begin().await;
    world.gemini.prefer(1);
    let played = played(world.settings(Strategy::CloudExperts, CloudMode::CloudOnly), 12, |_step| {}).await;
    let ensemble = &played.report.ensemble;
    assert_eq!((ensemble.decisions, ensemble.experts.len()), (12, 10));
    assert!(ensemble.agreement.is_some_and(|agreement| (0.5..=1.0).contains(&agreement)), "{ensemble:?}");
    for expert in &ensemble.experts {
        assert_eq!((expert.asked, expert.answered), (12, 12), "{expert:?}");
        assert!(expert.tokens > 0 && expert.usd.is_none(), "nobody knows the prices of these models: {expert:?}");
    }
    assert!(!ensemble.advice.is_empty(), "{ensemble:?}");
    let decision = played.picture.decision.as_ref().expect("a decision");
    assert_eq!(decision.proposals.len(), 9);
    assert!(decision.proposals.iter().all(|proposal| proposal.tokens.is_some_and(|tokens| tokens > 0)));
    assert!(played.picture.experts.iter().all(|expert| !expert.asks.is_empty()), "every lane has something in it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_narrator_speaks_beside_the_decisions_with_a_small_model() {
    let world = World::begin().await;
    let mut settings = world.settings(Strategy::Single, CloudMode::CloudOnly);
    settings.agent.narrate_every_s = 0.5;
    settings.agent.pace_ms = 250;
    let played = played(settings, 6, |_step| {}).await;
    let narration = played.picture.narration.clone().expect("a sentence");
    assert_eq!(narration.by, "claude-haiku-9", "{narration:?}");
    assert!(!narration.text.is_empty() && !narration.text.contains('\n'), "{narration:?}");
    assert!(played.report.certificate.items.iter().any(|item| item.name.starts_with("narrator (")));
    assert!(played.report.certificate.clean, "{:?}", played.report.certificate);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_address_of_a_gateway_that_is_none_is_said() {
    let mut settings = Settings { cloud: CloudMode::CloudOnly, ..Settings::default() };
    settings.providers.gemini.url = "ftp://somewhere".to_owned();
    let loaded = Loaded { settings, warnings: Vec::new() };
    let worker::Worker { mut link, thread, .. } = worker::start(loaded, None, Outside::default()).unwrap();
    link.send(Command::CheckHealth { depth: Depth::Full }).unwrap();
    let report = tokio::time::timeout(std::time::Duration::from_secs(10), async {
        loop {
            if let Some(Event::CheckFinished(report)) = link.event().await {
                return report;
            }
        }
    })
    .await
    .expect("in time");
    assert_eq!(report.verdict, Wellness::Unhealthy);
    let problem = report.first_problem().expect("a problem");
    assert!(
        problem.summary.contains("gateway for Gemini") && problem.details[0].contains("ftp://somewhere"),
        "{problem}"
    );
    link.send(Command::Shutdown).unwrap();
    assert!(tokio::task::spawn_blocking(move || thread.join()).await.unwrap().unwrap().clean);
}
