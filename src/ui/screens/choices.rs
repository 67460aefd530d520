//! What can be chosen before a session: where it acts, the goal and when it is reached, the way of thinking, and how the
//! session runs.

mod desktop;
mod environment;
mod tools;

use egui::{Color32, Label, RichText, ScrollArea, TextEdit, Ui};

use super::{Wishes, terms};
use crate::{
    protocol::Command,
    settings::{Condition, GoalPreset, Strategy, goals_of},
    ui::{
        icon,
        state::{
            State,
            environment::{DESKTOP, WORLD},
        },
        theme::{margins, palette, size, space, text},
        widgets::{card, choice, named, section, selectable, sentence},
        words,
    },
};

/// Draws the choices in as many columns as there is room for, while no session runs; what was changed is saved.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    ScrollArea::vertical().id_salt("choices").auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - space::S);
        let is_narrow = ui.available_width() < size::PAIR;
        let is_changed = if is_narrow { below(ui, state, wishes) } else { beside(ui, state, wishes) };
        if is_changed {
            save(state, wishes);
        }
    });
}

fn below(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) -> bool {
    let mut is_changed = goal(ui, state);
    is_changed |= place(ui, state, wishes);
    is_changed |= ways(ui, state);
    is_changed | terms::care(ui, state)
}

fn beside(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) -> bool {
    ui.columns_const(|[left, right]| {
        let mut is_changed = left.vertical(|ui| goal(ui, state)).inner;
        is_changed |= left.vertical(|ui| place(ui, state, wishes)).inner;
        is_changed |= right.vertical(|ui| ways(ui, state)).inner;
        is_changed | right.vertical(|ui| terms::care(ui, state)).inner
    })
}

/// What is to be chosen of the environment; true when something was changed.
fn place(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) -> bool {
    match state.environment() {
        WORLD => terms::world(ui, state),
        DESKTOP => desktop::ui(ui, state, wishes),
        _ => tools::ui(ui, state, wishes),
    }
}

/// What is being typed becomes the settings as far as it can be used.
fn save(state: &mut State, wishes: &mut Wishes) {
    let agent = &mut state.settings.agent;
    agent.goal.clone_from(&state.goal);
    let when = state.goal_when.trim();
    if when.is_empty() || Condition::parse(when).is_ok() {
        when.clone_into(&mut agent.goal_when);
    }
    match state.seed.trim().parse() {
        Ok(seed) => agent.seed = seed,
        Err(_no_number) => state.seed = agent.seed.to_string(),
    }
    wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
}

/// Where it acts, the goal, and when it is reached; true when something else was picked or typed.
fn goal(ui: &mut Ui, state: &mut State) -> bool {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Next session", |_| {});
        let mut is_changed = environment::ui(ui, state);
        let (symbol, words) = match state.obstacle() {
            _ if state.read_only.is_some() => {
                (icon::WARNING, "Not ready: this window only shows what is kept".to_owned())
            }
            None => (icon::PLAY, words::sets_out(&state.settings)),
            Some(why) if state.environment_obstacle().is_some() => (icon::WARNING, format!("Not ready: {why}")),
            Some(why) => (icon::WARNING, format!("Not ready: {why}. Setup says more, and offers the demo")),
        };
        sentence(ui, symbol, &words, palette(ui).weak);
        is_changed |= picked(ui, state);
        let name = ui.label("Goal");
        let field = TextEdit::multiline(&mut state.goal)
            .desired_rows(2)
            .desired_width(ui.available_width())
            .margin(margins(space::S, space::S));
        let response = ui.add(field).labelled_by(name.id);
        is_changed |= response.lost_focus() && state.goal != state.settings.agent.goal;
        is_changed | reached_when(ui, state)
    })
    .inner
}

/// The goals that can be picked; true when one was.
fn picked(ui: &mut Ui, state: &mut State) -> bool {
    let goals = goals_of(&state.settings.agent.environment);
    if goals.is_empty() {
        return false;
    }
    let (text, when) = (state.goal.trim(), state.goal_when.trim());
    let current = goals.iter().find(|goal| goal.text == text && goal.when == when).copied();
    let all: Vec<Option<GoalPreset>> = goals.iter().copied().map(Some).collect();
    let chosen = named(ui, "Pick a goal", |ui| {
        choice(ui, "Pick a goal", &current, &all, |goal| goal.map_or("a goal of your own", |goal| goal.name).to_owned())
    });
    let Some(Some(goal)) = chosen else { return false };
    goal.text.clone_into(&mut state.goal);
    goal.when.clone_into(&mut state.goal_when);
    true
}

/// The condition that ends the session with success, and what it means; true when another one was typed that can be
/// used.
fn reached_when(ui: &mut Ui, state: &mut State) -> bool {
    let name = ui.label("Reached when");
    let field = TextEdit::singleline(&mut state.goal_when)
        .hint_text(words::example_of_condition(&state.settings.agent.environment))
        .desired_width(ui.available_width())
        .align(egui::Align2::LEFT_CENTER)
        .margin(margins(space::S, space::XS))
        .min_size(egui::vec2(0.0, size::BUTTON));
    let response = ui.add(field).labelled_by(name.id);
    let when = state.goal_when.trim();
    let colors = palette(ui);
    let open = "Nothing is compared: the session goes on until its episode is over or somebody stops it";
    let can_be_used = match Condition::parse(when) {
        _ if when.is_empty() => {
            small(ui, open, colors.weak);
            true
        }
        Ok(_) => {
            small(ui, &format!("The session ends with success as soon as {when} holds"), colors.weak);
            true
        }
        Err(_) if response.has_focus() => {
            let example = match state.environment() {
                WORLD => "/places_seen >= 10",
                other => words::example_of_condition(other),
            };
            small(ui, &format!("A fact, a comparison and a value, such as {example}"), colors.weak);
            false
        }
        Err(why) => {
            small(ui, &format!("Not saved: {why}"), colors.bad);
            false
        }
    };
    can_be_used && response.lost_focus() && when != state.settings.agent.goal_when
}

/// The ways of thinking, and what the chosen one means under the present policy; true when another one was chosen.
fn ways(ui: &mut Ui, state: &mut State) -> bool {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Way of thinking", |_| {});
        let mut is_changed = false;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            for strategy in Strategy::ALL {
                let is_chosen = state.settings.agent.strategy == strategy;
                if selectable(ui, is_chosen, strategy.title(), strategy.explanation()) && !is_chosen {
                    state.settings.agent.strategy = strategy;
                    is_changed = true;
                }
            }
        });
        let meaning = words::parts_played(state.settings.agent.strategy, state.settings.cloud);
        if let Some(meaning) = meaning.filter(|_| !state.settings.demo) {
            small(ui, meaning, palette(ui).accent);
        }
        is_changed
    })
    .inner
}

fn small(ui: &mut Ui, words: &str, color: Color32) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(color)).wrap());
}
