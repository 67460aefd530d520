//! A line of choices whose field is more than a list: its name stands in the same column as those of the lists.

use egui::{Align, Id, Label, Layout, Ui, vec2};

use crate::ui::theme::size;

/// Draws the name, and behind it what belongs to it, from the top; a field is to be labelled by what is handed in.
pub fn row<R>(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui, Id) -> R) -> R {
    ui.horizontal_top(|ui| {
        let named = in_line(ui, size::CHECK_COLUMN, |ui| {
            ui.set_min_width(size::CHECK_COLUMN);
            ui.add(Label::new(name).truncate()).id
        });
        contents(ui, named)
    })
    .inner
}

/// What stands beside a field of one line, in the middle of its height and so wide at most.
fn in_line<R>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(width, size::BUTTON), layout, contents).inner
}
