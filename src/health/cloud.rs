//! The check of the providers in the cloud: a key for each, the models that it may ask, the chosen one among them, and a
//! real answer.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use futures_util::future::join_all;

use super::rungs::{Rung, speed_note};
use crate::{
    llm::{
        Ask, Limits, Turn,
        account::Account,
        ask::Unwatched,
        nearest::{is_same_but_for_spelling, nearest},
        open::millis,
        provider_models::ProviderModel,
    },
    protocol::{
        Cause, Check, Depth, Finding, Fix, HealthReport, ModelEntry, ModelKind, Problem, Product, Remedy, RoleReport,
        Server, Speed, Verdict, Wellness,
    },
    settings::{Part, Provider},
};

/// Enough for a word, and for a thought before it.
const TEST_TOKENS: u32 = 512;

/// Who hears of each finding; several accounts are checked at once.
type Tell<'t> = Mutex<&'t mut (dyn FnMut(Finding) + Send + Sync)>;

/// Whether the accounts are all there is to check; the first of several things needs no name in front of its findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Alone,
    BesideLocalServers,
}

/// Checks every account, all at once. What none of them can do is a failure; what one of them cannot is something to know.
/// The roles of the report say who would play which of the `parts`.
pub async fn check(
    accounts: &[Account],
    parts: &[Part],
    depth: Depth,
    place: Place,
    tell: &mut (dyn FnMut(Finding) + Send + Sync),
) -> HealthReport {
    let tell: Tell<'_> = Mutex::new(tell);
    let visits = accounts.iter().enumerate().map(|(number, account)| {
        let at =
            if number == 0 && place == Place::Alone { String::new() } else { account.provider().name().to_owned() };
        Visit { account, at, tell: &tell, findings: Vec::new() }.pay(depth)
    });
    let reports = join_all(visits).await;
    let can_any = reports.iter().any(|report| report.verdict != Wellness::Unhealthy);
    let mut reports = reports.into_iter();
    let Some(mut first) = reports.next() else { return empty() };
    first.others = reports.collect();
    first.took_ms = first.all().map(|report| report.took_ms).max().unwrap_or(0);
    first.roles = cast(parts, &first);
    let cause = first.all().find_map(|report| report.cause);
    first.cause = cause.filter(|_| !can_any);
    first.verdict = match (can_any, first.worst()) {
        (true, Wellness::Healthy) => Wellness::Healthy,
        (true, _) => Wellness::Degraded,
        (false, _) => Wellness::Unhealthy,
    };
    first
}

/// The report on local servers with that on accounts beside it, where either side may step in for the other: as long as
/// one of them can be asked, there is only something to know.
pub fn beside(mut local: HealthReport, cloud: HealthReport) -> HealthReport {
    let can = |report: &HealthReport| report.verdict != Wellness::Unhealthy;
    let (can_local, can_cloud) = (can(&local), can(&cloud));
    local.verdict = match (can_local, can_cloud) {
        (false, false) => Wellness::Unhealthy,
        (true, true) => local.verdict.max(cloud.verdict),
        _ => Wellness::Degraded,
    };
    local.cause = local.cause.or(cloud.cause).filter(|_| !can_local && !can_cloud);
    local.took_ms = local.took_ms.max(cloud.took_ms);
    let mut cloud = cloud;
    let others = std::mem::take(&mut cloud.others);
    // The parts are the local models' as long as those can be asked.
    let roles = std::mem::take(&mut cloud.roles);
    if !can_local && can_cloud {
        local.roles = roles;
    }
    local.others.push(cloud);
    local.others.extend(others);
    local
}

/// Each part with the first of its providers that can be asked. A part that nobody can play is left out.
fn cast(parts: &[Part], report: &HealthReport) -> Vec<RoleReport> {
    let usable = |provider: Provider| {
        let found = report.of_endpoint(provider.name()).filter(|found| found.verdict != Wellness::Unhealthy);
        found.and_then(|found| found.models.first())
    };
    let play = |part: &Part| {
        let mut providers = part.need.in_cloud().into_iter();
        let (provider, model) = providers.find_map(|provider| Some((provider, usable(provider)?)))?;
        Some(RoleReport {
            role: part.role.clone(),
            endpoint: provider.name().to_owned(),
            model: model.key.clone(),
            verdict: Verdict::Passed,
            problem: None,
            speed: None,
        })
    };
    parts.iter().filter_map(play).collect()
}

/// The check of one account.
struct Visit<'a, 't> {
    account: &'a Account,
    at: String,
    tell: &'a Tell<'t>,
    findings: Vec<Finding>,
}

impl Visit<'_, '_> {
    async fn pay(mut self, depth: Depth) -> HealthReport {
        let started = Instant::now();
        let (account, provider) = (self.account, self.account.provider());
        self.add(Check::Address, Rung::passed(account.base().to_string()), started);
        if !account.has_key() {
            self.add(Check::Token, Rung::failed(no_key(provider)), started);
            return self.conclude(Vec::new(), started);
        }
        let listed = match account.models().await {
            Ok(listed) => listed,
            Err(error) => {
                let problem = error.problem();
                let is_key = problem.cause == Some(Cause::AuthRequiredOrInvalid);
                self.add(if is_key { Check::Token } else { Check::Models }, Rung::failed(problem), started);
                return self.conclude(Vec::new(), started);
            }
        };
        self.add(Check::Token, Rung::passed("The key is accepted"), started);
        let (retired, listed): (Vec<ProviderModel>, Vec<ProviderModel>) =
            listed.into_iter().partition(|model| model.is_retired);
        let names: Vec<String> = listed.into_iter().map(|model| model.id).collect();
        self.add(Check::Models, Rung::passed(format!("{} may be asked", names.len())), started);
        let Some(model) = self.chosen(&names, &retired, started) else { return self.conclude(names, started) };
        if depth != Depth::Quick {
            self.try_it(&model, &names).await;
        }
        let others = names.into_iter().filter(|name| *name != model);
        let names = std::iter::once(model.clone()).chain(others).collect();
        self.conclude(names, started)
    }

    /// The model that will be asked, if it is one of the list.
    fn chosen(&mut self, names: &[String], retired: &[ProviderModel], started: Instant) -> Option<String> {
        let wanted = self.account.wanted();
        let check = Check::Role(self.account.provider().name().to_owned());
        let model = if wanted.is_empty() {
            self.account.choose(names)
        } else {
            names.iter().find(|name| *name == wanted).cloned()
        };
        let rung = match &model {
            Some(model) if wanted.is_empty() => Rung::passed(format!("{model}, because none was chosen")),
            Some(model) => Rung::passed(model.clone()),
            None => Rung::failed(not_listed(wanted, names, retired, self.account.provider())),
        };
        self.add(check, rung, started);
        self.check_small(names, retired, started);
        model
    }

    /// The narrator's model is no obstacle: another small one of the list steps in for it.
    fn check_small(&mut self, names: &[String], retired: &[ProviderModel], started: Instant) {
        let (wanted, provider) = (self.account.wanted_small(), self.account.provider());
        if wanted.is_empty() || names.iter().any(|name| name == wanted) {
            return;
        }
        let mut problem = not_listed(wanted, names, retired, provider);
        let mend = |remedy: &Remedy| matches!(remedy, Remedy::Advice { .. });
        problem.remedies.retain(mend);
        let note = format!("{} narrates instead", self.account.choose_small(names).unwrap_or_default());
        let rung = Rung { verdict: Verdict::Warned, note, problem: Some(problem) };
        self.add(Check::Role(format!("narrator of {}", provider.name())), rung, started);
    }

    async fn try_it(&mut self, model: &str, names: &[String]) {
        let started = Instant::now();
        let client = self.account.model("health check", model, names.to_vec());
        let ask = Ask {
            turns: vec![Turn::User("Answer with one word: ready".to_owned())],
            answer_tokens: TEST_TOKENS,
            limits: Limits { first_token: WITHIN, between_tokens: WITHIN, total: WITHIN },
            ..Ask::default()
        };
        let rung = match client.ask(&ask, &mut Unwatched).await {
            Ok(answer) => Rung::passed(speed_note(&Speed {
                first_token_ms: answer.timings.first_token_ms,
                tokens_per_second: answer.timings.tokens_per_second,
            })),
            Err(error) => Rung::failed(error.problem()),
        };
        self.add(Check::Generation(model.to_owned()), rung, started);
    }

    fn add(&mut self, check: Check, rung: Rung, started: Instant) {
        let Rung { verdict, note, problem } = rung;
        let (at, took_ms) = (self.at.clone(), millis(started.elapsed()));
        let finding = Finding { check, verdict, because: None, took_ms, note, problem, at };
        (self.tell.lock().unwrap_or_else(PoisonError::into_inner))(finding.clone());
        self.findings.push(finding);
    }

    fn conclude(self, names: Vec<String>, started: Instant) -> HealthReport {
        let failed = self.findings.iter().find(|finding| finding.verdict == Verdict::Failed);
        let cause = failed.and_then(|finding| finding.problem.as_ref()).and_then(|problem| problem.cause);
        let entry = |key: String| ModelEntry { key, kind: ModelKind::Llm, ..ModelEntry::default() };
        let product = match self.account.provider() {
            Provider::Gemini => Product::Gemini,
            Provider::Claude => Product::Claude,
            Provider::Local | Provider::Tools => Product::Unknown,
        };
        HealthReport {
            endpoint: self.account.base().to_string(),
            verdict: if failed.is_some() { Wellness::Unhealthy } else { Wellness::Healthy },
            cause,
            server: Server { product, ..Server::default() },
            findings: self.findings,
            models: names.into_iter().map(entry).collect(),
            roles: Vec::new(),
            took_ms: millis(started.elapsed()),
            name: self.account.provider().name().to_owned(),
            others: Vec::new(),
        }
    }
}

/// A provider far away answers a word within this time, or the check goes on without it: with the list before it, the whole
/// check takes ten seconds at the most.
const WITHIN: std::time::Duration = std::time::Duration::from_secs(5);

fn no_key(provider: Provider) -> Problem {
    let variable = match provider {
        Provider::Claude => "ANTHROPIC_API_KEY",
        _ => "GEMINI_API_KEY",
    };
    Problem {
        cause: Some(Cause::AuthRequiredOrInvalid),
        summary: format!("There is no key for {}", provider.title()),
        details: vec![format!("{variable} is not set, and none was typed in")],
        remedies: vec![
            Remedy::Action(Fix::EnterToken),
            Remedy::advice(format!("Or set {variable} before the program starts")),
        ],
    }
}

fn not_listed(wanted: &str, names: &[String], retired: &[ProviderModel], provider: Provider) -> Problem {
    let is_retired = retired.iter().any(|model| model.id == wanted);
    let is_spelling = names.iter().any(|name| is_same_but_for_spelling(wanted, name));
    let role = provider.name().to_owned();
    let take =
        |model: String| Remedy::Action(Fix::UseModel { role: role.clone(), instead_of: wanted.to_owned(), model });
    let mut remedies: Vec<Remedy> = nearest(wanted, names).into_iter().map(take).collect();
    remedies.push(Remedy::advice("Leave the model empty in the settings, and one of the list is taken"));
    Problem {
        cause: Some(match (is_retired, is_spelling) {
            (true, _) => Cause::ModelDeprecated,
            (_, true) => Cause::ModelNameMismatch,
            _ => Cause::ModelNotFound,
        }),
        summary: if is_retired {
            format!("{} has retired the model \u{201c}{wanted}\u{201d}", provider.title())
        } else {
            format!("{} lists no model called \u{201c}{wanted}\u{201d} for this account", provider.title())
        },
        details: if is_retired {
            vec!["The provider's own list names it as a model of the past".to_owned()]
        } else {
            vec!["It may be retired, or not open to this account".to_owned()]
        },
        remedies,
    }
}

/// Nothing is configured to be asked.
fn empty() -> HealthReport {
    HealthReport {
        endpoint: String::new(),
        verdict: Wellness::Unhealthy,
        cause: None,
        server: Server::default(),
        findings: Vec::new(),
        models: Vec::new(),
        roles: Vec::new(),
        took_ms: 0,
        name: String::new(),
        others: Vec::new(),
    }
}
