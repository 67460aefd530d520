//! What the operating system tells a person who does not look at the window: that the session has ended, waits for a yes,
//! or was paused by something that is no person.
//!
//! The words are few, are said in the language of the window, and none is a model's, a server's or a person's own, except
//! the name of an action.

use std::{collections::BTreeMap, time::Duration};

use tokio::time::Instant;

use super::Supervisor;
use crate::{
    agent::LoopMessage,
    protocol::{Breaker, Ending, PauseReason, SessionReport},
    worker::{notifying::Tiding, stagehand::Stagehand},
};

/// The least time between two of a kind: whoever is told every moment stops listening.
const BETWEEN: Duration = Duration::from_secs(5);
/// The most letters of an action's name; a tool server chooses it.
const NAME_LETTERS: usize = 60;

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Waits,
    Paused,
    Ended,
}

/// Whether somebody looks, and what they were told when.
pub(super) struct Lookout {
    /// Whoever has no window never says otherwise.
    pub(super) is_in_front: bool,
    told: BTreeMap<Kind, Instant>,
}

impl Default for Lookout {
    fn default() -> Self {
        Self { is_in_front: true, told: BTreeMap::new() }
    }
}

impl Lookout {
    /// Whether it is time for one of this kind; from now on one was told.
    fn is_due(&mut self, kind: Kind, now: Instant) -> bool {
        let is_due = self.told.get(&kind).is_none_or(|at| now.duration_since(*at) >= BETWEEN);
        if is_due {
            self.told.insert(kind, now);
        }
        is_due
    }
}

impl<S: Stagehand> Supervisor<S> {
    /// Of what the loops have said, a person who is elsewhere is told what waits for them.
    pub(super) fn tell_whoever_is_elsewhere(&mut self, message: &LoopMessage) {
        match message {
            LoopMessage::ApprovalNeeded(approval) => self.notify(Kind::Waits, || waits(&approval.action.name)),
            LoopMessage::Paused { why } => {
                if let Some(words) = paused(why) {
                    self.notify(Kind::Paused, || format!("The session is paused: {words}"));
                }
            }
            _ => {}
        }
    }

    pub(super) fn tell_of_the_end(&mut self, report: &SessionReport) {
        self.notify(Kind::Ended, || ended(report.outcome, report.steps));
    }

    /// Whoever closes the program knows that it ends.
    fn notify(&mut self, kind: Kind, words: impl FnOnce() -> String) {
        let is_wanted = self.settings.window.notify && !self.lookout.is_in_front && self.leaving.is_none();
        if is_wanted && self.lookout.is_due(kind, Instant::now()) {
            self.stagehand.notify(Tiding { language: self.settings.window.language, words: words() });
        }
    }
}

/// A name is one of letters and digits; whatever else stands in it is not for showing.
fn waits(action: &str) -> String {
    let is_plain = |letter: &char| letter.is_alphanumeric() || "_-./: ".contains(*letter);
    let name: String = action.chars().filter(is_plain).take(NAME_LETTERS).collect();
    format!("The agent waits for your yes: {}", name.trim())
}

/// Why it is paused; `None` where a person paused it, who knows.
fn paused(why: &PauseReason) -> Option<&'static str> {
    match why {
        PauseReason::Person | PauseReason::OneDecision => None,
        PauseReason::Budget { .. } => Some("a budget is used up"),
        PauseReason::Breaker { breaker: Breaker::Time, .. } => Some("the time that was granted is over"),
        PauseReason::Breaker { .. } => Some("the agent does not get on"),
        PauseReason::NotRecorded { .. } => Some("it can no longer be recorded"),
        PauseReason::Yielded { .. } => Some("somebody took mouse or keyboard"),
    }
}

fn ended(outcome: Ending, steps: u64) -> String {
    let how = match outcome {
        Ending::Stopped => "stopped on request",
        Ending::Finished => "the episode is over",
        Ending::GoalReached => "goal reached",
        Ending::LimitReached => "limit reached",
        Ending::Failed => "it failed",
    };
    let unit = if steps == 1 { "step" } else { "steps" };
    format!("The session has ended: {how} after {steps} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_say_what_happened_and_no_more() {
        assert_eq!(ended(Ending::GoalReached, 12), "The session has ended: goal reached after 12 steps");
        assert_eq!(ended(Ending::Failed, 1), "The session has ended: it failed after 1 step");
        assert_eq!(waits("browser_click"), "The agent waits for your yes: browser_click");
        let words = "quagmirical".to_owned();
        let why = PauseReason::Breaker { breaker: Breaker::SameError, words };
        assert_eq!(paused(&why), Some("the agent does not get on"));
    }

    #[test]
    fn a_pause_that_a_person_asked_for_is_no_news() {
        assert_eq!((paused(&PauseReason::Person), paused(&PauseReason::OneDecision)), (None, None));
    }

    #[test]
    fn a_name_that_a_server_chose_brings_no_markup_and_no_novel() {
        assert_eq!(waits("<b>send</b>\n\u{202e}"), "The agent waits for your yes: bsend/b");
        assert_eq!(waits(&"x".repeat(1000)).len(), "The agent waits for your yes: ".len() + NAME_LETTERS);
    }

    #[tokio::test(start_paused = true)]
    async fn two_of_a_kind_keep_their_distance() {
        let (mut lookout, now) = (Lookout::default(), Instant::now());
        assert!(lookout.is_due(Kind::Waits, now));
        assert!(lookout.is_due(Kind::Ended, now), "that is another kind");
        assert!(!lookout.is_due(Kind::Waits, now + BETWEEN / 2));
        assert!(lookout.is_due(Kind::Waits, now + BETWEEN));
    }
}
