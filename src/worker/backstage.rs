//! How the supervisor's work is really done: one HTTP layer, LM Studio or the demo, the built-in world.

use std::{
    ffi::OsString,
    io,
    path::PathBuf,
    sync::{Arc, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Mutex, mpsc},
    time::Instant,
};
use tokio_util::sync::CancellationToken;

use super::{
    prepare::{self, Ingredients, limits_of},
    stagehand::{Prepared, Stagehand},
};
use crate::{
    demo::{DemoConfig, DemoServer},
    health::{Checkup, Found, Source, Subject, discover, lms::Lms},
    llm::{BaseUrl, BoxFuture, Gate, Http, HttpConfig, OpenThings, lm_studio::LmStudio, open::millis},
    protocol::{
        Cause, CertificateItem, Check, Depth, Finding, Fix, HealthReport, OpenKind, Outcome, Problem, Product, Server,
        Snapshot, TokenFrom, Until, Verdict, Wellness,
    },
    settings::{CloudMode, Endpoint, Secret, Settings},
};

/// What the demo is called where endpoints have names.
const DEMO_ENDPOINT: &str = "demo";

/// What the process was given by the world around it. Read once, in `main`.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// Where LM Studio keeps its folder.
    pub user_home: Option<PathBuf>,
    /// Where programs are looked for, from `PATH`.
    pub path: Option<OsString>,
    /// From `LM_API_TOKEN`.
    pub token: Option<Secret>,
    /// From `HTTPS_PROXY` and its kin.
    pub proxy: Option<String>,
    /// Hosts that the proxy is not asked for, from `NO_PROXY`.
    pub no_proxy: Option<String>,
    /// How quickly the demo speaks, from `SINGULARIS_DEMO_PACE_MS`; `None` for a pace that people can follow.
    pub demo_pace: Option<Duration>,
}

/// Everything that outlives sessions. Cheap to clone.
#[derive(Clone)]
pub struct Backstage {
    http: Arc<Http>,
    outside: Outside,
    demo: Arc<Mutex<Option<DemoServer>>>,
    /// Typed in by the user; forgotten when the program ends.
    typed_token: Arc<std::sync::Mutex<Option<Secret>>>,
}

impl Backstage {
    /// `connect` is how long opening a connection may take.
    pub fn new(outside: Outside, connect: Duration) -> io::Result<Self> {
        let config = HttpConfig { connect, proxy: outside.proxy.clone(), no_proxy: outside.no_proxy.clone() };
        let http = Arc::new(Http::new(config, OpenThings::default())?);
        Ok(Self { http, outside, demo: Arc::default(), typed_token: Arc::default() })
    }

    /// The demo's address; it is started when it is first needed.
    async fn demo_address(&self) -> io::Result<BaseUrl> {
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

    /// The environment's token counts first: who set it there meant it.
    fn token(&self) -> Option<Secret> {
        let typed = || self.typed_token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.outside.token.clone().or_else(typed)
    }

    /// What a check is to look at.
    async fn subject(&self, settings: &Settings, depth: Depth) -> Result<Subject, Problem> {
        let endpoint = settings.endpoints.first().cloned().unwrap_or_default();
        let found = if settings.demo {
            let base = self.demo_address().await.map_err(|error| no_demo(&error))?;
            Ok(Found { base, source: Source::Demo })
        } else {
            discover(&endpoint.url, self.outside.user_home.as_deref())
        };
        let mut roles = settings.roles.clone();
        if settings.demo {
            // The models named for a real server are not the demo's.
            for role in &mut roles {
                role.model.clear();
                DEMO_ENDPOINT.clone_into(&mut role.endpoint);
            }
        }
        Ok(Subject {
            http: Arc::clone(&self.http),
            found,
            endpoint: if settings.demo { DEMO_ENDPOINT.to_owned() } else { endpoint.name },
            token: self.token().filter(|_| !settings.demo),
            roles,
            depth,
            limits: limits_of(&settings.limits),
            connect: Duration::from_secs_f64(settings.limits.connect_s),
            user_home: self.outside.user_home.clone(),
            path: self.outside.path.clone(),
            proxy: self.outside.proxy.clone(),
        })
    }

    async fn check_now(
        &self,
        settings: Settings,
        depth: Depth,
        findings: mpsc::UnboundedSender<Finding>,
    ) -> HealthReport {
        if settings.cloud == CloudMode::CloudOnly {
            return unhealthy(prepare::cloud_only());
        }
        let mut tell = |finding: Finding| {
            let _nobody_listens = findings.send(finding);
        };
        match self.subject(&settings, depth).await {
            Ok(subject) => Checkup::run(&subject, &mut tell).await,
            Err(problem) => unhealthy(problem),
        }
    }

    async fn start_server(&self, port: u16) -> Result<(), Problem> {
        let user_home = self.outside.user_home.as_deref();
        let Some(lms) = Lms::find(user_home, self.outside.path.as_deref()) else {
            return Err(Problem::plain(
                "LM Studio's command line tool was not found",
                vec!["It is called lms and lies in LM Studio's folder, under bin".to_owned()],
                "Switch the server on in LM Studio's Developer page",
            ));
        };
        lms.start_server(port, user_home).await.map_err(|error| {
            let advice = "Switch the server on in LM Studio's Developer page";
            Problem::plain("LM Studio's server could not be started", vec![error.to_string()], advice)
        })
    }

    async fn load(&self, settings: Settings, model: String, context_length: Option<u32>) -> Result<(), Problem> {
        let subject = self.subject(&settings, Depth::Quick).await?;
        let found =
            subject.found.map_err(|error| Problem::plain(error.to_string(), Vec::new(), "Correct the address"))?;
        let server = LmStudio::new(subject.http, found.base, subject.token).asked_by("loading");
        let within = Duration::from_secs_f64(settings.limits.load_s);
        server.load(&model, context_length, within).await.map(drop).map_err(|error| error.problem())
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
            let subject = this.subject(&settings, Depth::Quick).await?;
            prepare::prepare(Ingredients { settings, until, gate, stop }, subject).await
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
        Box::pin(async move {
            match fix {
                Fix::LoadModel { model, context_length } => this.load(settings, model, context_length).await,
                Fix::StartServer { port } => this.start_server(port).await,
                // The others change the settings alone; the supervisor does them itself.
                Fix::UseAddress { .. } | Fix::UseModel { .. } | Fix::TryDemo | Fix::LeaveDemo | Fix::CheckAgain => {
                    Ok(())
                }
            }
        })
    }

    fn use_token(&self, token: Secret) {
        *self.typed_token.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
    }

    fn picture(&self, snapshot: &mut Snapshot) {
        snapshot.connection.token = match (&self.outside.token, self.token()) {
            (Some(_), _) => TokenFrom::Environment,
            (None, Some(_)) => TokenFrom::ThisRun,
            (None, None) => TokenFrom::Nowhere,
        };
        let open = self.http.open();
        snapshot.connection.requests = open.requests();
        // In whole seconds, so that a picture in which nothing else happened is not a new one.
        let seconds = open.last_good_answer().map(|at| at.elapsed().as_secs());
        snapshot.connection.last_good_ms = seconds.map(|seconds| seconds * 1000);
        snapshot.sent_off_machine_bytes = self.http.sent_off_machine();
    }

    fn begin_stop(&self) {
        self.http.open().begin_watch();
    }

    fn close(&self) -> BoxFuture<'static, Vec<CertificateItem>> {
        let this = self.clone();
        Box::pin(async move {
            this.http.close_idle();
            let Some(demo) = this.demo.lock().await.take() else { return Vec::new() };
            let began = Instant::now();
            let aborted = demo.stop().await;
            vec![demo_item(aborted, began.elapsed())]
        })
    }
}

fn no_demo(error: &io::Error) -> Problem {
    Problem::plain(
        "The demo could not be started",
        vec![error.to_string()],
        "Another program may forbid listening on 127.0.0.1; a firewall's log says which",
    )
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
    }
}
