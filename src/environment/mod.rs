//! Where the agent acts: one trait, three kinds of place.
//!
//! `world` is built in, `tools` is any MCP server, `desktop` is screen, keys and mouse. An environment is owned by the session, looked at by the perception loop and changed by the
//! action loop alone.

mod critic;
pub mod desktop;
pub mod holdings;
mod hooks;
pub mod tools;
pub mod world;

use std::{future::Future, pin::Pin, time::Duration};

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::protocol::{ActionCall, ActionSpec, CertificateItem, Effect, EnvironmentView, Problem, Scene};
pub use critic::{Cost, Critic};
pub use holdings::{HeldKeys, Holdings};
pub use hooks::Hooks;

/// Often enough for the reflex and for whoever watches.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// A boxed future, because a trait object cannot return `impl Future`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How far what is being done has come, in the place's own words; `None` while there is nothing to tell.
pub type UnderWay = std::sync::Arc<std::sync::Mutex<Option<String>>>;

/// What an environment is, said once at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentInfo {
    /// The name used in settings and on the command line: `world`, `desktop`, `tools:NAME`. What is learnt in one kind
    /// counts in that one alone.
    pub kind: String,
    /// For people.
    pub title: String,
    /// Whether it stands still while nobody acts, so that slow thinking costs nothing.
    pub can_pause: bool,
}

/// What the agent sees at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observation {
    /// Moves on with every change of the environment; a decision made for an older tick may be out of date.
    pub tick: u64,
    pub scene: Scene,
    /// In words, for the models.
    pub text: String,
    /// What alike moments are called, such as `combat, wolf, health low`: what is learnt in one holds in the others, and a
    /// decision made in another one is out of date. Empty where the environment cannot tell; then the scene stands for it.
    pub situation: String,
    /// What it looks like, as a PNG or JPEG file, where the environment can be seen and somebody wants to.
    pub picture: Option<std::sync::Arc<[u8]>>,
    /// In figures, for loops that use no model. `health` and `max_health` drive the reflexes where they are present.
    pub facts: Value,
    /// Every action that is possible now with its arguments, where the environment can list them; else empty.
    pub legal: Vec<ActionCall>,
    pub score: Option<f64>,
    /// Set when the episode is over: how it ended.
    pub ended: Option<String>,
}

/// What somebody wants to know of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Want {
    /// A picture costs time to make and tokens to look at.
    pub picture: bool,
}

impl Observation {
    /// What this moment is called among its like.
    pub fn situation(&self) -> String {
        if self.situation.is_empty() { self.scene.word().to_owned() } else { self.situation.clone() }
    }
}

/// The environment itself is in trouble; an action that is merely refused is an [`Effect`].
#[derive(Debug, thiserror::Error)]
pub enum EnvironmentError {
    #[error("the environment is gone: {0}")]
    Gone(String),
    #[error("the environment did not answer within {} s", .0.as_secs_f64())]
    TimedOut(Duration),
    /// It knows itself what is wrong and what can be done.
    #[error("{0}")]
    Trouble(Box<Problem>),
}

/// A place to act in.
pub trait Environment: Send {
    fn info(&self) -> EnvironmentInfo;
    /// Looks.
    fn observe(&mut self, want: Want) -> BoxFuture<'_, Result<Observation, EnvironmentError>>;
    /// The present [`Observation::tick`], without looking.
    fn tick(&self) -> u64;
    /// What can be done here at all, with schemas; [`Observation::legal`] says what can be done now.
    fn actions(&self) -> Vec<ActionSpec>;
    /// Moves on whenever [`actions`](Self::actions) gives something else than before.
    fn generation(&self) -> u64 {
        0
    }
    /// How often to look where it does not stand still by itself.
    fn look_every(&self) -> Duration {
        LOOK_EVERY
    }
    /// Does one action. `stop` ends a wait early; the effect is then [`Uncertain`](crate::protocol::EffectStatus).
    fn act<'a>(
        &'a mut self,
        call: &'a ActionCall,
        stop: &'a CancellationToken,
    ) -> BoxFuture<'a, Result<Effect, EnvironmentError>>;
    /// Lets one turn pass in which nobody acts, where time is the environment's own. Gives what happened, or `None` where
    /// time passes by itself or not at all.
    fn pass_turn(&mut self) -> Option<Effect> {
        None
    }
    /// Somebody who can tell what a decision cost, where there is one.
    fn critic(&self) -> Option<Box<dyn Critic>> {
        None
    }
    fn view(&self) -> EnvironmentView;
    /// The picture that the view draws, as a PNG or JPEG file, where it is at hand: a session that is played again shows it.
    fn picture_file(&self) -> Option<std::sync::Arc<[u8]>> {
        None
    }
    /// How far what it does has come, readable while it is busy and can be asked nothing. Asked for once, before it is
    /// used.
    fn under_way(&self) -> UnderWay {
        UnderWay::default()
    }
    /// The keys and children it holds, so that they can be let go of while it is deaf. Asked for once, before it is
    /// used; every clone is the same ledger.
    fn holdings(&self) -> Holdings {
        Holdings::default()
    }
    /// Lets go of everything else it holds, such as connections, and says how each ended. Idempotent. What is in its
    /// [`holdings`](Self::holdings) is let go of around it: keys before, children after.
    fn release(&mut self) -> BoxFuture<'_, Vec<CertificateItem>>;
}
