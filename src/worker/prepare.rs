//! From settings to a session that is ready: check the server, cast the parts, build the place, wire the loops.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use tokio::net::lookup_host;
use tokio_util::sync::CancellationToken;

use super::{
    closing::{self, Behind},
    cloud::{self, Substitute},
    loading::Loads,
    stagehand::Prepared,
};
use crate::{
    agent::board::{self, Duties},
    environment::{Environment, world::WorldEnvironment},
    health::{self, Subject, lms::Lms},
    llm::{
        BaseUrl, Gate, Http, Limits, Model,
        account::Account,
        lm_studio::{ChatModel, LmStudio},
    },
    mind::{
        Mind, Stage,
        experts::{LocalExperts, Patience},
        heuristic::Heuristic,
        player::{Manner, Player},
        prompts,
        single::Single,
        switch::{Standings, Switch},
    },
    protocol::{Api, HealthReport, Problem, RoleReport, SessionStarted, Until, Verdict},
    settings::{CloudMode, LimitSettings, Role, Settings, Strategy},
};

/// How differently one model is to answer when it is asked several times: sober, usual, daring.
const SEVERAL_MINDS: [f32; 3] = [0.2, 0.7, 1.0];

/// What a session is made from.
pub struct Ingredients {
    pub settings: Settings,
    pub until: Until,
    pub gate: Gate,
    pub stop: CancellationToken,
    pub loads: Loads,
    pub http: Arc<Http>,
    /// The accounts in the cloud, where those are asked instead of a server.
    pub accounts: Vec<Account>,
}

/// A mind that is ready, and the servers behind it.
struct Cast {
    mind: Arc<dyn Mind>,
    behind: Vec<Behind>,
    report: Option<Box<HealthReport>>,
}

/// Checks and builds everything. `subjects` are the servers that the check will look at.
pub async fn prepare(ingredients: Ingredients, subjects: Vec<Subject>) -> Result<Prepared, Problem> {
    let Ingredients { settings, until, gate, stop, loads, http, accounts } = ingredients;
    let before = http.ledger().read();
    let environment = environment(&settings)?;
    let stage = Stage::default();
    let standings = Standings::default();
    let is_local = !cloud::is_asked(&settings) || settings.agent.strategy == Strategy::Heuristic;
    let cast = if is_local {
        let substitute = cloud::substitute(&settings, &accounts, &gate).await;
        let routing = Routing { mode: settings.cloud, substitute, standings: standings.clone() };
        cast(&settings, &subjects, &gate, &stage, &loads, &routing).await?
    } else {
        let (mind, report) = cloud::cast(&settings, &accounts, &gate, &stage).await?;
        Cast { mind, behind: Vec::new(), report: Some(Box::new(report)) }
    };
    let duties = duties(&settings, until);
    let started = SessionStarted {
        session: session_name(),
        environment: environment.info().title,
        goal: duties.goal.clone(),
        seed: settings.agent.seed,
        strategy: settings.agent.strategy,
        demo: settings.demo && !cast.behind.is_empty(),
    };
    let (board, script, messages) = board::wire(environment, cast.mind, duties, gate, stop);
    let (shown, beats, goal) = (board.shown.clone(), board.context.beats.clone(), started.goal.clone());
    let (report, is_demo) = (cast.report, started.demo);
    let server = report.as_ref().map(|report| report.server.clone()).unwrap_or_default();
    let endpoint = report.as_ref().map(|report| report.endpoint.clone()).unwrap_or_default();
    let picture = Box::new(move |snapshot: &mut crate::protocol::Snapshot| {
        snapshot.connection.server.clone_from(&server);
        snapshot.connection.endpoint.clone_from(&endpoint);
        snapshot.connection.demo = is_demo;
        snapshot.connection.answering = standings.announced();
        let now = shown.read();
        snapshot.goal.clone_from(&goal);
        snapshot.step = now.step;
        snapshot.score = now.score;
        snapshot.decision = now.decision;
        snapshot.environment = now.environment;
        snapshot.loops = beats.read();
        snapshot.experts = stage.read();
    });
    let close = Box::new(move |deadline| Box::pin(closing::close(board, cast.behind, http, before, deadline)) as _);
    Ok(Prepared { started, report, script, messages, picture, close })
}

fn environment(settings: &Settings) -> Result<Box<dyn Environment>, Problem> {
    match settings.agent.environment.as_str() {
        "world" => Ok(Box::new(WorldEnvironment::new(settings.agent.seed, settings.agent.difficulty))),
        other => Err(Problem::plain(
            format!("There is no environment called {other}"),
            vec!["This version has: world".to_owned()],
            "Choose the built-in world",
        )),
    }
}

fn duties(settings: &Settings, until: Until) -> Duties {
    Duties {
        goal: settings.agent.goal.clone(),
        cycles: until.cycles,
        duration: until.duration_ms.map(Duration::from_millis),
        pace: Duration::from_millis(settings.agent.pace_ms),
        reflex_health_percent: settings.agent.reflex_health_percent,
        exploration_patience: Duration::from_secs_f64(settings.agent.exploration_patience_s),
    }
}

async fn cast(
    settings: &Settings,
    subjects: &[Subject],
    gate: &Gate,
    stage: &Stage,
    loads: &Loads,
    routing: &Routing,
) -> Result<Cast, Problem> {
    if settings.agent.strategy == Strategy::Heuristic {
        return Ok(Cast { mind: Arc::new(Heuristic::default()), behind: Vec::new(), report: None });
    }
    let report = health::check(subjects, &mut |_finding| {}).await.ok_or_else(no_server)?;
    let obstacle = report.obstacle(settings.agent.strategy).cloned();
    if let Some(problem) = obstacle {
        if routing.substitute.is_none() {
            return Err(problem);
        }
        // Nobody here can be asked, and the policy allows somebody else.
        let mind = mind(settings, &report, &Servers::default(), stage, routing)?;
        return Ok(Cast { mind, behind: Vec::new(), report: Some(Box::new(report)) });
    }
    let needed = |endpoint: &str| {
        report.roles.iter().any(|role| role.endpoint == endpoint && settings.agent.strategy.needs(&role.role))
    };
    let (mut behind, mut servers) = (Vec::new(), Servers::default());
    for subject in subjects.iter().filter(|subject| needed(&subject.endpoint)) {
        let (Ok(found), Some(report)) = (&subject.found, report.of_endpoint(&subject.endpoint)) else {
            return Err(refusal(&report));
        };
        let server = LmStudio::new(Arc::clone(&subject.http), found.base.clone(), subject.token.clone())
            .known_as(report.server.product);
        behind.push(Behind {
            server: server.clone(),
            product: report.server.product,
            addresses: addresses(&found.base, subject.proxy.as_deref()).await,
            lms: Lms::find(subject.user_home.as_deref(), subject.path.as_deref()),
            name: subject.endpoint.clone(),
        });
        servers.insert(subject.endpoint.clone(), server.behind(gate.clone()));
    }
    load_what_is_named(settings, &report, &servers, loads).await?;
    let mind = mind(settings, &report, &servers, stage, routing)?;
    Ok(Cast { mind, behind, report: Some(Box::new(report)) })
}

/// Who else may be asked than the local servers, and when.
struct Routing {
    mode: CloudMode,
    substitute: Option<Substitute>,
    standings: Standings,
}

impl Routing {
    /// The model of one part: the local one alone, or a switch between it and the one in the cloud.
    fn model<F>(&self, role: &Role, local: &F) -> Result<Arc<dyn Model>, Problem>
    where
        F: Fn(&Role) -> Result<Arc<dyn Model>, Problem>,
    {
        let Some(substitute) = &self.substitute else { return local(role) };
        let cloud = Some(substitute.model(&role.name));
        Ok(Arc::new(Switch::new(self.mode, local(role).ok(), cloud, self.standings.clone())))
    }
}

/// The servers of a session by the name of their endpoint.
type Servers = BTreeMap<String, LmStudio>;

/// A model that is named and not loaded is loaded once, before several experts ask for it at the same time and each ask
/// starts a copy of its own.
async fn load_what_is_named(
    settings: &Settings,
    report: &HealthReport,
    servers: &Servers,
    loads: &Loads,
) -> Result<(), Problem> {
    let within = Duration::from_secs_f64(settings.limits.load_s);
    let mut loaded: Vec<(&str, &str)> = Vec::new();
    for role in
        report.roles.iter().filter(|role| role.verdict != Verdict::Failed && settings.agent.strategy.needs(&role.role))
    {
        let (Some(here), Some(server)) = (report.of_endpoint(&role.endpoint), servers.get(&role.endpoint)) else {
            continue;
        };
        let is_cold = here.server.api == Some(Api::V1)
            && here.models.iter().any(|model| model.answers_to(&role.model) && !model.is_loaded());
        if is_cold && !loaded.contains(&(role.endpoint.as_str(), role.model.as_str())) {
            loaded.push((&role.endpoint, &role.model));
            let loading = loads.load(server, &role.endpoint, &role.model, None, within);
            loading.await.map_err(|error| error.problem())?;
        }
    }
    Ok(())
}

fn no_server() -> Problem {
    Problem::plain("There is no server to ask", Vec::new(), "Open Setup and run the check")
}

fn refusal(report: &HealthReport) -> Problem {
    let advice = "Open Setup and run the check";
    match report.first_problem() {
        Some(problem) => problem.clone(),
        None => Problem::plain("The server is not ready", vec![report.endpoint.clone()], advice),
    }
}

/// Where connections of the session will go; through a proxy they cannot be told from others.
async fn addresses(base: &BaseUrl, proxy: Option<&str>) -> Vec<std::net::SocketAddr> {
    if proxy.is_some() && !base.is_loopback() {
        return Vec::new();
    }
    let host = base.host().trim_matches(['[', ']']);
    lookup_host((host, base.port())).await.map(Iterator::collect).unwrap_or_default()
}

fn mind(
    settings: &Settings,
    report: &HealthReport,
    servers: &Servers,
    stage: &Stage,
    routing: &Routing,
) -> Result<Arc<dyn Mind>, Problem> {
    let role_report = |role: &Role| report.roles.iter().find(|report| report.role == role.name);
    let local = |role: &Role| -> Result<Arc<dyn Model>, Problem> {
        let found = role_report(role);
        let name = playable(role, found)?;
        // In the demo every role is asked at the demo, whatever the settings say.
        let endpoint = found.map_or(role.endpoint.as_str(), |found| found.endpoint.as_str());
        let server = servers.get(endpoint).ok_or_else(no_server)?;
        let models = report.of_endpoint(endpoint).map(|here| here.models.as_slice()).unwrap_or_default();
        let names = models.iter().map(|model| model.key.clone()).collect();
        Ok(Arc::new(ChatModel::new(server, &role.name, name, names)))
    };
    let model = |role: &Role| routing.model(role, &local);
    let synthesizer = settings.roles.iter().find(|role| role.name == "synthesizer").ok_or_else(no_synthesizer)?;
    let manner = manner(&settings.limits);
    if settings.agent.strategy == Strategy::Single {
        let player = Player::new(&synthesizer.name, "single", prompts::single(), model(synthesizer)?, stage);
        return Ok(Arc::new(Single::new(Arc::new(player), stage.clone(), manner)));
    }
    let mut experts = Vec::new();
    if settings.agent.strategy == Strategy::SelfExperts {
        for (number, temperature) in SEVERAL_MINDS.into_iter().enumerate() {
            let name = format!("mind.{}", number + 1);
            let player = Player::new(&name, &name, prompts::single(), model(synthesizer)?, stage);
            experts.push(Arc::new(player.warmed_to(temperature)));
        }
    }
    let is_own = |role: &&Role| role.is_expert() && settings.agent.strategy != Strategy::SelfExperts;
    for role in settings.roles.iter().filter(is_own) {
        let system = prompts::expert(&role.instruction);
        experts.push(Arc::new(Player::new(&role.name, title(role), system, model(role)?, stage)));
    }
    if experts.is_empty() {
        return Err(Problem::plain(
            "There are no experts",
            vec!["Local experts need at least one role called expert.1".to_owned()],
            "Add experts to the settings, or choose one model alone",
        ));
    }
    let decider = Player::new(&synthesizer.name, "synthesizer", prompts::synthesizer(), model(synthesizer)?, stage);
    let patience =
        Patience { quorum: settings.limits.quorum, deadline: Duration::from_secs_f64(settings.limits.experts_s) };
    Ok(Arc::new(LocalExperts::new(experts, Arc::new(decider), stage.clone(), manner, patience)))
}

/// A prompt of its own has no short name; then the role's must do.
fn title(role: &Role) -> &str {
    if role.instruction.len() <= 24 && !role.instruction.contains('\n') { &role.instruction } else { &role.name }
}

/// The model of a role, unless the check found that it cannot be asked.
fn playable<'r>(role: &Role, report: Option<&'r RoleReport>) -> Result<&'r str, Problem> {
    let nothing_known =
        || Problem::plain(format!("Nothing is known about {}", role.name), Vec::new(), "Check again in Setup");
    match report {
        Some(RoleReport { verdict: Verdict::Failed, problem, .. }) => {
            Err(problem.clone().unwrap_or_else(nothing_known))
        }
        Some(report) => Ok(&report.model),
        None => Err(nothing_known()),
    }
}

fn no_synthesizer() -> Problem {
    Problem::plain("There is no synthesizer", Vec::new(), "Add a role called synthesizer to the settings")
}

pub(super) fn manner(limits: &LimitSettings) -> Manner {
    Manner { limits: limits_of(limits), answer_tokens: limits.answer_tokens }
}

/// The settings' seconds as limits.
pub fn limits_of(limits: &LimitSettings) -> Limits {
    Limits {
        first_token: Duration::from_secs_f64(limits.first_token_s),
        between_tokens: Duration::from_secs_f64(limits.between_tokens_s),
        total: Duration::from_secs_f64(limits.total_s),
    }
}

/// Sorts by time, and two sessions never begin in the same millisecond.
fn session_name() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("s-{:011x}", since.as_millis())
}
