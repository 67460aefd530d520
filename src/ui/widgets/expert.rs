//! One expert: who it is, what it says while it says it, how quick it is, what it proposes.

use std::borrow::Cow;

use egui::{
    Align, Color32, Frame, Label, Layout, Response, RichText, Role, ScrollArea, TextFormat, Ui, Vec2, WidgetInfo,
};

use super::{dense, growing, icon, steady};
use crate::{
    protocol::{ExpertState, ExpertView},
    ui::{
        catalogue::{self, say},
        icon::of_expert,
        theme::{LINE, ROUND, margin, palette, size, space, stroke, text},
        words,
    },
};

/// So much of a text that still grows is read out, in bytes: more than anybody hears until it has become another.
const LAST_WORDS: usize = 1500;

/// Draws one expert into the given size. Gives the height that it needs to show all that was said at once.
pub fn expert(ui: &mut Ui, view: &ExpertView, room: Vec2) -> f32 {
    let palette = palette(ui);
    let line = if view.state.is_busy() { palette.accent } else { palette.line };
    let framed = Frame::new()
        .fill(palette.card)
        .stroke(stroke(LINE, line))
        .corner_radius(ROUND)
        .inner_margin(margin(space::M))
        .show(ui, |ui| {
            ui.set_width(room.x - 2.0 * (space::M + LINE));
            ui.set_height(room.y - 2.0 * (space::M + LINE));
            dense(ui);
            let is_wide = ui.available_width() >= size::FIELD;
            head(ui, view, is_wide);
            let foot_height = if is_wide { size::ROW + space::XS } else { size::EXPERT_FOOT };
            let text_height = (ui.available_height() - foot_height).max(0.0);
            let said = ScrollArea::vertical()
                .id_salt(&view.role)
                .max_height(text_height)
                .min_scrolled_height(text_height)
                .auto_shrink(false)
                .stick_to_bottom(true)
                .show(ui, |ui| {
                    // The bar lies over no word.
                    ui.set_width((ui.available_width() - space::S).max(0.0));
                    stream(ui, view);
                    ui.min_rect()
                });
            let words = said.inner;
            // With fewer words or more room than before it would stand scrolled too far until something else happens.
            let most = (words.height() - said.inner_rect.height()).max(0.0);
            if said.inner_rect.top() - words.top() > most + 1.0 {
                ui.ctx().request_discard("overscrolled");
            }
            foot(ui, view, is_wide);
            room.y - text_height + words.height()
        });
    // A screen reader hears who speaks and what has been said so far.
    let said = steady(ui, ("expert", view.role.as_str()), in_words(view));
    framed.response.widget_info(|| WidgetInfo::labeled(Role::Group, true, &said));
    framed.inner
}

fn in_words(view: &ExpertView) -> String {
    let said = if view.text.is_empty() { &view.reasoning } else { &view.text };
    say!("run-expert", title = catalogue::said(&view.title), state = state(view.state), said = heard(said, view.state))
}

/// How it stands, in a word or two.
fn state(state: ExpertState) -> String {
    match state {
        ExpertState::Idle => say!("run-expert-idle"),
        ExpertState::Queued => say!("run-expert-queued"),
        ExpertState::Asked => say!("run-expert-asked"),
        ExpertState::Thinking => say!("run-expert-thinking"),
        ExpertState::Answering => say!("run-expert-answering"),
        ExpertState::Done => say!("run-expert-done"),
        ExpertState::BrokenOff => say!("run-expert-broken-off"),
        ExpertState::Failed => say!("run-expert-failed"),
    }
}

/// Who it is and how it stands, in one line where there is room.
fn head(ui: &mut Ui, view: &ExpertView, is_wide: bool) {
    let palette = palette(ui);
    let color = match view.state {
        ExpertState::Failed => palette.bad,
        ExpertState::Done => palette.good,
        ExpertState::Idle | ExpertState::BrokenOff => palette.weak,
        _ => palette.accent,
    };
    let stands = || Label::new(RichText::new(state(view.state)).font(text::small()).color(color));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        icon(ui, of_expert(&view.title), size::ICON, palette.accent);
        ui.add(Label::new(RichText::new(capitalised(&catalogue::said(&view.title))).font(text::strong())).truncate());
        if is_wide {
            aside(ui, |ui| ui.add(stands().truncate()));
        }
    });
    if !is_wide {
        ui.add(stands().truncate());
    }
}

/// At the right of a line.
fn aside<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) {
    ui.with_layout(Layout::right_to_left(Align::Center), contents);
}

fn stream(ui: &mut Ui, view: &ExpertView) {
    let palette = palette(ui);
    if let Some(failure) = &view.failure {
        ui.add(Label::new(RichText::new(catalogue::said(failure)).font(text::small()).color(palette.bad)).wrap());
    }
    if view.text.is_empty() && !view.reasoning.is_empty() {
        let format = TextFormat { italics: true, ..TextFormat::simple(text::small(), palette.weak) };
        streamed(ui, view, &view.reasoning, &format);
    }
    if !view.text.is_empty() {
        // Until it speaks again, what it said last stays, in a quieter colour.
        let is_old = matches!(view.state, ExpertState::Idle | ExpertState::Queued | ExpertState::Asked);
        let color = if is_old { palette.weak } else { palette.text };
        streamed(ui, view, &view.text, &TextFormat::simple(text::body(), color));
    }
}

/// Words that may still grow. Once they are said they can be marked and copied.
fn streamed(ui: &mut Ui, view: &ExpertView, words: &str, format: &TextFormat) {
    if is_speaking(view.state) {
        growing(ui, ("said", view.role.as_str()), words, format, heard(words, view.state).into_owned());
    } else {
        let words = RichText::new(words).font(format.font_id.clone()).color(format.color);
        ui.add(Label::new(if format.italics { words.italics() } else { words }).wrap());
    }
}

fn is_speaking(state: ExpertState) -> bool {
    matches!(state, ExpertState::Thinking | ExpertState::Answering)
}

/// As much of what is being said as a screen reader is told with every second; once it is said, all of it.
fn heard(said: &str, state: ExpertState) -> Cow<'_, str> {
    let from = said.len().saturating_sub(LAST_WORDS);
    if !is_speaking(state) || from == 0 {
        return Cow::Borrowed(said);
    }
    let from = said.ceil_char_boundary(from);
    let rest = &said[from..];
    // A word that is cut would flicker.
    let rest = rest.split_once(char::is_whitespace).map_or(rest, |(_, rest)| rest);
    Cow::Owned(format!("… {rest}"))
}

/// What it proposes, and how quick it is, in one line where there is room.
fn foot(ui: &mut Ui, view: &ExpertView, is_wide: bool) {
    let palette = palette(ui);
    let proposal = match (&view.proposal, view.confidence) {
        (Some(action), Some(confidence)) => {
            format!("{}  ·  {}", words::action(action), words::percent(confidence))
        }
        (Some(action), None) => words::action(action),
        (None, _) => String::new(),
    };
    let speed = steady(ui, ("speed", view.role.as_str()), speed(view));
    let proposal = || Label::new(RichText::new(&proposal).font(text::strong()).color(palette.text)).truncate();
    if is_wide {
        ui.horizontal(|ui| {
            aside(ui, |ui| {
                small(ui, &speed[0], palette.weak);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(proposal()));
            });
        });
    } else {
        ui.add(proposal());
        let [whole, short] = &speed;
        let wanted = ui.painter().layout_no_wrap(whole.clone(), text::small(), palette.weak).size().x;
        if wanted <= ui.available_width() {
            small(ui, whole, palette.weak);
        } else {
            small(ui, short, palette.weak).on_hover_text(whole.as_str());
        }
    }
}

fn small(ui: &mut Ui, words: &str, color: Color32) -> Response {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(color)).truncate())
}

/// How long it took to the first token, and how quick it speaks since; the same as short as it can be said.
fn speed(view: &ExpertView) -> [String; 2] {
    match (view.first_token_ms, view.tokens_per_second) {
        (Some(first), Some(rate)) => {
            let rate = words::decimal(rate, 0);
            let whole = say!("run-expert-speed", first = first, rate = rate.as_str());
            [whole, say!("run-expert-speed-short", first = first, rate = rate.as_str())]
        }
        (Some(first), None) => [(); 2].map(|()| say!("run-expert-first-token", first = first)),
        (None, _) => [const { String::new() }; 2],
    }
}

/// `threat` as the beginning of a line.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable};

    use super::*;
    use crate::ui::theme;

    #[test]
    fn a_state_is_called_here_what_it_is_called_elsewhere() {
        let all = [
            ExpertState::Idle,
            ExpertState::Queued,
            ExpertState::Asked,
            ExpertState::Thinking,
            ExpertState::Answering,
            ExpertState::Done,
            ExpertState::BrokenOff,
            ExpertState::Failed,
        ];
        for one in all {
            assert_eq!(state(one), one.word());
        }
    }

    #[test]
    fn of_a_long_text_that_grows_the_end_is_read_out_and_all_of_it_once_it_is_said() {
        let long = "ä word ".repeat(1000);
        let growing = heard(&long, ExpertState::Answering);
        assert!(growing.starts_with("… ") && growing.len() < LAST_WORDS + 8 && long.ends_with(&growing["… ".len()..]));
        assert_eq!(heard(&long, ExpertState::Done), long);
        assert_eq!(heard("short", ExpertState::Thinking), "short");
    }

    #[test]
    fn fewer_words_than_before_are_in_sight_at_once() {
        let view = |said: &str| ExpertView {
            title: "threat".into(),
            text: said.into(),
            state: ExpertState::Done,
            ..ExpertView::default()
        };
        let mut harness = Harness::builder().with_context_setup(theme::install).build_ui_state(
            |ui, view: &mut ExpertView| {
                expert(ui, view, Vec2::new(size::SIDE_COLUMN, size::EXPERTS_HEIGHT));
            },
            view(&"The wolf waits. ".repeat(80)),
        );
        harness.run_steps(3);
        *harness.state_mut() = view("It is gone");
        harness.step();
        let top = |harness: &Harness<'_, ExpertView>| harness.get_by_label("It is gone").rect().top();
        let at_once = top(&harness);
        harness.step();
        assert!((at_once - top(&harness)).abs() < 1.0, "{at_once}");
    }

    #[test]
    fn how_much_height_it_needs_follows_from_what_it_says_and_not_from_what_it_has() {
        let needed = |said: String, height: f32| {
            let view = ExpertView { title: "threat".into(), text: said, ..ExpertView::default() };
            let mut harness = Harness::builder().with_context_setup(theme::install).build_ui_state(
                move |ui, needed: &mut f32| *needed = expert(ui, &view, Vec2::new(size::SIDE_COLUMN, height)),
                0.0,
            );
            harness.run_steps(3);
            *harness.state()
        };
        let short = needed("The wolf waits".into(), size::EXPERTS_HEIGHT);
        assert!(short < size::EXPERTS_HEIGHT, "{short}");
        assert!((short - needed("The wolf waits".into(), size::MAP_MIN)).abs() < 1.0);
        let long = needed("The wolf waits. ".repeat(40), size::EXPERTS_HEIGHT);
        assert!(long > size::EXPERTS_HEIGHT, "{long}");
    }
}
