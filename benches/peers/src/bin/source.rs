//! The server that everybody asks: raw HTTP/1.1, one thread, answers that were prepared before the first question, so that
//! what is measured is the reader.
//!
//! `source [--deltas N] [--after MS] [--at-once TEXT] [--hold]`
//!
//! It prints `{"port"}` and serves until it is ended. A question is answered with N small pieces as fast as the connection
//! takes them. With `--after` it is answered after so many milliseconds with one short opinion, except where `TEXT` stands
//! in the question: that is answered at once. With `--hold` an answer never ends: a small piece every 20 milliseconds; and
//! a line tells of every connection, of every stream that begins and of every connection that ends, with the time of the
//! shared clock: `{"accepted": CONNECTION}`, `{"opened": CONNECTION, "at_ns"}` and
//! `{"closed": CONNECTION, "stream": true|false, "at_ns"}`.

use std::{sync::Arc, time::Duration};

use peers::{Failure, MODEL, shared_clock_ns};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{MissedTickBehavior, interval, sleep},
};

/// Between two pieces of a stream that never ends.
const PACE: Duration = Duration::from_millis(20);
/// What one write holds, in turn: from a single packet to what a busy gateway gathers. Events are cut wherever it falls.
const PIECES: [usize; 5] = [1_400, 4_096, 1_400, 16_384, 8_192];
/// What an expert says, in the words of the product.
const OPINION: &str =
    r#"{"thought":"Rest is best","because":"Rest is best","action":"wait","arguments":{},"confidence":0.5}"#;
/// So long is each piece of it.
const OPINION_PIECE: usize = 6;
const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

/// How it answers.
struct Manner {
    /// The whole answer after its head, cut into what one write holds.
    pieces: Vec<Vec<u8>>,
    after: Duration,
    at_once: Option<String>,
    holds: bool,
}

/// One request as far as it matters.
struct Request {
    path: String,
    body: Vec<u8>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let manner = Arc::new(manner()?);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", json!({"port": listener.local_addr()?.port()}));
    let mut connection = 0_u64;
    loop {
        let (stream, _peer) = listener.accept().await?;
        stream.set_nodelay(true)?;
        connection += 1;
        if manner.holds {
            println!("{}", json!({"accepted": connection}));
        }
        let manner = Arc::clone(&manner);
        tokio::spawn(async move {
            let mut is_stream = false;
            // However it ended, it has.
            let _client_left = serve(stream, &manner, connection, &mut is_stream).await;
            if manner.holds {
                println!("{}", json!({"closed": connection, "stream": is_stream, "at_ns": shared_clock_ns()}));
            }
        });
    }
}

fn manner() -> Result<Manner, Failure> {
    let (mut deltas, mut manner) =
        (None, Manner { pieces: Vec::new(), after: Duration::ZERO, at_once: None, holds: false });
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or("a value is missing");
        match argument.as_str() {
            "--deltas" => deltas = Some(value()?.parse()?),
            "--after" => manner.after = Duration::from_millis(value()?.parse()?),
            "--at-once" => manner.at_once = Some(value()?),
            "--hold" => manner.holds = true,
            other => return Err(format!("{other} is not understood").into()),
        }
    }
    let texts: Vec<&str> = match deltas {
        Some(count) => vec![" word"; count],
        None => OPINION.as_bytes().chunks(OPINION_PIECE).map(|piece| str::from_utf8(piece).unwrap_or("?")).collect(),
    };
    manner.pieces = cut(&events(&texts));
    Ok(manner)
}

/// The events of a whole answer, as LM Studio and its like write them.
fn events(texts: &[&str]) -> Vec<u8> {
    let mut events = chunk(&json!({"role": "assistant", "content": ""}), None);
    texts.iter().for_each(|text| events.push_str(&chunk(&json!({"content": text}), None)));
    events.push_str(&chunk(&json!({}), Some("stop")));
    let usage = json!({"prompt_tokens": 400, "completion_tokens": texts.len(), "total_tokens": 400 + texts.len()});
    let last = json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": MODEL,
        "choices": [], "usage": usage});
    events.push_str(&format!("data: {last}\n\ndata: [DONE]\n\n"));
    events.into_bytes()
}

fn chunk(delta: &serde_json::Value, finish_reason: Option<&str>) -> String {
    let chunk = json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": MODEL,
        "choices": [{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish_reason}]});
    format!("data: {chunk}\n\n")
}

/// Cut where writes end, each framed as one piece of a chunked body; the last one ends it.
fn cut(mut whole: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    for size in PIECES.into_iter().cycle() {
        if whole.is_empty() {
            break;
        }
        let (piece, rest) = whole.split_at(size.min(whole.len()));
        pieces.push(framed(piece));
        whole = rest;
    }
    pieces.push(b"0\r\n\r\n".to_vec());
    pieces
}

fn framed(piece: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat()
}

async fn serve(mut stream: TcpStream, manner: &Manner, number: u64, is_stream: &mut bool) -> Result<(), Failure> {
    let mut read = Vec::new();
    while let Some(request) = next_request(&mut stream, &mut read).await? {
        if request.path != "/v1/chat/completions" {
            stream.write_all(&page(&request.path)).await?;
        } else if manner.holds {
            *is_stream = true;
            return hold(stream, number).await;
        } else {
            let said = String::from_utf8_lossy(&request.body);
            if !manner.at_once.as_ref().is_some_and(|text| said.contains(text)) {
                sleep(manner.after).await;
            }
            stream.write_all(HEAD.as_bytes()).await?;
            for piece in &manner.pieces {
                stream.write_all(piece).await?;
            }
        }
    }
    Ok(())
}

/// Streams until the client leaves.
async fn hold(mut stream: TcpStream, number: u64) -> Result<(), Failure> {
    let piece = framed(chunk(&json!({"content": " word"}), None).as_bytes());
    let mut ticks = interval(PACE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut incoming, mut outgoing) = stream.split();
    let mut more = [0_u8; 256];
    outgoing.write_all(HEAD.as_bytes()).await?;
    let mut has_begun = false;
    loop {
        tokio::select! {
            // Nothing is expected; the end is, and it has to be seen at once.
            read = incoming.read(&mut more) => if read? == 0 { return Ok(()) },
            _ = ticks.tick() => {
                outgoing.write_all(&piece).await?;
                if !has_begun {
                    has_begun = true;
                    println!("{}", json!({"opened": number, "at_ns": shared_clock_ns()}));
                }
            }
        }
    }
}

/// `None` when the client has left between two requests.
async fn next_request(stream: &mut TcpStream, read: &mut Vec<u8>) -> Result<Option<Request>, Failure> {
    loop {
        if let Some((request, length)) = parse(read)? {
            read.drain(..length);
            return Ok(Some(request));
        }
        if stream.read_buf(read).await? == 0 {
            return Ok(None);
        }
    }
}

/// The first request and how many bytes it is long; `None` while it is not all there.
fn parse(read: &[u8]) -> Result<Option<(Request, usize)>, Failure> {
    let Some(end) = memchr::memmem::find(read, b"\r\n\r\n") else { return Ok(None) };
    let head = str::from_utf8(&read[..end])?;
    let path = head.split_whitespace().nth(1).unwrap_or_default().to_owned();
    let length = head.lines().filter_map(|line| line.split_once(':'));
    let length = length.filter(|(name, _)| name.eq_ignore_ascii_case("content-length")).map(|(_, value)| value.trim());
    let whole = end + 4 + length.last().unwrap_or("0").parse::<usize>()?;
    Ok(read.get(end + 4..whole).map(|body| (Request { path, body: body.to_vec() }, whole)))
}

/// What the product looks at before it asks: a server like LM Studio with one loaded model and places for everybody.
fn page(path: &str) -> Vec<u8> {
    let page = match path {
        "/lmstudio-greeting" => Some(json!({"lmstudio": true})),
        "/api/v1/models" => Some(json!({"models": [{"type": "llm", "key": MODEL, "max_context_length": 32_768,
            "loaded_instances": [{"id": MODEL, "config": {"context_length": 32_768, "parallel": 256}}]}]})),
        _ => None,
    };
    let status = if page.is_some() { "200 OK" } else { "404 Not Found" };
    let body = page.unwrap_or_else(|| json!({"error": "Unexpected endpoint or method"})).to_string();
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}
