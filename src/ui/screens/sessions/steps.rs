//! What a session did, step by step, and the way to the reasons of each.

use egui::{Align, Label, Layout, RichText, Role, Ui, WidgetInfo};

use super::{Wishes, weak};
use crate::{
    protocol::{EffectStatus, StepReport, WorthReading},
    ui::{
        catalogue::{self, say},
        state::{
            State,
            sessions::{Opened, SessionsState},
        },
        theme::{palette, size, space, text},
        widgets::{Button, capitalised, card, rows, section},
        words::{self, kept},
    },
};

/// Draws the decisions that are worth reading, and all steps.
pub fn ui(ui: &mut Ui, state: &mut State, opened: &Opened, wishes: &mut Wishes) {
    let worth: &[WorthReading] = &opened.file.figures.worth_reading;
    if !worth.is_empty() {
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            section(ui, &say!("sessions-worth-reading"), |_| {});
            for reading in worth {
                worth_reading(ui, &mut state.sessions, opened, reading, wishes);
            }
        });
        ui.add_space(space::S);
    }
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("sessions-steps"), |_| {});
        if opened.step_count() == 0 {
            weak(ui, &say!("sessions-nothing-done"));
            return;
        }
        rows(ui, "steps", opened.step_count(), size::BUTTON, |ui, index| {
            if let Some((at_ms, step)) = opened.step(index) {
                row(ui, &mut state.sessions, opened, at_ms, step, wishes);
            }
        });
    });
}

/// A decision and why it is worth reading.
fn worth_reading(
    ui: &mut Ui,
    sessions: &mut SessionsState,
    opened: &Opened,
    reading: &WorthReading,
    wishes: &mut Wishes,
) {
    let step = opened.step_of(reading.question);
    ui.horizontal_wrapped(|ui| {
        if let Some(step) = step {
            why_button(ui, sessions, opened, step, wishes);
        }
        let why = catalogue::said(&reading.why);
        let words = match step {
            Some(step) => say!("sessions-worth-step", step = step, why = why),
            None => say!("sessions-worth-question", question = reading.question, why = why),
        };
        ui.add(Label::new(words).wrap());
    });
}

fn row(ui: &mut Ui, sessions: &mut SessionsState, opened: &Opened, at_ms: u64, step: &StepReport, wishes: &mut Wishes) {
    let colors = palette(ui);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        why_button(ui, sessions, opened, step.step, wishes);
        let score = step.score.map_or_else(String::new, kept::score);
        let facts = format!("{score}  {}", kept::span(step.took_ms));
        ui.add(Label::new(RichText::new(facts.trim()).font(text::small()).color(colors.weak)));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let said = format!("{}  {}", step.step, done(step));
            let color = if step.effect.status == EffectStatus::Done { colors.text } else { colors.warn };
            let label = ui.add(Label::new(RichText::new(said).color(color)).truncate());
            label.on_hover_text(say!(
                "sessions-step-hint",
                moment = kept::moment(at_ms),
                by = catalogue::said(&step.by),
                effect = catalogue::said(&step.effect.text),
            ));
        });
    });
}

/// `Go to Farm`, or `Refused: go to Farm`.
fn done(step: &StepReport) -> String {
    capitalised(&format!("{}{}", words::effect_status(step.effect.status), words::action(&step.action)))
}

fn why_button(ui: &mut Ui, sessions: &mut SessionsState, opened: &Opened, step: u64, wishes: &mut Wishes) {
    let response = ui.add(Button::new(&say!("sessions-why")));
    let name = say!("sessions-why-step", step = step);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.clicked() {
        wishes.push(sessions.show_why(&opened.file.line.session, step));
    }
}
