//! Speaks to one tool server over HTTP as a session would: lists its tools, calls each of them once with arguments made up
//! from its schema, and closes. What drives clients through the protocol uses it; it is also the shortest way to see
//! what a server says.
//!
//! `cargo run --example tool_client -- [--discover] [--answer-with-defaults] http://127.0.0.1:8000/mcp`
//!
//! With `--discover` the server is asked what it speaks before anything else, and not greeted; with
//! `--answer-with-defaults` what it asks the user is answered with the question's own defaults. Whoever drives this may
//! say in a variable which calls are to be made; then these are made and no others.
//!
//! It ends with 0 if every call was answered, whatever the answer, and with 1 if not.

#![allow(clippy::large_futures, reason = "there is one of them, and it is not moved")]

use std::{collections::BTreeMap, error::Error, process::ExitCode, sync::Arc, time::Duration};

use serde_json::{Map, Value, json};
use singularis::{
    environment::{
        Environment, Hooks,
        tools::{self, Surroundings},
    },
    llm::{Http, HttpConfig, OpenThings},
    protocol::{ActionCall, ActionSpec, Effect, EffectStatus},
    settings::{Greeting, ServerSettings},
};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

/// For everything together: whoever drives this waits no longer either.
const LIMIT: Duration = Duration::from_secs(25);
/// What sessions offer beside the server's own tools, and never send to it.
const NOT_OF_THE_SERVER: &str = "goal_reached";
/// What the calls that are wanted stand in: `{"toolCalls": [{"name", "arguments"}]}`.
const CONTEXT: &str = "MCP_CONFORMANCE_CONTEXT";

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let Some(url) = given.last().filter(|last| last.starts_with("http")) else {
        return Err("the last argument is the address of a server".into());
    };
    let is_given = |flag: &str| given.iter().any(|argument| argument == flag);
    let mut server = ServerSettings::address("server", url);
    (server.extras.connect_s, server.extras.call_s, server.extras.call_total_s) = (10.0, 10.0, 20.0);
    server.extras.answers_with_defaults = is_given("--answer-with-defaults");
    if is_given("--discover") {
        server.extras.greets_with = Greeting::Discover;
    }
    let wanted = wanted(std::env::var(CONTEXT).ok().as_deref())?;
    let http = Http::new(HttpConfig::default(), OpenThings::default())?;
    let around =
        Surroundings { http: Arc::new(http), secrets: BTreeMap::new(), hooks: Hooks::default(), guardian: None };
    let is_well = timeout(LIMIT, talk(&server, wanted, around)).await?;
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The calls that are wanted of us; `None` where that is left to us.
fn wanted(context: Option<&str>) -> Result<Option<Vec<ActionCall>>, serde_json::Error> {
    let Some(context) = context else { return Ok(None) };
    let mut context: Value = serde_json::from_str(context)?;
    context.get_mut("toolCalls").map(|calls| serde_json::from_value(calls.take())).transpose()
}

async fn talk(server: &ServerSettings, wanted: Option<Vec<ActionCall>>, around: Surroundings) -> bool {
    let mut place = match tools::open(server, around.clone()).await {
        Ok(place) => place,
        Err(problem) => {
            println!("not opened: {problem}");
            // A session needs something to do; a server without tools is none the worse for it.
            let report = tools::test(server, around).await;
            return !report.protocol.is_empty() && report.tools.is_empty();
        }
    };
    let calls = wanted.unwrap_or_else(|| one_of_each(&*place));
    let is_answered = call_all(&mut *place, &calls).await;
    let holdings = place.holdings();
    let mut items = place.release().await;
    items.extend(holdings.children.end_all(Instant::now() + Duration::from_secs(2)).await);
    for item in items {
        println!("{} {}: {:?} {}", item.kind.word(), item.name, item.outcome, item.note);
    }
    is_answered
}

/// A call of every tool of the server.
fn one_of_each(place: &dyn Environment) -> Vec<ActionCall> {
    let actions: Vec<ActionSpec> =
        place.actions().into_iter().filter(|action| action.name != NOT_OF_THE_SERVER).collect();
    let call = |action: &ActionSpec| ActionCall { name: action.name.clone(), arguments: made_up(action, &actions) };
    actions.iter().map(call).collect()
}

async fn call_all(place: &mut dyn Environment, calls: &[ActionCall]) -> bool {
    let stop = CancellationToken::new();
    let mut is_answered = true;
    for call in calls {
        match place.act(call, &stop).await {
            Ok(Effect { status, text, .. }) => {
                println!("{call}: {status:?}: {text}");
                is_answered &= status != EffectStatus::Uncertain;
            }
            Err(trouble) => {
                println!("{call}: {trouble}");
                return false;
            }
        }
    }
    is_answered
}

/// Something for everything that the schema asks for.
fn made_up(action: &ActionSpec, all: &[ActionSpec]) -> Map<String, Value> {
    let properties = action.input_schema["properties"].as_object();
    let values = properties.into_iter().flatten().map(|(name, schema)| {
        // Whoever asks for a schema wants to see one of those that we were given.
        let is_schema = name == "schema" && schema["type"] == "object";
        let value = match all.first().filter(|_| is_schema) {
            Some(first) => first.input_schema.clone(),
            None => some(schema),
        };
        (name.clone(), value)
    });
    values.collect()
}

fn some(schema: &Value) -> Value {
    if let Some(value) = schema.get("default").or_else(|| schema.get("const")) {
        return value.clone();
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    match schema["type"].as_str() {
        Some("number") => json!(2.5),
        Some("integer") => json!(2),
        Some("boolean") => json!(true),
        Some("array") => json!([]),
        Some("object") => json!({}),
        Some("null") => Value::Null,
        _ => json!("something"),
    }
}
