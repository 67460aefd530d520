//! One account with a provider in the cloud, whichever it is: what it may ask, and a model of it.

use std::sync::Arc;

use super::{
    BaseUrl, Error, Gate, Http, Model,
    address::AddressError,
    claude::{Claude, ClaudeModel},
    gemini::{Gemini, GeminiModel},
    provider_models::ProviderModel,
};
use crate::settings::{self, Provider, Secret};

/// What a name must hold to be taken where none was chosen, best first: quick and able, and not the dearest.
const PREFERRED_GEMINI: [&str; 2] = ["flash", "pro"];
const PREFERRED_CLAUDE: [&str; 2] = ["sonnet", "haiku"];
/// Kinds of models that answer no questions in words.
const NO_TALKERS: [&str; 8] = ["embedding", "image", "tts", "audio", "live", "aqa", "robotics", "computer-use"];

/// An account. Cheap to clone.
#[derive(Clone)]
pub struct Account {
    client: Client,
    /// The model that was chosen; empty for one of the list.
    wanted: String,
    has_key: bool,
}

#[derive(Clone)]
enum Client {
    Gemini(Gemini),
    Claude(Claude),
}

impl Account {
    /// The account as the settings have it; `None` for what is no provider in the cloud. Fails if the address of its
    /// gateway is none.
    pub fn new(
        http: &Arc<Http>,
        provider: Provider,
        account: &settings::Account,
        key: Option<Secret>,
    ) -> Option<Result<Self, AddressError>> {
        let (has_key, wanted) = (key.is_some(), account.model.trim().to_owned());
        let base = |usual: fn() -> BaseUrl| match account.url.trim() {
            "" => Ok(usual()),
            typed => BaseUrl::parse(typed),
        };
        let http = Arc::clone(http);
        let client = match provider {
            Provider::Local => return None,
            Provider::Gemini => base(Gemini::usual_base).map(|base| Client::Gemini(Gemini::new(http, base, key))),
            Provider::Claude => base(Claude::usual_base).map(|base| Client::Claude(Claude::new(http, base, key))),
        };
        Some(client.map(|client| Self { client, wanted, has_key }))
    }

    pub fn provider(&self) -> Provider {
        match &self.client {
            Client::Gemini(_) => Provider::Gemini,
            Client::Claude(_) => Provider::Claude,
        }
    }

    /// Where it is asked.
    pub fn base(&self) -> &BaseUrl {
        match &self.client {
            Client::Gemini(gemini) => gemini.base(),
            Client::Claude(claude) => claude.base(),
        }
    }

    /// The model that was chosen; empty for one of the list.
    pub fn wanted(&self) -> &str {
        &self.wanted
    }

    pub fn has_key(&self) -> bool {
        self.has_key
    }

    /// The same account for a session: nothing new begins once the gate is shut.
    pub fn behind(&self, gate: Gate) -> Self {
        let client = match &self.client {
            Client::Gemini(gemini) => Client::Gemini(gemini.behind(gate)),
            Client::Claude(claude) => Client::Claude(claude.behind(gate)),
        };
        Self { client, ..self.clone() }
    }

    /// What it may ask. Costs no tokens, and fails with a key that is not valid.
    pub async fn models(&self) -> Result<Vec<ProviderModel>, Error> {
        match &self.client {
            Client::Gemini(gemini) => gemini.models().await,
            Client::Claude(claude) => claude.models().await,
        }
    }

    /// One model of it, registered in the ledger of open things until it is dropped.
    pub fn model(&self, client: &str, model: &str, listed: Vec<String>) -> Arc<dyn Model> {
        match &self.client {
            Client::Gemini(gemini) => Arc::new(GeminiModel::new(gemini, client, model, listed)),
            Client::Claude(claude) => Arc::new(ClaudeModel::new(claude, client, model, listed)),
        }
    }

    /// The model that is taken where none was chosen: the newest of the preferred kind, as the list names it first.
    pub fn choose(&self, listed: &[String]) -> Option<String> {
        let preferred = match self.provider() {
            Provider::Claude => PREFERRED_CLAUDE,
            _ => PREFERRED_GEMINI,
        };
        let talks = |name: &&String| !NO_TALKERS.iter().any(|mark| name.contains(mark));
        let of_kind = |kind: &&str| listed.iter().filter(talks).filter(|name| name.contains(*kind)).max();
        preferred.iter().find_map(of_kind).or_else(|| listed.iter().find(talks)).cloned()
    }
}
