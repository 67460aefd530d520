//! What can be posted when somebody asks for help: put together on request, shown word for word, then saved or copied.

use egui::{Frame, Id, Label, RichText, ScrollArea, StrokeKind, TextEdit, Ui};

use super::Wishes;
use crate::{
    protocol::{Bundle, Command, Redaction},
    ui::{
        catalogue::{said, say},
        icon,
        state::State,
        theme::{LINE, ROUND_SMALL, margins, palette, size, space, stroke, text},
        widgets::{Button, Look, card, dense, section, sentence, under_way},
    },
};

/// The share of the room that the text may take.
const PREVIEW: f32 = 0.5;

/// Draws the card that stands on top of the log.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        match state.diagnostics.bundle.take() {
            None => offer(ui, state, wishes),
            Some(bundle) => {
                if preview(ui, state, &bundle, wishes) {
                    state.diagnostics.bundle = Some(bundle);
                } else {
                    state.diagnostics.close();
                }
            }
        }
    });
    ui.add_space(space::S);
}

/// What it would be, and the button that asks for it.
fn offer(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    section(ui, &say!("logs-diagnostics"), |ui| {
        if ui.add(Button::new(&say!("logs-prepare")).icon(icon::WRENCH)).clicked() {
            state.diagnostics.prepare();
            wishes.push(Command::PrepareBundle);
        }
    });
    // A refusal is shown above, with its reason.
    let is_awaited = state.diagnostics.is_preparing && state.refused.is_none();
    let words = if is_awaited { under_way(ui, &say!("logs-preparing")) } else { say!("logs-offer") };
    weak(ui, &words);
}

/// The whole text and what was taken out of it; false when it is to be put away.
fn preview(ui: &mut Ui, state: &mut State, bundle: &Bundle, wishes: &mut Wishes) -> bool {
    let mut stays = true;
    section(ui, &say!("logs-diagnostics"), |_| {});
    ui.horizontal_wrapped(|ui| {
        if ui.add(Button::new(&say!("logs-save")).icon(icon::SAVE).look(Look::Primary)).clicked() {
            wishes.push(Command::SaveBundle);
        }
        if ui.add(Button::new(&say!("logs-copy-diagnostics")).icon(icon::COPY)).clicked() {
            state.to_copy = Some(bundle.text.clone());
        }
        stays = !ui.add(Button::new(&say!("logs-close"))).clicked();
    });
    ui.scope(|ui| {
        dense(ui);
        sentence(ui, icon::SHIELD, &say!("logs-promise"), palette(ui).text);
        sentence(ui, icon::EYE, &say!("logs-read-it"), palette(ui).text);
    });
    taken_out(ui, &bundle.redactions);
    ui.add_space(space::XS);
    let label = ui.label(RichText::new(say!("logs-text-of", file = bundle.file_name.as_str())).font(text::strong()));
    text_of(ui, bundle, label.id);
    stays
}

/// The text in a frame that stays where it is while it is scrolled, and its bar beside it.
fn text_of(ui: &mut Ui, bundle: &Bundle, label: Id) {
    let colors = palette(ui);
    let height = (ui.available_height() * PREVIEW).clamp(size::ARGUMENTS, size::CHOICES);
    let frame = Frame::new().fill(colors.well).stroke(stroke(LINE, colors.line)).corner_radius(ROUND_SMALL);
    let framed = frame.inner_margin(margins(space::M, space::S)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let area = ScrollArea::vertical().id_salt("diagnostics").max_height(height).auto_shrink([false, true]);
        let scrolled = area.show(ui, |ui| {
            ui.set_width(ui.available_width() - space::M);
            // Through a shared text nothing can be changed; it can be selected and read aloud.
            let mut shown = bundle.text.as_str();
            let field = TextEdit::multiline(&mut shown).font(text::mono()).desired_width(f32::INFINITY);
            ui.add(field.frame(Frame::new())).labelled_by(label).has_focus()
        });
        scrolled.inner
    });
    if framed.inner {
        let focus = stroke(space::HAIR, colors.accent);
        ui.painter().rect_stroke(framed.response.rect, ROUND_SMALL, focus, StrokeKind::Outside);
    }
}

fn taken_out(ui: &mut Ui, redactions: &[Redaction]) {
    ui.scope(|ui| {
        dense(ui);
        if redactions.is_empty() {
            weak(ui, &say!("logs-nothing-taken-out"));
            return;
        }
        weak(ui, &say!("logs-taken-out"));
        for redaction in redactions {
            ui.add(Label::new(RichText::new(in_words(redaction)).font(text::small())).wrap());
        }
    });
}

/// `API keys: 3 times; (hidden) stands there instead`.
fn in_words(redaction: &Redaction) -> String {
    let Redaction { what, times, instead } = redaction;
    say!("logs-taken", what = said(what), times = *times, instead = said(instead))
}

fn weak(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
