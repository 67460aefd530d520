//! A tool server before a session: how it stands, and what a person is asked before.

use egui::Ui;

use super::weak;
use crate::{
    settings::AskFrom,
    ui::{
        catalogue::say,
        screens::{Wishes, servers},
        state::{Screen, State, servers::Open},
        widgets::{Button, Tint, card, choice, named, problem, section},
        words,
    },
};

/// Draws how the server that was chosen stands; true when something was changed.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) -> bool {
    let environment = state.environment().to_owned();
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("choices-tools"), |_| {});
        let Some(server) = state.settings.server_of(&environment).cloned() else {
            weak(ui, &say!("choices-tools-gone"));
            if ui.add(Button::new(&say!("choices-tools-open-servers"))).clicked() {
                state.servers.show(Open::Adding);
                state.screen = Screen::Servers;
            }
            return false;
        };
        weak(ui, &words::reached(&server.place));
        servers::standing(ui, state, &server, true, wishes, |ui, state, _| {
            if ui.add(Button::new(&say!("choices-tools-open", server = server.name.as_str()))).clicked() {
                state.servers.show(Open::Server(server.name.clone()));
                state.screen = Screen::Servers;
            }
        });
        let trouble = state.servers.reports.get(&server.name).and_then(|report| report.problem.clone());
        if let Some(found) = trouble
            && let Some(fix) = problem(ui, Tint::Bad, &found)
        {
            state.wish_for(fix, wishes);
        }
        let name = say!("choices-ask-before");
        let words = |from: &AskFrom| words::ask_from(*from);
        let ask_from = named(ui, &name, |ui| choice(ui, &name, &server.extras.ask_from, &AskFrom::ALL, words));
        let kept = state.settings.servers.iter_mut().find(|kept| kept.name == server.name);
        let (Some(ask_from), Some(kept)) = (ask_from, kept) else { return false };
        kept.extras.ask_from = ask_from;
        true
    })
    .inner
}
