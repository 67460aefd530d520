//! A tool server before a session: how it stands, and what a person is asked before.

use egui::{Label, RichText, Ui};

use crate::{
    settings::AskFrom,
    ui::{
        screens::{Wishes, servers},
        state::{Screen, State, servers::Open},
        theme::{palette, text},
        widgets::{Button, Tint, card, choice, named, problem, section},
        words,
    },
};

/// Draws how the server that was chosen stands; true when something was changed.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) -> bool {
    let environment = state.environment().to_owned();
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Tools", |_| {});
        let Some(server) = state.settings.server_of(&environment).cloned() else {
            weak(ui, "It is not there any more; choose another environment, or add it again");
            if ui.add(Button::new("Open the servers")).clicked() {
                state.servers.show(Open::Adding);
                state.screen = Screen::Servers;
            }
            return false;
        };
        weak(ui, &words::reached(&server.place));
        servers::standing(ui, state, &server, true, wishes, |ui, state, _| {
            if ui.add(Button::new(&format!("Open {}", server.name))).clicked() {
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
        let ask_from = named(ui, "Ask before", |ui| {
            choice(ui, "Ask before", &server.extras.ask_from, &AskFrom::ALL, |from| words::ask_from(*from).to_owned())
        });
        let kept = state.settings.servers.iter_mut().find(|kept| kept.name == server.name);
        let (Some(ask_from), Some(kept)) = (ask_from, kept) else { return false };
        kept.extras.ask_from = ask_from;
        true
    })
    .inner
}

fn weak(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
