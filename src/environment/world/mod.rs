//! The built-in world: a small land with a relic, fixed by a seed, the same on every machine.
//!
//! A pure core (`step`, `legal`, `score`, `observe` over a hidden [`World`] and a visible [`State`]) and a thin shell
//! that makes it an [`Environment`].
//!
//! ```text
//! random      geography  enemies  folk  things  phrases      what there is
//! generate    state                                          the hidden half, the visible half
//! moves       refusal    legal                               what can be done, and why not
//! step        explore    fight    talk  trade                what it does
//! clues       way_home   describe observe  view  score       what can be seen of it
//! schema      rules      picture                             for models and their prompts
//! baseline    critic                                         for comparison: players, the best play, what a step cost
//! ```

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "every figure of this small world fits into a byte"
)]

pub mod baseline;
mod clues;
mod critic;
mod describe;
mod enemies;
mod explore;
mod fight;
mod folk;
mod generate;
mod geography;
mod legal;
mod moves;
mod observe;
mod phrases;
mod picture;
mod random;
mod refusal;
mod rules;
mod schema;
mod score;
mod state;
mod step;
mod talk;
#[cfg(test)]
mod tests;
mod things;
mod trade;
mod view;
mod way_home;

use std::future::ready;

use tokio_util::sync::CancellationToken;

use self::critic::{Moments, WorldCritic};
pub use self::{
    enemies::{Enemy, Intent},
    folk::{Mark, Oath, Person},
    generate::{Difficulty, World},
    geography::Place,
    legal::{legal, legal_moves, permit},
    moves::Move,
    observe::observe,
    refusal::Refusal,
    rules::RULES,
    schema::action_specs,
    score::score,
    state::{Relic, State},
    step::{Stepped, pass_turn, play, step},
    things::{Chest, Goods, Item, LeverOrder, Picture, Weakness, Writing},
    view::{History, view},
};
use super::{BoxFuture, Critic, Environment, EnvironmentError, EnvironmentInfo, Observation, Want};
use crate::protocol::{
    ActionCall, ActionSpec, CertificateItem, Effect, EffectStatus, EnvironmentView, OpenKind, Outcome,
};
pub use crate::settings::Wording;

const NAME: &str = "built-in world";

/// One game, from its first turn to its last.
#[derive(Clone, Debug)]
pub struct WorldEnvironment {
    world: World,
    state: State,
    history: History,
    /// Every state so far, for whoever judges decisions.
    moments: Moments,
    released: bool,
}

impl WorldEnvironment {
    pub fn new(seed: u64, difficulty: Difficulty) -> Self {
        Self::of(World::new(seed, difficulty))
    }

    /// A game in a world made elsewhere, such as one with held-out wording.
    pub fn of(world: World) -> Self {
        let state = State::start();
        let moments = Moments::default();
        moments.note(state);
        Self { world, state, history: History::starting_at(state.place), moments, released: false }
    }

    pub fn world(&self) -> &World {
        &self.world
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    fn perform(&mut self, call: &ActionCall, stop: &CancellationToken) -> Result<Effect, EnvironmentError> {
        if self.released {
            return Err(EnvironmentError::Gone(format!("the {NAME} has been closed")));
        }
        if stop.is_cancelled() {
            // An action here takes no time, so it either has not begun or is over: never uncertain.
            let text = "Stopped before it began; nothing happened".to_owned();
            return Ok(self.effect(EffectStatus::Rejected, text, self.state));
        }
        let Stepped { state, status, text } = step(&self.world, &self.state, call);
        let before = std::mem::replace(&mut self.state, state);
        self.moments.note(state);
        self.history.note(Some(call.clone()), text.clone(), state.place);
        Ok(self.effect(status, text, before))
    }

    fn effect(&self, status: EffectStatus, text: String, before: State) -> Effect {
        let score = Some(f64::from(score(&self.world, &self.state)));
        Effect { status, text, score, changed: self.state.differs(&before), whole: None }
    }
}

impl Environment for WorldEnvironment {
    fn info(&self) -> EnvironmentInfo {
        EnvironmentInfo {
            kind: "world".to_owned(),
            title: format!("Built-in world, seed {}", self.world.seed()),
            can_pause: true,
        }
    }

    fn observe(&mut self, want: Want) -> BoxFuture<'_, Result<Observation, EnvironmentError>> {
        let mut observation = observe(&self.world, &self.state);
        if want.picture {
            observation.picture = Some(picture::picture(&view(&self.world, &self.state, &self.history)));
        }
        Box::pin(ready(Ok(observation)))
    }

    fn tick(&self) -> u64 {
        self.state.tick
    }

    fn pass_turn(&mut self) -> Option<Effect> {
        let (after, text) = pass_turn(&self.world, &self.state).filter(|_| !self.released)?;
        let before = std::mem::replace(&mut self.state, after);
        self.moments.note(after);
        self.history.note(None, text.clone(), after.place);
        Some(self.effect(EffectStatus::Done, text, before))
    }

    fn critic(&self) -> Option<Box<dyn Critic>> {
        Some(Box::new(WorldCritic::new(self.world.clone(), self.moments.clone())))
    }

    fn actions(&self) -> Vec<ActionSpec> {
        action_specs()
    }

    fn act<'a>(
        &'a mut self,
        call: &'a ActionCall,
        stop: &'a CancellationToken,
    ) -> BoxFuture<'a, Result<Effect, EnvironmentError>> {
        Box::pin(ready(self.perform(call, stop)))
    }

    fn view(&self) -> EnvironmentView {
        EnvironmentView::World(Box::new(view(&self.world, &self.state, &self.history)))
    }

    fn release(&mut self) -> BoxFuture<'_, Vec<CertificateItem>> {
        self.released = true;
        let note = format!("at turn {} of {}", self.state.turn, self.world.turn_limit());
        let item = CertificateItem {
            kind: OpenKind::Environment,
            name: NAME.to_owned(),
            outcome: Outcome::Closed,
            took_ms: 0,
            note,
        };
        Box::pin(ready(vec![item]))
    }
}
