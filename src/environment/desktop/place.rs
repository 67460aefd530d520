//! The desktop in a session: looks, acts, and says what it holds.

mod framing;
mod waiting;

use std::{
    any::Any,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::json;
use tokio::{
    select,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;

use super::{
    acting::{Acted, Actor, focus},
    actions::{self, Terms},
    aside::{MAY_TAKE, aside},
    deed::Deed,
    describing,
    diary::Diary,
    looking::{Looker, trouble},
    machine::{DesktopError, Frame},
    profile::Profile,
    taking,
    yielding::Vigil,
};
use crate::{
    environment::{BoxFuture, Environment, EnvironmentError, EnvironmentInfo, HeldKeys, Holdings, Observation, Want},
    guardian::Guardian,
    protocol::{
        ActionCall, ActionSpec, CertificateItem, DesktopView, Effect, EffectStatus, EnvironmentView, OpenKind, Outcome,
        Scene,
    },
    settings::DesktopSettings,
};

/// How long letting go of frame and sentry may take.
const CLOSING_MAY_TAKE: Duration = Duration::from_millis(300);

/// Whether anything can be touched. In a dry run there is nothing to touch it with.
pub enum Control {
    Dry,
    Live(Box<Live>),
}

/// What a live session holds beside its eyes.
pub struct Live {
    pub actor: Arc<Actor>,
    pub frame: Option<Arc<Mutex<Box<dyn Frame>>>>,
    pub guardian: Option<Guardian>,
}

/// The desktop as an environment.
pub struct DesktopEnvironment {
    settings: DesktopSettings,
    /// What is looked at, for people.
    title: String,
    looker: Looker,
    control: Control,
    vigil: Arc<Vigil>,
    /// Notices the user, for as long as it is here.
    sentry: Option<Box<dyn Any + Send + Sync>>,
    profile: Option<Profile>,
    keys: HeldKeys,
    diary: Diary,
    tick: u64,
    generation: u64,
    pointer: Option<(u32, u32)>,
    ended: Option<String>,
    has_said_that_it_waits: bool,
    /// What the frame says, where there is one.
    framed: String,
    is_released: bool,
}

/// What an environment is made of.
pub struct Parts {
    pub looker: Looker,
    pub control: Control,
    pub vigil: Arc<Vigil>,
    pub sentry: Option<Box<dyn Any + Send + Sync>>,
    pub profile: Option<Profile>,
    pub keys: HeldKeys,
}

impl DesktopEnvironment {
    /// Looks once, so that there is something to point at.
    pub async fn new(settings: &DesktopSettings, parts: Parts) -> Result<Self, EnvironmentError> {
        let Parts { mut looker, control, vigil, sentry, profile, keys } = parts;
        looker.look(false, true).await?;
        Ok(Self {
            settings: settings.clone(),
            title: looker.geometry().source.title,
            looker,
            control,
            vigil,
            sentry,
            profile,
            keys,
            diary: Diary::default(),
            tick: 0,
            generation: 0,
            pointer: None,
            ended: None,
            has_said_that_it_waits: false,
            framed: taking::at_the_controls(&settings.stop_key),
            is_released: false,
        })
    }

    /// How much of the picture was another one at the last look, 0 to 1. At the first look all is new, but nothing has
    /// changed: a goal that waits for a change is not reached by it.
    fn changed_share(&self) -> f32 {
        let later = self.looker.last().filter(|_| self.looker.looks > 1);
        later.map_or(0.0, |look| look.share)
    }

    fn is_dry_run(&self) -> bool {
        matches!(self.control, Control::Dry)
    }

    fn terms(&self) -> Terms {
        let has_profile = self.profile.is_some();
        Terms {
            profile: self.profile.clone(),
            geometry: self.looker.geometry(),
            risk: actions::risk(!self.is_dry_run(), &self.settings.source, has_profile),
            most_hold_ms: self.settings.most_hold_ms,
        }
    }

    fn is_here(&self) -> Result<(), EnvironmentError> {
        if self.is_released { Err(EnvironmentError::Gone("the desktop has been let go of".to_owned())) } else { Ok(()) }
    }

    /// Looks, and moves tick and generation on. Gives how much is new.
    async fn look(&mut self, wants_file: bool, at_once: bool) -> Result<f32, EnvironmentError> {
        let before = self.looker.geometry().shown;
        let seen = self.looker.look(wants_file, at_once).await?;
        self.tick += u64::from(seen.moves_on);
        // What is offered names the size of the picture.
        self.generation += u64::from(self.looker.geometry().shown != before);
        Ok(seen.share)
    }

    async fn observed(&mut self, want: Want) -> Result<Observation, EnvironmentError> {
        self.is_here()?;
        self.follow_pause().await?;
        self.look(want.picture, false).await?;
        let last = self.looker.last();
        let geometry = self.looker.geometry();
        let held = self.keys.held();
        let text = describing::text(&describing::Facts {
            title: &self.title,
            geometry: &geometry,
            is_dry_run: self.is_dry_run(),
            share: self.changed_share(),
            held: &held,
            told: &self.diary.told(),
            profile: self.profile.as_ref(),
        });
        let (width, height) = geometry.size;
        let changed_share = (f64::from(self.changed_share()) * 10_000.0).round() / 10_000.0;
        Ok(Observation {
            tick: self.tick,
            scene: Scene::Unknown,
            text,
            picture: last.filter(|_| want.picture).and_then(|look| look.jpeg.clone()),
            facts: json!({"width": width, "height": height, "changed_share": changed_share, "held": held}),
            ended: self.ended.clone(),
            ..Observation::default()
        })
    }

    async fn performed(&mut self, call: &ActionCall, stop: &CancellationToken) -> Result<Effect, EnvironmentError> {
        self.is_here()?;
        if stop.is_cancelled() {
            return Ok(effect(EffectStatus::Rejected, "Stopped before it began; nothing was done".to_owned(), false));
        }
        let deed = match Deed::read(call, &self.terms()) {
            Ok(deed) => deed,
            Err(words) => return Ok(effect(EffectStatus::Rejected, words, false)),
        };
        match &deed {
            Deed::GoalReached { report } => {
                self.ended = Some(format!("goal reached: {report}"));
                self.tick += 1;
                Ok(effect(EffectStatus::Done, format!("The goal is reached: {report}"), false))
            }
            Deed::Wait { ms } => {
                let is_over = settle(*ms, stop).await;
                let changed = self.look(false, true).await? > 0.0;
                let status = if is_over { EffectStatus::Done } else { EffectStatus::Uncertain };
                Ok(effect(status, deed.words(), changed))
            }
            _ if self.is_dry_run() => self.imagined(&deed).await,
            _ => self.done(call, deed, stop).await,
        }
    }

    /// Only says what would be done. That nothing comes of it is no failure of whoever decided it, so it does not count
    /// as an action without effect.
    async fn imagined(&mut self, deed: &Deed) -> Result<Effect, EnvironmentError> {
        self.pointer = deed.points_at().map(|spot| spot.inside).or(self.pointer);
        let seen = self.look(false, true).await? > 0.0;
        self.diary.note(&deed.words(), EffectStatus::Done, true, seen);
        let text = format!("Would {} (dry run: nothing was sent)", deed.words());
        Ok(effect(EffectStatus::Done, text, true))
    }

    /// Really does it.
    async fn done(
        &mut self,
        call: &ActionCall,
        deed: Deed,
        stop: &CancellationToken,
    ) -> Result<Effect, EnvironmentError> {
        let Control::Live(live) = &self.control else {
            return Ok(effect(EffectStatus::Rejected, "This is a dry run".to_owned(), false));
        };
        let actor = Arc::clone(&live.actor);
        self.take_the_controls().await?;
        if let Some(Acted { status, text }) = self.wait_for_hands_off(&actor, stop).await? {
            return Ok(self.not_done(&deed, status, text));
        }
        let (eyes, name) = (self.looker.eyes(), self.settings.source.clone());
        let found = aside(MAY_TAKE, move || eyes.find(&name)).await?.map_err(|error| trouble(&error))?;
        // It may have been moved since it was looked at.
        let mut terms = self.terms();
        if deed.points_at().is_some() && !terms.geometry.has_size_of(&found) {
            let text = "What is looked at has another size now; nothing was done, look at it again".to_owned();
            return Ok(self.not_done(&deed, EffectStatus::Rejected, text));
        }
        terms.geometry = terms.geometry.moved_to(&found);
        let deed = Deed::read(call, &terms).unwrap_or(deed);
        match focus(self.looker.eyes(), found).await? {
            Ok(()) => {}
            Err(error @ DesktopError::Refused(_)) => {
                return Ok(self.not_done(&deed, EffectStatus::Failed, format!("Nothing was done: {error}")));
            }
            Err(error) => return Err(trouble(&error)),
        }
        let acted = actor.perform(&deed, stop).await?;
        settle(self.settings.settle_ms, stop).await;
        let changed = self.look(false, true).await? > 0.0;
        // After an action it is another moment, even if it looks the same.
        self.looker.begin_moment();
        self.tick += 1;
        self.pointer = deed.points_at().map(|spot| spot.inside).or(self.pointer);
        self.diary.note(&deed.words(), acted.status, false, changed);
        Ok(effect(acted.status, acted.text, changed))
    }

    fn not_done(&mut self, deed: &Deed, status: EffectStatus, text: String) -> Effect {
        self.diary.note(&deed.words(), status, false, false);
        effect(status, text, false)
    }

    async fn let_go(&mut self) -> Vec<CertificateItem> {
        if std::mem::replace(&mut self.is_released, true) {
            return Vec::new();
        }
        let began = Instant::now();
        self.vigil.halt().cancel();
        let (frame, guardian) = match &mut self.control {
            Control::Dry => (None, None),
            Control::Live(live) => (live.frame.take(), live.guardian.take()),
        };
        // Both talk to the display server and wait for threads.
        let shown = (frame, self.sentry.take());
        let closing = aside(CLOSING_MAY_TAKE, move || drop(shown));
        let guarding = async {
            match guardian {
                Some(guardian) => guardian.end().await,
                None => Vec::new(),
            }
        };
        let (closed, guarded) = tokio::join!(closing, guarding);
        let item = CertificateItem {
            kind: OpenKind::Environment,
            name: "desktop".to_owned(),
            outcome: if closed.is_ok() { Outcome::Closed } else { Outcome::Failed },
            took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            note: closed.err().map_or_else(|| format!("after {} looks", self.looker.looks), |error| error.to_string()),
        };
        [vec![item], guarded].concat()
    }
}

impl Environment for DesktopEnvironment {
    fn info(&self) -> EnvironmentInfo {
        let title = if self.is_dry_run() { format!("{}, dry run", self.title) } else { self.title.clone() };
        EnvironmentInfo { kind: "desktop".to_owned(), title, can_pause: false }
    }

    fn observe(&mut self, want: Want) -> BoxFuture<'_, Result<Observation, EnvironmentError>> {
        Box::pin(self.observed(want))
    }

    fn tick(&self) -> u64 {
        self.tick
    }

    fn actions(&self) -> Vec<ActionSpec> {
        self.terms().specs()
    }

    fn generation(&self) -> u64 {
        self.generation
    }

    fn look_every(&self) -> Duration {
        Duration::from_millis(self.settings.look_every_ms)
    }

    fn act<'a>(
        &'a mut self,
        call: &'a ActionCall,
        stop: &'a CancellationToken,
    ) -> BoxFuture<'a, Result<Effect, EnvironmentError>> {
        Box::pin(self.performed(call, stop))
    }

    fn view(&self) -> EnvironmentView {
        let (geometry, last) = (self.looker.geometry(), self.looker.last());
        let state = match (self.is_released, &self.ended) {
            (true, _) => "let go of",
            (false, Some(_)) => "over",
            (false, None) => "looking",
        };
        EnvironmentView::Desktop(Box::new(DesktopView {
            source: self.title.clone(),
            is_dry_run: self.is_dry_run(),
            state: state.to_owned(),
            width: geometry.size.0,
            height: geometry.size.1,
            looks: self.looker.looks,
            changes: self.looker.changes,
            changed_share: self.changed_share(),
            acts: self.diary.lines(),
            held: self.keys.held(),
            pointer: self.pointer,
            profile: self.profile.as_ref().map(|profile| profile.title.clone()).unwrap_or_default(),
            stop_key: if self.sentry.is_some() { self.settings.stop_key.clone() } else { String::new() },
            picture: last.map(|look| look.view.clone()),
        }))
    }

    fn picture_file(&self) -> Option<Arc<[u8]>> {
        self.looker.last().and_then(|look| look.jpeg.clone())
    }

    fn holdings(&self) -> Holdings {
        Holdings { keys: self.keys.clone(), ..Holdings::default() }
    }

    fn release(&mut self) -> BoxFuture<'_, Vec<CertificateItem>> {
        Box::pin(self.let_go())
    }
}

fn effect(status: EffectStatus, text: String, changed: bool) -> Effect {
    Effect { status, text, score: None, changed, whole: None }
}

/// Waits; false if Stop came first.
async fn settle(ms: u64, stop: &CancellationToken) -> bool {
    select! {
        biased;
        () = stop.cancelled() => false,
        () = sleep(Duration::from_millis(ms)) => true,
    }
}
