//! One expert: who it is, what it says while it says it, how quick it is, what it proposes.

use egui::{Frame, Label, RichText, Role, ScrollArea, Ui, Vec2, WidgetInfo};

use super::{dense, icon};
use crate::{
    protocol::{ExpertState, ExpertView},
    ui::{
        icon::of_expert,
        theme::{LINE, ROUND, margin, palette, size, space, stroke, text},
        words,
    },
};

/// Draws one expert into the given size.
pub fn expert(ui: &mut Ui, view: &ExpertView, room: Vec2) {
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
            head(ui, view);
            let foot_height = size::EXPERT_FOOT;
            let text_height = ui.available_height() - foot_height;
            ScrollArea::vertical()
                .id_salt(&view.role)
                .max_height(text_height)
                .min_scrolled_height(text_height)
                .stick_to_bottom(true)
                .show(ui, |ui| {
                    ui.set_min_height(text_height);
                    ui.set_width(ui.available_width());
                    stream(ui, view);
                });
            foot(ui, view);
        });
    // A screen reader hears who speaks and what has been said so far.
    framed.response.widget_info(|| WidgetInfo::labeled(Role::Group, true, in_words(view)));
}

fn in_words(view: &ExpertView) -> String {
    let said = if view.text.is_empty() { &view.reasoning } else { &view.text };
    format!("Expert {}, {}: {said}", view.title, view.state.word())
}

fn head(ui: &mut Ui, view: &ExpertView) {
    let palette = palette(ui);
    let color = match view.state {
        ExpertState::Failed => palette.bad,
        ExpertState::Done => palette.good,
        ExpertState::Idle | ExpertState::BrokenOff => palette.weak,
        _ => palette.accent,
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        icon(ui, of_expert(&view.title), size::ICON, palette.accent);
        ui.add(Label::new(RichText::new(capitalised(&view.title)).font(text::strong())).truncate());
    });
    ui.add(Label::new(RichText::new(view.state.word()).font(text::small()).color(color)).truncate());
}

fn stream(ui: &mut Ui, view: &ExpertView) {
    let palette = palette(ui);
    if let Some(failure) = &view.failure {
        ui.add(Label::new(RichText::new(failure).font(text::small()).color(palette.bad)).wrap());
    }
    if view.text.is_empty() && !view.reasoning.is_empty() {
        ui.add(Label::new(RichText::new(&view.reasoning).font(text::small()).color(palette.weak).italics()).wrap());
    }
    if !view.text.is_empty() {
        // Until it speaks again, what it said last stays, in a quieter colour.
        let is_old = matches!(view.state, ExpertState::Idle | ExpertState::Queued | ExpertState::Asked);
        let color = if is_old { palette.weak } else { palette.text };
        ui.add(Label::new(RichText::new(&view.text).color(color)).wrap());
    }
}

fn foot(ui: &mut Ui, view: &ExpertView) {
    let palette = palette(ui);
    let proposal = match (&view.proposal, view.confidence) {
        (Some(action), Some(confidence)) => format!("{}  ·  {:.0} %", words::action(action), confidence * 100.0),
        (Some(action), None) => words::action(action),
        (None, _) => String::new(),
    };
    ui.add(Label::new(RichText::new(proposal).font(text::strong()).color(palette.text)).truncate());
    let speed = match (view.first_token_ms, view.tokens_per_second) {
        (Some(first), Some(rate)) => format!("first token {first} ms, {rate:.0} a second"),
        (Some(first), None) => format!("first token {first} ms"),
        (None, _) => String::new(),
    };
    ui.add(Label::new(RichText::new(speed).font(text::small()).color(palette.weak)).truncate());
}

/// `threat` as the beginning of a line.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
