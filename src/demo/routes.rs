//! Which path leads where, and how old a server pretends to be by the paths it does not know.

use hyper::{Method, Response, StatusCode};
use serde_json::{Value, json};

use super::{
    answer::{self, Body},
    call::Call,
    config::DemoApi,
    errors::Refusal,
    native, native_chat,
    openai::{self, Flavour},
    v0,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Greeting,
    Status,
    /// Ours, so that a client can see whether the server is idle.
    DemoState,
    NativeModels,
    NativeLoad,
    NativeUnload,
    NativeChat,
    V0Models,
    V0Model(String),
    V0Chat,
    Models,
    Chat,
    Embeddings,
    /// Answered with 200 nearly everywhere, as LM Studio does.
    Unknown {
        request: String,
        status: StatusCode,
    },
}

impl Route {
    pub fn of(method: &Method, path: &str, api: DemoApi) -> Self {
        let route = match (method.as_str(), path) {
            ("GET", "/lmstudio-greeting") => Some(Self::Greeting),
            ("GET", "/lms-status") => Some(Self::Status),
            ("GET", "/demo/state") => Some(Self::DemoState),
            ("GET", "/v1/models") => Some(Self::Models),
            ("POST", "/v1/chat/completions") => Some(Self::Chat),
            ("POST", "/v1/embeddings") => Some(Self::Embeddings),
            _ if api == DemoApi::OpenAiOnly => None,
            ("GET", "/api/v0/models") => Some(Self::V0Models),
            ("POST", "/api/v0/chat/completions") => Some(Self::V0Chat),
            ("GET", path) if path.starts_with("/api/v0/models/") => {
                path.strip_prefix("/api/v0/models/").map(|id| Self::V0Model(id.to_owned()))
            }
            _ if api == DemoApi::V0 => None,
            ("GET", "/api/v1/models") => Some(Self::NativeModels),
            ("POST", "/api/v1/models/load") => Some(Self::NativeLoad),
            ("POST", "/api/v1/models/unload") => Some(Self::NativeUnload),
            ("POST", "/api/v1/chat") => Some(Self::NativeChat),
            _ => None,
        };
        route.unwrap_or_else(|| Self::unknown(method, path, api))
    }

    fn unknown(method: &Method, path: &str, api: DemoApi) -> Self {
        let knows_v1 = api == DemoApi::V1 && path.starts_with("/api/v1/");
        let status = if knows_v1 { StatusCode::NOT_FOUND } else { StatusCode::OK };
        Self::Unknown { request: format!("{method} {path}"), status }
    }

    /// Whether a model is asked something.
    pub fn infers(&self) -> bool {
        matches!(self, Self::Chat | Self::V0Chat | Self::NativeChat | Self::Embeddings)
    }

    /// Whether it is none of LM Studio's business: not recorded, and no fault touches it.
    pub fn is_ours(&self) -> bool {
        *self == Self::DemoState
    }

    /// Whether it answers without a token. LM Studio's own command line probes the first two without one.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Greeting | Self::Status | Self::DemoState)
    }

    pub fn takes_json(&self) -> bool {
        self.infers() || matches!(self, Self::NativeLoad | Self::NativeUnload)
    }
}

pub(super) async fn answer(route: Route, call: Call) -> Response<Body> {
    let outcome = match route {
        Route::Greeting => Ok(answer::ok(&json!({"lmstudio": true}))),
        Route::Status => Ok(answer::ok(&json!({"package": "demo", "version": "0.1.0"}))),
        Route::DemoState => Ok(answer::ok(&state_of(&call))),
        Route::NativeModels => Ok(native::models(&call)),
        Route::NativeLoad => native::load(&call).await,
        Route::NativeUnload => native::unload(&call),
        Route::NativeChat => native_chat::chat(&call).await,
        Route::V0Models => Ok(v0::models(&call)),
        Route::V0Model(id) => v0::model(&call, &id),
        Route::V0Chat => openai::chat(&call, Flavour::V0).await,
        Route::Models => Ok(openai::models(&call)),
        Route::Chat => openai::chat(&call, Flavour::OpenAi).await,
        Route::Embeddings => openai::embeddings(&call).await,
        Route::Unknown { request, status } => Err(unexpected(&request, status)),
    };
    outcome.unwrap_or_else(Refusal::into_response)
}

fn unexpected(request: &str, status: StatusCode) -> Refusal {
    Refusal::text_with(status, &format!("Unexpected endpoint or method. ({request})"))
}

fn state_of(call: &Call) -> Value {
    let counts = call.state.activity.counts();
    json!({
        "busy": counts.running,
        "queued": counts.waiting,
        "aborted": counts.aborted,
        "connections": counts.connections,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(path: &str, api: DemoApi) -> Route {
        Route::of(&Method::GET, path, api)
    }

    fn unknown(path: &str, status: StatusCode) -> Route {
        Route::Unknown { request: format!("GET {path}"), status }
    }

    #[test]
    fn an_unknown_path_is_fine_except_below_the_native_interface() {
        assert_eq!(get("/api/v1/events", DemoApi::V1), unknown("/api/v1/events", StatusCode::NOT_FOUND));
        for path in ["/", "/api/v0/events", "/v1//models", "/chat/completions", "/v1/models/unload"] {
            assert_eq!(get(path, DemoApi::V1), unknown(path, StatusCode::OK));
        }
    }

    #[test]
    fn an_older_server_knows_less_and_says_200() {
        assert_eq!(get("/api/v1/models", DemoApi::V1), Route::NativeModels);
        assert_eq!(get("/api/v1/models", DemoApi::V0), unknown("/api/v1/models", StatusCode::OK));
        assert_eq!(get("/api/v0/models", DemoApi::V0), Route::V0Models);
        assert_eq!(get("/api/v0/models", DemoApi::OpenAiOnly), unknown("/api/v0/models", StatusCode::OK));
        assert_eq!(get("/v1/models", DemoApi::OpenAiOnly), Route::Models);
    }

    #[test]
    fn a_method_belongs_to_its_path() {
        assert!(matches!(get("/v1/chat/completions", DemoApi::V1), Route::Unknown { .. }));
        assert_eq!(Route::of(&Method::POST, "/v1/chat/completions", DemoApi::V1), Route::Chat);
        assert_eq!(get("/api/v0/models/demo/eyes", DemoApi::V1), Route::V0Model("demo/eyes".to_owned()));
    }
}
