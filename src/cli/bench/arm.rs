//! Who plays: a player without a model, or a way of thinking with what is changed in the settings for it.

use std::str::FromStr;

use crate::{
    environment::world::baseline::Baseline,
    settings::{Settings, Strategy, Wording},
};

const WORDINGS: [Wording; 3] = [Wording::Ordinary, Wording::HeldOut, Wording::WithoutClues];

/// Whoever decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Player {
    Baseline(Baseline),
    Strategy(Strategy),
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    pub player: Player,
    /// Which phrases its world speaks with, if not with those of all others.
    pub wording: Option<Wording>,
    /// What it is called, if not as it was typed.
    label: Option<String>,
    changes: Changes,
}

/// What is changed in the settings for a way of thinking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Changes {
    /// The model of every role.
    model: Option<String>,
    /// The most tokens of one run.
    tokens: Option<u64>,
    /// The most tokens of one answer.
    answer_tokens: Option<u32>,
    /// Whether it learns, and the models are shown what it learnt.
    hints: bool,
}

impl Player {
    /// The error names everybody there is.
    fn from_name(name: &str) -> Result<Self, String> {
        let strategy = || Strategy::ALL.into_iter().find(|strategy| strategy.name() == name).map(Self::Strategy);
        Baseline::from_name(name).map(Self::Baseline).or_else(strategy).ok_or_else(|| {
            let baselines: Vec<_> = Baseline::ALL.into_iter().map(Baseline::name).collect();
            let strategies: Vec<_> = Strategy::ALL.into_iter().map(Strategy::name).collect();
            format!(
                "no arm is called {name}; there are the players without a model, {}, and the ways of thinking, {}",
                baselines.join(", "),
                strategies.join(", ")
            )
        })
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Baseline(baseline) => baseline.name(),
            Self::Strategy(strategy) => strategy.name(),
        }
    }

    fn asks_models(self) -> bool {
        matches!(self, Self::Strategy(strategy) if strategy != Strategy::Heuristic)
    }

    /// Whether it can gain anything from what the world says in words.
    pub fn reads(self) -> bool {
        match self {
            Self::Baseline(Baseline::Random | Baseline::Greedy | Baseline::Oracle) => false,
            Self::Baseline(Baseline::GreedyIntents | Baseline::GreedyClues | Baseline::Reader) => true,
            Self::Strategy(_) => self.asks_models(),
        }
    }

    fn keys(self) -> &'static str {
        if self.asks_models() { "model, tokens, answer_tokens, hints, wording and label" } else { "wording and label" }
    }
}

impl Arm {
    pub fn of(player: Player) -> Self {
        Self { player, wording: None, label: None, changes: Changes::default() }
    }

    /// What it plays with, always written the same way; its name and its wording are no part of that.
    pub fn specification(&self) -> String {
        let Changes { model, tokens, answer_tokens, hints } = &self.changes;
        let keys = [
            model.as_ref().map(|model| format!("model={model}")),
            tokens.map(|tokens| format!("tokens={tokens}")),
            answer_tokens.map(|tokens| format!("answer_tokens={tokens}")),
            hints.then(|| "hints=on".to_owned()),
        ];
        let keys: Vec<String> = keys.into_iter().flatten().collect();
        let name = self.player.name();
        if keys.is_empty() { name.to_owned() } else { format!("{name}:{}", keys.join(",")) }
    }

    /// What people call it.
    pub fn label(&self) -> String {
        match (&self.label, self.wording) {
            (Some(label), _) => label.clone(),
            (None, None) => self.specification(),
            (None, Some(wording)) => format!("{}, {}", self.specification(), wording_title(wording)),
        }
    }

    /// The same player where nothing helpful is said.
    pub fn without_clues(&self) -> Self {
        let wording = Wording::WithoutClues;
        let name = self.label.clone().unwrap_or_else(|| self.specification());
        let label = Some(format!("{name}, {}", wording_title(wording)));
        Self { wording: Some(wording), label, ..self.clone() }
    }

    /// Whether the same player plays with the same means, wherever.
    pub fn plays_like(&self, other: &Self) -> bool {
        (self.player, &self.changes) == (other.player, &other.changes)
    }

    /// Changes the settings for it.
    pub fn apply(&self, settings: &mut Settings) {
        let Changes { model, tokens, answer_tokens, hints } = &self.changes;
        if let Some(model) = model {
            settings.roles.iter_mut().for_each(|role| role.model.clone_from(model));
        }
        settings.budget.tokens = tokens.unwrap_or(settings.budget.tokens);
        settings.limits.answer_tokens = answer_tokens.unwrap_or(settings.limits.answer_tokens);
        settings.agent.learning = *hints;
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        let (name, asks_models) = (self.player.name(), self.player.asks_models());
        if value.is_empty() {
            return Err(format!("{key} of {name} is empty"));
        }
        match key {
            "wording" => self.wording = Some(wording(value)?),
            "label" => self.label = Some(value.to_owned()),
            "model" if asks_models => self.changes.model = Some(value.to_owned()),
            "tokens" if asks_models => self.changes.tokens = Some(count(key, value)?),
            "answer_tokens" if asks_models => self.changes.answer_tokens = Some(count(key, value)?),
            "hints" if asks_models => self.changes.hints = is_on(value)?,
            _ => return Err(format!("{name} has no key {key}; there are {}", self.player.keys())),
        }
        Ok(())
    }
}

/// `NAME`, or `NAME:key=value,key=value`. A value may hold colons, as names of models do, but no comma.
impl FromStr for Arm {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, keys) = text.split_once(':').unwrap_or((text, ""));
        let player = Player::from_name(name.trim())?;
        let mut arm = Self::of(player);
        for pair in keys.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let no_pair = || format!("{pair} is not of the form key=value; the keys of {name} are {}", player.keys());
            let (key, value) = pair.split_once('=').ok_or_else(no_pair)?;
            arm.set(key.trim(), value.trim())?;
        }
        Ok(arm)
    }
}

/// By the names that the settings use.
pub fn wording(text: &str) -> Result<Wording, String> {
    let named = WORDINGS.into_iter().find(|wording| wording_name(*wording) == text);
    named.ok_or_else(|| format!("{text} is no wording; there are ordinary, held_out and without_clues"))
}

fn wording_name(wording: Wording) -> &'static str {
    match wording {
        Wording::Ordinary => "ordinary",
        Wording::HeldOut => "held_out",
        Wording::WithoutClues => "without_clues",
    }
}

/// For people.
pub fn wording_title(wording: Wording) -> &'static str {
    match wording {
        Wording::Ordinary => "ordinary wording",
        Wording::HeldOut => "held-out wording",
        Wording::WithoutClues => "without clues",
    }
}

/// A number from 1 on.
fn count<T: FromStr + PartialOrd + From<u8>>(key: &str, value: &str) -> Result<T, String> {
    let number = value.parse::<T>().ok().filter(|number| *number >= T::from(1));
    number.ok_or_else(|| format!("{key}={value} is no whole number from 1 on"))
}

fn is_on(value: &str) -> Result<bool, String> {
    match value {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("hints={value} is neither on nor off")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arm(text: &str) -> Arm {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn an_arm_is_a_name_with_keys_in_any_order() {
        assert_eq!(arm("greedy"), Arm::of(Player::Baseline(Baseline::Greedy)));
        let typed = arm("single: tokens=9000 ,model=llama3:8b,hints=on");
        assert_eq!(typed.specification(), "single:model=llama3:8b,tokens=9000,hints=on");
        assert!(typed.plays_like(&arm("single:hints=on,model=llama3:8b,tokens=9000,wording=held_out,label=x")));
        assert_eq!(arm("single:hints=off"), arm("single"));
        assert_eq!(arm("single:label=big one").label(), "big one");
        assert_eq!(arm("reader:wording=held_out").label(), "reader, held-out wording");
    }

    #[test]
    fn every_player_can_be_named() {
        for name in Baseline::ALL.map(Baseline::name).into_iter().chain(Strategy::ALL.map(Strategy::name)) {
            assert_eq!(arm(name).specification(), name);
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_what_is_possible() {
        for (text, expected) in [
            ("telepathy", "random, greedy, greedy_intents"),
            ("telepathy", "local_experts, self_experts"),
            ("", "no arm is called"),
            ("single:volume=3", "model, tokens"),
            ("greedy:model=x", "there are wording and label"),
            ("heuristic:tokens=5", "there are wording and label"),
            ("single:tokens", "key=value"),
            ("single:tokens=0", "from 1 on"),
            ("single:answer_tokens=many", "from 1 on"),
            ("single:hints=maybe", "neither on nor off"),
            ("single:model=", "is empty"),
            ("reader:wording=sung", "held_out"),
        ] {
            let error = text.parse::<Arm>().unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn an_arm_changes_the_settings_and_leaves_the_rest_alone() {
        let mut settings = Settings::default();
        arm("single:model=a/b,tokens=9000,answer_tokens=64").apply(&mut settings);
        assert!(settings.roles.iter().all(|role| role.model == "a/b"));
        assert_eq!((settings.budget.tokens, settings.limits.answer_tokens), (9000, 64));
        assert_eq!((settings.budget.usd, settings.agent.learning), (5.0, false));
        let mut untouched = Settings::default();
        arm("single:hints=on").apply(&mut untouched);
        assert_eq!(untouched, Settings::default());
    }

    #[test]
    fn a_twin_without_clues_plays_the_same_and_says_so() {
        let twin = arm("single:label=mine").without_clues();
        assert_eq!((twin.label().as_str(), twin.wording), ("mine, without clues", Some(Wording::WithoutClues)));
        assert!(twin.plays_like(&arm("single")));
        let readers: Vec<_> = ["random", "greedy", "greedy_intents", "greedy_clues", "reader", "oracle", "heuristic"]
            .into_iter()
            .filter(|name| arm(name).player.reads())
            .collect();
        assert_eq!(readers, ["greedy_intents", "greedy_clues", "reader"]);
        assert!(arm("hybrid").player.reads());
    }
}
