//! A table: a heading over every column, one line a row. Where there is no room for that, each row is said in a
//! sentence.

use egui::{Align, Label, Layout, Rect, Response, RichText, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2};

use super::dense;
use crate::ui::theme::{LINE, palette, size, space, text};

/// One column.
#[derive(Clone)]
pub struct Column {
    name: String,
    /// How much of the width it gets, beside the shares of the others.
    share: f32,
    is_figure: bool,
}

impl Column {
    /// A column of words, which begin at the left.
    pub fn words(name: impl Into<String>, share: f32) -> Self {
        Self { name: name.into(), share, is_figure: false }
    }

    /// A column of figures, which end at the right. Their unit belongs to the name.
    pub fn figures(name: impl Into<String>, share: f32) -> Self {
        Self { name: name.into(), share, is_figure: true }
    }

    fn side(&self) -> Align {
        if self.is_figure { Align::Max } else { Align::Min }
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
    let shares: f32 = columns.iter().map(|column| column.share).sum();
    let has_room = ui.available_width() >= shares * size::SHARE;
    ui.scope(|ui| {
        dense(ui);
        if has_room {
            heading(ui, columns);
            rule(ui);
        }
        for row in rows {
            if has_room {
                line(ui, columns, row);
            } else {
                let sentence = Label::new(RichText::new(&row.sentence).font(text::small())).wrap();
                hint(ui.add(sentence), &row.hover);
            }
        }
    });
}

/// The edges of the cells of one line, with some room between them.
fn cells(line: Rect, columns: &[Column]) -> Vec<Rect> {
    let whole: f32 = columns.iter().map(|column| column.share).sum();
    let room = line.width() - space::M * between(columns);
    let mut left = line.left();
    let next = |column: &Column| {
        let right = left + room * column.share / whole;
        let cell = Rect::from_min_max(pos2(left, line.top()), pos2(right, line.bottom()));
        left = right + space::M;
        cell
    };
    columns.iter().map(next).collect()
}

/// How many gaps there are between the columns.
#[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
fn between(columns: &[Column]) -> f32 {
    columns.len().saturating_sub(1) as f32
}

/// The names of the columns, each in as many lines as it takes, and all of them close to what they stand over.
fn heading(ui: &mut Ui, columns: &[Column]) {
    let colors = palette(ui);
    let flat = Rect::from_min_size(ui.cursor().min, Vec2::new(ui.available_width(), 0.0));
    let tall = |(column, cell): (&Column, Rect)| {
        ui.painter().layout(column.name.clone(), text::small(), colors.weak, cell.width()).size().y
    };
    let height = columns.iter().zip(cells(flat, columns)).map(tall).fold(size::ROW, f32::max);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(flat.width(), height), Sense::hover());
    for (column, cell) in columns.iter().zip(cells(rect, columns)) {
        let layout = Layout::bottom_up(column.side());
        let mut place = ui.new_child(UiBuilder::new().max_rect(cell).layout(layout));
        let name = RichText::new(&column.name).font(text::small()).color(colors.weak);
        place.add(Label::new(name).wrap());
    }
}

/// One line of cells; what does not fit its cell is cut short there and shown in full on hover.
fn line(ui: &mut Ui, columns: &[Column], row: &Row) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::ROW), Sense::hover());
    let places = columns.iter().zip(cells(rect, columns));
    for (index, ((column, edges), cell)) in places.zip(&row.cells).enumerate() {
        let layout =
            if column.is_figure { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
        let mut place = ui.new_child(UiBuilder::new().max_rect(edges).layout(layout));
        let words = RichText::new(cell).font(if index == 0 { text::strong() } else { text::small() });
        hint(place.add(Label::new(words).truncate()), &row.hover);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Group, true, &row.sentence));
}

fn hint(response: Response, words: &str) {
    if !words.is_empty() {
        response.on_hover_text(words);
    }
}

fn rule(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), LINE), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, palette(ui).line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_share_the_width_and_the_last_one_ends_at_the_edge() {
        let columns = [Column::words("Expert", 3.0), Column::figures("Tokens", 1.0)];
        let line = Rect::from_min_max(pos2(10.0, 0.0), pos2(10.0 + 400.0 + space::M, 20.0));
        let [first, second] = cells(line, &columns)[..] else { panic!("two columns have two cells") };
        assert_eq!((first.left(), first.right()), (10.0, 310.0));
        assert_eq!((second.left(), second.right()), (310.0 + space::M, line.right()));
        assert_eq!(columns.map(|column| column.side()), [Align::Min, Align::Max]);
    }
}
