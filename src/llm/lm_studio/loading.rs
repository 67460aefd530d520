//! Loading and unloading, explicitly and once.
//!
//! LM Studio's load request is not idempotent: every success adds another copy of the model. So the list is read first
//! and a model that is there is left alone, and all loads of this process wait for one another.

use std::time::Duration;

use serde_json::{Value, json};

use super::LmStudio;
use crate::{
    llm::{Error, Evidence, Limit, evidence::Fault, http::Method},
    protocol::ModelInstance,
};

impl LmStudio {
    /// Loads a model if no copy of it is loaded. Gives the name under which it answers.
    pub async fn load(&self, model: &str, context_length: Option<u32>, within: Duration) -> Result<String, Error> {
        let _one_at_a_time = self.http.loading().await;
        let listing = self.listing().await?;
        let entry = listing.find(model);
        let is_large_enough =
            |instance: &&ModelInstance| context_length.is_none_or(|wanted| instance.context_length >= Some(wanted));
        let instances = entry.map(|entry| entry.instances.as_slice()).unwrap_or_default();
        if let Some(instance) = instances.iter().find(is_large_enough) {
            return Ok(instance.id.clone());
        }
        // What a model cannot have must not cost the copy that works.
        let most = entry.and_then(|entry| entry.max_context_length);
        let context_length = context_length.map(|wanted| wanted.min(most.unwrap_or(wanted)));
        if let Some(instance) = instances.first() {
            if instance.context_length >= context_length {
                return Ok(instance.id.clone());
            }
            self.unload(&instance.id).await?;
        }
        let replaced = instances.first().map(|instance| instance.context_length);
        let loading = self.load_now(model, context_length, within).await;
        if let (Err(Error::Failed(_)), Some(before)) = (&loading, replaced) {
            // The copy that worked is worth more than the one that could not be had.
            let _what_counts_is_the_refusal = self.load_now(model, before, within).await;
        }
        loading.map_err(|error| match error {
            Error::GateShut | Error::Locked { .. } | Error::Resting { .. } => error,
            Error::Failed(evidence) => {
                let (models_listed, product) = (Some(listing.names()), Some(self.product));
                Evidence { models_listed, product, ..*evidence }.into()
            }
        })
    }

    async fn load_now(&self, model: &str, context_length: Option<u32>, within: Duration) -> Result<String, Error> {
        let mut body = json!({"model": model});
        if let Some(length) = context_length {
            body["context_length"] = json!(length);
        }
        let (answer, evidence) = self.post("/api/v1/models/load", &body, model, (Limit::Load, within)).await?;
        match answer.get("instance_id").and_then(Value::as_str) {
            Some(instance) => Ok(instance.to_owned()),
            None => Err(evidence.with(Fault::NotJson).into()),
        }
    }

    /// Unloads one copy by its id.
    pub async fn unload(&self, instance: &str) -> Result<(), Error> {
        let body = json!({"instance_id": instance});
        self.post("/api/v1/models/unload", &body, instance, (Limit::Load, Duration::from_secs(30))).await.map(drop)
    }

    async fn post(
        &self,
        path: &str,
        body: &Value,
        model: &str,
        limit: (Limit, Duration),
    ) -> Result<(Value, Evidence), Error> {
        let mut call = self.call(Method::Post, path, limit);
        call.body = Some(body);
        call.model = Some(model);
        self.http.send(call).await?.json().await
    }
}
