//! `/api/v1/models`: the catalogue as LM Studio 0.4 lists it, loading and unloading.

use std::sync::Arc;

use hyper::{Response, StatusCode};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{
    answer::{self, Body},
    call::Call,
    catalogue::{Entry, Instance},
    config::{DemoModel, DemoModelKind},
    errors::Refusal,
    native_input::refuse_unknown_keys,
};

const LOAD_KEYS: [&str; 7] = [
    "model",
    "context_length",
    "eval_batch_size",
    "flash_attention",
    "num_experts",
    "offload_kv_cache_to_gpu",
    "echo_load_config",
];

/// Everything downloaded, whether or not it is loaded on demand.
pub(super) fn models(call: &Call) -> Response<Body> {
    let models: Vec<Value> = call.state.catalogue.entries().iter().map(|entry| card(entry)).collect();
    answer::ok(&json!({"models": models}))
}

fn card(entry: &Entry) -> Value {
    let model = &*entry.model;
    let (publisher, name) = model.key.split_once('/').unwrap_or(("demo", model.key.as_str()));
    let variant = format!("{}@q4_k_m", model.key);
    let instances: Vec<Value> =
        entry.instances().iter().map(|instance| json!({"id": instance.id, "config": load_config(instance)})).collect();
    let mut card = json!({
        "type": kind(model),
        "publisher": publisher,
        "key": model.key,
        "display_name": format!("{} (demo)", name.replace('-', " ")),
        "quantization": {"name": "Q4_K_M", "bits_per_weight": 4},
        "size_bytes": model.size_bytes,
        "params_string": null,
        "loaded_instances": instances,
        "max_context_length": model.max_context_length,
        "format": "gguf",
        "description": "Demo, not a language model",
        "variants": [variant],
        "selected_variant": variant,
    });
    if model.kind == DemoModelKind::Llm {
        card["architecture"] = Value::from("demo");
        card["capabilities"] = capabilities(model);
    }
    card
}

fn capabilities(model: &DemoModel) -> Value {
    let mut capabilities = json!({"vision": model.vision, "trained_for_tool_use": model.tool_use});
    if model.reasoning {
        capabilities["reasoning"] = json!({"allowed_options": ["off", "on"], "default": "on"});
    }
    capabilities
}

fn kind(model: &DemoModel) -> &'static str {
    match model.kind {
        DemoModelKind::Llm => "llm",
        DemoModelKind::Embedding => "embedding",
    }
}

fn load_config(instance: &Instance) -> Value {
    match instance.model.kind {
        DemoModelKind::Embedding => json!({"context_length": instance.context_length}),
        DemoModelKind::Llm => json!({
            "context_length": instance.context_length,
            "eval_batch_size": 512,
            "parallel": instance.model.parallel,
            "flash_attention": true,
            "offload_kv_cache_to_gpu": true,
        }),
    }
}

pub(super) async fn load(call: &Call) -> Result<Response<Body>, Refusal> {
    refuse_unknown_keys(&call.body, &LOAD_KEYS)?;
    let asked = call.body["model"].as_str().ok_or_else(|| missing("model"))?;
    let entry = call.state.catalogue.entry(asked).ok_or_else(|| unknown(asked))?;
    let context_length = context_length(&call.body["context_length"], &entry.model)?;
    let started = Instant::now();
    let instance = entry.load(context_length).await.map_err(|why| why.native())?;
    Ok(answer::ok(&loaded(&instance, started, call.body["echo_load_config"] == true)))
}

fn loaded(instance: &Arc<Instance>, started: Instant, echo: bool) -> Value {
    let mut loaded = json!({
        "type": kind(&instance.model),
        "instance_id": instance.id,
        "load_time_seconds": started.elapsed().as_secs_f64(),
        "status": "loaded",
    });
    if echo {
        loaded["load_config"] = load_config(instance);
    }
    loaded
}

fn context_length(wanted: &Value, model: &DemoModel) -> Result<Option<u32>, Refusal> {
    if wanted.is_null() {
        return Ok(None);
    }
    let refused = |message: &str| Err(Refusal::parameter("invalid_value", "context_length", message));
    match wanted.as_u64().map(u32::try_from) {
        Some(Ok(length)) if (1..=model.max_context_length).contains(&length) => Ok(Some(length)),
        Some(_) => {
            let most = model.max_context_length;
            refused(&format!("'context_length' must be between 1 and {most}, the model's maximum context length"))
        }
        None => refused("'context_length' must be a positive integer"),
    }
}

pub(super) fn unload(call: &Call) -> Result<Response<Body>, Refusal> {
    refuse_unknown_keys(&call.body, &["instance_id"])?;
    let id = call.body["instance_id"].as_str().ok_or_else(|| missing("instance_id"))?;
    if call.state.catalogue.unload(id) {
        return Ok(answer::ok(&json!({"instance_id": id})));
    }
    Err(unknown(id))
}

fn unknown(asked: &str) -> Refusal {
    Refusal::native(StatusCode::NOT_FOUND, "model_not_found", &format!("Model \"{asked}\" not found"))
}

/// A parameter that must be there is not.
pub(super) fn missing(parameter: &str) -> Refusal {
    Refusal::parameter("missing_required_parameter", parameter, &format!("\"{parameter}\" is required"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_card_tells_what_a_model_can_do_and_whether_it_is_loaded() {
        let model = DemoModel {
            reasoning: true,
            loaded: true,
            loaded_context_length: 4_096,
            ..DemoModel::llm("demo/deep-one")
        };
        let catalogue = super::super::catalogue::Catalogue::new(vec![model], true, Duration::ZERO);
        let card = card(&catalogue.entries()[0]);
        assert_eq!(card["display_name"], "deep one (demo)");
        assert_eq!(card["capabilities"]["reasoning"]["default"], "on");
        assert_eq!(card["loaded_instances"][0]["id"], "demo/deep-one");
        assert_eq!(card["loaded_instances"][0]["config"]["context_length"], 4_096);
    }

    #[test]
    fn a_context_length_is_taken_up_to_the_maximum_and_no_further() {
        let model = DemoModel::llm("a");
        assert_eq!(context_length(&Value::Null, &model).expect("default"), None);
        assert_eq!(context_length(&json!(32_768), &model).expect("the maximum"), Some(32_768));
        for wrong in [json!(32_769), json!(0), json!("many"), json!(u64::MAX)] {
            let refusal = context_length(&wrong, &model).expect_err("out of bounds");
            assert_eq!(refusal.body["error"]["param"], "context_length");
        }
    }
}
