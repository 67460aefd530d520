//! A provider in the cloud, played by a small server in this process. It is written from what is known of Gemini and
//! Claude and not from this program, so that they can disagree; it answers whole sessions and can be disturbed in the
//! middle of one.
//!
//! | file | what |
//! |---|---|
//! | `connection` | one connection: what comes in, and how far the answer gets under the present behaviour |
//! | `request`, `answer` | a request as it was read, and an answer in its pieces |
//! | `question` | what is asked, and words that answer it: an object that fits the schema, or a sentence |
//! | `gemini`, `claude` | lists, streams and refusals in each provider's own form |
//! | `raw`, `tests` | a client that is nothing but a socket, and the proof that all of this works |

mod answer;
mod claude;
mod connection;
mod gemini;
mod question;
pub mod raw;
mod request;
mod tests;

use std::{
    future::poll_fn,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    runtime::Handle,
    task::{JoinHandle, JoinSet},
};

use self::{answer::Answer, question::Question, request::Incoming};

/// The only key that is accepted.
pub const KEY: &str = "a-key-for-this-test-only-0123456789";
/// Connections that may wait to be let in.
const BACKLOG: u32 = 1024;

/// How requests are treated from now on. Those that have come in already keep the behaviour they met.
#[derive(Clone, Debug)]
pub enum Behaviour {
    /// Answers at once.
    Answer,
    /// Answers as well, but nothing is heard for this time.
    AnswerAfter(Duration),
    /// Does not listen, so connections are refused. Any other behaviour listens again at the same port.
    Refuse,
    /// Says this to everything, whoever asks.
    Status { code: u16, retry_after: Option<&'static str>, body: Value },
    /// Reads the request and says nothing, ever.
    Hang,
    /// Tells its head and one piece, and then nothing, ever.
    Stall,
    /// Tells its head and one piece, and breaks the connection off.
    Cut,
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With all of the answer.
    Complete,
    /// The client closed the connection before that.
    ClientLeft,
    /// The server did.
    BrokenOff,
}

/// A request that came in whole.
#[derive(Clone, Debug)]
pub struct Request {
    pub at: Instant,
    /// Without what follows a question mark.
    pub path: String,
    /// Empty where nobody is asked, as for a list.
    pub model: String,
    /// What the prompt calls the one who is asked, such as `threat`; empty if it does not.
    pub role: String,
    /// `Null` without a body, or with one that is no JSON.
    pub body: Value,
    pub body_bytes: usize,
    /// Of the body so far, without its framing.
    pub answered_bytes: usize,
    /// `None` until the head of the answer is told.
    pub status: Option<u16>,
    /// `None` while it is under way.
    pub ending: Option<Ending>,
    /// As the client was told at the end of the answer; thoughts count as a part of the answer.
    pub prompt_tokens: u64,
    pub answer_tokens: u64,
}

/// A provider on a free port of the loopback interface; ends when it is dropped.
pub struct Provider {
    kind: Kind,
    address: SocketAddr,
    shared: Shared,
    runtime: Handle,
    task: JoinHandle<()>,
}

/// Whose format is spoken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gemini,
    Claude,
}

/// What the provider and its connections have in common. Cheap to clone; all clones are the same.
#[derive(Clone)]
struct Shared(Arc<Mutex<State>>);

struct State {
    /// Where clients are let in, unless they are refused.
    listener: Option<TcpListener>,
    /// Bound and not listening: connections are refused, and nobody else gets the port.
    reserved: Option<TcpSocket>,
    /// Who waits for the next client.
    waiting: Option<Waker>,
    behaviour: Behaviour,
    spares_lists: bool,
    preferred: usize,
    requests: Vec<Request>,
    open: usize,
    most_open: usize,
    hung_up: usize,
}

/// How one request is treated.
struct Case {
    /// In the list of requests.
    place: usize,
    behaviour: Behaviour,
    preferred: usize,
}

impl Provider {
    pub async fn gemini() -> Self {
        Self::start(Kind::Gemini).await
    }

    pub async fn claude() -> Self {
        Self::start(Kind::Claude).await
    }

    async fn start(kind: Kind) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let state = State {
            listener: Some(listener),
            reserved: None,
            waiting: None,
            behaviour: Behaviour::Answer,
            spares_lists: false,
            preferred: 0,
            requests: Vec::new(),
            open: 0,
            most_open: 0,
            hung_up: 0,
        };
        let shared = Shared(Arc::new(Mutex::new(state)));
        let task = tokio::spawn(serve(shared.clone(), kind));
        Self { kind, address, shared, runtime: Handle::current(), task }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Treats everything so from now on. When this returns, a listener that is to be gone is gone.
    pub fn behave(&self, behaviour: Behaviour) {
        self.turn_to(behaviour, false);
    }

    /// Treats questions so from now on, while lists of models are answered.
    pub fn behave_when_asked(&self, behaviour: Behaviour) {
        self.turn_to(behaviour, true);
    }

    fn turn_to(&self, behaviour: Behaviour, spares_lists: bool) {
        // A listener belongs to a runtime, and whoever calls this may be outside of it.
        let _inside = self.runtime.enter();
        let mut state = self.shared.state();
        if matches!(behaviour, Behaviour::Refuse) {
            state.refuse(self.address);
        } else {
            state.listen();
        }
        state.behaviour = behaviour;
        state.spares_lists = spares_lists;
        if let Some(waiting) = state.waiting.take() {
            waiting.wake();
        }
    }

    /// Which of the actions it takes: 0 for the first that is offered, as from the start.
    pub fn prefer(&self, place: usize) {
        self.shared.state().preferred = place;
    }

    /// What this provider says, in its own words, when it has too much to do.
    pub fn overloaded(&self) -> Behaviour {
        match self.kind {
            Kind::Gemini => gemini::overloaded(),
            Kind::Claude => claude::overloaded(),
        }
    }

    /// What it says when it was asked too often, and in how many seconds it may be asked again.
    pub fn rate_limited(&self, seconds: &'static str) -> Behaviour {
        match self.kind {
            Kind::Gemini => gemini::rate_limited(seconds),
            Kind::Claude => claude::rate_limited(seconds),
        }
    }

    /// Every request that came in whole, in that order.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.state().requests.clone()
    }

    /// How many are being answered now, hanging ones among them.
    pub fn open(&self) -> usize {
        self.shared.state().open
    }

    /// How many there were at the same time at the most.
    pub fn most_open(&self) -> usize {
        self.shared.state().most_open
    }

    /// How many connections the client closed before the answer was complete.
    pub fn hung_up(&self) -> usize {
        self.shared.state().hung_up
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
        let mut state = self.shared.state();
        (state.listener, state.reserved) = (None, None);
    }
}

impl State {
    fn refuse(&mut self, address: SocketAddr) {
        let Some(listener) = self.listener.take() else { return };
        drop(listener);
        let socket = TcpSocket::new_v4().expect("a socket");
        // Connections of the listener that has just gone still hold the port.
        socket.set_reuseaddr(true).expect("an option that every system has");
        socket.bind(address).expect("our own port");
        self.reserved = Some(socket);
    }

    fn listen(&mut self) {
        if let Some(socket) = self.reserved.take() {
            self.listener = Some(socket.listen(BACKLOG).expect("our own port"));
        }
    }
}

impl Shared {
    /// Counts are never left half-written, so they are worth reading even after a panic elsewhere.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next client. While clients are refused there is none.
    async fn accept(&self) -> TcpStream {
        poll_fn(|context| {
            let mut state = self.state();
            state.waiting = Some(context.waker().clone());
            match state.listener.as_ref().map(|listener| listener.poll_accept(context)) {
                Some(Poll::Ready(Ok((stream, _peer)))) => Poll::Ready(stream),
                Some(Poll::Ready(Err(_has_left_again))) => {
                    context.waker().wake_by_ref();
                    Poll::Pending
                }
                Some(Poll::Pending) | None => Poll::Pending,
            }
        })
        .await
    }

    fn begin(&self, incoming: &Incoming, question: &Question) -> Case {
        let request = Request {
            at: Instant::now(),
            path: incoming.path.clone(),
            model: question.model.clone(),
            role: question.role().to_owned(),
            body: incoming.body.clone(),
            body_bytes: incoming.body_bytes,
            answered_bytes: 0,
            status: None,
            ending: None,
            prompt_tokens: 0,
            answer_tokens: 0,
        };
        let mut state = self.state();
        let is_spared = state.spares_lists && incoming.method == "GET";
        let behaviour = if is_spared { Behaviour::Answer } else { state.behaviour.clone() };
        state.requests.push(request);
        state.open += 1;
        state.most_open = state.most_open.max(state.open);
        Case { place: state.requests.len() - 1, behaviour, preferred: state.preferred }
    }

    fn note(&self, place: usize, change: impl FnOnce(&mut Request)) {
        change(&mut self.state().requests[place]);
    }

    fn end(&self, place: usize, ending: Ending) {
        let mut state = self.state();
        state.requests[place].ending = Some(ending);
        state.open -= 1;
        state.hung_up += usize::from(ending == Ending::ClientLeft);
    }
}

impl Kind {
    fn question(self, incoming: &Incoming) -> Question {
        match self {
            Self::Gemini => gemini::question(incoming),
            Self::Claude => claude::question(incoming),
        }
    }

    fn answer(self, incoming: &Incoming, question: &Question, preferred: usize) -> Answer {
        match self {
            Self::Gemini => gemini::answer(incoming, question, preferred),
            Self::Claude => claude::answer(incoming, question, preferred),
        }
    }
}

/// Connections end with the task that owns them.
async fn serve(shared: Shared, kind: Kind) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            stream = shared.accept() => {
                connections.spawn(connection::attend(stream, kind, shared.clone()));
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}
