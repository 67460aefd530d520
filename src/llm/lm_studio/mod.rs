//! LM Studio, and every server that speaks like it: llama.cpp, Ollama, vLLM, gateways, the built-in demo.
//!
//! [`LmStudio`] is one server: who it is (`identity`), what it has (`listing`), loading (`loading`).
//! [`ChatModel`] is one model on it that answers questions (`chat`, on the wire format of `wire`).

mod chat;
mod identity;
mod listing;
mod loading;
mod wire;

use std::{sync::Arc, time::Duration};

use serde_json::Value;

pub use chat::ChatModel;
pub use listing::Listing;
pub use wire::Gathered;

use super::{
    BaseUrl, Error, Evidence, Gate, Http, Limit,
    http::{Call, Method, Reply, TokenIn},
};
use crate::{
    protocol::Product,
    settings::{Provider, Secret},
};

/// A list or a greeting costs a server nothing; one that needs longer is not well.
const ANSWER_WITHIN: Duration = Duration::from_millis(2500);

/// One server. Cheap to clone.
#[derive(Clone)]
pub struct LmStudio {
    http: Arc<Http>,
    base: BaseUrl,
    token: Option<Secret>,
    gate: Option<Gate>,
    /// Who asks, for the ledger of open things.
    by: Arc<str>,
    /// Which program it is, once that is known; some remedies work with one program only.
    product: Product,
}

impl LmStudio {
    pub fn new(http: Arc<Http>, base: BaseUrl, token: Option<Secret>) -> Self {
        Self { http, base, token, gate: None, by: "health check".into(), product: Product::Unknown }
    }

    /// The same server for a session: nothing new begins once the gate is shut.
    pub fn behind(&self, gate: Gate) -> Self {
        Self { gate: Some(gate), ..self.clone() }
    }

    /// The same server, known for what it is.
    pub fn known_as(&self, product: Product) -> Self {
        Self { product, ..self.clone() }
    }

    /// The same server, asked in somebody's name.
    pub fn asked_by(&self, by: &str) -> Self {
        Self { by: by.into(), ..self.clone() }
    }

    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    pub fn http(&self) -> &Arc<Http> {
        &self.http
    }

    fn call<'a>(&'a self, method: Method, path: &str, limit: (Limit, Duration)) -> Call<'a> {
        Call {
            by: &self.by,
            provider: Provider::Local,
            method,
            url: self.base.at(path),
            token: self.token.as_ref(),
            token_in: TokenIn::Bearer,
            headers: &[],
            more: &[],
            body: None,
            model: None,
            gate: self.gate.as_ref(),
            limit,
        }
    }

    /// Asks for something small; the answer may have any status.
    pub async fn get(&self, path: &str) -> Result<Reply, Error> {
        self.http.send(self.call(Method::Get, path, (Limit::Answer, ANSWER_WITHIN))).await
    }

    /// Asks for something small that must be JSON.
    pub async fn get_json(&self, path: &str) -> Result<(Value, Evidence), Error> {
        self.get(path).await?.json().await
    }
}
