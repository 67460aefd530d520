//! One server: how it is reached, how its last test went, and what can be done with it.

use egui::{Label, RichText, Ui};

use super::{Wishes, report, save, standing, weak};
use crate::{
    settings::{Place, ServerSettings, servers::IN_KEYCHAIN},
    ui::{
        catalogue::say,
        icon,
        state::{
            Screen, State,
            servers::{Draft, Open},
        },
        theme::{size, space, text},
        widgets::{Button, Look, Tint, banner, card, problem, section},
        words,
    },
};

/// Draws a server and what the last test found of it.
pub fn ui(
    ui: &mut Ui,
    state: &mut State,
    server: &ServerSettings,
    [is_idle, has_way_back]: [bool; 2],
    wishes: &mut Wishes,
) {
    if has_way_back && ui.add(Button::new(&say!("servers-all")).icon(icon::BACK)).clicked() {
        state.servers.show(Open::First);
    }
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &server.name, |_| {});
        ui.add(Label::new(RichText::new(words::reached(&server.place)).font(text::mono())).wrap());
        told(ui, server);
        standing(ui, state, server, is_idle, wishes, |ui, state, wishes| buttons(ui, state, server, wishes));
    });
    ui.add_space(space::S);
    if state.servers.is_removing {
        removing(ui, state, server, wishes);
    }
    let found = state.servers.reports.get(&server.name).cloned();
    if let Some(trouble) = found.as_ref().and_then(|found| found.problem.as_ref()) {
        if let Some(fix) = problem(ui, Tint::Bad, trouble) {
            state.wish_for(fix, wishes);
        }
        ui.add_space(space::S);
    }
    if !server.extras.allowed.is_empty() {
        allowed(ui, state, server, wishes);
    }
    if let Some(found) = &found {
        report::ui(ui, found);
    }
}

/// What it is told when it is started or asked; no values, for some of them are nobody's business.
fn told(ui: &mut Ui, server: &ServerSettings) {
    let pairs = server.values();
    if let Place::Program { folder, .. } = &server.place
        && !folder.is_empty()
    {
        weak(ui, &say!("servers-started-in", folder = folder.as_str()));
    }
    if pairs.is_empty() {
        return;
    }
    let named = |(name, value): (&String, &String)| {
        if value.contains(IN_KEYCHAIN) { say!("servers-in-keychain", name = name.as_str()) } else { name.clone() }
    };
    let names = pairs.iter().map(named).collect::<Vec<_>>().join(", ");
    let words = match &server.place {
        Place::Program { .. } => say!("servers-its-variables", names = names),
        Place::Address { .. } => say!("servers-its-headers", names = names),
    };
    weak(ui, &words);
}

fn buttons(ui: &mut Ui, state: &mut State, server: &ServerSettings, wishes: &mut Wishes) {
    if ui.add(Button::new(&say!("servers-edit"))).clicked() {
        state.servers.show(Open::Draft(Box::new(Draft::of(server))));
    }
    if ui.add(Button::new(&say!("servers-remove")).icon(icon::REMOVE)).clicked() {
        state.servers.is_removing = true;
    }
    let is_chosen = state.environment() == server.environment();
    let name = say!("servers-use");
    let is_next = state.servers.has_passed(&server.name);
    let look = if is_next { Look::Primary } else { Look::Plain };
    let button = Button::new(&name).icon(icon::RUN).look(look);
    let why = if is_chosen { say!("servers-is-used") } else { say!("servers-is-off") };
    if ui.add_enabled(server.is_enabled && !is_chosen, button).on_disabled_hover_text(why).clicked() {
        state.choose_environment(&server.environment());
        state.settings.agent.goal.clone_from(&state.goal);
        state.settings.agent.goal_when.clone_from(&state.goal_when);
        state.is_choosing = true;
        state.screen = Screen::Run;
        save(state, wishes);
    }
}

/// Asks once whether it is to go.
fn removing(ui: &mut Ui, state: &mut State, server: &ServerSettings, wishes: &mut Wishes) {
    ui.scope(|ui| {
        // The sign stands beside the sentence, not between it and the buttons.
        ui.spacing_mut().interact_size.y = size::ICON_LARGE;
        banner(ui, Tint::Warn, icon::WARNING, |ui| {
            ui.vertical(|ui| {
                ui.spacing_mut().interact_size.y = size::BUTTON;
                ui.set_width(ui.available_width());
                let words = say!("servers-will-be-forgotten", name = server.name.as_str());
                ui.add(Label::new(RichText::new(words).font(text::strong())).wrap());
                ui.horizontal_wrapped(|ui| remove_or_keep(ui, state, server, wishes));
            });
        });
    });
    ui.add_space(space::S);
}

fn remove_or_keep(ui: &mut Ui, state: &mut State, server: &ServerSettings, wishes: &mut Wishes) {
    let remove = say!("servers-remove-it", name = server.name.as_str());
    if ui.add(Button::new(&remove).icon(icon::REMOVE).look(Look::Danger)).clicked() {
        state.servers.remove(&mut state.settings, &server.name);
        save(state, wishes);
    }
    if ui.add(Button::new(&say!("servers-keep-it"))).clicked() {
        state.servers.is_removing = false;
    }
}

/// What is never asked about, and the way to take that back.
fn allowed(ui: &mut Ui, state: &mut State, server: &ServerSettings, wishes: &mut Wishes) {
    let mut taken_back = None;
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("servers-allowed"), |_| {});
        weak(ui, &say!("servers-allowed-means"));
        ui.horizontal_wrapped(|ui| {
            for tool in &server.extras.allowed {
                if ui.add(Button::new(&say!("servers-ask-again", tool = tool.as_str()))).clicked() {
                    taken_back = Some(tool.clone());
                }
            }
        });
    });
    ui.add_space(space::S);
    let Some(tool) = taken_back else { return };
    if let Some(server) = state.settings.servers.iter_mut().find(|other| other.name == server.name) {
        server.extras.allowed.retain(|allowed| *allowed != tool);
        save(state, wishes);
    }
}
