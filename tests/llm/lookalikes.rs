//! What servers that are no LM Studio answer, and one that is, as functions of a request.

use serde_json::{Value, json};

use crate::{
    reply::{DONE, Reply, chunk, pieces, speech},
    wire::Asked,
};

/// The one model of most of these servers.
pub const TINY: &str = "tiny";
/// So many models has a server that has many.
pub const MANY: usize = 10_000;

/// llama.cpp with a model of 8192 tokens of context.
pub fn llama(asked: &Asked) -> Reply {
    llama_with(asked, 8192)
}

/// llama.cpp with less context than a role needs.
pub fn narrow_llama(asked: &Asked) -> Reply {
    llama_with(asked, 2048)
}

/// llama.cpp while it still loads its model.
pub fn loading_llama(_asked: &Asked) -> Reply {
    Reply::json(503, &json!({"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}))
        .header("server", "llama.cpp")
}

/// llama.cpp started for embeddings alone.
pub fn embedding_llama(asked: &Asked) -> Reply {
    match asked.route() {
        ("POST", "/v1/chat/completions") => {
            let message = "This server does not support completions. Start it without `--embeddings`";
            let error = json!({"code": 501, "message": message, "type": "not_supported_error"});
            Reply::json(501, &json!({"error": error}))
        }
        _ => llama(asked),
    }
}

/// llama.cpp whose model thinks until its tokens are spent.
pub fn brooding_llama(asked: &Asked) -> Reply {
    match asked.route() {
        ("POST", "/v1/chat/completions") => {
            let thought = chunk(TINY, &json!({"reasoning_content": "But then again"}), None);
            Reply::sse(format!("{thought}{}{DONE}", chunk(TINY, &json!({}), Some("length"))))
        }
        _ => llama(asked),
    }
}

/// llama.cpp whose stream comes as plain text.
pub fn plain_text_llama(asked: &Asked) -> Reply {
    match asked.route() {
        ("POST", "/v1/chat/completions") => Reply::text(200, &speech(TINY, &["one", " two"])),
        _ => llama(asked),
    }
}

/// llama.cpp whose stream is no UTF-8.
pub fn garbled_llama(asked: &Asked) -> Reply {
    match asked.route() {
        ("POST", "/v1/chat/completions") => {
            let mut events = pieces(TINY, &["one"]).into_bytes();
            events.extend_from_slice(b"data: {\"choices\":[{\"delta\":{\"content\":\"\xff\xfe\"}}]}\n\n");
            Reply::sse(events)
        }
        _ => llama(asked),
    }
}

fn llama_with(asked: &Asked, context_length: u32) -> Reply {
    let reply = match asked.route() {
        ("GET", "/props") => Reply::ok(&json!({
            "default_generation_settings": {"n_ctx": context_length},
            "total_slots": 4,
            "build_info": "b7000-abcdef",
            "chat_template": "{% for tool in tools %}{% endfor %}",
            "modalities": {"vision": false},
        })),
        ("GET", "/v1/models") => {
            let meta = json!({"n_ctx_train": 32_768, "size": 1_100_000_000});
            let model = json!({"id": TINY, "object": "model", "owned_by": "llamacpp", "meta": meta});
            Reply::ok(&json!({"object": "list", "data": [model]}))
        }
        ("POST", "/v1/chat/completions") => told(asked),
        _ => {
            let error = json!({"code": 404, "message": "File Not Found", "type": "not_found_error"});
            Reply::json(404, &json!({"error": error}))
        }
    };
    reply.header("server", "llama.cpp")
}

/// Ollama with one model.
pub fn ollama(asked: &Asked) -> Reply {
    ollama_with(asked, &json!([listed("tiny:1b")]))
}

/// Ollama without any model, which lists not an empty list but none.
pub fn bare_ollama(asked: &Asked) -> Reply {
    ollama_with(asked, &Value::Null)
}

fn ollama_with(asked: &Asked, models: &Value) -> Reply {
    match asked.route() {
        ("GET", "/") => Reply::text(200, "Ollama is running"),
        ("GET", "/api/version") => Reply::ok(&json!({"version": "0.12.0"})),
        ("GET", "/v1/models") => Reply::ok(&json!({"object": "list", "data": models})),
        ("POST", "/v1/chat/completions") => told(asked),
        _ => Reply::text(404, "404 page not found"),
    }
}

/// vLLM with one model.
pub fn vllm(asked: &Asked) -> Reply {
    vllm_with(asked, || json!([{"id": TINY, "object": "model", "max_model_len": 32_768}]))
}

/// vLLM with more models than anybody reads.
pub fn vast_vllm(asked: &Asked) -> Reply {
    vllm_with(asked, || (0..MANY).map(|number| listed(&format!("model-{number}"))).collect())
}

/// vLLM with nothing but an embedding model.
pub fn embedding_vllm(asked: &Asked) -> Reply {
    vllm_with(asked, || json!([listed("text-embedding-nomic")]))
}

/// vLLM with an empty list.
pub fn bare_vllm(asked: &Asked) -> Reply {
    vllm_with(asked, || json!([]))
}

fn vllm_with(asked: &Asked, models: impl Fn() -> Value) -> Reply {
    match asked.route() {
        ("GET", "/version") => Reply::ok(&json!({"version": "0.11.0"})),
        ("GET", "/v1/models") => Reply::ok(&json!({"object": "list", "data": models()})),
        ("POST", "/v1/chat/completions") => told(asked),
        _ => Reply::json(404, &json!({"detail": "Not Found"})),
    }
}

/// A LiteLLM gateway in front of something that names itself as it was asked.
pub fn gateway(asked: &Asked) -> Reply {
    gateway_that_says(asked, told)
}

/// A LiteLLM gateway in front of something that names the dated build behind a name, as OpenAI does.
pub fn dated_gateway(asked: &Asked) -> Reply {
    gateway_that_says(asked, |asked| Reply::sse(speech(&format!("{}-2024-08-06", asked.model()), &["one"])))
}

/// A LiteLLM gateway that wants a key.
pub fn locked_gateway(_asked: &Asked) -> Reply {
    let message = "Authentication Error, No api key passed in.";
    let error = json!({"message": message, "type": "auth_error", "param": "None", "code": "401"});
    Reply::json(401, &json!({"error": error})).header("x-litellm-version", "1.77.0")
}

fn gateway_that_says(asked: &Asked, says: impl Fn(&Asked) -> Reply) -> Reply {
    let reply = match asked.route() {
        ("GET", "/v1/models") => Reply::ok(&json!({"object": "list", "data": [listed(TINY)]})),
        ("POST", "/v1/chat/completions") => says(asked),
        ("GET", "/.well-known/litellm-ui-config") => Reply::ok(&json!({"server_root_path": ""})),
        // It leaves its mark on its own answers alone.
        _ => return Reply::json(404, &json!({"detail": "Not Found"})),
    };
    reply.header("x-litellm-version", "1.77.0")
}

/// LM Studio after its first copy of a model was unloaded.
pub fn second_copy(asked: &Asked) -> Reply {
    lm_studio(asked, &[card("llm", "talker", &["talker:2"])])
}

/// LM Studio with a model of a kind that this program does not know, in front of one that it does.
pub fn voice_first(asked: &Asked) -> Reply {
    match asked.route() {
        ("POST", "/v1/chat/completions") if asked.model() == "voice" => {
            Reply::json(400, &json!({"error": "Failed to load model \"voice\". Error: Model is not llm."}))
        }
        _ => lm_studio(asked, &[card("tts", "voice", &["voice"]), card("llm", "talker", &["talker"])]),
    }
}

fn card(kind: &str, key: &str, instances: &[&str]) -> Value {
    let config = json!({"context_length": 8192, "parallel": 4});
    let instances: Vec<Value> = instances.iter().map(|id| json!({"id": id, "config": config})).collect();
    json!({"type": kind, "key": key, "loaded_instances": instances, "max_context_length": 32_768})
}

fn lm_studio(asked: &Asked, models: &[Value]) -> Reply {
    match asked.route() {
        ("GET", "/lmstudio-greeting") => Reply::ok(&json!({"lmstudio": true})),
        ("GET", "/lms-status") => status(asked),
        ("GET", "/api/v1/models") => Reply::ok(&json!({"models": models})),
        ("POST", "/v1/chat/completions") => told(asked),
        (method, path) => Reply::ok(&json!({"error": format!("Unexpected endpoint or method. ({method} {path})")})),
    }
}

/// What LM Studio says on its internal interface, whatever its server does.
pub fn status(_asked: &Asked) -> Reply {
    Reply::ok(&json!({"package": "llmster", "version": "0.4.23"}))
}

/// A server that knows no greeting and then says nothing more.
pub fn refusal_then_silence(asked: &Asked) -> Reply {
    match asked.route() {
        ("GET", "/lmstudio-greeting") => Reply::json(404, &json!({"error": "not found"})),
        _ => Reply::never(),
    }
}

fn listed(id: &str) -> Value {
    json!({"id": id, "object": "model", "owned_by": "somebody"})
}

fn told(asked: &Asked) -> Reply {
    Reply::sse(speech(asked.model(), &["one", " two", " three"]))
}
