//! Our own server, which writes HTTP by hand, so that it can do what no library does. It keeps a record of who asked
//! what and when, and ends when it is dropped.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Instant,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
    time::sleep,
};

use crate::{
    judge::Attempt,
    script::{Ending, Reply, Step},
    sent::Seen,
};

/// A request of ours is smaller than this.
const LARGEST_REQUEST: usize = 1 << 20;

/// What is known of one request.
#[derive(Clone, Debug)]
struct Record {
    seen: Seen,
    attempt: Attempt,
}

/// A running server.
pub struct Raw {
    address: SocketAddr,
    task: JoinHandle<()>,
    records: Arc<Mutex<Vec<Record>>>,
}

/// What every connection knows.
#[derive(Clone)]
struct Desk {
    started: Instant,
    /// The first request gets the first reply, and so on; the last one stays.
    replies: Arc<[Reply]>,
    records: Arc<Mutex<Vec<Record>>>,
}

impl Raw {
    /// On a free port of the loopback interface.
    pub async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let records = Arc::new(Mutex::new(Vec::new()));
        let desk = Desk { started: Instant::now(), replies: replies.into(), records: Arc::clone(&records) };
        Self { address, task: tokio::spawn(serve(listener, desk)), records }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request that came in whole.
    pub fn seen(&self) -> Vec<Seen> {
        self.records.lock().unwrap().iter().map(|record| record.seen.clone()).collect()
    }

    /// The same for the judge.
    pub fn attempts(&self) -> Vec<Attempt> {
        self.records.lock().unwrap().iter().map(|record| record.attempt.clone()).collect()
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, desk: Desk) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _peer)) = accepted {
                    connections.spawn(attend(stream, desk.clone()));
                }
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}

/// Answers one request. How the connection ends is the client's business.
async fn attend(mut stream: TcpStream, desk: Desk) {
    let _only_slower_without = stream.set_nodelay(true);
    let Some((path, body)) = read_request(&mut stream).await else { return };
    let reply = desk.take_down(path, &body);
    let _client_left = tell(&reply, &mut stream).await;
    // Closing before everything was read would be a reset, so the client leaves first.
    let mut bytes = [0; 4096];
    while matches!(stream.read(&mut bytes).await, Ok(1..)) {}
}

impl Desk {
    /// Notes the request before a byte of the answer is sent, and gives out the answer.
    fn take_down(&self, path: String, body: &[u8]) -> Reply {
        let mut records = self.records.lock().unwrap();
        let reply = self.replies[records.len().min(self.replies.len() - 1)].clone();
        let mut hasher = DefaultHasher::new();
        (&path, body).hash(&mut hasher);
        let attempt = Attempt {
            at: self.started.elapsed(),
            status: reply.status,
            pause: reply.pause,
            is_cut: reply.is_cut,
            question: hasher.finish(),
        };
        let seen = Seen { path, body: serde_json::from_slice(body).unwrap_or_default() };
        records.push(Record { seen, attempt });
        reply
    }
}

async fn tell(reply: &Reply, stream: &mut TcpStream) -> io::Result<()> {
    if reply.ending == Ending::Silent {
        return Ok(());
    }
    let mut head = format!(
        "HTTP/1.1 {} Told\r\nconnection: close\r\ntransfer-encoding: chunked\r\ncontent-type: {}\r\n",
        reply.status, reply.content_type
    );
    if let Some(pause) = reply.retry_after {
        head.push_str(&format!("retry-after: {}\r\n", pause.as_secs_f64()));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).await?;
    for step in &reply.steps {
        match step {
            // An empty chunk would be the end.
            Step::Say(bytes) if bytes.is_empty() => {}
            Step::Say(bytes) => {
                let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
                chunk.extend_from_slice(bytes);
                chunk.extend_from_slice(b"\r\n");
                stream.write_all(&chunk).await?;
            }
            Step::Wait(time) => sleep(*time).await,
        }
    }
    match reply.ending {
        Ending::Proper => stream.write_all(b"0\r\n\r\n").await?,
        Ending::Broken => stream.write_all(b"40\r\nhalf a chunk").await?,
        Ending::Open | Ending::Silent => return Ok(()),
    }
    stream.shutdown().await
}

/// The path and the body of a request.
async fn read_request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let head_ends = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        more(stream, &mut bytes).await?;
    };
    let head = String::from_utf8_lossy(&bytes[..head_ends]).into_owned();
    let path = head.split(' ').nth(1)?.to_owned();
    let head = head.to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    let ends = head_ends + length.unwrap_or(0);
    while bytes.len() < ends {
        more(stream, &mut bytes).await?;
    }
    Some((path, bytes[head_ends..ends].to_vec()))
}

/// Reads on; `None` at the end, and when it becomes too much.
async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let read = stream.read_buf(bytes).await.ok()?;
    (read > 0 && bytes.len() < LARGEST_REQUEST).then_some(())
}
