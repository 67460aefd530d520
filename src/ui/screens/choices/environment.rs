//! Where the session acts: the built-in world, the desktop, or a tool server.

use egui::Ui;

use crate::ui::{
    catalogue::say,
    state::{
        Screen, State,
        environment::{DESKTOP, WORLD},
        servers::Open,
    },
    widgets::{choice, named},
    words,
};

/// What stands at the end of the list and is no environment.
const ADD: &str = "";

/// Draws the list; true when another environment was chosen. The last entry leads to where servers are added.
pub fn ui(ui: &mut Ui, state: &mut State) -> bool {
    let current = state.environment().to_owned();
    let servers = state.settings.servers.iter().filter(|server| server.is_enabled);
    let mut all = vec![WORLD.to_owned(), DESKTOP.to_owned()];
    all.extend(servers.map(crate::settings::ServerSettings::environment));
    if !all.contains(&current) {
        all.push(current.clone());
    }
    all.push(ADD.to_owned());
    let words = |environment: &String| match environment.as_str() {
        ADD => say!("choices-environment-add"),
        environment => words::environment(environment),
    };
    let name = say!("choices-environment");
    let chosen = named(ui, &name, |ui| choice(ui, &name, &current, &all, words));
    match chosen.as_deref() {
        None => false,
        Some(ADD) => {
            state.servers.show(Open::Adding);
            state.screen = Screen::Servers;
            false
        }
        Some(environment) => {
            state.choose_environment(environment);
            true
        }
    }
}
