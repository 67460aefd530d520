//! A text that grows while it is read. Laying out a letter takes far longer than drawing it, and a text that is laid out
//! as a whole with every new word takes longer with every word. Here only its last lines are laid out again.

use std::sync::Arc;

use egui::{AsIdSalt, Galley, Response, Role, Sense, TextFormat, Ui, WidgetInfo, pos2, text::LayoutJob, vec2};

use super::steady;

/// So many of the last lines may still change: a word that grows may not fit any more.
const OPEN_ROWS: usize = 3;
/// With so many open, all but the last of them are closed. What is closed together is looked up together, so of a long
/// text no more is touched than what is in sight.
const MOST_OPEN_ROWS: usize = 12;
/// In a card this is more than that.
const HEAD_BYTES: usize = 1024;

/// The lines that are as they will be.
#[derive(Clone, Debug, Default)]
struct Closed {
    stands: Stands,
    /// All parts, one after the other.
    text: String,
    parts: Vec<Part>,
}

/// What lines look like depends on all of this.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Stands {
    width_points: f32,
    pixels_per_point: f32,
    /// How many fonts of the system were found so far: with another one, letters are as wide as they are.
    fonts: usize,
}

/// Some lines: where they end in the text, and how high they are.
#[derive(Clone, Copy, Debug)]
struct Part {
    end: usize,
    height_points: f32,
}

impl Closed {
    /// Begins anew where the words are others than before, or stand otherwise.
    fn fit(&mut self, words: &str, stands: Stands) {
        if self.stands != stands || !words.starts_with(&self.text) {
            *self = Self { stands, ..Self::default() };
        }
    }

    /// Closes what will not change any more; gives the lines that are open.
    fn grow(&mut self, words: &str, layout: impl Fn(&str) -> Arc<Galley>) -> Arc<Galley> {
        loop {
            let open = &words[self.text.len()..];
            let (length, galley) = head(open, &layout);
            if galley.rows.len() < MOST_OPEN_ROWS {
                return galley;
            }
            let rows = &galley.rows[..MOST_OPEN_ROWS - OPEN_ROWS];
            let letters: usize = rows.iter().map(|row| row.char_count_including_newline().0).sum();
            let end = open.char_indices().nth(letters).map_or(open.len(), |(at, _)| at);
            let closed = layout(alone(&open[..end]));
            // Where letters are not drawn one by one, as in Arabic, their count tells no place to cut at. One line more or
            // less is none: letters stand between pixels, and what just fitted may not where its line is the first.
            if end == 0 || end >= length || closed.rows.len().abs_diff(rows.len()) > 1 {
                return if length < open.len() { layout(open) } else { galley };
            }
            self.text.push_str(&open[..end]);
            self.parts.push(Part { end: self.text.len(), height_points: closed.size().y });
        }
    }
}

/// As much of a text as has the rows that can be closed, or all of it, and how long that is: a long one that is there at
/// once would otherwise be laid out again and again.
fn head(text: &str, layout: impl Fn(&str) -> Arc<Galley>) -> (usize, Arc<Galley>) {
    let mut most_bytes = HEAD_BYTES;
    loop {
        let length = text.floor_char_boundary(most_bytes);
        let galley = layout(&text[..length]);
        if length == text.len() || galley.rows.len() >= MOST_OPEN_ROWS {
            return (length, galley);
        }
        most_bytes *= 2;
    }
}

/// The line after the last one is drawn with what follows.
fn alone(part: &str) -> &str {
    part.strip_suffix('\n').unwrap_or(part)
}

/// Draws the words as wide as there is room. Screen readers hear `said`, once a second. The name is one that nothing
/// else beside it has.
pub fn growing(ui: &mut Ui, name: impl AsIdSalt + Copy, words: &str, format: &TextFormat, said: String) -> Response {
    let said = steady(ui, name, said);
    let id = ui.scope_id().with(("growing", name));
    let (width, painter) = (ui.available_width(), ui.painter().clone());
    let layout = |text: &str| {
        let mut job = LayoutJob::single_section(text.to_owned(), format.clone());
        job.wrap.max_width = width;
        painter.layout_job(job)
    };
    let mut closed = ui.data_mut(|data| data.remove_temp::<Closed>(id)).unwrap_or_default();
    let fonts = ui.fonts(|fonts| fonts.discovered_fonts().len());
    closed.fit(words, Stands { width_points: width, pixels_per_point: ui.pixels_per_point(), fonts });
    let open = closed.grow(words, layout);
    let above: f32 = closed.parts.iter().map(|part| part.height_points).sum();
    let (rect, response) = ui.allocate_exact_size(vec2(width, above + open.size().y), Sense::hover());
    let in_sight = ui.clip_rect().y_range();
    let (mut begin, mut top) = (0, rect.top());
    for part in &closed.parts {
        let bottom = top + part.height_points;
        if bottom >= in_sight.min && top <= in_sight.max {
            let galley = layout(alone(&closed.text[begin..part.end]));
            painter.galley(pos2(rect.left(), top), galley, format.color);
        }
        (begin, top) = (part.end, bottom);
    }
    painter.galley(pos2(rect.left(), top), open, format.color);
    ui.data_mut(|data| data.insert_temp(id, closed));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), &said));
    response
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use egui::{Color32, Label, RichText};
    use egui_kittest::{Harness, kittest::Queryable};

    use super::*;
    use crate::ui::theme::{self, size, text};

    const PIECES: [&str; 9] =
        ["The ", "wölf ", "lowers-", "its ", "heads, and", " waits. ", "\n", "Donaudampfschifffahrt", "–ever"];

    /// A line and a little more.
    const LINE_POINTS: f32 = 20.0;

    /// No two words are in the order in which they were before.
    fn story(pieces: usize) -> impl Iterator<Item = &'static str> {
        (0..pieces).scan(7_usize, |state, _| {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            Some(PIECES[(*state >> 33) % PIECES.len()])
        })
    }

    fn format() -> TextFormat {
        TextFormat::simple(text::body(), Color32::WHITE)
    }

    #[derive(Default)]
    struct Both {
        words: String,
        growing: f32,
        whole: f32,
    }

    #[test]
    fn it_looks_as_if_all_of_it_were_laid_out_at_once() {
        let mut harness = Harness::builder().with_context_setup(theme::install).build_ui_state(
            |ui, both: &mut Both| {
                ui.set_width(size::SIDE_COLUMN);
                both.growing = growing(ui, "growing", &both.words, &format(), "what is said".into()).rect.height();
                both.whole = ui.add(Label::new(RichText::new(&both.words)).wrap().selectable(false)).rect.height();
            },
            Both::default(),
        );
        for piece in story(600) {
            harness.state_mut().words.push_str(piece);
            harness.step();
            let Both { growing, whole, words } = harness.state();
            // Letters stand between pixels, so a word that just fits may not where its line is the first.
            assert!((growing - whole).abs() < LINE_POINTS, "{growing} and {whole} after {words}");
        }
        assert!(harness.state().whole > 40.0 * LINE_POINTS, "it was long");
        harness.get_by_label("what is said");
    }

    #[test]
    fn what_is_closed_is_what_came_and_little_is_open() {
        let context = egui::Context::default();
        theme::install(&context);
        let layout = |ctx: &egui::Context, text: &str| {
            let mut job = LayoutJob::single_section(text.to_owned(), format());
            job.wrap.max_width = size::SIDE_COLUMN;
            ctx.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let mut closed = Closed::default();
        let mut output = context.run_ui(egui::RawInput::default(), |ui| {
            let whole: String = story(2000).collect();
            let column = Stands { width_points: size::SIDE_COLUMN, pixels_per_point: 1.0, fonts: 0 };
            let laid_out = Cell::new(0);
            closed.fit(&whole, column);
            let open = closed.grow(&whole, |text| {
                laid_out.set(laid_out.get() + text.len());
                layout(ui.ctx(), text)
            });
            assert!(laid_out.get() < 8 * whole.len(), "{} bytes for {}", laid_out.get(), whole.len());
            assert!(open.rows.len() < MOST_OPEN_ROWS && closed.parts.len() > 20);
            assert!(whole.starts_with(&closed.text) && whole[closed.text.len()..] == open.job.text);
            closed.fit(&whole, column);
            assert_eq!(closed.parts.last().map(|part| part.end), Some(closed.text.len()));
            let narrow = Stands { width_points: size::FIELD, ..column };
            let with_another_font = Stands { fonts: 1, ..column };
            for (words, stands) in
                [("other words", column), (whole.as_str(), narrow), (whole.as_str(), with_another_font)]
            {
                let mut another = closed.clone();
                another.fit(words, stands);
                assert!(another.parts.is_empty() && another.text.is_empty(), "it begins anew");
            }
        });
        // Nobody paints them.
        output.textures_delta.clear();
    }
}
