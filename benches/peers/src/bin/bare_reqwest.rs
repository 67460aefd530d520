//! The least that reads such a stream in this language: the bytes of `reqwest`, lines by hand, the few fields that matter.
//! Nothing is counted, limited, kept or explained. Whoever does more can only be slower.

use futures_util::StreamExt;
use peers::{Failure, Heard, MODEL, Plan, QUESTION};
use serde::Deserialize;

#[derive(Deserialize)]
struct Chunk {
    #[serde(default)]
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    delta: Delta,
}

#[derive(Default, Deserialize)]
struct Delta {
    #[serde(default)]
    content: Option<String>,
}

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let plan = Plan::from_arguments()?;
    let client = reqwest::Client::builder().no_gzip().no_proxy().build()?;
    let url = format!("{}/v1/chat/completions", plan.url);
    plan.carry_out(|| ask(client.clone(), url.clone())).await
}

async fn ask(client: reqwest::Client, url: String) -> Result<Heard, Failure> {
    let body = serde_json::json!({"model": MODEL, "stream": true, "stream_options": {"include_usage": true},
        "messages": [{"role": "user", "content": QUESTION}]});
    let mut bytes = client.post(url).json(&body).send().await?.error_for_status()?.bytes_stream();
    let (mut heard, mut rest) = (Heard::default(), Vec::<u8>::new());
    let mut has_ended = false;
    while let Some(piece) = bytes.next().await {
        rest.extend_from_slice(&piece?);
        let mut start = 0;
        while let Some(length) = memchr::memchr(b'\n', &rest[start..]) {
            has_ended |= line(&rest[start..start + length], &mut heard)?;
            start += length + 1;
        }
        rest.drain(..start);
    }
    if has_ended { Ok(heard) } else { Err("the stream ended without its end mark".into()) }
}

/// True for the end mark.
fn line(line: &[u8], heard: &mut Heard) -> Result<bool, Failure> {
    let Some(data) = line.strip_prefix(b"data: ") else { return Ok(false) };
    if data.starts_with(b"[DONE]") {
        return Ok(true);
    }
    let chunk: Chunk = serde_json::from_slice(data)?;
    for choice in chunk.choices {
        heard.piece(choice.delta.content.as_deref().unwrap_or_default());
    }
    Ok(false)
}
