//! The log: what the program says of itself, newest last, with what chooses among the lines.

use chrono::{DateTime, Local};
use egui::{
    Align, Color32, Label, Layout, RichText, ScrollArea, Sense, Ui, UiBuilder, Vec2,
    text::{LayoutJob, TextFormat},
    vec2,
};
use tracing::Level;

use super::{Wishes, diagnostics};
use crate::{
    protocol::{LogLine, Moment},
    ui::{
        catalogue::say,
        icon,
        state::{
            State,
            logs::{Choice, Entry, LogsState, Severity},
        },
        theme::{Palette, palette, size, space, text},
        widgets::{Button, card, choice, dense, section, sentence, toggle, word_field},
    },
};

/// So far from the end somebody has scrolled; less is rounding. In points.
const MOVED: f32 = 1.0;

/// Draws what can be prepared for asking for help, and under it the lines and what chooses among them.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    diagnostics::ui(ui, state, wishes);
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let title = say!("logs-title");
        if ui.available_width() < size::PAIR {
            section(ui, &title, |_| {});
            ui.horizontal_wrapped(|ui| buttons(ui, &mut state.logs));
        } else {
            section(ui, &title, |ui| buttons(ui, &mut state.logs));
        }
        let logs = &mut state.logs;
        choices(ui, logs);
        // What has just been chosen counts at once; of very many lines the newest first.
        logs.look();
        if logs.is_looking() {
            ui.request_repaint();
        }
        ui.scope(|ui| standing(ui, logs));
        ui.add_space(space::XS);
        rows(ui, logs);
    });
}

/// Pause, copy, follow.
fn buttons(ui: &mut Ui, logs: &mut LogsState) {
    if logs.is_paused() {
        if ui.add(Button::new(&say!("logs-go-on")).icon(icon::PLAY)).clicked() {
            logs.go_on();
        }
    } else if ui.add(Button::new(&say!("logs-pause")).icon(icon::PAUSE)).clicked() {
        logs.pause();
    }
    let can_copy = logs.rows() > 0 && !logs.is_looking();
    if ui.add_enabled(can_copy, Button::new(&say!("logs-copy")).icon(icon::COPY)).clicked() {
        // How many they were is said here, which is more than the window says of the clipboard.
        ui.ctx().copy_text(written(logs));
        logs.copied = Some(logs.rows());
    }
    if toggle(ui, logs.follows, &say!("logs-follow")).clicked() {
        logs.follows = !logs.follows;
    }
}

/// Level, module and search, in one line.
fn choices(ui: &mut Ui, logs: &mut LogsState) {
    ui.horizontal_wrapped(|ui| {
        let severity =
            list(ui, &say!("logs-level"), &logs.choice.severity, &Severity::ALL, |severity| severity.title());
        logs.choice.severity = severity.unwrap_or(logs.choice.severity);
        let sources: Vec<Option<String>> =
            std::iter::once(None).chain(logs.sources().map(|source| Some(source.clone()))).collect();
        let words = |source: &Option<String>| {
            source.as_deref().map_or_else(|| say!("logs-all-modules"), |source| short(source).to_owned())
        };
        if let Some(source) = list(ui, &say!("logs-module"), &logs.choice.source, &sources, words) {
            logs.choice.source = source;
        }
        // The name and its field stay together.
        if ui.available_size_before_wrap().x < size::FIELD {
            ui.end_row();
        }
        let (name, hint) = (say!("logs-search"), say!("logs-search-hint"));
        ui.horizontal(|ui| word_field(ui, &name, &hint, &mut logs.choice.search));
    });
}

/// A drop-down list that leaves room for others beside it.
fn list<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    current: &T,
    all: &[T],
    words: impl Fn(&T) -> String,
) -> Option<T> {
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(size::LANE_NAME, size::BUTTON), layout, |ui| choice(ui, name, current, all, words))
        .inner
}

/// How many lines there are, how many are shown, and what waits.
fn standing(ui: &mut Ui, logs: &LogsState) {
    dense(ui);
    let words = if logs.is_chosen() {
        say!("logs-matches", matches = logs.matches(), lines = logs.lines())
    } else {
        say!("logs-lines", lines = logs.lines())
    };
    weak(ui, &words);
    if logs.is_paused() {
        let words = say!("logs-paused", lines = logs.waiting());
        sentence(ui, icon::CLOCK, &words, palette(ui).warn);
    }
    if let Some(rows) = logs.copied {
        let words = say!("logs-copied", lines = rows);
        sentence(ui, icon::CHECK, &words, palette(ui).good);
    }
}

fn rows(ui: &mut Ui, logs: &mut LogsState) {
    if logs.rows() == 0 {
        nothing(ui, logs);
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("log").auto_shrink(false).stick_to_bottom(logs.follows);
    if logs.follows && !std::mem::replace(&mut logs.was_following, logs.follows) {
        area = area.vertical_scroll_offset(end_of(logs.rows(), ui.available_height()));
    }
    let output = area.show_rows(ui, size::ROW, logs.rows(), |ui, range| {
        // Beside the bar, not under it.
        ui.set_width(ui.available_width() - space::M);
        for entry in range.filter_map(|index| logs.row(index)) {
            row(ui, entry);
        }
    });
    // Whoever scrolls up wants to read there. In a frame in which lines come, the area is still at its old end, which is
    // nobody's doing.
    let end = output.content_size.y - output.inner_rect.height();
    let rows = logs.rows();
    let has_grown = std::mem::replace(&mut logs.drawn, rows) != rows;
    let is_above = output.state.clamped_offset().y + MOVED < end;
    if logs.follows && is_above && has_grown {
        ui.request_repaint();
    } else if is_above {
        logs.follows = false;
    }
    logs.was_following = logs.follows;
}

/// How far down the last row is at the lower edge.
#[expect(clippy::cast_precision_loss, reason = "a fraction of a point in a log of 100,000 lines")]
fn end_of(rows: usize, height: f32) -> f32 {
    (rows as f32 * size::ROW - height).max(0.0)
}

/// Why there is nothing to see.
fn nothing(ui: &mut Ui, logs: &mut LogsState) {
    if logs.lines() == 0 {
        weak(ui, &say!("logs-nothing-yet"));
        return;
    }
    if logs.is_looking() {
        weak(ui, &say!("logs-looking"));
        return;
    }
    weak(ui, &say!("logs-no-match"));
    if logs.is_chosen() && ui.add(Button::new(&say!("logs-show-all"))).clicked() {
        logs.choice = Choice::default();
    }
}

/// One row; what is too long for it is shown in full on hover.
fn row(ui: &mut Ui, entry: &Entry) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::ROW), Sense::hover());
    let layout = Layout::left_to_right(Align::Center);
    let mut place = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    let palette = palette(ui);
    let mut job = LayoutJob::default();
    let mut put = |words: &str, color: Color32| job.append(words, 0.0, TextFormat::simple(text::mono(), color));
    match entry {
        Entry::Line(line) => {
            let (level, color) = level(line.level, palette);
            put(&format!("{}  ", clock(line.at, "%H:%M:%S%.3f")), palette.weak);
            // The longest of them is as long as this.
            put(&format!("{level:<7}  "), color);
            put(&format!("{}  ", short(&line.target)), palette.weak);
            put(&line.text, palette.text);
        }
        Entry::Skipped(lines) => put(&skipped(*lines), palette.warn),
    }
    place.add(Label::new(job).truncate());
}

/// A level as a word and a colour.
fn level(level: Level, palette: &Palette) -> (String, Color32) {
    match level {
        Level::ERROR => (say!("logs-error"), palette.bad),
        Level::WARN => (say!("logs-warning"), palette.warn),
        Level::INFO => (say!("logs-info"), palette.good),
        Level::DEBUG => (say!("logs-debug"), palette.weak),
        Level::TRACE => (say!("logs-trace"), palette.weak),
    }
}

fn skipped(lines: u64) -> String {
    say!("logs-skipped", lines = lines)
}

/// Modules of ours without the name of the program.
fn short(target: &str) -> &str {
    target.strip_prefix("singularis::").unwrap_or(target)
}

/// By this machine's clock.
fn clock(at: Moment, format: &str) -> String {
    let utc = i64::try_from(at.0).ok().and_then(DateTime::from_timestamp_millis).unwrap_or_default();
    utc.with_timezone(&Local).format(format).to_string()
}

/// The shown rows as text, one a line.
fn written(logs: &LogsState) -> String {
    let mut text = String::new();
    for entry in (0..logs.rows()).filter_map(|index| logs.row(index)) {
        match entry {
            Entry::Line(LogLine { at, level, target, text: said, .. }) => {
                text.push_str(&format!("{} {level:>5} {target}: {said}\n", clock(*at, "%Y-%m-%d %H:%M:%S%.3f")));
            }
            Entry::Skipped(lines) => text.push_str(&format!("({})\n", skipped(*lines))),
        }
    }
    text
}

fn weak(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
