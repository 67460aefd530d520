//! A tool server as a place to act in.

mod acting;
mod seeing;
#[cfg(test)]
mod tests;
mod upkeep;

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use rmcp::model::Tool;
use serde_json::Value;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{
    calling::CallLimits,
    restart::{MOST_RESTARTS, Standing},
    results::Said,
    shortened::short,
    spoken::{Opens, Spoken},
    transcript::Transcript,
};
use crate::{
    environment::{
        BoxFuture, Environment, EnvironmentError, EnvironmentInfo, Holdings, Hooks, Observation, UnderWay, Want,
    },
    protocol::{
        ActionCall, ActionSpec, CertificateItem, Effect, EnvironmentView, OpenKind, Outcome, PictureView, Problem,
        ToolsView,
    },
    settings::{Place, ServerSettings},
};

/// So much of what is seen goes to the window; every look is kept with it. Characters.
const VIEW_CHARS: usize = 2000;
/// So many of the last lines of its standard error go to the window.
const VIEW_LINES: usize = 12;
/// A program is told to end, and whoever holds its process sees to it that it does. Longer than this is not waited for,
/// so that only one of us says how that went.
const PROGRAM_MAY_TAKE: Duration = Duration::from_millis(150);
/// At an address there is no process, and saying goodbye is all that takes time.
const ADDRESS_MAY_TAKE: Duration = Duration::from_millis(400);

/// A server in a session.
pub struct ToolsPlace<O: Opens> {
    settings: ServerSettings,
    hooks: Hooks,
    holdings: Holdings,
    standing: Standing<O>,
    /// False while a server that was started is not usable yet: not listed, or not set up.
    is_settled: bool,
    /// What it calls itself.
    product: String,
    version: String,
    instructions: String,
    tools: Vec<Tool>,
    actions: Vec<ActionSpec>,
    generation: u64,
    tick: u64,
    /// How often its list had changed when it was read last.
    changes: u64,
    /// The last call that was an action, and what it gave.
    given: Option<(ActionCall, Said)>,
    /// What was seen since anything was done; `None` if nobody has looked.
    look: Option<Look>,
    /// What the window shows as seen.
    shown: String,
    score: Option<f64>,
    /// Set once the agent has said that the goal is reached.
    reached: Option<String>,
    ended: Option<String>,
    transcript: Transcript,
    progress: UnderWay,
    picture: Option<PictureView>,
    /// The same as a file.
    picture_file: Option<Arc<[u8]>>,
    pictures: u64,
    closing: Option<BoxFuture<'static, Vec<CertificateItem>>>,
    is_released: bool,
}

/// What a look gave.
struct Look {
    observation: Observation,
    /// Goes into the observation where somebody wants one.
    picture: Option<Arc<[u8]>>,
}

impl<O: Opens> ToolsPlace<O> {
    /// Starts the server, lists its tools and calls what is called at the start.
    pub async fn open(
        settings: ServerSettings,
        opens: O,
        hooks: Hooks,
        holdings: Holdings,
    ) -> Result<Self, Box<Problem>> {
        let standing = Standing::open(opens).await.map_err(|trouble| Box::new(trouble.problem(&settings, &[])))?;
        let mut place = Self {
            settings,
            hooks,
            holdings,
            standing,
            is_settled: false,
            product: String::new(),
            version: String::new(),
            instructions: String::new(),
            tools: Vec::new(),
            actions: Vec::new(),
            generation: 0,
            tick: 0,
            changes: 0,
            given: None,
            look: None,
            shown: String::new(),
            score: None,
            reached: None,
            ended: None,
            transcript: Transcript::default(),
            progress: Arc::default(),
            picture: None,
            picture_file: None,
            pictures: 0,
            closing: None,
            is_released: false,
        };
        match place.settle(&CancellationToken::new()).await {
            Ok(()) => Ok(place),
            Err(problem) => {
                if let Some(server) = place.standing.take() {
                    let _nobody_asked_for_its_certificate = server.close().await;
                }
                Err(problem)
            }
        }
    }

    fn limits(&self) -> CallLimits {
        CallLimits { quiet: seconds(self.settings.extras.call_s), total: seconds(self.settings.extras.call_total_s) }
    }

    fn title(&self) -> &str {
        if self.product.is_empty() { &self.settings.name } else { &self.product }
    }

    fn must_be_open(&self) -> Result<(), EnvironmentError> {
        if self.is_released {
            return Err(EnvironmentError::Gone(format!("the tool server {} has been let go of", self.settings.name)));
        }
        Ok(())
    }

    /// The part of the last result that is meant for programs.
    fn given_figures(&self) -> &Value {
        self.given.as_ref().and_then(|(_, said)| said.structured.as_ref()).unwrap_or(&Value::Null)
    }

    /// A picture that was given is the one to be drawn from now on.
    fn draw(&mut self, said: &Said) {
        if let Some(picture) = &said.picture {
            self.pictures += 1;
            self.picture = Some(PictureView { number: self.pictures, ..picture.view.clone() });
            self.picture_file = Some(Arc::clone(&picture.file));
        }
    }

    fn state(&self) -> String {
        let again = match self.standing.restarts() {
            0 => String::new(),
            times => format!(", started again, {times} of {MOST_RESTARTS}"),
        };
        match self.standing.alive() {
            Some(_) => format!("answers{again}"),
            None if self.is_released => format!("let go of{again}"),
            None => format!("does not answer{again}"),
        }
    }

    fn shown(&self) -> ToolsView {
        let mut errors = self.standing.server().map(Spoken::complaints).unwrap_or_default();
        errors.drain(..errors.len().saturating_sub(VIEW_LINES));
        ToolsView {
            server: self.settings.name.clone(),
            product: format!("{} {}", self.product, self.version).trim().to_owned(),
            state: self.state(),
            // Ours is none of its tools.
            tools: self.actions.len().saturating_sub(1),
            text: short(&self.shown, VIEW_CHARS),
            calls: self.transcript.calls(),
            progress: self.progress.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            errors,
            score: self.score,
            picture: self.picture.clone(),
            ended: self.reached.clone().or_else(|| self.ended.clone()),
        }
    }

    /// Closes the connection. Nothing is called any more.
    async fn let_go(&mut self) -> Vec<CertificateItem> {
        let began = tokio::time::Instant::now();
        self.is_released = true;
        if let Some(server) = self.standing.take() {
            self.closing = Some(Box::pin(server.close()));
        }
        let (patience, late) = match self.settings.place {
            Place::Program { .. } => (PROGRAM_MAY_TAKE, "told to end; how its process ended is said of that"),
            Place::Address { .. } => (ADDRESS_MAY_TAKE, "it did not say in time that the session is over"),
        };
        let mut items = Vec::new();
        let mut note = format!("after {} calls", self.transcript.made());
        if let Some(closing) = &mut self.closing {
            match timeout(patience, closing).await {
                Ok(closed) => {
                    items = closed;
                    self.closing = None;
                }
                // What is under way holds the process, which must not be killed while it is asked to end.
                Err(_elapsed) => late.clone_into(&mut note),
            }
        }
        let name = self.settings.environment();
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        items.insert(0, CertificateItem { kind: OpenKind::Environment, name, outcome: Outcome::Closed, took_ms, note });
        items
    }
}

impl<O: Opens> Environment for ToolsPlace<O> {
    fn info(&self) -> EnvironmentInfo {
        // Nothing but our calls moves it, as far as anybody can tell.
        EnvironmentInfo { kind: self.settings.environment(), title: self.title().to_owned(), can_pause: true }
    }

    fn observe(&mut self, want: Want) -> BoxFuture<'_, Result<Observation, EnvironmentError>> {
        Box::pin(self.see(want))
    }

    fn tick(&self) -> u64 {
        self.tick
    }

    fn actions(&self) -> Vec<ActionSpec> {
        self.actions.clone()
    }

    fn generation(&self) -> u64 {
        self.generation
    }

    fn act<'a>(
        &'a mut self,
        call: &'a ActionCall,
        stop: &'a CancellationToken,
    ) -> BoxFuture<'a, Result<Effect, EnvironmentError>> {
        Box::pin(self.perform(call, stop))
    }

    fn view(&self) -> EnvironmentView {
        EnvironmentView::Tools(Box::new(self.shown()))
    }

    fn picture_file(&self) -> Option<Arc<[u8]>> {
        self.picture_file.clone()
    }

    fn under_way(&self) -> UnderWay {
        Arc::clone(&self.progress)
    }

    fn holdings(&self) -> Holdings {
        self.holdings.clone()
    }

    fn release(&mut self) -> BoxFuture<'_, Vec<CertificateItem>> {
        Box::pin(self.let_go())
    }
}

/// A time from the settings; what is no time there is a long one.
fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::from_secs(3600))
}
