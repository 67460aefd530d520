//! Goals that can be picked, for each kind of environment.

/// A goal with the condition that ends the session with success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoalPreset {
    /// A few words, for the list.
    pub name: &'static str,
    /// For the models.
    pub text: &'static str,
    /// A [`Condition`](super::Condition); empty where the episode is to be played to its end.
    pub when: &'static str,
}

const WORLD: [GoalPreset; 6] = [
    GoalPreset {
        name: "As many points as possible",
        text: "Bring the relic home alive, and see as much of the land as time allows",
        when: "",
    },
    GoalPreset {
        name: "Bring the relic home",
        text: "Bring the relic of the barrow home to Town",
        when: "/relic = home",
    },
    GoalPreset { name: "See the whole land", text: "See all ten places, and stay alive", when: "/places_seen >= 10" },
    GoalPreset {
        name: "Open the Barrow gate",
        text: "Find out in which order the levers in the Tower have to be pulled, and open the Barrow gate",
        when: "/gate_open = true",
    },
    GoalPreset {
        name: "Fell every enemy",
        text: "Fell the wolf, the bandit, the wraith and the barrow king, and stay alive",
        when: "/enemies_felled >= 4",
    },
    GoalPreset { name: "Get rich", text: "Gather thirty gold without dying", when: "/gold >= 30" },
];

/// The goals of one kind of environment; none for one that is not known here.
pub fn goals_of(environment: &str) -> &'static [GoalPreset] {
    match environment {
        "world" => &WORLD,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{AgentSettings, Condition};

    #[test]
    fn every_preset_has_a_condition_that_can_be_read_and_the_first_is_the_default() {
        let goals = goals_of("world");
        assert_eq!(goals[0].text, AgentSettings::default().goal);
        for goal in &goals[1..] {
            assert!(Condition::parse(goal.when).is_ok(), "{}", goal.name);
        }
        assert!(goals_of("elsewhere").is_empty());
    }
}
