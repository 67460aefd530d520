//! The columns of the models: where each begins and ends, and their headings.

use egui::{Align, Label, Layout, Rect, RichText, Sense, Ui, UiBuilder, pos2, vec2};

use crate::ui::{
    catalogue::say,
    theme::{palette, size, space, text},
};

/// What name, size, context, places and parts take of the room that is left beside the actions.
const SHARES: [f32; 5] = [2.7, 1.15, 1.75, 0.9, 1.9];
/// The widths of a list to choose from, and of the button behind two of them.
const LIST: f32 = size::FIELD * 0.45;
const BUTTON: f32 = size::SPEED;

/// The cells of one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cells {
    pub name: Rect,
    pub size: Rect,
    pub context: Rect,
    pub places: Rect,
    pub parts: Rect,
    pub part_for: Rect,
    pub load_with: Rect,
    pub button: Rect,
}

/// True where there is room for columns.
pub fn has_room(width: f32) -> bool {
    width >= size::PAIR + size::RAIL
}

/// The cells of the row that has this place.
pub fn cells(row: Rect) -> Cells {
    let room = row.width() - 2.0 * LIST - BUTTON;
    let whole: f32 = SHARES.iter().sum();
    let mut left = row.left();
    let mut next = |width: f32, gap: f32| {
        let cell = Rect::from_min_max(pos2(left, row.top()), pos2(left + width - gap, row.bottom()));
        left += width;
        cell
    };
    let [name, size, context, places, parts] = SHARES.map(|share| next(room * share / whole, space::M));
    let [part_for, load_with] = [LIST; 2].map(|width| next(width, space::S));
    Cells { name, size, context, places, parts, part_for, load_with, button: next(BUTTON, 0.0) }
}

/// One line above all rows that says what stands under it.
pub fn headings(ui: &mut Ui) {
    if !has_room(ui.available_width()) {
        return;
    }
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::hover());
    let cells = cells(rect);
    cell(ui, cells.name, Align::Min, |ui| heading(ui, say!("models-column-model")));
    cell(ui, cells.size, Align::Max, |ui| heading(ui, say!("models-column-size")));
    cell(ui, cells.context, Align::Max, |ui| heading(ui, say!("models-column-context")));
    cell(ui, cells.places, Align::Max, |ui| heading(ui, say!("models-column-places")));
    cell(ui, cells.parts, Align::Min, |ui| heading(ui, say!("models-column-plays")));
}

fn heading(ui: &mut Ui, words: String) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).truncate());
}

/// Draws what stands in one cell, at its left or its right.
pub fn cell(ui: &mut Ui, edges: Rect, side: Align, contents: impl FnOnce(&mut Ui)) {
    let layout = match side {
        Align::Max => Layout::right_to_left(Align::Center),
        Align::Min | Align::Center => Layout::left_to_right(Align::Center),
    };
    contents(&mut ui.new_child(UiBuilder::new().max_rect(edges).layout(layout)));
}

/// A figure at the right of its cell.
pub fn figure(ui: &mut Ui, edges: Rect, words: &str) {
    if !words.is_empty() {
        cell(ui, edges, Align::Max, |ui| {
            ui.add(Label::new(RichText::new(words).font(text::small())).truncate());
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_beside_one_another_and_fill_the_row() {
        for width in [size::PAIR + size::RAIL, 1120.0, 3000.0] {
            let row = Rect::from_min_size(pos2(10.0, 20.0), vec2(width, size::BUTTON_LARGE));
            let Cells { name, size: memory, context, places, parts, part_for, load_with, button } = cells(row);
            let all = [name, memory, context, places, parts, part_for, load_with, button];
            for pair in all.windows(2) {
                assert!(pair[0].right() < pair[1].left(), "{width}: {pair:?}");
            }
            assert!((name.left() - row.left()).abs() < 0.1 && (button.right() - row.right()).abs() < 0.1);
            assert!(all.iter().all(|cell| cell.width() > space::XL), "{width}: {all:?}");
        }
    }
}
