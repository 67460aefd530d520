//! What a person is asked, what stops the agent for breath, how it thinks and how much time there is, as words.

use std::borrow::Cow;

use super::{count, with_unit};
use crate::{
    protocol::{ActionCall, Approval, Breaker, EffectStatus, LoopName, PauseReason, Risk},
    settings::{AskFrom, Difficulty, Strategy},
    ui::catalogue::{said, say},
};

/// That a session stood still, and why.
pub fn paused(why: &PauseReason) -> String {
    match why {
        PauseReason::Person => say!("asked-paused"),
        why => say!("asked-paused-why", why = pause_reason(why)),
    }
}

/// Why a session stands still.
pub fn pause_reason(why: &PauseReason) -> String {
    match why {
        PauseReason::Person => say!("asked-paused-by-person"),
        PauseReason::OneDecision => say!("asked-paused-one-decision"),
        PauseReason::Budget { words } if words.is_empty() => say!("asked-paused-budget"),
        PauseReason::Breaker { breaker, words } if words.is_empty() => stopped_by(*breaker),
        PauseReason::Yielded { words } if words.is_empty() => say!("asked-paused-yielded"),
        why => said(why.words()).into_owned(),
    }
}

/// What going on means after a pause.
pub fn pause_outlook(why: &PauseReason) -> String {
    match why {
        PauseReason::Person | PauseReason::OneDecision => say!("asked-outlook"),
        PauseReason::Budget { .. } => say!("asked-outlook-budget"),
        PauseReason::Breaker { .. } => say!("asked-outlook-breaker"),
        PauseReason::NotRecorded { .. } => say!("asked-outlook-not-recorded"),
        PauseReason::Yielded { .. } => say!("asked-outlook-yielded"),
    }
}

fn stopped_by(breaker: Breaker) -> String {
    match breaker {
        Breaker::SameAction => say!("asked-breaker-same-action"),
        Breaker::NoChange => say!("asked-breaker-no-change"),
        Breaker::SameError => say!("asked-breaker-same-error"),
        Breaker::Time => say!("asked-breaker-time"),
    }
}

/// How much harm an action can do.
pub fn risk(risk: Risk) -> String {
    match risk {
        Risk::ReadOnly => say!("asked-risk-read-only"),
        Risk::Safe => say!("asked-risk-safe"),
        Risk::Destructive => say!("asked-risk-destructive"),
        Risk::OpenWorld => say!("asked-risk-open-world"),
    }
}

/// The arguments of an action as they are sent, line by line; `None` where there are none.
pub fn arguments(call: &ActionCall) -> Option<String> {
    if call.arguments.is_empty() {
        return None;
    }
    serde_json::to_string_pretty(&call.arguments).ok()
}

/// Who wants an action done, and why.
pub fn wanted_by(approval: &Approval) -> String {
    let (by, because) = (said(&approval.by), reason(&approval.by, &approval.because));
    let ordered_by = loop_name(approval.ordered_by);
    if because.is_empty() {
        say!("asked-wanted-without-reason", by = by, ordered_by = ordered_by)
    } else {
        say!("asked-wanted", by = by, ordered_by = ordered_by, because = because)
    }
}

/// Why something was decided. What a model says stays as it is; what rules say, and in brackets behind it what somebody
/// else would have chosen, is our own.
pub fn reason<'a>(by: &str, because: &'a str) -> Cow<'a, str> {
    let is_rule = ["rules", "reflex"].contains(&by) || by.ends_with(" exploration");
    if is_rule || because.ends_with(')') { said(because) } else { Cow::Borrowed(because) }
}

fn loop_name(name: LoopName) -> String {
    match name {
        LoopName::Perception => say!("asked-loop-perception"),
        LoopName::Reasoning => say!("asked-loop-reasoning"),
        LoopName::Action => say!("asked-loop-action"),
        LoopName::Reflex => say!("asked-loop-reflex"),
        LoopName::Exploration => say!("asked-loop-exploration"),
        LoopName::Learning => say!("asked-loop-learning"),
        LoopName::Narration => say!("asked-loop-narration"),
    }
}

/// Which actions wait for a person.
pub fn ask_from(from: AskFrom) -> String {
    match from {
        AskFrom::Everything => say!("asked-from-everything"),
        AskFrom::Changes => say!("asked-from-changes"),
        AskFrom::Destructive => say!("asked-from-destructive"),
        AskFrom::OpenWorld => say!("asked-from-open-world"),
        AskFrom::Nothing => say!("asked-from-nothing"),
    }
}

/// What a way of thinking is called.
pub fn way(strategy: Strategy) -> String {
    match strategy {
        Strategy::Single => say!("asked-way-single"),
        Strategy::LocalExperts => say!("asked-way-local-experts"),
        Strategy::SelfExperts => say!("asked-way-self-experts"),
        Strategy::CloudExperts => say!("asked-way-cloud-experts"),
        Strategy::Hybrid => say!("asked-way-hybrid"),
        Strategy::Parallel => say!("asked-way-parallel"),
        Strategy::Heuristic => say!("asked-way-heuristic"),
    }
}

/// How much time the built-in world gives.
pub fn difficulty(difficulty: Difficulty) -> String {
    let turns = difficulty.turn_limit();
    match difficulty {
        Difficulty::Easy => say!("asked-difficulty-easy", turns = turns),
        Difficulty::Normal => say!("asked-difficulty-normal", turns = turns),
        Difficulty::Hard => say!("asked-difficulty-hard", turns = turns),
    }
}

/// A stretch of time in the unit that fits: `40 s`, `10 min`, `8 h`.
pub fn stretch(ms: u64) -> String {
    match ms / 1000 {
        seconds @ 0..120 => with_unit(&count(seconds), "s"),
        seconds @ 120..7200 => with_unit(&count(seconds / 60), "min"),
        seconds => with_unit(&count(seconds / 3600), "h"),
    }
}

/// What has to be said before an action that was not simply done.
pub fn effect_status(status: EffectStatus) -> String {
    match status {
        EffectStatus::Done => String::new(),
        EffectStatus::Rejected => say!("asked-effect-rejected"),
        EffectStatus::Failed => say!("asked-effect-failed"),
        EffectStatus::Uncertain => say!("asked-effect-uncertain"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::catalogue::{Language, speak};

    #[test]
    fn what_rules_say_is_translated_and_what_a_model_says_is_not() {
        speak(Language::German);
        let health = "Health is low";
        assert_ne!(reason("rules", health), health);
        assert_eq!(reason("threat", health), health);
        assert_ne!(reason("threat", "So be it (rules says the same)"), "So be it (rules says the same)");
        speak(Language::English);
        assert_eq!(reason("rules", health), health);
    }

    #[test]
    fn every_pause_has_a_reason_in_words() {
        let breaker = |breaker, words: &str| PauseReason::Breaker { breaker, words: words.into() };
        let budget = |words: &str| PauseReason::Budget { words: words.into() };
        for (why, expected) in [
            (PauseReason::Person, "Somebody pressed Pause"),
            (PauseReason::OneDecision, "One decision has been carried out"),
            (budget("The budget of $5.00 is used up"), "The budget of $5.00 is used up"),
            (budget(""), "The budget is used up"),
            (breaker(Breaker::NoChange, "12 steps changed nothing"), "12 steps changed nothing"),
            (breaker(Breaker::Time, ""), "The time that was granted is over"),
            (PauseReason::Yielded { words: String::new() }, "You have taken mouse or keyboard"),
        ] {
            assert_eq!(pause_reason(&why), expected);
        }
    }

    #[test]
    fn arguments_are_shown_as_they_are_sent() {
        assert_eq!(arguments(&ActionCall::bare("wait")), None);
        let call = ActionCall::with("go_to", "place", "Farm");
        assert_eq!(arguments(&call).as_deref(), Some("{\n  \"place\": \"Farm\"\n}"));
    }

    #[test]
    fn a_stretch_of_time_has_the_unit_that_fits() {
        assert_eq!([40_000, 600_000, 28_800_000].map(stretch), ["40\u{a0}s", "10\u{a0}min", "8\u{a0}h"]);
    }

    #[test]
    fn whoever_wants_something_may_have_given_no_reason() {
        let mut approval = Approval {
            id: 1,
            action: ActionCall::bare("wait"),
            risk: Risk::Safe,
            ordered_by: LoopName::Reasoning,
            by: "synthesizer".into(),
            because: "it is night".into(),
            server: None,
            waits_ms: 1000,
        };
        assert_eq!(wanted_by(&approval), "Decided by synthesizer, ordered by the reasoning loop: it is night");
        approval.because.clear();
        let words = "Decided by synthesizer, ordered by the reasoning loop: no reason was given";
        assert_eq!(wanted_by(&approval), words);
    }

    #[test]
    fn ways_loops_and_difficulties_are_called_as_elsewhere() {
        assert_eq!(Strategy::ALL.map(way), Strategy::ALL.map(|strategy| strategy.title().to_owned()));
        assert_eq!(LoopName::ALL.map(loop_name), LoopName::ALL.map(|name| name.title().to_owned()));
        assert_eq!(Difficulty::ALL.map(difficulty), ["Easy: 110 turns", "Normal: 70 turns", "Hard: 60 turns"]);
    }

    #[test]
    fn only_what_was_not_simply_done_is_told_apart() {
        let all = [EffectStatus::Done, EffectStatus::Rejected, EffectStatus::Failed, EffectStatus::Uncertain];
        assert_eq!(all.map(effect_status), ["", "refused: ", "failed: ", "unclear: "]);
    }
}
