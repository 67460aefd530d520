//! What the client saw of a request: everything a diagnosis may rest on, and nothing secret.
//!
//! The same shape is read by `singularis explain`, so a failure met elsewhere can be diagnosed too.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::redaction::redact;
use crate::{protocol::Product, settings::Provider};

/// One request and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    pub request: Asked,
    pub observed: Observed,
    /// The names the server listed, where they are known.
    pub models_listed: Option<Vec<String>>,
    /// What our own client noticed; absent in a failure reported by another program.
    pub fault: Option<Fault>,
    /// True when LM Studio's internal interface answers although its server does not.
    pub app_is_running: Option<bool>,
    pub product: Option<Product>,
    /// Who was asked, where that is a provider in the cloud.
    pub provider: Option<Provider>,
    pub took_ms: Option<u64>,
}

/// What was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub method: Option<String>,
    pub url: Option<String>,
    pub model: Option<String>,
    pub stream: Option<bool>,
}

/// What was seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Observed {
    pub kind: Kind,
    pub status: Option<u16>,
    /// Names in lower case when they come from our client.
    pub headers: Option<std::collections::BTreeMap<String, String>>,
    /// The body, or the last events of a stream.
    pub body: Option<String>,
    /// The words of the error below HTTP, with its chain of sources.
    pub transport_error: Option<String>,
}

/// Where the trouble showed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Http,
    Transport,
    Stream,
    Timeout,
}

/// A wait that has a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    Connect,
    /// A short answer that costs the server nothing, such as a list.
    Answer,
    Load,
    FirstToken,
    BetweenTokens,
    Total,
}

impl Limit {
    /// What was waited for, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Connect => "a connection",
            Self::Answer => "an answer",
            Self::Load => "the model to load",
            Self::FirstToken => "the first token",
            Self::BetweenTokens => "the next token",
            Self::Total => "the whole answer",
        }
    }
}

/// What our client noticed. A variant for each thing that a diagnosis treats differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// Nothing listens at that port.
    Refused,
    NameNotResolved,
    Unreachable,
    Tls,
    /// The connection was closed before the answer was complete.
    Reset,
    /// Another failure below HTTP.
    Transport,
    TimedOut {
        limit: Limit,
        after_ms: u64,
    },
    /// The status is not one of success.
    Status,
    /// Success was claimed, and an error lies in the body.
    ErrorInBody,
    /// An error event in a stream that began well.
    ErrorEvent,
    /// The body is not the JSON that the interface promises.
    NotJson,
    /// A stream was asked for and something else came.
    NotAStream,
    /// The stream ended without a finish reason and without its end mark, after so many pieces.
    Truncated {
        pieces: usize,
    },
    /// A well-formed answer with nothing in it.
    Empty {
        finish_reason: Option<String>,
    },
    /// The model is not the one that was asked.
    OtherModel {
        answered: String,
    },
    /// More bytes than any honest answer has.
    TooLarge,
}

impl Evidence {
    /// Evidence from what somebody pasted: a JSON object of this shape, or a bare error text. Parts that cannot be read
    /// count as absent, and nothing secret is kept.
    pub fn from_text(text: &str) -> Self {
        let text = redact(text, None, false);
        let object = serde_json::from_str::<Value>(&text).ok().filter(|value| value.get("observed").is_some());
        let Some(object) = object else {
            // Where a bare text comes from is not known, so it is read both as an answer and as an error below HTTP.
            let observed = Observed {
                kind: Kind::Transport,
                body: Some(text.clone()),
                transport_error: Some(text),
                ..Observed::default()
            };
            return Self { observed, ..Self::default() };
        };
        Self {
            request: part(&object, "request"),
            observed: part(&object, "observed"),
            models_listed: part(&object, "models_listed"),
            ..Self::default()
        }
    }

    /// The names the server listed, or none.
    pub fn models(&self) -> &[String] {
        self.models_listed.as_deref().unwrap_or_default()
    }

    /// A response header by its lower-case name, whatever its spelling.
    pub fn header(&self, name: &str) -> Option<&str> {
        let headers = self.observed.headers.as_ref()?;
        headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The same evidence with what the client noticed about it.
    pub fn with(mut self, fault: Fault) -> Self {
        self.observed.kind = match fault {
            Fault::Refused
            | Fault::NameNotResolved
            | Fault::Unreachable
            | Fault::Tls
            | Fault::Reset
            | Fault::Transport => Kind::Transport,
            Fault::TimedOut { .. } => Kind::Timeout,
            Fault::ErrorEvent | Fault::NotAStream | Fault::Truncated { .. } => Kind::Stream,
            _ => self.observed.kind,
        };
        self.fault = Some(fault);
        self
    }
}

/// One part of an object, or its default where it is missing or cannot be read.
fn part<T: serde::de::DeserializeOwned + Default>(object: &Value, name: &str) -> T {
    object.get(name).and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
}
