//! Google's Gemini, and what else answers at its address.
//!
//! [`Gemini`] is one account: its address, its key, the models it may ask. [`GeminiModel`] is one of these models
//! (`chat`), which is asked in the words of `wire` and answers in the events of `events`.

mod chat;
mod events;
mod wire;

use std::{sync::Arc, time::Duration};

use serde_json::Value;
use url::Url;

pub use chat::GeminiModel;

use super::{BaseUrl, Error, Fault, Gate, Http, Limit, caller::Caller, http::Method, provider_models::ProviderModel};
use crate::settings::{Provider, Secret};

/// Where Google answers.
const ADDRESS: &str = "https://generativelanguage.googleapis.com";
/// The version of the interface, in front of every path.
const VERSION: &str = "/v1beta";
/// A list costs the server nothing, but it may be far away.
const ANSWER_WITHIN: Duration = Duration::from_millis(4_500);
/// A page holds a thousand models, so even one more page is a rarity.
const MOST_PAGES: usize = 6;

/// One account. Cheap to clone.
#[derive(Clone)]
pub struct Gemini {
    caller: Caller,
}

impl Gemini {
    pub fn new(http: Arc<Http>, base: BaseUrl, key: Option<Secret>) -> Self {
        Self { caller: Caller::new(Provider::Gemini, http, base, key, "x-goog-api-key") }
    }

    /// Google's own address, for everybody who has no other in mind.
    pub fn usual_base() -> BaseUrl {
        BaseUrl::parse(ADDRESS).unwrap_or_else(|_| unreachable!("a constant address"))
    }

    /// The same account for a session: nothing new begins once the gate is shut.
    pub fn behind(&self, gate: Gate) -> Self {
        Self { caller: self.caller.behind(gate) }
    }

    /// The same account, asked in somebody's name.
    pub fn asked_by(&self, by: &str) -> Self {
        Self { caller: self.caller.asked_by(by) }
    }

    pub fn base(&self) -> &BaseUrl {
        &self.caller.base
    }

    pub fn http(&self) -> &Arc<Http> {
        &self.caller.http
    }

    /// The models that answer questions, by the names that [`GeminiModel::new`] takes. A key that is not valid fails
    /// here, so this is also how a key is tried.
    pub async fn models(&self) -> Result<Vec<ProviderModel>, Error> {
        let mut models = Vec::new();
        let mut next: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let call = self.caller.call(Method::Get, self.list_url(next.as_deref()), (Limit::Answer, ANSWER_WITHIN));
            let answer = async { self.caller.send(call).await?.json().await };
            let (page, evidence) = answer.await.map_err(|error| self.caller.complete(error, &[]))?;
            let Some(found) = listed(&page) else {
                return Err(self.caller.complete(evidence.with(Fault::NotJson).into(), &[]));
            };
            models.extend(found);
            next = page.get("nextPageToken").and_then(Value::as_str).filter(|next| !next.is_empty()).map(str::to_owned);
            if next.is_none() {
                break;
            }
        }
        Ok(models)
    }

    fn list_url(&self, page: Option<&str>) -> Url {
        let mut url = self.url("/models");
        url.query_pairs_mut().append_pair("pageSize", "1000").extend_pairs(page.map(|page| ("pageToken", page)));
        url
    }

    /// Where a model is asked. A tuned model brings its folder along: `tunedModels/name`.
    fn ask_url(&self, model: &str) -> Url {
        let folder = if model.contains('/') { "" } else { "models/" };
        let mut url = self.url(&format!("/{folder}{model}:streamGenerateContent"));
        url.set_query(Some("alt=sse"));
        url
    }

    /// Examples show the address with its version, so people copy it along.
    fn url(&self, path: &str) -> Url {
        let has_version = self.caller.base.at("").path().ends_with(VERSION);
        self.caller.base.at(&format!("{}{path}", if has_version { "" } else { VERSION }))
    }
}

/// The models of one page that answer questions. `None` if this is no page of models; the last page may be `{}`.
fn listed(page: &Value) -> Option<Vec<ProviderModel>> {
    let object = page.as_object()?;
    let list = match object.get("models") {
        Some(list) => list.as_array()?.as_slice(),
        None if object.keys().all(|key| key == "nextPageToken") => &[],
        None => return None,
    };
    Some(list.iter().filter_map(entry).collect())
}

fn entry(model: &Value) -> Option<ProviderModel> {
    let methods = model.get("supportedGenerationMethods").and_then(Value::as_array)?;
    if !methods.iter().any(|method| method == "generateContent") {
        return None;
    }
    let id = bare(model.get("name")?.as_str()?).to_owned();
    let title = model.get("displayName").and_then(Value::as_str).filter(|title| !title.is_empty()).map(str::to_owned);
    (!id.is_empty()).then_some(ProviderModel { id, title, is_retired: false })
}

/// The name as people write it.
fn bare(name: &str) -> &str {
    name.strip_prefix("models/").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::llm::{HttpConfig, OpenThings, http::TokenIn};

    fn account(base: &str) -> Gemini {
        let http = Http::new(HttpConfig::default(), OpenThings::default()).unwrap();
        Gemini::new(Arc::new(http), BaseUrl::parse(base).unwrap(), Secret::new("AIzaSyNotARealKey"))
    }

    #[test]
    fn only_models_that_answer_questions_are_listed() {
        let page = json!({"models": [
            {"name": "models/gemini-2.5-flash", "version": "001", "displayName": "Gemini 2.5 Flash",
             "inputTokenLimit": 1_048_576, "supportedGenerationMethods": ["generateContent", "countTokens"]},
            {"name": "models/gemini-embedding-001", "supportedGenerationMethods": ["embedContent"]},
            {"name": "models/gemma-4-31b-it", "supportedGenerationMethods": ["generateContent"], "surprise": {}},
            {"displayName": "without a name", "supportedGenerationMethods": ["generateContent"]},
        ], "nextPageToken": "more"});
        let found = listed(&page).unwrap();
        let found: Vec<_> = found.iter().map(|model| (model.id.as_str(), model.title.as_deref())).collect();
        assert_eq!(found, [("gemini-2.5-flash", Some("Gemini 2.5 Flash")), ("gemma-4-31b-it", None)]);
        assert!(listed(&json!({})).is_some_and(|models| models.is_empty()));
        assert!(listed(&json!({"hello": "world"})).is_none() && listed(&json!({"models": "none"})).is_none());
    }

    #[test]
    fn addresses_are_built_without_the_key() {
        let usual = account(ADDRESS);
        assert_eq!(usual.base(), &Gemini::usual_base());
        let list = usual.list_url(Some("a/b="));
        assert_eq!(list.as_str(), format!("{ADDRESS}/v1beta/models?pageSize=1000&pageToken=a%2Fb%3D"));
        let asked = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";
        assert_eq!(usual.ask_url("gemini-2.5-flash").as_str(), format!("{ADDRESS}{asked}"));
        let copied = account("https://gateway.example.com/google/v1beta/");
        assert_eq!(copied.list_url(None).path(), "/google/v1beta/models");
        assert_eq!(copied.ask_url("tunedModels/mine").path(), "/google/v1beta/tunedModels/mine:streamGenerateContent");
        let call = usual.caller.call(Method::Get, list, (Limit::Answer, ANSWER_WITHIN));
        assert_eq!(call.token_in, TokenIn::Header("x-goog-api-key"));
        assert!(call.token.is_some() && !call.url.as_str().contains("AIza"));
    }
}
