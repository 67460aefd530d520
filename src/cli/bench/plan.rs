//! What is played: every arm in every world, with which settings, and by what each run is known again.

use std::{ops::Range, time::Duration};

use super::{
    arguments::Bench,
    arm::{Arm, Player},
    store::RunKey,
};
use crate::{
    environment::world::baseline::Baseline,
    settings::{AgentSettings, AskFrom, BreakerSettings, Difficulty, Settings, Strategy, WindowSettings, Wording},
};

/// Nobody explores on behalf of a slow model: the decisions are what is measured. Seconds; no run is that long.
const NO_EXPLORATION_S: f64 = 86_400.0;

/// A whole bench.
pub struct Plan {
    pub arms: Vec<Arm>,
    pub seeds: Range<u64>,
    pub difficulty: Difficulty,
    pub wording: Wording,
    /// The longest time for one run.
    pub limit: Duration,
    base: Settings,
}

impl Plan {
    pub fn new(bench: &Bench, base: Settings) -> Result<Self, String> {
        let given = if bench.arms.is_empty() { usual(base.agent.strategy) } else { bench.arms.clone() };
        let random = Arm::of(Player::Baseline(Baseline::Random));
        // Everything is compared with blind chance.
        let is_random_there = given.iter().any(|arm| arm.plays_like(&random));
        let given = (!is_random_there).then_some(random).into_iter().chain(given);
        let mut plan = Self {
            arms: Vec::new(),
            seeds: bench.seeds.clone(),
            difficulty: bench.difficulty,
            wording: bench.wording,
            limit: bench.time_limit,
            base,
        };
        for arm in given {
            let has_twin = bench.control && arm.player.reads() && plan.wording_of(&arm) != Wording::WithoutClues;
            let twin = has_twin.then(|| arm.without_clues());
            plan.add(arm)?;
            if let Some(twin) = twin {
                plan.add(twin)?;
            }
        }
        Ok(plan)
    }

    /// The same arm twice is one; two arms that are called the same could not be told apart.
    fn add(&mut self, arm: Arm) -> Result<(), String> {
        let is_same = |other: &Arm| other.plays_like(&arm) && self.wording_of(other) == self.wording_of(&arm);
        if self.arms.iter().any(is_same) {
            return Ok(());
        }
        let label = arm.label();
        if self.arms.iter().any(|other| other.label() == label) {
            return Err(format!("two arms are called {label}; give one of them another label"));
        }
        self.arms.push(arm);
        Ok(())
    }

    /// What the user chose, before any arm changes it.
    pub fn base(&self) -> &Settings {
        &self.base
    }

    pub fn wording_of(&self, arm: &Arm) -> Wording {
        arm.wording.unwrap_or(self.wording)
    }

    /// How many worlds each arm plays in.
    pub fn worlds(&self) -> usize {
        usize::try_from(self.seeds.end - self.seeds.start).unwrap_or(usize::MAX)
    }

    /// How many runs there are.
    pub fn runs(&self) -> usize {
        self.arms.len() * self.worlds()
    }

    /// The places of the arms that play with and without clues, in pairs.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let is_without = |arm: &Arm| self.wording_of(arm) == Wording::WithoutClues;
        let twin = |arm: &Arm| self.arms.iter().position(|other| is_without(other) && other.plays_like(arm));
        let with = self.arms.iter().enumerate().filter(|(_, arm)| !is_without(arm) && arm.player.reads());
        with.filter_map(|(index, arm)| Some((index, twin(arm)?))).collect()
    }

    /// The settings of one run: nothing pauses it but a budget, and no person is asked.
    pub fn settings(&self, arm: &Arm, strategy: Strategy, seed: u64) -> Settings {
        let mut settings = self.base.clone();
        settings.breakers = BreakerSettings { same_action: 0, no_change: 0, same_error: 0, time_s: 0 };
        settings.agent = AgentSettings {
            // The points are what is measured, so the points are what is asked for.
            goal: AgentSettings::default().goal,
            goal_when: String::new(),
            environment: "world".to_owned(),
            strategy,
            difficulty: self.difficulty,
            wording: self.wording_of(arm),
            seed,
            pace_ms: 0,
            world_waits: true,
            exploration_patience_s: NO_EXPLORATION_S,
            ask_from: AskFrom::Nothing,
            narrate_every_s: 0.0,
            ..settings.agent
        };
        arm.apply(&mut settings);
        settings
    }

    /// By what a run is known again. Whatever could change its outcome is part of it.
    pub fn key(&self, arm: &Arm, seed: u64) -> RunKey {
        let setup = match arm.player {
            Player::Baseline(_) => String::new(),
            Player::Strategy(strategy) => self.fingerprint(arm, strategy),
        };
        RunKey {
            arm: arm.specification(),
            difficulty: self.difficulty,
            wording: self.wording_of(arm),
            seed,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            setup,
        }
    }

    /// Of the settings as they are for every seed, so that another server or another limit makes other runs. Only this
    /// is written down: an address can hold a password.
    fn fingerprint(&self, arm: &Arm, strategy: Strategy) -> String {
        let settings = Settings { window: WindowSettings::default(), ..self.settings(arm, strategy, 0) };
        let text = serde_json::to_string(&settings).unwrap_or_default();
        // FNV-1a: the same on every machine, and nothing here has to withstand anybody.
        let bytes = text.bytes().chain(self.limit.as_millis().to_le_bytes());
        let hash = bytes
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        format!("{hash:016x}")
    }
}

/// Who plays where nobody is named.
fn usual(strategy: Strategy) -> Vec<Arm> {
    let players = Baseline::ALL.into_iter().map(Player::Baseline).chain([Player::Strategy(strategy)]);
    players.map(Arm::of).collect()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::{Arguments, Task};

    fn planned(arguments: &[&str], settings: Settings) -> Result<Plan, String> {
        let line = ["singularis", "bench"].into_iter().chain(arguments.iter().copied());
        match Arguments::try_parse_from(line).unwrap().task {
            Some(Task::Bench(bench)) => Plan::new(&bench, settings),
            _ => panic!("bench was typed"),
        }
    }

    fn plan(arguments: &[&str]) -> Plan {
        planned(arguments, Settings::default()).unwrap()
    }

    fn labels(plan: &Plan) -> Vec<String> {
        plan.arms.iter().map(Arm::label).collect()
    }

    #[test]
    fn without_arms_everybody_plays_and_blind_chance_always_does() {
        let usual = plan(&[]);
        let expected = ["random", "greedy", "greedy_intents", "greedy_clues", "reader", "oracle", "local_experts"];
        assert_eq!(labels(&usual), expected);
        assert_eq!((usual.worlds(), usual.runs()), (20, 140));
        assert_eq!(labels(&plan(&["--arm", "single", "--arm", "single"])), ["random", "single"]);
        assert_eq!(labels(&plan(&["--arm", "single", "--arm", "random"])), ["single", "random"]);
    }

    #[test]
    fn a_control_gives_everybody_who_reads_a_twin() {
        let controlled = plan(&["--control", "--arm", "greedy", "--arm", "reader", "--arm", "single:label=mine"]);
        let expected = ["random", "greedy", "reader", "reader, without clues", "mine", "mine, without clues"];
        assert_eq!(labels(&controlled), expected);
        assert_eq!(controlled.pairs(), [(2, 3), (4, 5)]);
        let given = plan(&["--control", "--arm", "reader", "--arm", "reader:wording=without_clues"]);
        assert_eq!((given.arms.len(), given.pairs()), (3, vec![(1, 2)]));
        assert_eq!(plan(&["--control", "--wording", "without_clues", "--arm", "reader"]).arms.len(), 2);
    }

    #[test]
    fn two_arms_of_one_name_are_refused() {
        let same = ["--arm", "single:label=x", "--arm", "hybrid:label=x"];
        assert!(planned(&same, Settings::default()).is_err_and(|error| error.contains("two arms are called x")));
    }

    #[test]
    fn nothing_pauses_a_run_and_its_arm_decides() {
        let plan = plan(&["--difficulty", "hard", "--arm", "single:tokens=5000,wording=held_out"]);
        let settings = plan.settings(&plan.arms[1], Strategy::Single, 7);
        let agent = &settings.agent;
        assert_eq!((agent.seed, agent.strategy, agent.difficulty), (7, Strategy::Single, Difficulty::Hard));
        assert_eq!((agent.wording, agent.ask_from, agent.learning), (Wording::HeldOut, AskFrom::Nothing, false));
        assert_eq!((settings.budget.tokens, settings.budget.usd, settings.breakers.time_s), (5000, 5.0, 0));
    }

    #[test]
    fn a_run_is_known_by_all_that_can_change_it() {
        let usual = plan(&["--arm", "single"]);
        let key = usual.key(&usual.arms[1], 3);
        let same = plan(&["--seeds", "3..9", "--arm", "greedy", "--arm", "single:label=mine"]);
        assert_eq!(same.key(&same.arms[2], 3), key, "neither the label nor the company matters");
        for other in [
            plan(&["--arm", "single:tokens=5"]),
            plan(&["--arm", "single", "--difficulty", "easy"]),
            plan(&["--arm", "single", "--time-limit", "5m"]),
            planned(&["--arm", "single"], Settings { demo: true, ..Settings::default() }).unwrap(),
        ] {
            assert_ne!(other.key(&other.arms[1], 3), key);
        }
        assert_ne!(usual.key(&usual.arms[1], 4), key);
        assert_eq!(usual.key(&usual.arms[0], 3).setup, "", "blind chance asks nobody");
    }
}
