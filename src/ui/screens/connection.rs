//! Where the server is, and whether a local one is asked at all.

use egui::{Label, RichText, TextEdit, Ui};

use super::Wishes;
use crate::{
    protocol::{Cause, Command, Connection, Depth, Snapshot, TokenFrom},
    settings::{CloudMode, Provider, Secret},
    ui::{
        icon,
        state::State,
        theme::{margins, palette, size, space, text},
        widgets::{Button, card, label_icon, section, toggle},
    },
};

/// Draws the address and the cloud toggle.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Connection", |_| {});
        if state.settings.demo {
            let words = "The built-in demo answers: a script, not a language model. Nothing leaves this machine";
            label_icon(ui, icon::CUBE, words, palette(ui).accent);
        } else if state.settings.cloud == CloudMode::CloudOnly {
            keys(ui, state, &snapshot.connection, wishes);
        } else {
            address(ui, state, wishes);
            token(ui, state, snapshot.connection.token, wishes);
        }
        ui.add_space(space::XS);
        cloud(ui, state, wishes);
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

/// How a field is shown.
struct Field<'a> {
    name: &'a str,
    hint: &'a str,
    button: &'a str,
    is_secret: bool,
    /// It is to have the focus now.
    wants_focus: bool,
}

/// A field with its name before it and its button behind it; true when what was typed is to be used.
fn field(ui: &mut Ui, field: &Field<'_>, typed: &mut String, is_usable: impl Fn(&str) -> bool) -> bool {
    ui.horizontal(|ui| {
        let Field { name, hint, button, is_secret, wants_focus } = *field;
        let label = ui.label(name);
        let field = TextEdit::singleline(typed)
            .password(is_secret)
            .hint_text(hint)
            .desired_width((ui.available_width() - size::FIELD_BUTTON).max(size::FIELD / 2.0))
            .margin(margins(space::S, space::XS))
            .align(egui::Align2::LEFT_CENTER)
            .min_size(egui::vec2(0.0, size::BUTTON));
        let response = ui.add(field).labelled_by(label.id);
        if wants_focus {
            response.request_focus();
            response.scroll_to_me(None);
        }
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let is_usable = is_usable(typed);
        let is_pressed = ui.add_enabled(is_usable, Button::new(button)).clicked();
        is_usable && (is_entered || is_pressed)
    })
    .inner
}

/// A field for the token, once somebody has asked for one.
fn token(ui: &mut Ui, state: &mut State, from: TokenFrom, wishes: &mut Wishes) {
    let cause = state.report.as_ref().and_then(|report| report.cause);
    let is_wanted = cause == Some(Cause::AuthRequiredOrInvalid) || state.wants_token;
    let weak = |words: &str| RichText::new(words).font(text::small());
    match from {
        TokenFrom::Environment => {
            let words = "The token comes from LM_API_TOKEN; it can only be changed there";
            ui.add(Label::new(weak(words).color(palette(ui).weak)).wrap());
        }
        TokenFrom::ThisRun | TokenFrom::Nowhere if is_wanted => token_field(ui, state, wishes),
        TokenFrom::ThisRun => {
            let words = "A token is in use until the program ends; it is written nowhere";
            ui.add(Label::new(weak(words).color(palette(ui).weak)).wrap());
        }
        TokenFrom::Nowhere => {}
    }
}

fn token_field(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let is_filled = |typed: &str| !typed.trim().is_empty();
    let field_of_token = Field {
        name: "LM Studio token",
        hint: "sk-lm-…",
        button: "Use token",
        is_secret: true,
        wants_focus: std::mem::take(&mut state.wants_token),
    };
    if field(ui, &field_of_token, &mut state.token, is_filled) {
        let typed = std::mem::take(&mut state.token);
        wishes.extend(Secret::new(&typed).map(|token| Command::UseKey { provider: Provider::Local, key: token }));
    }
    let words = "It is made in LM Studio under Developer, Server Settings. It is kept until the program ends and written nowhere";
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}

fn cloud(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let is_cloud_only = state.settings.cloud == CloudMode::CloudOnly;
    let response = toggle(ui, is_cloud_only, "Cloud only");
    if response.clicked() {
        state.settings.cloud = if is_cloud_only { CloudMode::LocalOnly } else { CloudMode::CloudOnly };
        wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
        wishes.push(Command::CheckHealth { depth: Depth::Full });
    }
    let words = if is_cloud_only {
        "No local server is asked. What the agent sees goes to Gemini and Claude, by your keys"
    } else {
        "Off: only this server is asked. On: no local server is asked, what the agent sees goes to Gemini and Claude"
    };
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}

/// The keys of the providers in the cloud: where each comes from, and a field for what is missing.
fn keys(ui: &mut Ui, state: &mut State, connection: &Connection, wishes: &mut Wishes) {
    let from = [(Provider::Gemini, connection.gemini_key), (Provider::Claude, connection.claude_key)];
    for (index, (provider, from)) in from.into_iter().enumerate() {
        let title = provider.title();
        let words = match from {
            TokenFrom::Environment => {
                format!("The key for {title} comes from the environment; it can only be changed there")
            }
            TokenFrom::ThisRun => format!("A key for {title} is in use until the program ends; it is written nowhere"),
            TokenFrom::Nowhere => {
                format!("It is made in the console of {title}, kept until the program ends and written nowhere")
            }
        };
        if from != TokenFrom::Environment {
            let (name, button) = (format!("Key for {title}"), format!("Use key for {title}"));
            let wants_focus = index == 0 && std::mem::take(&mut state.wants_token);
            let described = Field { name: &name, hint: "", button: &button, is_secret: true, wants_focus };
            if field(ui, &described, &mut state.keys[index], |typed| !typed.trim().is_empty()) {
                let typed = std::mem::take(&mut state.keys[index]);
                wishes.extend(Secret::new(&typed).map(|key| Command::UseKey { provider, key }));
            }
        }
        ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
    }
}
