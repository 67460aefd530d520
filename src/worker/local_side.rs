//! The local servers of a session: checked, loaded, and ready to give a model to a part.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use tokio::net::lookup_host;

use super::{closing::Behind, loading::Loads, throttles::Throttles};
use crate::{
    health::{self, Subject, lms::Lms},
    llm::{
        BaseUrl, Gate, Model, Purse,
        lm_studio::{ChatModel, LmStudio},
        throttle::{Limits, Throttle},
    },
    mind::switch::Candidate,
    protocol::{Api, HealthReport, Problem, Product, ProviderView, RoleReport, Verdict},
    settings::{
        Provider, Role, Settings,
        cast::{NARRATOR, SYNTHESIZER},
    },
};

/// Servers that can be asked.
pub struct LocalSide {
    pub report: HealthReport,
    pub behind: Vec<Behind>,
    servers: BTreeMap<String, LmStudio>,
    throttles: BTreeMap<String, Throttle>,
}

/// There is no local side, and why; what the check found is kept all the same.
pub struct NoLocalSide {
    pub problem: Problem,
    pub report: Option<HealthReport>,
}

impl LocalSide {
    /// Checks the servers, loads what is named, and limits each to the places it has.
    pub async fn gather(
        settings: &Settings,
        subjects: &[Subject],
        gate: &Gate,
        loads: &Loads,
        throttles: &Throttles,
    ) -> Result<Self, NoLocalSide> {
        let report = health::check(subjects, &mut |_finding| {}).await;
        let report = report.ok_or_else(|| NoLocalSide { problem: no_server(), report: None })?;
        if let Some(problem) = report.obstacle(settings.agent.strategy).cloned() {
            return Err(NoLocalSide { problem, report: Some(report) });
        }
        let mut side = Self { report, behind: Vec::new(), servers: BTreeMap::new(), throttles: BTreeMap::new() };
        match side.fill(settings, subjects, gate, loads, throttles).await {
            Ok(()) => Ok(side),
            Err(problem) => Err(NoLocalSide { problem, report: Some(side.report) }),
        }
    }

    async fn fill(
        &mut self,
        settings: &Settings,
        subjects: &[Subject],
        gate: &Gate,
        loads: &Loads,
        throttles: &Throttles,
    ) -> Result<(), Problem> {
        let strategy = settings.agent.strategy;
        let is_needed = |endpoint: &str| {
            let needs = |role: &str| strategy.needs(role) || role == NARRATOR;
            self.report.roles.iter().any(|role| role.endpoint == endpoint && needs(&role.role))
        };
        let needed: Vec<&Subject> = subjects.iter().filter(|subject| is_needed(&subject.endpoint)).collect();
        for subject in needed {
            let (Ok(found), Some(here)) = (&subject.found, self.report.of_endpoint(&subject.endpoint)) else {
                return Err(self.refusal());
            };
            let product = here.server.product;
            let server =
                LmStudio::new(Arc::clone(&subject.http), found.base.clone(), subject.token.clone()).known_as(product);
            self.behind.push(Behind {
                server: server.clone(),
                product,
                addresses: addresses(&found.base, subject.proxy.as_deref()).await,
                lms: Lms::find(subject.user_home.as_deref(), subject.path.as_deref()),
                name: subject.endpoint.clone(),
            });
            self.servers.insert(subject.endpoint.clone(), server.behind(gate.clone()));
        }
        self.load_what_is_named(settings, loads).await?;
        for endpoint in self.servers.keys() {
            let throttle = throttles.of(Provider::Local, endpoint);
            throttle.set(Limits { at_once: self.places(endpoint), ..Limits::default() });
            self.throttles.insert(endpoint.clone(), throttle);
        }
        Ok(())
    }

    /// A model that is named and not loaded is loaded once, before several experts ask for it at the same time and each
    /// ask starts a copy of its own.
    async fn load_what_is_named(&self, settings: &Settings, loads: &Loads) -> Result<(), Problem> {
        let within = Duration::from_secs_f64(settings.limits.load_s);
        let mut loaded: Vec<(&str, &str)> = Vec::new();
        let is_played =
            |role: &&RoleReport| role.verdict != Verdict::Failed && settings.agent.strategy.needs(&role.role);
        for role in self.report.roles.iter().filter(is_played) {
            let (Some(here), Some(server)) =
                (self.report.of_endpoint(&role.endpoint), self.servers.get(&role.endpoint))
            else {
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

    /// Questions that the models of an endpoint answer at the same time; 0 where the server does not tell. More would
    /// wait inside the server, where their first token seems late and nobody sees why.
    fn places(&self, endpoint: &str) -> u64 {
        let Some(here) = self.report.of_endpoint(endpoint) else { return 0 };
        let is_played =
            |name: &str| self.report.roles.iter().any(|role| role.endpoint == endpoint && role.model == name);
        let mut places = 0;
        for model in here.models.iter().filter(|model| is_played(&model.key)) {
            for instance in &model.instances {
                let Some(parallel) = instance.parallel else { return 0 };
                places += u64::from(parallel);
            }
        }
        places
    }

    /// The model that plays a part: that of the role of this name, else the synthesizer's.
    pub fn candidate(&self, settings: &Settings, part: &str, purse: &Purse) -> Option<Candidate> {
        let role = role_of(settings, part)?;
        self.play(role, part, purse)
    }

    /// The narrator's own model, or the synthesizer's where that has a place to spare.
    pub fn narrator(&self, settings: &Settings, purse: &Purse) -> Option<Candidate> {
        let own = settings.roles.iter().find(|role| role.name == NARRATOR);
        let role = own.or_else(|| role_of(settings, SYNTHESIZER).filter(|role| self.has_spare_places(role)))?;
        self.play(role, NARRATOR, purse)
    }

    fn has_spare_places(&self, role: &Role) -> bool {
        let found = self.report.roles.iter().find(|report| report.role == role.name);
        found.is_some_and(|found| {
            let is_demo =
                self.report.of_endpoint(&found.endpoint).map(|here| here.server.product) == Some(Product::Demo);
            is_demo || self.places(&found.endpoint) > 1
        })
    }

    fn play(&self, role: &Role, client: &str, purse: &Purse) -> Option<Candidate> {
        let report = self.report.roles.iter().find(|report| report.role == role.name);
        // In the demo every role is asked at the demo, whatever the settings say.
        let report = report.filter(|report| report.verdict != Verdict::Failed)?;
        let (server, throttle) = (self.servers.get(&report.endpoint)?, self.throttles.get(&report.endpoint)?);
        let models = self.report.of_endpoint(&report.endpoint).map(|here| here.models.as_slice()).unwrap_or_default();
        let names = models.iter().map(|model| model.key.clone()).collect();
        let sees = models.iter().any(|model| model.answers_to(&report.model) && model.vision == Some(true));
        let chat = ChatModel::new(server, client, &report.model, names);
        let model: Arc<dyn Model> = Arc::new(if sees { chat } else { chat.blind() });
        Some(Candidate::new(model, throttle, purse))
    }

    /// Every endpoint for people; where there are several, each by its name.
    pub fn views(&self) -> Vec<ProviderView> {
        let is_one = self.throttles.len() == 1;
        let model = |endpoint: &str| {
            let role = self.report.roles.iter().find(|role| role.endpoint == endpoint);
            let model = role.map(|role| role.model.clone()).unwrap_or_default();
            if is_one { model } else { format!("{endpoint}: {model}") }
        };
        self.throttles
            .iter()
            .map(|(endpoint, throttle)| ProviderView { model: model(endpoint), ..throttle.view() })
            .collect()
    }

    fn refusal(&self) -> Problem {
        match self.report.first_problem() {
            Some(problem) => problem.clone(),
            None => Problem::plain(
                "The server is not ready",
                vec![self.report.endpoint.clone()],
                "Open Setup and run the check",
            ),
        }
    }
}

/// The role of this name, else the synthesizer.
fn role_of<'s>(settings: &'s Settings, name: &str) -> Option<&'s Role> {
    let named = |name: &str| settings.roles.iter().find(|role| role.name == name);
    named(name).or_else(|| named(SYNTHESIZER))
}

fn no_server() -> Problem {
    Problem::plain("There is no server to ask", Vec::new(), "Open Setup and run the check")
}

/// Where connections of the session will go; through a proxy they cannot be told from others.
async fn addresses(base: &BaseUrl, proxy: Option<&str>) -> Vec<std::net::SocketAddr> {
    if proxy.is_some() && !base.is_loopback() {
        return Vec::new();
    }
    let host = base.host().trim_matches(['[', ']']);
    lookup_host((host, base.port())).await.map(Iterator::collect).unwrap_or_default()
}
