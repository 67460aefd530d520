//! What every account in the cloud has in common: its address, its key, the gate it stands behind, and in whose name it
//! asks.

use std::{sync::Arc, time::Duration};

use url::Url;

use super::{
    BaseUrl, Error, Evidence, Gate, Http, Limit,
    http::{Call, Method, Reply, TokenIn},
};
use crate::settings::{Provider, Secret};

/// Asks one provider. Cheap to clone.
#[derive(Clone)]
pub struct Caller {
    pub provider: Provider,
    pub http: Arc<Http>,
    pub base: BaseUrl,
    key: Option<Secret>,
    /// The header that carries the key.
    key_in: &'static str,
    /// Headers that the interface wants beside the usual ones.
    headers: &'static [(&'static str, &'static str)],
    gate: Option<Gate>,
    /// Who asks, for the ledger of open things.
    by: Arc<str>,
}

impl Caller {
    pub fn new(provider: Provider, http: Arc<Http>, base: BaseUrl, key: Option<Secret>, key_in: &'static str) -> Self {
        Self { provider, http, base, key, key_in, headers: &[], gate: None, by: "health check".into() }
    }

    /// The same with these headers.
    pub fn with(self, headers: &'static [(&'static str, &'static str)]) -> Self {
        Self { headers, ..self }
    }

    /// The same for a session: nothing new begins once the gate is shut.
    pub fn behind(&self, gate: Gate) -> Self {
        Self { gate: Some(gate), ..self.clone() }
    }

    /// The same, asked in somebody's name.
    pub fn asked_by(&self, by: &str) -> Self {
        Self { by: by.into(), ..self.clone() }
    }

    /// A request with everything but its body.
    pub fn call(&self, method: Method, url: Url, limit: (Limit, Duration)) -> Call<'_> {
        Call {
            by: &self.by,
            provider: self.provider,
            method,
            url,
            token: self.key.as_ref(),
            token_in: TokenIn::Header(self.key_in),
            headers: self.headers,
            more: &[],
            body: None,
            model: None,
            gate: self.gate.as_ref(),
            limit,
        }
    }

    /// Sends it.
    pub async fn send(&self, call: Call<'_>) -> Result<Reply, Error> {
        self.http.send(call).await
    }

    /// What is known about the account belongs to the evidence of a failure.
    pub fn complete(&self, error: Error, names: &[String]) -> Error {
        match error {
            Error::GateShut | Error::Locked { .. } | Error::Resting { .. } => error,
            Error::Failed(evidence) => {
                let models_listed = Some(names.to_vec()).filter(|names| !names.is_empty());
                Evidence { provider: Some(self.provider), models_listed, ..*evidence }.into()
            }
        }
    }
}
