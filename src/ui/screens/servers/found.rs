//! What other programs on this machine have. Their files are only read.

use egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::{Wishes, save, small, weak};
use crate::{
    protocol::FoundServers,
    settings::ServerSettings,
    ui::{
        catalogue::{said, say},
        icon,
        state::{State, servers::Open},
        theme::{palette, size, space, text},
        widgets::{Button, card, section, under_way},
        words,
    },
};

/// Draws what was found, program by program.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("servers-of-others"), |ui| {
            if ui.add(Button::new(&say!("servers-back")).icon(icon::BACK)).clicked() {
                state.servers.show(Open::First);
            }
            let is_looking = state.servers.is_looking;
            let again = say!("servers-look-again");
            if ui.add_enabled(!is_looking, Button::new(&again).icon(icon::REPEAT)).clicked() {
                wishes.push(state.servers.look());
            }
        });
        weak(ui, &say!("servers-only-read"));
        match &state.servers.found {
            _ if state.servers.is_looking => {
                let words = under_way(ui, &say!("servers-looking"));
                weak(ui, &words);
            }
            None => weak(ui, &say!("servers-not-looked")),
            Some(found) if found.is_empty() => {
                ui.add(Label::new(say!("servers-none-elsewhere")).wrap());
            }
            Some(_) => {}
        }
    });
    ui.add_space(space::S);
    let mut wanted = None;
    for found in state.servers.found.iter().flatten() {
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            wanted = program(ui, state, found).or(wanted.take());
        });
        ui.add_space(space::S);
    }
    if let Some(server) = wanted {
        state.servers.add(&mut state.settings, server);
        // There may be more to add.
        state.servers.show(Open::Found);
        save(state, wishes);
    }
}

/// The servers of one program; gives the one that is to be added.
fn program(ui: &mut Ui, state: &State, found: &FoundServers) -> Option<ServerSettings> {
    section(ui, &found.program, |_| {});
    weak(ui, &found.file);
    for trouble in &found.troubles {
        small(ui, &said(trouble), palette(ui).warn);
    }
    if found.servers.is_empty() && found.troubles.is_empty() {
        weak(ui, &say!("servers-none-there"));
    }
    let mut wanted = None;
    for server in &found.servers {
        if line(ui, state, server) {
            wanted = Some(server.clone());
        }
    }
    wanted
}

/// One server; true when it is to be added.
fn line(ui: &mut Ui, state: &State, server: &ServerSettings) -> bool {
    let is_there = state.settings.servers.iter().any(|own| own.name == server.name && own.place == server.place);
    let mut is_wanted = false;
    ui.separator();
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() - size::FIELD_BUTTON).max(size::FIELD / 2.0));
            ui.spacing_mut().item_spacing.y = space::HAIR;
            ui.add(Label::new(RichText::new(&server.name).font(text::strong())).truncate());
            weak(ui, &words::reached(&server.place));
        });
        let room = vec2(ui.available_width(), size::BUTTON);
        ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
            if is_there {
                weak(ui, &say!("servers-there-already"));
            } else {
                is_wanted = ui.add(Button::new(&say!("servers-add", name = server.name.as_str()))).clicked();
            }
        });
    });
    is_wanted
}
