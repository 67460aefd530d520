//! The token of LM Studio and the keys of the cloud: where each comes from, a field for what is missing, and the way to
//! forget it. What is typed is shown as dots and leaves this screen in one command.

use egui::{Label, RichText, Ui};

use super::{Wishes, parts};
use crate::{
    protocol::{Cause, Command, Connection, TokenFrom},
    settings::{Provider, Secret},
    ui::{
        catalogue::{said, say},
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
    let (name, button) = (say!("accounts-token"), say!("accounts-use-token"));
    let wants_focus = std::mem::take(&mut state.wants_token);
    let described = Field { name: &name, hint: "sk-lm-…", button: &button, is_secret: true, wants_focus };
    if field(ui, &described, &mut state.token, is_filled) {
        let typed = std::mem::take(&mut state.token);
        wishes.extend(Secret::new(&typed).map(|key| Command::StoreKey { provider: Provider::Local, key }));
    }
    note(ui, say!("accounts-token-made", kept = will_be_kept(connection)));
}

/// The keys of the providers in the cloud.
pub fn keys(ui: &mut Ui, state: &mut State, connection: &Connection, wishes: &mut Wishes) {
    for (index, provider) in Provider::CLOUD.into_iter().enumerate() {
        let from = comes_from(provider, connection);
        let title = provider.title();
        if from != TokenFrom::Environment {
            let name = say!("accounts-key", provider = title);
            let button = say!("accounts-use-key", provider = title);
            let hint = if from == TokenFrom::Nowhere { String::new() } else { say!("accounts-another-key") };
            let wants_focus = index == 0 && std::mem::take(&mut state.wants_token);
            let described = Field { name: &name, hint: &hint, button: &button, is_secret: true, wants_focus };
            if field(ui, &described, &mut state.keys[index], |typed| !typed.trim().is_empty()) {
                let typed = std::mem::take(&mut state.keys[index]);
                wishes.extend(Secret::new(&typed).map(|key| Command::StoreKey { provider, key }));
            }
        }
        if from == TokenFrom::Nowhere {
            note(ui, say!("accounts-key-made", provider = title, kept = will_be_kept(connection)));
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
        Some(why) => say!("accounts-will-not-be-kept", why = capitalised(&said(why))),
        None => say!("accounts-will-be-kept"),
    }
}

/// Where a key is that is in use; nothing where there is none.
fn whereabouts(provider: Provider, from: TokenFrom) -> Option<String> {
    let title = provider.title();
    Some(match (from, provider) {
        (TokenFrom::Nowhere, _) => return None,
        (TokenFrom::Environment, Provider::Local) => say!("accounts-token-of-environment", name = "LM_API_TOKEN"),
        (TokenFrom::Environment, _) => say!("accounts-key-of-environment", provider = title),
        (TokenFrom::Keychain, Provider::Local) => say!("accounts-token-in-keychain"),
        (TokenFrom::Keychain, _) => say!("accounts-key-in-keychain", provider = title),
        (TokenFrom::ThisRun, Provider::Local) => say!("accounts-token-of-this-run"),
        (TokenFrom::ThisRun, _) => say!("accounts-key-of-this-run", provider = title),
    })
}

/// Where a key is that is in use, with the button that forgets it.
fn kept(ui: &mut Ui, state: &State, provider: Provider, connection: &Connection, wishes: &mut Wishes) {
    let from = comes_from(provider, connection);
    if let Some(words) = whereabouts(provider, from) {
        let can_be_forgotten = from != TokenFrom::Environment;
        ui.horizontal(|ui| {
            let button = if can_be_forgotten { size::FIELD_BUTTON } else { 0.0 };
            let room = (ui.available_width() - button).max(size::FIELD / 2.0);
            ui.vertical(|ui| {
                ui.set_width(room);
                note(ui, words);
            });
            if can_be_forgotten && forgets(ui, provider) {
                wishes.push(Command::ForgetKey { provider });
            }
        });
    }
    match (from, &connection.keychain_trouble, state.key_troubles.get(&provider)) {
        (TokenFrom::ThisRun, Some(why), _) => note(ui, say!("accounts-not-kept", why = capitalised(&said(why)))),
        (_, _, Some(trouble)) => {
            problem(ui, Tint::Warn, trouble);
        }
        (_, _, None) => {}
    }
}

/// The button that forgets a key; what it forgets stands beside it.
fn forgets(ui: &mut Ui, provider: Provider) -> bool {
    let name = match provider {
        Provider::Local => say!("accounts-forget-token"),
        cloud => say!("accounts-forget-key", provider = cloud.title()),
    };
    parts::pressed(ui, true, Button::new(&say!("accounts-forget")), &name)
}

fn note(ui: &mut Ui, words: String) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
