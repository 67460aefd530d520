//! `/api/v0/models`: the catalogue as LM Studio 0.3 lists it.

use hyper::{Response, StatusCode};
use serde_json::{Value, json};

use super::{
    answer::{self, Body},
    call::Call,
    catalogue::Entry,
    config::{DemoModel, DemoModelKind},
    errors::Refusal,
};

/// Without loading on demand only what is loaded, whatever the documentation says.
pub(super) fn models(call: &Call) -> Response<Body> {
    let all = call.state.just_in_time_loading;
    let entries = call.state.catalogue.entries().iter();
    let data: Vec<Value> =
        entries.filter(|entry| all || !entry.instances().is_empty()).map(|entry| card(entry)).collect();
    answer::ok(&json!({"data": data, "object": "list"}))
}

pub(super) fn model(call: &Call, id: &str) -> Result<Response<Body>, Refusal> {
    // Keys contain slashes, which careful clients escape.
    let id = id.replace("%2F", "/").replace("%2f", "/");
    let not_found = || Refusal::text_with(StatusCode::NOT_FOUND, &format!("Model with identifier '{id}' not found"));
    let entry = call.state.catalogue.entry(&id).ok_or_else(not_found)?;
    Ok(answer::ok(&card(entry)))
}

fn card(entry: &Entry) -> Value {
    let model = &*entry.model;
    let mut card = json!({
        "id": model.key,
        "object": "model",
        "type": kind(model),
        "publisher": "demo",
        "arch": "demo",
        "compatibility_type": "gguf",
        "quantization": "Q4_K_M",
        "state": "not-loaded",
        "max_context_length": model.max_context_length,
    });
    if let Some(instance) = entry.instances().first() {
        card["state"] = Value::from("loaded");
        card["loaded_context_length"] = Value::from(instance.context_length);
    }
    if model.tool_use {
        card["capabilities"] = json!(["tool_use"]);
    }
    card
}

/// A model that sees has a type of its own here, and a capability in `/api/v1`.
fn kind(model: &DemoModel) -> &'static str {
    match model.kind {
        DemoModelKind::Llm if model.vision => "vlm",
        DemoModelKind::Llm => "llm",
        DemoModelKind::Embedding => "embeddings",
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::demo::catalogue::Catalogue;

    #[test]
    fn a_loaded_model_tells_its_context_and_an_unloaded_one_does_not() {
        let models =
            vec![DemoModel { loaded: true, vision: true, ..DemoModel::llm("demo/a") }, DemoModel::embedding("demo/b")];
        let catalogue = Catalogue::new(models, true, Duration::ZERO);
        let cards: Vec<Value> = catalogue.entries().iter().map(|entry| card(entry)).collect();
        assert_eq!((&cards[0]["type"], &cards[0]["state"]), (&json!("vlm"), &json!("loaded")));
        assert_eq!(cards[0]["loaded_context_length"], 8_192);
        assert_eq!((&cards[1]["type"], &cards[1]["state"]), (&json!("embeddings"), &json!("not-loaded")));
        assert_eq!(cards[1].get("loaded_context_length"), None);
    }
}
