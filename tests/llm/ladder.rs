//! The health check over a table of conditions: each row stands a server up, climbs the whole ladder, and compares what
//! was found with what is wrong. Healthy rows stand beside the faulty ones, so that failing everything fails too.

mod below;
mod generation;
mod healthy;
mod others;
mod server;
mod verdict;

use std::{
    any::Any,
    sync::Arc,
    time::{Duration, Instant},
};

use singularis::{
    demo::{DemoConfig, Fault, FaultKind},
    health::{Checkup, Subject, discover, discovery::INTERNAL_PORTS},
    llm::{Http, Limits},
    protocol::{Cause, Depth, Finding, Fix, HealthReport, Remedy},
    settings::{Endpoint, Role, Secret},
};
use tokio::{
    net::TcpStream,
    sync::{RwLock, Semaphore},
    task::JoinSet,
    time::timeout,
};

use crate::{
    CONNECT, demo, http, patient, quick,
    reply::Reply,
    wire::{Asked, ClosedPort, FullPort, Plan, Wire, has_ipv6},
};

/// No condition may keep a person waiting longer.
const PATIENCE: Duration = Duration::from_secs(15);
/// So many rows at a time.
const ABREAST: usize = 8;
/// Who plays in every row.
pub const ROLES: [&str; 2] = ["expert.1", "synthesizer"];

/// Held for writing while something pretends to be LM Studio on one of its internal ports, which the whole machine
/// shares, and for reading while somebody relies on their silence.
pub static INTERNAL: RwLock<()> = RwLock::const_new(());

/// What stands at the address of a row.
pub enum Server {
    Demo(Box<DemoConfig>),
    Wire(Plan),
    /// Only on the IPv6 loopback address.
    WireOnIpv6(Plan),
    Closed,
    Full,
    /// Nothing of ours.
    Address(&'static str),
}

/// What the health check is to find.
pub enum Expected {
    Healthy,
    /// It works, and one of these checks warns.
    Degraded(&'static str),
    /// Healthy or degraded: it works, and whether there is something to know is a matter of taste.
    Usable,
    /// The first failed check is one of these, for one of these reasons.
    Unhealthy(&'static str, &'static [Cause]),
}

/// One condition.
pub struct Row {
    pub name: &'static str,
    pub server: Server,
    /// What a person types, made from the address where the server really is.
    pub typed: fn(String) -> String,
    /// The model of every role; empty for whatever is loaded.
    pub model: &'static str,
    pub token: Option<&'static str>,
    pub limits: Limits,
    pub expected: Expected,
    /// The button that must be there, made from host and port.
    pub offers: Option<fn(&str) -> Fix>,
}

impl Row {
    fn new(name: &'static str, server: Server) -> Self {
        Self {
            name,
            server,
            typed: |url| url,
            model: "",
            token: None,
            limits: patient(),
            expected: Expected::Healthy,
            offers: None,
        }
    }

    fn typed(self, typed: fn(String) -> String) -> Self {
        Self { typed, ..self }
    }

    fn asks_for(self, model: &'static str) -> Self {
        Self { model, ..self }
    }

    fn with_token(self, token: &'static str) -> Self {
        Self { token: Some(token), ..self }
    }

    fn offers(self, fix: fn(&str) -> Fix) -> Self {
        Self { offers: Some(fix), ..self }
    }

    fn degraded(self, check: &'static str) -> Self {
        Self { expected: Expected::Degraded(check), ..self }
    }

    fn usable(self) -> Self {
        Self { expected: Expected::Usable, ..self }
    }

    /// Faulty: the first of these checks (names with `|` between them) fails, for one of these reasons.
    fn fails(self, checks: &'static str, causes: &'static [Cause]) -> Self {
        Self { expected: Expected::Unhealthy(checks, causes), ..self }
    }

    /// Short limits, for a server on which one of them is to fire.
    fn hurried(self) -> Self {
        let limits = Limits {
            first_token: Duration::from_secs(1),
            between_tokens: Duration::from_millis(500),
            total: Duration::from_secs(3),
        };
        Self { limits, ..self }
    }

    /// Little time between two tokens alone: on a busy machine the first one may take its second.
    fn short_of_breath(self) -> Self {
        Self { limits: Limits { between_tokens: Duration::from_millis(500), ..patient() }, ..self }
    }

    /// The limits as the settings have them from the start: minutes for a slow model.
    fn patient_as_usual(self) -> Self {
        Self { limits: Limits::default(), ..self }
    }

    /// Whether the answer depends on nothing else pretending to be LM Studio on this machine.
    fn needs_silence(&self) -> bool {
        match &self.expected {
            Expected::Unhealthy(_, causes) => causes.contains(&Cause::ServerNotRunning),
            _ => false,
        }
    }
}

/// A quick demo.
fn demo_row(name: &'static str, config: DemoConfig) -> Row {
    Row::new(name, Server::Demo(Box::new(config)))
}

/// A quick demo on which this goes wrong at every path that ends so.
fn faulty(name: &'static str, on: &str, what: FaultKind) -> Row {
    let faults = vec![Fault { on: on.to_owned(), first: None, what }];
    demo_row(name, DemoConfig { faults, ..quick() })
}

/// A raw server that speaks HTTP.
fn speaks(name: &'static str, answer: fn(&Asked) -> Reply) -> Row {
    Row::new(name, Server::Wire(Plan::Http(answer)))
}

fn raw(name: &'static str, plan: Plan) -> Row {
    Row::new(name, Server::Wire(plan))
}

/// A server that stands, and what keeps it standing.
struct Standing {
    url: String,
    _kept: Box<dyn Any + Send>,
}

impl Standing {
    fn new(url: String, kept: impl Any + Send) -> Self {
        Self { url, _kept: Box::new(kept) }
    }
}

/// `Err` where this machine cannot have such a server, and why.
async fn stand_up(server: Server) -> Result<Standing, &'static str> {
    Ok(match server {
        Server::Demo(config) => {
            let demo = demo(*config).await;
            Standing::new(demo.url(), demo)
        }
        Server::Wire(plan) => {
            let wire = Wire::start(plan).await;
            Standing::new(wire.url(), wire)
        }
        Server::WireOnIpv6(plan) => {
            let wire = Wire::at("[::1]:0", plan).await.map_err(|_| "there is no IPv6 here")?;
            Standing::new(wire.url(), wire)
        }
        Server::Closed => {
            let closed = ClosedPort::reserve();
            Standing::new(closed.url(), closed)
        }
        Server::Full => {
            let full = FullPort::fill().await.ok_or("a queue cannot be filled here")?;
            Standing::new(full.url(), full)
        }
        Server::Address(url) => Standing::new(url.to_owned(), ()),
    })
}

/// Whether something answers on one of LM Studio's internal ports although no test of ours put it there.
async fn is_app_here() -> bool {
    for port in INTERNAL_PORTS {
        let connecting = TcpStream::connect(("127.0.0.1", port));
        if timeout(CONNECT, connecting).await.is_ok_and(|connected| connected.is_ok()) {
            return true;
        }
    }
    false
}

/// What one run of the ladder gave.
pub struct Run {
    pub report: HealthReport,
    /// What was told on the way.
    pub told: Vec<Finding>,
    pub took: Duration,
    /// Host and port as they stand in the address; empty if it is none.
    pub place: String,
}

/// Climbs the whole ladder to an address. `Err` if that takes too long.
pub async fn climb(
    http: &Arc<Http>,
    typed: &str,
    model: &str,
    token: Option<&str>,
    limits: Limits,
) -> Result<Run, String> {
    let role = |name: &str| Role { model: model.to_owned(), ..Role::new(name, "threat") };
    let found = discover(typed, None);
    let place = found.as_ref().map(|found| format!("{}:{}", found.base.host(), found.base.port())).unwrap_or_default();
    let subject = Subject {
        http: Arc::clone(http),
        found,
        endpoint: Endpoint::FIRST.to_owned(),
        token: token.and_then(Secret::new),
        roles: ROLES.into_iter().map(role).collect(),
        depth: Depth::Full,
        limits,
        connect: CONNECT,
        user_home: None,
        path: None,
        proxy: None,
        bypass_proxy: Vec::new(),
    };
    let (mut told, started) = (Vec::new(), Instant::now());
    let mut tell = |finding: Finding| told.push(finding);
    let report = timeout(PATIENCE, Checkup::run(&subject, &mut tell)).await;
    let report = report.map_err(|_elapsed| format!("it was not done after {PATIENCE:?}"))?;
    Ok(Run { report, told, took: started.elapsed(), place })
}

/// Runs one row; the complaints are why it is not as expected.
async fn run(row: Row, http: Arc<Http>) -> Vec<String> {
    let silence = if row.needs_silence() { Some(INTERNAL.read().await) } else { None };
    let Row { name, server, typed, model, token, limits, expected, offers } = row;
    let standing = match stand_up(server).await {
        Ok(standing) => standing,
        Err(why) => return not_run(name, why),
    };
    let typed = typed(standing.url.clone());
    if typed.contains("[::1]") && !has_ipv6().await {
        return not_run(name, "there is no IPv6 here");
    }
    let app_is_here = silence.is_some() && is_app_here().await;
    match climb(&http, &typed, model, token, limits).await {
        Ok(run) => verdict::complaints(&run, &expected, offers, token, app_is_here),
        Err(complaint) => vec![complaint],
    }
}

fn not_run(name: &str, why: &str) -> Vec<String> {
    eprintln!("NOT RUN: {name}: {why}");
    Vec::new()
}

/// Runs all rows, some at a time, and fails with everything that is not as expected.
async fn run_all(rows: Vec<Row>) {
    let (http, permits) = (http(), Arc::new(Semaphore::new(ABREAST)));
    let count = rows.len();
    let mut running = JoinSet::new();
    for row in rows {
        let (http, permits) = (Arc::clone(&http), Arc::clone(&permits));
        running.spawn(async move {
            let _permit = permits.acquire_owned().await;
            let name = row.name;
            let complaints = run(row, http).await;
            complaints.into_iter().map(|complaint| format!("{name}: {complaint}")).collect::<Vec<_>>()
        });
    }
    let mut complaints = Vec::new();
    while let Some(done) = running.join_next().await {
        complaints.extend(done.unwrap_or_else(|panic| vec![format!("a row panicked: {panic}")]));
    }
    complaints.sort();
    assert!(complaints.is_empty(), "{count} rows, {} complaints\n{}", complaints.len(), complaints.join("\n"));
    assert_eq!((http.open().requests(), http.open().clients()), (0, Vec::new()), "nothing stays open");
}

fn all_rows() -> Vec<Row> {
    [healthy::rows(), below::rows(), others::rows(), server::rows(), generation::rows()].into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_well_is_found_well() {
    run_all(healthy::rows()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_fails_below_http_is_told_apart() {
    run_all(below::rows()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_model_server_is_seen() {
    run_all(others::rows()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_model_server_lacks_is_named() {
    run_all(server::rows()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_wrong_with_an_answer_is_explained() {
    run_all(generation::rows()).await;
}

/// A model that needs longer than a check waits is named as slow, and can still be asked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_model_is_no_obstacle_to_a_session() {
    let server = demo(DemoConfig { first_token_after: Duration::from_secs(60), ..quick() }).await;
    let run = climb(&http(), &server.url(), "", None, Limits::default()).await.expect("in time");
    assert_eq!(run.report.cause, Some(Cause::TimeoutSlowModel));
    assert_eq!(run.report.obstacle(singularis::settings::Strategy::LocalExperts), None);
    let problem = run.report.first_problem().expect("a slow answer is told of");
    assert!(problem.remedies.contains(&Remedy::Action(Fix::CheckPatiently)), "{problem:?}");
}

#[test]
fn the_table_is_large_and_of_both_kinds() {
    let rows = all_rows();
    let is_faulty = |row: &&Row| matches!(row.expected, Expected::Unhealthy(..));
    let faulty_rows = rows.iter().filter(is_faulty).count();
    assert!(faulty_rows >= 60 && rows.len() - faulty_rows >= 15, "{faulty_rows} of {}", rows.len());
    let mut names: Vec<_> = rows.iter().map(|row| row.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), rows.len(), "every row has a name of its own");
}
