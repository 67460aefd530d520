//! A field of several lines with a name and a value each, in which secrets are dots unless somebody is writing there.

use egui::{TextEdit, Ui};

use crate::ui::{
    state::servers::{Sign, masked, unmasked},
    theme::{margins, space, text},
};

const ROWS: usize = 3;

/// Draws the field under its name.
pub fn ui(ui: &mut Ui, name: &str, hint: &str, typed: &mut String, between: Sign) {
    let label = ui.label(name);
    let id = ui.make_persistent_id(("secrets", between));
    let is_open = ui.memory(|memory| memory.has_focus(id));
    let mut shown = if is_open { typed.clone() } else { masked(typed, between) };
    let width = ui.available_width();
    let field = TextEdit::multiline(&mut shown)
        .id(id)
        .hint_text(hint)
        .font(text::mono())
        .desired_rows(ROWS)
        .desired_width(width)
        .margin(margins(space::M, space::XS));
    let response = ui.add(field).labelled_by(label.id);
    if response.changed() {
        // Whoever reads the screen aloud may set it without being in it.
        *typed = if is_open { shown } else { unmasked(typed, &shown, between) };
    }
}
