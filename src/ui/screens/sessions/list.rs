//! What the journal has, newest first, and the field to search it.

use std::sync::Arc;

use egui::{
    Align, Frame, Label, Layout, Panel, Rect, RichText, Role, ScrollArea, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo,
    vec2,
};

use super::{Wishes, cut_off, keeping, sign, weak};
use crate::{
    protocol::{Moment, SessionLine, SessionsList},
    ui::{
        catalogue::say,
        state::{Screen, State},
        theme::{LINE, ROUND_SMALL, palette, size, space, stroke, text},
        widgets::{Button, card, icon as draw_icon, line_field, rows, scrolled, section, to_run, under_way},
        words::kept,
    },
};

/// Draws the search, under it the sessions, which can be scrolled, and at the lower edge how long they are kept.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let list = state.sessions.list.clone();
    if list.as_ref().is_some_and(|list| !is_empty(list)) {
        let foot = Panel::bottom("what-is-kept").resizable(false).show_separator_line(false).frame(Frame::new());
        foot.show(ui, |ui| keeping::ui(ui, state, wishes));
    }
    if list.as_ref().is_none_or(|list| !is_empty(list)) {
        // As wide as what is found.
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width() - space::M);
            search(ui, state, list.as_deref());
        });
    }
    ScrollArea::vertical().id_salt("kept-sessions").auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - space::M);
        lines(ui, state, list, wishes);
    });
}

/// The same where it has the screen for itself: everything can be scrolled.
pub fn with_cut_off(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    scrolled(ui, ScrollArea::vertical().id_salt("kept-sessions-alone"), |ui| {
        cut_off::ui(ui, state, wishes);
        let list = state.sessions.list.clone();
        if list.as_ref().is_none_or(|list| !is_empty(list)) {
            search(ui, state, list.as_deref());
        }
        let has_lines = list.as_ref().is_some_and(|list| !is_empty(list));
        lines(ui, state, list, wishes);
        if has_lines {
            keeping::ui(ui, state, wishes);
        }
    });
}

pub fn is_empty(list: &SessionsList) -> bool {
    list.total == 0 && list.lines.is_empty()
}

fn search(ui: &mut Ui, state: &mut State, list: Option<&SessionsList>) {
    let sessions = &mut state.sessions;
    let before = sessions.search.clone();
    let (name, hint) = (say!("sessions-search"), say!("sessions-search-hint"));
    let is_entered = line_field(ui, &name, &hint, &mut sessions.search, false);
    if sessions.search != before {
        sessions.typed(ui.input(|input| input.time));
    }
    if is_entered {
        sessions.entered();
    }
    if let Some(list) = list {
        weak(ui, &kept::holdings(list));
    }
}

fn lines(ui: &mut Ui, state: &mut State, list: Option<Arc<SessionsList>>, wishes: &mut Wishes) {
    let Some(list) = list else {
        // What was refused is said at the top of the window.
        let words = match say!("sessions-list-being-read") {
            words if state.refused.is_none() => under_way(ui, &words),
            _ => say!("sessions-not-read"),
        };
        weak(ui, &words);
        return;
    };
    if is_empty(&list) {
        nothing_yet(ui, state);
        return;
    }
    if list.lines.is_empty() {
        nothing_found(ui, state, &list.search);
        return;
    }
    let now = Moment::now();
    rows(ui, "kept-sessions", list.lines.len(), size::SESSION, |ui, index| {
        let Some(line) = list.lines.get(index) else { return };
        if row(ui, line, state.sessions.is_chosen(&line.session), now) {
            wishes.push(state.sessions.open(&line.session));
        }
    });
}

/// Before the first session.
fn nothing_yet(ui: &mut Ui, state: &mut State) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("sessions-none-yet"), |_| {});
        ui.add(Label::new(say!("sessions-what-is-kept")).wrap());
        if to_run(ui) {
            state.screen = Screen::Run;
        }
    });
}

fn nothing_found(ui: &mut Ui, state: &mut State, search: &str) {
    ui.add(Label::new(say!("sessions-none-found", search = search)).wrap());
    if ui.add(Button::new(&say!("sessions-show-all"))).clicked() {
        state.sessions.search.clear();
        state.sessions.entered();
    }
}

/// One session; true when it was pressed.
fn row(ui: &mut Ui, line: &SessionLine, is_chosen: bool, now: Moment) -> bool {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::SESSION), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, kept::line(line, now)));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let (fill, edge) = match (is_chosen, response.hovered()) {
        (true, _) => (colors.accent_wash, colors.accent),
        (false, true) => (colors.hover, colors.line),
        (false, false) => (colors.card, colors.line),
    };
    ui.painter().rect(rect, ROUND_SMALL, fill, stroke(LINE, edge), StrokeKind::Inside);
    if response.has_focus() {
        let focus = stroke(space::HAIR, colors.accent);
        ui.painter().rect_stroke(rect, ROUND_SMALL, focus, StrokeKind::Inside);
    }
    let inner = rect.shrink2(vec2(space::M, space::S));
    let layout = Layout::top_down(Align::Min);
    contents(&mut ui.new_child(UiBuilder::new().max_rect(inner).layout(layout)), line, inner, now);
    response.clicked()
}

fn contents(ui: &mut Ui, line: &SessionLine, inner: Rect, now: Moment) {
    let (tint, symbol) = sign(line);
    let (ink, _) = tint.colors(palette(ui));
    ui.set_max_width(inner.width());
    ui.spacing_mut().item_spacing = vec2(space::XS, space::HAIR);
    ui.spacing_mut().interact_size.y = size::ROW;
    let said = |words: RichText| Label::new(words).selectable(false).truncate();
    ui.horizontal(|ui| {
        draw_icon(ui, symbol, size::ICON, ink);
        let when = kept::when_first(line.started_at, now);
        ui.add(said(RichText::new(when).font(text::strong())));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(said(RichText::new(kept::outcome(line)).font(text::small()).color(ink)));
        });
    });
    ui.add(said(RichText::new(kept::goal(line))));
    let weak = palette(ui).weak;
    let facts = format!("{} · {}", kept::result(line), kept::proof(line.clean));
    let color = if line.clean == Some(false) { palette(ui).warn } else { weak };
    ui.add(said(RichText::new(facts).font(text::small()).color(color)));
    ui.add(said(RichText::new(kept::setting(line)).font(text::small()).color(weak)));
}
