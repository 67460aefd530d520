//! The accounts in the cloud of a session: which there are, which models they may ask, and who plays for them.

use std::sync::Arc;

use super::{backstage::Backstage, throttles::Throttles};
use crate::{
    health::{self, cloud::Place},
    llm::{Gate, Purse, account::Account, throttle::Throttle},
    mind::switch::Candidate,
    protocol::{Depth, HealthReport, Problem, ProviderView},
    settings::{CloudMode, Part, Provider, Settings},
};

/// True where no local server is asked.
pub fn is_alone(settings: &Settings) -> bool {
    !settings.demo && settings.cloud == CloudMode::CloudOnly
}

/// True where the policy lets anybody in the cloud be asked.
pub fn is_allowed(settings: &Settings) -> bool {
    !settings.demo && settings.cloud != CloudMode::LocalOnly
}

impl Backstage {
    /// The accounts as the settings have them, where the policy lets them be asked at all. Fails if the address of a
    /// gateway is none.
    pub(super) fn accounts(&self, settings: &Settings) -> Result<Vec<Account>, Problem> {
        if !is_allowed(settings) {
            return Ok(Vec::new());
        }
        let account = |provider: Provider| {
            let settings = settings.providers.account(provider)?;
            let account = Account::new(&self.http, provider, settings, self.key(provider))?;
            Some(account.map_err(|error| bad_gateway(provider, settings.url.trim(), &error.to_string())))
        };
        Provider::CLOUD.into_iter().filter_map(account).collect()
    }
}

/// One account that can be asked.
pub struct CloudSide {
    account: Account,
    model: String,
    /// The one that narrates.
    small_model: String,
    names: Vec<String>,
    throttle: Throttle,
}

/// Everybody in the cloud.
#[derive(Default)]
pub struct Cloud {
    pub sides: Vec<CloudSide>,
    pub report: Option<HealthReport>,
    /// Who cannot be asked, and why.
    pub absent: Vec<(Provider, Problem)>,
}

impl Cloud {
    /// Asks every account for its models, which costs no tokens.
    pub async fn gather(
        settings: &Settings,
        accounts: &[Account],
        parts: &[Part],
        gate: &Gate,
        throttles: &Throttles,
    ) -> Self {
        if accounts.is_empty() {
            return Self::default();
        }
        let report = health::cloud::check(accounts, parts, Depth::Quick, Place::Alone, &mut |_finding| {}).await;
        let (mut sides, mut absent) = (Vec::new(), Vec::new());
        for account in accounts {
            let provider = account.provider();
            let here = report.of_endpoint(provider.name());
            let names: Vec<String> = here.iter().flat_map(|here| &here.models).map(|model| model.key.clone()).collect();
            let problem = here.and_then(|here| here.first_problem_of_its_own()).cloned();
            match (problem, names.first(), settings.providers.account(provider)) {
                (None, Some(model), Some(wanted)) => sides.push(CloudSide {
                    account: account.behind(gate.clone()),
                    model: model.clone(),
                    small_model: account.choose_small(&names).unwrap_or_else(|| model.clone()),
                    names: names.clone(),
                    throttle: throttles.of_account(provider, wanted),
                }),
                (problem, ..) => absent.push((provider, problem.unwrap_or_else(|| no_models(provider)))),
            }
        }
        Self { sides, report: Some(report), absent }
    }

    /// Whoever of these providers can play the part.
    pub fn candidates(&self, part: &str, allowed: &[Provider], purse: &Purse) -> Vec<Candidate> {
        let is_allowed = |side: &&CloudSide| allowed.contains(&side.throttle.provider());
        self.sides.iter().filter(is_allowed).map(|side| side.play(part, &side.model, purse)).collect()
    }

    /// Whoever of these providers can narrate.
    pub fn narrators(&self, part: &str, allowed: &[Provider], purse: &Purse) -> Vec<Candidate> {
        let is_allowed = |side: &&CloudSide| allowed.contains(&side.throttle.provider());
        self.sides.iter().filter(is_allowed).map(|side| side.play(part, &side.small_model, purse)).collect()
    }

    /// The ports at which accounts are asked, for counting connections.
    pub fn ports(&self) -> Vec<u16> {
        self.sides.iter().map(|side| side.account.base().port()).collect()
    }

    /// For people.
    pub fn views(&self) -> Vec<ProviderView> {
        self.sides.iter().map(|side| ProviderView { model: side.model.clone(), ..side.throttle.view() }).collect()
    }
}

impl CloudSide {
    fn play(&self, part: &str, model: &str, purse: &Purse) -> Candidate {
        let model = self.account.model(part, model, self.names.clone());
        Candidate::new(Arc::clone(&model), &self.throttle, purse)
    }
}

fn bad_gateway(provider: Provider, url: &str, reason: &str) -> Problem {
    Problem::plain(
        format!("The address of the gateway for {} cannot be understood", provider.title()),
        vec![format!("[providers.{}] url = \"{url}\"", provider.name()), reason.to_owned()],
        "Correct it in the settings, or leave it empty for the provider's own address",
    )
}

fn no_models(provider: Provider) -> Problem {
    Problem::plain(
        format!("{} lists no model that can be asked", provider.title()),
        Vec::new(),
        "Look into the account, or name a model in the settings",
    )
}
