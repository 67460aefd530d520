//! The loops' heartbeat: one line a loop.

use egui::{Label, RichText, Sense, Ui, Vec2};

use super::dense;
use crate::{
    protocol::{LoopState, LoopView},
    ui::theme::{palette, size, text},
};

/// Draws the loops under one another.
pub fn heartbeat(ui: &mut Ui, loops: &[LoopView]) {
    dense(ui);
    for view in loops {
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
        .on_hover_text(&view.note);
    }
}
