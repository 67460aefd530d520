//! A scripted land: every action does what the test says, and everything that is done is remembered with its moment.

use std::{
    future::ready,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::json;
use singularis::{
    agent::Reins,
    environment::{BoxFuture, Critic, Environment, EnvironmentError, EnvironmentInfo, Observation, Want},
    llm::open::millis,
    protocol::{ActionCall, ActionSpec, CertificateItem, Effect, EffectStatus, EnvironmentView, Risk, Scene},
};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::judge::Judge;
pub use crate::play::Play;

/// What it is called where lessons are kept.
pub const KIND: &str = "land";
/// No test gets here that does not go round without the time going on.
const MOST_DEEDS: usize = 200_000;

type Acts = Box<dyn FnMut(&ActionCall) -> Play + Send>;
type Turns = Box<dyn FnMut(&mut Observation) + Send>;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Looked { picture: bool },
    Began(String),
    Ended(String, EffectStatus),
    TurnPassed,
}

/// One action from its beginning to its end, in milliseconds since the session began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    pub name: String,
    pub began: u64,
    pub ended: Option<u64>,
    /// As it was when the action began; so are the next two.
    pub scene: Scene,
    pub was_paused: bool,
    /// A person was being asked about something.
    pub was_asked: bool,
}

/// The land. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Land(Arc<Mutex<Ground>>);

struct Ground {
    began: Instant,
    reins: Option<Reins>,
    can_pause: bool,
    is_gone: bool,
    /// What it offers besides the usual, and what it offers no longer; each change is counted.
    more: Vec<String>,
    without: Vec<String>,
    lists: u64,
    now: Observation,
    acts: Acts,
    turns: Turns,
    /// Decisions can be judged, and that takes so long.
    judging: Option<Duration>,
    judged: Vec<(u64, Vec<String>)>,
    running: Option<usize>,
    done: Vec<Act>,
    log: Vec<(u64, Deed)>,
}

impl Land {
    /// A land in which actions do this; it is calm, and it can wait.
    pub fn new(acts: impl FnMut(&ActionCall) -> Play + Send + 'static) -> Self {
        let now = Observation {
            scene: Scene::Exploration,
            text: "A field.".to_owned(),
            situation: "calm".to_owned(),
            facts: json!({}),
            score: Some(0.0),
            ..Observation::default()
        };
        Self(Arc::new(Mutex::new(Ground {
            began: Instant::now(),
            reins: None,
            can_pause: true,
            is_gone: false,
            more: Vec::new(),
            without: Vec::new(),
            lists: 0,
            now,
            acts: Box::new(acts),
            turns: Box::new(|_now| {}),
            judging: None,
            judged: Vec::new(),
            running: None,
            done: Vec::new(),
            log: Vec::new(),
        })))
    }

    /// A planned panic must not hide behind a second one.
    fn ground(&self) -> MutexGuard<'_, Ground> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its time is its own, and nobody can make it wait.
    pub fn flowing(self) -> Self {
        self.ground().can_pause = false;
        self
    }

    /// How it is at the beginning.
    pub fn with(self, change: impl FnOnce(&mut Observation)) -> Self {
        change(&mut self.ground().now);
        self
    }

    /// What a turn does in which nobody acts.
    pub fn whose_turns(self, change: impl FnMut(&mut Observation) + Send + 'static) -> Self {
        self.ground().turns = Box::new(change);
        self
    }

    /// Decisions can be judged, each after so many milliseconds.
    pub fn judged_after(self, milliseconds: u64) -> Self {
        self.ground().judging = Some(Duration::from_millis(milliseconds));
        self
    }

    /// The session begins now, held by these.
    pub fn begin(&self, reins: &Reins) {
        let mut ground = self.ground();
        ground.began = Instant::now();
        ground.reins = Some(reins.clone());
    }

    /// Something happens by itself.
    pub fn change(&self, change: impl FnOnce(&mut Observation)) {
        let mut ground = self.ground();
        ground.now.tick += 1;
        change(&mut ground.now);
    }

    /// From now on this action is offered in place of that one.
    pub fn exchange(&self, gone: &str, new: &str) {
        let mut ground = self.ground();
        ground.without.push(gone.to_owned());
        ground.more.push(new.to_owned());
        ground.lists += 1;
    }

    /// Nothing can be seen or done any more.
    pub fn perish(&self) {
        self.ground().is_gone = true;
    }

    pub fn note_judged(&self, tick: u64, calls: Vec<String>) {
        self.ground().judged.push((tick, calls));
    }

    /// How it is now.
    pub fn now(&self) -> Observation {
        self.ground().now.clone()
    }

    pub fn acts(&self) -> Vec<Act> {
        self.ground().done.clone()
    }

    /// What was done, by name.
    pub fn names(&self) -> Vec<String> {
        self.acts().into_iter().map(|act| act.name).collect()
    }

    /// When actions of this name began.
    pub fn began(&self, name: &str) -> Vec<u64> {
        self.acts().into_iter().filter(|act| act.name == name).map(|act| act.began).collect()
    }

    pub fn log(&self) -> Vec<(u64, Deed)> {
        self.ground().log.clone()
    }

    /// When it was looked at.
    pub fn looks(&self) -> Vec<u64> {
        let log = self.log();
        log.into_iter().filter(|(_, deed)| matches!(deed, Deed::Looked { .. })).map(|(at, _)| at).collect()
    }

    /// How many turns passed in which nobody acted.
    pub fn turns(&self) -> usize {
        self.ground().log.iter().filter(|(_, deed)| *deed == Deed::TurnPassed).count()
    }

    /// What was put before the judge: the moment and the calls.
    pub fn judged(&self) -> Vec<(u64, Vec<String>)> {
        self.ground().judged.clone()
    }

    fn look(&self, want: Want) -> Result<Observation, EnvironmentError> {
        let mut ground = self.ground();
        ground.is_there()?;
        ground.note(Deed::Looked { picture: want.picture });
        let picture = want.picture.then(|| Arc::from(b"png".as_slice()));
        Ok(Observation { picture, ..ground.now.clone() })
    }

    fn set_out(&self, call: &ActionCall) -> Result<(Play, Running), EnvironmentError> {
        let mut ground = self.ground();
        ground.is_there()?;
        assert_eq!(ground.running, None, "{call} began while something else was being done");
        let play = (ground.acts)(call);
        let act = Act {
            name: call.name.clone(),
            began: ground.at(),
            ended: None,
            scene: ground.now.scene,
            was_paused: ground.reins.as_ref().is_some_and(|reins| reins.why_paused().is_some()),
            was_asked: ground.reins.as_ref().is_some_and(|reins| reins.waiting().is_some()),
        };
        ground.note(Deed::Began(call.name.clone()));
        let number = ground.done.len();
        ground.running = Some(number);
        ground.done.push(act);
        drop(ground);
        Ok((play, Running { land: self.clone(), name: call.name.clone(), status: EffectStatus::Uncertain }))
    }
}

impl Ground {
    fn at(&self) -> u64 {
        millis(self.began.elapsed())
    }

    fn is_there(&self) -> Result<(), EnvironmentError> {
        if self.is_gone { Err(EnvironmentError::Gone("as planned".to_owned())) } else { Ok(()) }
    }

    fn note(&mut self, deed: Deed) {
        assert!(self.log.len() < MOST_DEEDS, "it goes round and round: {:?}", self.log.last());
        let at = self.at();
        self.log.push((at, deed));
    }
}

/// An action under way. Dropping it breaks the action off.
struct Running {
    land: Land,
    name: String,
    status: EffectStatus,
}

impl Running {
    fn end(mut self, play: Play, is_whole: bool) -> Effect {
        if is_whole {
            self.status = play.status;
        }
        let mut ground = self.land.ground();
        if self.status == EffectStatus::Done {
            ground.now.tick += 1;
            play.then.into_iter().for_each(|then| then(&mut ground.now));
        }
        let text = if is_whole { play.text } else { "broken off" };
        let effect = Effect {
            status: self.status,
            text: text.to_owned(),
            score: ground.now.score,
            changed: is_whole && play.changed,
            whole: None,
        };
        drop(ground);
        effect
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut ground = self.land.ground();
        let at = ground.at();
        if let Some(number) = ground.running.take() {
            ground.done[number].ended = Some(at);
        }
        ground.note(Deed::Ended(self.name.clone(), self.status));
    }
}

impl Environment for Land {
    fn info(&self) -> EnvironmentInfo {
        EnvironmentInfo { kind: KIND.to_owned(), title: "Scripted land".to_owned(), can_pause: self.ground().can_pause }
    }

    fn observe(&mut self, want: Want) -> BoxFuture<'_, Result<Observation, EnvironmentError>> {
        Box::pin(ready(self.look(want)))
    }

    fn tick(&self) -> u64 {
        self.ground().now.tick
    }

    fn actions(&self) -> Vec<ActionSpec> {
        let schema = json!({
            "type": "object",
            "properties": { "place": { "type": "string" }, "number": { "type": "integer" } },
            "additionalProperties": false
        });
        let spec = |(name, risk): (&str, Risk)| ActionSpec {
            name: name.to_owned(),
            description: format!("What {name} says."),
            input_schema: schema.clone(),
            risk,
        };
        let safe = ["dig", "walk", "heal", "wander"].map(|name| (name, Risk::Safe));
        let others = [("look", Risk::ReadOnly), ("burn", Risk::Destructive), ("mail", Risk::OpenWorld)];
        let ground = self.ground();
        let more = ground.more.iter().map(|name| (name.as_str(), Risk::Safe));
        let offered = safe.into_iter().chain(others).chain(more);
        offered.filter(|(name, _)| !ground.without.iter().any(|gone| gone == name)).map(spec).collect()
    }

    fn generation(&self) -> u64 {
        self.ground().lists
    }

    fn act<'a>(
        &'a mut self,
        call: &'a ActionCall,
        stop: &'a CancellationToken,
    ) -> BoxFuture<'a, Result<Effect, EnvironmentError>> {
        Box::pin(async move {
            let (play, running) = self.set_out(call)?;
            let is_whole = play.takes.is_zero() || stop.run_until_cancelled(sleep(play.takes)).await.is_some();
            Ok(running.end(play, is_whole))
        })
    }

    fn pass_turn(&mut self) -> Option<Effect> {
        let mut ground = self.ground();
        assert_eq!(ground.running, None, "a turn passed while something was being done");
        ground.now.tick += 1;
        let Ground { turns, now, .. } = &mut *ground;
        turns(now);
        ground.note(Deed::TurnPassed);
        let (status, text) = (EffectStatus::Done, "A turn passed".to_owned());
        Some(Effect { status, text, score: ground.now.score, changed: true, whole: None })
    }

    fn critic(&self) -> Option<Box<dyn Critic>> {
        let takes = self.ground().judging?;
        Some(Box::new(Judge { land: self.clone(), takes }))
    }

    fn view(&self) -> EnvironmentView {
        EnvironmentView::Nothing
    }

    fn release(&mut self) -> BoxFuture<'_, Vec<CertificateItem>> {
        Box::pin(ready(Vec::new()))
    }
}

/// Actions without arguments, as a land lists what is possible.
pub fn possible(names: &[&str]) -> Vec<ActionCall> {
    names.iter().map(|name| ActionCall::bare(name)).collect()
}

/// Danger: health is far below any threshold.
pub fn hurt(now: &mut Observation) {
    now.facts["health"] = json!(5);
    now.facts["max_health"] = json!(30);
}

/// The danger is over.
pub fn heal(now: &mut Observation) {
    now.facts["health"] = json!(30);
    now.facts["max_health"] = json!(30);
}

/// Somewhere nobody has been yet, and a harmless way to it.
pub fn unknown_way(now: &mut Observation) {
    now.facts["unvisited_roads"] = json!(["Hill"]);
    now.legal.push(ActionCall::with("wander", "place", "Hill"));
}
