//! Raw servers for conditions that the demo server cannot make. Each owns its listener task and its port, and ends when
//! it is dropped.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream, ToSocketAddrs},
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};

use crate::reply::Reply;

/// Between two bytes of a server that tells its head one byte at a time.
const TRICKLE: Duration = Duration::from_millis(100);
/// A request of ours is smaller than this.
const LARGEST_REQUEST: usize = 4 << 20;

/// How a raw server treats a connection.
#[derive(Clone, Copy)]
pub enum Plan {
    /// Keeps it open and never says a word.
    Silent,
    /// Resets it as soon as it is there.
    ResetAtOnce,
    /// Resets it once something was asked.
    ResetWhenAsked,
    /// Closes it as soon as it is there.
    HangUp,
    /// Says this as soon as it is there, and then nothing.
    SpeaksFirst(&'static [u8]),
    /// Says this once something was asked, and closes it.
    Answers(&'static [u8]),
    /// Tells a good head one byte now and then, and never all of it.
    Trickle,
    /// Tells one header after another, without end.
    EndlessHead,
    /// Answers one HTTP request and closes it.
    Http(fn(&Asked) -> Reply),
}

/// One HTTP request.
pub struct Asked {
    pub method: String,
    pub path: String,
    /// `Null` without a body, or with one that is no JSON.
    pub body: Value,
    /// The request line and the headers, in lower case.
    pub head: String,
}

impl Asked {
    /// Method and path, for one `match`.
    pub fn route(&self) -> (&str, &str) {
        (&self.method, &self.path)
    }

    /// The model of a chat.
    pub fn model(&self) -> &str {
        self.body["model"].as_str().unwrap_or_default()
    }
}

/// A raw server.
pub struct Wire {
    address: SocketAddr,
    task: JoinHandle<()>,
    asked: Arc<AtomicUsize>,
}

impl Wire {
    /// On a free port of the loopback interface.
    pub async fn start(plan: Plan) -> Self {
        Self::at("127.0.0.1:0", plan).await.expect("a free port")
    }

    /// At a given place, which may be taken.
    pub async fn at(place: impl ToSocketAddrs, plan: Plan) -> io::Result<Self> {
        let listener = TcpListener::bind(place).await?;
        let address = listener.local_addr()?;
        let asked = Arc::new(AtomicUsize::new(0));
        let task = tokio::spawn(serve(listener, plan, Arc::clone(&asked)));
        Ok(Self { address, task, asked })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many HTTP requests came in whole.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A port at which nobody listens and which nobody else can take while this is held.
pub struct ClosedPort {
    address: SocketAddr,
    _reserved: TcpSocket,
}

impl ClosedPort {
    pub fn reserve() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a free port");
        Self { address: socket.local_addr().expect("bound"), _reserved: socket }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// A port whose listener takes nobody in and whose queue is full, as that of a program that hangs.
pub struct FullPort {
    address: SocketAddr,
    _listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl FullPort {
    /// `None` where the system lets more and more connections wait.
    pub async fn fill() -> Option<Self> {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a free port");
        let listener = socket.listen(1).expect("a listener");
        let address = listener.local_addr().expect("bound");
        let mut queue = Vec::new();
        for _ in 0..32 {
            match timeout(Duration::from_millis(200), TcpStream::connect(address)).await {
                Ok(Ok(stream)) => queue.push(stream),
                Ok(Err(_refused)) => return None,
                Err(_elapsed) => return Some(Self { address, _listener: listener, _queue: queue }),
            }
        }
        None
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// Whether this machine has IPv6 on its loopback interface.
pub async fn has_ipv6() -> bool {
    TcpListener::bind("[::1]:0").await.is_ok()
}

async fn serve(listener: TcpListener, plan: Plan, asked: Arc<AtomicUsize>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _peer)) = accepted {
                    connections.spawn(attend(stream, plan, Arc::clone(&asked)));
                }
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}

/// How a connection ends is the client's business.
async fn attend(mut stream: TcpStream, plan: Plan, asked: Arc<AtomicUsize>) {
    match plan {
        Plan::Silent => drain(&mut stream).await,
        Plan::HangUp => {}
        Plan::ResetAtOnce => reset(stream),
        Plan::ResetWhenAsked => {
            if is_asked(&stream).await {
                reset(stream);
            }
        }
        Plan::SpeaksFirst(words) => {
            let _client_left = stream.write_all(words).await;
            drain(&mut stream).await;
        }
        Plan::Answers(words) => {
            if is_asked(&stream).await {
                let _client_left = stream.write_all(words).await;
                hang_up(&mut stream).await;
            }
        }
        Plan::Trickle => {
            if is_asked(&stream).await {
                trickle(&mut stream).await;
            }
        }
        Plan::EndlessHead => {
            if is_asked(&stream).await {
                pour(&mut stream, "HTTP/1.1 200 OK\r\n", format!("x-pad: {}\r\n", "a".repeat(1000)).as_bytes()).await;
            }
        }
        Plan::Http(answer) => {
            if let Some(request) = read_request(&mut stream).await {
                asked.fetch_add(1, Ordering::SeqCst);
                let reply = answer(&request);
                let _client_left = reply.tell(&mut stream).await;
                hang_up(&mut stream).await;
            }
        }
    }
}

/// True once there is something to read; false for a connection that ends without a word, such as a look at the port.
async fn is_asked(stream: &TcpStream) -> bool {
    let mut byte = [0];
    matches!(stream.peek(&mut byte).await, Ok(1..))
}

fn reset(stream: TcpStream) {
    let _has_lost_its_peer_already = stream.set_zero_linger();
    drop(stream);
}

/// Says farewell, and stays until the client has left: closing before it has read all would be a reset.
async fn hang_up(stream: &mut TcpStream) {
    let _client_left = stream.shutdown().await;
    drain(stream).await;
}

async fn drain(stream: &mut TcpStream) {
    let mut bytes = [0; 4096];
    while matches!(stream.read(&mut bytes).await, Ok(1..)) {}
}

async fn trickle(stream: &mut TcpStream) {
    for byte in b"HTTP/1.1 200 OK\r\nx-pad: ".iter().chain(std::iter::repeat(&b'a')) {
        if stream.write_all(&[*byte]).await.is_err() {
            return;
        }
        sleep(TRICKLE).await;
    }
}

/// Says `first` once and `more` until the client leaves.
pub async fn pour(stream: &mut TcpStream, first: &str, more: &[u8]) {
    let mut told = stream.write_all(first.as_bytes()).await;
    while told.is_ok() {
        told = stream.write_all(more).await;
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let head_ends = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        more(stream, &mut bytes).await?;
    };
    let text = String::from_utf8_lossy(&bytes[..head_ends]).into_owned();
    let mut words = text.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let head = text.to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    let ends = head_ends + length.unwrap_or(0);
    while bytes.len() < ends {
        more(stream, &mut bytes).await?;
    }
    let body = serde_json::from_slice(&bytes[head_ends..]).unwrap_or_default();
    Some(Asked { method, path, body, head })
}

/// Reads on; `None` at the end, and when it becomes too much.
async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let read = stream.read_buf(bytes).await.ok()?;
    (read > 0 && bytes.len() < LARGEST_REQUEST).then_some(())
}
