//! Choosing one of several, switching something on, and setting a number.

use std::ops::RangeInclusive;

use egui::{
    Align, DragValue, Label, Layout, Rect, Response, Role, Sense, StrokeKind, Ui, Vec2, WidgetInfo, emath::Numeric,
    vec2,
};

use crate::ui::theme::{LINE, palette, size, space, stroke, text};

/// A name, and behind it what belongs to it; names under one another make a column.
pub fn named<R>(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(size::CHECK_COLUMN, size::BUTTON), layout, |ui| {
            ui.set_min_width(size::CHECK_COLUMN);
            ui.add(Label::new(name).truncate());
        });
        contents(ui)
    })
    .inner
}

/// A number that can be typed or dragged, and behind it what it counts. True when another one is to be used.
pub fn number<N: Numeric>(ui: &mut Ui, value: &mut N, range: RangeInclusive<N>, name: &str) -> bool {
    ui.horizontal(|ui| {
        let field = DragValue::new(value)
            .range(range)
            .clamp_existing_to_range(false)
            .update_while_editing(false)
            .min_size(vec2(size::NUMBER, size::BUTTON));
        let response = ui.add(field);
        let label = ui.add(Label::new(name).wrap());
        let response = response.labelled_by(label.id);
        // While it is dragged it goes through many numbers that nobody wants.
        response.drag_stopped() || (response.changed() && !response.dragged())
    })
    .inner
}

/// A drop-down list with a name. Gives the new choice if there is one.
pub fn choice<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    current: &T,
    all: &[T],
    words: impl Fn(&T) -> String,
) -> Option<T> {
    let mut chosen = current.clone();
    let width = ui.available_width();
    let shown = words(current);
    let is_cut = !fits(ui, &shown, width);
    let response = egui::ComboBox::from_id_salt(name)
        .selected_text(shown.clone())
        .width(width)
        .height(size::CHOICES)
        .truncate()
        .show_ui(ui, |ui| {
            for option in all {
                // By a pointer it closes by itself; by a key or a screen reader it does not.
                if ui.selectable_value(&mut chosen, option.clone(), words(option)).clicked() {
                    ui.close();
                }
            }
        })
        .response;
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, true, name);
        info.current_text_value = Some(shown.clone());
        info
    });
    if is_cut {
        response.on_hover_text(shown);
    }
    (chosen != *current).then_some(chosen)
}

/// Whether words can be read as a whole in a list of this width, beside its arrow.
fn fits(ui: &Ui, words: &str, width: f32) -> bool {
    let spacing = ui.spacing();
    let taken = 2.0 * spacing.button_padding.x + spacing.icon_width + spacing.item_spacing.x;
    let galley = ui.painter().layout_no_wrap(words.to_owned(), text::body(), palette(ui).text);
    galley.size().x <= width - taken
}

/// A switch without words beside it; its name is told to whoever points at it or cannot see it.
pub fn switch(ui: &mut Ui, is_on: bool, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(size::SWITCH, size::BUTTON), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), is_on, name));
    track(ui, rect, is_on, response.has_focus());
    response.on_hover_text(name)
}

/// A switch with its name beside it, in as many lines as it takes.
pub fn toggle(ui: &mut Ui, is_on: bool, name: &str) -> Response {
    let palette = palette(ui);
    // Where a row goes on in the next line, the switch goes there as a whole.
    let is_whole = ui.layout().main_wrap();
    let room = if is_whole { f32::INFINITY } else { ui.available_width() - size::SWITCH - space::S };
    let room = room.max(size::CHECK_COLUMN);
    let galley = ui.painter().layout(name.to_owned(), text::body(), palette.text, room);
    let wanted = Vec2::new(size::SWITCH + space::S + galley.size().x, size::BUTTON.max(galley.size().y));
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), is_on, name));
    let slot = track(ui, rect, is_on, response.has_focus());
    let at = egui::pos2(slot.right() + space::S, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.text);
    response
}

/// The switch itself, at the left of the room that it has; gives where it is.
fn track(ui: &Ui, room: Rect, is_on: bool, has_focus: bool) -> Rect {
    let palette = palette(ui);
    let track = Vec2::new(size::SWITCH, size::ICON + space::HAIR);
    let center = egui::pos2(room.left() + track.x / 2.0, room.center().y);
    let slot = Rect::from_center_size(center, track);
    let (fill, line) = if is_on { (palette.accent, palette.accent) } else { (palette.well, palette.weak) };
    let painter = ui.painter();
    painter.rect(slot, track.y / 2.0, fill, stroke(LINE, line), StrokeKind::Inside);
    let radius = track.y / 2.0 - space::HAIR;
    let x = if is_on { slot.right() - radius - space::HAIR } else { slot.left() + radius + space::HAIR };
    let knob = if is_on { palette.on_accent } else { palette.weak };
    painter.circle_filled(egui::pos2(x, slot.center().y), radius, knob);
    if has_focus {
        painter.rect_stroke(
            slot.expand(space::HAIR),
            track.y,
            stroke(space::HAIR, palette.accent),
            StrokeKind::Outside,
        );
    }
    slot
}
