//! The ways to add a server: one that is known, one of your own, or one that another program has.

use egui::{Label, RichText, Ui};

use super::{Wishes, save, weak};
use crate::{
    settings::{SERVER_PRESETS, ServerPreset},
    ui::{
        icon,
        state::{
            State,
            servers::{Draft, Open, Way},
        },
        theme::{space, text},
        widgets::{Button, card, line_field, section},
    },
};

/// Draws the ways.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let is_first = state.settings.servers.is_empty();
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, if is_first { "No tool server yet" } else { "Add a tool server" }, |ui| {
            if !is_first && ui.add(Button::new("Back").icon(icon::BACK)).clicked() {
                state.servers.show(Open::First);
            }
        });
        let words = "A tool server (MCP) offers tools: a browser, files, a shop. Once it is added and tested, sessions can \
                     choose it as their environment, and its tools are what the agent can do";
        ui.add(Label::new(words).wrap());
        ui.horizontal_wrapped(|ui| {
            if ui.add(Button::new("A program of your own…")).clicked() {
                state.servers.show(Open::Draft(Box::new(Draft::new(Way::Program))));
            }
            if ui.add(Button::new("An address…")).clicked() {
                state.servers.show(Open::Draft(Box::new(Draft::new(Way::Address))));
            }
            // Beside the list it stands there.
            if is_first && ui.add(Button::new("Look in other programs").icon(icon::SEARCH)).clicked() {
                wishes.push(state.servers.look());
            }
        });
    });
    ui.add_space(space::S);
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Known servers", |_| {});
        for preset in &SERVER_PRESETS {
            ui.separator();
            self::preset(ui, state, preset, wishes);
        }
    });
}

/// One that is known, with a field for what it needs to be told.
fn preset(ui: &mut Ui, state: &mut State, preset: &ServerPreset, wishes: &mut Wishes) {
    ui.add(Label::new(RichText::new(preset.title).font(text::strong())).wrap());
    weak(ui, preset.about);
    let typed = state.servers.needed.entry(preset.name).or_default();
    let mut is_entered = false;
    if let Some(needs) = preset.needs {
        is_entered = line_field(ui, needs, "", typed, false);
    }
    let needed = typed.trim().to_owned();
    let is_ready = preset.needs.is_none() || !needed.is_empty();
    let name = format!("Add {}", preset.title);
    let button = Button::new(&name).icon(icon::CHECK);
    let why = "Say first what it needs";
    let is_pressed = ui.add_enabled(is_ready, button).on_disabled_hover_text(why).clicked();
    if is_ready && (is_pressed || is_entered) {
        state.servers.needed.remove(preset.name);
        state.servers.add(&mut state.settings, (preset.server)(&needed));
        save(state, wishes);
    }
}
