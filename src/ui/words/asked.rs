//! What a person is asked, what stops the agent for breath, and how much time there is, as words.

use crate::{
    protocol::{ActionCall, Approval, Breaker, EffectStatus, PauseReason, Risk},
    settings::{AskFrom, Difficulty},
};

/// That a session stands still, and why.
pub fn paused(why: &PauseReason) -> String {
    match why {
        PauseReason::Person => "Paused on request".to_owned(),
        why => format!("Paused: {}", pause_reason(why)),
    }
}

/// Why a session stands still.
pub fn pause_reason(why: &PauseReason) -> &str {
    match why {
        PauseReason::Person => "Somebody pressed Pause",
        PauseReason::Budget { words } if words.is_empty() => "The budget is used up",
        PauseReason::Breaker { breaker, words } if words.is_empty() => stopped_by(*breaker),
        PauseReason::Yielded { words } if words.is_empty() => "You have taken mouse or keyboard",
        why => why.words(),
    }
}

/// What going on means after a pause.
pub fn pause_outlook(why: &PauseReason) -> &'static str {
    match why {
        PauseReason::Person | PauseReason::OneDecision => "Nothing new is asked or done until it goes on",
        PauseReason::Budget { .. } => "Nothing new is asked or done until it goes on; going on grants as much again",
        PauseReason::Breaker { .. } => {
            "Nothing new is asked or done until it goes on; a change of plan tells the models what to try instead"
        }
        PauseReason::NotRecorded { .. } => {
            "Nothing new is asked or done until it goes on; what is not kept yet is held in memory and tried again"
        }
        PauseReason::Yielded { .. } => {
            "Every key and button was let go; nothing new is asked or done until it goes on, so take your time"
        }
    }
}

fn stopped_by(breaker: Breaker) -> &'static str {
    match breaker {
        Breaker::SameAction => "The same action was tried again and again, without effect",
        Breaker::NoChange => "Many steps in a row have changed nothing",
        Breaker::SameError => "The same error came again and again",
        Breaker::Time => "The time that was granted is over",
    }
}

/// How much harm an action can do.
pub fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::ReadOnly => "Only looks",
        Risk::Safe => "Changes only this environment",
        Risk::Destructive => "Can lose something for good",
        Risk::OpenWorld => "Reaches beyond this environment",
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
    let because = if approval.because.is_empty() { "no reason was given" } else { &approval.because };
    format!("Decided by {}, ordered by the {} loop: {because}", approval.by, approval.ordered_by)
}

/// Which actions wait for a person.
pub fn ask_from(from: AskFrom) -> &'static str {
    match from {
        AskFrom::Everything => "every action, even one that only looks",
        AskFrom::Changes => "whatever changes anything",
        AskFrom::Destructive => "what can lose something for good, or reaches beyond the environment",
        AskFrom::OpenWorld => "only what reaches beyond the environment",
        AskFrom::Nothing => "nothing: the agent acts on its own",
    }
}

/// How much time the built-in world gives.
pub fn difficulty(difficulty: Difficulty) -> String {
    let name = match difficulty {
        Difficulty::Easy => "Easy",
        Difficulty::Normal => "Normal",
        Difficulty::Hard => "Hard",
    };
    format!("{name}: {} turns", difficulty.turn_limit())
}

/// A stretch of time in the unit that fits: `40 s`, `10 min`, `8 h`.
pub fn stretch(ms: u64) -> String {
    match ms / 1000 {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3600),
    }
}

/// What has to be said before an action that was not simply done.
pub fn effect_status(status: EffectStatus) -> &'static str {
    match status {
        EffectStatus::Done => "",
        EffectStatus::Rejected => "refused: ",
        EffectStatus::Failed => "failed: ",
        EffectStatus::Uncertain => "unclear: ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pause_has_a_reason_in_words() {
        let breaker = |breaker, words: &str| PauseReason::Breaker { breaker, words: words.into() };
        let budget = |words: &str| PauseReason::Budget { words: words.into() };
        for (why, expected) in [
            (PauseReason::Person, "Paused on request"),
            (PauseReason::OneDecision, "Paused: One decision has been carried out"),
            (budget("The budget of $5.00 is used up"), "Paused: The budget of $5.00 is used up"),
            (budget(""), "Paused: The budget is used up"),
            (breaker(Breaker::NoChange, "12 steps changed nothing"), "Paused: 12 steps changed nothing"),
            (breaker(Breaker::Time, ""), "Paused: The time that was granted is over"),
            (PauseReason::Yielded { words: String::new() }, "Paused: You have taken mouse or keyboard"),
        ] {
            assert_eq!(paused(&why), expected);
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
        assert_eq!([40_000, 600_000, 28_800_000].map(stretch), ["40 s", "10 min", "8 h"]);
    }
}
