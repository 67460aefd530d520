//! The real client and the real health check against servers that behave in every way servers do: the demo server with
//! its faults, and small raw sockets for what no decent server would do.
//!
//! | file | what |
//! |---|---|
//! | `wire`, `reply` | raw servers that end when they are dropped |
//! | `lookalikes` | what Ollama, llama.cpp, vLLM, LiteLLM and LM Studio answer |
//! | `chat`, `faults`, `strangers`, `secrets` | one model: its answers, its failures, and what must never be seen |
//! | `cloud` | Gemini and Claude |
//! | `locality` | where requests may go, and what went where |
//! | `proxy` | a proxy in between |
//! | `abilities` | what a model claims and what it proves |
//! | `listing` | what a server has, loading and unloading |
//! | `ladder`, `discovery` | the health check over a table of conditions |

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::large_futures,
    reason = "a test fails by panicking"
)]
#![allow(clippy::too_many_lines, reason = "a table is as long as what it lists")]

mod abilities;
mod chat;
mod cloud;
mod discovery;
mod faults;
mod ladder;
mod listing;
mod locality;
mod lookalikes;
mod proxy;
mod reply;
mod secrets;
mod strangers;
mod wire;

use std::{sync::Arc, time::Duration};

use singularis::{
    demo::{DemoConfig, DemoServer, Fault, FaultKind},
    llm::{
        Ask, BaseUrl, Error, Http, HttpConfig, Limits, OpenThings, Sink, Turn, diagnose,
        lm_studio::{ChatModel, LmStudio},
    },
    protocol::Cause,
};
use tokio::time::{sleep, timeout};

/// The language model the demo has loaded from the start.
pub const MODEL: &str = "demo/small-talker";
/// A token as LM Studio makes them.
pub const TOKEN: &str = "sk-lm-abcdefgh:abcdefghij0123456789";
/// How long a connection may take.
pub const CONNECT: Duration = Duration::from_millis(500);

/// No test waits longer than this for anything.
pub async fn soon<T>(what: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(10), what).await.expect("within ten seconds")
}

/// Looks again until it is so, for so long.
pub async fn within(patience: Duration, what: &str, mut is_so: impl FnMut() -> bool) {
    let looking = async {
        while !is_so() {
            sleep(Duration::from_millis(2)).await;
        }
    };
    assert!(timeout(patience, looking).await.is_ok(), "not within {patience:?}: {what}");
}

/// The HTTP layer with a ledger of its own.
pub fn http() -> Arc<Http> {
    let config = HttpConfig { connect: CONNECT, ..HttpConfig::default() };
    Arc::new(Http::new(config, OpenThings::default()).expect("TLS can be set up"))
}

/// A demo server that loses no time.
pub fn quick() -> DemoConfig {
    DemoConfig {
        token_pace: Duration::ZERO,
        first_token_after: Duration::ZERO,
        load_takes: Duration::from_millis(20),
        ..DemoConfig::default()
    }
}

pub async fn demo(config: DemoConfig) -> DemoServer {
    DemoServer::start(config).await.expect("a free port")
}

/// The client of a server at this address.
pub fn lm_studio(http: &Arc<Http>, url: &str) -> LmStudio {
    LmStudio::new(Arc::clone(http), BaseUrl::parse(url).expect("an address"), None)
}

/// One model there, which is the only one listed.
pub fn chat_model(http: &Arc<Http>, url: &str, model: &str) -> ChatModel {
    ChatModel::new(&lm_studio(http, url), "expert.1", model, vec![model.to_owned()])
}

/// A fault of every chat.
pub fn on_chat(what: FaultKind) -> Vec<Fault> {
    vec![Fault { on: "/chat/completions".to_owned(), first: None, what }]
}

/// Long enough for every server that answers at all.
pub fn patient() -> Limits {
    Limits {
        first_token: Duration::from_secs(8),
        between_tokens: Duration::from_secs(5),
        total: Duration::from_secs(9),
    }
}

/// A question without tools or a shape.
pub fn question(limits: Limits) -> Ask {
    let turns = vec![Turn::User("Say three words".to_owned())];
    Ask { turns, answer_tokens: 64, limits, ..Ask::default() }
}

/// What a failure means.
pub fn cause(error: &Error) -> Cause {
    diagnose(error.evidence().expect("evidence of a failure")).cause
}

/// Keeps every piece of an answer.
#[derive(Default)]
pub struct Heard {
    pub text: Vec<String>,
    pub reasoning: Vec<String>,
}

impl Sink for Heard {
    fn text(&mut self, piece: &str) {
        self.text.push(piece.to_owned());
    }

    fn reasoning(&mut self, piece: &str) {
        self.reasoning.push(piece.to_owned());
    }
}
