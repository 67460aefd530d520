//! Sessions that the program's end cut off: what was under way, what may be left of them, and the ways on.

use egui::{Frame, Label, RichText, Ui};

use super::{Wishes, small};
use crate::{
    protocol::{Command, Interrupted, Moment},
    ui::{
        icon,
        state::{Screen, State, sessions::SessionsState},
        theme::{ROUND, margins, palette, size, space, stroke, text},
        widgets::{Button, Look, announce, icon as draw_icon},
        words::{counted, kept},
    },
};

/// Draws the newest one that nobody has looked after; the others come after it.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let Some(list) = state.sessions.list.clone() else { return };
    let Some((newest, others)) = list.interrupted.split_first() else { return };
    let colors = palette(ui);
    let now = Moment::now();
    let title = kept::was_interrupted(&newest.line, now);
    let framed = Frame::new()
        .fill(colors.warn_wash)
        .stroke(stroke(space::HAIR, colors.warn))
        .corner_radius(ROUND)
        .inner_margin(margins(space::L, space::M))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.horizontal(|ui| {
                draw_icon(ui, icon::WARNING, size::ICON_LARGE, colors.warn);
                ui.add(Label::new(RichText::new(&title).font(text::heading())).wrap());
            });
            told(ui, newest);
            if !others.is_empty() {
                let count = u64::try_from(others.len()).unwrap_or(u64::MAX);
                let more = counted(count, "older session was", "older sessions were");
                small(ui, &format!("{more} interrupted too, and will be shown after this one"), colors.text);
            }
            ui.add_space(space::XS);
            ways_on(ui, state, newest, wishes);
        });
    announce(&framed.response, &title);
    ui.add_space(space::S);
}

/// What it was, what was under way, what may be left.
fn told(ui: &mut Ui, interrupted: &Interrupted) {
    let line = &interrupted.line;
    let kept_until = format!("{}: kept until {}", kept::goal(line), kept::result(line));
    ui.add(Label::new(kept_until).wrap());
    for words in &interrupted.in_flight {
        small(ui, &format!("Under way: {words}"), palette(ui).text);
    }
    for left in &interrupted.left {
        small(ui, &kept::left(left), palette(ui).text);
    }
    if interrupted.left.is_empty() {
        small(ui, "It had started nothing that could outlive it", palette(ui).text);
    }
}

fn ways_on(ui: &mut Ui, state: &mut State, interrupted: &Interrupted, wishes: &mut Wishes) {
    let session = &interrupted.line.session;
    ui.horizontal_wrapped(|ui| {
        if interrupted.left.iter().any(|left| left.is_there != Some(false)) {
            clean_up(ui, &mut state.sessions, session, wishes);
        }
        if ui.add(Button::new("See the report")).clicked() {
            state.screen = Screen::Sessions;
            wishes.push(state.sessions.open(session));
        }
        if ui.add(Button::new("Dismiss")).on_hover_text("It stays in the list of sessions").clicked() {
            wishes.push(Command::Acknowledge { session: session.clone() });
        }
    });
}

fn clean_up(ui: &mut Ui, sessions: &mut SessionsState, session: &str, wishes: &mut Wishes) {
    let is_cleaning = sessions.is_cleaning(session);
    let button =
        Button::new(if is_cleaning { "Cleaning up" } else { "Clean up" }).icon(icon::FIRST_AID).look(Look::Primary);
    let response = ui.add_enabled(!is_cleaning, button).on_hover_text("Ends what is still there of this session");
    if response.clicked() {
        wishes.push(sessions.clean_up(session));
    }
}
