//! A server that is spoken to: reached, agreed with on a protocol, and closed in order.

mod greeting;
mod program;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use rmcp::{
    ClientLifecycleMode, Peer, RoleClient,
    model::{ProtocolVersion, ServerPeerInfo},
    serve_client_with_lifecycle,
    service::RunningService,
};
use tokio::time::{Instant, timeout_at};
use url::Url;

use self::{greeting::Failure, program::Program};
use super::{
    Surroundings,
    complaints::cleaned,
    ears::Ears,
    http,
    launch::{self, Recipe},
    trouble::Trouble,
};
use crate::{
    guardian::Guardian,
    process::{Children, GRACE},
    protocol::{CertificateItem, OpenKind, Outcome},
    settings::{Greeting, Place, ServerSettings},
};

/// So long a server may take to end that could not be used.
const FAILED_GRACE: Duration = Duration::from_millis(500);
/// So long it is waited for what is ours of a connection, once the server is gone.
const OUR_SIDE_MAY_TAKE: Duration = Duration::from_millis(500);
/// Nobody waits longer, whatever the settings say.
pub(super) const LONGEST: Duration = Duration::from_secs(30 * 24 * 3600);
/// What a settings file cannot have meant is taken for this.
const CONNECT_OTHERWISE: Duration = Duration::from_secs(60);
/// So much of a server's instructions is kept, in letters.
const INSTRUCTIONS: usize = 8000;
/// So much of its name and version.
const NAME: usize = 100;

type Service = RunningService<RoleClient, Ears>;

/// A server that is spoken to. Dropping it kills the server, if it was started here, with all that it has started.
pub struct Connection {
    name: String,
    service: Service,
    pub(super) ears: Ears,
    about: About,
    /// `None` for a server that is reached over HTTP.
    pub(super) program: Option<Program>,
}

/// What a server says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What it calls itself; empty if it does not.
    pub product: String,
    pub version: String,
    /// The version of the protocol that was agreed on, such as `2025-11-25`.
    pub protocol: String,
    /// What it can do beside tools, in a word each: `resources`, `prompts`, `logging`.
    pub capabilities: Vec<String>,
    /// How it wants to be used; empty if it does not say.
    pub instructions: String,
    /// From the start to the agreed protocol, in milliseconds.
    pub connect_ms: u64,
}

/// What a connection is made with.
#[derive(Clone, Copy)]
struct Plan<'a> {
    server: &'a ServerSettings,
    around: &'a Surroundings,
    children: &'a Children,
    guardian: Option<&'a Guardian>,
    limit: Duration,
    deadline: Instant,
}

impl Connection {
    /// Starts or reaches it and agrees on a protocol, within the time to connect in its settings. `children` keeps the
    /// process; `guardian` is told of it where there is one. A server that could not be used is ended before this
    /// gives its trouble, and the trouble has its last lines.
    ///
    /// It is greeted as almost all servers want to be. One that says that it knows no greeting, or not that version, is
    /// started once more and asked what it speaks. Settings may say that it is asked that first; then it is not greeted.
    pub async fn open(
        server: &ServerSettings,
        around: &Surroundings,
        children: &Children,
        guardian: Option<&Guardian>,
    ) -> Result<Self, Trouble> {
        let began = Instant::now();
        let limit = Duration::try_from_secs_f64(server.extras.connect_s).unwrap_or(CONNECT_OTHERWISE).min(LONGEST);
        let deadline = began + limit;
        let plan = Plan { server, around, children, guardian, limit, deadline };
        let greeting = server.extras.greets_with;
        let first = match greeting {
            Greeting::Initialize => ClientLifecycleMode::Initialize,
            Greeting::Discover => discover(),
        };
        let (failure, complaints) = match plan.attempt(first).await {
            Ok(connection) => return connection.checked(began).await,
            Err(failed) => failed,
        };
        if greeting == Greeting::Discover || !failure.wants_another_version() {
            return Err(failure.trouble(limit).with(complaints));
        }
        match plan.attempt(discover()).await {
            Ok(connection) => connection.checked(began).await,
            // What it said first is what it does not like about us.
            Err(_) => Err(failure.trouble(limit).with(complaints)),
        }
    }

    /// What it says of itself.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Moves on whenever the server says that its tools have changed.
    pub fn changes(&self) -> u64 {
        self.ears.changes()
    }

    /// False once it has died or hung up.
    pub fn is_alive(&self) -> bool {
        // The service itself goes on calling itself open.
        !self.peer().is_transport_closed()
    }

    /// The last lines that it wrote to its standard error, oldest first: plain text, without secrets. None for a server
    /// that is reached over HTTP.
    pub fn complaints(&self) -> Vec<String> {
        self.program.as_ref().map(Program::complaints).unwrap_or_default()
    }

    /// Why nothing can be said to it any more. It has closed the connection or is about to end.
    pub async fn end_of_it(&self) -> Trouble {
        match &self.program {
            Some(program) => program.end_of_it().await,
            None => Trouble::HungUp,
        }
    }

    /// Ends it in order: closes its input, asks it and all that it has started, kills what does not listen. Says how
    /// that went; nothing of it is left. One that is reached over HTTP goes on, and is only told that we are gone.
    pub async fn close(self) -> Vec<CertificateItem> {
        let Self { name, mut service, program, .. } = self;
        let began = Instant::now();
        if let Some(program) = program {
            // The service reads on meanwhile, so that a server which says something at its end does not fail at it.
            let item = program.end(GRACE).await;
            let _ends_with_the_last_byte = service.close_with_timeout(OUR_SIDE_MAY_TAKE).await;
            return vec![item];
        }
        let closed = service.close_with_timeout(GRACE).await;
        let (outcome, note) = match closed {
            Ok(Some(_)) => (Outcome::Closed, String::new()),
            Ok(None) => (Outcome::Aborted, "the server took too long to say goodbye".to_owned()),
            Err(error) => (Outcome::Failed, error.to_string()),
        };
        let took_ms = milliseconds(began.elapsed());
        vec![CertificateItem { kind: OpenKind::Client, name: title(&name), outcome, took_ms, note }]
    }

    pub(super) fn peer(&self) -> &Peer<RoleClient> {
        self.service.peer()
    }

    /// Takes down what it says of itself, or ends it if the version it has chosen is none that is spoken here.
    async fn checked(mut self, began: Instant) -> Result<Self, Trouble> {
        let Some(info) = self.peer().peer_info() else { return Ok(self) };
        if ProtocolVersion::KNOWN_VERSIONS.contains(&info.protocol_version) {
            self.about = About::of(&info, milliseconds(began.elapsed()));
            return Ok(self);
        }
        let words = format!("it wants version {}", cleaned(info.protocol_version.as_str(), NAME));
        let complaints = self.complaints();
        let _it_is_of_no_use = self.close().await;
        Err(Trouble::WrongProtocol { words }.with(complaints))
    }
}

impl About {
    fn of(info: &ServerPeerInfo, connect_ms: u64) -> Self {
        let named = info.server_info.as_ref();
        let product = named.map(|named| named.title.as_ref().unwrap_or(&named.name));
        let can = &info.capabilities;
        let capabilities = [
            ("resources", can.resources.is_some()),
            ("prompts", can.prompts.is_some()),
            ("completions", can.completions.is_some()),
            ("logging", can.logging.is_some()),
        ];
        Self {
            product: product.map(|product| cleaned(product, NAME)).unwrap_or_default(),
            version: named.map(|named| cleaned(&named.version, NAME)).unwrap_or_default(),
            protocol: info.protocol_version.to_string(),
            capabilities: capabilities.iter().filter(|(_, can)| *can).map(|(word, _)| (*word).to_owned()).collect(),
            instructions: info.instructions.as_deref().unwrap_or_default().trim().chars().take(INSTRUCTIONS).collect(),
            connect_ms,
        }
    }
}

impl Plan<'_> {
    /// One attempt; what was started for one that failed is ended. The last lines of a server come with its failure.
    async fn attempt(self, lifecycle: ClientLifecycleMode) -> Result<Connection, (Failure, Vec<String>)> {
        match &self.server.place {
            Place::Program { command, arguments, variables, folder } => {
                let recipe = Recipe { command, arguments, variables, folder };
                self.attempt_with_program(recipe, lifecycle).await
            }
            Place::Address { url, headers } => {
                let greeted = self.attempt_over_http(url, headers, lifecycle).await;
                let (service, ears) = greeted.map_err(|failure| (failure, Vec::new()))?;
                Ok(self.connected(service, ears, None))
            }
        }
    }

    async fn attempt_with_program(
        self,
        recipe: Recipe<'_>,
        lifecycle: ClientLifecycleMode,
    ) -> Result<Connection, (Failure, Vec<String>)> {
        let not_started = |trouble: Trouble| (Failure::Known(trouble), Vec::new());
        let prepared = timeout_at(self.deadline, recipe.command(&self.around.secrets)).await;
        let command = prepared.map_err(|_late| (Failure::Late, Vec::new()))?.map_err(not_started)?;
        let name = title(&self.server.name);
        let (program, transport) = Program::start(&name, command, self.children, self.guardian).map_err(not_started)?;
        let ears = Ears::of(self.server, &self.around.hooks);
        match program.greet(ears.clone(), transport, lifecycle, self.deadline).await {
            Ok(service) => Ok(self.connected(service, ears, Some(program))),
            Err(failure) => {
                let failure = program.explained(failure, self.limit).await;
                let complaints = program.end_unusable(FAILED_GRACE).await;
                Err((failure, complaints))
            }
        }
    }

    async fn attempt_over_http(
        self,
        url: &str,
        headers: &BTreeMap<String, String>,
        lifecycle: ClientLifecycleMode,
    ) -> Result<(Service, Ears), Failure> {
        let bad_address = |error: url::ParseError| Failure::Known(Trouble::BadAddress { words: error.to_string() });
        let url = Url::parse(url.trim()).map_err(bad_address)?;
        let headers = launch::headers(headers, &self.around.secrets).map_err(Failure::Known)?;
        let transport = http::transport(&self.server.name, url, headers, Arc::clone(&self.around.http));
        let ears = Ears::of(self.server, &self.around.hooks);
        let greeting = Box::pin(serve_client_with_lifecycle(ears.clone(), transport, lifecycle));
        match timeout_at(self.deadline, greeting).await {
            Ok(Ok(service)) => Ok((service, ears)),
            Ok(Err(error)) => Err(Failure::greeting(error)),
            Err(_late) => Err(Failure::Late),
        }
    }

    fn connected(self, service: Service, ears: Ears, program: Option<Program>) -> Connection {
        Connection { name: self.server.name.clone(), service, ears, about: About::default(), program }
    }
}

/// Asks a server what it speaks: one of the versions that know no greeting, the newest rather than others.
fn discover() -> ClientLifecycleMode {
    let versions = ProtocolVersion::KNOWN_VERSIONS.iter().rev();
    let preferred_versions = versions.filter(|version| !version.has_initialize()).cloned().collect();
    ClientLifecycleMode::Discover { preferred_versions }
}

/// What a server is called in the certificate and to the guardian.
fn title(server: &str) -> String {
    format!("tool server {server}")
}

pub(super) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
