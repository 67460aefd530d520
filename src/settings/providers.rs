//! Who runs the models: this machine and its neighbours, or a provider in the cloud with an account.

use serde::{Deserialize, Serialize};

/// Who runs the models.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// LM Studio and every server that speaks like it.
    #[default]
    Local,
    Gemini,
    Claude,
    /// No models: a tool server that is spoken to over HTTP. It stands in the ledger of what left this machine, and has
    /// no account.
    Tools,
}

impl Provider {
    pub const ALL: [Self; 3] = [Self::Local, Self::Gemini, Self::Claude];
    pub const CLOUD: [Self; 2] = [Self::Gemini, Self::Claude];

    /// The name in settings and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Gemini => "gemini",
            Self::Claude => "claude",
            Self::Tools => "tools",
        }
    }

    /// The name people know it by.
    pub fn title(self) -> &'static str {
        match self {
            Self::Local => "Local models",
            Self::Gemini => "Gemini",
            Self::Claude => "Claude",
            Self::Tools => "Tool servers",
        }
    }
}

/// The accounts in the cloud. Keys are no part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProviderSettings {
    pub gemini: Account,
    pub claude: Account,
}

/// One account in the cloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    /// Empty means the provider's own address; otherwise that of a gateway.
    pub url: String,
    /// Empty means: one that the account may ask, found in the provider's own list.
    pub model: String,
    /// The one that narrates; empty means a small one of the list.
    pub small_model: String,
    /// Questions under way at the same time.
    pub at_once: u32,
    /// Questions in sixty seconds; 0 for as many as the provider takes.
    pub requests_per_minute: u32,
    /// Tokens of prompts and answers in sixty seconds; 0 for as many as the provider takes.
    pub tokens_per_minute: u64,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            url: String::new(),
            model: String::new(),
            small_model: String::new(),
            at_once: 10,
            requests_per_minute: 0,
            tokens_per_minute: 0,
        }
    }
}

impl ProviderSettings {
    /// The account with one provider; `None` for what is no provider in the cloud.
    pub fn account(&self, provider: Provider) -> Option<&Account> {
        match provider {
            Provider::Local | Provider::Tools => None,
            Provider::Gemini => Some(&self.gemini),
            Provider::Claude => Some(&self.claude),
        }
    }

    /// The same account to be changed.
    pub fn account_mut(&mut self, provider: Provider) -> Option<&mut Account> {
        match provider {
            Provider::Local | Provider::Tools => None,
            Provider::Gemini => Some(&mut self.gemini),
            Provider::Claude => Some(&mut self.claude),
        }
    }
}
