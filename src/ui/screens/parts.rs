//! Which model plays which part, and which models there are.

use std::borrow::Cow;

use egui::{Align, Label, Layout, RichText, Role as Kind, Ui, WidgetInfo};

use super::Wishes;
use crate::{
    protocol::{Command, Depth, Fix, ModelEntry, ModelKind, RoleReport, Verdict, Wellness},
    settings::{AgentSettings, CloudMode, Provider, Role, Settings, cast::NARRATOR},
    ui::{
        catalogue::{said, say},
        state::{Screen, State},
        theme::{palette, size, space, text},
        widgets::{Button, Look, card, choice, section, verdict_icon},
        words,
    },
};

/// Draws one line for each role, with its verdict and a list to choose from; where the cloud may be asked, also whose
/// models are asked there.
pub fn roles(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("models-parts"), |_| {});
        let is_demo = state.settings.demo;
        let mode = state.settings.cloud;
        let mut is_changed = false;
        if mode == CloudMode::CloudOnly && !is_demo {
            in_the_cloud(ui, state);
        } else {
            is_changed |= local(ui, state);
            is_changed |= narrator(ui, state);
            speeds(ui, state);
        }
        if mode != CloudMode::LocalOnly && !is_demo {
            is_changed |= accounts(ui, state);
        }
        if is_changed {
            wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
            wishes.push(Command::CheckHealth { depth: Depth::Full });
        }
    });
}

/// The roles that models of the endpoints play; true when one was given another model.
fn local(ui: &mut Ui, state: &mut State) -> bool {
    let names = model_names(state);
    let is_demo = state.settings.demo;
    let mut chosen = None;
    for (index, role) in state.settings.roles.iter().enumerate().filter(|(_, role)| role.name != NARRATOR) {
        let report = report_on(state, &role.name);
        part(ui, &title(role), report.map_or(Verdict::Skipped, |report| report.verdict), |ui| {
            if is_demo {
                ui.add(Label::new(say!("models-demo")).truncate());
                return;
            }
            let words = |model: &String| match (model.as_str(), report) {
                ("", Some(RoleReport { model: taken, .. })) if !taken.is_empty() => {
                    say!("models-any-taken", model = taken.as_str())
                }
                ("", _) => say!("models-any"),
                (name, _) => name.to_owned(),
            };
            let name = say!("models-model-of", role = said(&role.name));
            if let Some(model) = choice(ui, &name, &role.model, &names, words) {
                chosen = Some((index, model));
            }
        });
    }
    let Some((index, model)) = chosen else { return false };
    state.settings.roles[index].model = model;
    true
}

/// The narrator is there only if somebody wants it; true when that has changed.
fn narrator(ui: &mut Ui, state: &mut State) -> bool {
    let is_demo = state.settings.demo;
    let names = if is_demo { vec![String::new()] } else { model_names(state) };
    let all: Vec<Option<String>> = std::iter::once(None).chain(names.into_iter().map(Some)).collect();
    let role = state.settings.roles.iter().find(|role| role.name == NARRATOR);
    // One that never speaks is as good as none.
    let current = role.filter(|_| state.settings.agent.narrate_every_s > 0.0).map(|role| role.model.clone());
    let verdict = report_on(state, NARRATOR).map_or(Verdict::Skipped, |report| report.verdict);
    let mut chosen = None;
    part(ui, &said(NARRATOR), verdict, |ui| {
        let name = say!("models-model-of", role = said(NARRATOR));
        chosen = choice(ui, &name, &current, &all, |model| match model.as_deref() {
            None => say!("models-off"),
            Some(_) if is_demo => say!("models-demo"),
            Some("") => say!("models-any"),
            Some(name) => name.to_owned(),
        });
    });
    let Some(model) = chosen else { return false };
    narrate(&mut state.settings, model);
    true
}

/// Has this model narrate, or nobody.
fn narrate(settings: &mut Settings, model: Option<String>) {
    let Some(model) = model else {
        settings.roles.retain(|role| role.name != NARRATOR);
        return;
    };
    match settings.roles.iter_mut().find(|role| role.name == NARRATOR) {
        Some(role) => role.model = model,
        None => {
            let mut role = Role { model, ..Role::new(NARRATOR, NARRATOR) };
            if let Some(endpoint) = settings.endpoints.first() {
                role.endpoint.clone_from(&endpoint.name);
            }
            settings.roles.push(role);
        }
    }
    if settings.agent.narrate_every_s <= 0.0 {
        settings.agent.narrate_every_s = AgentSettings::default().narrate_every_s;
    }
}

/// Which model of each account is asked; true when another one was chosen.
fn accounts(ui: &mut Ui, state: &mut State) -> bool {
    let mut chosen = None;
    for provider in Provider::CLOUD {
        let Some(account) = state.settings.providers.account(provider) else { continue };
        let listed = state.report.as_ref().and_then(|report| report.of_endpoint(provider.name()));
        let verdict = match listed.map(|report| report.verdict) {
            None => Verdict::Skipped,
            Some(Wellness::Healthy) => Verdict::Passed,
            Some(Wellness::Degraded) => Verdict::Warned,
            Some(Wellness::Unhealthy) => Verdict::Failed,
        };
        let models = listed.map(|report| report.models.as_slice()).unwrap_or_default();
        let names: Vec<String> =
            std::iter::once(String::new()).chain(models.iter().map(|model| model.key.clone())).collect();
        part(ui, provider.title(), verdict, |ui| {
            let words = |model: &String| if model.is_empty() { say!("models-of-its-list") } else { model.clone() };
            let name = say!("models-model-of", role = provider.name());
            chosen = choice(ui, &name, &account.model, &names, words).map(|model| (provider, model)).or(chosen.take());
        });
    }
    let Some((provider, model)) = chosen else { return false };
    if let Some(account) = state.settings.providers.account_mut(provider) {
        account.model = model;
    }
    true
}

/// One row: verdict, name, and what can be chosen for it.
fn part(ui: &mut Ui, name: &str, verdict: Verdict, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        verdict_icon(ui, verdict);
        let left_to_right = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(egui::vec2(size::CHECK_COLUMN * 0.66, size::ICON), left_to_right, |ui| {
            ui.set_min_width(size::CHECK_COLUMN * 0.66);
            ui.add(Label::new(RichText::new(name).font(text::strong())).truncate());
        });
        contents(ui);
    });
}

/// Nothing, which means any, and every model that answers questions.
fn model_names(state: &State) -> Vec<String> {
    let models = state.report.as_ref().map(|report| report.models.as_slice()).unwrap_or_default();
    let talkers = models.iter().filter(|model| model.kind != ModelKind::Embedding).map(|model| model.key.clone());
    std::iter::once(String::new()).chain(talkers).collect()
}

fn report_on<'a>(state: &'a State, role: &str) -> Option<&'a RoleReport> {
    state.report.as_ref()?.roles.iter().find(|report| report.role == role)
}

/// The parts that models in the cloud play, as the check gave them out.
fn in_the_cloud(ui: &mut Ui, state: &State) {
    let roles = state.report.as_ref().map(|report| report.roles.as_slice()).unwrap_or_default();
    if roles.is_empty() {
        ui.add(Label::new(RichText::new(say!("models-cloud-plays")).color(palette(ui).weak)).wrap());
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
        let (model, first_ms) = (role.model.as_str(), speed.first_token_ms);
        let words = match speed.tokens_per_second {
            Some(rate) => {
                say!("models-speed", model = model, ms = first_ms, rate = words::decimal(rate, 0))
            }
            None => say!("models-first-token", model = model, ms = first_ms),
        };
        ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
    }
}

/// Draws the models, loaded first, with a button to load the others; one load at a time.
pub fn list(ui: &mut Ui, state: &mut State, is_busy: bool, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("models-title"), |ui| {
            if ui.add(Button::new(&say!("models-all")).look(Look::Quiet)).clicked() {
                state.screen = Screen::Models;
            }
        });
        let Some(report) = state.report.as_ref().filter(|report| !report.models.is_empty()) else {
            ui.add(Label::new(RichText::new(say!("models-not-yet")).color(palette(ui).weak)).wrap());
            return;
        };
        let mut models: Vec<&ModelEntry> = report.models.iter().collect();
        models.sort_by_key(|model| !model.is_loaded());
        for model in models {
            line(ui, model, is_busy, wishes);
        }
    });
}

fn line(ui: &mut Ui, model: &ModelEntry, is_busy: bool, wishes: &mut Wishes) {
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - size::SPEED);
            ui.spacing_mut().item_spacing.y = space::HAIR;
            ui.add(Label::new(RichText::new(&model.key).font(text::strong())).truncate());
            ui.add(
                Label::new(RichText::new(words::model_facts(model)).font(text::small()).color(palette(ui).weak)).wrap(),
            );
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if model.is_loaded() {
                ui.add(Label::new(RichText::new(say!("models-loaded")).color(palette(ui).good)));
                return;
            }
            let name = say!("models-load-this", model = short(&model.key));
            if model.kind != ModelKind::Embedding && pressed(ui, !is_busy, Button::new(&say!("models-load")), &name) {
                let fix = Fix::load(model.key.clone());
                wishes.push(Command::Fix { fix });
            }
        });
    });
}

/// What a role is called: an expert by what it looks at.
pub fn title(role: &Role) -> Cow<'_, str> {
    said(if role.is_expert() { &role.instruction } else { &role.name })
}

/// The name of a model without its publisher, where that stands beside it.
pub fn short(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// A button whose words are short because of what stands beside it; whoever cannot see that is told its whole name.
/// True when it was pressed.
pub fn pressed(ui: &mut Ui, is_enabled: bool, button: Button<'_>, name: &str) -> bool {
    let response = ui.add_enabled(is_enabled, button);
    let is_enabled = is_enabled && ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Kind::Button, is_enabled, name));
    response.on_hover_text(name).clicked()
}
