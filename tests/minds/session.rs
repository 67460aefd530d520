//! A session in a worker of its own, with its two providers and a demo server, and everything that was heard of it.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use singularis::{
    demo::{DemoConfig, DemoServer},
    protocol::{Command, Event, Phase, SessionReport, Snapshot, StepReport, UiLink, Until},
    settings::{CloudMode, Provider as Who, Secret, Settings, Strategy, file::Loaded},
    worker::{self, Outside},
};
use tokio::time::timeout;

use crate::provider::{KEY, Provider};

/// No session here takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Two providers and a server of one's own.
pub struct World {
    pub gemini: Provider,
    pub claude: Provider,
    pub local: DemoServer,
}

impl World {
    pub async fn begin() -> Self {
        let quick = DemoConfig {
            token_pace: Duration::ZERO,
            first_token_after: Duration::ZERO,
            load_takes: Duration::from_millis(20),
            ..DemoConfig::default()
        };
        let local = DemoServer::start(quick).await.expect("a free port");
        Self { gemini: Provider::gemini().await, claude: Provider::claude().await, local }
    }

    /// Settings that ask exactly these three, as far as the policy allows.
    pub fn settings(&self, strategy: Strategy, cloud: CloudMode) -> Settings {
        let mut settings = Settings { cloud, ..Settings::default() };
        settings.agent.strategy = strategy;
        settings.agent.narrate_every_s = 0.0;
        settings.endpoints[0].url = self.local.url();
        settings.providers.gemini.url = self.gemini.url();
        settings.providers.claude.url = self.claude.url();
        settings
    }
}

/// Everything that was heard of a session, in order, and its end.
pub struct Played {
    pub steps: Vec<StepReport>,
    /// Who was said to answer.
    pub said: Vec<String>,
    /// What was said of the budget.
    pub warned: Vec<String>,
    pub report: SessionReport,
    /// The last picture with experts in it.
    pub picture: Arc<Snapshot>,
}

/// A worker with a session.
pub struct Session {
    pub link: UiLink,
    thread: std::thread::JoinHandle<singularis::protocol::Certificate>,
}

impl Session {
    pub fn open(settings: Settings) -> Self {
        let key = || Secret::new(KEY).unwrap();
        let keys = BTreeMap::from([(Who::Gemini, key()), (Who::Claude, key())]);
        let loaded = Loaded { settings, warnings: Vec::new() };
        let worker::Worker { link, thread, .. } =
            worker::start(loaded, None, Outside { keys, ..Outside::default() }).unwrap();
        Self { link, thread }
    }

    pub fn start(&self, cycles: Option<u64>) {
        self.link.send(Command::Start { until: Until { cycles, duration_ms: None } }).unwrap();
    }

    /// Listens to the end of the session; `meanwhile` hears every event with the newest picture.
    pub async fn listen(&mut self, mut meanwhile: impl FnMut(&Event, &UiLink)) -> Played {
        let (mut steps, mut said, mut warned) = (Vec::new(), Vec::new(), Vec::new());
        let mut picture = Arc::<Snapshot>::default();
        let listening = async {
            loop {
                let event = self.link.event().await.expect("the worker lives");
                let now = self.link.snapshot();
                if now.phase != Phase::Idle && !now.experts.is_empty() {
                    picture = now;
                }
                meanwhile(&event, &self.link);
                match event {
                    Event::SessionEnded(report) => return *report,
                    Event::Refused(problem) => panic!("refused: {problem}"),
                    Event::Step(step) => steps.push(*step),
                    Event::Notice(notice) if notice.from == "policy" => said.push(notice.text),
                    Event::Notice(notice) if notice.from == "budget" => warned.push(notice.text),
                    _ => {}
                }
            }
        };
        let report = timeout(PATIENCE, listening).await.expect("in time");
        Played { steps, said, warned, report, picture }
    }

    /// Ends the worker, which must have nothing left to complain of.
    pub async fn leave(self) {
        self.link.send(Command::Shutdown).unwrap();
        let certificate = tokio::task::spawn_blocking(move || self.thread.join()).await.unwrap().unwrap();
        assert!(certificate.clean, "{certificate:?}");
    }
}

/// Plays so many decisions and leaves; `meanwhile` hears the number of every step.
pub async fn played(settings: Settings, cycles: u64, mut meanwhile: impl FnMut(u64)) -> Played {
    let mut session = Session::open(settings);
    session.start(Some(cycles));
    let played = session
        .listen(|event, _link| {
            if let Event::Step(step) = event {
                meanwhile(step.step);
            }
        })
        .await;
    session.leave().await;
    played
}
