//! A place to act in that holds what the test has put there, and lets go of it as the test says.

use std::future::ready;

use serde_json::json;
use singularis::{
    environment::{BoxFuture, Environment, EnvironmentError, EnvironmentInfo, Holdings, Observation, Want},
    protocol::{ActionCall, ActionSpec, CertificateItem, Effect, EffectStatus, EnvironmentView, Risk, Scene},
};
use tokio_util::sync::CancellationToken;

/// What it is called where lessons are kept.
pub const KIND: &str = "place";
/// The one thing that can be done.
const WALK: &str = "walk";

type Acts = Box<dyn FnMut() + Send>;
type LetsGo = Box<dyn Fn() -> BoxFuture<'static, Vec<CertificateItem>> + Send>;

/// A place. Without more said it holds nothing, and everything in it goes well.
pub struct Place {
    holdings: Holdings,
    /// Called in the middle of every action.
    acts: Acts,
    lets_go: LetsGo,
    tick: u64,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            holdings: Holdings::default(),
            acts: Box::new(|| {}),
            lets_go: Box::new(|| Box::pin(ready(Vec::new()))),
            tick: 0,
        }
    }
}

impl Place {
    /// It holds these keys and children.
    pub fn holding(holdings: &Holdings) -> Self {
        Self { holdings: holdings.clone(), ..Self::default() }
    }

    /// Every action does this.
    pub fn acting(self, acts: impl FnMut() + Send + 'static) -> Self {
        Self { acts: Box::new(acts), ..self }
    }

    /// It lets go of the rest like this.
    pub fn letting_go(self, lets_go: impl Fn() -> BoxFuture<'static, Vec<CertificateItem>> + Send + 'static) -> Self {
        Self { lets_go: Box::new(lets_go), ..self }
    }
}

impl Environment for Place {
    fn info(&self) -> EnvironmentInfo {
        EnvironmentInfo { kind: KIND.to_owned(), title: "Place".to_owned(), can_pause: true }
    }

    fn observe(&mut self, _want: Want) -> BoxFuture<'_, Result<Observation, EnvironmentError>> {
        let observation = Observation {
            tick: self.tick,
            scene: Scene::Exploration,
            text: format!("A field, seen {} times", self.tick),
            situation: "calm".to_owned(),
            facts: json!({}),
            legal: vec![ActionCall::bare(WALK)],
            ..Observation::default()
        };
        Box::pin(ready(Ok(observation)))
    }

    fn tick(&self) -> u64 {
        self.tick
    }

    fn actions(&self) -> Vec<ActionSpec> {
        let spec = ActionSpec {
            name: WALK.to_owned(),
            description: "Walks on.".to_owned(),
            input_schema: json!({"type": "object", "properties": {}, "additionalProperties": false}),
            risk: Risk::Safe,
        };
        vec![spec]
    }

    fn act<'a>(
        &'a mut self,
        _call: &'a ActionCall,
        _stop: &'a CancellationToken,
    ) -> BoxFuture<'a, Result<Effect, EnvironmentError>> {
        Box::pin(async move {
            (self.acts)();
            self.tick += 1;
            Ok(Effect {
                status: EffectStatus::Done,
                text: "You walk on".to_owned(),
                score: None,
                changed: true,
                whole: None,
            })
        })
    }

    fn view(&self) -> EnvironmentView {
        EnvironmentView::Nothing
    }

    fn holdings(&self) -> Holdings {
        self.holdings.clone()
    }

    fn release(&mut self) -> BoxFuture<'_, Vec<CertificateItem>> {
        (self.lets_go)()
    }
}
