//! Doing: a call of one of the server's tools, and what it came to.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use rmcp::model::CallToolResult;
use tokio_util::sync::CancellationToken;

use super::ToolsPlace;
use crate::{
    environment::{
        EnvironmentError,
        tools::{
            calling::Called,
            offered::GOAL_REACHED,
            pointers::Figures,
            restart::Again,
            results::{Said, read},
            shortened::shortened,
            spoken::{Opens, Progress},
        },
    },
    protocol::{ActionCall, Effect, EffectStatus, NoticeKind, Risk},
};

/// A call that tells all the time how far it is would fill the list of notices.
const TELL_EVERY: Duration = Duration::from_secs(5);

impl<O: Opens> ToolsPlace<O> {
    pub(super) async fn perform(
        &mut self,
        call: &ActionCall,
        stop: &CancellationToken,
    ) -> Result<Effect, EnvironmentError> {
        self.must_be_open()?;
        if stop.is_cancelled() {
            return Ok(self.rejected("Stopped before it began; nothing happened"));
        }
        if call.name == GOAL_REACHED {
            return Ok(self.reach(call));
        }
        let Some(risk) = self.actions.iter().find(|action| action.name == call.name).map(|action| action.risk) else {
            return Ok(self.rejected(&format!("There is no tool {} here, so nothing was called", call.name)));
        };
        match self.revive(stop).await? {
            Again::Stands => {}
            Again::Started { .. } => {
                return Ok(self.rejected("The server had ended and was started again; nothing was called, look first"));
            }
            Again::Stopped => return Ok(self.rejected("Stopped before it began; nothing happened")),
        }
        self.tick += 1;
        self.look = None;
        self.transcript.begin(call);
        let (limits, progress) = (self.limits(), self.teller());
        let called = self.standing.call(call, limits, stop, &*progress).await;
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let effect = match called {
            Called::Answered { result, took } => self.answered(call, risk, result, took).await,
            Called::Refused { words, took } => self.done(call, EffectStatus::Rejected, words, took),
            Called::Unclear { words, took } => self.done(call, EffectStatus::Uncertain, words, took),
            Called::Died { took, .. } => {
                let words = "The server ended while this was under way; it may or may not have happened".to_owned();
                let mut effect = self.done(call, EffectStatus::Uncertain, words, took);
                match self.revive(stop).await? {
                    Again::Stopped => {}
                    Again::Stands | Again::Started { .. } => {
                        effect
                            .text
                            .push_str(". The server was started again and may have forgotten everything: look first");
                    }
                }
                effect.score = self.score;
                effect
            }
        };
        self.follow_changes(stop).await;
        Ok(effect)
    }

    async fn answered(&mut self, call: &ActionCall, risk: Risk, result: CallToolResult, took: Duration) -> Effect {
        let said = read(result).await;
        let status = if said.is_error { EffectStatus::Rejected } else { EffectStatus::Done };
        let changed = status == EffectStatus::Done && risk != Risk::ReadOnly;
        Effect { changed, ..self.gave(call, status, said, took) }
    }

    /// An end that is no result of the tool.
    fn done(&mut self, call: &ActionCall, status: EffectStatus, words: String, took: Duration) -> Effect {
        let changed = status == EffectStatus::Uncertain;
        let said = Said { text: words, is_error: true, ..Said::default() };
        Effect { changed, ..self.gave(call, status, said, took) }
    }

    /// Notes what a call gave: it is what is seen, and the models read it, shortened where it is long.
    fn gave(&mut self, call: &ActionCall, status: EffectStatus, said: Said, took: Duration) -> Effect {
        let shorter = shortened(&said.text, self.settings.extras.result_chars);
        let (text, whole) = match shorter {
            Some(shorter) => (shorter, Some(said.text.clone())),
            None => (said.text.clone(), None),
        };
        self.transcript.end(status, &text, took);
        self.draw(&said);
        if let Some(given) = &said.structured {
            let score = Figures { seen: given, given }.score(&self.settings.extras);
            self.score = score.or(self.score);
        }
        self.given = Some((call.clone(), said));
        Effect { status, text, score: self.score, changed: false, whole }
    }

    fn rejected(&self, words: &str) -> Effect {
        let (status, text) = (EffectStatus::Rejected, words.to_owned());
        Effect { status, text, score: self.score, changed: false, whole: None }
    }

    /// The agent says that it is done. Nobody else is asked.
    fn reach(&mut self, call: &ActionCall) -> Effect {
        let report = call.arguments.get("report").and_then(serde_json::Value::as_str).map(str::trim);
        let report = report.filter(|report| !report.is_empty()).unwrap_or("nothing was reported");
        let text = format!("goal reached: {report}");
        self.tick += 1;
        self.look = None;
        self.transcript.begin(call);
        self.transcript.end(EffectStatus::Done, &text, Duration::ZERO);
        self.reached = Some(text.clone());
        Effect { status: EffectStatus::Done, text, score: self.score, changed: true, whole: None }
    }

    /// Passes on how far a call has come, and says it now and then.
    fn teller(&self) -> Box<Progress> {
        let (hooks, name, progress) = (self.hooks.clone(), self.settings.name.clone(), Arc::clone(&self.progress));
        let told_at = Mutex::new(Instant::now());
        Box::new(move |words| {
            let mut told_at = told_at.lock().unwrap_or_else(PoisonError::into_inner);
            if told_at.elapsed() >= TELL_EVERY {
                *told_at = Instant::now();
                (hooks.notice)(NoticeKind::Information, format!("{name}: {words}"), None);
            }
            drop(told_at);
            *progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
        })
    }
}
