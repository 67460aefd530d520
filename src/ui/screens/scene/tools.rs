//! A tool server in a session: the calls and what came of each, and beside them what is seen now.

use egui::{Align, Color32, Frame, Label, Layout, RichText, ScrollArea, Ui, Vec2};

use crate::{
    protocol::{EffectStatus, ToolCallView, ToolsView},
    ui::{
        catalogue::{said, say},
        icon,
        screens::servers::errors,
        theme::{ROUND_SMALL, margins, palette, size, space, text},
        widgets::{card, icon as draw_icon, picture, region, section, sentence},
        words,
    },
};

/// So many letters and lines are shown of the newest result and of those before it, so that several calls are in sight;
/// what is seen now is shown at greater length.
const NEWEST: [usize; 2] = [600, 14];
const OLDER: [usize; 2] = [240, 3];
const SEEN: [usize; 2] = [12_000, usize::MAX];

/// Draws the calls, and what is seen now beside them, or above where there is no room.
pub fn ui(ui: &mut Ui, view: &ToolsView, room: Vec2) {
    ui.spacing_mut().item_spacing.y = space::S;
    heading(ui, view);
    let rest = ui.available_rect_before_wrap();
    if room.x < size::TEXTS {
        // The newest call stands at the lower end, in sight.
        scrolled(ui, "tools", true, |ui| {
            seen(ui, view);
            calls(ui, view);
        });
    } else {
        let middle = rest.center().x;
        let left = rest.with_max_x(middle - space::S);
        let right = rest.with_min_x(middle + space::XS);
        region(ui, "calls", left, |ui| scrolled(ui, "calls", true, |ui| calls(ui, view)));
        region(ui, "seen", right, |ui| scrolled(ui, "seen", false, |ui| seen(ui, view)));
    }
    ui.advance_cursor_after_rect(rest);
}

fn scrolled(ui: &mut Ui, name: &str, is_at_the_end: bool, contents: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(name).auto_shrink(false).stick_to_bottom(is_at_the_end).show(ui, |ui| {
        ui.set_width(ui.available_width() - space::S);
        contents(ui);
    });
}

/// Which server it is, how it stands, and how it ended.
fn heading(ui: &mut Ui, view: &ToolsView) {
    ui.horizontal(|ui| {
        draw_icon(ui, icon::WRENCH, size::ICON, palette(ui).accent);
        ui.add(Label::new(RichText::new(&view.server).font(text::strong())).truncate());
        let stands = words::went_on(&said(&view.state), view.tools, view.score);
        let words = if view.product.is_empty() { stands } else { format!("{} · {stands}", view.product) };
        ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).truncate());
    });
    if let Some(ended) = &view.ended {
        ui.add(Label::new(RichText::new(said(ended)).font(text::strong()).color(palette(ui).accent)).wrap());
    }
}

/// Every call that is kept, oldest first, and what the server wrote beside its answers.
fn calls(ui: &mut Ui, view: &ToolsView) {
    if view.calls.is_empty() {
        weak(ui, &say!("scene-no-call"));
    }
    let newest = view.calls.iter().rposition(|call| call.status.is_some());
    for (index, call) in view.calls.iter().enumerate() {
        self::call(ui, call, if Some(index) == newest { NEWEST } else { OLDER });
    }
    if let Some(progress) = &view.progress {
        sentence(ui, icon::RUNNING, &said(progress), palette(ui).accent);
    }
    if !view.errors.is_empty() {
        errors(ui, &say!("scene-errors"), &view.errors);
    }
}

fn call(ui: &mut Ui, call: &ToolCallView, most: [usize; 2]) {
    let (symbol, color) = sign(ui, call.status);
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.horizontal(|ui| {
            draw_icon(ui, symbol, size::ICON, color);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let words = match call.status {
                    None => say!("scene-call-under-way"),
                    status => {
                        let took = words::duration(call.took_ms);
                        say!("scene-call-took", status = words::call_status(status), took = took)
                    }
                };
                ui.add(Label::new(RichText::new(words).font(text::small()).color(color)));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let words = format!("{}. {}", call.number, words::action(&call.call));
                    ui.add(Label::new(RichText::new(words).font(text::strong())).truncate());
                });
            });
        });
        long(ui, &call.text, most);
    });
}

fn sign(ui: &Ui, status: Option<EffectStatus>) -> (&'static str, Color32) {
    let colors = palette(ui);
    match status {
        None => (icon::RUNNING, colors.accent),
        Some(EffectStatus::Done) => (icon::CHECK, colors.good),
        Some(EffectStatus::Rejected | EffectStatus::Uncertain) => (icon::WARNING, colors.warn),
        Some(EffectStatus::Failed) => (icon::FAILED, colors.bad),
    }
}

/// The last picture and the last text.
fn seen(ui: &mut Ui, view: &ToolsView) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        section(ui, &say!("scene-seen-now"), |_| {});
        if let Some(shown) = &view.picture {
            let room = Vec2::new(ui.available_width(), size::PICTURE);
            picture(ui, "tools", shown, &say!("scene-given-picture", server = view.server.as_str()), room);
        }
        if view.text.trim().is_empty() && view.picture.is_none() {
            weak(ui, &say!("scene-nothing-seen"));
        }
        long(ui, words::seen_now(&view.text), SEEN);
    });
}

/// A text in letters of one width, so many letters and lines of it at most.
fn long(ui: &mut Ui, said: &str, [letters, lines]: [usize; 2]) {
    if said.trim().is_empty() {
        return;
    }
    let (start, rest) = words::rest_of(said, letters, lines);
    let well = Frame::new().fill(palette(ui).well).corner_radius(ROUND_SMALL);
    well.inner_margin(margins(space::M, space::S)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(RichText::new(start).font(text::mono())).wrap());
    });
    if let Some(rest) = rest {
        weak(ui, &rest);
    }
}

fn weak(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
