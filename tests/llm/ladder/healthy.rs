//! Servers that work, and servers that work with something to know: the ladder must not fail everything.

use std::time::Duration;

use singularis::demo::{DemoApi, DemoConfig, DemoModel, FaultKind};

use super::{Row, Server, demo_row, faulty, speaks};
use crate::{
    MODEL, TOKEN,
    lookalikes::{
        brooding_llama, dated_gateway, gateway, llama, narrow_llama, ollama, second_copy, vast_vllm, vllm, voice_first,
    },
    quick,
    wire::Plan,
};

const CHAT: &str = "/chat/completions";

pub fn rows() -> Vec<Row> {
    let mut rows = well();
    rows.extend(with_something_to_know());
    rows
}

fn well() -> Vec<Row> {
    let thinker = DemoModel { reasoning: true, loaded: true, ..DemoModel::llm("demo/thinker") };
    vec![
        demo_row("the demo", quick()),
        demo_row("an older LM Studio", DemoConfig { api: DemoApi::V0, ..quick() }),
        demo_row("only the plain interface", DemoConfig { api: DemoApi::OpenAiOnly, ..quick() }),
        demo_row("the right token", DemoConfig { token: Some(TOKEN.to_owned()), ..quick() }).with_token(TOKEN),
        demo_row("a token nobody wants", quick()).with_token(TOKEN),
        demo_row("a model that thinks", DemoConfig { models: vec![thinker], ..quick() }),
        demo_row("without loading on demand", DemoConfig { just_in_time_loading: false, ..quick() }),
        demo_row("a model by its name", quick()).asks_for(MODEL),
        demo_row("a model by its variant", quick()).asks_for("demo/small-talker@q4_k_m"),
        demo_row("by the name localhost", quick()).typed(|url| url.replace("127.0.0.1", "localhost")),
        demo_row("with a whole endpoint typed", quick()).typed(|url| format!(" {url}/v1/chat/completions/ ")),
        demo_row("with LM Studio's own chat typed", quick()).typed(|url| format!("{url}/api/v1/chat")),
        demo_row("without a scheme", quick()).typed(|url| url.replace("http://", "")),
        faulty("slow, but talking", CHAT, FaultKind::Slow(Duration::from_millis(20))),
        faulty("slow to begin", "*", FaultKind::SlowHeaders(Duration::from_millis(50))),
        faulty("a copy for each question", CHAT, FaultKind::DuplicateInstances),
        faulty("going on for nobody", CHAT, FaultKind::IgnoreClosedSocket),
        speaks("llama.cpp", llama),
        Row::new("llama.cpp on IPv6", Server::WireOnIpv6(Plan::Http(llama))),
        speaks("vLLM", vllm),
        speaks("vLLM with ten thousand models", vast_vllm).asks_for("model-9999"),
        speaks("LiteLLM", gateway),
        speaks("Ollama", ollama),
        speaks("LM Studio with the second copy alone", second_copy),
        speaks("LM Studio with a voice before the talker", voice_first),
    ]
}

fn with_something_to_know() -> Vec<Row> {
    let narrow = DemoModel { loaded: true, loaded_context_length: 2048, ..DemoModel::llm(MODEL) };
    vec![
        demo_row("a model that is not loaded yet", quick()).asks_for("demo/thinker").degraded("role:expert.1"),
        demo_row("little context", DemoConfig { models: vec![narrow], ..quick() }).degraded("role:expert.1"),
        speaks("llama.cpp with little context", narrow_llama).degraded("role:expert.1"),
        speaks("llama.cpp that thinks too long for a test", brooding_llama).degraded("generation:tiny"),
        faulty("the whole answer at once", CHAT, FaultKind::JsonInsteadOfSse).degraded("generation:demo/small-talker"),
        speaks("LiteLLM that names a dated build", dated_gateway).usable(),
    ]
}
