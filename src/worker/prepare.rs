//! From settings to a session that is ready: see who can be asked, cast the parts, build the place, wire the loops.

use std::{sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;

use super::{
    closing::{self, Left},
    loading::Loads,
    stagehand::{Paused, Prepared},
    throttles::Throttles,
    troupe::{self, Troupe},
};
use crate::{
    agent::{
        Beats, Context, LoopMessage,
        board::{self, Board, Duties, Minds},
    },
    environment::{Environment, world::WorldEnvironment},
    health::Subject,
    llm::{Brake, Gate, Http, Limits, Purse, account::Account, purse::Say},
    mind::{Mind, Stage, answering::Answering, company::Company, patience::Patience, player::Manner, worth::Worth},
    protocol::{Notice, NoticeKind, Problem, SessionStarted, Snapshot, Until},
    settings::{LimitSettings, Part, Settings},
};

/// What a session is made from.
pub struct Ingredients {
    pub settings: Settings,
    pub until: Until,
    pub gate: Gate,
    pub stop: CancellationToken,
    pub loads: Loads,
    pub http: Arc<Http>,
    /// The accounts in the cloud, as far as the policy lets them be asked.
    pub accounts: Vec<Account>,
    pub throttles: Throttles,
}

/// What is known of the models' side while a session runs.
#[derive(Clone)]
struct Books {
    stage: Stage,
    purse: Purse,
    worth: Worth,
    answering: Answering,
    brake: Brake,
}

/// Checks and builds everything. `subjects` are the servers that the check will look at.
pub async fn prepare(ingredients: Ingredients, subjects: Vec<Subject>) -> Result<Prepared, Problem> {
    let before = ingredients.http.ledger().read();
    let environment = environment(&ingredients.settings)?;
    let parts = ingredients.settings.agent.strategy.parts(&ingredients.settings.roles);
    let troupe = Troupe::gather(&ingredients, &subjects, &parts).await?;
    let Ingredients { settings, until, gate, stop, http, .. } = ingredients;
    let (tell, messages) = board::lane();
    let say = |kind: NoticeKind, from: &'static str| -> Say {
        let tell = tell.clone();
        Arc::new(move |text| {
            let notice = Notice { kind, from: from.to_owned(), text, problem: None };
            let _worker_is_gone = tell.send(LoopMessage::Notice(Box::new(notice)));
        })
    };
    let brake = Brake::default();
    let warn = say(NoticeKind::Warning, "budget");
    let books = Books {
        stage: Stage::default(),
        purse: Purse::new(settings.budget.clone(), settings.prices.clone(), brake.clone(), warn),
        worth: Worth::default(),
        answering: Answering::new(say(NoticeKind::Warning, "policy")),
        brake,
    };
    if let Some(words) = troupe::notice(&settings) {
        say(NoticeKind::Information, "policy")(words);
    }
    let mind = cast(&settings, parts, &troupe, &books)?;
    let narrator = troupe.narrator(&settings, &books.purse, &books.answering).map(Arc::new);
    let duties = duties(&settings, until);
    let started = SessionStarted {
        session: session_name(),
        environment: environment.info().title,
        goal: duties.goal.clone(),
        seed: settings.agent.seed,
        strategy: settings.agent.strategy,
        demo: settings.demo && troupe.local.is_some(),
    };
    let context = Context { stop, gate, brake: books.brake.clone(), beats: Beats::default(), tell };
    let (board, script) = board::wire(environment, Minds { mind, narrator }, duties, context);
    let mut troupe = troupe;
    let report = troupe.report.take();
    let left = Left {
        behind: troupe.local.as_mut().map(|side| std::mem::take(&mut side.behind)).unwrap_or_default(),
        cloud_ports: troupe.cloud.ports(),
        http: Arc::clone(&http),
        before: before.clone(),
    };
    let picture = picture(&board, &books, troupe, &settings, &started, http, before);
    let paused = Paused { brake: books.brake.clone(), purse: books.purse.clone() };
    let close = Box::new(move |deadline| {
        let closing = closing::close(board, left, deadline);
        Box::pin(async move {
            let mut closed = closing.await;
            closed.spending = books.purse.read();
            closed.ensemble = books.worth.read();
            closed
        }) as _
    });
    Ok(Prepared { started, report, script, messages, picture, paused, close })
}

/// Gives the parts to whoever can play them.
fn cast(settings: &Settings, parts: Vec<Part>, troupe: &Troupe, books: &Books) -> Result<Arc<dyn Mind>, Problem> {
    let Books { stage, purse, worth, answering, brake } = books;
    let company = Company {
        parts,
        who_plays: &|part| troupe.who_plays(settings, part, purse, answering),
        why_nobody: &|| troupe.why_nobody(),
        stage: stage.clone(),
        manner: manner(&settings.limits),
        patience: Patience {
            quorum: settings.limits.quorum,
            deadline: Duration::from_secs_f64(settings.limits.experts_s),
        },
        worth: worth.clone(),
        brake: brake.clone(),
    };
    company.cast(settings.agent.strategy)
}

/// What adds the session to a picture.
fn picture(
    board: &Board,
    books: &Books,
    troupe: Troupe,
    settings: &Settings,
    started: &SessionStarted,
    http: Arc<Http>,
    before: Vec<crate::protocol::EgressLine>,
) -> Box<dyn Fn(&mut Snapshot) + Send> {
    let (shown, beats, narrator) = (board.shown.clone(), board.context.beats.clone(), board.narrator.clone());
    let (books, goal, cloud) = (books.clone(), started.goal.clone(), settings.cloud);
    let is_demo = started.demo;
    let report = troupe.local.as_ref().map(|side| &side.report).or(troupe.cloud.report.as_ref());
    let server = report.map(|report| report.server.clone()).unwrap_or_default();
    let endpoint = report.map(|report| report.endpoint.clone()).unwrap_or_default();
    Box::new(move |snapshot: &mut Snapshot| {
        snapshot.connection.server.clone_from(&server);
        snapshot.connection.endpoint.clone_from(&endpoint);
        snapshot.connection.demo = is_demo;
        snapshot.connection.answering = books.answering.read();
        let now = shown.read();
        snapshot.goal.clone_from(&goal);
        snapshot.step = now.step;
        snapshot.score = now.score;
        snapshot.decision = now.decision;
        snapshot.environment = now.environment;
        snapshot.loops = beats.read();
        snapshot.experts = books.stage.read();
        snapshot.cloud = cloud;
        snapshot.providers = troupe.views();
        snapshot.spending = books.purse.read();
        snapshot.ensemble = books.worth.read();
        snapshot.narration = narrator.as_ref().and_then(|narrator| narrator.read());
        snapshot.egress = http.ledger().since(&before);
    })
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
        narrate_every: Duration::from_secs_f64(settings.agent.narrate_every_s.max(MOST_OFTEN_S)),
    }
}

/// A narrator that speaks more often than this is read by nobody. Seconds.
const MOST_OFTEN_S: f64 = 0.5;

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
