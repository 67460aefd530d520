//! llmock, a mock server in Python that runs beside this process: our conditions as its behaviours, what it was asked,
//! and what it thinks of the client.

use std::{io::Write, time::Duration};

use serde_json::{Value, json};
use tokio::sync::{Mutex, MutexGuard};

use crate::{
    cases::{BEGUN, Condition, TEXT, WITHHELD},
    client::Client,
    question::PLACE,
    refusals::{PASSING, PAUSE, said},
    sent::Seen,
};

pub const NAME: &str = "llmock";
/// Where it is; several addresses are separated by spaces, so that the clients need not wait for each other.
const ADDRESS: &str = "SINGULARIS_LLMOCK";
/// `1` where it has to be.
const REQUIRED: &str = "SINGULARIS_LLMOCK_REQUIRED";
/// Longer than our clients wait where they are to lose patience, in seconds.
const SILENCE: f64 = 0.9;

/// Each plays one scene at a time, whichever test asks for it. There is at most one for every client.
static TURNS: [Mutex<()>; Client::ALL.len()] = [const { Mutex::const_new(()) }; Client::ALL.len()];

/// The llmock of one client.
pub struct Llmock {
    base: String,
    http: reqwest::Client,
    turns: &'static Mutex<()>,
}

/// A scene that is being played; nobody else plays one until it is dropped.
pub type Turn = MutexGuard<'static, ()>;

impl Llmock {
    /// The one that the environment names for this client. Without it the tests go on and say loudly who did not take
    /// part, unless it is required.
    pub async fn of(client: Client) -> Option<Self> {
        let is_required = std::env::var(REQUIRED).is_ok_and(|value| value == "1");
        let missing = |why: &str| {
            assert!(!is_required, "{NAME} is required and did not take part: {why}");
            let who = format!("*** {NAME} DID NOT TAKE PART for {}: {why}", client.title());
            // Past the ear that a passing test has on what is printed.
            let _nobody_reads_it = writeln!(std::io::stderr(), "{who}; see tests/suite/run_llmock.py ***");
        };
        let addresses = std::env::var(ADDRESS).unwrap_or_default();
        let addresses: Vec<&str> = addresses.split_whitespace().take(TURNS.len()).collect();
        if addresses.is_empty() {
            missing("SINGULARIS_LLMOCK is not set");
            return None;
        }
        let which = client as usize % addresses.len();
        let base = addresses[which].trim_end_matches('/').to_owned();
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10)).build().expect("a client");
        if let Err(error) = http.get(format!("{base}/health")).send().await {
            missing(&format!("{base} does not answer: {error}"));
            return None;
        }
        Some(Self { base, http, turns: &TURNS[which] })
    }

    /// Where this client finds its wire format.
    pub fn url(&self, client: Client) -> String {
        format!("{}{}", self.base, client.of(["", "/anthropic", "/gemini"]))
    }

    /// Waits for its turn, forgets everything and behaves so from now on.
    pub async fn play(&self, behaviors: &Value) -> Turn {
        let turn = self.turns.lock().await;
        self.control("POST", "reset", None).await;
        if behaviors.as_array().is_some_and(|list| !list.is_empty()) {
            self.control("POST", "scenario", Some(&json!({"behaviors": behaviors}))).await;
        }
        turn
    }

    /// Every request since then.
    pub async fn seen(&self) -> Vec<Seen> {
        let list = self.control("GET", "requests", None).await;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let requests = list["requests"].as_array().cloned().unwrap_or_default();
        requests.iter().map(|one| Seen { path: text(&one["path"]), body: one["body"].clone() }).collect()
    }

    /// What it has found to be wrong with the client since then, errors and warnings.
    pub async fn findings(&self) -> Vec<String> {
        let verdict = self.control("GET", "verdict", None).await;
        let findings = verdict["findings"].as_array().expect("a list of findings");
        findings.iter().map(|finding| finding["code"].as_str().unwrap_or_default().to_owned()).collect()
    }

    async fn control(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let url = format!("{}/_llmock/{path}", self.base);
        let request = if method == "GET" { self.http.get(&url) } else { self.http.post(&url) };
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        let answer = request.send().await.expect("llmock answers");
        let status = answer.status();
        let text = answer.text().await.expect("llmock says something");
        assert!(status.is_success(), "{NAME} refuses {method} {path}: {status} {text}");
        serde_json::from_str(&text).expect("JSON")
    }
}

/// Says this, whenever it is asked.
fn says(text: &str, finish_reason: Option<&str>) -> Value {
    json!({"type": "reply", "text": text, "finish_reason": finish_reason, "times": null})
}

/// The condition as a list of behaviours, or why there is none.
pub fn behaviors(client: Client, condition: Condition) -> Result<Value, &'static str> {
    // Events until pieces of the answer have been sent: one, and a few.
    let (one_piece, some_pieces) = (client.of([2, 4, 1]), client.of([3, 5, 2]));
    let fault = |kind: &str| json!([says(BEGUN, None), stream_fault(kind, some_pieces)]);
    Ok(match condition {
        Condition::Speaks(text) => json!([says(text, None)]),
        // It reads the tools and calls the one that fits, with what its schema allows.
        Condition::Calls(1) => json!([]),
        Condition::Calls(_) => json!([{"type": "reply", "times": null, "tool_calls": [
            {"name": "go_to", "arguments": {"place": PLACE}}, {"name": "wait", "arguments": {}}]}]),
        // It reads the schema and answers what fits it, but for Claude's, which it looks for in another place.
        Condition::KeepsShape if client == Client::Claude => json!([says("{\"answer\": \"yes\"}", None)]),
        Condition::KeepsShape => json!([]),
        Condition::RefusesAtOnce => json!([says("", Some("content_filter"))]),
        Condition::RefusesAmid => json!([says(WITHHELD, Some("content_filter"))]),
        Condition::Status(status) => {
            let (words, kind) = said(client, status);
            let pause = PASSING.contains(&status).then(|| PAUSE.as_secs_f64());
            json!([{"type": "fail", "times": null, "status": status, "message": words, "code": kind,
                "retry_after": pause}])
        }
        Condition::Cut => fault("truncate"),
        Condition::Dropped => fault("disconnect"),
        Condition::Garbled => fault("malformed"),
        Condition::NoHead => json!([{"type": "delay", "seconds": SILENCE, "times": null}]),
        Condition::NoWord => json!([{"type": "slow_first_token", "seconds": SILENCE, "times": null}]),
        Condition::SilentAmid => json!([says(BEGUN, None), stream_fault("stall", one_piece)]),
        Condition::Heartbeats if client == Client::Claude => json!([says(TEXT, None)]),
        Condition::Heartbeats | Condition::OnlyHeartbeats => return Err("sends no heartbeats, but for one to Claude"),
        Condition::UnknownFields if client == Client::LmStudio => json!([says(TEXT, None)]),
        Condition::UnknownFields => return Err("sends no field that is not known"),
        Condition::ErrorUnder200 => return Err("gives no failure the status 200"),
        Condition::ErrorAmid => return Err("ends a stream well or not at all, never with an error in it"),
        Condition::WholeJson => return Err("streams where a stream is asked for"),
        Condition::Blanks | Condition::BlankCut => return Err("leaves out what is empty"),
        Condition::ByteByByte => return Err("writes letters beyond ASCII in escapes, which have no inside"),
    })
}

/// A stream that goes wrong after so many events.
pub fn stream_fault(kind: &str, after: u32) -> Value {
    json!({"type": "stream_fault", "kind": kind, "after_chunks": after, "stall_seconds": SILENCE, "times": null})
}
