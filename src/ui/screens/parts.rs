//! Which model plays which part, and which models there are.

use egui::{Align, Label, Layout, RichText, Ui};

use super::Wishes;
use crate::{
    protocol::{Command, Depth, Fix, ModelEntry, ModelKind, RoleReport, Verdict},
    settings::CloudMode,
    ui::{
        icon,
        state::{Screen, State},
        theme::{palette, size, space, text},
        widgets::{Button, Look, card, choice, section, verdict_icon},
        words,
    },
};

/// Draws one line for each role, with its verdict and a list to choose from.
pub fn roles(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Parts", |_| {});
        if state.settings.cloud == CloudMode::CloudOnly && !state.settings.demo {
            return in_the_cloud(ui, state);
        }
        let mut names: Vec<String> = vec![String::new()];
        let models = state.report.as_ref().map(|report| report.models.as_slice()).unwrap_or_default();
        names.extend(models.iter().filter(|model| model.kind != ModelKind::Embedding).map(|model| model.key.clone()));
        let mut chosen = None;
        for (index, role) in state.settings.roles.iter().enumerate() {
            let reports = state.report.as_ref().map(|report| report.roles.as_slice()).unwrap_or_default();
            let report = reports.iter().find(|report| report.role == role.name);
            ui.horizontal(|ui| {
                verdict_icon(ui, report.map_or(Verdict::Skipped, |report| report.verdict));
                let name = if role.is_expert() { &role.instruction } else { &role.name };
                let left_to_right = Layout::left_to_right(Align::Center);
                ui.allocate_ui_with_layout(egui::vec2(size::CHECK_COLUMN * 0.66, size::ICON), left_to_right, |ui| {
                    ui.set_min_width(size::CHECK_COLUMN * 0.66);
                    ui.add(Label::new(RichText::new(name).font(text::strong())).truncate());
                });
                if state.settings.demo {
                    ui.add(Label::new("the demo's script").truncate());
                    return;
                }
                let words = |model: &String| match (model.as_str(), report) {
                    ("", Some(RoleReport { model: taken, .. })) if !taken.is_empty() => format!("any loaded: {taken}"),
                    ("", _) => "any loaded model".to_owned(),
                    (name, _) => name.to_owned(),
                };
                if let Some(model) = choice(ui, &format!("Model of {}", role.name), &role.model, &names, words) {
                    chosen = Some((index, model));
                }
            });
        }
        speeds(ui, state);
        if let Some((index, model)) = chosen {
            state.settings.roles[index].model = model;
            wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
            wishes.push(Command::CheckHealth { depth: Depth::Full });
        }
    });
}

/// The parts that models in the cloud play, as the check gave them out.
fn in_the_cloud(ui: &mut Ui, state: &State) {
    let roles = state.report.as_ref().map(|report| report.roles.as_slice()).unwrap_or_default();
    if roles.is_empty() {
        let words = "Six experts of Gemini and three of Claude, and Claude decides, once their keys are there";
        ui.add(Label::new(RichText::new(words).color(palette(ui).weak)).wrap());
    }
    for role in roles {
        ui.horizontal(|ui| {
            verdict_icon(ui, role.verdict);
            ui.add(Label::new(RichText::new(&role.role).font(text::strong())));
            ui.add(Label::new(RichText::new(&role.model).font(text::small()).color(palette(ui).weak)).truncate());
        });
    }
}

/// How quickly each model that plays a part answered its test.
fn speeds(ui: &mut Ui, state: &State) {
    let roles = state.report.as_ref().map(|report| report.roles.as_slice()).unwrap_or_default();
    let mut told: Vec<&str> = Vec::new();
    for role in roles {
        let Some(speed) = role.speed.filter(|_| !told.contains(&role.model.as_str())) else { continue };
        told.push(&role.model);
        let rate = speed.tokens_per_second.map_or_else(String::new, |rate| format!(", {rate:.0} tokens a second"));
        let words = format!("{}: first token after {} ms{rate}", role.model, speed.first_token_ms);
        ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).truncate());
    }
}

/// Draws the models, loaded first, with a button to load the others.
pub fn list(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Models", |ui| {
            if ui.add(Button::new("All models").look(Look::Quiet)).clicked() {
                state.screen = Screen::Models;
            }
        });
        let Some(report) = state.report.as_ref().filter(|report| !report.models.is_empty()) else {
            let words = "Once the server answers, its models are listed here";
            ui.add(Label::new(RichText::new(words).color(palette(ui).weak)).wrap());
            return;
        };
        let mut models: Vec<&ModelEntry> = report.models.iter().collect();
        models.sort_by_key(|model| !model.is_loaded());
        for model in models {
            line(ui, model, wishes);
        }
    });
}

fn line(ui: &mut Ui, model: &ModelEntry, wishes: &mut Wishes) {
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - size::RAIL);
            ui.spacing_mut().item_spacing.y = space::HAIR;
            ui.add(Label::new(RichText::new(&model.key).font(text::strong())).truncate());
            ui.add(
                Label::new(RichText::new(words::model_facts(model)).font(text::small()).color(palette(ui).weak)).wrap(),
            );
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if model.is_loaded() {
                ui.add(Label::new(RichText::new("loaded").color(palette(ui).good)));
            } else if model.kind != ModelKind::Embedding
                && ui.add(Button::new("Load").icon(icon::PLAY).look(Look::Plain)).clicked()
            {
                let fix = Fix::load(model.key.clone());
                wishes.push(Command::Fix { fix });
            }
        });
    });
}
