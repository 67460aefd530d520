//! The models screen: what every server has, loaded and downloaded, who plays with what, and loading and unloading.

use std::time::Duration;

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui};

use super::Wishes;
use crate::{
    protocol::{Command, Fix, LoadingView, ModelEntry, ModelInstance, ModelKind, ModelsListed, RoleReport, Snapshot},
    ui::{
        icon,
        state::State,
        theme::{palette, size, space, text},
        widgets::{Button, Look, Measure, Tint, banner, bar, card, choice, label_icon, problem, section},
        words,
    },
};

/// The age of a list is counted in seconds, so it is drawn again once a second while it is looked at.
const AGE_EVERY: Duration = Duration::from_secs(1);
/// Contexts that are offered when a model is loaded, in tokens; the largest that fits the model comes last.
const CONTEXTS: [u32; 6] = [4096, 8192, 16_384, 32_768, 65_536, 131_072];

/// Draws one card for each server.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    ScrollArea::vertical().id_salt("catalogue").auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - space::M);
        if let Some(loading) = &snapshot.loading {
            under_way(ui, loading, wishes);
            ui.add_space(space::S);
        }
        if state.lists.is_empty() {
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                section(ui, "Models", |_| {});
                let words = "Once a server answers, its models are listed here. Setup says what is missing until then";
                ui.add(Label::new(RichText::new(words).color(palette(ui).weak)).wrap());
            });
            return;
        }
        let is_busy = snapshot.loading.is_some();
        for (listed, heard) in state.lists.values().cloned().collect::<Vec<_>>() {
            server(ui, state, &listed, heard.elapsed(), is_busy, wishes);
            ui.add_space(space::S);
        }
    });
    ui.ctx().request_repaint_after(AGE_EVERY);
}

/// A load: how long it has taken beside how long it took before, and the way to give it up.
fn under_way(ui: &mut Ui, loading: &LoadingView, wishes: &mut Wishes) {
    let LoadingView { model, elapsed_ms, last_took_ms, stall, .. } = loading;
    let tint = if stall.is_some() { Tint::Warn } else { Tint::Calm };
    banner(ui, tint, icon::RUNNING, |ui| {
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - size::FIELD / 2.0);
            let seconds = elapsed_ms / 1000;
            let name = format!("Loading {model}");
            match last_took_ms {
                Some(last_ms) => {
                    let words = format!("{seconds} s, it took {:.0} s last time", words::seconds(*last_ms));
                    let (share, color) = (words::share(*elapsed_ms, *last_ms), palette(ui).accent);
                    bar(ui, &Measure { symbol: icon::CLOCK, name: &name, words, share, color });
                }
                // Without anything to compare with, a bar would only pretend to know.
                None => {
                    ui.add(Label::new(RichText::new(format!("{name}: {seconds} s")).font(text::strong())).truncate());
                }
            }
            if let Some(stall) = stall {
                ui.add(Label::new(RichText::new(stall).color(palette(ui).warn)).wrap());
            }
        });
        if ui.add(Button::new("Cancel loading").icon(icon::CLOSE)).clicked() {
            wishes.push(Command::CancelLoad);
        }
    });
}

fn server(ui: &mut Ui, state: &State, listed: &ModelsListed, age: Duration, is_busy: bool, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let version = listed.server.version.as_deref().unwrap_or_default();
        let title = format!("{} {version}", listed.server.product.title());
        section(ui, title.trim(), |ui| {
            if ui.add(Button::new("Refresh").icon(icon::REPEAT)).clicked() {
                wishes.push(Command::RefreshModels);
            }
            let words = format!("{} ({}), list {} s old", listed.url, listed.endpoint, age.as_secs());
            ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).truncate());
        });
        if let Some(found) = &listed.problem {
            let fix = problem(ui, Tint::Bad, found);
            wishes.extend(fix.map(|fix| Command::Fix { fix }));
        }
        let loaded = listed.models.iter().filter(|model| model.is_loaded()).count();
        if listed.models.is_empty() {
            let words = "It lists no models. Download one in LM Studio, then refresh";
            ui.add(Label::new(RichText::new(words).color(palette(ui).weak)).wrap());
            return;
        }
        group(ui, &format!("Loaded ({loaded})"), state, listed, true, is_busy, wishes);
        let words = format!("Downloaded and not loaded ({})", listed.models.len() - loaded);
        group(ui, &words, state, listed, false, is_busy, wishes);
    });
}

fn group(
    ui: &mut Ui,
    title: &str,
    state: &State,
    listed: &ModelsListed,
    is_loaded: bool,
    is_busy: bool,
    wishes: &mut Wishes,
) {
    ui.add_space(space::S);
    ui.add(Label::new(RichText::new(title).font(text::small()).color(palette(ui).weak)));
    let mut models: Vec<&ModelEntry> = listed.models.iter().filter(|model| model.is_loaded() == is_loaded).collect();
    models.sort_by_key(|model| (model.kind == ModelKind::Embedding, &model.key));
    if models.is_empty() {
        let words = if is_loaded { "None. Load one below; the experts need at least one" } else { "None" };
        label_icon(ui, icon::SKIPPED, words, palette(ui).weak);
    }
    for model in models {
        ui.separator();
        row(ui, state, listed, model, is_busy, wishes);
    }
}

fn row(ui: &mut Ui, state: &State, listed: &ModelsListed, model: &ModelEntry, is_busy: bool, wishes: &mut Wishes) {
    let roles = state.report.as_ref().map(|report| report.roles.as_slice()).unwrap_or_default();
    let plays = plays(roles, listed, model);
    ui.horizontal_top(|ui| {
        let side = size::FIELD * 1.5;
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() - side).max(size::FIELD));
            ui.spacing_mut().item_spacing.y = space::HAIR;
            ui.add(Label::new(RichText::new(&model.key).font(text::strong())).truncate());
            ui.add(
                Label::new(RichText::new(words::model_facts(model)).font(text::small()).color(palette(ui).weak)).wrap(),
            );
            if !plays.is_empty() {
                let words = format!("Plays: {}", plays.join(", "));
                ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).accent)).wrap());
            }
        });
        // A height of its own, or the row would grow with whatever is left of the screen.
        let room = egui::vec2(ui.available_width(), size::BUTTON);
        ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
            if model.kind == ModelKind::Embedding && !model.is_loaded() {
                ui.add(Label::new(RichText::new("answers no questions").font(text::small()).color(palette(ui).weak)));
                return;
            }
            if listed.server.api == Some(crate::protocol::Api::V1) {
                load(ui, listed, model, is_busy, wishes);
            }
            if model.kind != ModelKind::Embedding {
                assign(ui, state, listed, model, wishes);
            }
        });
    });
    for instance in &model.instances {
        copy(ui, listed, model, instance, wishes);
    }
}

/// One loaded copy with its context and places, and the button that takes it out of memory.
fn copy(ui: &mut Ui, listed: &ModelsListed, model: &ModelEntry, instance: &ModelInstance, wishes: &mut Wishes) {
    ui.horizontal(|ui| {
        ui.add_space(space::L);
        let most = model.max_context_length.map_or_else(String::new, |most| format!(" (the model could have {most})"));
        let words = format!("{}{most}", instance.words());
        ui.add(Label::new(RichText::new(words).font(text::mono()).color(palette(ui).weak)).truncate());
        if listed.server.api != Some(crate::protocol::Api::V1) {
            return;
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = format!("Unload {}", instance.id);
            if ui.add(Button::new(&name).icon(icon::CLOSE).look(Look::Quiet)).clicked() {
                let fix = Fix::UnloadModel { instance: instance.id.clone(), endpoint: listed.endpoint.clone() };
                wishes.push(Command::Fix { fix });
            }
        });
    });
}

/// Loads the model, or loads it again with another context.
fn load(ui: &mut Ui, listed: &ModelsListed, model: &ModelEntry, is_busy: bool, wishes: &mut Wishes) {
    let most = model.max_context_length.unwrap_or(u32::MAX);
    let mut contexts: Vec<Option<u32>> = vec![None];
    contexts.extend(CONTEXTS.into_iter().filter(|length| *length < most).map(Some));
    contexts.extend(model.max_context_length.map(Some));
    let words = |length: &Option<u32>| match length {
        None if model.is_loaded() => "Load with…".to_owned(),
        None => "Load".to_owned(),
        Some(length) => format!("{length} tokens"),
    };
    ui.allocate_ui(egui::vec2(size::FIELD / 2.0, size::BUTTON), |ui| {
        ui.set_width(size::FIELD / 2.0);
        if model.is_loaded() {
            ui.add_enabled_ui(!is_busy, |ui| {
                if let Some(Some(length)) = choice(ui, &format!("Context of {}", model.key), &None, &contexts, words) {
                    wishes.push(Command::Fix { fix: Fix::load_with(&model.key, length).at(&listed.endpoint) });
                }
            });
        } else if ui
            .add_enabled(!is_busy, Button::new(&format!("Load {}", short(&model.key))).icon(icon::PLAY))
            .clicked()
        {
            wishes.push(Command::Fix { fix: Fix::load(&model.key).at(&listed.endpoint) });
        }
    });
}

/// Gives the model a part.
fn assign(ui: &mut Ui, state: &State, listed: &ModelsListed, model: &ModelEntry, wishes: &mut Wishes) {
    if state.settings.demo {
        return;
    }
    let here = state.settings.roles.iter().filter(|role| role.endpoint == listed.endpoint);
    let mut parts: Vec<String> = vec![String::new()];
    parts.extend(here.map(|role| role.name.clone()));
    if parts.len() == 1 {
        return;
    }
    let words = |name: &String| if name.is_empty() { "Use for…".to_owned() } else { name.clone() };
    ui.allocate_ui(egui::vec2(size::FIELD / 2.0, size::BUTTON), |ui| {
        ui.set_width(size::FIELD / 2.0);
        if let Some(role) = choice(ui, &format!("Part for {}", model.key), &String::new(), &parts, words) {
            let fix = Fix::UseModel { role, instead_of: String::new(), model: model.key.clone() };
            wishes.push(Command::Fix { fix });
        }
    });
}

/// The parts that this model plays, as the last check found.
fn plays(roles: &[RoleReport], listed: &ModelsListed, model: &ModelEntry) -> Vec<String> {
    let is_it = |role: &&RoleReport| role.endpoint == listed.endpoint && model.answers_to(&role.model);
    roles.iter().filter(is_it).map(|role| role.role.clone()).collect()
}

/// The name without its publisher, which stands in the row already.
fn short(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}
