//! The HTTP layer: every request of the program passes this file, is counted, named, and gone when it is dropped.

mod call;
mod client;
mod events;
mod faults;

use std::{
    collections::BTreeMap,
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::{
    sync::{Mutex, MutexGuard},
    time::timeout,
};

pub use call::{Call, HeaderName, HeaderValue, Method, TokenIn, header_value, secret_headers};
pub use client::HttpConfig;
use client::{Clients, secret_header};
pub use events::Events;
pub use faults::stream_fault;
use faults::{chain, classify};

use super::{
    Error, OpenThings,
    egress::{Entry, Ledger},
    evidence::{Asked, Evidence, Fault, Kind, Limit, Observed},
    lock::Lock,
    open::{OpenGuard, millis},
    redaction::redact,
};
use crate::settings::Secret;

/// More than any list of models or whole answer has; a hostile server must not fill the memory.
const BODY_LIMIT: usize = 32 << 20;
/// What is kept of a body as evidence.
const EVIDENCE_LIMIT: usize = 16 << 10;

/// The one way out of the process.
pub struct Http {
    clients: Clients,
    open: OpenThings,
    ledger: Ledger,
    lock: Arc<Lock>,
    loading: Mutex<()>,
}

/// An answer whose body has not been read yet. Dropping it closes the connection.
#[derive(Debug)]
pub struct Reply {
    response: reqwest::Response,
    evidence: Evidence,
    token: Option<Secret>,
    started: Instant,
    limit: (Limit, Duration),
    /// More than that is read of no body.
    most_bytes: usize,
    guard: OpenGuard,
    entry: Entry,
}

/// Why a body broke off.
#[derive(Debug, thiserror::Error)]
enum BodyError {
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[error("the answer is larger than {BODY_LIMIT} bytes")]
    TooLarge,
}

impl Http {
    /// Prepares the layer; nothing is connected yet. Fails only if no client can be made at all; the system's certificates
    /// are read by the first request that is encrypted.
    pub fn new(config: HttpConfig, open: OpenThings) -> io::Result<Self> {
        let lock = Arc::<Lock>::default();
        let clients = Clients::new(config, Arc::clone(&lock)).map_err(io::Error::other)?;
        Ok(Self { clients, open, ledger: Ledger::default(), lock, loading: Mutex::new(()) })
    }

    /// What is open now.
    pub fn open(&self) -> &OpenThings {
        &self.open
    }

    /// What went where since the program started.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// While `is_on`, nothing leaves for a host outside this machine and `own`.
    pub fn lock(&self, is_on: bool, own: &[String]) {
        if self.lock.set(is_on, own) {
            // Connections that are open already lead to where they led before.
            self.close_idle();
        }
    }

    /// Waits until no other model is being loaded: two loads of the same model at once would add two copies of it.
    pub async fn loading(&self) -> MutexGuard<'_, ()> {
        self.loading.lock().await
    }

    /// From now on these hosts are asked directly, whatever proxy there is.
    pub fn bypass_proxy(&self, hosts: &[String]) {
        self.clients.bypass_proxy(hosts);
    }

    /// Whether requests to other machines go through the proxy of the environment. While local only is on they do not,
    /// unless the proxy is one of the user's own hosts.
    pub fn uses_proxy(&self) -> bool {
        self.clients.proxy().is_some()
    }

    /// Closes every idle connection; requests under way keep theirs.
    pub fn close_idle(&self) {
        self.clients.close_idle();
    }

    /// Sends a request and waits for the headers of its answer, whatever its status.
    pub async fn send(&self, call: Call<'_>) -> Result<Reply, Error> {
        if let Some(gate) = call.gate {
            gate.pass().map_err(|_| Error::GateShut)?;
        }
        self.lock.pass(&call.url).map_err(|locked| Error::Locked { host: locked.host })?;
        let evidence = Evidence {
            request: Asked {
                method: Some(call.method.name().to_owned()),
                url: Some(call.url.to_string()),
                model: call.model.map(str::to_owned),
                stream: None,
            },
            ..Evidence::default()
        };
        let guard = self.open.request(format!("{} → {} {}", call.by, call.method.name(), call.url.path()));
        let started = Instant::now();
        let (request, entry) = match self.prepare(&call) {
            Ok(prepared) => prepared,
            Err(error) => return Err(unasked(evidence, error, started).into()),
        };
        let (limit, within) = call.limit;
        match timeout(within, request.send()).await {
            Err(_elapsed) => Err(timed_out(evidence, limit, started).into()),
            Ok(Err(error)) => Err(transport(evidence, error, started).into()),
            Ok(Ok(response)) => {
                let evidence = with_head(evidence, &response, call.token);
                let token = call.token.cloned();
                let (limit, most_bytes) = (call.limit, BODY_LIMIT);
                Ok(Reply { response, evidence, token, started, limit, most_bytes, guard, entry })
            }
        }
    }

    fn prepare(&self, call: &Call<'_>) -> reqwest::Result<(reqwest::RequestBuilder, Entry)> {
        let method = match call.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut request = self.clients.client_for(&call.url)?.request(method, call.url.clone());
        for (name, value) in call.headers {
            request = request.header(*name, *value);
        }
        for (name, value) in call.more {
            request = request.header(name, value);
        }
        if let Some(token) = call.token {
            request = match call.token_in {
                TokenIn::Bearer => request.bearer_auth(token.reveal()),
                TokenIn::Header(name) => request.header(name, secret_header(token)),
            };
        }
        let body = call.body.map(Value::to_string);
        let entry = self.ledger.sent(&call.url, call.provider, call.by, body.as_ref().map_or(0, String::len));
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        Ok((request, entry))
    }
}

impl Reply {
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    pub fn is_success(&self) -> bool {
        self.response.status().is_success()
    }

    /// The media type in lower case without its parameters; empty if the server names none.
    pub fn content_type(&self) -> String {
        let value = self.evidence.header("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// A header of the answer; `None` if it is missing or no text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name).and_then(|value| value.to_str().ok())
    }

    /// What has been seen so far.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// When the request was sent.
    pub fn started(&self) -> Instant {
        self.started
    }

    /// The same answer, of whose body no more than so many bytes are read; a longer one is a failure.
    pub fn no_longer_than(self, most_bytes: usize) -> Self {
        Self { most_bytes, ..self }
    }

    /// Reads the whole body as text, with the evidence that now includes it.
    pub async fn text(self) -> Result<(String, Evidence), Error> {
        let Self { mut response, mut evidence, token, started, limit, most_bytes, guard: _guard, entry } = self;
        let (limit, within) = limit;
        let mut bytes = Vec::new();
        let left = within.saturating_sub(started.elapsed());
        let reading = async {
            while let Some(chunk) = response.chunk().await? {
                entry.received(chunk.len());
                if bytes.len() + chunk.len() > most_bytes {
                    return Err(BodyError::TooLarge);
                }
                bytes.extend_from_slice(&chunk);
            }
            Ok(())
        };
        let outcome = timeout(left, reading).await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        evidence.observed.body = Some(kept(&text, &evidence, token.as_ref()));
        evidence.took_ms = Some(millis(started.elapsed()));
        match outcome {
            Err(_elapsed) => Err(timed_out(evidence, limit, started).into()),
            Ok(Err(BodyError::TooLarge)) => Err(evidence.with(Fault::TooLarge).into()),
            Ok(Err(BodyError::Http(error))) => Err(transport(evidence, error, started).into()),
            Ok(Ok(())) => Ok((text, evidence)),
        }
    }

    /// Reads a JSON answer. A status that is no success, an `error` in the body and anything but JSON are failures.
    pub async fn json(self) -> Result<(Value, Evidence), Error> {
        let is_success = self.is_success();
        let (text, evidence) = self.text().await?;
        if !is_success {
            return Err(evidence.with(Fault::Status).into());
        }
        match serde_json::from_str::<Value>(&text) {
            Ok(value) if has_error(&value) => Err(evidence.with(Fault::ErrorInBody).into()),
            Ok(value) => Ok((value, evidence)),
            Err(_not_json) => Err(evidence.with(Fault::NotJson).into()),
        }
    }

    /// Reads the body as server-sent events. The token that was sent comes along, to be kept out of the evidence.
    pub fn events(self) -> (Events, Evidence, Option<Secret>) {
        let mut evidence = self.evidence;
        evidence.request.stream = Some(true);
        evidence.observed.kind = Kind::Stream;
        (Events::of(self.response, self.entry, self.guard), evidence, self.token)
    }
}

/// True for a body that says `error`, whatever its status.
pub fn has_error(value: &Value) -> bool {
    value.get("error").is_some_and(|error| !error.is_null())
}

fn with_head(mut evidence: Evidence, response: &reqwest::Response, token: Option<&Secret>) -> Evidence {
    evidence.observed.status = Some(response.status().as_u16());
    let headers: BTreeMap<String, String> = response
        .headers()
        .iter()
        .filter(|(name, _)| !is_secret(name.as_str()))
        .map(|(name, value)| {
            let value = redact(&String::from_utf8_lossy(value.as_bytes()), token, false);
            (name.as_str().to_owned(), value)
        })
        .collect();
    evidence.observed.headers = Some(headers);
    evidence
}

/// Headers that nobody is to read. Who has the number of a session can speak in it.
fn is_secret(header: &str) -> bool {
    matches!(header, "set-cookie" | "authorization" | "x-api-key" | "x-goog-api-key" | "mcp-session-id")
}

/// The part of a body that becomes evidence: short, and without secrets.
fn kept(text: &str, evidence: &Evidence, token: Option<&Secret>) -> String {
    // Hidden first and cut after, so that no half of a secret is left at the edge.
    let end = text.floor_char_boundary(2 * EVIDENCE_LIMIT);
    let mut text = redact(&text[..end], token, matches!(evidence.observed.status, Some(401 | 403)));
    text.truncate(text.floor_char_boundary(EVIDENCE_LIMIT));
    text
}

fn timed_out(mut evidence: Evidence, limit: Limit, started: Instant) -> Evidence {
    let after_ms = millis(started.elapsed());
    evidence.took_ms = Some(after_ms);
    evidence.with(Fault::TimedOut { limit, after_ms })
}

/// No client could be made, such as where the system has no certificates: nobody was asked, so nothing is told of a server.
fn unasked(mut evidence: Evidence, error: reqwest::Error, started: Instant) -> Evidence {
    let words = chain(&error.without_url());
    let hint = "this system has no certificates to believe in; on Debian and Ubuntu they come with ca-certificates";
    let words = if words.contains("CA certificates") { format!("{hint}: {words}") } else { words };
    evidence.took_ms = Some(millis(started.elapsed()));
    evidence.observed.transport_error = Some(words);
    evidence
}

fn transport(mut evidence: Evidence, error: reqwest::Error, started: Instant) -> Evidence {
    // The address stands in the evidence already, and might carry what must not be repeated.
    let error = error.without_url();
    let text = chain(&error);
    let after_ms = millis(started.elapsed());
    let fault = classify(&error, &text, after_ms);
    evidence.took_ms = Some(after_ms);
    evidence.observed.transport_error = Some(text);
    evidence.with(fault)
}

impl Observed {
    /// True when the answer says that it is a web page.
    pub fn is_html(&self) -> bool {
        let typed = self.headers.iter().flatten().any(|(name, value)| {
            name.eq_ignore_ascii_case("content-type") && value.to_ascii_lowercase().contains("text/html")
        });
        let body = self.body.as_deref().unwrap_or_default().trim_start().to_ascii_lowercase();
        typed || body.starts_with("<!doctype") || body.starts_with("<html")
    }
}
