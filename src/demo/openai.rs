//! `/v1`, OpenAI's interface, and the chat of `/api/v0`, which is the same with statistics.

use std::sync::Arc;

use hyper::Response;
use serde_json::{Value, json};

use super::{
    answer::{self, Body},
    call::Call,
    catalogue::Instance,
    completion::{self, Completion},
    config::DemoModelKind,
    embedding::embed,
    errors::{MODEL_IS_UNLOADED, Refusal, does_not_fit, nothing_to_keep},
    generation::{self, Generation},
    question::{Question, tokens},
    slots::Ticket,
    stream,
};

/// With loading on demand everything downloaded is listed, else only what is loaded: the list never tells which.
pub(super) fn models(call: &Call) -> Response<Body> {
    let catalogue = &call.state.catalogue;
    let ids: Vec<String> = if call.state.just_in_time_loading {
        catalogue.entries().iter().map(|entry| entry.model.key.clone()).collect()
    } else {
        catalogue.instances().iter().map(|instance| instance.id.clone()).collect()
    };
    let listed = |id: &String| json!({"id": id, "object": "model", "owned_by": "organization_owner"});
    let data: Vec<Value> = ids.iter().map(listed).collect();
    answer::ok(&json!({"data": data, "object": "list"}))
}

/// Which of the two interfaces a chat came through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavour {
    OpenAi,
    V0,
}

pub(super) async fn chat(call: &Call, flavour: Flavour) -> Result<Response<Body>, Refusal> {
    let question = Question::from_open_ai(&call.body)?;
    let target = call.state.catalogue.find(call.model_asked(), DemoModelKind::Llm).map_err(|why| why.open_ai())?;
    if question.has_image && !target.model().vision {
        return Err(Refusal::text("Model does not support images. Please use a model that does."));
    }
    let ticket = call.ticket();
    match call.resident(target).await {
        Ok(instance) if question.fits(&instance) => perform(call, flavour, &question, instance, ticket).await,
        Ok(instance) => {
            ticket.finish();
            overflow(call, &question, &instance)
        }
        Err(why) => {
            ticket.finish();
            Err(why.open_ai())
        }
    }
}

async fn perform(
    call: &Call,
    flavour: Flavour,
    question: &Question,
    instance: Arc<Instance>,
    ticket: Ticket,
) -> Result<Response<Body>, Refusal> {
    let number = call.state.next_number();
    let script = question.script(&instance, number);
    let mut completion = Completion::new(number, call.name_of(&instance), question.prompt_tokens)
        .with_usage(call.body["stream_options"]["include_usage"] == true);
    if flavour == Flavour::V0 {
        completion = completion.describing(Arc::clone(&instance));
    }
    let generation = Generation { ticket, instance, script, pace: call.pace() };
    if call.streams() {
        let fault = call.trouble.answer.clone();
        return Ok(stream::open(call, |pipe| generation::tell(generation, completion, pipe, fault)));
    }
    let script = generation.script.clone();
    match generation::sit_out(call, generation).await {
        Ok(timing) => Ok(answer::ok(&completion.whole(&script, &timing))),
        Err(_unloaded) => Err(Refusal::text(MODEL_IS_UNLOADED)),
    }
}

/// A stream has answered 200 before it finds out; a plain answer can still say 400.
fn overflow(call: &Call, question: &Question, instance: &Instance) -> Result<Response<Body>, Refusal> {
    let (tokens, context_length) = (question.prompt_tokens, instance.context_length);
    if call.streams() {
        return Ok(answer::short_event_stream(completion::failure(&does_not_fit(tokens, context_length))));
    }
    Err(nothing_to_keep(tokens, context_length))
}

/// Embeddings are quick: they take no slot.
pub(super) async fn embeddings(call: &Call) -> Result<Response<Body>, Refusal> {
    let texts = texts(&call.body["input"])
        .ok_or_else(|| Refusal::text("'input' field must be a string or an array of strings"))?;
    let target =
        call.state.catalogue.find(call.model_asked(), DemoModelKind::Embedding).map_err(|why| why.open_ai())?;
    let instance = call.resident(target).await.map_err(|why| why.open_ai())?;
    let data: Vec<Value> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| json!({"object": "embedding", "embedding": embed(text), "index": index}))
        .collect();
    let tokens: usize = texts.iter().map(|text| tokens(text.chars().count())).sum();
    Ok(answer::ok(&json!({
        "object": "list",
        "data": data,
        "model": call.name_of(&instance),
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    })))
}

/// One text or several; arrays of token numbers are refused.
fn texts(input: &Value) -> Option<Vec<&str>> {
    match input {
        Value::String(text) => Some(vec![text]),
        Value::Array(texts) => texts.iter().map(Value::as_str).collect(),
        _ => None,
    }
}
