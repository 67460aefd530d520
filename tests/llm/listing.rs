//! What a server has, told by each of its interfaces, and loading: explicitly, once, and never a copy too many.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use singularis::{
    demo::{DemoApi, DemoConfig, DemoModel, DemoServer, Fault, FaultKind},
    llm::{
        BaseUrl, Error, Fault as Noticed, Limit, diagnose,
        http::{Call, Method, TokenIn},
        lm_studio::{Listing, LmStudio},
    },
    protocol::{Api, Cause, Fix, ModelEntry, ModelInstance, ModelKind, Product, Remedy},
    settings::{Provider, Secret},
};

use crate::{
    MODEL, TOKEN, cause, demo, http, lm_studio,
    lookalikes::{MANY, TINY, bare_ollama, llama, vast_vllm},
    quick, soon,
    wire::{Plan, Wire},
    within,
};

/// Long enough for every load of the demo.
const PATIENCE: Duration = Duration::from_secs(8);

async fn stage(config: DemoConfig) -> (DemoServer, LmStudio) {
    let demo = demo(config).await;
    let server = lm_studio(&http(), &demo.url());
    (demo, server)
}

fn entry<'l>(listing: &'l Listing, key: &str) -> &'l ModelEntry {
    listing.find(key).unwrap_or_else(|| panic!("{key} is missing in {:?}", listing.names()))
}

async fn instances(server: &LmStudio, key: &str) -> Vec<ModelInstance> {
    let listing = soon(server.listing()).await.expect("a list");
    entry(&listing, key).instances.clone()
}

/// How many requests ended in this path.
fn count(demo: &DemoServer, path: &str) -> usize {
    demo.requests().iter().filter(|request| request.path.ends_with(path)).count()
}

/// Adds a copy without looking, as another program may.
async fn add_copy(server: &LmStudio, model: &str, context_length: u32) {
    let body = json!({"model": model, "context_length": context_length});
    let call = Call {
        by: "somebody else",
        provider: Provider::Local,
        method: Method::Post,
        url: server.base().at("/api/v1/models/load"),
        token: None,
        token_in: TokenIn::Bearer,
        headers: &[],
        more: &[],
        body: Some(&body),
        model: None,
        gate: None,
        limit: (Limit::Load, PATIENCE),
    };
    let reply = soon(server.http().send(call)).await.expect("an answer");
    soon(reply.json()).await.expect("loaded");
}

#[tokio::test]
async fn the_native_interface_tells_everything() {
    let (_demo, server) = stage(quick()).await;
    let listing = soon(server.listing()).await.expect("a list");
    assert_eq!((listing.api, listing.everything_is_loaded, listing.models.len()), (Api::V1, false, 4));
    let talker = entry(&listing, MODEL);
    let loaded = ModelInstance { id: MODEL.to_owned(), context_length: Some(8192), parallel: Some(4) };
    assert_eq!((talker.kind, &talker.instances), (ModelKind::Llm, &vec![loaded]));
    let thinker = entry(&listing, "demo/thinker");
    assert_eq!(
        (thinker.is_loaded(), thinker.reasoning, thinker.max_context_length),
        (false, Some(true), Some(131_072))
    );
    assert_eq!(entry(&listing, "demo/eyes").vision, Some(true));
    assert_eq!(entry(&listing, "demo/embedder").kind, ModelKind::Embedding);
    assert!(talker.answers_to("demo/small-talker@q4_k_m"), "a variant is the same model");
}

#[tokio::test]
async fn the_older_interface_tells_what_is_loaded() {
    let (demo, server) = stage(DemoConfig { api: DemoApi::V0, ..quick() }).await;
    let listing = soon(server.listing()).await.expect("a list");
    assert_eq!((listing.api, listing.models.len()), (Api::V0, 4));
    let loaded = ModelInstance { id: MODEL.to_owned(), context_length: Some(8192), parallel: None };
    assert_eq!(entry(&listing, MODEL).instances, [loaded]);
    assert!(!entry(&listing, "demo/thinker").is_loaded());
    assert_eq!((entry(&listing, "demo/eyes").vision, entry(&listing, MODEL).vision), (Some(true), Some(false)));
    assert_eq!(entry(&listing, "demo/embedder").kind, ModelKind::Embedding);
    assert_eq!(count(&demo, "/api/v1/models"), 1, "the newest interface is tried first, and once");
}

#[tokio::test]
async fn the_plain_interface_tells_names_and_no_more() {
    let (_demo, server) = stage(DemoConfig { api: DemoApi::OpenAiOnly, ..quick() }).await;
    let listing = soon(server.listing()).await.expect("a list");
    assert_eq!((listing.api, listing.everything_is_loaded, listing.models.len()), (Api::OpenAi, false, 4));
    assert!(listing.models.iter().all(|model| !model.is_loaded()));
    assert_eq!(entry(&listing, "demo/embedder").kind, ModelKind::Embedding, "its name says so");
    assert_eq!(entry(&listing, MODEL).kind, ModelKind::Unknown);
}

#[tokio::test]
async fn without_loading_on_demand_an_older_server_lists_what_is_loaded() {
    let (_demo, server) = stage(DemoConfig { api: DemoApi::V0, just_in_time_loading: false, ..quick() }).await;
    assert_eq!(soon(server.listing()).await.expect("a list").names(), [MODEL]);
}

#[tokio::test]
async fn llama_cpp_tells_its_context_on_a_page_of_its_own() {
    let (http, wire) = (http(), Wire::start(Plan::Http(llama)).await);
    let server = lm_studio(&http, &wire.url());
    let identity = soon(server.identify()).await.expect("a greeting");
    assert_eq!(
        (identity.server.product, identity.server.version.as_deref()),
        (Product::LlamaCpp, Some("b7000-abcdef"))
    );
    let listing = soon(server.listing_of(Product::LlamaCpp)).await.expect("a list");
    let loaded = ModelInstance { id: TINY.to_owned(), context_length: Some(8192), parallel: Some(4) };
    assert_eq!((listing.api, &entry(&listing, TINY).instances), (Api::OpenAi, &vec![loaded]));
    assert_eq!((entry(&listing, TINY).tool_use, entry(&listing, TINY).vision), (Some(true), Some(false)));
}

#[tokio::test]
async fn a_list_that_is_null_is_an_empty_list() {
    let (http, wire) = (http(), Wire::start(Plan::Http(bare_ollama)).await);
    let listing = soon(lm_studio(&http, &wire.url()).listing_of(Product::Ollama)).await.expect("a list");
    assert!(listing.models.is_empty());
}

#[tokio::test]
async fn thousands_of_models_are_a_list_like_any_other() {
    // The demo writes its cards for every question anew, on the same thread.
    let some = if cfg!(debug_assertions) { MANY / 5 } else { MANY };
    let models: Vec<_> = (0..some).map(|number| DemoModel::llm(&format!("demo/model-{number}"))).collect();
    let (_demo, server) = stage(DemoConfig { models, ..quick() }).await;
    let started = Instant::now();
    assert_eq!(soon(server.listing()).await.expect("a list").models.len(), some);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    let (http, wire) = (http(), Wire::start(Plan::Http(vast_vllm)).await);
    let listing = soon(lm_studio(&http, &wire.url()).listing_of(Product::Vllm)).await.expect("a list");
    assert!(listing.everything_is_loaded && entry(&listing, "model-9999").is_loaded());
}

#[tokio::test]
async fn a_list_needs_the_token_too() {
    let demo = demo(DemoConfig { token: Some(TOKEN.to_owned()), ..quick() }).await;
    let base = BaseUrl::parse(&demo.url()).expect("an address");
    let with = |token: Option<Secret>| LmStudio::new(http(), base.clone(), token);
    let refused = soon(with(None).listing()).await.expect_err("no token");
    assert_eq!(cause(&refused), Cause::AuthRequiredOrInvalid);
    assert_eq!(soon(with(Secret::new(TOKEN)).listing()).await.expect("a list").models.len(), 4);
    let refused = soon(with(None).load("demo/eyes", None, PATIENCE)).await.expect_err("no token");
    assert_eq!(cause(&refused), Cause::AuthRequiredOrInvalid);
}

#[tokio::test]
async fn a_model_is_loaded_once_however_often_it_is_asked_for() {
    let (demo, server) = stage(DemoConfig { load_takes: Duration::from_millis(100), ..quick() }).await;
    let server = Arc::new(server);
    let mut loading = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let server = Arc::clone(&server);
        loading.spawn(async move { server.load("demo/eyes", None, PATIENCE).await });
    }
    while let Some(loaded) = soon(loading.join_next()).await {
        assert_eq!(loaded.expect("no panic").expect("loaded"), "demo/eyes");
    }
    assert_eq!(instances(&server, "demo/eyes").await.len(), 1);
    assert_eq!(count(&demo, "/models/load"), 1);
    let variant = soon(server.load("demo/eyes@q4_k_m", None, PATIENCE)).await.expect("loaded");
    assert_eq!((variant.as_str(), count(&demo, "/models/load")), ("demo/eyes", 1), "a variant is the same model");
}

#[tokio::test]
async fn a_larger_context_replaces_the_copy_and_a_smaller_one_does_not() {
    let (demo, server) = stage(quick()).await;
    let length = |instances: &[ModelInstance]| instances.iter().map(|one| one.context_length).collect::<Vec<_>>();
    assert_eq!(soon(server.load(MODEL, Some(4096), PATIENCE)).await.expect("loaded"), MODEL);
    assert_eq!((count(&demo, "/models/load"), length(&instances(&server, MODEL).await)), (0, vec![Some(8192)]));
    assert_eq!(soon(server.load(MODEL, Some(16_384), PATIENCE)).await.expect("loaded"), MODEL);
    assert_eq!(length(&instances(&server, MODEL).await), [Some(16_384)]);
    assert_eq!((count(&demo, "/models/load"), count(&demo, "/models/unload")), (1, 1));
}

#[tokio::test]
async fn a_copy_that_is_large_enough_is_used_wherever_it_stands() {
    let (demo, server) = stage(quick()).await;
    add_copy(&server, MODEL, 16_384).await;
    let loaded = soon(server.load(MODEL, Some(16_384), PATIENCE)).await.expect("loaded");
    assert_eq!(loaded, "demo/small-talker:2");
    assert_eq!((count(&demo, "/models/unload"), instances(&server, MODEL).await.len()), (0, 2));
}

#[tokio::test]
async fn a_wish_for_too_much_context_leaves_the_model_loaded() {
    let (_demo, server) = stage(quick()).await;
    // More than the model can have: refused or cut down, but never at the price of the copy that worked.
    let _whatever_comes = soon(server.load(MODEL, Some(1_000_000), PATIENCE)).await;
    assert_eq!(instances(&server, MODEL).await.len(), 1);
}

#[tokio::test]
async fn the_guardrail_is_a_lack_of_memory() {
    let giant = DemoModel { size_bytes: 500_000_000_000, ..DemoModel::llm("demo/giant") };
    let (demo, server) = stage(DemoConfig { models: vec![giant], ..quick() }).await;
    let error = soon(server.load("demo/giant", None, PATIENCE)).await.expect_err("refused");
    let diagnosis = diagnose(error.evidence().expect("evidence"));
    assert_eq!(diagnosis.cause, Cause::ModelLoadFailedResources);
    let details = diagnosis.problem.details.join("\n");
    for part in [demo.url().as_str(), "/api/v1/models/load", "demo/giant", "insufficient system resources"] {
        assert!(details.contains(part), "{part} is missing in {details}");
    }
    assert!(!diagnosis.problem.remedies.is_empty());
    assert!(instances(&server, "demo/giant").await.is_empty());
}

#[tokio::test]
async fn a_model_that_is_not_there_cannot_be_loaded_and_the_nearest_is_named() {
    let (_demo, server) = stage(quick()).await;
    let error = soon(server.load("demo/thinkr", None, PATIENCE)).await.expect_err("unknown");
    let diagnosis = diagnose(error.evidence().expect("evidence"));
    assert_eq!(diagnosis.cause, Cause::ModelNotFound);
    let model = "demo/thinker".to_owned();
    let fix = Fix::UseModel { role: String::new(), instead_of: "demo/thinkr".to_owned(), model };
    assert!(diagnosis.problem.remedies.contains(&Remedy::Action(fix)), "{:?}", diagnosis.problem.remedies);
}

#[tokio::test]
async fn a_load_that_takes_too_long_is_given_up_and_others_may_load() {
    let (_demo, server) = stage(DemoConfig { load_takes: Duration::from_secs(60), ..quick() }).await;
    let started = Instant::now();
    let error: Error =
        soon(server.load("demo/eyes", None, Duration::from_millis(300))).await.expect_err("it takes a minute");
    let fault = error.evidence().and_then(|evidence| evidence.fault.clone());
    assert!(matches!(fault, Some(Noticed::TimedOut { limit: Limit::Load, .. })), "{fault:?}");
    assert_eq!(cause(&error), Cause::TimeoutLoadingModel);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    let (_other, other) = stage(quick()).await;
    assert!(soon(other.load("demo/eyes", None, PATIENCE)).await.is_ok());
}

#[tokio::test]
async fn an_unloaded_model_is_gone_and_a_second_time_it_is_not_there() {
    let (demo, server) = stage(quick()).await;
    soon(server.unload(MODEL)).await.expect("unloaded");
    assert!(instances(&server, MODEL).await.is_empty());
    let error = soon(server.unload(MODEL)).await.expect_err("it is gone");
    assert_eq!(cause(&error), Cause::ModelNotFound);
    assert_eq!(server.http().open().requests(), 0);
    within(Duration::from_secs(10), "nothing runs", || demo.busy() == 0).await;
    let bodies: Vec<Value> = demo.requests().into_iter().map(|request| request.body).collect();
    assert!(bodies.contains(&json!({"instance_id": MODEL})), "{bodies:?}");
}

#[tokio::test]
async fn a_refused_larger_copy_brings_the_old_one_back() {
    let body = r#"{"error":{"type":"model_load_failed","message":"insufficient system resources"}}"#.to_owned();
    let what = FaultKind::Status(500, "application/json".to_owned(), body);
    let faults = vec![Fault { on: "/models/load".to_owned(), first: Some(1), what }];
    let (_demo, server) = stage(DemoConfig { faults, ..quick() }).await;
    assert!(soon(server.load(MODEL, Some(16_384), PATIENCE)).await.is_err());
    assert_eq!(instances(&server, MODEL).await.len(), 1);
}
