//! Sessions that the program's end cut off: what was under way, what may be left of them, and the ways on.

use egui::{Frame, Label, RichText, Ui};

use super::{Wishes, small};
use crate::{
    protocol::{Command, Interrupted, Moment},
    ui::{
        catalogue::{said, say},
        icon,
        state::{Screen, State, sessions::SessionsState},
        theme::{ROUND, margins, palette, size, space, stroke, text},
        widgets::{Button, Look, announce, icon as draw_icon},
        words::kept,
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
                small(ui, &say!("sessions-older-interrupted", count = others.len()), colors.text);
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
    let kept_until = say!("sessions-kept-until", goal = kept::goal(line), result = kept::result(line));
    ui.add(Label::new(kept_until).wrap());
    for words in &interrupted.in_flight {
        small(ui, &say!("sessions-was-under-way", what = said(words)), palette(ui).text);
    }
    for left in &interrupted.left {
        small(ui, &kept::left(left), palette(ui).text);
    }
    if interrupted.left.is_empty() {
        small(ui, &say!("sessions-nothing-left"), palette(ui).text);
    }
}

fn ways_on(ui: &mut Ui, state: &mut State, interrupted: &Interrupted, wishes: &mut Wishes) {
    let session = &interrupted.line.session;
    ui.horizontal_wrapped(|ui| {
        if interrupted.left.iter().any(|left| left.is_there != Some(false)) {
            clean_up(ui, &mut state.sessions, session, wishes);
        }
        if ui.add(Button::new(&say!("sessions-see-report"))).clicked() {
            state.screen = Screen::Sessions;
            wishes.push(state.sessions.open(session));
        }
        if ui.add(Button::new(&say!("sessions-dismiss"))).on_hover_text(say!("sessions-dismiss-hint")).clicked() {
            wishes.push(Command::Acknowledge { session: session.clone() });
        }
    });
}

fn clean_up(ui: &mut Ui, sessions: &mut SessionsState, session: &str, wishes: &mut Wishes) {
    let is_cleaning = sessions.is_cleaning(session);
    let name = if is_cleaning { say!("sessions-cleaning-up") } else { say!("sessions-clean-up") };
    let button = Button::new(&name).icon(icon::FIRST_AID).look(Look::Primary);
    let response = ui.add_enabled(!is_cleaning, button).on_hover_text(say!("sessions-clean-up-hint"));
    if response.clicked() {
        wishes.push(sessions.clean_up(session));
    }
}
