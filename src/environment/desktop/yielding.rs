//! Giving way: the user's hand on mouse or keyboard counts more than the agent's, and the stop key most of all.
//!
//! What has to be let go of is let go of in the thread that noticed, before anybody else is told.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    select,
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;

use super::machine::Activity;
use crate::{
    environment::{HeldKeys, Hooks},
    protocol::PauseReason,
};

/// Who else uses mouse and keyboard, and what is under way.
pub struct Vigil {
    keys: HeldKeys,
    hooks: Hooks,
    /// Cancelled by the stop key, and by the session's end.
    halt: CancellationToken,
    stop_key: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// When somebody else used mouse or keyboard last.
    touched: Option<Instant>,
    /// What is under way.
    act: Option<Act>,
    /// Why it was ended.
    because: Option<String>,
}

struct Act {
    /// Ends it.
    token: CancellationToken,
    /// Whether the session is paused when the user ends it.
    pauses: bool,
}

/// Whether the agent may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftAlone {
    Yes,
    StillInUse,
    Stopped,
}

impl Vigil {
    /// `stop` ends every wait; `keys` are what is let go of.
    pub fn new(keys: HeldKeys, hooks: Hooks, stop: &CancellationToken, stop_key: &str) -> Arc<Self> {
        let halt = stop.child_token();
        Arc::new(Self { keys, hooks, halt, stop_key: stop_key.to_owned(), state: Mutex::default() })
    }

    /// Cancelled once nothing may be done any more.
    pub fn halt(&self) -> &CancellationToken {
        &self.halt
    }

    pub fn hooks(&self) -> &Hooks {
        &self.hooks
    }

    /// Somebody else did something.
    pub fn heard(&self, activity: Activity) {
        match activity {
            Activity::StopKey => self.stop(format!("The stop key {} was pressed", self.stop_key)),
            Activity::NoticedNoMore => {
                self.stop("The display server does not say any more what you do with mouse and keyboard".to_owned());
            }
            Activity::MovedMouse => self.touched("You moved the mouse"),
            Activity::PressedButton => self.touched("You pressed a mouse button"),
            Activity::PressedKey => self.touched("You pressed a key"),
        }
    }

    /// First nothing new is pressed, then everything is let go of, then the session is told.
    fn stop(&self, words: String) {
        self.halt.cancel();
        let _told_at_the_end = self.keys.release_all();
        (self.hooks.stop)(words);
    }

    fn touched(&self, what: &str) {
        let words = format!("{what}, so the agent lets go of mouse and keyboard");
        let (was_ended, pauses) = self.end_act(&words);
        if !was_ended && self.keys.held().is_empty() {
            return;
        }
        let _told_at_the_end = self.keys.release_all();
        if pauses && !(self.hooks.is_paused)() {
            (self.hooks.pause)(PauseReason::Yielded { words });
        }
    }

    /// Notes that somebody is there, and ends what is under way. Gives whether something was, and whether the session is
    /// to be paused.
    fn end_act(&self, words: &str) -> (bool, bool) {
        let mut state = self.state();
        state.touched = Some(Instant::now());
        let Some(Act { token, pauses }) = &state.act else { return (false, true) };
        let (token, pauses) = (token.clone(), *pauses);
        if token.is_cancelled() {
            return (false, pauses);
        }
        state.because = Some(words.to_owned());
        token.cancel();
        (true, pauses)
    }

    /// Whether nobody has touched mouse or keyboard for so long.
    pub fn is_left_alone(&self, quiet: Duration) -> bool {
        self.rest(quiet).is_zero()
    }

    /// How much is left of that time.
    fn rest(&self, quiet: Duration) -> Duration {
        let touched = self.state().touched;
        touched.map_or(Duration::ZERO, |touched| quiet.saturating_sub(touched.elapsed()))
    }

    /// Waits until nobody has touched mouse or keyboard for so long, but not longer than the limit.
    pub async fn left_alone(&self, quiet: Duration, limit: Duration, stop: &CancellationToken) -> LeftAlone {
        let until = Instant::now() + limit;
        loop {
            if stop.is_cancelled() || self.halt.is_cancelled() {
                return LeftAlone::Stopped;
            }
            let rest = self.rest(quiet);
            if rest.is_zero() {
                return LeftAlone::Yes;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return LeftAlone::StillInUse;
            }
            select! {
                biased;
                () = stop.cancelled() => {}
                () = self.halt.cancelled() => {}
                () = sleep(rest.min(left)) => {}
            }
        }
    }

    /// From now on, until what is given is dropped, the user's hand ends what is under way and pauses the session.
    pub fn begin(self: &Arc<Self>) -> UnderWay {
        self.begin_one(true)
    }

    /// The same for what is done before there is a session that could be paused.
    pub fn begin_before_the_session(self: &Arc<Self>) -> UnderWay {
        self.begin_one(false)
    }

    fn begin_one(self: &Arc<Self>, pauses: bool) -> UnderWay {
        let token = self.halt.child_token();
        let mut state = self.state();
        (state.act, state.because) = (Some(Act { token: token.clone(), pauses }), None);
        drop(state);
        UnderWay { vigil: Arc::clone(self), token }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Something that the agent does with mouse or keyboard.
pub struct UnderWay {
    vigil: Arc<Vigil>,
    token: CancellationToken,
}

impl UnderWay {
    /// Cancelled once it has to end.
    pub fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// Why the user ended it, if somebody did.
    pub fn because(&self) -> Option<String> {
        self.vigil.state().because.clone()
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        // Whoever is about to press something for it has to notice that nobody waits for that any more.
        self.token.cancel();
        self.vigil.state().act = None;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    type Told = Arc<Mutex<Vec<String>>>;

    /// A vigil, and what the session is told.
    fn vigil(is_paused: bool) -> (Arc<Vigil>, HeldKeys, Told) {
        let (keys, told) = (HeldKeys::default(), Told::default());
        let (paused, stopped) = (Arc::clone(&told), Arc::clone(&told));
        let hooks = Hooks {
            pause: Arc::new(move |reason| paused.lock().unwrap().push(format!("pause: {}", reason.words()))),
            is_paused: Arc::new(move || is_paused),
            stop: Arc::new(move |words| stopped.lock().unwrap().push(format!("stop: {words}"))),
            ..Hooks::default()
        };
        (Vigil::new(keys.clone(), hooks, &CancellationToken::new(), "ctrl+alt+q"), keys, told)
    }

    #[test]
    fn a_hand_on_the_mouse_ends_what_is_under_way() {
        let (vigil, keys, told) = vigil(false);
        vigil.heard(Activity::MovedMouse);
        assert_eq!(*told.lock().unwrap(), [""; 0], "nothing was under way");
        let act = vigil.begin();
        assert!(keys.press("w", || Ok(())));
        vigil.heard(Activity::MovedMouse);
        vigil.heard(Activity::MovedMouse);
        assert!(act.token().is_cancelled() && keys.held().is_empty());
        let words = "You moved the mouse, so the agent lets go of mouse and keyboard";
        assert_eq!(act.because().as_deref(), Some(words));
        assert_eq!(*told.lock().unwrap(), [format!("pause: {words}")], "it is told once");
        drop(act);
        assert!(!vigil.begin().token().is_cancelled(), "the next one may begin");
    }

    #[test]
    fn a_key_that_is_held_is_let_go_of_though_nothing_is_under_way() {
        for is_paused in [false, true] {
            let (vigil, keys, told) = vigil(is_paused);
            assert!(keys.press("w", || Ok(())));
            vigil.heard(Activity::PressedKey);
            assert!(keys.held().is_empty());
            assert_eq!(told.lock().unwrap().len(), usize::from(!is_paused), "a pause is not paused again");
        }
    }

    #[test]
    fn the_stop_key_lets_go_of_everything_before_anybody_is_told() {
        let (vigil, keys, told) = vigil(false);
        let act = vigil.begin();
        let was_told = Arc::new(AtomicBool::new(false));
        let (seen, listener) = (Arc::clone(&was_told), Arc::clone(&told));
        keys.press("w", move || {
            seen.store(!listener.lock().unwrap().is_empty(), Ordering::SeqCst);
            Ok(())
        });
        vigil.heard(Activity::StopKey);
        assert!(act.token().is_cancelled() && keys.held().is_empty() && !was_told.load(Ordering::SeqCst));
        assert_eq!(*told.lock().unwrap(), ["stop: The stop key ctrl+alt+q was pressed"]);
        assert!(vigil.begin().token().is_cancelled(), "nothing begins after that");
    }

    #[test]
    fn before_the_session_nothing_is_paused() {
        let (vigil, keys, told) = vigil(false);
        let act = vigil.begin_before_the_session();
        assert!(keys.press("left button", || Ok(())));
        vigil.heard(Activity::MovedMouse);
        assert!(act.token().is_cancelled() && act.because().is_some() && keys.held().is_empty());
        assert!(keys.press("left button", || Ok(())), "somebody was just about to");
        vigil.heard(Activity::MovedMouse);
        assert!(keys.held().is_empty() && told.lock().unwrap().is_empty());
    }

    #[test]
    fn where_nobody_is_noticed_any_more_everything_ends() {
        let (vigil, keys, told) = vigil(false);
        let act = vigil.begin();
        assert!(keys.press("w", || Ok(())));
        vigil.heard(Activity::NoticedNoMore);
        assert!(act.token().is_cancelled() && vigil.halt().is_cancelled() && keys.held().is_empty());
        assert!(told.lock().unwrap()[0].starts_with("stop: The display server does not say"));
    }

    #[tokio::test(start_paused = true)]
    async fn the_agent_waits_until_the_user_has_let_go() {
        let (vigil, _keys, _told) = vigil(false);
        let (quiet, limit, stop) = (Duration::from_secs(1), Duration::from_secs(60), CancellationToken::new());
        assert_eq!(vigil.left_alone(quiet, limit, &stop).await, LeftAlone::Yes, "nobody was there");
        vigil.heard(Activity::MovedMouse);
        let began = Instant::now();
        let again = async {
            sleep(Duration::from_millis(700)).await;
            vigil.heard(Activity::PressedKey);
        };
        let (alone, ()) = tokio::join!(vigil.left_alone(quiet, limit, &stop), again);
        assert_eq!((alone, began.elapsed().as_millis() / 10), (LeftAlone::Yes, 170));
    }

    #[tokio::test(start_paused = true)]
    async fn the_agent_waits_neither_for_ever_nor_after_stop() {
        let (vigil, _keys, _told) = vigil(false);
        let stop = CancellationToken::new();
        let quiet = Duration::from_secs(10);
        vigil.heard(Activity::MovedMouse);
        assert_eq!(vigil.left_alone(quiet, Duration::from_secs(3), &stop).await, LeftAlone::StillInUse);
        stop.cancel();
        assert_eq!(vigil.left_alone(quiet, Duration::from_secs(3), &stop).await, LeftAlone::Stopped);
        vigil.heard(Activity::StopKey);
        let fresh = CancellationToken::new();
        assert_eq!(vigil.left_alone(quiet, Duration::from_secs(3), &fresh).await, LeftAlone::Stopped);
    }
}
