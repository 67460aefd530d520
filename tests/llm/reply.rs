//! What a raw server answers: status, headers, body, and how much of it really comes.

use std::io;

use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::wire::pour;

/// The end mark of a stream.
pub const DONE: &str = "data: [DONE]\n\n";

/// How the body comes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// With its length, all of it.
    Whole,
    /// Twice as much is announced.
    Half,
    /// In one chunk that is announced longer than it is.
    CutChunk,
    /// Again and again, without end.
    Endless,
    /// All of it, and then the connection stays open.
    HeldOpen,
    /// Not even a head.
    Never,
}

/// One answer.
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    manner: Manner,
}

impl Reply {
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self { status, headers, body: body.into(), manner: Manner::Whole }
    }

    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    pub fn ok(body: &Value) -> Self {
        Self::json(200, body)
    }

    pub fn html(status: u16, title: &str) -> Self {
        let page =
            format!("<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>");
        Self::new(status, "text/html; charset=utf-8", page)
    }

    pub fn text(status: u16, body: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", body)
    }

    pub fn sse(events: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "text/event-stream; charset=utf-8", events)
    }

    /// Neither a body nor a type of one.
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), manner: Manner::Whole }
    }

    /// A connection on which nothing comes.
    pub fn never() -> Self {
        Self::empty(200).told(Manner::Never)
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn told(mut self, manner: Manner) -> Self {
        self.manner = manner;
        self
    }

    /// Writes it as far as it comes.
    pub async fn tell(self, stream: &mut TcpStream) -> io::Result<()> {
        let Self { status, headers, body, manner } = self;
        let mut head = format!("HTTP/1.1 {status} Told\r\nconnection: close\r\n");
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let length = body.len();
        let framing = match manner {
            Manner::Whole => format!("content-length: {length}\r\n\r\n"),
            Manner::Half => format!("content-length: {}\r\n\r\n", 2 * length + 64),
            Manner::CutChunk => format!("transfer-encoding: chunked\r\n\r\n{:x}\r\n", length + 64),
            Manner::Endless | Manner::HeldOpen => "\r\n".to_owned(),
            Manner::Never => String::new(),
        };
        head.push_str(&framing);
        match manner {
            Manner::Never => {}
            Manner::Endless => pour(stream, &head, &body).await,
            _ => {
                stream.write_all(head.as_bytes()).await?;
                stream.write_all(&body).await?;
            }
        }
        if matches!(manner, Manner::Never | Manner::HeldOpen) {
            stream.flush().await?;
            // The client leaves first; then reading ends.
            stream.readable().await?;
        }
        Ok(())
    }
}

/// One event of a chat.
pub fn chunk(model: &str, delta: &Value, finish: Option<&str>) -> String {
    let choice = json!({"index": 0, "delta": delta, "finish_reason": finish});
    let chunk = json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "model": model, "choices": [choice]});
    format!("data: {chunk}\n\n")
}

/// Some pieces of an answer, without an end.
pub fn pieces(model: &str, words: &[&str]) -> String {
    words.iter().map(|word| chunk(model, &json!({"content": word}), None)).collect()
}

/// A whole answer as a stream.
pub fn speech(model: &str, words: &[&str]) -> String {
    let opening = chunk(model, &json!({"role": "assistant"}), None);
    let closing = chunk(model, &json!({}), Some("stop"));
    format!("{opening}{}{closing}{DONE}", pieces(model, words))
}
