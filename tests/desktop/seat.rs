//! The desktop as an environment, and whoever listens to its hooks.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::Value;
use singularis::{
    environment::{
        Environment, EnvironmentError, Holdings, Hooks, Observation, Want,
        desktop::{self, Surroundings},
    },
    protocol::{ActionCall, CertificateItem, DesktopView, Effect, EnvironmentView, PauseReason},
    settings::DesktopSettings,
};
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::PATIENCE;

/// As long as letting go of all keys, and ending all children, may take.
const ENDS_WITHIN: Duration = Duration::from_millis(1600);

pub fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Everything at once, and nothing in vain.
pub fn settings(source: &str, profile: &str, live: bool) -> DesktopSettings {
    DesktopSettings {
        source: source.to_owned(),
        profile: profile.to_owned(),
        live,
        countdown_s: 0,
        hands_off_s: 0.1,
        look_every_ms: 20,
        ..DesktopSettings::default()
    }
}

/// What the environment asked of the session, and when.
#[derive(Clone, Default)]
pub struct Heard {
    pauses: Arc<Mutex<Vec<(Instant, PauseReason)>>>,
    stops: Arc<Mutex<Vec<(Instant, String)>>>,
}

impl Heard {
    fn hooks(&self) -> Hooks {
        let (pauses, asked, stops) = (Arc::clone(&self.pauses), Arc::clone(&self.pauses), Arc::clone(&self.stops));
        Hooks {
            pause: Arc::new(move |why| pauses.lock().unwrap().push((Instant::now(), why))),
            is_paused: Arc::new(move || !asked.lock().unwrap().is_empty()),
            stop: Arc::new(move |words| stops.lock().unwrap().push((Instant::now(), words))),
            notice: Arc::new(|_, words, _| eprintln!("noticed: {words}")),
        }
    }

    pub fn paused(&self) -> Option<(Instant, PauseReason)> {
        self.pauses.lock().unwrap().first().cloned()
    }

    pub fn stopped(&self) -> Option<(Instant, String)> {
        self.stops.lock().unwrap().first().cloned()
    }

    /// A person lets it go on.
    pub fn resume(&self) {
        self.pauses.lock().unwrap().clear();
    }
}

/// The desktop, taken.
pub struct Seat {
    place: Box<dyn Environment>,
    pub holdings: Holdings,
    pub heard: Heard,
}

impl Seat {
    pub async fn take(settings: &DesktopSettings) -> Self {
        let heard = Heard::default();
        let around = Surroundings {
            hooks: heard.hooks(),
            stop: CancellationToken::new(),
            guardian: Some(env!("CARGO_BIN_EXE_singularis").into()),
            profiles: None,
        };
        let opened = timeout(PATIENCE, desktop::open(settings, around)).await.expect("opening has its own limit");
        let place = opened.unwrap_or_else(|problem| panic!("the desktop cannot be used: {problem}"));
        Self { holdings: place.holdings(), place, heard }
    }

    pub async fn act_until(
        &mut self,
        name: &str,
        arguments: Value,
        stop: &CancellationToken,
    ) -> Result<Effect, EnvironmentError> {
        let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
        let call = ActionCall { name: name.to_owned(), arguments };
        timeout(PATIENCE, self.place.act(&call, stop)).await.expect("an action has its own limit")
    }

    pub async fn act(&mut self, name: &str, arguments: Value) -> Effect {
        let effect = self.act_until(name, arguments, &CancellationToken::new()).await;
        effect.unwrap_or_else(|trouble| panic!("{name}: {trouble}"))
    }

    pub async fn try_look(&mut self) -> Result<Observation, EnvironmentError> {
        let look = self.place.observe(Want { picture: true });
        timeout(PATIENCE, look).await.expect("a look has its own limit")
    }

    pub async fn look(&mut self) -> Observation {
        self.try_look().await.unwrap_or_else(|trouble| panic!("nothing is seen: {trouble}"))
    }

    pub fn view(&self) -> DesktopView {
        match self.place.view() {
            EnvironmentView::Desktop(view) => *view,
            other => panic!("the desktop is shown as {other:?}"),
        }
    }

    /// Gives it back as a session does: keys, then the rest, then children.
    pub async fn leave(mut self) -> Vec<CertificateItem> {
        let mut items = self.holdings.keys.release_all_within(ENDS_WITHIN).await;
        items.extend(timeout(PATIENCE, self.place.release()).await.expect("letting go has its own limit"));
        items.extend(self.holdings.children.end_all(tokio::time::Instant::now() + ENDS_WITHIN).await);
        assert_eq!((self.holdings.children.alive(), self.holdings.keys.held().len()), (0, 0), "{items:?}");
        items
    }
}
