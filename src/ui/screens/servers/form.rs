//! Writing a server down, and what keeps it from being used.

use egui::Ui;

use super::{Wishes, extras, save, small, weak};
use crate::{
    settings::ServerSettings,
    ui::{
        icon,
        state::{
            State,
            servers::{Draft, Open, Way},
        },
        theme::{palette, space},
        widgets::{Button, Look, card, line_field, lines_field, section, selectable},
    },
};

const KEPT_SAFE: &str = "A value that looks like a secret, such as a key or a token, goes into this system's keychain and \
                         into no file; ${NAME} stands for a variable of this program's own environment";

/// How the writing ends.
enum End {
    Saved { server: Box<ServerSettings>, is_to_be_tested: bool },
    Dropped,
}

/// Draws the form; what is being typed stays until it is saved or dropped.
pub fn ui(ui: &mut Ui, state: &mut State, mut draft: Box<Draft>, is_idle: bool, wishes: &mut Wishes) {
    let mut end = None;
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        match &draft.was {
            Some(name) => section(ui, &format!("Edit {name}"), |_| {}),
            None => section(ui, "A tool server of your own", |_| {}),
        }
        line_field(ui, "Name", "what sessions call it", &mut draft.name, false);
        way(ui, &mut draft.way);
        match draft.way {
            Way::Program => program(ui, &mut draft),
            Way::Address => address(ui, &mut draft),
        }
        extras::ui(ui, &mut draft.extras);
        end = ends(ui, draft.finished(&state.settings.servers), is_idle);
    });
    match end {
        None => state.servers.open = Open::Draft(draft),
        Some(End::Dropped) => state.servers.show(draft.was.map_or(Open::First, Open::Server)),
        Some(End::Saved { server, is_to_be_tested }) => {
            state.servers.put(&mut state.settings, draft.was.as_deref(), (*server).clone());
            save(state, wishes);
            if is_to_be_tested {
                wishes.push(state.servers.test(&server));
            }
        }
    }
}

fn way(ui: &mut Ui, way: &mut Way) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for (one, title, explanation) in [
            (Way::Program, "A program on this machine", "It is started for every session and ended with it"),
            (Way::Address, "An address", "It runs already, here or elsewhere, and is spoken to over HTTP"),
        ] {
            if selectable(ui, *way == one, title, explanation) {
                *way = one;
            }
        }
    });
}

fn program(ui: &mut Ui, draft: &mut Draft) {
    // Long ones are to be seen in full; what is split at blanks is split at line ends too.
    lines_field(ui, "Command", "npx -y @playwright/mcp@latest --isolated", &mut draft.command, 1);
    line_field(ui, "Folder that it is started in", "your own folder", &mut draft.folder, false);
    lines_field(ui, "Variables", "NAME=VALUE, one a line", &mut draft.variables, 3);
    kept(ui, draft);
}

fn address(ui: &mut Ui, draft: &mut Draft) {
    line_field(ui, "Address", "https://…/mcp", &mut draft.url, false);
    lines_field(ui, "Headers", "Name: value, one a line", &mut draft.headers, 3);
    kept(ui, draft);
}

/// What becomes of secrets.
fn kept(ui: &mut Ui, draft: &Draft) {
    for name in draft.kept() {
        small(ui, &format!("{name}: kept in the keychain"), palette(ui).text);
    }
    weak(ui, KEPT_SAFE);
}

/// What is wrong, and the ways out.
fn ends(ui: &mut Ui, finished: Result<ServerSettings, Vec<String>>, is_idle: bool) -> Option<End> {
    for wrong in finished.as_ref().err().into_iter().flatten() {
        small(ui, wrong, palette(ui).warn);
    }
    let is_usable = finished.is_ok();
    let mut pressed = [false; 3];
    ui.horizontal_wrapped(|ui| {
        let both = Button::new("Save and test").icon(icon::PLAY).look(Look::Primary);
        let why = if is_usable { "Servers are tested while no session runs" } else { "Something is still missing" };
        pressed[0] = ui.add_enabled(is_usable && is_idle, both).on_disabled_hover_text(why).clicked();
        pressed[1] = ui.add_enabled(is_usable, Button::new("Save").icon(icon::CHECK)).clicked();
        pressed[2] = ui.add(Button::new("Cancel")).clicked();
    });
    let [is_to_be_tested, is_only_saved, is_dropped] = pressed;
    match finished {
        Ok(server) if is_to_be_tested || is_only_saved => {
            Some(End::Saved { server: Box::new(server), is_to_be_tested })
        }
        _ => is_dropped.then_some(End::Dropped),
    }
}
