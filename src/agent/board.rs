//! The wiring, on one page: which loop hears what from whom.
//!
//! ```text
//!              look                percepts (newest wins)
//!   action ──────────► perception ───────────────┬──────────┬───────────┐
//!     ▲ ▲                                        ▼          ▼           ▼
//!     │ └───────────── urgent ◄─────────────── reflex    reasoning   exploration
//!     └─────────────── orders ◄───────────────────────────┴───────────┘
//!                                                narration hears percepts too, and orders nothing
//! ```

use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError},
    time::Duration,
};

use tokio::sync::{Mutex, Notify, mpsc, watch};

use super::{
    Context, LoopMessage, LoopResult, Order, Percept, Percepts, Place, action, exploration, narration, perception,
    reasoning, reflex,
};
use crate::{
    environment::Environment,
    llm::BoxFuture,
    mind::{Mind, narrator::Narrator},
    protocol::{ActionSpec, DecisionView, EnvironmentView, LoopName},
};

/// What the loops are to do.
#[derive(Clone, Debug)]
pub struct Duties {
    pub goal: String,
    /// So many decisions, then the session ends; `None` for no such limit.
    pub cycles: Option<u64>,
    /// So long, then the session ends.
    pub duration: Option<Duration>,
    /// The least time between two decisions.
    pub pace: Duration,
    pub reflex_health_percent: u8,
    /// How long the models may think before exploration takes a step.
    pub exploration_patience: Duration,
    /// How often the narrator speaks.
    pub narrate_every: Duration,
}

/// Who decides, and who tells of it.
pub struct Minds {
    pub mind: Arc<dyn Mind>,
    /// `None` where nobody can narrate, or is to.
    pub narrator: Option<Arc<Narrator>>,
}

/// Loops ready to be started, each by its name.
pub type Script = Vec<(LoopName, BoxFuture<'static, LoopResult>)>;

/// Everything the loops share that is not a lane.
#[derive(Clone)]
pub struct Board {
    pub place: Place,
    pub mind: Arc<dyn Mind>,
    pub narrator: Option<Arc<Narrator>>,
    pub actions: Arc<Vec<ActionSpec>>,
    pub context: Context,
    pub duties: Duties,
    /// Tells perception to look.
    pub look: Arc<Notify>,
    pub percepts: Percepts,
    pub orders: mpsc::Sender<Order>,
    pub shown: Shown,
    /// Set while the mind is being asked.
    pub thinking: watch::Receiver<bool>,
}

/// What the window shows besides streams and heartbeats. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Shown(Arc<std::sync::Mutex<ShownNow>>);

/// What is shown at one moment.
#[derive(Clone, Debug, Default)]
pub struct ShownNow {
    pub environment: EnvironmentView,
    pub decision: Option<DecisionView>,
    /// The last steps with their effects, oldest first.
    pub recent: VecDeque<String>,
    pub step: u64,
    pub score: Option<f64>,
}

impl Shown {
    pub fn read(&self) -> ShownNow {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn change(&self, change: impl FnOnce(&mut ShownNow)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
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
    let (thinking_sender, thinking) = watch::channel(false);
    let actions = Arc::new(environment.actions());
    let Minds { mind, narrator } = minds;
    let board = Board {
        actions,
        place: Arc::new(Mutex::new(environment)),
        mind,
        narrator: narrator.clone(),
        context,
        duties,
        look: Arc::new(Notify::new()),
        percepts,
        orders,
        shown: Shown::default(),
        thinking,
    };
    let mut script: Script = vec![
        (LoopName::Perception, Box::pin(perception::run(board.clone(), percept_sender))),
        (LoopName::Reasoning, Box::pin(reasoning::run(board.clone(), thinking_sender))),
        (LoopName::Action, Box::pin(action::run(board.clone(), order_receiver, urgent_receiver))),
        (LoopName::Reflex, Box::pin(reflex::run(board.clone(), urgent))),
        (LoopName::Exploration, Box::pin(exploration::run(board.clone()))),
    ];
    if let Some(narrator) = narrator {
        script.push((LoopName::Narration, Box::pin(narration::run(board.clone(), narrator))));
    }
    (board, script)
}
