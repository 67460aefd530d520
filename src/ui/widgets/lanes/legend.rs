//! A legend: samples of what is drawn with their words, each of which stays with its sample.

use egui::{Painter, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{palette, size, space, text};

/// Draws one sample with its words, inside a line that may wrap.
pub fn sample(ui: &mut Ui, words: &str, draw: impl FnOnce(&Painter, Rect)) {
    let colors = palette(ui);
    let before = size::SAMPLE + space::XS;
    let room = (ui.max_rect().width() - before).max(size::SAMPLE);
    let galley = ui.painter().layout(words.to_owned(), text::small(), colors.weak, room);
    let whole = vec2(before + galley.size().x, galley.size().y.max(size::ROW));
    let (rect, response) = ui.allocate_exact_size(whole, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let middle = pos2(rect.left() + size::SAMPLE / 2.0, rect.center().y);
    draw(ui.painter(), Rect::from_center_size(middle, vec2(size::SAMPLE, size::LANE_BAR)));
    let corner = pos2(rect.left() + before, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(corner, galley, colors.weak);
}
