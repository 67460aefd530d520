//! The timeline: all plots of a session over one another, with one cursor, and what was the case at it in words.

use egui::{Label, RichText, Ui};

use super::{Wishes, weak};
use crate::ui::{
    catalogue::say,
    icon,
    state::{State, sessions::Opened},
    theme::{palette, space, text},
    widgets::{Button, Span, card, marks, moments, plot, scrubber, section},
    words::kept,
};

/// Draws the cursor, what it stands at, and the plots.
pub fn ui(ui: &mut Ui, state: &mut State, opened: &Opened, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("sessions-timeline"), |_| {});
        let plots = &opened.file.figures.plots;
        if plots.is_empty() && opened.step_count() == 0 {
            weak(ui, &say!("sessions-nothing-measured"));
            return;
        }
        at_cursor(ui, state, opened, wishes);
        let span = Span::new(opened.total_ms);
        let words = kept::stands_at(state.sessions.cursor_ms, opened.step_at(state.sessions.cursor_ms));
        let slider = scrubber(ui, &say!("sessions-moment"), &words, span, &mut state.sessions.cursor_ms);
        let cursor_ms = state.sessions.cursor_ms;
        let mut pressed = None;
        if !opened.marks.is_empty() {
            let name = say!("sessions-what-happened");
            weak(ui, &name);
            pressed = marks(ui, &name, &opened.marks, span, cursor_ms);
        }
        for course in plots {
            ui.add_space(space::XS);
            pressed = plot(ui, course, span, Some(cursor_ms)).or(pressed);
        }
        moments(ui, span);
        if let Some(at_ms) = pressed {
            state.sessions.cursor_ms = at_ms;
            // From here on the arrow keys move it.
            slider.request_focus();
        }
    });
}

/// What was the case at the cursor, and the ways to the steps around it.
fn at_cursor(ui: &mut Ui, state: &mut State, opened: &Opened, wishes: &mut Wishes) {
    let cursor_ms = state.sessions.cursor_ms;
    let step = opened.step_at(cursor_ms);
    let words = kept::stands_at(cursor_ms, step);
    ui.add(Label::new(RichText::new(words).font(text::strong())).wrap());
    // Where there are several lines, their values stand beside the name of their plot.
    let plots = opened.file.figures.plots.iter().filter(|plot| plot.lines.len() == 1);
    let values: Vec<String> =
        plots.map(|plot| format!("{}: {}", kept::title(plot), kept::values_at(plot, cursor_ms))).collect();
    if !values.is_empty() {
        ui.add(Label::new(RichText::new(values.join(" · ")).font(text::small())).wrap());
    }
    let before = opened.marks.partition_point(|(at_ms, _)| *at_ms <= cursor_ms);
    if let Some((at_ms, words)) = before.checked_sub(1).and_then(|index| opened.marks.get(index)) {
        let words = say!("sessions-last-mark", moment = kept::moment(*at_ms), words = words.as_str());
        ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
    }
    ui.horizontal_wrapped(|ui| {
        let (before, after) = (opened.earlier(cursor_ms), opened.later(cursor_ms));
        for (name, symbol, to_ms) in [
            (say!("sessions-step-before"), icon::STEP_BACK, before),
            (say!("sessions-step-after"), icon::STEP_ON, after),
        ] {
            let response = ui.add_enabled(to_ms.is_some(), Button::new(&name).icon(symbol));
            if let Some(to_ms) = to_ms.filter(|_| response.clicked()) {
                state.sessions.cursor_ms = to_ms;
            }
        }
        let why = ui.add_enabled(step.is_some(), Button::new(&say!("sessions-why-that")).icon(icon::WHY));
        if let Some(step) = step.filter(|_| why.clicked()) {
            wishes.push(state.sessions.show_why(&opened.file.line.session, step.step));
        }
    });
}
