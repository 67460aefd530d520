//! How a session runs: the world and its time, learning, what a person is asked before, and what stops the agent when it
//! does not get on.

use egui::{CollapsingHeader, Label, RichText, TextEdit, Ui};

use crate::{
    settings::{AgentSettings, AskFrom, BreakerSettings, Difficulty, ServerSettings},
    ui::{
        state::State,
        theme::{margins, palette, size, space, text},
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
        section(ui, "World", |_| {});
        let mut is_changed = seed(ui, state);
        let agent = &mut state.settings.agent;
        let difficulty = named(ui, "Difficulty", |ui| {
            choice(ui, "Difficulty", &agent.difficulty, &Difficulty::ALL, |difficulty| words::difficulty(*difficulty))
        });
        if let Some(difficulty) = difficulty {
            agent.difficulty = difficulty;
            is_changed = true;
        }
        if toggle(ui, agent.world_waits, "The world waits while the models think").clicked() {
            agent.world_waits = !agent.world_waits;
            is_changed = true;
        }
        if !agent.world_waits {
            is_changed |= number(ui, &mut agent.turn_s, 0.01..=MOST_SECONDS, "seconds for a turn, and for a decision");
            weak(ui, "What is decided too late counts for nothing, and its turns are lost");
        }
        is_changed
    })
    .inner
}

/// True when another seed was typed.
fn seed(ui: &mut Ui, state: &mut State) -> bool {
    let is_changed = ui
        .horizontal(|ui| {
            let name = ui.label("Seed");
            let seed = TextEdit::singleline(&mut state.seed)
                .desired_width(size::CHECK_COLUMN)
                .align(egui::Align2::LEFT_CENTER)
                .margin(margins(space::S, space::XS));
            ui.add(seed).labelled_by(name.id).lost_focus()
        })
        .inner;
    weak(ui, "The same seed gives the same world");
    is_changed && state.seed.trim() != state.settings.agent.seed.to_string()
}

/// Learning, questions to a person, and breakers; true when something was changed.
pub fn care(ui: &mut Ui, state: &mut State) -> bool {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Learning and care", |_| {});
        let agent = &mut state.settings.agent;
        let mut is_changed = false;
        if toggle(ui, agent.learning, "Learn what actions are worth").clicked() {
            agent.learning = !agent.learning;
            is_changed = true;
        }
        weak(ui, "What was learnt is kept between sessions and shown to the models as a hint");
        // Of a tool server its own word counts, which stands with it.
        if !agent.environment.starts_with(ServerSettings::PREFIX) {
            is_changed |= asked_before(ui, agent);
        }
        let stops = CollapsingHeader::new("When it does not get on")
            .show_background(true)
            .show_unindented(ui, |ui| breakers(ui, &mut state.settings.breakers));
        is_changed | stops.body_returned.unwrap_or(false)
    })
    .inner
}

/// From which risk on a person is asked; true when another one was chosen.
fn asked_before(ui: &mut Ui, agent: &mut AgentSettings) -> bool {
    let ask_from = named(ui, "Ask before", |ui| {
        choice(ui, "Ask before", &agent.ask_from, &AskFrom::ALL, |from| words::ask_from(*from).to_owned())
    });
    let Some(ask_from) = ask_from else { return false };
    agent.ask_from = ask_from;
    true
}

/// What pauses an agent that goes round in circles; true when a limit was changed.
fn breakers(ui: &mut Ui, breakers: &mut BreakerSettings) -> bool {
    weak(ui, "So often in a row, and the session pauses; 0 for never");
    let mut is_changed = false;
    for (limit, name) in [
        (&mut breakers.same_action, "times the same action, without effect"),
        (&mut breakers.no_change, "steps that change nothing"),
        (&mut breakers.same_error, "times the same kind of error"),
    ] {
        is_changed |= number(ui, limit, 0..=MOST_IN_A_ROW, name);
        // The first time is no repetition: 1 would stop every session at its first wasted step.
        if *limit == 1 {
            *limit = 2;
        }
    }
    let before = breakers.time_s / 60;
    let mut minutes = before;
    is_changed |= number(ui, &mut minutes, 0..=MOST_MINUTES, "minutes in all, then it pauses");
    // What was set in seconds stays as it is until somebody sets minutes.
    if minutes != before {
        breakers.time_s = minutes * 60;
    }
    is_changed
}

fn weak(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).wrap());
}
