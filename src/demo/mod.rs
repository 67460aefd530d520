//! A pretend LM Studio: an HTTP server in this process that answers as the real one does, from a script instead of a
//! model. It is the built-in demo, and with its faults the counterpart of the tests. It uses nothing else of ours, not
//! even types, so that it can contradict our client.

mod answer;
mod call;
mod catalogue;
mod completion;
mod config;
mod connection;
mod embedding;
mod errors;
mod faults;
mod generation;
mod native;
mod native_chat;
mod native_events;
mod native_input;
mod openai;
mod player;
mod question;
mod routes;
mod schema;
mod script;
mod slots;
mod socket;
mod state;
mod stream;
#[cfg(test)]
mod tests;
mod token;
mod v0;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::DropGuard;

use self::state::State;
pub use self::{
    config::{DemoApi, DemoConfig, DemoModel, DemoModelKind},
    faults::{Fault, FaultKind},
    state::SeenRequest,
};

/// A running demo server on the loopback interface. Dropping it stops it as well, without waiting.
pub struct DemoServer {
    address: SocketAddr,
    state: Arc<State>,
    accepting: JoinHandle<usize>,
    stop_on_drop: DropGuard,
}

impl DemoServer {
    /// Listens and accepts on the current runtime.
    ///
    /// # Errors
    ///
    /// When the port cannot be bound.
    pub async fn start(config: DemoConfig) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::new(config));
        let accepting = tokio::spawn(connection::accept(listener, Arc::clone(&state)));
        let stop_on_drop = state.stop.clone().drop_guard();
        Ok(Self { address, state, accepting, stop_on_drop })
    }

    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Such as `http://127.0.0.1:41343`, without a path.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Replaces the armed faults. Requests that are under way keep theirs.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        self.state.faults.set(faults);
    }

    /// The last 512 requests, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.state.requests()
    }

    /// Generations that hold a slot.
    #[must_use]
    pub fn busy(&self) -> usize {
        self.state.activity.counts().running
    }

    /// Generations that wait for a slot or for their model.
    #[must_use]
    pub fn queued(&self) -> usize {
        self.state.activity.counts().waiting
    }

    /// Generations that ended because their client left, whether they ran or still waited.
    #[must_use]
    pub fn aborted(&self) -> usize {
        self.state.activity.counts().aborted
    }

    #[must_use]
    pub fn open_connections(&self) -> usize {
        self.state.activity.counts().connections
    }

    /// Cancels everything and waits up to a second for it to end. Returns how many tasks had to be aborted.
    pub async fn stop(self) -> usize {
        let Self { accepting, stop_on_drop, .. } = self;
        drop(stop_on_drop);
        accepting.await.unwrap_or_default()
    }
}
