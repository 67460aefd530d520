//! How a session runs: the world and its time, learning, what a person is asked before, and what stops the agent when it
//! does not get on.

use egui::{Align2, CollapsingHeader, TextEdit, Ui, vec2};

use super::choices::{row::row, weak};
use crate::{
    settings::{AgentSettings, AskFrom, BreakerSettings, Difficulty, ServerSettings},
    ui::{
        catalogue::say,
        state::State,
        theme::{margins, size, space},
        widgets::{card, choice, named, number, section, toggle},
        words,
    },
};

/// More of anything in a row is never.
const MOST_IN_A_ROW: u32 = 1000;
/// A day, as for every other wait.
const MOST_SECONDS: f64 = 86_400.0;
/// A week.
const MOST_MINUTES: u64 = 7 * 24 * 60;

/// How much time the world gives, which world it is, and whether it waits; true when something was changed.
pub fn world(ui: &mut Ui, state: &mut State) -> bool {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("choices-world"), |_| {});
        let mut is_changed = seed(ui, state);
        let agent = &mut state.settings.agent;
        let name = say!("choices-difficulty");
        let words = |difficulty: &Difficulty| words::difficulty(*difficulty);
        if let Some(difficulty) = named(ui, &name, |ui| choice(ui, &name, &agent.difficulty, &Difficulty::ALL, words)) {
            agent.difficulty = difficulty;
            is_changed = true;
        }
        if toggle(ui, agent.world_waits, &say!("choices-world-waits")).clicked() {
            agent.world_waits = !agent.world_waits;
            is_changed = true;
        }
        if !agent.world_waits {
            is_changed |= number(ui, &mut agent.turn_s, 0.01..=MOST_SECONDS, &say!("choices-turn"));
            weak(ui, &say!("choices-turn-meaning"));
        }
        is_changed
    })
    .inner
}

/// True when another seed was typed.
fn seed(ui: &mut Ui, state: &mut State) -> bool {
    let is_changed = row(ui, &say!("choices-seed"), |ui, name| {
        let seed = TextEdit::singleline(&mut state.seed)
            .desired_width(size::CHECK_COLUMN.min(ui.available_width()))
            .align(Align2::LEFT_CENTER)
            .margin(margins(space::M, space::XS))
            .min_size(vec2(0.0, size::BUTTON));
        ui.add(seed).labelled_by(name).lost_focus()
    });
    weak(ui, &say!("choices-seed-meaning"));
    is_changed && state.seed.trim() != state.settings.agent.seed.to_string()
}

/// Learning, questions to a person, and breakers; true when something was changed.
pub fn care(ui: &mut Ui, state: &mut State) -> bool {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("choices-care"), |_| {});
        let agent = &mut state.settings.agent;
        let mut is_changed = false;
        if toggle(ui, agent.learning, &say!("choices-learn")).clicked() {
            agent.learning = !agent.learning;
            is_changed = true;
        }
        weak(ui, &say!("choices-learn-meaning"));
        // Of a tool server its own word counts, which stands with it.
        if !agent.environment.starts_with(ServerSettings::PREFIX) {
            is_changed |= asked_before(ui, agent);
        }
        let stops = CollapsingHeader::new(say!("choices-breakers"))
            .id_salt("breakers")
            .show_background(true)
            .show_unindented(ui, |ui| breakers(ui, &mut state.settings.breakers));
        is_changed | stops.body_returned.unwrap_or(false)
    })
    .inner
}

/// From which risk on a person is asked; true when another one was chosen.
fn asked_before(ui: &mut Ui, agent: &mut AgentSettings) -> bool {
    let name = say!("choices-ask-before");
    let words = |from: &AskFrom| words::ask_from(*from);
    let Some(ask_from) = named(ui, &name, |ui| choice(ui, &name, &agent.ask_from, &AskFrom::ALL, words)) else {
        return false;
    };
    agent.ask_from = ask_from;
    true
}

/// What pauses an agent that goes round in circles; true when a limit was changed.
fn breakers(ui: &mut Ui, breakers: &mut BreakerSettings) -> bool {
    weak(ui, &say!("choices-breakers-meaning"));
    let mut is_changed = false;
    for (limit, name) in [
        (&mut breakers.same_action, say!("choices-breaker-same-action")),
        (&mut breakers.no_change, say!("choices-breaker-no-change")),
        (&mut breakers.same_error, say!("choices-breaker-same-error")),
    ] {
        is_changed |= number(ui, limit, 0..=MOST_IN_A_ROW, &name);
        // The first time is no repetition: 1 would stop every session at its first wasted step.
        if *limit == 1 {
            *limit = 2;
        }
    }
    let before = breakers.time_s / 60;
    let mut minutes = before;
    is_changed |= number(ui, &mut minutes, 0..=MOST_MINUTES, &say!("choices-breaker-time"));
    // What was set in seconds stays as it is until somebody sets minutes.
    if minutes != before {
        breakers.time_s = minutes * 60;
    }
    is_changed
}
