//! A measure: an icon, a figure, and a bar that shows how much of it is left.

use egui::{Color32, Label, RichText, Role, Sense, Ui, Vec2, WidgetInfo};

use super::icon;
use crate::ui::theme::{palette, size, space, text};

/// What a bar shows.
pub struct Measure<'a> {
    pub symbol: &'static str,
    pub name: &'a str,
    /// Such as `18 of 30`.
    pub words: String,
    /// 0 to 1.
    pub share: f32,
    pub color: Color32,
}

/// Draws a measure over the whole width.
pub fn bar(ui: &mut Ui, measure: &Measure<'_>) {
    let palette = palette(ui);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            icon(ui, measure.symbol, size::ICON, measure.color);
            // The figure is never cut.
            let figure = ui.painter().layout_no_wrap(measure.words.clone(), text::strong(), palette.text).size().x;
            let name = Label::new(RichText::new(measure.name).font(text::small()).color(palette.weak)).truncate();
            ui.scope(|ui| {
                ui.set_max_width((ui.available_width() - figure - space::XS).max(0.0));
                ui.add(name);
            });
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add(Label::new(RichText::new(&measure.words).font(text::strong())));
            });
        });
        let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::BAR), Sense::hover());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::ProgressIndicator, true, format!("{}: {}", measure.name, measure.words))
        });
        let radius = size::BAR / 2.0;
        // It is to be seen how much is gone, on every ground.
        ui.painter().rect_filled(rect, radius, palette.line);
        let mut filled = rect;
        filled.set_width(rect.width() * measure.share.clamp(0.0, 1.0));
        ui.painter().rect_filled(filled, radius, measure.color);
    });
}
