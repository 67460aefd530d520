//! What can be chosen before a session: where it acts, the goal and when it is reached, the way of thinking, and how the
//! session runs.
//!
//! | file | what |
//! |---|---|
//! | `goal` | the environment, whether a session can start, the goal |
//! | `environment` | the list of environments |
//! | `desktop`, `tools` | what is to be chosen of these two; of the world it stands in `terms` |
//! | `ways` | the ways of thinking |
//! | `one_of`, `row` | the pieces of these cards |

mod desktop;
mod environment;
mod goal;
mod one_of;
pub mod row;
mod tools;
mod ways;

use egui::{Color32, Label, RichText, ScrollArea, Ui};

use super::{Wishes, terms};
use crate::{
    protocol::{Command, Depth},
    settings::Condition,
    ui::{
        state::{
            State,
            environment::{DESKTOP, WORLD},
        },
        theme::{palette, size, space, text},
        widgets::{beside, scrolled},
    },
};

/// Draws the choices in as many columns as there is room for, while no session runs; what was changed is saved.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let was_shown = state.shows_screen();
    scrolled(ui, ScrollArea::vertical().id_salt("choices"), |ui| {
        let is_narrow = ui.available_width() < size::PAIR;
        let is_changed = if is_narrow { below(ui, state, wishes) } else { side_by_side(ui, state, wishes) };
        if is_changed {
            save(state, wishes);
        }
    });
    // Whether the models can see is for the check to find out.
    if state.shows_screen() != was_shown {
        wishes.push(Command::CheckHealth { depth: Depth::Full });
    }
}

fn below(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) -> bool {
    let mut is_changed = goal::ui(ui, state);
    ui.add_space(space::S);
    is_changed |= place(ui, state, wishes);
    ui.add_space(space::S);
    is_changed |= ways::ui(ui, state);
    ui.add_space(space::S);
    is_changed | terms::care(ui, state)
}

fn side_by_side(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) -> bool {
    beside(ui, |[left, right]| {
        let mut is_changed = left.vertical(|ui| goal::ui(ui, state)).inner;
        left.add_space(space::S);
        is_changed |= left.vertical(|ui| place(ui, state, wishes)).inner;
        is_changed |= right.vertical(|ui| ways::ui(ui, state)).inner;
        right.add_space(space::S);
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

/// A small text in as many lines as it takes.
pub fn small(ui: &mut Ui, words: &str, color: Color32) {
    if !words.is_empty() {
        ui.add(Label::new(RichText::new(words).font(text::small()).color(color)).wrap());
    }
}

/// The same for what is only said beside something.
pub fn weak(ui: &mut Ui, words: &str) {
    small(ui, words, palette(ui).weak);
}
