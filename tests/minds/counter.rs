//! A forwarder in front of any server, which counts the bytes of bodies that pass through it: what a ledger says has to
//! be what was really seen on the way.
//!
//! It reads HTTP/1.1 along the way ([`messages`]) and changes nothing. Heads and the framing of chunks are not counted.

mod messages;
mod tests;

use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::{JoinHandle, JoinSet},
};

use self::messages::{Found, Messages, Side};

/// What went to one path and came back from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    pub requests: u64,
    pub sent_bytes: u64,
    pub received_bytes: u64,
}

/// A forwarder on a free port of the loopback interface; ends when it is dropped.
pub struct Counter {
    address: SocketAddr,
    book: Book,
    task: JoinHandle<()>,
}

/// The traffic of every path. Cheap to clone; all clones are the same.
#[derive(Clone, Default)]
struct Book(Arc<Mutex<BTreeMap<String, Traffic>>>);

/// What one connection has asked and was answered so far.
#[derive(Default)]
struct Exchange {
    /// Where the body belongs that is being sent.
    asking: String,
    /// Questions that no answer has begun to yet.
    unanswered: VecDeque<String>,
    /// Where the body belongs that is being received.
    answering: String,
}

impl Counter {
    /// Stands before the server at this address. If nobody listens there, connections are taken in and closed at once.
    pub async fn before(url: &str) -> Self {
        let target = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let book = Book::default();
        let task = tokio::spawn(serve(listener, target, book.clone()));
        Self { address, book, task }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// By path, without what follows a question mark.
    pub fn paths(&self) -> BTreeMap<String, Traffic> {
        self.book.lock().clone()
    }

    pub fn requests(&self) -> u64 {
        self.book.lock().values().map(|traffic| traffic.requests).sum()
    }

    pub fn sent_bytes(&self) -> u64 {
        self.book.lock().values().map(|traffic| traffic.sent_bytes).sum()
    }

    pub fn received_bytes(&self) -> u64 {
        self.book.lock().values().map(|traffic| traffic.received_bytes).sum()
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Book {
    /// Counts are never left half-written, so they are worth reading even after a panic elsewhere.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Traffic>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, path: &str, more: Traffic) {
        let mut book = self.lock();
        let traffic = book.entry(path.to_owned()).or_default();
        traffic.requests += more.requests;
        traffic.sent_bytes += more.sent_bytes;
        traffic.received_bytes += more.received_bytes;
    }
}

impl Exchange {
    fn asked(&mut self, found: Found, book: &Book) {
        match found {
            Found::Head(line) => {
                let target = line.split(' ').nth(1).unwrap_or_default();
                target.split('?').next().unwrap_or_default().clone_into(&mut self.asking);
                self.unanswered.push_back(self.asking.clone());
                book.add(&self.asking, Traffic { requests: 1, ..Traffic::default() });
            }
            Found::Body(bytes) => book.add(&self.asking, Traffic { sent_bytes: bytes, ..Traffic::default() }),
        }
    }

    fn answered(&mut self, found: Found, book: &Book) {
        match found {
            // Only an interim word; the answer is still to come.
            Found::Head(line) if line.split(' ').nth(1).is_some_and(|status| status.starts_with('1')) => {}
            Found::Head(_) => self.answering = self.unanswered.pop_front().unwrap_or_default(),
            Found::Body(bytes) => book.add(&self.answering, Traffic { received_bytes: bytes, ..Traffic::default() }),
        }
    }
}

/// Connections end with the task that owns them.
async fn serve(listener: TcpListener, target: String, book: Book) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((client, _peer)) = accepted {
                    connections.spawn(forward(client, target.clone(), book.clone()));
                }
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}

async fn forward(client: TcpStream, target: String, book: Book) {
    let Ok(server) = TcpStream::connect(target).await else { return };
    for stream in [&client, &server] {
        // Otherwise a small piece waits until the one before it is acknowledged; it comes all the same.
        let _only_later = stream.set_nodelay(true);
    }
    let exchange = Mutex::new(Exchange::default());
    let exchange = || exchange.lock().unwrap_or_else(PoisonError::into_inner);
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let asking = pump(from_client, to_server, Side::Questions, |found| exchange().asked(found, &book));
    let answering = pump(from_server, to_client, Side::Answers, |found| exchange().answered(found, &book));
    tokio::join!(asking, answering);
}

/// Passes everything on, and a farewell too.
async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, side: Side, count: impl Fn(Found)) {
    let (mut messages, mut bytes) = (Messages::of(side), vec![0; 16 << 10]);
    while let Ok(read @ 1..) = from.read(&mut bytes).await {
        // Counted first: whoever gets the end of an answer may look into the book at once.
        messages.read(&bytes[..read]).into_iter().for_each(&count);
        if to.write_all(&bytes[..read]).await.is_err() {
            break;
        }
    }
    let _has_left_already = to.shutdown().await;
}
