//! All loops of a session around a scripted land and a scripted mind, and the reins in the hand of the test.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use singularis::{
    agent::{
        Beats, Board, Context, Duties, Lessons, LoopMessage, LoopResult, Reins, Script,
        board::{self, Minds},
        permission::Caution,
        reflex::Thresholds,
    },
    journal::Recorder,
    llm::{BoxFuture, Brake, Gate, open::millis},
    mind::narrator::Narrator,
    protocol::{ClockView, LoopName, Notice, StepReport},
    settings::{AskFrom, BreakerSettings},
};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until, timeout},
};
use tokio_util::{sync::CancellationToken, task::JoinMap};

use crate::{
    land::{KIND, Land},
    thinker::Thinker,
};

/// Long enough for everything here; a test that needs longer hangs.
const PATIENCE: Duration = Duration::from_secs(6 * 3600);
/// How long the loops may take to end: nobody waits for anything but the journal.
const ENDING: Duration = Duration::from_millis(300);
const NEVER: Duration = Duration::from_secs(30 * 86_400);

/// What a session is to be like.
pub struct Plot {
    pub duties: Duties,
    pub breakers: BreakerSettings,
    pub lessons: Lessons,
    pub narrator: Option<Arc<Narrator>>,
    /// It begins in a pause.
    pub is_paused: bool,
}

impl Plot {
    /// The world waits, nothing strikes, and exploration rests.
    pub async fn waiting() -> Self {
        let duties = Duties {
            goal: "Find the relic".to_owned(),
            goal_when: None,
            cycles: None,
            duration: None,
            pace: Duration::ZERO,
            world_waits: true,
            turn: NEVER,
            reflex: Thresholds { health_percent: 30, enemies: 3, stamina_percent: 15, preempts: true },
            caution: Caution::new(AskFrom::Destructive, Duration::from_secs(600)),
            exploration_patience: NEVER,
            learning: true,
            narrate_every: Duration::from_secs(10),
        };
        Self {
            duties,
            breakers: BreakerSettings { same_action: 0, no_change: 0, same_error: 0, time_s: 0 },
            lessons: Lessons::recall(KIND, Err("nothing is kept".to_owned()), true).await,
            narrator: None,
            is_paused: false,
        }
    }

    /// The same in a world that does not wait; a turn takes so many milliseconds.
    pub async fn running(turn_ms: u64) -> Self {
        let mut plot = Self::waiting().await;
        plot.duties.world_waits = false;
        plot.duties.turn = Duration::from_millis(turn_ms);
        plot
    }

    /// The same in a world that does not wait and in which no turn ends as long as a test lasts.
    pub async fn still() -> Self {
        Self::running(millis(NEVER)).await
    }
}

type Heard = Arc<Mutex<Vec<(u64, LoopMessage)>>>;

/// A session.
pub struct Stage {
    pub board: Board,
    began: Instant,
    heard: Heard,
    running: JoinMap<LoopName, LoopResult>,
    ends: BTreeMap<LoopName, LoopResult>,
}

impl Stage {
    /// Starts every loop.
    pub fn begin(land: &Land, thinker: &Thinker, plot: Plot) -> Self {
        let (mut stage, script) = Self::set(land, thinker, plot);
        for (name, task) in script {
            stage.start(name, task);
        }
        stage
    }

    /// Wires the loops and starts none of them.
    pub fn set(land: &Land, thinker: &Thinker, plot: Plot) -> (Self, Script) {
        let Plot { duties, breakers, lessons, narrator, is_paused } = plot;
        let (tell, messages) = board::lane();
        let brake = Brake::default();
        let reins = Reins::new(brake.clone(), breakers);
        if is_paused {
            reins.pause();
        }
        land.begin(&reins);
        thinker.begin();
        let stop = CancellationToken::new();
        let recorder = Recorder::none();
        let context = Context { stop, gate: Gate::default(), brake, reins, beats: Beats::default(), recorder, tell };
        let minds = Minds { mind: Arc::new(thinker.clone()), narrator, lessons };
        let (board, script) = board::wire(Box::new(land.clone()), minds, duties, context);
        let (began, heard) = (Instant::now(), Heard::default());
        tokio::spawn(listen(messages, Arc::clone(&heard), began));
        (Self { board, began, heard, running: JoinMap::new(), ends: BTreeMap::new() }, script)
    }

    pub fn start(&mut self, name: LoopName, task: BoxFuture<'static, LoopResult>) {
        self.running.spawn(name, task);
    }

    pub fn reins(&self) -> &Reins {
        &self.board.context.reins
    }

    /// Lets the time go on until so many milliseconds after the beginning.
    pub async fn at(&self, milliseconds: u64) {
        sleep_until(self.began + Duration::from_millis(milliseconds)).await;
    }

    /// Milliseconds since the beginning.
    pub fn now(&self) -> u64 {
        millis(self.began.elapsed())
    }

    /// How often a loop has gone round.
    pub fn cycles(&self, name: LoopName) -> u64 {
        self.board.context.beats.cycles(name)
    }

    pub fn clock(&self) -> ClockView {
        self.board.shown.get(|shown| shown.clock)
    }

    /// What the loops told, with the moment.
    pub fn heard(&self) -> Vec<(u64, LoopMessage)> {
        self.heard.lock().unwrap().clone()
    }

    pub fn steps(&self) -> Vec<StepReport> {
        let step = |(_, message): (u64, LoopMessage)| match message {
            LoopMessage::Step(step) => Some(*step),
            _ => None,
        };
        self.heard().into_iter().filter_map(step).collect()
    }

    pub fn notices(&self) -> Vec<Notice> {
        let notice = |(_, message): (u64, LoopMessage)| match message {
            LoopMessage::Notice(notice) => Some(*notice),
            _ => None,
        };
        self.heard().into_iter().filter_map(notice).collect()
    }

    /// How often something was said that begins with these words.
    pub fn said(&self, words: &str) -> usize {
        self.notices().iter().filter(|notice| notice.text.starts_with(words)).count()
    }

    /// Waits until a loop ends by itself.
    pub async fn end_of(&mut self, name: LoopName) -> LoopResult {
        let waiting = async {
            while !self.ends.contains_key(&name) {
                let (ended, end) = self.running.join_next().await.expect("it was started");
                self.ends.insert(ended, end.expect("no loop panics"));
            }
        };
        timeout(PATIENCE, waiting).await.expect("the loop ends");
        self.ends[&name].clone()
    }

    /// Stops everything the way a session is stopped, and gives how each loop ended.
    pub async fn stop(mut self) -> BTreeMap<LoopName, LoopResult> {
        let pressed = Instant::now();
        self.board.context.gate.shut();
        self.board.context.stop.cancel();
        let waiting = async {
            while let Some((ended, end)) = self.running.join_next().await {
                self.ends.insert(ended, end.expect("no loop panics"));
            }
        };
        timeout(PATIENCE, waiting).await.expect("every loop ends");
        assert!(pressed.elapsed() <= ENDING, "stopping took {:?}", pressed.elapsed());
        self.ends
    }
}

/// Hears everything at the moment at which it is told.
async fn listen(mut messages: mpsc::UnboundedReceiver<LoopMessage>, heard: Heard, began: Instant) {
    while let Some(message) = messages.recv().await {
        heard.lock().unwrap().push((millis(began.elapsed()), message));
    }
}
