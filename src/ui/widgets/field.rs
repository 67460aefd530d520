//! A field to type into: with its name before it and its button behind it, or alone under its name.

use egui::{Response, TextEdit, Ui};

use super::Button;
use crate::ui::theme::{margins, palette, size, space, text};

/// How a field is shown.
pub struct Field<'a> {
    pub name: &'a str,
    pub hint: &'a str,
    pub button: &'a str,
    /// What is typed is shown as dots.
    pub is_secret: bool,
    /// It is to have the focus now.
    pub wants_focus: bool,
}

/// Draws a field; true when what was typed is to be used. Where there is no room for its name before it, that stands
/// above it.
pub fn field(ui: &mut Ui, field: &Field<'_>, typed: &mut String, is_usable: impl Fn(&str) -> bool) -> bool {
    let gap = ui.spacing().item_spacing.x;
    let button = width_of(ui, field.button) + 2.0 * space::M + gap;
    let room = ui.available_width() - size::CHECK_COLUMN - gap - size::FIELD / 2.0;
    // Fields whose buttons differ end together, where there is room for that.
    let behind = if room < size::FIELD_BUTTON { button } else { button.max(size::FIELD_BUTTON) };
    let name_width = width_of(ui, field.name);
    let least = gap + size::FIELD / 2.0 + behind;
    let has_room = ui.available_width() >= name_width + least;
    // Fields under one another make a column, where there is room for one.
    let has_column = ui.available_width() >= size::CHECK_COLUMN + least;
    let rest = if has_column { (size::CHECK_COLUMN - name_width).max(0.0) } else { 0.0 };
    let above = (!has_room).then(|| ui.label(field.name).id);
    ui.horizontal(|ui| {
        let Field { name, hint, button, is_secret, wants_focus } = *field;
        let label = above.unwrap_or_else(|| {
            let label = ui.label(name).id;
            ui.add_space(rest);
            label
        });
        let width = (ui.available_width() - behind).max(size::FIELD / 2.0);
        let response = ui.add(line(typed, hint, width).password(is_secret)).labelled_by(label);
        if wants_focus {
            response.request_focus();
            response.scroll_to_me(None);
        }
        let is_entered = is_entered(ui, &response);
        let is_usable = is_usable(typed);
        let is_pressed = ui.add_enabled(is_usable, Button::new(button)).clicked();
        is_usable && (is_entered || is_pressed)
    })
    .inner
}

/// What words in one line take, in points.
fn width_of(ui: &Ui, words: &str) -> f32 {
    ui.painter().layout_no_wrap(words.to_owned(), text::body(), palette(ui).text).size().x
}

/// Draws a field of one line behind its name, in the rest of the row; true when Enter was pressed in it.
pub fn word_field(ui: &mut Ui, name: &str, hint: &str, typed: &mut String) -> bool {
    let label = ui.label(name);
    let width = ui.available_size_before_wrap().x.clamp(size::FIELD / 2.0, size::READING);
    let response = ui.add(line(typed, hint, width)).labelled_by(label.id);
    is_entered(ui, &response)
}

/// What such a field and its name need at least. Points.
pub fn word_field_least(ui: &Ui, name: &str) -> f32 {
    width_of(ui, name) + ui.spacing().item_spacing.x + size::FIELD / 2.0
}

/// Draws a field of one line under its name, as wide as there is room; true when Enter was pressed in it.
pub fn line_field(ui: &mut Ui, name: &str, hint: &str, typed: &mut String, wants_focus: bool) -> bool {
    let label = ui.label(name);
    let width = ui.available_width();
    let response = ui.add(line(typed, hint, width)).labelled_by(label.id);
    if wants_focus {
        response.request_focus();
    }
    is_entered(ui, &response)
}

/// Draws a field of several lines under its name, as wide as there is room, in letters of one width.
pub fn lines_field(ui: &mut Ui, name: &str, hint: &str, typed: &mut String, rows: usize) -> Response {
    let label = ui.label(name);
    // A single line is higher than its letters.
    let align = if rows == 1 { egui::Align2::LEFT_CENTER } else { egui::Align2::LEFT_TOP };
    let field = TextEdit::multiline(typed)
        .align(align)
        .hint_text(hint)
        .font(text::mono())
        .desired_rows(rows)
        .desired_width(ui.available_width())
        .margin(margins(space::M, space::XS));
    ui.add(field).labelled_by(label.id)
}

/// The line that every field is.
fn line<'t>(typed: &'t mut String, hint: &str, width: f32) -> TextEdit<'t> {
    TextEdit::singleline(typed)
        .hint_text(hint)
        .desired_width(width)
        .margin(margins(space::M, space::XS))
        .align(egui::Align2::LEFT_CENTER)
        .min_size(egui::vec2(0.0, size::BUTTON))
}

fn is_entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}
