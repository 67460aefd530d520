//! Writing a server down, and what keeps it from being used.

use egui::Ui;

use super::{Wishes, extras, save, secrets, small, weak};
use crate::{
    settings::ServerSettings,
    ui::{
        catalogue::say,
        icon,
        state::{
            State,
            servers::{COLON, Draft, EQUALS, Open, Way},
        },
        theme::{palette, space},
        widgets::{Button, Look, card, line_field, lines_field, section, selectable},
    },
};

/// How a variable of this program's own environment is written; it is no text, and braces mean something else there.
const VARIABLE: &str = "${NAME}";

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
            Some(name) => section(ui, &say!("servers-edit-it", name = name.as_str()), |_| {}),
            None => section(ui, &say!("servers-one-of-your-own"), |_| {}),
        }
        line_field(ui, &say!("servers-name"), &say!("servers-name-hint"), &mut draft.name, false);
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
            (Way::Program, say!("servers-program"), say!("servers-program-means")),
            (Way::Address, say!("servers-address"), say!("servers-address-means")),
        ] {
            if selectable(ui, *way == one, &title, &explanation) {
                *way = one;
            }
        }
    });
}

fn program(ui: &mut Ui, draft: &mut Draft) {
    // Long ones are to be seen in full; what is split at blanks is split at line ends too.
    lines_field(ui, &say!("servers-command"), "npx -y @playwright/mcp@latest --isolated", &mut draft.command, 1);
    line_field(ui, &say!("servers-folder"), &say!("servers-folder-hint"), &mut draft.folder, false);
    secrets::ui(ui, &say!("servers-variables"), &say!("servers-variables-hint"), &mut draft.variables, EQUALS);
    kept(ui, draft);
}

fn address(ui: &mut Ui, draft: &mut Draft) {
    line_field(ui, &say!("servers-url"), "https://…/mcp", &mut draft.url, false);
    secrets::ui(ui, &say!("servers-headers"), &say!("servers-headers-hint"), &mut draft.headers, COLON);
    kept(ui, draft);
}

/// What becomes of secrets.
fn kept(ui: &mut Ui, draft: &Draft) {
    for name in draft.kept() {
        small(ui, &say!("servers-value-in-keychain", name = name), palette(ui).text);
    }
    weak(ui, &say!("servers-kept-safe", variable = VARIABLE));
}

/// What is wrong, and the ways out.
fn ends(ui: &mut Ui, finished: Result<ServerSettings, Vec<String>>, is_idle: bool) -> Option<End> {
    for wrong in finished.as_ref().err().into_iter().flatten() {
        small(ui, wrong, palette(ui).warn);
    }
    let is_usable = finished.is_ok();
    let mut pressed = [false; 3];
    ui.horizontal_wrapped(|ui| {
        let name = say!("servers-save-and-test");
        let both = Button::new(&name).icon(icon::PLAY).look(Look::Primary);
        let why = if is_usable { say!("servers-tested-while-idle") } else { say!("servers-still-missing") };
        pressed[0] = ui.add_enabled(is_usable && is_idle, both).on_disabled_hover_text(why).clicked();
        pressed[1] = ui.add_enabled(is_usable, Button::new(&say!("servers-save"))).clicked();
        pressed[2] = ui.add(Button::new(&say!("servers-cancel"))).clicked();
    });
    let [is_to_be_tested, is_only_saved, is_dropped] = pressed;
    match finished {
        Ok(server) if is_to_be_tested || is_only_saved => {
            Some(End::Saved { server: Box::new(server), is_to_be_tested })
        }
        _ => is_dropped.then_some(End::Dropped),
    }
}
