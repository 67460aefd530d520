//! The wiring, on one page: which loop hears what from whom.
//!
//! ```text
//!              look                percepts (newest wins)
//!   action ──────────► perception ───────────────┬──────────┬───────────┐
//!    ▲ ▲ │                                       ▼          ▼           ▼
//!    │ │ │ learn                                 reflex ··► reasoning   exploration
//!    │ │ └──────────► learning ··hints··········─│────────► │           │
//!    │ └────────────── urgent ◄──────────────────┘          │           │
//!    └──────────────── orders ◄─────────────────────────────┴───────────┘
//!                                       narration hears percepts too, and orders nothing
//! ```
//!
//! The reflex breaks off a question whose moment is gone (`preempted`); reasoning and action show what they are at
//! (`thinking`, `acting`), and exploration keeps out of the way of both.

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Mutex, Notify, mpsc, watch},
    time::Instant,
};

use super::{
    Context, Lessons, LoopMessage, LoopResult, Order, Percept, Percepts, Place, action, exploration, learning,
    narration, perception, permission::Caution, reasoning, reflex, repertoire::Repertoire, shown::Shown,
};
use crate::{
    environment::{Environment, Holdings, UnderWay},
    llm::BoxFuture,
    mind::{Mind, heuristic::Heuristic, narrator::Narrator},
    protocol::{EnvironmentView, LoopName},
    settings::Condition,
};

/// Steps that may wait to be learnt from.
const UNLEARNT: usize = 256;

/// What the loops are to do.
#[derive(Clone, Debug)]
pub struct Duties {
    pub goal: String,
    /// When it is reached, where that can be told.
    pub goal_when: Option<Condition>,
    /// So many decisions, then the session ends; `None` for no such limit.
    pub cycles: Option<u64>,
    /// So long, then the session ends.
    pub duration: Option<Duration>,
    /// The least time between two decisions.
    pub pace: Duration,
    /// Whether a world that can, waits while the models think.
    pub world_waits: bool,
    /// How long a turn is where it does not.
    pub turn: Duration,
    pub reflex: reflex::Thresholds,
    pub caution: Caution,
    /// How long the models may think before exploration takes a step.
    pub exploration_patience: Duration,
    /// Whether what happens is learnt from.
    pub learning: bool,
    /// How often the narrator speaks.
    pub narrate_every: Duration,
}

/// The world's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    Waits,
    /// A turn takes this long, whether anybody acts or not.
    Runs(Duration),
}

impl Clock {
    /// How long a turn is, and with that the time for a decision; `None` where the world waits.
    pub fn turn(self) -> Option<Duration> {
        match self {
            Self::Waits => None,
            Self::Runs(turn) => Some(turn),
        }
    }
}

/// Who decides, and who tells of it.
pub struct Minds {
    pub mind: Arc<dyn Mind>,
    /// `None` where nobody can narrate, or is to.
    pub narrator: Option<Arc<Narrator>>,
    /// What was learnt before.
    pub lessons: Lessons,
}

/// Loops ready to be started, each by its name.
pub type Script = Vec<(LoopName, BoxFuture<'static, LoopResult>)>;

/// Everything the loops share.
#[derive(Clone)]
pub struct Board {
    pub place: Place,
    /// Keys and children, reachable while the environment is deaf.
    pub holdings: Holdings,
    /// How far what it does has come, readable in the same way.
    pub under_way: UnderWay,
    pub mind: Arc<dyn Mind>,
    pub narrator: Option<Arc<Narrator>>,
    pub lessons: Lessons,
    /// Decide where the models name nothing that is possible.
    pub rules: Arc<Heuristic>,
    /// What the environment offers.
    pub repertoire: Repertoire,
    pub context: Context,
    pub duties: Duties,
    pub clock: Clock,
    /// Tells perception to look.
    pub look: Arc<Notify>,
    pub percepts: Percepts,
    pub orders: mpsc::Sender<Order>,
    pub shown: Shown,
    /// Since when the mind has been asked, while it is.
    pub thinking: watch::Receiver<Option<Instant>>,
    /// True while an order is being carried out.
    pub acting: Arc<watch::Sender<bool>>,
    /// Tells reasoning that the reflex has acted.
    pub preempted: Arc<Notify>,
}

impl Board {
    /// Adds to a view what can be told while the place acts and can be asked nothing: how far a call has come, and which
    /// keys are down.
    pub fn glimpse(&self) -> impl Fn(&mut EnvironmentView) + Send + use<> {
        let (holdings, under_way) = (self.holdings.clone(), Arc::clone(&self.under_way));
        move |view: &mut EnvironmentView| match view {
            EnvironmentView::Tools(tools) => {
                let is_calling = tools.calls.last().is_some_and(|call| call.status.is_none());
                let told = under_way.lock().unwrap_or_else(PoisonError::into_inner).clone();
                tools.progress = told.filter(|_| is_calling);
            }
            EnvironmentView::Desktop(desktop) => desktop.held = holdings.keys.held(),
            EnvironmentView::World(_) | EnvironmentView::Nothing => {}
        }
    }
}

/// What the loops tell goes in at one end; the worker hears it at the other.
pub fn lane() -> (mpsc::UnboundedSender<LoopMessage>, mpsc::UnboundedReceiver<LoopMessage>) {
    mpsc::unbounded_channel()
}

/// Wires the loops; nothing runs yet. `context` is what they share with whoever starts and stops them.
pub fn wire(environment: Box<dyn Environment>, minds: Minds, duties: Duties, context: Context) -> (Board, Script) {
    let (percept_sender, percepts) = watch::channel::<Option<Percept>>(None);
    // One order at a time: whoever wants to act waits until the one before is done.
    let (orders, order_receiver) = mpsc::channel(1);
    let (urgent, urgent_receiver) = mpsc::channel(1);
    let (learn, learn_receiver) = mpsc::channel(UNLEARNT);
    let (thinking_sender, thinking) = watch::channel(None);
    let repertoire = Repertoire::of(&*environment);
    let Minds { mind, narrator, lessons } = minds;
    // Where the environment cannot wait, nobody can make it.
    let can_pause = environment.info().can_pause;
    let clock = if duties.world_waits && can_pause { Clock::Waits } else { Clock::Runs(duties.turn) };
    let (holdings, under_way) = (environment.holdings(), environment.under_way());
    let shown = Shown::default();
    shown.change(|shown| {
        shown.clock.waits = clock == Clock::Waits;
        shown.clock.turn_ms = clock.turn().map_or(0, crate::llm::open::millis);
    });
    let board = Board {
        repertoire,
        place: Arc::new(Mutex::new(environment)),
        holdings,
        under_way,
        mind,
        narrator: narrator.clone(),
        lessons,
        rules: Arc::default(),
        context,
        duties,
        clock,
        look: Arc::new(Notify::new()),
        percepts,
        orders,
        shown,
        thinking,
        acting: Arc::new(watch::channel(false).0),
        preempted: Arc::new(Notify::new()),
    };
    let lanes = action::Lanes { orders: order_receiver, urgent: urgent_receiver, learn };
    let mut script: Script = vec![
        (LoopName::Perception, Box::pin(perception::run(board.clone(), percept_sender))),
        (LoopName::Reasoning, Box::pin(reasoning::run(board.clone(), thinking_sender))),
        (LoopName::Action, Box::pin(action::run(board.clone(), lanes))),
        (LoopName::Learning, Box::pin(learning::run(board.clone(), learn_receiver))),
        (LoopName::Reflex, Box::pin(reflex::run(board.clone(), urgent))),
        (LoopName::Exploration, Box::pin(exploration::run(board.clone()))),
    ];
    if let Some(narrator) = narrator {
        script.push((LoopName::Narration, Box::pin(narration::run(board.clone(), narrator))));
    }
    (board, script)
}
