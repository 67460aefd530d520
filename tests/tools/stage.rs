//! A server under test as an environment, and its end, after which nothing of it may be there.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use serde_json::Value;
use singularis::{
    environment::{
        Environment, EnvironmentError, Holdings, Hooks, Observation, Want,
        tools::{self, Surroundings},
    },
    llm::{Http, HttpConfig, OpenThings},
    protocol::{ActionCall, CertificateItem, Effect, EnvironmentView, Problem, ToolsView},
    settings::{Place, ServerSettings},
};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    PATIENCE,
    traces::{MARK, Trace, assert_nobody_is_left, carriers},
};

/// The server that misbehaves.
pub const NASTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/nasty.py");
/// As long as ending all children may take.
const ENDS_WITHIN: Duration = Duration::from_millis(1600);
/// When the sweep gives up whatever is left: later than any limit of its own.
const DEADLINE: Duration = Duration::from_secs(10);
/// What a busy machine may add to a limit.
pub const SLACK: Duration = Duration::from_secs(6);

/// What servers are opened with: nobody listens, and nobody watches.
pub fn around() -> Surroundings {
    let http = Arc::new(Http::new(HttpConfig::default(), OpenThings::default()).unwrap());
    Surroundings { http, secrets: BTreeMap::new(), hooks: Hooks::default(), guardian: None }
}

/// The nasty server in one of its modes. Its limits are short, but for the time to begin.
pub fn nasty(mode: &str, mark: &str) -> ServerSettings {
    let mut server = marked(ServerSettings::program("nasty", "python3", &[NASTY, mode, mark]), mark);
    (server.extras.connect_s, server.extras.call_s, server.extras.call_total_s) = (30.0, 20.0, 60.0);
    server
}

/// The same with this variable.
pub fn with(mut server: ServerSettings, name: &str, value: &str) -> ServerSettings {
    let Place::Program { variables, .. } = &mut server.place else { panic!("{} is no program", server.name) };
    variables.insert(name.to_owned(), value.to_owned());
    server
}

/// The same, so that it and all it starts are found again.
pub fn marked(server: ServerSettings, mark: &str) -> ServerSettings {
    with(server, MARK, mark)
}

/// A server that is open.
pub struct Play {
    place: Box<dyn Environment>,
    holdings: Holdings,
    mark: String,
}

impl Play {
    pub async fn try_open(server: &ServerSettings, mark: &str) -> Result<Self, Problem> {
        let opening = timeout(PATIENCE, tools::open(server, around())).await;
        let place = opening.expect("opening has its own limit").map_err(|problem| *problem)?;
        Ok(Self { holdings: place.holdings(), place, mark: mark.to_owned() })
    }

    pub async fn open(server: &ServerSettings, mark: &str) -> Self {
        match Self::try_open(server, mark).await {
            Ok(play) => play,
            Err(problem) => panic!("{} could not be opened: {problem}", server.name),
        }
    }

    /// The nasty server in one of its modes.
    pub async fn nasty(mode: &str) -> Self {
        let mark = crate::traces::fresh_mark();
        Self::open(&nasty(mode, &mark), &mark).await
    }

    pub async fn try_call(&mut self, tool: &str, arguments: Value) -> Result<Effect, EnvironmentError> {
        self.call_until(tool, arguments, &CancellationToken::new()).await
    }

    /// The environment itself must not be in trouble by it.
    pub async fn call(&mut self, tool: &str, arguments: Value) -> Effect {
        self.try_call(tool, arguments).await.unwrap_or_else(|trouble| panic!("{tool}: {trouble}"))
    }

    pub async fn call_until(
        &mut self,
        tool: &str,
        arguments: Value,
        stop: &CancellationToken,
    ) -> Result<Effect, EnvironmentError> {
        let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
        let call = ActionCall { name: tool.to_owned(), arguments };
        timeout(PATIENCE, self.place.act(&call, stop)).await.expect("a call has its own limit")
    }

    pub async fn look(&mut self) -> Observation {
        let looking = timeout(PATIENCE, self.place.observe(Want::default())).await.expect("a look has its own limit");
        looking.unwrap_or_else(|trouble| panic!("nothing is seen: {trouble}"))
    }

    /// The names of what can be done now.
    pub fn tools(&self) -> Vec<String> {
        self.place.actions().into_iter().map(|action| action.name).collect()
    }

    pub fn generation(&self) -> u64 {
        self.place.generation()
    }

    pub fn view(&self) -> ToolsView {
        match self.place.view() {
            EnvironmentView::Tools(view) => *view,
            other => panic!("tools are shown as {other:?}"),
        }
    }

    /// The processes of the server.
    pub fn processes(&self) -> Vec<Trace> {
        carriers(&self.mark)
    }

    /// Ends it as a session does; afterwards nothing of it, and none of these, may be there.
    pub async fn close_with(self, family: &[Trace]) -> Vec<CertificateItem> {
        let Self { mut place, holdings, mark } = self;
        let mut items = timeout(PATIENCE, place.release()).await.expect("letting go has its own limit");
        let began = Instant::now();
        items.extend(holdings.children.end_all(began + DEADLINE).await);
        assert!(began.elapsed() < ENDS_WITHIN + SLACK, "ending took {:?}: {items:?}", began.elapsed());
        assert_eq!(holdings.children.alive(), 0, "{items:?}");
        drop(place);
        assert_nobody_is_left(&mark, family);
        items
    }

    pub async fn close(self) -> Vec<CertificateItem> {
        self.close_with(&[]).await
    }
}
