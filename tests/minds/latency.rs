//! A server that answers after a certain time and does nothing else: Claude's format, connections kept, an answer made
//! beforehand. What a round takes beyond that time is the client's.

use std::{convert::Infallible, net::SocketAddr, time::Duration};

use http_body_util::Full;
use hyper::{Request, Response, body::Bytes, body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::{net::TcpListener, task::JoinHandle, time::sleep};

/// What every model says.
const THOUGHT: &str =
    r#"{"thought":"Rest is best","because":"Rest is best","action":"wait","arguments":{},"confidence":0.5}"#;

/// Ends when it is dropped.
pub struct Latency {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Latency {
    /// Answers questions after this time, lists at once.
    pub async fn of(latency: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let task = tokio::spawn(async move {
            while let Ok((stream, _peer)) = listener.accept().await {
                let _no_small_packets = stream.set_nodelay(true);
                tokio::spawn(async move {
                    let answering = service_fn(move |request| answer(request, latency));
                    let connection = hyper::server::conn::http1::Builder::new();
                    let _client_left = connection.serve_connection(TokioIo::new(stream), answering).await;
                });
            }
        });
        Self { address, task }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Latency {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(request: Request<Incoming>, latency: Duration) -> Result<Response<Full<Bytes>>, Infallible> {
    let (kind, body) = if request.method() == "GET" {
        let list = json!({"data": [{"type": "model", "id": "claude-sonnet-9"}], "has_more": false});
        ("application/json", list.to_string())
    } else {
        sleep(latency).await;
        ("text/event-stream", stream())
    };
    Ok(Response::builder().header("content-type", kind).body(Full::from(body)).expect("a response"))
}

fn stream() -> String {
    let usage = json!({"input_tokens": 400});
    let start = json!({"type": "message_start",
        "message": {"id": "m", "content": [], "model": "claude-sonnet-9", "usage": usage}});
    let open = json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}});
    let text = json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": THOUGHT}});
    let close = json!({"type": "content_block_stop", "index": 0});
    let end = json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 20}});
    [start, open, text, close, end, json!({"type": "message_stop"})].map(|event| format!("data: {event}\n\n")).concat()
}
