//! The demo server over a real socket, asked by a client too simple to be wrong.

use std::{io, time::Duration};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use super::{DemoApi, DemoConfig, DemoModel, DemoServer, Fault, FaultKind};

const MODEL: &str = "demo/small-talker";

/// A server that loses no time.
fn quick() -> DemoConfig {
    DemoConfig {
        token_pace: Duration::ZERO,
        first_token_after: Duration::ZERO,
        load_takes: Duration::from_millis(20),
        ..DemoConfig::default()
    }
}

async fn start(config: DemoConfig) -> DemoServer {
    DemoServer::start(config).await.expect("a free port")
}

fn fault(first: Option<usize>, what: FaultKind) -> Vec<Fault> {
    vec![Fault { on: "/chat/completions".to_owned(), first, what }]
}

/// No test waits longer than this for anything.
async fn soon<T>(what: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(10), what).await.expect("within ten seconds")
}

/// Looks again until it is so.
async fn until(mut is_so: impl FnMut() -> bool) {
    soon(async {
        while !is_so() {
            sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
}

/// Sends a request on a new connection and leaves the answer unread.
async fn send(server: &DemoServer, request: &str, headers: &str, body: &Value) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).await.expect("connected");
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let length = body.len();
    let text = format!(
        "{request} HTTP/1.1\r\nhost: demo\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(text.as_bytes()).await.expect("sent");
    stream
}

/// Reads to the end: status line, headers and body as they came, and how it ended.
async fn read(mut stream: TcpStream) -> (String, io::Result<usize>) {
    let mut bytes = Vec::new();
    let end = soon(stream.read_to_end(&mut bytes)).await;
    (String::from_utf8_lossy(&bytes).into_owned(), end)
}

async fn ask(server: &DemoServer, request: &str, body: &Value) -> String {
    read(send(server, request, "", body).await).await.0
}

/// The status code and the JSON body.
async fn ask_json(server: &DemoServer, request: &str, body: &Value) -> (u16, Value) {
    let text = ask(server, request, body).await;
    let status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    let (_head, body) = text.split_once("\r\n\r\n").expect("a head");
    (status, serde_json::from_str(body).expect("JSON"))
}

fn question(stream: bool) -> Value {
    json!({"model": MODEL, "stream": stream, "messages": [{"role": "user", "content": "Say three words"}]})
}

const CHAT: &str = "POST /v1/chat/completions";

#[tokio::test]
async fn it_greets_as_lm_studio_does() {
    let server = start(quick()).await;
    assert_eq!(ask_json(&server, "GET /lmstudio-greeting", &Value::Null).await, (200, json!({"lmstudio": true})));
    assert_eq!(server.stop().await, 0);
}

#[tokio::test]
async fn an_unknown_path_is_a_200_with_an_error_in_it() {
    let server = start(quick()).await;
    let (status, body) = ask_json(&server, "GET /models", &Value::Null).await;
    assert_eq!((status, body), (200, json!({"error": "Unexpected endpoint or method. (GET /models)"})));
    assert_eq!(ask_json(&server, "GET /api/v1/events", &Value::Null).await.0, 404);
    let old = start(DemoConfig { api: DemoApi::V0, ..quick() }).await;
    assert_eq!(ask_json(&old, "GET /api/v1/models", &Value::Null).await.0, 200);
}

#[tokio::test]
async fn a_stream_has_a_role_some_words_an_end_and_done() {
    let server = start(quick()).await;
    let mut body = question(true);
    body["stream_options"] = json!({"include_usage": true});
    let told = ask(&server, CHAT, &body).await;
    assert!(told.contains("content-type: text/event-stream"), "{told}");
    for part in ["{\"role\":\"assistant\"}", "\"content\":", "\"finish_reason\":\"stop\"", "\"usage\":", "data: [DONE]"]
    {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
    let seen = server.requests();
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].path.as_str(), &seen[0].body), ("/v1/chat/completions", &body));
    until(|| server.busy() == 0).await;
    assert_eq!(server.aborted(), 0);
}

#[tokio::test]
async fn a_plain_answer_names_who_gave_it() {
    let server = start(quick()).await;
    let (status, body) = ask_json(&server, CHAT, &question(false)).await;
    assert_eq!((status, &body["model"], &body["object"]), (200, &json!(MODEL), &json!("chat.completion")));
}

#[tokio::test]
async fn who_comes_late_waits_and_a_client_that_leaves_frees_its_slot() {
    let models = vec![DemoModel { loaded: true, parallel: 1, ..DemoModel::llm(MODEL) }];
    let faults = fault(Some(1), FaultKind::StallMidStream(1));
    let server = start(DemoConfig { models, faults, ..quick() }).await;

    let stalled = send(&server, CHAT, "", &question(true)).await;
    until(|| server.busy() == 1).await;
    let waiting = send(&server, CHAT, "", &question(true)).await;
    until(|| server.queued() == 1).await;
    assert_eq!(server.busy(), 1);

    drop(stalled);
    let (told, _) = read(waiting).await;
    assert!(told.contains("[DONE]"), "{told}");
    until(|| server.busy() == 0 && server.queued() == 0).await;
    assert_eq!(server.aborted(), 1);
    assert_eq!(server.stop().await, 0);
}

#[tokio::test]
async fn a_client_that_leaves_before_the_first_token_is_noticed() {
    for stream in [true, false] {
        let server = start(DemoConfig { first_token_after: Duration::from_secs(60), ..quick() }).await;
        let asked = send(&server, CHAT, "", &question(stream)).await;
        until(|| server.busy() == 1).await;
        drop(asked);
        until(|| server.aborted() == 1).await;
        assert_eq!(server.busy(), 0);
        until(|| server.open_connections() == 0).await;
    }
}

#[tokio::test]
async fn a_server_may_go_on_for_nobody() {
    let config = DemoConfig { first_token_after: Duration::from_secs(60), ..quick() };
    let server = start(config).await;
    server.set_faults(fault(None, FaultKind::IgnoreClosedSocket));
    let asked = send(&server, CHAT, "", &question(true)).await;
    until(|| server.busy() == 1).await;
    drop(asked);
    until(|| server.open_connections() == 0).await;
    assert_eq!((server.busy(), server.aborted()), (1, 0));
    assert_eq!(soon(server.stop()).await, 0, "stopping ends it all the same");
}

#[tokio::test]
async fn a_token_is_required_where_one_is_set() {
    let server = start(DemoConfig { token: Some("sk-lm-abcdefgh:abcdefghij0123456789".to_owned()), ..quick() }).await;
    let (status, body) = ask_json(&server, "GET /api/v1/models", &Value::Null).await;
    assert_eq!((status, &body["error"]["code"]), (401, &json!("invalid_api_key")));
    let header = "authorization: Bearer sk-lm-abcdefgh:abcdefghij0123456789\r\n";
    let (told, _) = read(send(&server, "GET /api/v1/models", header, &Value::Null).await).await;
    assert!(told.starts_with("HTTP/1.1 200"), "{told}");
    assert_eq!(ask_json(&server, "GET /lmstudio-greeting", &Value::Null).await.0, 200);
}

/// A stream with this fault in it, and how it ended.
async fn broken(server: &DemoServer, what: FaultKind) -> (String, io::Result<usize>) {
    server.set_faults(fault(None, what));
    read(send(server, CHAT, "", &question(true)).await).await
}

#[tokio::test]
async fn each_way_to_break_a_stream_looks_different() {
    let server = start(quick()).await;

    let (told, end) = broken(&server, FaultKind::TruncateAfter(1)).await;
    assert!(end.is_ok() && told.ends_with("0\r\n\r\n") && !told.contains("[DONE]"), "{told}");

    let (told, end) = broken(&server, FaultKind::CutAfter(1)).await;
    assert_eq!(end.map_err(|why| why.kind()), Err(io::ErrorKind::ConnectionReset), "{told}");
    assert!(told.contains("\"content\":"), "what was said before the cut arrives: {told}");

    let (told, end) = broken(&server, FaultKind::ErrorEventAfter(1, "boom".to_owned())).await;
    assert!(end.is_ok() && told.contains("event: error\ndata: {") && told.contains("boom"), "{told}");

    let (told, _) = broken(&server, FaultKind::EmptyStream).await;
    assert!(
        !told.contains("\"content\":") && told.contains("\"completion_tokens\":0") && told.contains("[DONE]"),
        "{told}"
    );

    let (told, end) = broken(&server, FaultKind::Refuse).await;
    assert!(told.is_empty(), "{told} {end:?}");

    let (told, end) = broken(&server, FaultKind::Reset).await;
    assert_eq!((told.as_str(), end.map_err(|why| why.kind())), ("", Err(io::ErrorKind::ConnectionReset)));

    let (told, _) = broken(&server, FaultKind::JsonInsteadOfSse).await;
    assert!(told.contains("application/json") && told.contains("chat.completion\""), "{told}");
    until(|| server.busy() == 0).await;
}

#[tokio::test]
async fn a_question_too_long_is_a_200_in_a_stream_and_a_400_else() {
    let server = start(quick()).await;
    let long = |stream: bool| {
        let mut body = question(stream);
        body["messages"][0]["content"] = Value::from("x".repeat(4 * 8_192 + 1));
        body
    };
    let told = ask(&server, CHAT, &long(true)).await;
    assert!(told.starts_with("HTTP/1.1 200"), "{told}");
    let words = "The input has 8193 tokens, but the context length only supports 8192 tokens.";
    assert!(told.contains("event: error\n") && told.contains(words), "{told}");
    let (status, body) = ask_json(&server, CHAT, &long(false)).await;
    assert_eq!(status, 400);
    assert!(body["error"].as_str().is_some_and(|text| text.contains("n_keep: 8193>= n_ctx: 8192")), "{body}");
    assert_eq!((server.busy(), server.aborted()), (0, 0));
}

#[tokio::test]
async fn the_native_chat_loads_aloud_and_ends_with_a_result() {
    let server = start(DemoConfig { load_takes: Duration::from_millis(120), ..quick() }).await;
    let body = json!({"model": "demo/thinker", "input": "Why?", "stream": true, "store": false});
    let told = ask(&server, "POST /api/v1/chat", &body).await;
    let mut rest = told.as_str();
    for name in
        ["chat.start", "model_load.start", "model_load.progress", "model_load.end", "prompt_processing.end", "chat.end"]
    {
        let place = rest.find(&format!("event: {name}\n")).unwrap_or_else(|| panic!("{name} is missing in {told}"));
        rest = &rest[place..];
    }
    assert!(!told.contains("response_id"), "nothing is stored");
}

#[tokio::test]
async fn a_race_of_first_questions_may_load_twice() {
    let server = start(DemoConfig { load_takes: Duration::from_secs(2), ..quick() }).await;
    server.set_faults(fault(None, FaultKind::DuplicateInstances));
    let mut body = question(false);
    body["model"] = json!("demo/eyes");
    tokio::join!(ask(&server, CHAT, &body), ask(&server, CHAT, &body));
    let (_, listed) = ask_json(&server, "GET /api/v1/models", &Value::Null).await;
    let models = listed["models"].as_array().expect("models");
    let eyes = models.iter().find(|model| model["key"] == "demo/eyes").expect("listed");
    assert_eq!(eyes["loaded_instances"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn our_own_state_is_neither_recorded_nor_broken() {
    let server = start(quick()).await;
    server.set_faults(vec![Fault { on: "*".to_owned(), first: None, what: FaultKind::HtmlPage }]);
    let (status, state) = ask_json(&server, "GET /demo/state", &Value::Null).await;
    assert_eq!((status, state), (200, json!({"busy": 0, "queued": 0, "aborted": 0, "connections": 1})));
    assert!(server.requests().is_empty());
}
