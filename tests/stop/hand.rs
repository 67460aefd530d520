//! A stagehand whose sessions are real, all but the place they act in and the loops that the test has put in place of
//! real ones: the wiring, the closing, the journal and its recorder are those of the program.

use std::{
    future::{pending, ready},
    sync::{
        Arc, Mutex, Once,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use singularis::{
    agent::{
        Beats, Context, Duties, Lessons, LoopResult, Reins,
        board::{self, Minds},
        permission::Caution,
        reflex::Thresholds,
    },
    environment::Environment,
    journal::{Beginning, Journal, Recorder},
    llm::{BoxFuture, Brake, Gate, Http, HttpConfig, OpenThings, Purse},
    mind::heuristic::Heuristic,
    protocol::{
        CertificateItem, Depth, Finding, Fix, HealthReport, LoopName, ModelsListed, Problem, RoleReport,
        SessionStarted, Snapshot, Until,
    },
    settings::{AskFrom, BreakerSettings, BudgetSettings, Provider, Secret, Settings, Strategy},
    worker::{
        archive::{Brought, Errand},
        closing::{self, Left},
        hooks::StopAsked,
        stagehand::{Close, Paused, Prepared, Stagehand},
        watching::Sighting,
    },
};
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::place::{KIND, Place};

const NEVER: Duration = Duration::from_secs(86_400);
/// Between two decisions; nobody needs more of them.
const PACE: Duration = Duration::from_millis(20);

/// What the next session is to be like.
#[derive(Default)]
pub struct Plot {
    place: Place,
    /// In place of the loops of these names.
    instead: Vec<(LoopName, BoxFuture<'static, LoopResult>)>,
    /// Closing it blocks its thread until the other end of this is dropped.
    closing_blocks: Option<std::sync::mpsc::Receiver<()>>,
}

impl Plot {
    pub fn in_place(place: Place) -> Self {
        Self { place, ..Self::default() }
    }

    /// Closing it blocks its thread until the other end of this is dropped.
    pub fn closing_blocks(self, until: std::sync::mpsc::Receiver<()>) -> Self {
        Self { closing_blocks: Some(until), ..self }
    }

    /// This runs in place of the loop of this name.
    pub fn instead_of(mut self, name: LoopName, running: impl Future<Output = LoopResult> + Send + 'static) -> Self {
        self.instead.push((name, Box::pin(running)));
        self
    }
}

/// Panics are made here on purpose and timed: looking up the names of a whole stack takes longer than a place may take.
static QUIET: Once = Once::new();

/// Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Hand(Arc<Shared>);

struct Shared {
    next: Mutex<Option<Plot>>,
    begun: AtomicU64,
    journal: Journal,
    http: Arc<Http>,
    _folder: TempDir,
}

impl Hand {
    /// With a journal in a folder of its own.
    pub fn open() -> Self {
        QUIET.call_once(|| std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))));
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("journal.sqlite")).unwrap();
        let http = Arc::new(Http::new(HttpConfig::default(), OpenThings::default()).unwrap());
        Self(Arc::new(Shared { next: Mutex::new(None), begun: AtomicU64::new(0), journal, http, _folder: folder }))
    }

    /// The next session is like this, and those after it are as they should be.
    pub fn plan(&self, plot: Plot) {
        *self.0.next.lock().unwrap() = Some(plot);
    }

    async fn wire(self, gate: Gate, stop: CancellationToken) -> Prepared {
        let Plot { place, instead, closing_blocks } = self.0.next.lock().unwrap().take().unwrap_or_default();
        let number = self.0.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let started = SessionStarted {
            session: format!("s-{number}"),
            environment: place.info().title,
            goal: duties().goal,
            seed: number,
            strategy: Strategy::Heuristic,
            demo: false,
        };
        let beginning = Beginning {
            started: started.clone(),
            settings: String::new(),
            owner: "a test".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let trouble = Arc::new(|_shown_by_the_certificate: &Problem| {});
        let recorder = Recorder::begin(Ok(self.0.journal.clone()), beginning, trouble).await;
        let (tell, messages) = board::lane();
        let brake = Brake::default();
        let purse = Purse::new(BudgetSettings::default(), Vec::new(), brake.clone(), Arc::new(|_words| {}));
        let breakers = BreakerSettings { same_action: 0, no_change: 0, same_error: 0, time_s: 0 };
        let reins = Reins::new(brake.clone(), breakers);
        let paused = Paused { reins: reins.clone(), purse, stop_asked: StopAsked::default() };
        let beats = Beats::default();
        let context = Context { stop, gate, brake, reins, beats, recorder: recorder.clone(), tell };
        let lessons = Lessons::recall(KIND, Err("nothing is kept".to_owned()), false).await;
        let minds = Minds { mind: Arc::new(Heuristic::default()), narrator: None, lessons };
        let (board, mut script) = board::wire(Box::new(place), minds, duties(), context);
        for (name, running) in instead {
            let (_, real) = script.iter_mut().find(|(other, _)| *other == name).expect("a loop of this name");
            *real = running;
        }
        let http = Arc::clone(&self.0.http);
        let open_now = closing::counter(&board, &http);
        let left = Left { behind: Vec::new(), cloud_ports: Vec::new(), http, before: Vec::new() };
        let close: Close = Box::new(move |deadline| {
            Box::pin(async move {
                if let Some(until) = closing_blocks {
                    let _gone = until.recv();
                }
                closing::close(board, left, deadline).await
            })
        });
        let (report, picture) = (None, Box::new(|_: &mut Snapshot| {}));
        Prepared { started, report, script, messages, picture, paused, close, recorder, open_now }
    }
}

fn duties() -> Duties {
    Duties {
        goal: "Walk until somebody presses Stop".to_owned(),
        goal_when: None,
        cycles: None,
        duration: None,
        pace: PACE,
        world_waits: true,
        turn: NEVER,
        reflex: Thresholds { health_percent: 30, enemies: 3, stamina_percent: 15, preempts: true },
        caution: Caution::new(AskFrom::default(), NEVER),
        exploration_patience: NEVER,
        learning: false,
        narrate_every: NEVER,
    }
}

impl Stagehand for Hand {
    fn prepare(
        &self,
        _settings: Settings,
        _until: Until,
        gate: Gate,
        stop: CancellationToken,
    ) -> BoxFuture<'static, Result<Prepared, Problem>> {
        let hand = self.clone();
        Box::pin(async move { Ok(hand.wire(gate, stop).await) })
    }

    /// Nobody presses Check here.
    fn check(
        &self,
        _settings: Settings,
        _depth: Depth,
        _findings: mpsc::UnboundedSender<Finding>,
    ) -> BoxFuture<'static, HealthReport> {
        Box::pin(pending())
    }

    fn fix(&self, _settings: Settings, _fix: Fix) -> BoxFuture<'static, Result<(), Problem>> {
        Box::pin(ready(Ok(())))
    }

    fn load(
        &self,
        _settings: Settings,
        _endpoint: String,
        _model: String,
        _context_length: Option<u32>,
    ) -> BoxFuture<'static, Result<(), Problem>> {
        Box::pin(ready(Ok(())))
    }

    fn refresh(&self, _settings: Settings) -> BoxFuture<'static, Vec<ModelsListed>> {
        Box::pin(ready(Vec::new()))
    }

    fn watch(
        &self,
        _settings: Settings,
        _roles: Vec<RoleReport>,
        _in_session: bool,
        _sightings: mpsc::UnboundedSender<Sighting>,
    ) -> BoxFuture<'static, ()> {
        Box::pin(pending())
    }

    fn take_report(&self, _report: &HealthReport) -> Vec<ModelsListed> {
        Vec::new()
    }

    fn change_key(&self, _provider: Provider, _key: Option<Secret>) -> BoxFuture<'static, Option<Problem>> {
        Box::pin(ready(None))
    }

    fn read_keys(&self) -> BoxFuture<'static, ()> {
        Box::pin(ready(()))
    }

    fn forget_lessons(&self, _environment: String) -> BoxFuture<'static, Result<u64, Problem>> {
        Box::pin(ready(Ok(0)))
    }

    fn errand(&self, _errand: Errand) -> BoxFuture<'static, Result<Brought, Problem>> {
        Box::pin(ready(Ok(Brought::Nothing)))
    }

    fn picture(&self, _snapshot: &mut Snapshot) {}

    fn begin_stop(&self) {
        self.0.http.open().begin_watch();
    }

    fn close(&self) -> BoxFuture<'static, Vec<CertificateItem>> {
        let journal = self.0.journal.clone();
        Box::pin(async move {
            journal.close().await.expect("nothing stands in its way");
            Vec::new()
        })
    }
}
