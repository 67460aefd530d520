//! A request as it comes in, of which the provider's format is not known yet.

use serde_json::Value;
use tokio::{io::AsyncReadExt, net::TcpStream};

/// A request of ours is smaller than this.
const LARGEST: usize = 32 << 20;

/// A request that was read to its end.
pub(super) struct Incoming {
    pub method: String,
    pub path: String,
    /// What follows the question mark.
    pub query: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    /// `Null` without a body, or with one that is no JSON.
    pub body: Value,
    pub body_bytes: usize,
}

impl Incoming {
    /// `None` if the client leaves before it is complete, or says what is no HTTP.
    pub async fn read(stream: &mut TcpStream) -> Option<Self> {
        let mut bytes: Vec<u8> = Vec::new();
        let head_ends = loop {
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            more(stream, &mut bytes).await?;
        };
        let head = String::from_utf8_lossy(&bytes[..head_ends]).into_owned();
        let mut lines = head.lines();
        let mut words = lines.next()?.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let field = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_lowercase(), value.trim().to_owned()))
        };
        let mut incoming = Self {
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            headers: lines.filter_map(field).collect(),
            body: Value::Null,
            body_bytes: 0,
        };
        // The client of this program names the length of every body.
        incoming.body_bytes = incoming.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let ends = head_ends + incoming.body_bytes;
        while bytes.len() < ends {
            more(stream, &mut bytes).await?;
        }
        incoming.body = serde_json::from_slice(&bytes[head_ends..ends]).unwrap_or_default();
        Some(incoming)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads on; `None` at the end, and when it becomes too much.
async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let read = stream.read_buf(bytes).await.ok()?;
    (read > 0 && bytes.len() < LARGEST).then_some(())
}
