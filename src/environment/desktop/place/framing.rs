//! What the frame around the screen says: that the agent is at the controls, or that the session is paused.

use std::sync::PoisonError;

use super::{
    super::{
        aside::{MAY_TAKE, aside},
        taking,
    },
    Control, DesktopEnvironment, settle,
};
use crate::environment::EnvironmentError;

impl DesktopEnvironment {
    /// Has the frame follow the pause.
    pub(super) async fn follow_pause(&mut self) -> Result<(), EnvironmentError> {
        let stop_key = &self.settings.stop_key;
        let is_paused = (self.vigil.hooks().is_paused)();
        let words = if is_paused { taking::paused(stop_key) } else { taking::at_the_controls(stop_key) };
        self.frame_turns_to(words).await
    }

    /// Has the frame say that the agent is at the controls, before anything is touched.
    pub(super) async fn take_the_controls(&mut self) -> Result<(), EnvironmentError> {
        self.frame_turns_to(taking::at_the_controls(&self.settings.stop_key)).await
    }

    /// Its words are seen where the whole screen is looked at: what they change is no change of what the agent acts on.
    async fn frame_turns_to(&mut self, words: String) -> Result<(), EnvironmentError> {
        let halt = self.vigil.halt().clone();
        if self.is_dry_run() || halt.is_cancelled() || self.framed == words {
            return Ok(());
        }
        // Whatever else has changed until now counts.
        self.look(false, true).await?;
        self.frame_says(words).await;
        settle(self.settings.settle_ms, &halt).await;
        self.looker.look(false, true).await?;
        self.looker.begin_moment();
        Ok(())
    }

    /// Best effort: what is to be said is said elsewhere too.
    pub(super) async fn frame_says(&mut self, words: String) {
        self.framed.clone_from(&words);
        let Control::Live(live) = &self.control else { return };
        let Some(frame) = live.frame.clone() else { return };
        let said = aside(MAY_TAKE, move || frame.lock().unwrap_or_else(PoisonError::into_inner).say(&words)).await;
        if let Ok(Err(error)) = said {
            tracing::info!("the frame does not say what goes on: {error}");
        }
    }
}
