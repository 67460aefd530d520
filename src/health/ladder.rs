//! The checks in order, from the address up to a real answer. Each is told as it is done; when one fails, the later ones
//! are skipped because of it, so that a dead server gives one red line and not nine.

use std::{
    ffi::OsString,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::time::timeout;

use super::{
    discovery::Found,
    reach, roles,
    rungs::{Rung, address_note, bad_address, loaded_rung, models_rung, out_of_time},
};
use crate::{
    llm::{
        Http, Limit, Limits,
        lm_studio::{Listing, LmStudio},
        open::millis,
    },
    protocol::{Cause, Check, Depth, Finding, HealthReport, Problem, RoleReport, Server, Verdict, Wellness},
    settings::{Role, Secret},
};

/// A check that does not wait for slow models is done within ten seconds, whatever a server does; this leaves a moment
/// for the rest.
const WHOLE_LADDER: Duration = Duration::from_millis(9300);
/// What the checks below a model may take together, so that something is left for the answers.
const BELOW_MODELS: Duration = Duration::from_millis(6000);

/// The rungs that every other one stands on, in their order.
const BASIC: [Check; 9] = [
    Check::Address,
    Check::Name,
    Check::Port,
    Check::Tls,
    Check::Proxy,
    Check::Identity,
    Check::Token,
    Check::Models,
    Check::Loaded,
];

/// What is to be checked.
#[derive(Clone)]
pub struct Subject {
    pub http: Arc<Http>,
    pub found: Result<Found, crate::llm::address::AddressError>,
    /// The endpoint's name in the settings.
    pub endpoint: String,
    pub token: Option<Secret>,
    /// The roles that are asked at this endpoint.
    pub roles: Vec<Role>,
    pub depth: Depth,
    pub limits: Limits,
    /// How long a connection may take.
    pub connect: Duration,
    /// Where LM Studio keeps its folder.
    pub user_home: Option<PathBuf>,
    /// Where programs are looked for.
    pub path: Option<OsString>,
    /// The proxy for hosts that are not this machine.
    pub proxy: Option<String>,
    /// Hosts that are asked directly all the same.
    pub bypass_proxy: Vec<String>,
}

/// One run of the ladder.
pub struct Checkup<'a> {
    pub(super) subject: &'a Subject,
    tell: &'a mut (dyn FnMut(Finding) + Send + Sync),
    findings: Vec<Finding>,
    failed: Option<Check>,
    pub(super) server: Server,
    pub(super) listing: Option<Listing>,
    pub(super) roles: Vec<RoleReport>,
    started: Instant,
}

impl<'a> Checkup<'a> {
    /// Runs the whole ladder. Dropping the future ends it and closes its connections.
    pub async fn run(subject: &'a Subject, tell: &'a mut (dyn FnMut(Finding) + Send + Sync)) -> HealthReport {
        let mut checkup = Self {
            subject,
            tell,
            findings: Vec::new(),
            failed: None,
            server: Server::default(),
            listing: None,
            roles: Vec::new(),
            started: Instant::now(),
        };
        checkup.climb().await;
        checkup.conclude()
    }

    async fn climb(&mut self) {
        let started = Instant::now();
        let found = match &self.subject.found {
            Ok(found) => found,
            Err(error) => {
                let rung = Rung::failed(bad_address(&error.to_string()));
                self.add(Check::Address, rung, started);
                return self.skip_rest();
            }
        };
        self.add(Check::Address, Rung::passed(address_note(found)), started);
        let base = &found.base;
        let server = LmStudio::new(Arc::clone(&self.subject.http), base.clone(), self.subject.token.clone());
        let started = Instant::now();
        let (rung, addresses) = reach::resolve(base, self.left_below()).await;
        self.add(Check::Name, reach::or_proxy(rung, self.subject, base), started);
        if self.failed.is_none() {
            let started = Instant::now();
            let rung = reach::connect(self.subject, base, &addresses, self.left_below()).await;
            self.add(Check::Port, reach::or_proxy(rung, self.subject, base), started);
        }
        if self.failed.is_none() {
            // On the heap, being the largest by far.
            Box::pin(self.introduce(&server)).await;
        }
        let server = server.known_as(self.server.product);
        if self.failed.is_none() {
            self.list(&server).await;
        }
        if self.failed.is_none() {
            self.judge_roles();
            self.generate(&server).await;
            self.measure(&server).await;
            self.prove(&server).await;
        }
        self.skip_rest();
    }

    async fn introduce(&mut self, server: &LmStudio) {
        let started = Instant::now();
        match timeout(self.left_below(), reach::introduce(self.subject, server)).await {
            Ok(introduction) => {
                self.server = introduction.server;
                for (check, rung) in introduction.rungs {
                    self.add(check, rung, started);
                }
            }
            Err(_elapsed) => {
                self.add(Check::Tls, reach::encryption(server.base()), started);
                self.add(Check::Proxy, reach::no_proxy(self.subject, server.base()), started);
                let rung = out_of_time(server.base(), self.server.product, Limit::Answer, started.elapsed());
                self.add(Check::Identity, rung, started);
            }
        }
    }

    /// Token, models and loaded: one request answers all three.
    async fn list(&mut self, server: &LmStudio) {
        let started = Instant::now();
        let Ok(listed) = timeout(self.left(), server.listing_of(self.server.product)).await else {
            self.add(Check::Token, Rung::passed("Nobody asked for one"), started);
            let rung = out_of_time(server.base(), self.server.product, Limit::Answer, started.elapsed());
            return self.add(Check::Models, rung, started);
        };
        match listed {
            Err(error) => {
                let problem = error.about(self.server.product).problem();
                if problem.cause == Some(Cause::AuthRequiredOrInvalid) {
                    self.add(Check::Token, Rung::failed(problem), started);
                } else {
                    self.add(Check::Token, Rung::passed("Nobody asked for one"), started);
                    self.add(Check::Models, Rung::failed(problem), started);
                }
            }
            Ok(listing) => {
                let token = if self.subject.token.is_some() { "Accepted, or not needed" } else { "None is needed" };
                self.add(Check::Token, Rung::passed(token), started);
                self.add(Check::Models, models_rung(&listing), started);
                if self.failed.is_none() {
                    let is_named = self.subject.roles.iter().all(|role| listing.find(role.model.trim()).is_some());
                    self.add(Check::Loaded, loaded_rung(&listing, is_named), started);
                }
                self.server.api = Some(listing.api);
                self.listing = Some(listing);
            }
        }
    }

    fn judge_roles(&mut self) {
        let Some(listing) = self.listing.take() else { return };
        for role in &self.subject.roles {
            let started = Instant::now();
            let mut report = roles::judge(role, &listing);
            let check = Check::Role(role.name.clone());
            let rung = Rung {
                verdict: report.verdict,
                note: match &report.problem {
                    Some(problem) => problem.summary.clone(),
                    None => report.model.clone(),
                },
                problem: report.problem.clone(),
            };
            if let Some(problem) = &mut report.problem {
                self.say_where(problem);
            }
            self.roles.push(report);
            self.add_aside(check, rung, started);
        }
        self.listing = Some(listing);
    }

    /// True where no wait is longer than ten seconds allow.
    pub(super) fn is_hurried(&self) -> bool {
        matches!(self.subject.depth, Depth::Quick | Depth::Full)
    }

    /// What is left of the time for everything.
    pub(super) fn left(&self) -> Duration {
        if self.is_hurried() { WHOLE_LADDER.saturating_sub(self.started.elapsed()) } else { Duration::from_secs(60) }
    }

    /// What is left of the time for what comes before the models.
    fn left_below(&self) -> Duration {
        if self.is_hurried() { BELOW_MODELS.saturating_sub(self.started.elapsed()) } else { Duration::from_secs(60) }
    }

    /// Notes a check that the later ones stand on.
    fn add(&mut self, check: Check, rung: Rung, started: Instant) {
        if rung.verdict == Verdict::Failed && self.failed.is_none() {
            self.failed = Some(check.clone());
        }
        self.add_aside(check, rung, started);
    }

    /// Notes a check that no other stands on.
    pub(super) fn add_aside(&mut self, check: Check, rung: Rung, started: Instant) {
        let Rung { verdict, note, mut problem } = rung;
        if let Some(problem) = &mut problem {
            self.say_where(problem);
        }
        let took_ms = millis(started.elapsed());
        let finding = Finding { check, verdict, because: None, took_ms, note, problem, at: String::new() };
        (self.tell)(finding.clone());
        self.findings.push(finding);
    }

    /// Every problem says which server it is about.
    pub(super) fn say_where(&self, problem: &mut Problem) {
        let Ok(found) = &self.subject.found else { return };
        let place = format!("{}:{}", found.base.host(), found.base.port());
        if !problem.details.iter().any(|detail| detail.contains(&place)) {
            problem.details.push(format!("Server: {}", found.base));
        }
    }

    /// What stands on the check that failed is skipped because of it, and the roles with it.
    fn skip_rest(&mut self) {
        let Some(because) = self.failed.clone() else { return };
        let roles = self.subject.roles.iter().map(|role| Check::Role(role.name.clone()));
        for check in BASIC.into_iter().chain(roles).collect::<Vec<_>>() {
            if self.findings.iter().any(|finding| finding.check == check) {
                continue;
            }
            let note = format!("Skipped, because of: {}", because.title());
            let (verdict, because, at) = (Verdict::Skipped, Some(because.clone()), String::new());
            let finding = Finding { check, verdict, because, took_ms: 0, note, problem: None, at };
            (self.tell)(finding.clone());
            self.findings.push(finding);
        }
        if self.roles.is_empty() {
            self.roles = self.subject.roles.iter().map(roles::skipped).collect();
        }
    }

    fn conclude(self) -> HealthReport {
        let has = |verdict: Verdict| self.findings.iter().any(|finding| finding.verdict == verdict);
        let verdict = if has(Verdict::Failed) {
            Wellness::Unhealthy
        } else if has(Verdict::Warned) {
            Wellness::Degraded
        } else {
            Wellness::Healthy
        };
        let first = self.findings.iter().find(|finding| finding.verdict == Verdict::Failed);
        let cause = first.and_then(|finding| finding.problem.as_ref()).and_then(|problem| problem.cause);
        let endpoint = match &self.subject.found {
            Ok(found) => found.base.to_string(),
            Err(_) => self.subject.endpoint.clone(),
        };
        HealthReport {
            endpoint,
            verdict,
            cause,
            server: self.server,
            findings: self.findings,
            models: self.listing.map(|listing| listing.models).unwrap_or_default(),
            roles: self.roles,
            took_ms: millis(self.started.elapsed()),
            name: self.subject.endpoint.clone(),
            others: Vec::new(),
        }
    }
}
