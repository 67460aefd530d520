//! Really doing it: wait until the user's hands are off, bring the window to the front, then step by step, each of which
//! can be the last one.

use std::{sync::Arc, time::Duration};

use tokio::{
    runtime::Handle,
    select,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;

use super::{
    aside::{MAY_TAKE, aside},
    deed::Deed,
    grip::{Grip, GripError},
    looking::trouble,
    machine::{DesktopError, Eyes, Hands, Pressable},
    steps::{Step, steps},
    yielding::{LeftAlone, UnderWay, Vigil},
};
use crate::{
    environment::EnvironmentError,
    protocol::{EffectStatus, PauseReason, ScreenSource},
};

/// The longest that is waited for the user to take the hands off.
const HANDS_OFF_WITHIN: Duration = Duration::from_secs(60);
/// How often it is looked whether somebody still holds a key.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(100);
const IN_USE: &str = "Mouse and keyboard are in use; nothing was done";

/// Does things with keys and mouse.
pub struct Actor {
    pub grip: Grip,
    pub vigil: Arc<Vigil>,
    /// How long a key is down that is only to be pressed. Milliseconds.
    pub press_ms: u64,
    /// How long nobody else may have touched mouse or keyboard before.
    pub quiet: Duration,
}

/// What came of it, for the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acted {
    pub status: EffectStatus,
    pub text: String,
}

/// Why the rest was not done.
enum Broken {
    /// Stop, the stop key, or the user's hand.
    Ended,
    Unguarded(String),
    Desktop(DesktopError),
    Deaf(EnvironmentError),
}

impl Actor {
    /// Whether somebody else uses mouse or keyboard.
    pub async fn is_in_use(&self) -> bool {
        !self.vigil.is_left_alone(self.quiet) || !self.held_by_others().await.is_empty()
    }

    /// Waits until the agent may begin. `Some` if it may not, and why.
    pub async fn wait_for_hands_off(&self, stop: &CancellationToken) -> Option<Acted> {
        let until = Instant::now() + HANDS_OFF_WITHIN;
        let refused = |words: String| Some(Acted { status: EffectStatus::Rejected, text: words });
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.vigil.left_alone(self.quiet, left, stop).await {
                LeftAlone::Yes => {}
                LeftAlone::StillInUse => return refused(IN_USE.to_owned()),
                LeftAlone::Stopped => return refused("Stopped before it began; nothing was done".to_owned()),
            }
            let held = self.held_by_others().await;
            if held.is_empty() {
                return None;
            }
            if Instant::now() >= until {
                return refused(format!("Somebody holds {}; nothing was done", held.join(", ")));
            }
            select! {
                biased;
                () = stop.cancelled() => {}
                () = sleep(LOOK_AGAIN_AFTER) => {}
            }
        }
    }

    /// What is down and was not pressed from here. A key that somebody holds is announced only once, when it goes down.
    /// Where the display server does not say, nothing.
    async fn held_by_others(&self) -> Vec<String> {
        let (hands, own) = (Arc::clone(self.grip.hands()), self.grip.held());
        let down = aside(MAY_TAKE, move || hands.down()).await;
        let down = down.ok().and_then(Result::ok).unwrap_or_default();
        down.into_iter().filter(|one| !own.contains(one)).collect()
    }

    /// Does it. Whatever becomes of it, nothing is down afterwards.
    pub async fn perform(&self, deed: &Deed, stop: &CancellationToken) -> Result<Acted, EnvironmentError> {
        // Dropped after what is declared below: nothing must be pressed any more when everything is let go of.
        let letting_go = LetGo(Some(self.grip.clone()));
        let under_way = self.vigil.begin();
        // Only from here on the user's hand ends it, and it may have come since it was waited for.
        if !self.vigil.is_left_alone(self.quiet) {
            letting_go.spare();
            return Ok(Acted { status: EffectStatus::Rejected, text: IN_USE.to_owned() });
        }
        let mut broken = None;
        for step in steps(deed, self.press_ms) {
            if let Err(why) = self.take(step, under_way.token(), stop).await {
                broken = Some(why);
                break;
            }
        }
        let Some(broken) = broken else {
            letting_go.spare();
            return Ok(Acted { status: EffectStatus::Done, text: format!("Done: {}", deed.words()) });
        };
        letting_go.now().await;
        self.explain(broken, deed, &under_way)
    }

    async fn take(&self, step: Step, end: &CancellationToken, stop: &CancellationToken) -> Result<(), Broken> {
        if end.is_cancelled() || stop.is_cancelled() {
            return Err(Broken::Ended);
        }
        match step {
            Step::Pause(ms) => pause(ms, end, stop).await,
            Step::Down(what) => self.press(what, end).await,
            Step::Up(what) => self.release(what).await,
            Step::Letter { letter, ms } => self.write(letter, ms, end, stop).await,
            Step::Point { x, y } => self.with_hands(end, move |hands| hands.point(x, y)).await,
            Step::Turn { right, down } => self.with_hands(end, move |hands| hands.scroll(right, down)).await,
            Step::Shift { right, down } => self.with_hands(end, move |hands| shift(hands, right, down)).await,
        }
    }

    /// What has to be pressed for a letter is asked for only now: a keyboard lends a key for letters that it has not.
    async fn write(
        &self,
        letter: char,
        ms: u64,
        end: &CancellationToken,
        stop: &CancellationToken,
    ) -> Result<(), Broken> {
        let strokes = self.with_hands(end, move |hands| hands.strokes(letter)).await?;
        for what in &strokes {
            self.press(what.clone(), end).await?;
        }
        pause(ms, end, stop).await?;
        for what in strokes.into_iter().rev() {
            self.release(what).await?;
        }
        Ok(())
    }

    async fn press(&self, what: Pressable, end: &CancellationToken) -> Result<(), Broken> {
        let (grip, end) = (self.grip.clone(), end.clone());
        aside(MAY_TAKE, move || grip.press(&what, &end)).await.map_err(Broken::Deaf)?.map_err(Broken::from)
    }

    async fn release(&self, what: Pressable) -> Result<(), Broken> {
        let grip = self.grip.clone();
        aside(MAY_TAKE, move || grip.release(&what)).await.map_err(Broken::Deaf)?.map_err(Broken::from)
    }

    /// Does something with the hands, unless it is over by the time that a thread comes to it.
    async fn with_hands<T: Send + 'static>(
        &self,
        end: &CancellationToken,
        work: impl FnOnce(&dyn Hands) -> Result<T, DesktopError> + Send + 'static,
    ) -> Result<T, Broken> {
        let (hands, end) = (Arc::clone(self.grip.hands()), end.clone());
        let working = move || {
            if end.is_cancelled() {
                return Err(Broken::Ended);
            }
            work(&*hands).map_err(Broken::Desktop)
        };
        aside(MAY_TAKE, working).await.map_err(Broken::Deaf)?
    }

    fn explain(&self, broken: Broken, deed: &Deed, under_way: &UnderWay) -> Result<Acted, EnvironmentError> {
        let told = deed.words();
        let (status, text) = match broken {
            // Whoever ended it is letting go of the very keys that were to be let go of here.
            Broken::Desktop(DesktopError::Refused(_)) if under_way.token().is_cancelled() => {
                return self.explain(Broken::Ended, deed, under_way);
            }
            Broken::Ended => {
                let because = under_way.because().unwrap_or_else(|| "Stopped in the middle".to_owned());
                (EffectStatus::Uncertain, format!("{because}; how much of “{told}” was done is not known"))
            }
            Broken::Unguarded(words) => {
                let summary = "Nobody would let go of keys if this program were killed, so nothing is pressed any more; \
                               start a new session";
                (self.vigil.hooks().pause)(PauseReason::Yielded { words: summary.to_owned() });
                (EffectStatus::Rejected, format!("Not done, because the guardian of keys is gone ({words}): {told}"))
            }
            Broken::Desktop(error @ DesktopError::Lost(_)) => return Err(trouble(&error)),
            Broken::Desktop(error) => (EffectStatus::Failed, format!("“{told}” did not work: {error}")),
            Broken::Deaf(error) => return Err(error),
        };
        Ok(Acted { status, text })
    }
}

impl From<GripError> for Broken {
    fn from(error: GripError) -> Self {
        match error {
            GripError::Ended => Self::Ended,
            GripError::Unguarded(words) => Self::Unguarded(words),
            GripError::Desktop(error) => Self::Desktop(error),
        }
    }
}

/// Brings a window to the front.
pub async fn focus(eyes: Arc<dyn Eyes>, source: ScreenSource) -> Result<Result<(), DesktopError>, EnvironmentError> {
    aside(MAY_TAKE, move || eyes.focus(&source)).await
}

async fn pause(ms: u64, end: &CancellationToken, stop: &CancellationToken) -> Result<(), Broken> {
    select! {
        biased;
        () = end.cancelled() => Err(Broken::Ended),
        () = stop.cancelled() => Err(Broken::Ended),
        () = sleep(Duration::from_millis(ms)) => Ok(()),
    }
}

fn shift(hands: &dyn Hands, right: i32, down: i32) -> Result<(), DesktopError> {
    let (x, y) = hands.pointer()?;
    hands.point(x.saturating_add(right), y.saturating_add(down))
}

/// Lets go of everything if nobody said that it is not needed: whoever waits for an action may stop waiting.
struct LetGo(Option<Grip>);

impl LetGo {
    /// It was done to its end.
    fn spare(mut self) {
        self.0 = None;
    }

    async fn now(mut self) {
        if let Some(grip) = self.0.take() {
            let _what_hangs_is_named_at_the_end = aside(MAY_TAKE, move || grip.release_all()).await;
        }
    }
}

impl Drop for LetGo {
    fn drop(&mut self) {
        let Some(grip) = self.0.take() else { return };
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(move || grip.release_all())),
            Err(_no_runtime) => grip.release_all(),
        }
    }
}
