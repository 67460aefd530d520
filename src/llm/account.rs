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

/// How names of small models are marked, smallest first.
const SMALL: [&str; 3] = ["flash-lite", "haiku", "nano"];

/// The newest of those that answer in words; a name counts as newer by its numbers, so that 10 comes after 9.
fn newest(listed: &[String], is_meant: impl Fn(&str) -> bool) -> Option<String> {
    let talks = |name: &&String| !NO_TALKERS.iter().any(|mark| name.contains(mark));
    listed.iter().filter(talks).filter(|name| is_meant(name)).max_by_key(|name| numbers(name)).cloned()
}

/// The version in a name, and after it the date of its build: one of eight digits is no version.
fn numbers(name: &str) -> (Vec<u64>, Vec<u64>) {
    let parts = name.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty());
    parts.filter_map(|part| part.parse::<u64>().ok()).partition(|number| *number < 1_000_000)
}

/// An account. Cheap to clone.
#[derive(Clone)]
pub struct Account {
    client: Client,
    /// The model that was chosen; empty for one of the list.
    wanted: String,
    /// The same for small things.
    wanted_small: String,
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
        let wanted_small = account.small_model.trim().to_owned();
        let base = |usual: fn() -> BaseUrl| match account.url.trim() {
            "" => Ok(usual()),
            typed => BaseUrl::parse(typed),
        };
        let http = Arc::clone(http);
        let client = match provider {
            Provider::Local | Provider::Tools => return None,
            Provider::Gemini => base(Gemini::usual_base).map(|base| Client::Gemini(Gemini::new(http, base, key))),
            Provider::Claude => base(Claude::usual_base).map(|base| Client::Claude(Claude::new(http, base, key))),
        };
        Some(client.map(|client| Self { client, wanted, wanted_small, has_key }))
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

    /// The small model that was chosen; empty for one of the list.
    pub fn wanted_small(&self) -> &str {
        &self.wanted_small
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

    /// The model that is taken where none was chosen: the newest of the preferred kind, by its name.
    pub fn choose(&self, listed: &[String]) -> Option<String> {
        let preferred = match self.provider() {
            Provider::Claude => PREFERRED_CLAUDE,
            _ => PREFERRED_GEMINI,
        };
        let is_small = |name: &str| SMALL.iter().any(|mark| name.contains(mark));
        let ordinary = |kind: &&str| newest(listed, |name| name.contains(*kind) && !is_small(name));
        let any = |kind: &&str| newest(listed, |name| name.contains(*kind));
        preferred
            .iter()
            .find_map(ordinary)
            .or_else(|| preferred.iter().find_map(any))
            .or_else(|| newest(listed, |_| true))
    }

    /// The small model that was chosen if it is listed, else a small and quick one of the list.
    pub fn choose_small(&self, listed: &[String]) -> Option<String> {
        if let Some(wanted) = listed.iter().find(|name| **name == self.wanted_small) {
            return Some(wanted.clone());
        }
        SMALL.iter().find_map(|kind| newest(listed, |name| name.contains(*kind)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::{HttpConfig, OpenThings};

    #[test]
    fn the_newest_of_the_preferred_kind_is_taken_and_a_small_one_for_small_things() {
        let http = Arc::new(Http::new(HttpConfig::default(), OpenThings::default()).unwrap());
        let account = |provider| Account::new(&http, provider, &settings::Account::default(), None).unwrap().unwrap();
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let gemini = names(&[
            "gemini-3.8-flash",
            "gemini-3.10-flash",
            "gemini-3.10-flash-lite",
            "gemini-4-flash-image",
            "gemini-4-pro",
        ]);
        assert_eq!(account(Provider::Gemini).choose(&gemini).as_deref(), Some("gemini-3.10-flash"));
        assert_eq!(account(Provider::Gemini).choose_small(&gemini).as_deref(), Some("gemini-3.10-flash-lite"));
        let claude = names(&["claude-opus-5", "claude-sonnet-5-5", "claude-sonnet-5", "claude-haiku-5-5"]);
        assert_eq!(account(Provider::Claude).choose(&claude).as_deref(), Some("claude-sonnet-5-5"));
        assert_eq!(account(Provider::Claude).choose_small(&claude).as_deref(), Some("claude-haiku-5-5"));
        let dated = names(&["claude-sonnet-4-20250514", "claude-sonnet-4-5-20250929", "claude-sonnet-4-6"]);
        assert_eq!(account(Provider::Claude).choose(&dated).as_deref(), Some("claude-sonnet-4-6"));
        assert_eq!(account(Provider::Claude).choose(&names(&["gateway-model"])).as_deref(), Some("gateway-model"));
        assert_eq!(account(Provider::Claude).choose_small(&names(&["gateway-model"])), None);
    }
}
