//! Breakers: an agent that repeats itself without effect, or errs in the same way again and again, is stopped for breath, at
//! exactly the limit that was set. A warning alone changes nothing; a pause asks somebody. Walking to and fro has an effect
//! every time; that is for budgets and the time to end.

use std::time::Duration;

use crate::{
    protocol::{ActionCall, Breaker, Effect, EffectStatus},
    settings::BreakerSettings,
};

/// What has piled up since something last went well.
#[derive(Clone, Debug)]
pub struct Breakers {
    limits: BreakerSettings,
    /// The last action without effect, and how often in a row it was.
    same_action: Option<(ActionCall, u32)>,
    no_change: u32,
    same_error: Option<(String, u32)>,
    /// The time at which the time breaker strikes; put off whenever somebody lets the session go on.
    time_is_over_at: Option<Duration>,
}

/// A breaker that struck, and why in one sentence.
pub type Struck = (Breaker, String);

impl Breakers {
    pub fn new(limits: BreakerSettings) -> Self {
        let time_is_over_at = (limits.time_s > 0).then(|| Duration::from_secs(limits.time_s));
        Self { limits, same_action: None, no_change: 0, same_error: None, time_is_over_at }
    }

    /// Takes note of a step. Gives the breaker that strikes because of it, if one does.
    pub fn note(&mut self, call: &ActionCall, effect: &Effect) -> Option<Struck> {
        let errors = self.count_error(call, effect);
        if effect.changed {
            (self.same_action, self.no_change) = (None, 0);
        } else {
            let times = match self.same_action.take() {
                Some((last, times)) if last == *call => times + 1,
                _ => 1,
            };
            self.same_action = Some((call.clone(), times));
            self.no_change += 1;
        }
        let times = self.same_action.as_ref().map_or(0, |(_, times)| *times);
        if reaches(times, self.limits.same_action) {
            return Some((Breaker::SameAction, format!("{call} was done {times} times in a row without effect")));
        }
        if let Some((kind, errors)) = errors.filter(|(_, errors)| reaches(*errors, self.limits.same_error)) {
            return Some((Breaker::SameError, format!("{errors} times in a row {kind}")));
        }
        if reaches(self.no_change, self.limits.no_change) {
            return Some((Breaker::NoChange, format!("{} steps in a row changed nothing", self.no_change)));
        }
        None
    }

    /// Whether the time that was granted is over; `active` is how long the session has run, pauses left out.
    pub fn time(&self, active: Duration) -> Option<Struck> {
        self.time_is_over_at.filter(|over_at| active >= *over_at)?;
        let minutes = self.limits.time_s / 60;
        let words = match minutes {
            0 => format!("{} seconds", self.limits.time_s),
            1 => "minute".to_owned(),
            _ => format!("{minutes} minutes"),
        };
        let verb = if minutes == 1 { "that was granted is" } else { "that were granted are" };
        Some((Breaker::Time, format!("The {words} {verb} over")))
    }

    /// Somebody lets the session go on: everything is counted from the beginning, and as much time is granted again.
    pub fn reset(&mut self, active: Duration) {
        (self.same_action, self.no_change, self.same_error) = (None, 0, None);
        if let Some(over_at) = &mut self.time_is_over_at
            && active >= *over_at
        {
            *over_at = active + Duration::from_secs(self.limits.time_s);
        }
    }

    /// The kind of error in words, and how often it has been in a row.
    fn count_error(&mut self, call: &ActionCall, effect: &Effect) -> Option<(String, u32)> {
        let kind = match effect.status {
            EffectStatus::Done => {
                self.same_error = None;
                return None;
            }
            EffectStatus::Rejected => format!("{} was refused", call.name),
            EffectStatus::Failed => format!("{} failed", call.name),
            EffectStatus::Uncertain => format!("it stayed unclear whether {} happened", call.name),
        };
        let times = match self.same_error.take() {
            Some((last, times)) if last == kind => times + 1,
            _ => 1,
        };
        self.same_error = Some((kind.clone(), times));
        Some((kind, times))
    }
}

/// Where nothing else was possible, doing it again is nobody's going round in circles.
pub fn is_forced(legal: &[ActionCall], effect: &Effect) -> bool {
    legal.len() == 1 && effect.status == EffectStatus::Done
}

/// 0 is no limit.
fn reaches(count: u32, limit: u32) -> bool {
    limit > 0 && count >= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(status: EffectStatus, changed: bool) -> Effect {
        Effect { status, text: String::new(), score: None, changed, whole: None }
    }

    fn limits() -> BreakerSettings {
        BreakerSettings { same_action: 3, no_change: 5, same_error: 4, time_s: 60 }
    }

    /// The step at which something strikes, from 1.
    fn strikes(
        limits: BreakerSettings,
        steps: impl IntoIterator<Item = (ActionCall, Effect)>,
    ) -> Option<(usize, Breaker)> {
        let mut breakers = Breakers::new(limits);
        let mut struck = steps.into_iter().zip(1..).map(|((call, effect), step)| (breakers.note(&call, &effect), step));
        struck.find_map(|(struck, step)| struck.map(|(breaker, _)| (step, breaker)))
    }

    #[test]
    fn each_strikes_at_exactly_its_limit() {
        let place = |number: usize| ActionCall::with("go_to", "place", format!("{}", number % 2));
        let idle = effect(EffectStatus::Done, false);
        let same = (0..20).map(|_| (place(0), idle.clone()));
        assert_eq!(strikes(limits(), same.clone()), Some((3, Breaker::SameAction)));
        let alternating = (0..20).map(|number| (place(number), idle.clone()));
        assert_eq!(strikes(limits(), alternating.clone()), Some((5, Breaker::NoChange)));
        let refused = (0..20).map(|number| (place(number), effect(EffectStatus::Rejected, false)));
        assert_eq!(strikes(limits(), refused), Some((4, Breaker::SameError)));
        let off = BreakerSettings { same_action: 0, no_change: 0, same_error: 0, time_s: 0 };
        assert_eq!(strikes(off.clone(), same), None);
        assert_eq!(strikes(off, alternating), None);
    }

    #[test]
    fn whatever_changes_something_begins_the_count_anew() {
        let wait = || ActionCall::bare("wait");
        let steps = (0..100).map(|number| (wait(), effect(EffectStatus::Done, number % 2 == 1)));
        assert_eq!(strikes(limits(), steps), None);
        let errors = (0..100).map(|number| {
            let status = if number % 3 == 2 { EffectStatus::Done } else { EffectStatus::Failed };
            (ActionCall::with("press", "key", number), effect(status, number % 3 == 2))
        });
        assert_eq!(strikes(limits(), errors), None);
    }

    #[test]
    fn the_time_is_granted_again_by_whoever_lets_it_go_on() {
        let mut breakers = Breakers::new(limits());
        let seconds = Duration::from_secs;
        assert_eq!(breakers.time(seconds(59)), None);
        let (breaker, words) = breakers.time(seconds(60)).unwrap();
        assert_eq!((breaker, words.as_str()), (Breaker::Time, "The minute that was granted is over"));
        breakers.reset(seconds(61));
        assert!(breakers.time(seconds(120)).is_none() && breakers.time(seconds(121)).is_some());
    }
}
