//! From settings to a session that is ready: see who can be asked, cast the parts, build the place, wire the loops.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    backstage::Backstage,
    closing::{self, Left},
    hooks::{self, StopAsked},
    keeping::FROM_JOURNAL,
    loading::Loads,
    memory::Memory,
    opening,
    stagehand::{Closed, Paused, Prepared},
    throttles::Throttles,
    troupe::{self, Troupe},
};
use crate::{
    agent::{
        Beats, Context, LoopMessage, Reins,
        board::{self, Board, Duties, Minds},
        permission::Caution,
        reflex::Thresholds,
    },
    environment::Holdings,
    health::Subject,
    journal::{Beginning, Recorder, Trouble},
    llm::{Brake, Gate, Http, Limits, Purse, account::Account, purse::Say},
    mind::{Mind, Stage, answering::Answering, company::Company, patience::Patience, player::Manner, worth::Worth},
    process::ChildEvent,
    protocol::{Notice, NoticeKind, PauseReason, Problem, SessionStarted, Snapshot, Until, What},
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
    pub memory: Memory,
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
///
/// The place is opened once everybody who is to think is there: models are missing more often than places, and a desktop
/// that is really used counts down when it is opened. Dropping the future, or a problem, leaves nothing behind.
pub async fn prepare(
    backstage: &Backstage,
    ingredients: Ingredients,
    subjects: Vec<Subject>,
) -> Result<Prepared, Problem> {
    let before = ingredients.http.ledger().read();
    let parts = ingredients.settings.agent.strategy.parts(&ingredients.settings.roles);
    let troupe = Troupe::gather(&ingredients, &subjects, &parts).await?;
    let Ingredients { settings, until, gate, stop, http, loads, memory, .. } = ingredients;
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
    if let Some(words) = opening::goal_notice(&settings.agent) {
        say(NoticeKind::Information, "goal")(words);
    }
    let duties = duties(&settings, until);
    let stop_asked = StopAsked::default();
    let hooks = hooks::hooks(&books.brake, &gate, &stop_asked, &tell);
    let environment = opening::open(backstage, &settings, hooks, stop.clone()).await?;
    if gate.is_shut() {
        opening::let_go(environment).await;
        return Err(stopped_meanwhile());
    }
    let started = SessionStarted {
        session: session_name(),
        environment: environment.info().title,
        goal: duties.goal.clone(),
        seed: settings.agent.seed,
        strategy: settings.agent.strategy,
        demo: settings.demo && troupe.local.is_some(),
    };
    let recorder = recorder(&memory, &loads, &environment.holdings(), &settings, &started, &books, &tell).await;
    let cast = cast(&settings, parts, &troupe, &books, &recorder);
    let mind = match cast {
        Ok(mind) => mind,
        Err(problem) => {
            opening::let_go(environment).await;
            return Err(problem);
        }
    };
    if let Some(words) = opening::sight_notice(&settings.agent, mind.wants_picture()) {
        say(NoticeKind::Warning, "sight")(words);
    }
    let narrator = troupe.narrator(&settings, &books.purse, &books.answering, &recorder).map(Arc::new);
    let lessons = memory.recall(&environment.info().kind, settings.agent.learning).await;
    let reins = Reins::new(books.brake.clone(), settings.breakers.clone());
    let (brake, beats) = (books.brake.clone(), Beats::default());
    let context = Context { stop, gate, brake, reins: reins.clone(), beats, recorder: recorder.clone(), tell };
    let (board, script) = board::wire(environment, Minds { mind, narrator, lessons }, duties, context);
    let mut troupe = troupe;
    let report = troupe.report.take();
    let left = Left {
        behind: troupe.local.as_mut().map(|side| std::mem::take(&mut side.behind)).unwrap_or_default(),
        cloud_ports: troupe.cloud.ports(),
        http: Arc::clone(&http),
        before: before.clone(),
    };
    let open_now = {
        let count = closing::counter(&board, &http);
        let (books, shown, http, before) = (books.clone(), board.shown.clone(), Arc::clone(&http), before.clone());
        Box::new(move || {
            let mut closed = count();
            closed.egress = http.ledger().since(&before);
            (closed.spending, closed.ensemble) = (books.purse.read(), books.worth.read());
            (closed.regret, closed.clock) = shown.get(|shown| (shown.regret.clone(), shown.clock));
            closed
        }) as Box<dyn Fn() -> Closed + Send>
    };
    let picture = picture(&board, &books, troupe, &settings, &started, http, before);
    let paused = Paused { reins, purse: books.purse.clone(), stop_asked };
    let shown = board.shown.clone();
    let close = Box::new(move |deadline| {
        let closing = closing::close(board, left, deadline);
        Box::pin(async move {
            let mut closed = closing.await;
            closed.spending = books.purse.read();
            closed.ensemble = books.worth.read();
            (closed.regret, closed.clock) = shown.get(|shown| (shown.regret.clone(), shown.clock));
            closed
        }) as _
    });
    Ok(Prepared { started, report, script, messages, picture, paused, close, recorder, open_now })
}

/// What keeps the session. Where it cannot be kept from the start, that is said and it runs all the same: nothing is lost
/// that somebody could count on. Where keeping breaks off, it pauses, and a person says whether it goes on without.
async fn recorder(
    memory: &Memory,
    loads: &Loads,
    holdings: &Holdings,
    settings: &Settings,
    started: &SessionStarted,
    books: &Books,
    tell: &mpsc::UnboundedSender<LoopMessage>,
) -> Recorder {
    if !memory.is_kept() {
        return Recorder::none();
    }
    let has_begun = Arc::new(AtomicBool::new(false));
    let (brake, tell, is_running) = (books.brake.clone(), tell.clone(), Arc::clone(&has_begun));
    let trouble: Trouble = Arc::new(move |problem: &Problem| {
        let words = problem.to_string();
        let text = format!("This session is not being recorded: {words}");
        let notice =
            Notice { kind: NoticeKind::Warning, from: FROM_JOURNAL.to_owned(), text, problem: Some(problem.clone()) };
        let _worker_is_gone = tell.send(LoopMessage::Notice(Box::new(notice)));
        if is_running.load(Ordering::SeqCst) {
            brake.pull(PauseReason::NotRecorded { words: problem.summary.clone() });
        }
    });
    let journal = memory.journal().await;
    let beginning = Beginning {
        started: started.clone(),
        settings: toml::to_string_pretty(settings).unwrap_or_default(),
        owner: memory.owner(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let recorder = Recorder::ready(journal, beginning, trouble);
    let keeps = recorder.clone();
    let runtime = tokio::runtime::Handle::current();
    holdings.children.set_watch(Arc::new(move |event| {
        keeps.keep_later(match event {
            ChildEvent::Began(belonging) => What::Opened(belonging),
            ChildEvent::Ended(belonging) => What::Closed(belonging),
        });
        // At once: whoever is killed in the next moment leaves a child behind that nobody would know of. A session that
        // does not come to be after all leaves no trace, though, and the guardian knows of its children.
        let flushes = keeps.clone();
        runtime.spawn(async move { flushes.flush_if_begun().await });
    }));
    for belonging in loads.ours() {
        recorder.keep_later(What::Opened(belonging));
    }
    has_begun.store(true, Ordering::SeqCst);
    recorder
}

/// Gives the parts to whoever can play them.
fn cast(
    settings: &Settings,
    parts: Vec<Part>,
    troupe: &Troupe,
    books: &Books,
    recorder: &Recorder,
) -> Result<Arc<dyn Mind>, Problem> {
    let Books { stage, purse, worth, answering, brake } = books;
    let company = Company {
        parts,
        who_plays: &|part| troupe.who_plays(settings, part, purse, answering).recorded_by(recorder),
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
    let (reins, lessons, glimpse) = (board.context.reins.clone(), board.lessons.clone(), board.glimpse());
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
        glimpse(&mut snapshot.environment);
        snapshot.regret = now.regret;
        snapshot.clock = now.clock;
        snapshot.approval = reins.waiting();
        snapshot.lessons = lessons.view();
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

/// A stop that came from the place itself while it was opened.
fn stopped_meanwhile() -> Problem {
    Problem::plain("The session was stopped before it began", Vec::new(), "Start it again when you are ready")
}

/// For tools the server's own settings say what is asked about; everywhere else the agent's do.
fn caution(settings: &Settings) -> Caution {
    let wait = Duration::from_secs_f64(settings.agent.approval_s);
    match settings.server_of(&settings.agent.environment) {
        Some(server) => Caution {
            ask_from: server.extras.ask_from,
            wait,
            server: Some(server.name.clone()),
            allowed: server.extras.allowed.iter().cloned().collect(),
        },
        None => Caution::new(settings.agent.ask_from, wait),
    }
}

fn duties(settings: &Settings, until: Until) -> Duties {
    let agent = &settings.agent;
    let seconds = Duration::from_secs_f64;
    Duties {
        goal: opening::goal(agent),
        goal_when: agent.condition(),
        cycles: until.cycles,
        duration: until.duration_ms.map(Duration::from_millis),
        pace: Duration::from_millis(agent.pace_ms),
        world_waits: agent.world_waits,
        turn: seconds(agent.turn_s),
        reflex: Thresholds {
            health_percent: agent.reflex_health_percent,
            enemies: agent.reflex_enemies,
            stamina_percent: agent.reflex_stamina_percent,
            preempts: agent.reflex_preempts,
        },
        caution: caution(settings),
        exploration_patience: seconds(agent.exploration_patience_s),
        learning: agent.learning,
        narrate_every: seconds(agent.narrate_every_s.max(MOST_OFTEN_S)),
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

/// Sorts by time; two sessions of one program never begin in the same millisecond, and two programs have two numbers.
fn session_name() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("s-{:011x}-{:04x}", since.as_millis(), std::process::id() & 0xffff)
}
