//! The loops' heartbeat: one line a loop, and where there is room a second one with what it did last.

use egui::{Label, Response, RichText, Sense, Ui, Vec2};

use super::dense;
use crate::{
    protocol::{LoopState, LoopView},
    ui::theme::{palette, size, text},
};

/// Draws the loops under one another.
pub fn heartbeat(ui: &mut Ui, loops: &[LoopView]) {
    dense(ui);
    let has_room = ui.available_width() >= size::NOTES;
    for view in loops {
        let response = beat(ui, view);
        if view.note.is_empty() {
            continue;
        }
        if has_room {
            note(ui, &view.note);
        } else {
            response.on_hover_text(&view.note);
        }
    }
}

fn beat(ui: &mut Ui, view: &LoopView) -> Response {
    let palette = palette(ui);
    let (color, word) = match view.state {
        LoopState::Working => (palette.accent, "working"),
        LoopState::Waiting => (palette.good, "waiting"),
        LoopState::Ended => (palette.weak, "ended"),
    };
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::LIGHT), Sense::hover());
        ui.painter().circle_filled(rect.center(), size::LIGHT / 2.0, color);
        ui.add(Label::new(RichText::new(view.name.title()).font(text::small())));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let words = format!("{word}, cycle {}", view.cycles);
            ui.add(Label::new(RichText::new(words).font(text::small()).color(palette.weak)));
        });
    })
    .response
}

/// What a loop did last, under its name.
fn note(ui: &mut Ui, words: &str) {
    let weak = palette(ui).weak;
    ui.horizontal(|ui| {
        ui.allocate_exact_size(Vec2::splat(size::LIGHT), Sense::hover());
        ui.add(Label::new(RichText::new(words).font(text::small()).color(weak)).truncate());
    });
}
