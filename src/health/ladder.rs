//! The checks in order, from the address up to a real answer. Each is told as it is done; when one fails, the later ones
//! are skipped because of it, so that a dead server gives one red line and not nine.

use std::{
    ffi::OsString,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    capacity,
    discovery::Found,
    lms::Lms,
    reach, roles,
    rungs::{Rung, address_note, bad_address, capacity_rung, loaded_rung, models_rung, speed_note},
    truth::{Ability, Witness},
};
use crate::{
    llm::{
        Ask, Http, Limits, Model, Turn,
        ask::Unwatched,
        lm_studio::{ChatModel, Listing, LmStudio},
        open::millis,
    },
    protocol::{
        Api, Cause, Check, Depth, Finding, HealthReport, Problem, RoleReport, Server, Speed, Verdict, Wellness,
    },
    settings::{Role, Secret},
};

/// Enough for a word or two; more would only make slow models slower to check.
const TEST_TOKENS: u32 = 48;
/// A model that thinks first needs room for it.
const TEST_TOKENS_THINKING: u32 = 768;

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
    pub endpoint: String,
    pub token: Option<Secret>,
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
}

/// One run of the ladder.
pub struct Checkup<'a> {
    subject: &'a Subject,
    tell: &'a mut (dyn FnMut(Finding) + Send + Sync),
    findings: Vec<Finding>,
    failed: Option<Check>,
    server: Server,
    listing: Option<Listing>,
    roles: Vec<RoleReport>,
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
        let (rung, addresses) = reach::resolve(base).await;
        self.add(Check::Name, rung, started);
        if self.failed.is_none() {
            let started = Instant::now();
            let rung = reach::connect(self.subject, base, &addresses).await;
            self.add(Check::Port, rung, started);
        }
        if self.failed.is_none() {
            let started = Instant::now();
            let introduction = reach::introduce(self.subject, &server).await;
            self.server = introduction.server;
            for (check, rung) in introduction.rungs {
                self.add(check, rung, started);
            }
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

    /// Token, models and loaded: one request answers all three.
    async fn list(&mut self, server: &LmStudio) {
        let started = Instant::now();
        match server.listing_of(self.server.product).await {
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
            let is_here = role.endpoint == self.subject.endpoint;
            let mut report = if is_here { roles::judge(role, &listing) } else { roles::elsewhere(role) };
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

    /// Lets every loaded model that some role wants answer once; a model with several roles is asked once.
    async fn generate(&mut self, server: &LmStudio) {
        if self.subject.depth == Depth::Quick {
            return;
        }
        let Some(listing) = self.listing.clone() else { return };
        let mut asked: Vec<String> = Vec::new();
        for index in 0..self.roles.len() {
            let role = &self.roles[index];
            let is_loaded =
                listing.find(&role.model).is_some_and(|entry| entry.is_loaded() || listing.api == Api::OpenAi);
            if role.verdict == Verdict::Failed || !is_loaded || asked.contains(&role.model) {
                continue;
            }
            let model = role.model.clone();
            asked.push(model.clone());
            let started = Instant::now();
            let (rung, speed) = self.ask(server, &listing, &model).await;
            for role in self.roles.iter_mut().filter(|role| role.model == model) {
                role.speed = speed;
                if rung.verdict != Verdict::Passed && role.verdict != Verdict::Failed {
                    role.verdict = rung.verdict;
                    role.problem.clone_from(&rung.problem);
                }
            }
            self.add_aside(Check::Generation(model), rung, started);
        }
    }

    /// The models that some role will ask and that have answered their test, each once.
    fn witnesses(&self) -> Vec<String> {
        let mut models: Vec<String> = Vec::new();
        for role in self.roles.iter().filter(|role| role.speed.is_some() && role.verdict != Verdict::Failed) {
            if !models.contains(&role.model) {
                models.push(role.model.clone());
            }
        }
        models
    }

    /// Whether the experts that share a model will wait for one another.
    async fn measure(&mut self, server: &LmStudio) {
        for model in self.witnesses() {
            let is_expert = |role: &&RoleReport| role.model == model && role.role.starts_with("expert.");
            let together = self.roles.iter().filter(is_expert).count();
            if together < 2 {
                continue;
            }
            let started = Instant::now();
            let entry = self.listing.as_ref().and_then(|listing| listing.find(&model)).cloned();
            let measured = capacity::measure(server, &model, entry.as_ref(), together, self.subject.limits).await;
            if let Some(measured) = measured {
                self.add_aside(Check::Capacity(model), capacity_rung(&measured), started);
            }
        }
    }

    /// Has every model prove each ability that it is said to have.
    async fn prove(&mut self, server: &LmStudio) {
        if self.subject.depth != Depth::Deep {
            return;
        }
        let lms = Lms::find(self.subject.user_home.as_deref(), self.subject.path.as_deref());
        for model in self.witnesses() {
            let entry = self.listing.as_ref().and_then(|listing| listing.find(&model)).cloned();
            for ability in Ability::ALL.into_iter().filter(|ability| ability.is_claimed(entry.as_ref())) {
                let started = Instant::now();
                let witness = Witness {
                    server,
                    product: self.server.product,
                    model: &model,
                    entry: entry.as_ref(),
                    limits: self.subject.limits,
                    lms: lms.as_ref(),
                };
                let rung = witness.prove(ability).await;
                self.add_aside(Check::Truth(format!("{model} {}", ability.title())), rung, started);
            }
        }
    }

    async fn ask(&self, server: &LmStudio, listing: &Listing, model: &str) -> (Rung, Option<Speed>) {
        let thinks = listing.find(model).and_then(|entry| entry.reasoning).unwrap_or(false);
        let chat = ChatModel::new(server, "health check", model, listing.names());
        let ask = Ask {
            turns: vec![Turn::User("Answer with one word: ready".to_owned())],
            answer_tokens: if thinks { TEST_TOKENS_THINKING } else { TEST_TOKENS },
            limits: self.subject.limits,
            ..Ask::default()
        };
        match chat.ask(&ask, &mut Unwatched).await {
            Ok(answer) => {
                let timings = answer.timings;
                let speed =
                    Speed { first_token_ms: timings.first_token_ms, tokens_per_second: timings.tokens_per_second };
                let rung = if let Some(detour) = answer.detours.iter().find(|detour| !detour.contains("cut off")) {
                    let advice = "It can be used; an update of the server may mend this";
                    let problem = Problem::plain(format!("Not as it should be: {detour}"), Vec::new(), advice);
                    Rung::warned(detour.clone(), problem)
                } else if answer.by.is_other_model() {
                    let role = self.roles.iter().find(|role| role.model == model).cloned();
                    let problem = role.map(|role| roles::other_model(&role, &answer.by.model_answered).problem);
                    Rung { verdict: Verdict::Failed, note: format!("{} answered", answer.by.model_answered), problem }
                } else {
                    Rung::passed(speed_note(&speed))
                };
                (rung, Some(speed))
            }
            Err(error) => {
                let problem = error.problem();
                // A model that thinks longer than the test allows does answer.
                let rung = if problem.cause == Some(Cause::OutputBudgetSpent) {
                    Rung::warned("It thinks longer than this test allows", problem)
                } else {
                    Rung::failed(problem)
                };
                (rung, None)
            }
        }
    }

    /// Notes a check that the later ones stand on.
    fn add(&mut self, check: Check, rung: Rung, started: Instant) {
        if rung.verdict == Verdict::Failed && self.failed.is_none() {
            self.failed = Some(check.clone());
        }
        self.add_aside(check, rung, started);
    }

    /// Notes a check that no other stands on.
    fn add_aside(&mut self, check: Check, rung: Rung, started: Instant) {
        let Rung { verdict, note, mut problem } = rung;
        if let Some(problem) = &mut problem {
            self.say_where(problem);
        }
        let took_ms = millis(started.elapsed());
        let finding = Finding { check, verdict, because: None, took_ms, note, problem };
        (self.tell)(finding.clone());
        self.findings.push(finding);
    }

    /// Every problem says which server it is about.
    fn say_where(&self, problem: &mut Problem) {
        let Ok(found) = &self.subject.found else { return };
        let place = format!("{}:{}", found.base.host(), found.base.port());
        if !problem.details.iter().any(|detail| detail.contains(&place)) {
            problem.details.push(format!("Server: {}", found.base));
        }
    }

    /// What stands on the check that failed is skipped because of it.
    fn skip_rest(&mut self) {
        let Some(because) = self.failed.clone() else { return };
        let roles = self.subject.roles.iter().map(|role| Check::Role(role.name.clone()));
        for check in BASIC.into_iter().chain(roles).collect::<Vec<_>>() {
            if self.findings.iter().any(|finding| finding.check == check) {
                continue;
            }
            let note = format!("Skipped, because of: {}", because.title());
            let because = Some(because.clone());
            let finding = Finding { check, verdict: Verdict::Skipped, because, took_ms: 0, note, problem: None };
            (self.tell)(finding.clone());
            self.findings.push(finding);
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
        }
    }
}
