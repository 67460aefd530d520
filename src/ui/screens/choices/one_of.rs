//! One of a few choices that are all seen at once: a mark, its title, and under it a short line.

use egui::{Frame, Label, RichText, Role, Sense, StrokeKind, Ui, Vec2, WidgetInfo};

use crate::ui::theme::{LINE, ROUND_SMALL, margins, palette, size, space, stroke, text};

/// Draws it; true when it was pressed.
pub fn one_of(ui: &mut Ui, is_chosen: bool, title: &str, line: &str) -> bool {
    let colors = palette(ui);
    let frame = Frame::new().corner_radius(ROUND_SMALL).inner_margin(margins(space::S, space::XS));
    let mut prepared = frame.begin(ui);
    words(&mut prepared.content_ui, is_chosen, title, line);
    let response = prepared.allocate_space(ui).interact(Sense::click());
    if is_chosen {
        prepared.frame.fill = colors.accent_wash;
    } else if response.hovered() {
        prepared.frame.fill = colors.hover;
    }
    prepared.paint(ui);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_chosen, title));
    if response.has_focus() {
        let focus = stroke(space::HAIR, colors.accent);
        ui.painter().rect_stroke(response.rect, ROUND_SMALL, focus, StrokeKind::Outside);
    }
    response.clicked()
}

fn words(ui: &mut Ui, is_chosen: bool, title: &str, line: &str) {
    let weak = palette(ui).weak;
    ui.set_width(ui.available_width());
    ui.horizontal(|ui| {
        mark(ui, is_chosen);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::HAIR;
            ui.add(Label::new(RichText::new(title).font(text::strong())).selectable(false).wrap());
            let line = RichText::new(line).font(text::small()).color(weak);
            ui.add(Label::new(line).selectable(false).wrap());
        });
    });
}

/// A ring, and a dot in it where it is the one.
fn mark(ui: &mut Ui, is_chosen: bool) {
    let colors = palette(ui);
    let (room, _) = ui.allocate_exact_size(Vec2::splat(size::ICON), Sense::hover());
    let ink = if is_chosen { colors.accent } else { colors.weak };
    let painter = ui.painter();
    painter.circle_stroke(room.center(), size::ICON / 2.0 - LINE, stroke(LINE, ink));
    if is_chosen {
        painter.circle_filled(room.center(), size::LIGHT / 2.0, ink);
    }
}
