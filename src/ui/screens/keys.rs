//! The token of LM Studio and the keys of the cloud: where each comes from, a field for what is missing, and the way to
//! forget it. What is typed is shown as dots and leaves this screen in one command.

use egui::{Color32, Label, RichText, Ui};

use super::Wishes;
use crate::{
    protocol::{Cause, Command, Connection, TokenFrom},
    settings::{Provider, Secret},
    ui::{
        state::State,
        theme::{palette, size, text},
        widgets::{Button, Field, Tint, capitalised, field, problem},
    },
};

/// The token of LM Studio, with a field once somebody has asked for one.
pub fn token(ui: &mut Ui, state: &mut State, connection: &Connection, wishes: &mut Wishes) {
    let cause = state.report.as_ref().and_then(|report| report.cause);
    let is_wanted = cause == Some(Cause::AuthRequiredOrInvalid) || state.wants_token;
    if is_wanted && connection.token != TokenFrom::Environment {
        token_field(ui, state, connection, wishes);
    }
    kept(ui, state, Provider::Local, connection, wishes);
}

fn token_field(ui: &mut Ui, state: &mut State, connection: &Connection, wishes: &mut Wishes) {
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
        wishes.extend(Secret::new(&typed).map(|key| Command::StoreKey { provider: Provider::Local, key }));
    }
    let weak = palette(ui).weak;
    note(ui, &format!("It is made in LM Studio under Developer, Server Settings. {}", will_be_kept(connection)), weak);
}

/// The keys of the providers in the cloud.
pub fn keys(ui: &mut Ui, state: &mut State, connection: &Connection, wishes: &mut Wishes) {
    for (index, provider) in Provider::CLOUD.into_iter().enumerate() {
        let from = comes_from(provider, connection);
        let title = provider.title();
        if from != TokenFrom::Environment {
            let (name, button) = (format!("Key for {title}"), format!("Use key for {title}"));
            let hint = if from == TokenFrom::Nowhere { "" } else { "another one takes its place" };
            let wants_focus = index == 0 && std::mem::take(&mut state.wants_token);
            let described = Field { name: &name, hint, button: &button, is_secret: true, wants_focus };
            if field(ui, &described, &mut state.keys[index], |typed| !typed.trim().is_empty()) {
                let typed = std::mem::take(&mut state.keys[index]);
                wishes.extend(Secret::new(&typed).map(|key| Command::StoreKey { provider, key }));
            }
        }
        if from == TokenFrom::Nowhere {
            let weak = palette(ui).weak;
            note(ui, &format!("It is made in the console of {title}. {}", will_be_kept(connection)), weak);
        }
        kept(ui, state, provider, connection, wishes);
    }
}

fn comes_from(provider: Provider, connection: &Connection) -> TokenFrom {
    match provider {
        Provider::Local => connection.token,
        Provider::Gemini => connection.gemini_key,
        Provider::Claude => connection.claude_key,
        // What a tool server needs belongs to its own settings.
        Provider::Tools => TokenFrom::Nowhere,
    }
}

/// What will become of a key that is typed in.
fn will_be_kept(connection: &Connection) -> String {
    match &connection.keychain_trouble {
        Some(why) => format!("{} and is written nowhere", not_kept(why)),
        None => "It is kept in this system's keychain and in no file".to_owned(),
    }
}

/// `There is no keychain: no service answers, so it is kept until the program ends`.
fn not_kept(why: &str) -> String {
    format!("{}, so it is kept until the program ends", capitalised(why))
}

/// Where a key is that is in use, with the button that forgets it.
fn kept(ui: &mut Ui, state: &State, provider: Provider, connection: &Connection, wishes: &mut Wishes) {
    let colors = palette(ui);
    let from = comes_from(provider, connection);
    let is_local = provider == Provider::Local;
    let title = provider.title();
    let words = match from {
        TokenFrom::Nowhere => None,
        TokenFrom::Environment if is_local => {
            Some("The token comes from LM_API_TOKEN; it can only be changed there".to_owned())
        }
        TokenFrom::Environment => {
            Some(format!("The key for {title} comes from the environment; it can only be changed there"))
        }
        TokenFrom::Keychain if is_local => Some("The token for LM Studio is kept in this system's keychain".to_owned()),
        TokenFrom::Keychain => Some(format!("The key for {title} is kept in this system's keychain")),
        TokenFrom::ThisRun if is_local => {
            Some("A token is in use until the program ends; it is written nowhere".to_owned())
        }
        TokenFrom::ThisRun => {
            Some(format!("A key for {title} is in use until the program ends; it is written nowhere"))
        }
    };
    if let Some(words) = words {
        let can_be_forgotten = from != TokenFrom::Environment;
        let forget = if is_local { "Forget token".to_owned() } else { format!("Forget key for {title}") };
        ui.horizontal(|ui| {
            let button = if can_be_forgotten { size::FIELD_BUTTON } else { 0.0 };
            let room = (ui.available_width() - button).max(size::FIELD / 2.0);
            ui.vertical(|ui| {
                ui.set_width(room);
                note(ui, &words, colors.weak);
            });
            if can_be_forgotten && ui.add(Button::new(&forget)).clicked() {
                wishes.push(Command::ForgetKey { provider });
            }
        });
    }
    match (from, &connection.keychain_trouble, state.key_troubles.get(&provider)) {
        (TokenFrom::ThisRun, Some(why), _) => note(ui, &not_kept(why), colors.weak),
        (_, _, Some(trouble)) => {
            problem(ui, Tint::Warn, trouble);
        }
        (_, _, None) => {}
    }
}

fn note(ui: &mut Ui, words: &str, color: Color32) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(color)).wrap());
}
