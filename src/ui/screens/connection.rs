//! Where the server is, by which keys the cloud is asked, and where models may run at all.

use egui::{Label, RichText, Ui};

use super::{Wishes, keys};
use crate::{
    protocol::{Command, Depth, Product, Snapshot},
    settings::CloudMode,
    ui::{
        catalogue::say,
        icon,
        state::State,
        theme::{palette, space, text},
        widgets::{Field, card, choice, field, named, section, sentence, toggle},
        words,
    },
};

/// Draws address, keys and policy.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("setup-connection"), |_| {});
        if state.settings.demo {
            sentence(ui, icon::CUBE, &say!("setup-demo-answers"), palette(ui).accent);
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

/// The name of whoever answers, as it stands at the beginning of a sentence.
pub fn who(product: Product) -> String {
    match product {
        Product::Demo => say!("setup-who-demo"),
        Product::Unknown => say!("setup-who-unknown"),
        known => known.title().to_owned(),
    }
}

fn address(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let saved = state.settings.endpoints.first().map(|endpoint| endpoint.url.clone()).unwrap_or_default();
    let is_changed = |typed: &str| typed.trim() != saved;
    let (name, button) = (say!("setup-address"), say!("setup-use-address"));
    let hint = say!("setup-address-hint", example = "http://127.0.0.1:1234");
    let described = Field { name: &name, hint: &hint, button: &button, is_secret: false, wants_focus: false };
    if field(ui, &described, &mut state.address, is_changed) {
        if let Some(endpoint) = state.settings.endpoints.first_mut() {
            state.address.trim().clone_into(&mut endpoint.url);
        }
        wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
        wishes.push(Command::CheckHealth { depth: Depth::Full });
    }
    note(ui, say!("setup-address-empty", port = "1234"));
}

/// Where models may run: all four ways in a list, and a switch for the one that asks no local server.
fn policy(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let mode = state.settings.cloud;
    let mut chosen = None;
    let name = say!("setup-where");
    named(ui, &name, |ui| {
        chosen = choice(ui, &name, &mode, &words::CLOUD_MODES, |mode| words::cloud_mode(*mode));
    });
    let is_cloud_only = mode == CloudMode::CloudOnly;
    if toggle(ui, is_cloud_only, &say!("setup-cloud-only")).clicked() {
        chosen = Some(if is_cloud_only { CloudMode::LocalOnly } else { CloudMode::CloudOnly });
    }
    let meaning = match mode {
        CloudMode::LocalOnly => say!("setup-means-local-only"),
        CloudMode::LocalFirst => say!("setup-means-local-first"),
        CloudMode::CloudFirst => say!("setup-means-cloud-first"),
        CloudMode::CloudOnly => say!("setup-means-cloud-only"),
    };
    note(ui, meaning);
    if let Some(mode) = chosen {
        state.settings.cloud = mode;
        wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
        wishes.push(Command::CheckHealth { depth: Depth::Full });
    }
}

fn note(ui: &mut Ui, words: String) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
