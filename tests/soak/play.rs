//! The worker in a home of its own, as the window has it: orders go in, and whatever is told is heard.

use std::{
    path::PathBuf,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use singularis::{
    protocol::{
        Busy, Certificate, Command, Depth, Event, Phase, SessionReport, SessionState, SessionsList, Snapshot, UiLink,
        Until,
    },
    settings::{
        Home, Settings,
        file::{self, Loaded},
    },
    worker::{self, Outside, Worker},
};
use tempfile::TempDir;
use tokio::runtime::RuntimeMetrics;

/// From the press of Stop until nothing runs.
const STOPS_WITHIN: Duration = Duration::from_secs(6);
/// The journal, a check of a server that is well, the settings.
const ANSWERS_WITHIN: Duration = Duration::from_secs(20);
/// Everything at the very end.
const ENDS_WITHIN: Duration = Duration::from_secs(8);
const LOOK_EVERY: Duration = Duration::from_millis(2);
/// How quickly the built-in demo speaks.
const DEMO_PACE: Duration = Duration::from_millis(1);

/// What was told since the round began, as far as it matters here.
#[derive(Default)]
pub struct Heard {
    pub started: Vec<String>,
    pub ended: Vec<SessionReport>,
    /// Each refusal in one line.
    pub refused: Vec<String>,
    pub steps: u64,
    /// The newest list of sessions.
    pub list: Option<SessionsList>,
    pub checks_begun: u64,
    is_checking: bool,
}

/// The worker and its window.
pub struct Play {
    link: UiLink,
    worker: thread::JoinHandle<Certificate>,
    pub metrics: RuntimeMetrics,
    pub heard: Heard,
    /// The sessions in the journal, newest first.
    pub kept: Vec<String>,
    settings_file: PathBuf,
    /// What was saved last.
    settings: Settings,
    asked: u64,
    /// What is waited for in vain is told with it.
    round: u64,
    /// Removed at the end.
    _home: TempDir,
}

impl Play {
    pub fn begin(settings: Settings) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::in_folder(folder.path());
        let journal = Some(home.journal_file().to_owned());
        let outside = Outside { journal, demo_pace: Some(DEMO_PACE), ..Outside::default() };
        let settings_file = home.settings_file().to_owned();
        let loaded = Loaded { settings: settings.clone(), warnings: Vec::new() };
        let Worker { link, thread: worker, metrics, .. } =
            worker::start(loaded, Some(home), outside).expect("the worker starts");
        let (heard, kept, asked, round) = (Heard::default(), Vec::new(), 0, 0);
        Self { link, worker, metrics, heard, kept, settings_file, settings, asked, round, _home: folder }
    }

    /// Forgets what was heard of the round before.
    pub fn begin_round(&mut self, number: u64) {
        self.hear();
        self.round = number;
        self.heard = Heard { is_checking: self.heard.is_checking, ..Heard::default() };
    }

    /// Gives an order. The lane is long and is emptied at once, so a worker that leaves it full is stuck.
    pub fn send(&mut self, command: Command) {
        let (mut command, began) = (command, Instant::now());
        while let Err(Busy(back)) = self.link.send(command) {
            assert!(!self.link.worker_is_gone(), "the worker is gone, and {back:?} was for it");
            assert!(began.elapsed() < ANSWERS_WITHIN, "nobody takes orders for {ANSWERS_WITHIN:?}, not even {back:?}");
            thread::sleep(LOOK_EVERY);
            self.hear();
            command = back;
        }
    }

    pub fn save(&mut self, settings: Settings) {
        self.settings = settings.clone();
        self.send(Command::SaveSettings { settings: Box::new(settings) });
    }

    pub fn start(&mut self, until: Until) {
        self.send(Command::Start { until });
    }

    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.link.snapshot()
    }

    /// Takes in whatever has been told by now.
    pub fn hear(&mut self) {
        while let Some(event) = self.link.next_event() {
            self.heard.take(event);
        }
        while self.link.next_log_line().is_some() {}
    }

    /// Listens for so long: the time that passes is part of the schedule.
    pub fn listen_for(&mut self, time: Duration) {
        let began = Instant::now();
        while began.elapsed() < time {
            self.hear();
            thread::sleep(LOOK_EVERY.min(time.saturating_sub(began.elapsed())));
        }
    }

    /// Listens until it is so, for so long at most.
    pub fn wait(&mut self, what: &str, limit: Duration, mut is_so: impl FnMut(&Heard, &Snapshot) -> bool) {
        let began = Instant::now();
        loop {
            // The picture first: whatever was told before it was drawn is then heard too.
            let snapshot = self.link.snapshot();
            self.hear();
            if is_so(&self.heard, &snapshot) {
                return;
            }
            assert!(
                began.elapsed() < limit,
                "not within {limit:?} in round {}: {what}; the phase is {:?}; {}",
                self.round,
                snapshot.phase,
                self.heard.words()
            );
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Presses Stop, a second time after a while if that is wanted, and waits until nothing runs; gives how long that
    /// took.
    pub fn stop(&mut self, again_after: Option<Duration>) -> Duration {
        let pressed = Instant::now();
        self.send(Command::Stop);
        if let Some(pause) = again_after {
            self.listen_for(pause);
            self.send(Command::Stop);
        }
        // A list that nobody else asks for shows that every order before it was taken: until then, a picture in which
        // nothing runs may be one from before Start.
        self.asked += 1;
        let search = format!("nothing that is called {}", self.asked);
        self.list("an answer to what was asked after Stop", &search, STOPS_WITHIN.saturating_sub(pressed.elapsed()));
        let left = STOPS_WITHIN.saturating_sub(pressed.elapsed());
        self.wait("that nothing runs after Stop", left, |_, snapshot| snapshot.phase == Phase::Idle);
        pressed.elapsed()
    }

    /// Asks for the list of sessions and waits for it.
    fn list(&mut self, what: &str, search: &str, limit: Duration) -> SessionsList {
        self.heard.list = None;
        self.send(Command::ListSessions { search: search.to_owned() });
        let is_it = |list: &SessionsList| list.search == search;
        self.wait(what, limit, |heard, _| heard.list.as_ref().is_some_and(is_it));
        self.heard.list.clone().expect("it was waited for")
    }

    /// Has the server, which is well again, checked in place of whatever check is under way.
    pub fn check(&mut self) {
        let before = self.heard.checks_begun;
        self.send(Command::CheckHealth { depth: Depth::Quick });
        self.wait("the end of a check of a server that is well", ANSWERS_WITHIN, |heard, _| {
            heard.checks_begun > before && !heard.is_checking
        });
    }

    /// Looks whether the journal takes any session for one that runs, and lets go of the oldest beyond so many.
    pub fn look_after_the_journal(&mut self, keep: usize) {
        let mut list = self.list("the list of sessions", "", ANSWERS_WITHIN);
        let others: Vec<_> = list.lines.iter().filter(|line| line.state != SessionState::Ended).collect();
        assert!(
            others.is_empty(),
            "after round {} nothing runs, and the journal has sessions that have not ended: {others:?}",
            self.round
        );
        while list.lines.len() > keep
            && let Some(oldest) = list.lines.pop()
        {
            let total = list.total;
            self.heard.list = None;
            self.send(Command::RemoveSession { session: oldest.session });
            let is_less = |list: &SessionsList| list.total < total;
            self.wait("a list without the oldest session", ANSWERS_WITHIN, |heard, _| {
                heard.list.as_ref().is_some_and(is_less)
            });
            list = self.heard.list.clone().expect("it was waited for");
        }
        self.kept = list.lines.into_iter().map(|line| line.session).collect();
    }

    /// Ends the worker, which must have kept the settings that were chosen last; gives its certificate.
    pub fn shut_down(mut self) -> Certificate {
        self.send(Command::Shutdown);
        let began = Instant::now();
        while !self.worker.is_finished() {
            assert!(began.elapsed() < ENDS_WITHIN, "the worker does not end within {ENDS_WITHIN:?}");
            self.hear();
            thread::sleep(LOOK_EVERY);
        }
        let certificate = self.worker.join().expect("the worker ends and does not panic");
        let Loaded { settings, warnings } = file::load(&self.settings_file);
        assert_eq!((settings, warnings), (self.settings, Vec::new()), "the settings on the disk");
        certificate
    }
}

impl Heard {
    fn take(&mut self, event: Event) {
        match event {
            Event::SessionStarted(started) => self.started.push(started.session),
            Event::SessionEnded(report) => self.ended.push(*report),
            Event::Refused(problem) => self.refused.push(problem.to_string()),
            Event::Step(_) => self.steps += 1,
            Event::SessionsListed(list) => self.list = Some(*list),
            Event::CheckStarted => {
                self.checks_begun += 1;
                self.is_checking = true;
            }
            Event::CheckFinished(_) => self.is_checking = false,
            _ => {}
        }
    }

    /// In a few words, for whoever waited in vain.
    fn words(&self) -> String {
        let Self { started, ended, refused, steps, checks_begun, is_checking, .. } = self;
        let ended: Vec<&str> = ended.iter().map(|report| report.session.as_str()).collect();
        format!(
            "started {started:?}, ended {ended:?}, {steps} steps, {checks_begun} checks begun (one under way: \
             {is_checking}), refused {refused:#?}"
        )
    }
}
