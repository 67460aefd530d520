//! Where the next session is to act, and what stands in the way of that.

use super::State;
use crate::{
    settings::{AgentSettings, ServerSettings},
    ui::catalogue::{said, say},
};

/// The built-in world, and the desktop, as the settings call them.
pub const WORLD: &str = "world";
pub const DESKTOP: &str = "desktop";

impl State {
    /// Where the next session is to act, as the settings call it.
    pub fn environment(&self) -> &str {
        &self.settings.agent.environment
    }

    /// Chooses another one. Every environment keeps the goal that was typed for it, for no goal makes sense everywhere.
    pub fn choose_environment(&mut self, environment: &str) {
        let before = std::mem::replace(&mut self.settings.agent.environment, environment.to_owned());
        let usual = match environment {
            WORLD => AgentSettings::default().goal,
            _ => String::new(),
        };
        let (goal, when) = self.goals.remove(environment).unwrap_or((usual, String::new()));
        let left = (std::mem::replace(&mut self.goal, goal), std::mem::replace(&mut self.goal_when, when));
        self.goals.insert(before, left);
    }

    /// Why a session cannot act there, in a few words, if it cannot.
    pub fn environment_obstacle(&self) -> Option<String> {
        let environment = self.environment();
        if environment == WORLD {
            return None;
        }
        if environment == DESKTOP
            && let Some(why) = self.desktop.obstacle()
        {
            return Some(said(why).into_owned());
        }
        if environment.starts_with(ServerSettings::PREFIX) {
            match self.settings.server_of(environment) {
                None => return Some(say!("choices-obstacle-server-gone")),
                Some(server) if !server.is_enabled => return Some(say!("choices-obstacle-server-off")),
                Some(_) => {}
            }
        }
        self.goal.trim().is_empty().then(|| say!("choices-obstacle-no-goal"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{DesktopReport, Event, Problem};

    #[test]
    fn every_environment_keeps_its_own_goal() {
        let mut state = State { goal: "relic".into(), goal_when: "/relic = home".into(), ..State::default() };
        state.choose_environment(DESKTOP);
        assert_eq!((state.goal.as_str(), state.goal_when.as_str()), ("", ""));
        state.goal = "win".into();
        state.choose_environment(WORLD);
        assert_eq!((state.goal.as_str(), state.goal_when.as_str()), ("relic", "/relic = home"));
        state.choose_environment(DESKTOP);
        assert_eq!((state.goal.as_str(), state.environment()), ("win", DESKTOP));
    }

    #[test]
    fn what_stands_in_the_way_is_said() {
        let why = State::environment_obstacle;
        let mut state = State::default();
        assert_eq!(why(&state), None, "the world is always there");
        state.choose_environment("tools:shop");
        assert_eq!(why(&state), Some("The tool server that was chosen is not there any more".to_owned()));
        state.settings.servers.push(ServerSettings { is_enabled: false, ..ServerSettings::program("shop", "x", &[]) });
        assert_eq!(why(&state), Some("The tool server that was chosen is switched off".to_owned()));
        state.settings.servers[0].is_enabled = true;
        assert_eq!(why(&state), Some("The agent has not been told what to do".to_owned()));
        state.goal = "buy bread".into();
        assert_eq!(why(&state), None);
        state.choose_environment(DESKTOP);
        let problem = Some(Problem::plain("There is no screen", vec![], "x"));
        state.take(Event::DesktopSeen(Box::new(DesktopReport { problem, ..DesktopReport::default() })));
        assert_eq!(why(&state), Some("There is no screen".to_owned()));
    }
}
