//! What decisions cost: measured against the best that was still possible, where the environment can tell; and against
//! the clock, where that runs.

use serde::{Deserialize, Serialize};

/// What one carried-out decision cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The step, from 1.
    pub step: u64,
    /// Points of the final score that are out of reach since, by the best play from here on.
    pub cost: f64,
    /// Both ends of the comparison were searched to the end; otherwise it is the best that was found.
    pub is_proved: bool,
    /// The best final score that is still possible after it.
    pub still_possible: f64,
    /// What each expert's own proposal would have cost, whether it was followed or not.
    pub advice: Vec<AdviceCost>,
}

/// What one piece of advice would have cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AdviceCost {
    pub title: String,
    pub cost: f64,
    pub was_followed: bool,
    /// As for the decision itself. Sessions that were recorded before this was known do not have it.
    #[serde(default)]
    pub is_proved: bool,
}

/// All judgements of a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RegretView {
    /// Whether this environment can tell what a decision cost.
    pub is_known: bool,
    /// Oldest first; the newest may lag behind the steps.
    pub judgements: Vec<Judgement>,
    /// The sum of all costs.
    pub total: f64,
    /// Per expert, over all its judged proposals.
    pub advisers: Vec<AdviserRegret>,
}

impl RegretView {
    /// One more judgement, after all that are there.
    pub fn add(&mut self, judgement: Judgement) {
        self.total += judgement.cost;
        for advice in &judgement.advice {
            let known = self.advisers.iter().position(|adviser| adviser.title == advice.title);
            let index = known.unwrap_or_else(|| {
                self.advisers.push(AdviserRegret { title: advice.title.clone(), ..AdviserRegret::default() });
                self.advisers.len() - 1
            });
            let adviser = &mut self.advisers[index];
            adviser.judged += 1;
            #[expect(clippy::cast_precision_loss, reason = "a handful of steps")]
            let judged = adviser.judged as f64;
            adviser.mean_cost += (advice.cost - adviser.mean_cost) / judged;
            if advice.was_followed {
                adviser.cost_followed += advice.cost;
            } else {
                adviser.lost_by_overruling += (judgement.cost - advice.cost).max(0.0);
            }
        }
        self.judgements.push(judgement);
    }

    /// Of how many judgements the cost is only as far as it was searched.
    pub fn searched(&self) -> usize {
        self.judgements.iter().filter(|judgement| !judgement.is_proved).count()
    }
}

/// What an expert's advice was worth, measured the same way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AdviserRegret {
    pub title: String,
    pub judged: u64,
    /// What its proposals would have cost on average, in points.
    pub mean_cost: f64,
    /// What it cost that it was followed, in points.
    pub cost_followed: f64,
    /// What was lost by not following it: the sum of what the decisions cost beyond its proposals, in points.
    pub lost_by_overruling: f64,
}

/// The world's own clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockView {
    /// The world waits while the models think.
    pub waits: bool,
    /// How long a turn is where it does not wait, and with that the time for a decision. Milliseconds.
    pub turn_ms: u64,
    /// Decisions that were made so far, by models or by rules.
    pub decisions: u64,
    /// Of these, so many came after their time.
    pub misses: u64,
    /// Decisions that rules made, because no model had named anything possible.
    #[serde(default)]
    pub by_rules: u64,
    /// Turns that passed while nobody acted.
    pub turns_lost: u64,
}
