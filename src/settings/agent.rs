//! What the agent is to do, how cautiously, and when it is stopped for breath.

use serde::{Deserialize, Serialize};

use super::{Condition, Strategy};

/// What the agent does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgentSettings {
    /// In words, for the models.
    pub goal: String,
    /// When the goal is reached, as a [`Condition`] over what is known of the environment, such as `/relic = home`; the
    /// session then ends with success. Empty where only a person can tell.
    pub goal_when: String,
    /// `world`, the built-in one; `desktop`; or `tools:NAME` for a tool server.
    pub environment: String,
    pub strategy: Strategy,
    pub difficulty: Difficulty,
    /// Which of its phrases the built-in world speaks with.
    pub wording: Wording,
    /// The same seed gives the same world.
    pub seed: u64,
    /// The least time between two decisions, so that a person can follow. Milliseconds.
    pub pace_ms: u64,
    /// An environment that can, stands still while the models think. Otherwise its time goes on, and latency counts.
    pub world_waits: bool,
    /// How long a turn is where the world does not wait. Seconds.
    pub turn_s: f64,
    /// Share of health below which the reflex acts by itself. Percent; 0 for never.
    pub reflex_health_percent: u8,
    /// So many enemies near at the same time, and the reflex retreats; 0 for never.
    pub reflex_enemies: u8,
    /// Share of stamina below which the reflex rests. Percent; 0 for never.
    pub reflex_stamina_percent: u8,
    /// When the reflex acts, a question that is under way is broken off, for it asks about a moment that is gone.
    pub reflex_preempts: bool,
    /// How long the models may think before the exploration loop takes a harmless step. Seconds.
    pub exploration_patience_s: f64,
    /// Whether values of actions are learnt and shown to the models as hints.
    pub learning: bool,
    /// Actions of this risk or a higher one wait for a person.
    pub ask_from: AskFrom,
    /// How long an action waits for a person. Seconds.
    pub approval_s: f64,
    /// How often the narrator says what is going on. Seconds; 0 for never.
    pub narrate_every_s: f64,
}

impl Default for AgentSettings {
    fn default() -> Self {
        Self {
            goal: "Bring the relic home alive, and see as much of the land as time allows".to_owned(),
            goal_when: String::new(),
            environment: "world".to_owned(),
            strategy: Strategy::default(),
            difficulty: Difficulty::default(),
            wording: Wording::default(),
            seed: 7,
            pace_ms: 0,
            world_waits: true,
            turn_s: 10.0,
            reflex_health_percent: 30,
            reflex_enemies: 3,
            reflex_stamina_percent: 15,
            reflex_preempts: true,
            exploration_patience_s: 20.0,
            learning: true,
            ask_from: AskFrom::default(),
            approval_s: 600.0,
            narrate_every_s: 10.0,
        }
    }
}

impl AgentSettings {
    /// When the goal is reached, where that can be told.
    pub fn condition(&self) -> Option<Condition> {
        Condition::parse(&self.goal_when).ok()
    }

    /// Replaces values that can be read but not used.
    pub(super) fn mend(&mut self, warnings: &mut Vec<String>) {
        let defaults = Self::default();
        for (name, value, least, default) in [
            ("exploration_patience_s", &mut self.exploration_patience_s, 0.0, defaults.exploration_patience_s),
            ("turn_s", &mut self.turn_s, 0.01, defaults.turn_s),
            ("approval_s", &mut self.approval_s, 1.0, defaults.approval_s),
        ] {
            // A day is longer than any wait that makes sense; NaN fails the range test too.
            if !(least..=86_400.0).contains(value) {
                warnings.push(format!("{name} must lie between {least} and a day, {default} seconds are used"));
                *value = default;
            }
        }
        for (name, percent, default) in [
            ("reflex_health_percent", &mut self.reflex_health_percent, defaults.reflex_health_percent),
            ("reflex_stamina_percent", &mut self.reflex_stamina_percent, defaults.reflex_stamina_percent),
        ] {
            if *percent > 100 {
                warnings.push(format!("{name} is a share of a hundred, {default} is used"));
                *percent = default;
            }
        }
        if !self.goal_when.trim().is_empty()
            && let Err(why) = Condition::parse(&self.goal_when)
        {
            warnings
                .push(format!("goal_when cannot be used, so only a person can tell when the goal is reached: {why}"));
            self.goal_when.clear();
        }
    }
}

/// How much time the built-in world gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difficulty {
    Easy,
    #[default]
    Normal,
    Hard,
}

impl Difficulty {
    pub const ALL: [Self; 3] = [Self::Easy, Self::Normal, Self::Hard];

    /// The turns of one episode in the built-in world.
    pub fn turn_limit(self) -> u32 {
        match self {
            Self::Easy => 110,
            Self::Normal => 70,
            Self::Hard => 60,
        }
    }
}

/// Which of its phrases the built-in world speaks with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    #[default]
    Ordinary,
    /// The half that no ordinary game shows.
    HeldOut,
    /// Nothing that would help is said: a control for experiments, in which reading gains nothing.
    WithoutClues,
}

/// From which risk on an action waits for a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskFrom {
    /// Every action waits, even one that only looks.
    Everything,
    /// Whatever changes anything waits.
    Changes,
    /// What can lose something for good waits, and what reaches beyond the environment.
    #[default]
    Destructive,
    /// Only what reaches beyond the environment waits.
    OpenWorld,
    /// Nothing waits.
    Nothing,
}

impl AskFrom {
    pub const ALL: [Self; 5] = [Self::Everything, Self::Changes, Self::Destructive, Self::OpenWorld, Self::Nothing];
}

/// When an agent that does not get on is stopped for breath. 0 switches one off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BreakerSettings {
    /// The same action so often in a row, without effect.
    pub same_action: u32,
    /// So many steps in a row that change nothing.
    pub no_change: u32,
    /// The same kind of error so often in a row.
    pub same_error: u32,
    /// So much time. Seconds.
    pub time_s: u64,
}

impl Default for BreakerSettings {
    fn default() -> Self {
        // A person sees after a handful of repetitions that nothing comes of it; eight hours are a night unattended.
        Self { same_action: 5, no_change: 12, same_error: 5, time_s: 8 * 3600 }
    }
}

impl BreakerSettings {
    pub(super) fn mend(&mut self, warnings: &mut Vec<String>) {
        // The first time is no repetition: 1 would stop every session at its first wasted step.
        for (name, limit, least) in [
            ("same_action", &mut self.same_action, 2),
            ("no_change", &mut self.no_change, 2),
            ("same_error", &mut self.same_error, 2),
        ] {
            if *limit == 1 {
                warnings.push(format!("The breaker {name} needs at least {least}, {least} is used"));
                *limit = least;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_used_is_replaced_and_named() {
        let mut agent = AgentSettings {
            turn_s: f64::NAN,
            reflex_health_percent: 101,
            goal_when: "home now".into(),
            ..AgentSettings::default()
        };
        let mut breakers = BreakerSettings { same_action: 1, no_change: 0, ..BreakerSettings::default() };
        let mut warnings = Vec::new();
        agent.mend(&mut warnings);
        breakers.mend(&mut warnings);
        assert_eq!(agent, AgentSettings::default());
        assert_eq!((breakers.same_action, breakers.no_change), (2, 0), "0 means never and stays");
        assert_eq!(warnings.len(), 4, "{warnings:?}");
        assert_eq!(agent.condition(), None);
    }
}
