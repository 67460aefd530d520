//! Which model plays which part, and which models there are.

use egui::{Align, Label, Layout, RichText, Ui};

use super::Wishes;
use crate::{
    protocol::{Command, Depth, Fix, ModelEntry, ModelKind, RoleReport, Verdict, Wellness},
    settings::{AgentSettings, CloudMode, Provider, Role, Settings, cast::NARRATOR},
    ui::{
        icon,
        state::{Screen, State},
        theme::{palette, size, space, text},
        widgets::{Button, Look, card, choice, section, verdict_icon},
        words,
    },
};

/// What stands for no model in particular.
const ANY: &str = "any loaded model";
/// Who answers in the demo.
const DEMO: &str = "the demo's script";

/// Draws one line for each role, with its verdict and a list to choose from; where the cloud may be asked, also whose
/// models are asked there.
pub fn roles(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Parts", |_| {});
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
        let name = if role.is_expert() { &role.instruction } else { &role.name };
        part(ui, name, report.map_or(Verdict::Skipped, |report| report.verdict), |ui| {
            if is_demo {
                ui.add(Label::new(DEMO).truncate());
                return;
            }
            let words = |model: &String| match (model.as_str(), report) {
                ("", Some(RoleReport { model: taken, .. })) if !taken.is_empty() => format!("any loaded: {taken}"),
                ("", _) => ANY.to_owned(),
                (name, _) => name.to_owned(),
            };
            if let Some(model) = choice(ui, &format!("Model of {}", role.name), &role.model, &names, words) {
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
    part(ui, NARRATOR, verdict, |ui| {
        chosen = choice(ui, "Model of narrator", &current, &all, |model| {
            let words = match model.as_deref() {
                None => "off",
                Some(_) if is_demo => DEMO,
                Some("") => ANY,
                Some(name) => name,
            };
            words.to_owned()
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
            let words = |model: &String| if model.is_empty() { "one of its list".to_owned() } else { model.clone() };
            let name = format!("Model of {}", provider.name());
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
        let words = "Gemini and Claude play every part, once their keys are there";
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
