//! Which models a server has, from the best interface it offers: `/api/v1`, else `/api/v0`, else `/v1`.
//!
//! Read leniently: fields come and go between versions. Only `/api/v1` and `/api/v0` tell loaded from downloaded;
//! `/v1/models` lists everything that could be loaded on demand.

use std::collections::BTreeMap;

use serde_json::Value;

use super::LmStudio;
use crate::{
    llm::{Error, Fault},
    protocol::{Api, ModelEntry, ModelInstance, ModelKind, Product},
};

/// Parts of names of models for embeddings, ranking and speech.
const NO_TALKERS: [&str; 7] = ["embed", "bge-", "e5-", "gte-", "minilm", "rerank", "whisper"];

/// The models and the interface that told of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    pub api: Api,
    pub models: Vec<ModelEntry>,
    /// The server serves exactly what it lists, so everything listed is ready to answer.
    pub everything_is_loaded: bool,
}

impl Listing {
    /// Every name that can be asked for.
    pub fn names(&self) -> Vec<String> {
        let names = |model: &ModelEntry| {
            let instances = model.instances.iter().map(|instance| instance.id.clone());
            std::iter::once(model.key.clone()).chain(instances.filter(|id| *id != model.key)).collect::<Vec<_>>()
        };
        self.models.iter().flat_map(names).collect()
    }

    pub fn find(&self, name: &str) -> Option<&ModelEntry> {
        self.models.iter().find(|model| model.answers_to(name))
    }
}

impl LmStudio {
    /// Lists the models of a server of unknown kind.
    pub async fn listing(&self) -> Result<Listing, Error> {
        self.listing_of(Product::Unknown).await
    }

    /// Lists the models. Servers that are known not to have LM Studio's own interface are not asked for it.
    pub async fn listing_of(&self, product: Product) -> Result<Listing, Error> {
        if matches!(product, Product::LmStudio | Product::Demo | Product::Unknown) {
            for (api, path, key) in [(Api::V1, "/api/v1/models", "models"), (Api::V0, "/api/v0/models", "data")] {
                match self.get_json(path).await {
                    Ok((value, _)) => {
                        if let Some(list) = value.get(key).and_then(Value::as_array) {
                            let models = if api == Api::V1 { from_v1(list) } else { from_v0(list) };
                            return Ok(Listing { api, models, everything_is_loaded: false });
                        }
                    }
                    Err(error) if is_missing_interface(&error) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        let (value, evidence) = self.get_json("/v1/models").await?;
        let nothing = Vec::new();
        let list = match value.get("data") {
            Some(Value::Array(list)) => list,
            // Ollama without a model says `null`.
            Some(Value::Null) if value.get("object").is_some() => &nothing,
            _ => return Err(evidence.with(Fault::NotJson).into()),
        };
        let mut models: Vec<ModelEntry> = list.iter().filter_map(from_openai).collect();
        let is_llama = product == Product::LlamaCpp;
        if is_llama {
            self.complete_from_props(&mut models).await;
        }
        let everything_is_loaded = is_llama || matches!(product, Product::Vllm | Product::LiteLlm);
        if everything_is_loaded {
            mark_loaded(&mut models);
        }
        Ok(Listing { api: Api::OpenAi, models, everything_is_loaded })
    }

    /// llama.cpp tells context, slots and abilities of its one model on a page of its own.
    async fn complete_from_props(&self, models: &mut [ModelEntry]) {
        let Ok((props, _)) = self.get_json("/props").await else { return };
        for model in models {
            let instance = ModelInstance {
                id: model.key.clone(),
                context_length: number(props.pointer("/default_generation_settings/n_ctx")),
                parallel: number(props.get("total_slots")),
            };
            model.instances = vec![instance];
            model.vision = props.pointer("/modalities/vision").and_then(Value::as_bool);
            let template = props.get("chat_template").and_then(Value::as_str);
            model.tool_use = template.map(|template| template.contains("tools"));
        }
    }
}

/// An older server, or another product, that does not have this interface; a refusal or a dead line is no such thing.
fn is_missing_interface(error: &Error) -> bool {
    let Some(evidence) = error.evidence() else { return false };
    match (&evidence.fault, evidence.observed.status) {
        (Some(Fault::ErrorInBody | Fault::NotJson), Some(200)) => true,
        (Some(Fault::Status), Some(status)) => matches!(status, 400 | 404 | 405 | 501),
        _ => false,
    }
}

fn mark_loaded(models: &mut [ModelEntry]) {
    for model in models.iter_mut().filter(|model| model.instances.is_empty()) {
        model.instances = vec![ModelInstance { id: model.key.clone(), ..ModelInstance::default() }];
    }
}

/// With linked devices the same key comes twice; the loaded copy wins.
fn merge(models: Vec<ModelEntry>) -> Vec<ModelEntry> {
    let mut merged: Vec<ModelEntry> = Vec::with_capacity(models.len());
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for model in models {
        match places.get(&model.key) {
            Some(&place) if !merged[place].is_loaded() && model.is_loaded() => merged[place] = model,
            Some(_) => {}
            None => {
                places.insert(model.key.clone(), merged.len());
                merged.push(model);
            }
        }
    }
    merged
}

fn from_v1(list: &[Value]) -> Vec<ModelEntry> {
    let entry = |model: &Value| {
        let instance = |instance: &Value| {
            Some(ModelInstance {
                id: text(instance.get("id"))?,
                context_length: number(instance.pointer("/config/context_length")),
                parallel: number(instance.pointer("/config/parallel")),
            })
        };
        let instances = model.get("loaded_instances").and_then(Value::as_array);
        Some(ModelEntry {
            key: text(model.get("key"))?,
            kind: kind(model.get("type")),
            instances: instances.into_iter().flatten().filter_map(instance).collect(),
            max_context_length: number(model.get("max_context_length")),
            vision: model.pointer("/capabilities/vision").and_then(Value::as_bool),
            tool_use: model.pointer("/capabilities/trained_for_tool_use").and_then(Value::as_bool),
            reasoning: model.pointer("/capabilities/reasoning").map(|reasoning| !reasoning.is_null()),
            size_bytes: model.get("size_bytes").and_then(Value::as_u64),
            quantization: text(model.pointer("/quantization/name")),
            variants: strings(model.get("variants")),
        })
    };
    merge(list.iter().filter_map(entry).collect())
}

fn from_v0(list: &[Value]) -> Vec<ModelEntry> {
    let entry = |model: &Value| {
        let key = text(model.get("id"))?;
        let instance = ModelInstance {
            id: key.clone(),
            context_length: number(model.get("loaded_context_length")),
            parallel: None,
        };
        let is_loaded = model.get("state").and_then(Value::as_str) == Some("loaded");
        let kind_name = model.get("type").and_then(Value::as_str);
        Some(ModelEntry {
            key,
            kind: kind(model.get("type")),
            instances: if is_loaded { vec![instance] } else { Vec::new() },
            max_context_length: number(model.get("max_context_length")),
            vision: kind_name.map(|kind| kind == "vlm"),
            tool_use: model.get("capabilities").map(|list| strings(Some(list)).iter().any(|name| name == "tool_use")),
            quantization: text(model.get("quantization")),
            ..ModelEntry::default()
        })
    };
    merge(list.iter().filter_map(entry).collect())
}

fn from_openai(model: &Value) -> Option<ModelEntry> {
    let key = text(model.get("id"))?;
    // Nothing but the name tells; models that answer no questions nearly always say what they are for.
    let name = key.to_lowercase();
    let is_embedding = NO_TALKERS.iter().any(|mark| name.contains(mark));
    Some(ModelEntry {
        kind: if is_embedding { ModelKind::Embedding } else { ModelKind::Unknown },
        max_context_length: number(model.pointer("/meta/n_ctx_train")).or_else(|| number(model.get("max_model_len"))),
        size_bytes: model.pointer("/meta/size").and_then(Value::as_u64),
        key,
        ..ModelEntry::default()
    })
}

fn kind(value: Option<&Value>) -> ModelKind {
    match value.and_then(Value::as_str) {
        Some("llm" | "vlm") => ModelKind::Llm,
        Some("embedding" | "embeddings") => ModelKind::Embedding,
        _ => ModelKind::Unknown,
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn number(value: Option<&Value>) -> Option<u32> {
    value.and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok())
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array);
    list.into_iter().flatten().filter_map(|entry| text(Some(entry))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_native_list_tells_loaded_from_downloaded() {
        let list = json!([
            {"type": "llm", "key": "google/gemma", "size_bytes": 5, "quantization": {"name": "Q4_K_M"},
             "loaded_instances": [{"id": "google/gemma:2", "config": {"context_length": 4096, "parallel": 4}}],
             "max_context_length": 262_144, "capabilities": {"vision": true, "trained_for_tool_use": false},
             "variants": ["google/gemma@q4_k_m"]},
            {"type": "embeddings", "key": "nomic", "loaded_instances": []},
            {"type": "hologram", "key": "new", "surprise": 1},
            {"no": "key"},
        ]);
        let models = from_v1(list.as_array().unwrap());
        assert_eq!(models.len(), 3);
        assert_eq!(
            models[0].instances,
            [ModelInstance { id: "google/gemma:2".into(), context_length: Some(4096), parallel: Some(4) }]
        );
        assert!(models[0].answers_to("google/gemma@q4_k_m") && models[0].vision == Some(true));
        assert_eq!((models[1].kind, models[2].kind), (ModelKind::Embedding, ModelKind::Unknown));
    }

    #[test]
    fn the_same_model_on_two_devices_is_one_entry_and_the_loaded_one_wins() {
        let list = json!([
            {"type": "llm", "key": "a", "loaded_instances": []},
            {"type": "llm", "key": "a", "loaded_instances": [{"id": "a"}]},
        ]);
        let models = from_v1(list.as_array().unwrap());
        assert_eq!((models.len(), models[0].is_loaded()), (1, true));
    }

    #[test]
    fn the_older_list_calls_vision_models_by_another_type() {
        let list = json!([{"id": "qwen-vl", "type": "vlm", "state": "loaded", "loaded_context_length": 12918,
            "max_context_length": 131_072, "capabilities": ["tool_use"]}, {"id": "off", "state": "not-loaded"}]);
        let models = from_v0(list.as_array().unwrap());
        assert_eq!((models[0].kind, models[0].vision, models[0].tool_use), (ModelKind::Llm, Some(true), Some(true)));
        assert_eq!(models[0].instances[0].context_length, Some(12918));
        assert!(!models[1].is_loaded());
    }
}
