//! `singularis models`: what the server has, loaded first.

use std::{io, process::ExitCode};

use serde_json::json;

use super::{arguments::Models, doctor::check, words};
use crate::{
    protocol::{Depth, HealthReport, ModelEntry, ModelKind},
    settings::Settings,
};

pub fn carry_out(models: &Models, settings: Settings) -> io::Result<ExitCode> {
    let Some(report) = check(&models.connection, settings, Depth::Quick, |_finding| {})? else {
        return Ok(ExitCode::from(1));
    };
    let has_models = report.all().any(|report| !report.models.is_empty());
    if models.json {
        let mut object = json!({"endpoint": report.endpoint, "server": report.server, "models": report.models,
            "cause": if has_models { None } else { report.cause }});
        if !report.others.is_empty() {
            let other = |other: &HealthReport| {
                json!({"name": other.name, "endpoint": other.endpoint, "server": other.server, "models": other.models,
                    "cause": other.cause})
            };
            object["others"] = report.others.iter().map(other).collect();
        }
        words::say(&serde_json::to_string_pretty(&object)?)?;
    } else if has_models {
        for server in report.all() {
            if !report.others.is_empty() {
                words::say(&format!("{} ({})", server.endpoint, server.name))?;
            }
            let mut listed: Vec<&ModelEntry> = server.models.iter().collect();
            listed.sort_by_key(|model| !model.is_loaded());
            listed.iter().try_for_each(|model| words::say(&line(model)))?;
        }
    } else if let Some(problem) = report.first_problem() {
        words::say(&words::problem(problem))?;
    }
    Ok(if has_models { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn line(model: &ModelEntry) -> String {
    let state = if model.is_loaded() { "loaded    " } else { "not loaded" };
    let kind = match model.kind {
        ModelKind::Llm => "language model",
        ModelKind::Embedding => "embedding model",
        ModelKind::Unknown => "kind unknown",
    };
    let loaded = model.instances.first().and_then(|instance| instance.context_length);
    let context = match (loaded, model.max_context_length) {
        (Some(loaded), Some(most)) => format!("context {loaded} of {most}"),
        (Some(loaded), None) => format!("context {loaded}"),
        (None, Some(most)) => format!("context up to {most}"),
        (None, None) => String::new(),
    };
    let abilities = [(model.vision, "sees"), (model.tool_use, "calls tools"), (model.reasoning, "thinks")];
    let abilities: Vec<&str> =
        abilities.into_iter().filter(|(has, _)| *has == Some(true)).map(|(_, name)| name).collect();
    format!("{state}  {:<40} {kind}, {context}  {}", model.key, abilities.join(", ")).trim_end().to_owned()
}
