//! The loops' heartbeat: one line a loop, and where there is room a second one with what it did last.

use egui::{Label, Response, RichText, Sense, Ui, Vec2};

use super::{dense, steady};
use crate::{
    protocol::{LoopName, LoopState, LoopView},
    ui::{
        catalogue::{said, say},
        theme::{palette, size, text},
    },
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
            let note = steady(ui, ("note", view.name), said(&view.note).into_owned());
            self::note(ui, &note);
        } else {
            response.on_hover_text(&*said(&view.note));
        }
    }
}

fn beat(ui: &mut Ui, view: &LoopView) -> Response {
    let palette = palette(ui);
    let (color, words) = match view.state {
        LoopState::Working => (palette.accent, say!("session-loop-working", cycles = view.cycles)),
        LoopState::Waiting => (palette.good, say!("session-loop-waiting", cycles = view.cycles)),
        LoopState::Ended => (palette.weak, say!("session-loop-ended", cycles = view.cycles)),
    };
    // Some of them go round many times a second.
    let words = steady(ui, ("loop", view.name), words);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(size::LIGHT), Sense::hover());
        ui.painter().circle_filled(rect.center(), size::LIGHT / 2.0, color);
        ui.add(Label::new(RichText::new(title(view.name)).font(text::small())));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add(Label::new(RichText::new(words).font(text::small()).color(palette.weak)).truncate());
        });
    })
    .response
}

/// What a loop is called.
pub(super) fn title(name: LoopName) -> String {
    match name {
        LoopName::Perception => say!("session-loop-perception"),
        LoopName::Reasoning => say!("session-loop-reasoning"),
        LoopName::Action => say!("session-loop-action"),
        LoopName::Reflex => say!("session-loop-reflex"),
        LoopName::Exploration => say!("session-loop-exploration"),
        LoopName::Learning => say!("session-loop-learning"),
        LoopName::Narration => say!("session-loop-narration"),
    }
}

/// What a loop did last, under its name.
fn note(ui: &mut Ui, words: &str) {
    let weak = palette(ui).weak;
    ui.horizontal(|ui| {
        ui.allocate_exact_size(Vec2::splat(size::LIGHT), Sense::hover());
        ui.add(Label::new(RichText::new(words).font(text::small()).color(weak)).truncate());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_is_called_here_what_it_is_called_elsewhere() {
        for name in LoopName::ALL {
            assert_eq!(title(name), name.title());
        }
    }
}
