//! Where the server is, by which keys the cloud is asked, and where models may run at all.

use egui::{Label, RichText, Ui};

use super::{Wishes, keys};
use crate::{
    protocol::{Command, Depth, Snapshot},
    settings::CloudMode,
    ui::{
        icon,
        state::State,
        theme::{palette, space, text},
        widgets::{Field, card, choice, field, label_icon, section, toggle},
        words,
    },
};

/// The name of the list of policies.
const WHERE: &str = "Where models may run";

/// Draws address, keys and policy.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Connection", |_| {});
        if state.settings.demo {
            let words = "The built-in demo answers: a script, not a language model. Nothing leaves this machine";
            label_icon(ui, icon::CUBE, words, palette(ui).accent);
        } else {
            let (mode, connection) = (state.settings.cloud, &snapshot.connection);
            if mode != CloudMode::CloudOnly {
                address(ui, state, wishes);
                keys::token(ui, state, connection, wishes);
            }
            if mode != CloudMode::LocalOnly {
                keys::keys(ui, state, connection, wishes);
            }
        }
        ui.add_space(space::XS);
        policy(ui, state, wishes);
    });
}

fn address(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let saved = state.settings.endpoints.first().map(|endpoint| endpoint.url.clone()).unwrap_or_default();
    let is_changed = |typed: &str| typed.trim() != saved;
    let hint = "found by itself, such as http://127.0.0.1:1234";
    let field_of_address =
        Field { name: "Server address", hint, button: "Use it", is_secret: false, wants_focus: false };
    if field(ui, &field_of_address, &mut state.address, is_changed) {
        if let Some(endpoint) = state.settings.endpoints.first_mut() {
            state.address.trim().clone_into(&mut endpoint.url);
        }
        wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
        wishes.push(Command::CheckHealth { depth: Depth::Full });
    }
    let words = "Left empty, LM Studio is found by itself: from its own configuration, else at port 1234";
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}

/// Where models may run: all four ways in a list, and a switch for the one that asks no local server.
fn policy(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let mode = state.settings.cloud;
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.label(WHERE);
        chosen = choice(ui, WHERE, &mode, &words::CLOUD_MODES, |mode| words::cloud_mode(*mode).to_owned());
    });
    let is_cloud_only = mode == CloudMode::CloudOnly;
    if toggle(ui, is_cloud_only, "Cloud only").clicked() {
        chosen = Some(if is_cloud_only { CloudMode::LocalOnly } else { CloudMode::CloudOnly });
    }
    let words = match mode {
        CloudMode::LocalOnly => {
            "Off: only this server is asked. On: no local server is asked, what the agent sees goes to Gemini and \
             Claude"
        }
        CloudMode::LocalFirst => {
            "This server is asked first. Where it fails, what the agent sees goes to Gemini and Claude, by your keys; \
             the status bar says so before"
        }
        CloudMode::CloudFirst => {
            "What the agent sees goes to Gemini and Claude, by your keys. Where they fail, this server is asked"
        }
        CloudMode::CloudOnly => "No local server is asked. What the agent sees goes to Gemini and Claude, by your keys",
    };
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
    if let Some(mode) = chosen {
        state.settings.cloud = mode;
        wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
        wishes.push(Command::CheckHealth { depth: Depth::Full });
    }
}
