//! Two columns of cards.

use egui::Ui;

use crate::ui::theme::space;

/// Draws two columns, as far apart as cards under one another.
pub fn beside<R>(ui: &mut Ui, contents: impl FnOnce([&mut Ui; 2]) -> R) -> R {
    let gap = ui.spacing().item_spacing.x;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.columns_const(|[left, right]| {
            for column in [&mut *left, &mut *right] {
                column.spacing_mut().item_spacing.x = gap;
            }
            contents([left, right])
        })
    })
    .inner
}
