//! How the supervisor's work is really done: one HTTP layer, LM Studio or the demo, the built-in world.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{Mutex, mpsc},
    time::Instant,
};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{
    archive::{Brought, Errand},
    cloud_side,
    keys::Keys,
    loading::Loads,
    memory::Memory,
    notifying::{Notifier, Notifying, Tiding},
    prepare::{self, Ingredients},
    reports,
    stagehand::{Close, Prepared, Stagehand},
    throttles::Throttles,
    updates,
    watching::{self, Seen, Sighting},
};
use crate::{
    demo::{DemoConfig, DemoServer},
    health::{self, cloud::Place},
    llm::{BaseUrl, BoxFuture, Gate, Http, HttpConfig, OpenThings, open::millis},
    protocol::{
        Cause, CertificateItem, Check, Depth, Finding, Fix, HealthReport, ModelsListed, NewestRelease, OpenKind,
        Outcome, Problem, Product, RoleReport, Server, Snapshot, Until, Verdict, Wellness, sent_away,
    },
    settings::{Endpoint, Provider, Secret, Settings, Strategy, keychain::Keychain},
};

/// What the process was given by the world around it. Read once, in `main`.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// Where LM Studio keeps its folder.
    pub user_home: Option<PathBuf>,
    /// Where programs are looked for, from `PATH`.
    pub path: Option<OsString>,
    /// From `LM_API_TOKEN`, `GEMINI_API_KEY` and `ANTHROPIC_API_KEY`.
    pub keys: BTreeMap<Provider, Secret>,
    /// From `HTTPS_PROXY` and its kin.
    pub proxy: Option<String>,
    /// Hosts that the proxy is not asked for, from `NO_PROXY`.
    pub no_proxy: Option<String>,
    /// Where keys that are typed in are kept; without one they are kept until the program ends.
    pub keychain: Keychain,
    /// Where what is learnt is kept; without one it is kept until the program ends.
    pub journal: Option<PathBuf>,
    /// Why sessions are only looked at here and none is started: another copy of the program runs.
    pub read_only: Option<String>,
    /// This program, to be started a second time as the guardian; without it nobody looks after keys and children if this
    /// one is killed.
    pub program: Option<PathBuf>,
    /// Where the user keeps key profiles of their own.
    pub profiles: Option<PathBuf>,
    /// How quickly the demo speaks, from `SINGULARIS_DEMO_PACE_MS`; `None` for a pace that people can follow.
    pub demo_pace: Option<Duration>,
    /// Who shows notifications; without one nobody does.
    pub notifier: Option<Arc<dyn Notifier>>,
}

/// Everything that outlives sessions. Cheap to clone.
#[derive(Clone)]
pub struct Backstage {
    pub(super) http: Arc<Http>,
    pub(super) outside: Outside,
    pub(super) loads: Loads,
    pub(super) throttles: Throttles,
    pub(super) keys: Keys,
    pub(super) memory: Memory,
    seen: Seen,
    notifying: Notifying,
    demo: Arc<Mutex<Option<DemoServer>>>,
    /// A session runs that was begun as local only.
    local_session: Arc<AtomicBool>,
}

impl Backstage {
    /// `connect` is how long opening a connection may take.
    pub fn new(outside: Outside, connect: Duration) -> io::Result<Self> {
        let config = HttpConfig { connect, proxy: outside.proxy.clone(), no_proxy: outside.no_proxy.clone() };
        let http = Arc::new(Http::new(config, OpenThings::default())?);
        let keys = Keys::new(outside.keys.clone(), outside.keychain.clone());
        let (loads, seen, throttles) = (Loads::default(), Seen::default(), Throttles::default());
        let memory = Memory::new(outside.journal.clone(), outside.read_only.is_some());
        let (demo, local_session) = (Arc::default(), Arc::default());
        let notifying = Notifying::new(outside.notifier.clone());
        Ok(Self { http, outside, loads, throttles, keys, memory, seen, notifying, demo, local_session })
    }

    /// The demo's address; it is started when it is first needed.
    pub(super) async fn demo_address(&self) -> io::Result<BaseUrl> {
        let mut demo = self.demo.lock().await;
        let server = match demo.take() {
            Some(server) => server,
            None => DemoServer::start(self.demo_config()).await?,
        };
        let port = server.address().port();
        *demo = Some(server);
        Ok(BaseUrl::loopback(port))
    }

    fn demo_config(&self) -> DemoConfig {
        let config = DemoConfig::default();
        match self.outside.demo_pace {
            Some(pace) => DemoConfig { token_pace: pace, first_token_after: pace, ..config },
            None => config,
        }
    }

    pub(super) fn is_local_session(&self) -> bool {
        self.local_session.load(Ordering::SeqCst)
    }

    pub(super) fn key(&self, provider: Provider) -> Option<Secret> {
        self.keys.get(provider)
    }

    async fn check_now(
        &self,
        settings: Settings,
        depth: Depth,
        findings: mpsc::UnboundedSender<Finding>,
    ) -> HealthReport {
        self.keys.ready().await;
        self.obey(&settings);
        let accounts = match self.accounts(&settings) {
            Ok(accounts) => accounts,
            Err(problem) => return unhealthy(problem),
        };
        let parts = settings.agent.strategy.parts(&settings.roles);
        let send = |findings: mpsc::UnboundedSender<Finding>| {
            move |finding: Finding| {
                let _nobody_listens = findings.send(finding);
            }
        };
        let (mut tell_local, mut tell_cloud) = (send(findings.clone()), send(findings));
        let place = if cloud_side::is_alone(&settings) { Place::Alone } else { Place::BesideLocalServers };
        let cloud = health::cloud::check(&accounts, &parts, depth, place, &mut tell_cloud);
        if place == Place::Alone {
            return cloud.await;
        }
        let local = async {
            match self.subjects(&settings, depth).await {
                Ok(subjects) => {
                    health::check(&subjects, &mut tell_local).await.unwrap_or_else(|| unhealthy(no_endpoints()))
                }
                Err(problem) => unhealthy(problem),
            }
        };
        if accounts.is_empty() {
            return local.await;
        }
        let (local, cloud) = tokio::join!(local, cloud);
        health::cloud::beside(local, cloud)
    }
}

impl Stagehand for Backstage {
    fn prepare(
        &self,
        settings: Settings,
        until: Until,
        gate: Gate,
        stop: CancellationToken,
    ) -> BoxFuture<'static, Result<Prepared, Problem>> {
        let this = self.clone();
        Box::pin(async move {
            this.keys.ready().await;
            let has_no_server = cloud_side::is_alone(&settings) || settings.agent.strategy == Strategy::Heuristic;
            let subjects = if has_no_server { Vec::new() } else { this.subjects(&settings, Depth::Quick).await? };
            this.local_session.store(!cloud_side::is_allowed(&settings), Ordering::SeqCst);
            this.obey(&settings);
            let accounts = this.accounts(&settings)?;
            let (loads, http, throttles) = (this.loads.clone(), Arc::clone(&this.http), this.throttles.clone());
            let memory = this.memory.clone();
            let ingredients = Ingredients { settings, until, gate, stop, loads, http, accounts, throttles, memory };
            let local_session = LocalSession(Arc::clone(&this.local_session));
            let prepared = prepare::prepare(&this, ingredients, subjects).await?;
            Ok(Prepared { close: local_session.until(prepared.close), ..prepared })
        })
    }

    fn check(
        &self,
        settings: Settings,
        depth: Depth,
        findings: mpsc::UnboundedSender<Finding>,
    ) -> BoxFuture<'static, HealthReport> {
        let this = self.clone();
        Box::pin(async move { this.check_now(settings, depth, findings).await })
    }

    fn fix(&self, settings: Settings, fix: Fix) -> BoxFuture<'static, Result<(), Problem>> {
        let this = self.clone();
        Box::pin(async move { this.carry_out(settings, fix).await })
    }

    fn load(
        &self,
        settings: Settings,
        endpoint: String,
        model: String,
        context_length: Option<u32>,
    ) -> BoxFuture<'static, Result<(), Problem>> {
        let this = self.clone();
        Box::pin(async move { this.load_now(settings, endpoint, model, context_length).await })
    }

    fn refresh(&self, settings: Settings) -> BoxFuture<'static, Vec<ModelsListed>> {
        let this = self.clone();
        Box::pin(async move {
            match this.subjects(&settings, Depth::Quick).await {
                Ok(subjects) => watching::refresh(subjects, this.seen.clone()).await,
                Err(_no_demo) => Vec::new(),
            }
        })
    }

    fn watch(
        &self,
        settings: Settings,
        roles: Vec<RoleReport>,
        in_session: bool,
        sightings: mpsc::UnboundedSender<Sighting>,
    ) -> BoxFuture<'static, ()> {
        let this = self.clone();
        Box::pin(async move {
            if let Ok(subjects) = this.subjects(&settings, Depth::Quick).await {
                watching::watch(subjects, roles, in_session, this.seen.clone(), sightings).await;
            }
        })
    }

    fn take_report(&self, report: &HealthReport) -> Vec<ModelsListed> {
        self.seen.take(report)
    }

    fn change_key(&self, provider: Provider, key: Option<Secret>) -> BoxFuture<'static, Option<Problem>> {
        let (keys, throttles) = (self.keys.clone(), self.throttles.clone());
        Box::pin(async move {
            throttles.forget(provider);
            keys.change(provider, key).await
        })
    }

    fn read_keys(&self) -> BoxFuture<'static, ()> {
        let keys = self.keys.clone();
        Box::pin(async move { keys.read().await })
    }

    fn forget_lessons(&self, environment: String) -> BoxFuture<'static, Result<u64, Problem>> {
        let memory = self.memory.clone();
        Box::pin(async move { memory.forget(&environment).await })
    }

    fn errand(&self, errand: Errand) -> BoxFuture<'static, Result<Brought, Problem>> {
        // At once: a session may be started in the next moment.
        if let Errand::KeepSecrets { change } = &errand {
            self.keys.servers().use_now(change);
        }
        let this = self.clone();
        Box::pin(async move { this.run_errand(errand).await })
    }

    fn write_report(&self, session: String, limit: Duration) -> BoxFuture<'static, Result<Option<PathBuf>, Problem>> {
        Box::pin(reports::write(self.memory.clone(), session, limit))
    }

    fn newest_release(&self, settings: Settings, address: Url) -> BoxFuture<'static, NewestRelease> {
        Box::pin(updates::newest_release(self.clone(), settings, address))
    }

    fn read_only(&self) -> Option<String> {
        self.outside.read_only.clone()
    }

    fn notify(&self, tiding: Tiding) {
        self.notifying.tell(tiding);
    }

    fn picture(&self, snapshot: &mut Snapshot) {
        snapshot.connection.token = self.keys.from(Provider::Local);
        snapshot.connection.gemini_key = self.keys.from(Provider::Gemini);
        snapshot.connection.claude_key = self.keys.from(Provider::Claude);
        snapshot.connection.keychain_trouble = self.keys.trouble();
        let open = self.http.open();
        snapshot.connection.requests = open.requests();
        snapshot.connection.trouble = self.seen.trouble();
        snapshot.loading = self.loads.view();
        // In whole seconds, so that a picture in which nothing else happened is not a new one.
        let seconds = open.last_good_answer().map(|at| at.elapsed().as_secs());
        snapshot.connection.last_good_ms = seconds.map(|seconds| seconds * 1000);
        snapshot.sent_off_machine_bytes = sent_away(&self.http.ledger().read());
    }

    fn begin_stop(&self) {
        self.http.open().begin_watch();
    }

    fn close(&self) -> BoxFuture<'static, Vec<CertificateItem>> {
        let this = self.clone();
        Box::pin(async move {
            this.http.close_idle();
            // Side by side: one that takes long must not keep the others from ending.
            let demo = async {
                let demo = this.demo.lock().await.take()?;
                let began = Instant::now();
                let aborted = demo.stop().await;
                Some(demo_item(aborted, began.elapsed()))
            };
            let (journal, demo, notices) = tokio::join!(this.memory.close(), demo, this.notifying.close());
            journal.into_iter().chain(demo).chain(notices).collect()
        })
    }
}

/// Switches the mark of a local session off when the session is closed, or never came to be.
struct LocalSession(Arc<AtomicBool>);

impl LocalSession {
    fn until(self, close: Close) -> Close {
        Box::new(move |deadline| {
            let closing = close(deadline);
            Box::pin(async move {
                let closed = closing.await;
                drop(self);
                closed
            })
        })
    }
}

impl Drop for LocalSession {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

/// Settings without an endpoint are mended when they are read, so this is for settings that came another way.
fn no_endpoints() -> Problem {
    Problem::plain("There is no server in the settings", Vec::new(), "Type the address of LM Studio in Setup")
}

/// How the demo ended.
fn demo_item(aborted: usize, took: Duration) -> CertificateItem {
    CertificateItem {
        kind: OpenKind::Client,
        name: Product::Demo.title().to_lowercase(),
        outcome: if aborted == 0 { Outcome::Closed } else { Outcome::Aborted },
        took_ms: millis(took),
        note: if aborted == 0 { String::new() } else { format!("{aborted} connections had to be cut") },
    }
}

/// A report for a check that could not begin.
fn unhealthy(problem: Problem) -> HealthReport {
    let finding = Finding {
        check: Check::Address,
        verdict: Verdict::Failed,
        because: None,
        took_ms: 0,
        note: problem.summary.clone(),
        problem: Some(problem),
        at: String::new(),
    };
    HealthReport {
        endpoint: Endpoint::FIRST.to_owned(),
        verdict: Wellness::Unhealthy,
        cause: None::<Cause>,
        server: Server::default(),
        findings: vec![finding],
        models: Vec::new(),
        roles: Vec::new(),
        took_ms: 0,
        name: Endpoint::FIRST.to_owned(),
        others: Vec::new(),
    }
}
