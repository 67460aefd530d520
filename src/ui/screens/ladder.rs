//! The ladder of checks as it runs: sign, name, what was found, how long it took, and what to do about it.

use egui::{Align, Label, Layout, RichText, Ui};

use super::Wishes;
use crate::{
    protocol::{Command, Depth, Finding, Fix, Snapshot, Verdict},
    ui::{
        icon,
        state::State,
        theme::{palette, size, space, text},
        widgets::{Button, Look, Tint, card, label_icon, problem, section, verdict_icon},
    },
};

/// Draws every finding so far.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Checks", |ui| {
            let prove = Button::new("Prove every ability").look(Look::Quiet);
            if ui.add_enabled(state.can_run() && !snapshot.checking, prove).clicked() {
                wishes.push(Command::CheckHealth { depth: Depth::Deep });
            }
            let copy = Button::new("Copy the report").look(Look::Quiet);
            if ui.add_enabled(state.report.is_some(), copy).clicked() {
                wishes.push(Command::Fix { fix: Fix::CopyReport });
            }
            let words = match &state.report {
                Some(report) => format!("{} ms in all", report.took_ms),
                None if snapshot.checking => "running".to_owned(),
                None => String::new(),
            };
            ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)));
        });
        if let Some(said) = &state.said {
            label_icon(ui, icon::CHECK, said, palette(ui).good);
        }
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.spacing_mut().interact_size.y = size::ROW;
        let mut place = String::new();
        let mut wanted = Vec::new();
        for finding in placed(&state.findings) {
            if finding.at != place {
                place.clone_from(&finding.at);
                ui.add_space(space::S);
                ui.add(Label::new(RichText::new(format!("Endpoint {place}")).font(text::strong())));
            }
            row(ui, finding);
            if let Some(found) = &finding.problem {
                let tint = if finding.verdict == Verdict::Failed { Tint::Bad } else { Tint::Warn };
                let fix = ui.scope(|ui| {
                    ui.spacing_mut().interact_size.y = size::BUTTON;
                    problem(ui, tint, found)
                });
                wanted.extend(fix.inner);
                ui.add_space(space::XS);
            }
        }
        wanted.into_iter().for_each(|fix| state.wish_for(fix, wishes));
        if state.findings.is_empty() {
            let words = "The first check begins at once; its findings appear here one by one";
            ui.add(Label::new(RichText::new(words).color(palette(ui).weak)).wrap());
        }
    });
}

/// The findings of the first endpoint, then those of each other one.
fn placed(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by(|left, right| left.at.cmp(&right.at));
    sorted
}

fn row(ui: &mut Ui, finding: &Finding) {
    ui.horizontal(|ui| {
        verdict_icon(ui, finding.verdict);
        let title = Label::new(RichText::new(finding.check.title()).font(text::strong())).truncate();
        let left_to_right = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(egui::vec2(size::CHECK_COLUMN, size::ICON), left_to_right, |ui| {
            ui.set_min_width(size::CHECK_COLUMN);
            ui.add(title);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if finding.verdict != Verdict::Skipped {
                let took = format!("{} ms", finding.took_ms);
                ui.add(Label::new(RichText::new(took).font(text::small()).color(palette(ui).weak)));
            }
            ui.with_layout(left_to_right, |ui| {
                let color = if finding.verdict == Verdict::Skipped { palette(ui).weak } else { palette(ui).text };
                ui.add(Label::new(RichText::new(&finding.note).color(color)).truncate());
            });
        });
    });
}
