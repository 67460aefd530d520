//! The servers that are configured: how each is reached, how its last test went, and whether sessions may use it.

use egui::{ScrollArea, Ui};

use super::{Wishes, save, sign};
use crate::ui::{
    catalogue::say,
    icon,
    state::{State, servers::Open},
    theme::{size, space},
    widgets::{Button, entry, switch},
    words,
};

/// Draws the ways to add one, and under them the servers.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    ScrollArea::vertical().id_salt("servers").auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - space::M);
        ui.horizontal_wrapped(|ui| {
            if ui.add(Button::new(&say!("servers-add-a-server"))).clicked() {
                state.servers.show(Open::Adding);
            }
            if ui.add(Button::new(&say!("servers-look-elsewhere")).icon(icon::SEARCH)).clicked() {
                wishes.push(state.servers.look());
            }
        });
        let shown = state.servers.shown(&state.settings).map(|server| server.name.clone());
        for index in 0..state.settings.servers.len() {
            line(ui, state, index, shown.as_deref(), wishes);
        }
    });
}

fn line(ui: &mut Ui, state: &mut State, index: usize, shown: Option<&str>, wishes: &mut Wishes) {
    let Some(server) = state.settings.servers.get(index) else { return };
    let name = server.name.clone();
    let is_enabled = server.is_enabled;
    let reached = words::reached(&server.place);
    let is_testing = state.servers.testing.contains(&name);
    let report = state.servers.reports.get(&name);
    let (_, color) = sign(ui, report, is_testing);
    let off = (!is_enabled).then(|| say!("servers-switched-off"));
    let stands = off.into_iter().chain([words::state_of(report, is_testing)]).collect::<Vec<_>>().join(" · ");
    let mut is_switched = false;
    ui.horizontal_top(|ui| {
        let room = ui.available_width() - size::SWITCH - space::S;
        ui.vertical(|ui| {
            ui.set_width(room);
            if entry(ui, shown == Some(name.as_str()), [&name, &reached, &stands], color) {
                state.servers.show(Open::Server(name.clone()));
            }
        });
        is_switched = switch(ui, is_enabled, &say!("servers-may-be-used", name = name.as_str())).clicked();
    });
    if is_switched && let Some(server) = state.settings.servers.get_mut(index) {
        server.is_enabled = !is_enabled;
        save(state, wishes);
    }
}
