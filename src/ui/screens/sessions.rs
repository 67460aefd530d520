//! Past sessions: the list beside what is opened of it, or one after the other where there is no room for both.
//!
//! | file | what |
//! |---|---|
//! | `list` | what the journal has, and searching it |
//! | `keeping` | how long it is kept |
//! | `detail` | one session: what became of it, and what can be done with it |
//! | `timeline` | its plots under one cursor |
//! | `steps`, `figures` | what it did; who did it, what went wrong, how it ended |
//! | `why` | the reasons of one step |
//! | `compare` | two sessions beside each other |
//! | `cut_off` | sessions that the program's end cut off |

mod compare;
mod cut_off;
mod detail;
mod figures;
mod keeping;
mod list;
mod steps;
mod timeline;
mod why;

use std::time::Duration;

use egui::{Color32, Label, Rect, RichText, ScrollArea, Ui};

use super::Wishes;
use crate::{
    protocol::{Ending, SessionLine, SessionState, Snapshot},
    ui::{
        icon,
        state::State,
        theme::{palette, size, space, text},
        widgets::{Tint, region, scrolled},
    },
};

/// Draws the list and what is opened of it.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    ask(ui, state, wishes);
    state.sessions.speak();
    let room = ui.available_rect_before_wrap();
    // Without a session there is nothing that could be listed.
    let has_none = state.sessions.list.as_deref().is_some_and(list::is_empty);
    if has_none || room.width() < size::PAIR {
        narrow(ui, state, snapshot, wishes, room);
    } else {
        wide(ui, state, snapshot, wishes, room);
    }
    ui.advance_cursor_after_rect(room);
}

/// Sessions that were cut off and that nobody has looked after yet; nothing where there are none.
pub fn interrupted(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    cut_off::ui(ui, state, wishes);
}

/// Asks for the list when it is first wanted and when something else is searched for.
fn ask(ui: &Ui, state: &mut State, wishes: &mut Wishes) {
    let now = ui.input(|input| input.time);
    wishes.extend(state.sessions.ask(now));
    if let Some(left_s) = state.sessions.waits_s(now) {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(left_s));
    }
}

/// Side by side.
fn wide(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes, room: Rect) {
    let side = size::SESSIONS.min(room.width() * 0.42);
    let list = room.with_max_x(room.left() + side);
    let rest = room.with_min_x(list.right() + space::M);
    region(ui, ("sessions", "list"), list, |ui| list::ui(ui, state, wishes));
    region(ui, ("sessions", "opened"), rest, |ui| {
        of_session(ui, state, |ui, state| {
            cut_off::ui(ui, state, wishes);
            detail::ui(ui, state, snapshot, wishes, false);
        });
    });
}

/// Only one of the two, with a way back.
fn narrow(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes, room: Rect) {
    region(ui, ("sessions", "alone"), room, |ui| {
        if state.sessions.has_detail() {
            of_session(ui, state, |ui, state| detail::ui(ui, state, snapshot, wishes, true));
        } else {
            list::with_cut_off(ui, state, wishes);
        }
    });
}

/// What belongs to one session and one view of it keeps its own place.
fn of_session(ui: &mut Ui, state: &mut State, contents: impl FnOnce(&mut Ui, &mut State)) {
    let session = state.sessions.opened.as_ref().map(|opened| opened.file.line.session.clone());
    let why = state.sessions.asked_why().map(|(session, step)| (session.to_owned(), step));
    let place = ("session", session, format!("{:?}", state.sessions.part), why);
    scrolled(ui, ScrollArea::vertical().id_salt(place), |ui| {
        contents(ui, state);
    });
}

/// The colour and the sign of what became of a session.
fn sign(line: &SessionLine) -> (Tint, &'static str) {
    match (line.state, line.outcome) {
        (SessionState::Running, _) => (Tint::Calm, icon::RUNNING),
        (SessionState::Interrupted, _) => (Tint::Warn, icon::WARNING),
        (_, Some(Ending::GoalReached | Ending::Finished)) => (Tint::Good, icon::CHECK),
        (_, Some(Ending::Failed)) => (Tint::Bad, icon::FAILED),
        (_, Some(Ending::Stopped | Ending::LimitReached) | None) => (Tint::Calm, icon::STOP),
    }
}

fn small(ui: &mut Ui, words: &str, color: Color32) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(color)).wrap());
}

fn weak(ui: &mut Ui, words: &str) {
    small(ui, words, palette(ui).weak);
}
