//! A server with places enough for everybody, what is wrong with it, and the settings that ask it.

use std::time::Duration;

use singularis::{
    demo::{DemoConfig, DemoModel, DemoServer, Fault, FaultKind},
    settings::{Role, Settings, Strategy},
};

use crate::{SEEN_WITHIN, within};

/// Where models are asked.
pub const CHAT: &str = "/chat/completions";
/// Questions that the server answers at the same time.
const PLACES: u32 = 20;
/// Between two decisions, so that an episode lasts longer than a test needs. Milliseconds.
const PACE_MS: u64 = 100;

/// A server that loses no time, with these faults in every chat.
pub async fn server(faults: &[FaultKind]) -> DemoServer {
    let model = DemoModel { loaded: true, parallel: PLACES, ..DemoModel::llm("demo/small-talker") };
    let config = DemoConfig {
        models: vec![model],
        token_pace: Duration::ZERO,
        first_token_after: Duration::ZERO,
        load_takes: Duration::ZERO,
        faults: in_chats(faults),
        ..DemoConfig::default()
    };
    DemoServer::start(config).await.expect("a free port")
}

/// These faults, in every chat and nowhere else.
pub fn in_chats(faults: &[FaultKind]) -> Vec<Fault> {
    let fault = |what: &FaultKind| Fault { on: CHAT.to_owned(), first: None, what: what.clone() };
    faults.iter().map(fault).collect()
}

/// How many chats have come in.
pub fn chats(server: &DemoServer) -> usize {
    server.requests().iter().filter(|request| request.path.ends_with(CHAT)).count()
}

/// Nothing is generated any more and every connection is closed, as the server sees it.
pub async fn is_left_alone(server: &DemoServer) {
    within(SEEN_WITHIN, "the server generates nothing", || server.busy() + server.queued() == 0).await;
    within(SEEN_WITHIN, "the server has no connection left", || server.open_connections() == 0).await;
}

/// One model at this address decides alone.
pub fn single(url: &str) -> Settings {
    asking(url, Strategy::Single)
}

/// So many experts and a synthesizer at this address.
pub fn experts(url: &str, count: usize) -> Settings {
    let mut settings = asking(url, Strategy::LocalExperts);
    settings.roles.retain(|role| !role.is_expert());
    settings.roles.extend((1..=count).map(|number| Role::new(&format!("expert.{number}"), "threat")));
    settings
}

/// Nobody is asked.
pub fn rules() -> Settings {
    asking("", Strategy::Heuristic)
}

fn asking(url: &str, strategy: Strategy) -> Settings {
    let mut settings = Settings::default();
    url.clone_into(&mut settings.endpoints[0].url);
    settings.agent.strategy = strategy;
    settings.agent.narrate_every_s = 0.0;
    settings.agent.pace_ms = PACE_MS;
    settings.agent.learning = false;
    settings
}
