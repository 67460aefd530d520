//! Tool servers: the list beside what is opened of it, or one after the other where there is no room for both.
//!
//! | file | what |
//! |---|---|
//! | `list` | the servers that are configured, with a switch each |
//! | `detail` | one of them: how it is reached, how its last test went, what can be done with it |
//! | `report` | what that test found |
//! | `add` | the ways to add one |
//! | `found` | what other programs have |
//! | `form` | writing one down |
//! | `secrets` | its variables or headers, of which secrets are shown as dots |
//! | `extras` | what makes an environment of it |

mod add;
mod detail;
mod extras;
mod form;
mod found;
mod list;
mod report;
mod secrets;

pub use report::errors;

use egui::{Color32, Label, Rect, RichText, ScrollArea, Ui};

use super::Wishes;
use crate::{
    protocol::{Command, Phase, ServerReport, Snapshot},
    settings::ServerSettings,
    ui::{
        catalogue::say,
        icon,
        state::{Screen, State, servers::Open},
        theme::{palette, size, space, text},
        widgets::{Button, Look, region, scrolled, under_way},
        words,
    },
};

/// Draws the list and what is opened of it.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let room = ui.available_rect_before_wrap();
    let is_idle = snapshot.phase == Phase::Idle;
    // Without a server there is nothing that could be listed.
    if state.settings.servers.is_empty() || room.width() < size::PAIR {
        narrow(ui, state, is_idle, wishes, room);
    } else {
        wide(ui, state, is_idle, wishes, room);
    }
    ui.advance_cursor_after_rect(room);
}

/// Side by side.
fn wide(ui: &mut Ui, state: &mut State, is_idle: bool, wishes: &mut Wishes, room: Rect) {
    let side = size::SESSIONS.min(room.width() * 0.42);
    let list = room.with_max_x(room.left() + side);
    let rest = room.with_min_x(list.right() + space::M);
    region(ui, ("servers", "list"), list, |ui| list::ui(ui, state, wishes));
    region(ui, ("servers", "opened"), rest, |ui| opened(ui, state, is_idle, wishes, false));
}

/// Only one of the two, with a way back.
fn narrow(ui: &mut Ui, state: &mut State, is_idle: bool, wishes: &mut Wishes, room: Rect) {
    let has_servers = !state.settings.servers.is_empty();
    region(ui, ("servers", "alone"), room, |ui| {
        if has_servers && state.servers.open == Open::First {
            list::ui(ui, state, wishes);
        } else {
            opened(ui, state, is_idle, wishes, has_servers);
        }
    });
}

/// What is opened; every page of it keeps its own place.
fn opened(ui: &mut Ui, state: &mut State, is_idle: bool, wishes: &mut Wishes, has_way_back: bool) {
    let page = match &state.servers.open {
        Open::First => "first".to_owned(),
        Open::Server(name) => format!("server:{name}"),
        Open::Adding => "adding".to_owned(),
        Open::Found => "found".to_owned(),
        Open::Draft(_) => format!("draft:{}", state.servers.drafts),
    };
    scrolled(ui, ScrollArea::vertical().id_salt(("servers", page)), |ui| {
        // Taken out while it is drawn, for saving it changes what is open.
        match std::mem::take(&mut state.servers.open) {
            Open::Draft(draft) => form::ui(ui, state, draft, is_idle, wishes),
            Open::Found => {
                state.servers.open = Open::Found;
                found::ui(ui, state, wishes);
            }
            Open::Adding => {
                state.servers.open = Open::Adding;
                add::ui(ui, state, wishes);
            }
            other => {
                state.servers.open = other;
                match state.servers.shown(&state.settings).cloned() {
                    Some(server) => detail::ui(ui, state, &server, [is_idle, has_way_back], wishes),
                    None => add::ui(ui, state, wishes),
                }
            }
        }
    });
}

/// The state of the last test, and in one row the button for the next one and others; also for whoever prepares a
/// session with this server. What the problem was stands in a card of its own.
pub fn standing(
    ui: &mut Ui,
    state: &mut State,
    server: &ServerSettings,
    is_idle: bool,
    wishes: &mut Wishes,
    others: impl FnOnce(&mut Ui, &mut State, &mut Wishes),
) {
    let is_testing = state.servers.testing.contains(&server.name);
    let report = state.servers.reports.get(&server.name);
    let (symbol, color) = sign(ui, report, is_testing);
    let has_failed = !is_testing && report.is_some_and(|report| report.problem.is_some());
    let words = match words::state_of(report, is_testing) {
        _ if has_failed => say!("servers-last-test-failed"),
        // Each server has its own beginning.
        state if is_testing => ui.push_id(&server.name, |ui| under_way(ui, &state)).inner,
        state => state,
    };
    crate::ui::widgets::sentence(ui, symbol, &words, color);
    ui.horizontal_wrapped(|ui| {
        test(ui, state, server, is_idle, wishes);
        others(ui, state, wishes);
    });
}

/// The symbol and the colour of how a server stands.
fn sign(ui: &Ui, report: Option<&ServerReport>, is_testing: bool) -> (&'static str, Color32) {
    let colors = palette(ui);
    match report {
        _ if is_testing => (icon::RUNNING, colors.accent),
        None => (icon::SKIPPED, colors.weak),
        Some(report) if report.problem.is_some() => (icon::FAILED, colors.bad),
        Some(_) => (icon::CHECK, colors.good),
    }
}

/// The button that tests a server. Where a session is prepared, Start is what matters.
fn test(ui: &mut Ui, state: &mut State, server: &ServerSettings, is_idle: bool, wishes: &mut Wishes) {
    let is_testing = state.servers.testing.contains(&server.name);
    let name = say!("servers-test");
    // Once it has passed, using it is what comes next.
    let is_next = state.screen == Screen::Servers && !state.servers.has_passed(&server.name);
    let look = if is_next { Look::Primary } else { Look::Plain };
    let button = Button::new(&name).icon(icon::PLAY).look(look);
    let why = if is_idle { say!("servers-is-tested-already") } else { say!("servers-tested-while-idle") };
    if ui.add_enabled(is_idle && !is_testing, button).on_disabled_hover_text(why).clicked() {
        wishes.push(state.servers.test(server));
    }
}

/// Has the worker use and keep what was changed.
fn save(state: &State, wishes: &mut Wishes) {
    wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
}

fn small(ui: &mut Ui, words: &str, color: Color32) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(color)).wrap());
}

fn weak(ui: &mut Ui, words: &str) {
    small(ui, words, palette(ui).weak);
}
