//! Goals that can be picked, for each kind of environment and for tool servers that many people use.

use super::ServerSettings;

/// A goal with the condition that ends the session with success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoalPreset {
    /// Tells it from all others, whatever its words are.
    pub id: &'static str,
    /// A few words, for the list.
    pub name: &'static str,
    /// For the models.
    pub text: &'static str,
    /// A [`Condition`](super::Condition); empty where the episode is to be played to its end.
    pub when: &'static str,
}

const WORLD: [GoalPreset; 6] = [
    GoalPreset {
        id: "points",
        name: "As many points as possible",
        text: "Bring the relic home alive, and see as much of the land as time allows",
        when: "",
    },
    GoalPreset {
        id: "relic",
        name: "Bring the relic home",
        text: "Bring the relic of the barrow home to Town",
        when: "/relic = home",
    },
    GoalPreset {
        id: "land",
        name: "See the whole land",
        text: "See all ten places, and stay alive",
        when: "/places_seen >= 10",
    },
    GoalPreset {
        id: "gate",
        name: "Open the Barrow gate",
        text: "Find out in which order the levers in the Tower have to be pulled, and open the Barrow gate",
        when: "/gate_open = true",
    },
    GoalPreset {
        id: "enemies",
        name: "Fell every enemy",
        text: "Fell the wolf, the bandit, the wraith and the barrow king, and stay alive",
        when: "/enemies_felled >= 4",
    },
    GoalPreset { id: "gold", name: "Get rich", text: "Gather thirty gold without dying", when: "/gold >= 30" },
];

/// No condition: how much of the picture has changed since the look before is all that is known of a desktop in figures, and
/// which look that was depends on who looked last. The models say when it is reached.
const DESKTOP: [GoalPreset; 3] = [
    GoalPreset {
        id: "screen",
        name: "Say what is on the screen",
        text: "Say what is on the screen and what could be done with it, and change nothing",
        when: "",
    },
    GoalPreset {
        id: "movement",
        name: "Find what moves something",
        text: "Find a key or a place that visibly changes half of the picture, one careful try after the other",
        when: "",
    },
    GoalPreset {
        id: "game",
        name: "Explore a game",
        text: "Play the game that is on the screen: see as much of it as you can, and stay alive",
        when: "",
    },
];

/// For any tools at all; those for certain servers hold it too, in the same place.
const LOOK_AROUND: GoalPreset = GoalPreset {
    id: "tools",
    name: "Look around",
    text: "Find out what is there and what these tools could do with it, and change nothing",
    when: "",
};

const ANY_TOOLS: [GoalPreset; 1] = [LOOK_AROUND];

const WEB: [GoalPreset; 2] = [
    LOOK_AROUND,
    GoalPreset {
        id: "page",
        name: "Read a page",
        text: "Open https://example.org and say what the page is for and where its links lead",
        when: "",
    },
];

const FILES: [GoalPreset; 2] = [
    LOOK_AROUND,
    GoalPreset {
        id: "files",
        name: "Describe the folder",
        text: "Read what lies in the folder and say what it is for and which files matter most, and change nothing",
        when: "",
    },
];

const MEMORY: [GoalPreset; 2] = [
    LOOK_AROUND,
    GoalPreset {
        id: "memory",
        name: "Tidy the memory",
        text: "Read all that is remembered, say what is there twice or contradicts itself, and mend that",
        when: "",
    },
];

const GIT: [GoalPreset; 2] = [
    LOOK_AROUND,
    GoalPreset {
        id: "commits",
        name: "Sum up the last commits",
        text: "Say in plain words what the last five commits have changed and why, and change nothing",
        when: "",
    },
];

/// The goals for one environment, by its name in the settings: `world`, `desktop`, or `tools:` with the name of a server.
/// Servers are known by the names of the [presets](super::SERVER_PRESETS); none for an environment that is not known here.
pub fn goals_of(environment: &str) -> &'static [GoalPreset] {
    match environment {
        "world" => &WORLD,
        "desktop" => &DESKTOP,
        other => other.strip_prefix(ServerSettings::PREFIX).map_or(&[], |server| match server {
            "playwright" | "fetch" => &WEB,
            "filesystem" => &FILES,
            "memory" => &MEMORY,
            "git" => &GIT,
            _ => &ANY_TOOLS,
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::settings::{AgentSettings, Condition, SERVER_PRESETS};

    #[test]
    fn every_preset_has_a_name_and_a_condition_that_can_be_read_and_the_first_is_the_default() {
        assert_eq!(goals_of("world")[0].text, AgentSettings::default().goal);
        let environments = ["world", "desktop", "tools:of mine"].map(str::to_owned);
        let of_presets = SERVER_PRESETS.iter().map(|server| format!("{}{}", ServerSettings::PREFIX, server.name));
        for environment in environments.into_iter().chain(of_presets) {
            let goals = goals_of(&environment);
            assert!(!goals.is_empty(), "{environment} has none");
            for goal in goals {
                assert!(goal.when.is_empty() || Condition::parse(goal.when).is_ok(), "{}", goal.id);
            }
            let unlike = |of: fn(&GoalPreset) -> &'static str| goals.iter().map(of).collect::<HashSet<_>>().len();
            assert_eq!((unlike(|goal| goal.id), unlike(|goal| goal.text)), (goals.len(), goals.len()), "{environment}");
        }
        assert!(goals_of("elsewhere").is_empty());
    }

    #[test]
    fn servers_that_many_people_use_have_goals_of_their_own() {
        for server in SERVER_PRESETS {
            let goals = goals_of(&format!("{}{}", ServerSettings::PREFIX, server.name));
            assert_eq!((goals.len(), goals[0]), (2, LOOK_AROUND), "{}", server.name);
        }
    }
}
