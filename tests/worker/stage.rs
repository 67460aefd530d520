//! A stagehand that plays the supervisor what the test wants to see, and a window that remembers what it heard.

use std::{
    path::Path,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use singularis::{
    agent::{Context, LoopResult, Reins, Script, beat::Beats},
    journal::Recorder,
    llm::{BoxFuture, Brake, Gate, Purse},
    protocol::{
        Certificate, CertificateItem, Check, Command, Depth, Event, Finding, Fix, HealthReport, LoopName, ModelsListed,
        NewestRelease, Notice, NoticeKind, Phase, Problem, RoleReport, Server, SessionReport, SessionStarted, Snapshot,
        UiLink, Until, Verdict, Wellness, link,
    },
    settings::{BreakerSettings, BudgetSettings, Home, Language, Provider, Secret, Settings, Strategy, file::Loaded},
    worker::{
        archive::{Brought, Errand},
        hooks::{self, StopAsked},
        notifying::Tiding,
        stagehand::{Closed, Paused, Prepared, Stagehand},
        supervisor::Supervisor,
        watching::Sighting,
    },
};
use tokio::{sync::mpsc, task::JoinHandle, time::sleep};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::plot::{PATIENCE, Plot, perform};

pub struct Hand {
    plot: Arc<Mutex<Plot>>,
    gate: Arc<Mutex<Gate>>,
    stop: Arc<Mutex<CancellationToken>>,
    blocked: Arc<(Mutex<bool>, Condvar)>,
    notified: Arc<Mutex<Vec<String>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Hand {
    fn plot(&self) -> Plot {
        self.plot.lock().unwrap().clone()
    }
}

impl Stagehand for Hand {
    fn prepare(
        &self,
        _settings: Settings,
        _until: Until,
        gate: Gate,
        stop: CancellationToken,
    ) -> BoxFuture<'static, Result<Prepared, Problem>> {
        let (plot, blocked) = (self.plot(), self.blocked.clone());
        *self.gate.lock().unwrap() = gate.clone();
        *self.stop.lock().unwrap() = stop.clone();
        Box::pin(async move {
            sleep(plot.preparing_takes).await;
            if plot.refuses {
                return Err(Problem::plain("a planned refusal", Vec::new(), "plan otherwise"));
            }
            let ((tell, messages), brake) = (mpsc::unbounded_channel(), Brake::default());
            let purse = Purse::new(BudgetSettings::default(), Vec::new(), brake.clone(), Arc::new(|_words| {}));
            let reins = Reins::new(brake.clone(), BreakerSettings::default());
            let stop_asked = StopAsked::default();
            let paused = Paused { reins: reins.clone(), purse, stop_asked: stop_asked.clone() };
            let hooks = hooks::hooks(&brake, &gate, &stop_asked, &tell);
            let (recorder, beats) = (Recorder::none(), Beats::default());
            let context = Context { stop, gate, brake, reins, beats, recorder: recorder.clone(), tell };
            let script: Script = LoopName::ALL
                .into_iter()
                .map(|name| {
                    let running = perform(name, plot.clone(), context.clone(), hooks.clone(), blocked.clone());
                    (name, Box::pin(running) as BoxFuture<'static, LoopResult>)
                })
                .collect();
            let (closing_hangs, open_now) = (plot.closing_hangs, Box::new(Closed::default));
            Ok(Prepared {
                paused,
                recorder,
                open_now,
                report: None,
                started: started(),
                script,
                messages,
                picture: Box::new(|_snapshot| {}),
                close: Box::new(move |_deadline| {
                    Box::pin(async move {
                        if closing_hangs {
                            std::future::pending::<()>().await;
                        }
                        Closed { sockets: Some(0), ..Closed::default() }
                    })
                }),
            })
        })
    }

    fn check(
        &self,
        _settings: Settings,
        _depth: Depth,
        _findings: mpsc::UnboundedSender<Finding>,
    ) -> BoxFuture<'static, HealthReport> {
        let plot = self.plot();
        Box::pin(async move {
            sleep(plot.checking_takes).await;
            let found = Finding {
                check: Check::Port,
                verdict: Verdict::Failed,
                because: None,
                note: String::new(),
                took_ms: 0,
                problem: Some(Problem::plain("a closed port", Vec::new(), "open it")),
                at: String::new(),
            };
            HealthReport {
                endpoint: "nowhere".into(),
                verdict: Wellness::Healthy,
                cause: None,
                server: Server::default(),
                findings: plot.unreachable.then_some(found).into_iter().collect(),
                models: Vec::new(),
                roles: Vec::new(),
                took_ms: 0,
                name: "lm_studio".into(),
                others: Vec::new(),
            }
        })
    }

    fn fix(&self, _settings: Settings, _fix: Fix) -> BoxFuture<'static, Result<(), Problem>> {
        Box::pin(async { Ok(()) })
    }

    fn load(
        &self,
        _settings: Settings,
        _endpoint: String,
        _model: String,
        _context_length: Option<u32>,
    ) -> BoxFuture<'static, Result<(), Problem>> {
        let takes = self.plot().loading_takes;
        Box::pin(async move {
            sleep(takes).await;
            Ok(())
        })
    }

    fn refresh(&self, _settings: Settings) -> BoxFuture<'static, Vec<ModelsListed>> {
        Box::pin(async { vec![ModelsListed { endpoint: "lm_studio".into(), ..ModelsListed::default() }] })
    }

    fn watch(
        &self,
        _settings: Settings,
        _roles: Vec<RoleReport>,
        in_session: bool,
        sightings: mpsc::UnboundedSender<Sighting>,
    ) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            if in_session {
                let text = "a model was thrown out".to_owned();
                let notice = Notice { kind: NoticeKind::Warning, from: "server".into(), text, problem: None };
                let _nobody_listens = sightings.send(Sighting::Notice(Box::new(notice)));
            }
            std::future::pending::<()>().await;
        })
    }

    fn take_report(&self, _report: &HealthReport) -> Vec<ModelsListed> {
        Vec::new()
    }

    fn change_key(&self, _provider: Provider, _key: Option<Secret>) -> BoxFuture<'static, Option<Problem>> {
        Box::pin(async { None })
    }

    fn read_keys(&self) -> BoxFuture<'static, ()> {
        Box::pin(async {})
    }

    fn forget_lessons(&self, _environment: String) -> BoxFuture<'static, Result<u64, Problem>> {
        Box::pin(async { Ok(0) })
    }

    fn errand(&self, _errand: Errand) -> BoxFuture<'static, Result<Brought, Problem>> {
        Box::pin(async { Ok(Brought::Nothing) })
    }

    fn notify(&self, tiding: Tiding) {
        assert_eq!(tiding.language, Language::default());
        self.notified.lock().unwrap().push(tiding.words);
    }

    fn newest_release(&self, _settings: Settings, address: Url) -> BoxFuture<'static, NewestRelease> {
        self.asked.lock().unwrap().push(address.into());
        let hangs = self.plot().releases_hang;
        Box::pin(async move {
            if hangs {
                std::future::pending::<()>().await;
            }
            NewestRelease::NoneNewer
        })
    }

    fn picture(&self, _snapshot: &mut Snapshot) {}

    /// Nothing new may begin by now, and nothing may have been told to end yet.
    fn begin_stop(&self) {
        assert!(self.gate.lock().unwrap().is_shut(), "the gate is still open");
        assert!(!self.stop.lock().unwrap().is_cancelled(), "what is open now has begun to close");
    }

    fn close(&self) -> BoxFuture<'static, Vec<CertificateItem>> {
        Box::pin(async { Vec::new() })
    }
}

fn started() -> SessionStarted {
    let (session, environment) = ("s-test".into(), "nowhere".into());
    SessionStarted { session, environment, goal: String::new(), seed: 1, strategy: Strategy::Heuristic, demo: false }
}

/// A supervisor under test with its window.
pub struct Play {
    ui: Option<UiLink>,
    running: JoinHandle<Certificate>,
    plot: Arc<Mutex<Plot>>,
    blocked: Arc<(Mutex<bool>, Condvar)>,
    gate: Arc<Mutex<Gate>>,
    notified: Arc<Mutex<Vec<String>>>,
    asked: Arc<Mutex<Vec<String>>>,
    /// Every event so far.
    pub seen: Vec<Event>,
    pub is_shut: Gate,
    ended_taken: usize,
    refused_taken: usize,
    woken: Arc<AtomicBool>,
}

pub fn start_command() -> Command {
    Command::Start { until: Until::default() }
}

impl Play {
    pub fn begin(plot: Plot) -> Self {
        Self::with(plot, None)
    }

    pub fn begin_at(plot: Plot, home: &Path) -> Self {
        Self::with(plot, Some(Home::in_folder(home)))
    }

    fn with(plot: Plot, home: Option<Home>) -> Self {
        let (ui, worker) = link();
        let woken = Arc::new(AtomicBool::new(false));
        let flag = woken.clone();
        ui.wake_slot().fill(move || flag.store(true, Ordering::Relaxed));
        let (plot, gate) = (Arc::new(Mutex::new(plot)), Arc::<Mutex<Gate>>::default());
        let blocked = Arc::<(Mutex<bool>, Condvar)>::default();
        let notified = Arc::<Mutex<Vec<String>>>::default();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let hand = Hand {
            plot: plot.clone(),
            gate: gate.clone(),
            stop: Arc::default(),
            blocked: blocked.clone(),
            notified: notified.clone(),
            asked: asked.clone(),
        };
        let running = tokio::spawn(Supervisor::new(hand, worker, Loaded::default(), home).run());
        Self {
            ui: Some(ui),
            running,
            plot,
            blocked,
            gate,
            notified,
            asked,
            seen: Vec::new(),
            is_shut: Gate::default(),
            ended_taken: 0,
            refused_taken: 0,
            woken,
        }
    }

    pub fn set_plot(&self, plot: Plot) {
        *self.plot.lock().unwrap() = plot;
    }

    /// What the operating system was to show so far.
    pub fn notified(&self) -> Vec<String> {
        self.notified.lock().unwrap().clone()
    }

    /// Who was asked so far whether a newer release exists.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    pub fn send(&self, command: Command) {
        self.ui.as_ref().unwrap().send(command).unwrap();
    }

    /// Starts a session and waits until it runs.
    pub async fn start(&mut self) {
        self.send(start_command());
        let before = self.count(|event| matches!(event, Event::SessionStarted(_)));
        self.until(|seen, _| seen.iter().filter(|event| matches!(event, Event::SessionStarted(_))).count() > before)
            .await;
        self.is_shut = self.gate.lock().unwrap().clone();
    }

    fn count(&self, is_meant: impl Fn(&Event) -> bool) -> usize {
        self.seen.iter().filter(|event| is_meant(event)).count()
    }

    /// Waits until the window has seen what it waits for.
    pub async fn until(&mut self, is_seen: impl Fn(&[Event], &Snapshot) -> bool) {
        let waiting = async {
            loop {
                let ui = self.ui.as_mut().unwrap();
                while let Some(event) = ui.next_event() {
                    self.seen.push(event);
                }
                if is_seen(&self.seen, &ui.snapshot()) {
                    return;
                }
                sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("what was waited for never came");
        assert!(self.woken.load(Ordering::Relaxed), "the window is woken when something happens");
    }

    /// The next session's end.
    pub async fn ended(&mut self) -> SessionReport {
        let taken = self.ended_taken;
        let nth = move |seen: &[Event]| {
            let mut ends = seen.iter().filter_map(|event| match event {
                Event::SessionEnded(report) => Some((**report).clone()),
                _ => None,
            });
            ends.nth(taken)
        };
        self.until(|seen, _| nth(seen).is_some()).await;
        self.ended_taken += 1;
        nth(&self.seen).unwrap()
    }

    /// The next refusal.
    pub async fn refused(&mut self) -> Problem {
        let taken = self.refused_taken;
        let nth = move |seen: &[Event]| {
            let mut refusals = seen.iter().filter_map(|event| match event {
                Event::Refused(problem) => Some((**problem).clone()),
                _ => None,
            });
            refusals.nth(taken)
        };
        self.until(|seen, _| nth(seen).is_some()).await;
        self.refused_taken += 1;
        nth(&self.seen).unwrap()
    }

    /// The phase once the supervisor has had time to publish.
    pub async fn phase(&mut self) -> Phase {
        sleep(Duration::from_millis(100)).await;
        self.ui.as_ref().unwrap().snapshot().phase.clone()
    }

    /// The last certificate.
    pub async fn shut_down(mut self) -> Certificate {
        self.until(|seen, _| seen.iter().any(|event| matches!(event, Event::ShutDown(_)))).await;
        tokio::time::timeout(PATIENCE, self.running).await.unwrap().unwrap()
    }

    /// Closes the window without a word.
    pub async fn drop_window(mut self) -> Certificate {
        drop(self.ui.take());
        tokio::time::timeout(PATIENCE, self.running).await.unwrap().unwrap()
    }

    /// Lets a blocked loop go on, so that the test can end.
    pub fn release_blocked(&self) {
        let (is_free, freed) = &*self.blocked;
        *is_free.lock().unwrap() = true;
        freed.notify_all();
    }
}
