//! Where the session acts, whether it can start, its goal and when that is reached.

use egui::{Align2, TextEdit, Ui, vec2};

use super::{environment, row::row, small};
use crate::{
    settings::{Condition, GoalPreset, goals_of},
    ui::{
        catalogue::{said, say},
        icon,
        state::{Screen, State, environment::WORLD},
        theme::{margins, palette, size, space},
        widgets::{Button, card, choice, named, section, sentence},
        words,
    },
};

const EXAMPLE_OF_WORLD: &str = "/places_seen >= 10";

/// Draws them; true when something else was picked or typed.
pub fn ui(ui: &mut Ui, state: &mut State) -> bool {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        let is_for_setup = state.environment_obstacle().is_none() && state.obstacle().is_some();
        let leads_on = is_for_setup && state.read_only.is_none();
        section(ui, &say!("choices-next"), |ui| {
            if leads_on && ui.add(Button::new(&say!("choices-open-setup"))).clicked() {
                state.screen = Screen::Setup;
            }
        });
        readiness(ui, state);
        let mut is_changed = environment::ui(ui, state);
        is_changed |= picked(ui, state);
        is_changed |= typed(ui, state);
        is_changed | reached_when(ui, state)
    })
    .inner
}

/// Whether a session can start and what it does then, or why it cannot.
fn readiness(ui: &mut Ui, state: &State) {
    let colors = palette(ui);
    let is_of_environment = state.environment_obstacle().is_some();
    let (symbol, words, color) = match state.obstacle() {
        _ if state.read_only.is_some() => (icon::WARNING, say!("choices-not-ready-read-only"), colors.warn),
        None => (icon::PLAY, words::sets_out(&state.settings), colors.weak),
        Some(why) if is_of_environment => (icon::WARNING, say!("choices-not-ready", why = why), colors.warn),
        Some(why) => (icon::WARNING, say!("choices-not-ready-setup", why = why), colors.warn),
    };
    sentence(ui, symbol, &words, color);
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
    let name = say!("choices-goal-pick");
    let chosen = named(ui, &name, |ui| {
        choice(ui, &name, &current, &all, |goal| goal.as_ref().map_or_else(|| say!("choices-goal-own"), name_of))
    });
    let Some(Some(goal)) = chosen else { return false };
    goal.text.clone_into(&mut state.goal);
    goal.when.clone_into(&mut state.goal_when);
    true
}

/// What a goal is called in the list.
fn name_of(goal: &GoalPreset) -> String {
    match goal.id {
        "points" => say!("choices-goal-points"),
        "relic" => say!("choices-goal-relic"),
        "land" => say!("choices-goal-land"),
        "gate" => say!("choices-goal-gate"),
        "enemies" => say!("choices-goal-enemies"),
        "gold" => say!("choices-goal-gold"),
        "screen" => say!("choices-goal-screen"),
        "movement" => say!("choices-goal-movement"),
        "game" => say!("choices-goal-game"),
        "tools" => say!("choices-goal-tools"),
        "page" => say!("choices-goal-page"),
        "files" => say!("choices-goal-files"),
        "memory" => say!("choices-goal-memory"),
        "commits" => say!("choices-goal-commits"),
        _ => goal.name.to_owned(),
    }
}

/// The goal itself; true when another one was typed.
fn typed(ui: &mut Ui, state: &mut State) -> bool {
    let response = row(ui, &say!("choices-goal"), |ui, name| {
        let field = TextEdit::multiline(&mut state.goal)
            .desired_rows(2)
            .desired_width(ui.available_width())
            .margin(margins(space::M, space::S));
        ui.add(field).labelled_by(name)
    });
    response.lost_focus() && state.goal != state.settings.agent.goal
}

/// The condition that ends the session with success, and what it means; true when another one was typed that can be
/// used.
fn reached_when(ui: &mut Ui, state: &mut State) -> bool {
    let response = row(ui, &say!("choices-reached"), |ui, name| {
        let field = TextEdit::singleline(&mut state.goal_when)
            .hint_text(words::example_of_condition(&state.settings.agent.environment))
            .desired_width(ui.available_width())
            .align(Align2::LEFT_CENTER)
            .margin(margins(space::M, space::XS))
            .min_size(vec2(0.0, size::BUTTON));
        ui.add(field).labelled_by(name)
    });
    let when = state.goal_when.trim();
    let colors = palette(ui);
    let (words, color, can_be_used) = match Condition::parse(when) {
        _ if when.is_empty() => (say!("choices-reached-open"), colors.weak, true),
        Ok(_) => (say!("choices-reached-means", when = when), colors.weak, true),
        Err(_) if response.has_focus() => {
            let example = match state.environment() {
                WORLD => EXAMPLE_OF_WORLD,
                other => words::example_of_condition(other),
            };
            (say!("choices-reached-form", example = example), colors.weak, false)
        }
        Err(why) => (say!("choices-reached-not-saved", why = said(&why).into_owned()), colors.bad, false),
    };
    small(ui, &words, color);
    can_be_used && response.lost_focus() && when != state.settings.agent.goal_when
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::state::environment::DESKTOP;

    #[test]
    fn every_goal_has_its_name_in_the_catalogue() {
        for environment in
            [WORLD, DESKTOP, "tools:playwright", "tools:filesystem", "tools:memory", "tools:git", "tools:mine"]
        {
            for goal in goals_of(environment) {
                assert_eq!(name_of(goal), goal.name);
            }
        }
    }
}
