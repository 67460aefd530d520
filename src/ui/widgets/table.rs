//! A table: a heading over every column, one line a row. Where there is no room for that, each row is said in a
//! sentence.

use egui::{Align, Label, Layout, Rect, Response, RichText, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2};

use super::dense;
use crate::ui::theme::{palette, size, space, text};

/// One column.
#[derive(Clone, Copy)]
pub struct Column {
    name: &'static str,
    /// How much of the width it gets, beside the shares of the others.
    share: f32,
    is_figure: bool,
}

impl Column {
    /// A column of words, which begin at the left.
    pub const fn words(name: &'static str, share: f32) -> Self {
        Self { name, share, is_figure: false }
    }

    /// A column of figures, which end at the right.
    pub const fn figures(name: &'static str, share: f32) -> Self {
        Self { name, share, is_figure: true }
    }
}

/// One row.
#[derive(Default)]
pub struct Row {
    /// As many as there are columns; the first one names the row.
    pub cells: Vec<String>,
    /// All of it in one sentence, for screen readers and where a table has no room.
    pub sentence: String,
    /// What more there is to know of it; may be empty.
    pub hover: String,
}

/// Draws a table over the whole width.
pub fn table(ui: &mut Ui, columns: &[Column], rows: &[Row]) {
    let palette = palette(ui);
    let shares: f32 = columns.iter().map(|column| column.share).sum();
    let has_room = ui.available_width() >= shares * size::SHARE;
    ui.scope(|ui| {
        dense(ui);
        if has_room {
            let names: Vec<String> = columns.iter().map(|column| column.name.to_owned()).collect();
            line(ui, columns, &names, "", |_, name| RichText::new(name).font(text::small()).color(palette.weak));
            rule(ui);
        }
        for row in rows {
            if has_room {
                let response = line(ui, columns, &row.cells, &row.hover, |index, cell| {
                    let cell = RichText::new(cell);
                    if index == 0 { cell.font(text::strong()) } else { cell.font(text::small()) }
                });
                response.widget_info(|| WidgetInfo::labeled(Role::Group, true, &row.sentence));
            } else {
                let sentence = Label::new(RichText::new(&row.sentence).font(text::small())).wrap();
                hint(ui.add(sentence), &row.hover);
            }
        }
    });
}

/// One line of cells; what does not fit its cell is cut short there and shown in full on hover.
fn line(
    ui: &mut Ui,
    columns: &[Column],
    cells: &[String],
    hover: &str,
    look: impl Fn(usize, &str) -> RichText,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::ROW), Sense::hover());
    let whole: f32 = columns.iter().map(|column| column.share).sum();
    let mut left = rect.left();
    for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
        let right = left + rect.width() * column.share / whole;
        let edges = Rect::from_min_max(pos2(left, rect.top()), pos2(right - space::S, rect.bottom()));
        let layout =
            if column.is_figure { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
        let mut place = ui.new_child(UiBuilder::new().max_rect(edges).layout(layout));
        hint(place.add(Label::new(look(index, cell)).truncate()), hover);
        left = right;
    }
    response
}

fn hint(response: Response, words: &str) {
    if !words.is_empty() {
        response.on_hover_text(words);
    }
}

fn rule(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), crate::ui::theme::LINE), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, palette(ui).line);
}
