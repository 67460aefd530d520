//! Sessions whose models run in the cloud: which accounts there are, and the parts that their models play.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use super::{backstage::Backstage, prepare::manner};
use crate::{
    health::{self, cloud::DECIDER},
    llm::{Gate, Model, account::Account, throttle::Throttle},
    mind::{
        Mind, Stage,
        experts::{LocalExperts, Patience},
        player::Player,
        prompts,
        single::Single,
    },
    protocol::{Depth, HealthReport, Problem},
    settings::{CloudMode, Provider, Settings, Strategy},
};

/// True where providers in the cloud are asked instead of a local server.
pub fn is_asked(settings: &Settings) -> bool {
    !settings.demo && (settings.cloud == CloudMode::CloudOnly || settings.agent.strategy == Strategy::CloudExperts)
}

impl Backstage {
    /// The accounts as the settings have them, where the policy lets them be asked at all. Fails if the address of a
    /// gateway is none.
    pub(super) fn accounts(&self, settings: &Settings) -> Result<Vec<Account>, Problem> {
        if !is_asked(settings) && !settings.cloud.is_mixed() {
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

/// A model in the cloud that steps in for local ones, or goes before them.
pub struct Substitute {
    account: Account,
    model: String,
    names: Vec<String>,
    throttle: Throttle,
}

impl Substitute {
    /// The model for one part.
    pub fn model(&self, role: &str) -> Arc<dyn Model> {
        let client = format!("{role} in the cloud");
        Arc::new(self.throttle.hold(self.account.model(&client, &self.model, self.names.clone())))
    }
}

/// Who can step in, if the policy allows it and some account can be asked.
pub async fn substitute(settings: &Settings, accounts: &[Account], gate: &Gate) -> Option<Substitute> {
    if !settings.cloud.is_mixed() || settings.demo {
        return None;
    }
    let report = health::cloud::check(accounts, Depth::Quick, &mut |_finding| {}).await;
    let decider = report.roles.iter().find(|role| role.role == DECIDER)?;
    let account = accounts.iter().find(|account| account.provider().name() == decider.endpoint)?;
    let models = report.of_endpoint(&decider.endpoint)?.models.iter();
    Some(Substitute {
        account: account.behind(gate.clone()),
        model: decider.model.clone(),
        names: models.map(|model| model.key.clone()).collect(),
        throttle: Throttle::default(),
    })
}

/// Checks the accounts and gives their models their parts.
pub async fn cast(
    settings: &Settings,
    accounts: &[Account],
    gate: &Gate,
    stage: &Stage,
) -> Result<(Arc<dyn Mind>, HealthReport), Problem> {
    if settings.cloud == CloudMode::LocalOnly {
        return Err(local_only());
    }
    let report = health::cloud::check(accounts, Depth::Quick, &mut |_finding| {}).await;
    if report.roles.is_empty() {
        return Err(report.first_problem().cloned().unwrap_or_else(nobody));
    }
    let accounts: BTreeMap<&str, Account> =
        accounts.iter().map(|account| (account.provider().name(), account.behind(gate.clone()))).collect();
    let throttles: BTreeMap<&str, Throttle> = accounts.keys().map(|name| (*name, Throttle::default())).collect();
    let model = |role: &crate::protocol::RoleReport| -> Result<Arc<dyn Model>, Problem> {
        let account = accounts.get(role.endpoint.as_str()).ok_or_else(nobody)?;
        let here = report.of_endpoint(&role.endpoint).map(|here| here.models.as_slice()).unwrap_or_default();
        let model = account.model(&role.role, &role.model, here.iter().map(|entry| entry.key.clone()).collect());
        let throttle = throttles.get(role.endpoint.as_str()).ok_or_else(nobody)?;
        Ok(Arc::new(throttle.hold(model)))
    };
    let decider = report.roles.iter().find(|role| role.role == DECIDER).ok_or_else(nobody)?;
    if settings.agent.strategy == Strategy::Single {
        let player = Player::new(DECIDER, "single", prompts::single(), model(decider)?, stage);
        let single = Single::new(Arc::new(player), stage.clone(), manner(&settings.limits));
        return Ok((Arc::new(single), report));
    }
    // The instructions of the settings' own experts go round among the nine.
    let own: Vec<&str> =
        settings.roles.iter().filter(|role| role.is_expert()).map(|role| role.instruction.as_str()).collect();
    let own = if own.is_empty() { vec!["perception"] } else { own };
    let mut experts = Vec::new();
    for (number, role) in report.roles.iter().filter(|role| role.role != DECIDER).enumerate() {
        let instruction = own[number % own.len()];
        let title = format!("{instruction} ({})", role.endpoint);
        experts.push(Arc::new(Player::new(&role.role, &title, prompts::expert(instruction), model(role)?, stage)));
    }
    let decider = Player::new(DECIDER, DECIDER, prompts::synthesizer(), model(decider)?, stage);
    let patience =
        Patience { quorum: settings.limits.quorum, deadline: Duration::from_secs_f64(settings.limits.experts_s) };
    let mind = LocalExperts::new(experts, Arc::new(decider), stage.clone(), manner(&settings.limits), patience);
    Ok((Arc::new(mind), report))
}

fn bad_gateway(provider: Provider, url: &str, reason: &str) -> Problem {
    Problem::plain(
        format!("The address of the gateway for {} cannot be understood", provider.title()),
        vec![format!("[providers.{}] url = \"{url}\"", provider.name()), reason.to_owned()],
        "Correct it in the settings, or leave it empty for the provider's own address",
    )
}

fn local_only() -> Problem {
    Problem::plain(
        "Cloud experts cannot be asked while only local models are allowed",
        vec!["Nothing was sent".to_owned()],
        "Switch Cloud only on in Setup, or choose another way of thinking",
    )
}

fn nobody() -> Problem {
    Problem::plain("No provider in the cloud can be asked", Vec::new(), "Open Setup and run the check")
}
