//! Waiting for the user's hands to be off, where everybody can see it.

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{
    super::{
        acting::{Acted, Actor},
        taking,
    },
    DesktopEnvironment, settle,
};
use crate::{
    environment::EnvironmentError,
    protocol::{EffectStatus, NoticeKind},
};

/// Whoever uses mouse and keyboard for so long has perhaps put away what was decided about. A click on an answer to the
/// agent takes less, and what it changes on the screen was to be expected.
const LONG: Duration = Duration::from_secs(3);
const WAITS: &str = "The agent waits until mouse and keyboard are left alone";

impl DesktopEnvironment {
    /// Waits until nobody else uses mouse and keyboard, and says so meanwhile. `Some` if nothing may be done, and why.
    pub(super) async fn wait_for_hands_off(
        &mut self,
        actor: &Actor,
        stop: &CancellationToken,
    ) -> Result<Option<Acted>, EnvironmentError> {
        if stop.is_cancelled() || !actor.is_in_use().await {
            return Ok(actor.wait_for_hands_off(stop).await);
        }
        // The view of this place is not asked for while something is done in it.
        if !std::mem::replace(&mut self.has_said_that_it_waits, true) {
            (self.vigil.hooks().notice)(NoticeKind::Information, WAITS.to_owned(), None);
        }
        self.frame_says(WAITS.to_owned()).await;
        let began = Instant::now();
        let refused = actor.wait_for_hands_off(stop).await;
        if stop.is_cancelled() || self.vigil.halt().is_cancelled() {
            return Ok(refused);
        }
        let is_long = began.elapsed() >= actor.quiet + LONG;
        self.frame_says(taking::at_the_controls(&self.settings.stop_key)).await;
        // The frame's own words have to be gone by then.
        settle(self.settings.settle_ms, stop).await;
        let tick = self.tick;
        self.look(false, true).await?;
        let text = "The screen changed while somebody else used mouse and keyboard; nothing was done".to_owned();
        let is_old = is_long && self.tick != tick;
        Ok(refused.or_else(|| is_old.then_some(Acted { status: EffectStatus::Rejected, text })))
    }
}
