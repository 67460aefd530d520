//! The server that things go wrong with: it speaks as LM Studio does, in a runtime of its own, and whatever is done to
//! its models is done over a plain socket that is closed before anybody counts.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::{Value, json};
use singularis::demo::{DemoConfig, DemoServer, SeenRequest};
use tokio::runtime::{Builder, Runtime};

use crate::plan::{Harm, Kind};

/// The model that is loaded whenever nothing is wrong.
pub const MODEL: &str = "demo/small-talker";
/// So many requests are remembered by a server, which looks like a leak until there are so many.
const REMEMBERED: usize = 512;
/// So often its models are put in order, until somebody seems to disturb them for ever.
const TRIES: u32 = 8;
/// A server that is well answers within this.
const WELL: Duration = Duration::from_secs(10);
/// One that something is wrong with may not, and is not waited for.
const UNWELL: Duration = Duration::from_millis(100);

/// The server.
pub struct Server {
    runtime: Runtime,
    demo: DemoServer,
}

impl Server {
    pub fn start() -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("soak-server")
            .enable_all()
            .build()
            .expect("a runtime for the server");
        let config = DemoConfig {
            token_pace: Duration::from_millis(1),
            first_token_after: Duration::from_millis(5),
            load_takes: Duration::from_millis(20),
            ..DemoConfig::default()
        };
        let demo = runtime.block_on(DemoServer::start(config)).expect("a free port");
        Self { runtime, demo }
    }

    pub fn address(&self) -> SocketAddr {
        self.demo.address()
    }

    pub fn port(&self) -> u16 {
        self.address().port()
    }

    pub fn url(&self) -> String {
        self.demo.url()
    }

    /// From now on these are wrong, and nothing else is. What is under way keeps what was wrong when it began.
    pub fn harm(&self, harms: &[Harm]) {
        for harm in harms {
            let (path, body) = match harm.kind {
                Kind::Unload => ("/api/v1/models/unload", json!({"instance_id": MODEL})),
                Kind::Load => ("/api/v1/models/load", json!({"model": MODEL})),
                _ => continue,
            };
            let _whatever_else_is_wrong_may_strike_this_too =
                exchange(self.address(), "POST", path, &body.to_string(), UNWELL);
        }
        self.demo.set_faults(harms.iter().flat_map(Harm::faults).collect());
    }

    /// Nothing is wrong any more with what is asked from now on; the models may not be what they were.
    pub fn heal(&self) {
        self.demo.set_faults(Vec::new());
    }

    /// Everything is as it was at the beginning: nothing is wrong, and one copy of one model is loaded.
    pub fn restore(&self) {
        self.heal();
        // A load or an unload that the worker has asked for may still be on its way.
        for _ in 0..TRIES {
            let loaded = self.instances();
            if loaded == [MODEL] {
                return;
            }
            for instance in loaded {
                self.post("/api/v1/models/unload", &json!({"instance_id": instance}));
            }
            self.post("/api/v1/models/load", &json!({"model": MODEL}));
        }
        panic!("somebody goes on loading and unloading: {:?}", self.instances());
    }

    fn instances(&self) -> Vec<String> {
        let text = exchange(self.address(), "GET", "/api/v1/models", "", WELL).expect("the server lists its models");
        let list: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
        let models = list["models"].as_array().expect("a list of models");
        let instances = models.iter().filter_map(|model| model["loaded_instances"].as_array()).flatten();
        instances.filter_map(|instance| instance["id"].as_str()).map(str::to_owned).collect()
    }

    fn post(&self, path: &str, body: &Value) {
        exchange(self.address(), "POST", path, &body.to_string(), WELL)
            .unwrap_or_else(|error| panic!("{path} with {body}: {error}"));
    }

    /// What it was asked, as far as it remembers.
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.demo.requests()
    }

    /// Ends it; gives how many connections had to be cut.
    pub fn stop(self) -> usize {
        self.runtime.block_on(self.demo.stop())
    }
}

/// Fills what a server remembers of requests with some of these, so that it cannot grow any more. Nothing is asked of a
/// model: the path leads nowhere.
pub fn fill_memory(address: SocketAddr, like: &[SeenRequest]) {
    for request in like.iter().cycle().take(REMEMBERED) {
        let body = if request.body.is_null() { String::new() } else { request.body.to_string() };
        let method = if body.is_empty() { "GET" } else { "POST" };
        exchange(address, method, "/soak", &body, WELL).expect("a server that is well answers");
    }
}

/// One request on a connection of its own; gives the body of the answer. `within` is for connecting and for each read.
fn exchange(address: SocketAddr, method: &str, path: &str, body: &str, within: Duration) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, within)?;
    stream.set_read_timeout(Some(within))?;
    stream.set_write_timeout(Some(within))?;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_head, body) = answer.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(body.to_owned())
}
