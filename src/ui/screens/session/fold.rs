//! A card of the column that can be folded away.

use egui::{CollapsingHeader, RichText, StrokeKind, Ui};

use crate::ui::{
    theme::{ROUND_SMALL, palette, size, space, stroke, text},
    widgets::{card, part},
};

/// Draws a card with a heading that opens and closes it; it is open until somebody closes it.
pub fn fold(ui: &mut Ui, name: &str, title: &str, contents: impl FnOnce(&mut Ui)) {
    let contents = |ui: &mut Ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().interact_size.y = size::ROW;
        let title = RichText::new(title).font(text::heading());
        let header = CollapsingHeader::new(title).id_salt(name).default_open(true);
        let response = header.show_unindented(ui, contents).header_response;
        if response.has_focus() {
            let line = stroke(space::HAIR, palette(ui).accent);
            ui.painter().rect_stroke(response.rect, ROUND_SMALL, line, StrokeKind::Outside);
        }
    };
    part(ui, ("fold", name), |ui| card(ui, contents));
}
