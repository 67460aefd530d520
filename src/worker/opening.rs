//! The place that a session acts in: found by its name in the settings and opened, and let go of again where the session
//! does not come to be after all.

use std::time::Duration;

use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::{backstage::Backstage, servers};
use crate::{
    environment::{
        Environment, Hooks, desktop, tools,
        world::{World, WorldEnvironment},
    },
    protocol::Problem,
    settings::{AgentSettings, ServerSettings, Settings, Strategy, goals_of},
};

/// How long letting go of keys may take where the session did not begin.
const KEYS_MAY_TAKE: Duration = Duration::from_millis(200);
/// How long the environment may take for the rest.
const RELEASE_MAY_TAKE: Duration = Duration::from_millis(500);
/// And its children.
const CHILDREN_MAY_TAKE: Duration = Duration::from_millis(1600);
const DESKTOP: &str = "desktop";
const WORLD: &str = "world";

/// Opens the place that the settings name. `stop` ends every wait in it. Dropping the future leaves nothing behind.
pub async fn open(
    backstage: &Backstage,
    settings: &Settings,
    hooks: Hooks,
    stop: CancellationToken,
) -> Result<Box<dyn Environment>, Problem> {
    let agent = &settings.agent;
    match agent.environment.as_str() {
        WORLD => Ok(Box::new(WorldEnvironment::of(World::with_wording(agent.seed, agent.difficulty, agent.wording)))),
        DESKTOP => {
            let outside = &backstage.outside;
            let (guardian, profiles) = (outside.program.clone(), outside.profiles.clone());
            let around = desktop::Surroundings { hooks, stop, guardian, profiles };
            desktop::open(&settings.desktop, around).await.map_err(|problem| *problem)
        }
        other => {
            let server = server_of(settings, other)?;
            let around = servers::surroundings(backstage, server, hooks);
            tools::open(server, around).await.map_err(|problem| *problem)
        }
    }
}

/// The server that is meant, if it is there and switched on.
fn server_of<'s>(settings: &'s Settings, environment: &str) -> Result<&'s ServerSettings, Problem> {
    match settings.server_of(environment) {
        Some(server) if server.is_enabled => Ok(server),
        Some(server) => Err(Problem::plain(
            format!("The tool server {} is switched off", server.name),
            Vec::new(),
            "Switch it on on the Servers page, or choose another environment",
        )),
        None => {
            let servers = settings.servers.iter().filter(|server| server.is_enabled).map(ServerSettings::environment);
            let known: Vec<String> = [WORLD, DESKTOP].into_iter().map(str::to_owned).chain(servers).collect();
            Err(Problem::plain(
                format!("There is no environment called {environment}"),
                vec![format!("There are: {}", known.join(", "))],
                "Choose one of these, or add a tool server on the Servers page",
            ))
        }
    }
}

/// What the agent is to achieve. The goal that everybody begins with is one of the built-in world and means nothing
/// elsewhere; there the agent only looks around, until somebody says what it is for.
pub fn goal(agent: &AgentSettings) -> String {
    let is_usual = agent.goal.trim().is_empty() || agent.goal == AgentSettings::default().goal;
    match goals_of(&agent.environment).first() {
        Some(looking) if is_usual && agent.environment != WORLD => looking.text.to_owned(),
        _ => agent.goal.clone(),
    }
}

/// What a person is told where another goal is followed than the settings say.
pub fn goal_notice(agent: &AgentSettings) -> Option<String> {
    let goal = goal(agent);
    (goal != agent.goal).then(|| format!("No goal was set for this environment, so it is: {goal}"))
}

/// What a person is told where whoever decides hears of the screen in words only.
pub fn sight_notice(agent: &AgentSettings, wants_picture: bool) -> Option<String> {
    let titles = [Strategy::Hybrid, Strategy::Parallel].map(Strategy::title);
    let words = || {
        let titles = titles.join(" and ");
        format!(
            "Nobody is shown pictures of the screen, only told of it in words: {titles} look, and every role whose \
             settings say that it needs vision"
        )
    };
    (agent.environment == DESKTOP && !wants_picture).then(words)
}

/// Lets go of a place in which no session has begun, in bounded time.
pub async fn let_go(mut environment: Box<dyn Environment>) {
    let holdings = environment.holdings();
    let keys = holdings.keys.release_all_within(KEYS_MAY_TAKE).await;
    let released = timeout(RELEASE_MAY_TAKE, environment.release()).await;
    let children = holdings.children.end_all(Instant::now() + CHILDREN_MAY_TAKE).await;
    if released.is_err() {
        tracing::warn!("the environment of a session that did not begin did not let go in time");
    }
    for item in keys.iter().chain(&children) {
        tracing::info!("{} {}: {} {}", item.kind.word(), item.name, item.outcome.word(), item.note);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(servers: &[(&str, bool)]) -> Settings {
        let server = |(name, is_enabled): &(&str, bool)| ServerSettings {
            is_enabled: *is_enabled,
            ..ServerSettings::program(name, "server", &[])
        };
        Settings { servers: servers.iter().map(server).collect(), ..Settings::default() }
    }

    #[test]
    fn a_server_is_found_by_its_name_and_what_is_not_there_is_answered_with_what_is() {
        let settings = settings(&[("files", true), ("old", false)]);
        assert_eq!(server_of(&settings, "tools:files").unwrap().name, "files");
        let off = server_of(&settings, "tools:old").unwrap_err();
        assert!(off.summary.contains("old is switched off"), "{off}");
        for unknown in ["tools:shop", "moon", ""] {
            let problem = server_of(&settings, unknown).unwrap_err();
            assert_eq!(problem.details, ["There are: world, desktop, tools:files"]);
        }
    }

    #[test]
    fn the_goal_of_the_built_in_world_is_none_elsewhere() {
        let mut agent = AgentSettings::default();
        assert_eq!((goal(&agent), goal_notice(&agent)), (AgentSettings::default().goal, None));
        agent.environment = "tools:files".to_owned();
        let looking = goals_of("tools:files")[0].text;
        assert!(looking.contains("change nothing"), "{looking}");
        assert_eq!(goal(&agent), looking);
        assert!(goal_notice(&agent).unwrap().contains(looking));
        assert_eq!(sight_notice(&agent, false), None);
        agent.goal = "Count the files".to_owned();
        assert_eq!((goal(&agent).as_str(), goal_notice(&agent)), ("Count the files", None));
    }

    #[test]
    fn whoever_cannot_see_the_screen_is_named_before_it_acts() {
        let agent = AgentSettings { environment: "desktop".to_owned(), ..AgentSettings::default() };
        assert!(sight_notice(&agent, false).unwrap().contains(Strategy::Hybrid.title()));
        assert_eq!(sight_notice(&agent, true), None);
    }
}
