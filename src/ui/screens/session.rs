//! The session around the scene: what to do before it starts, and the column with decision, loops and certificate.

use egui::{Color32, Label, RichText, ScrollArea, TextEdit, Ui};

use super::Wishes;
use crate::{
    protocol::{Command, EgressLine, NoticeKind, SessionReport, Snapshot},
    settings::Strategy,
    ui::{
        icon,
        state::State,
        theme::{margins, palette, size, space, text},
        widgets::{Button, Tint, card, certificate, decision, heartbeat, label_icon, problem, section, selectable},
        words,
    },
};

/// What can be chosen before a session: the goal, the way of thinking, the seed.
pub fn choices(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    ScrollArea::vertical().id_salt("choices").auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - space::S);
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            section(ui, "Next session", |_| {});
            let mut is_changed = goal(ui, state);
            ui.add_space(space::S);
            is_changed |= ways(ui, state);
            ui.add_space(space::S);
            is_changed |= seed(ui, state);
            if is_changed {
                state.settings.agent.goal.clone_from(&state.goal);
                match state.seed.trim().parse() {
                    Ok(seed) => state.settings.agent.seed = seed,
                    Err(_no_number) => state.seed = state.settings.agent.seed.to_string(),
                }
                wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
            }
            ui.add_space(space::S);
            let (symbol, words) = match state.obstacle() {
                None => (icon::PLAY, "Press Start: the agent sets out in the built-in world".to_owned()),
                Some(why) => (icon::WARNING, format!("Not ready: {why}. Setup says more, and offers the demo")),
            };
            label_icon(ui, symbol, &words, palette(ui).weak);
        });
    });
}

/// True when another goal was typed.
fn goal(ui: &mut Ui, state: &mut State) -> bool {
    let name = ui.label("Goal");
    let goal = TextEdit::multiline(&mut state.goal)
        .desired_rows(2)
        .desired_width(ui.available_width())
        .margin(margins(space::S, space::S));
    ui.add(goal).labelled_by(name.id).lost_focus()
}

/// The ways of thinking, and what the chosen one means under the present policy; true when another one was chosen.
fn ways(ui: &mut Ui, state: &mut State) -> bool {
    let mut is_changed = false;
    ui.label("Way of thinking");
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
}

/// True when another seed was typed.
fn seed(ui: &mut Ui, state: &mut State) -> bool {
    ui.horizontal(|ui| {
        let name = ui.label("Seed");
        let seed = TextEdit::singleline(&mut state.seed)
            .desired_width(size::CHECK_COLUMN)
            .align(egui::Align2::LEFT_CENTER)
            .margin(margins(space::S, space::XS));
        let is_changed = ui.add(seed).labelled_by(name.id).lost_focus();
        let words = RichText::new("The same seed gives the same world").font(text::small()).color(palette(ui).weak);
        ui.add(Label::new(words).truncate());
        is_changed
    })
    .inner
}

/// The column beside the scene.
pub fn side(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, is_over: bool) {
    ScrollArea::vertical().id_salt("side").auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - space::S);
        if let Some(ended) = state.ended.clone().filter(|_| is_over) {
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                let score = ended.score.map_or_else(String::new, |score| format!(", score {score:.0}"));
                let words = format!("{} after {} steps{score}", ended.outcome.words(), ended.steps);
                ui.add(Label::new(RichText::new(words).font(text::strong())).wrap());
                if let Some(found) = &ended.problem {
                    problem(ui, Tint::Bad, found);
                }
                certificate(ui, &ended.certificate);
                left_this_machine(ui, &ended.egress);
                used_up(ui, &ended);
                ui.add_space(space::XS);
                let words = if state.is_choosing { "Show the last session" } else { "Prepare the next session" };
                if ui.add(Button::new(words).icon(icon::CHECKLIST)).clicked() {
                    state.is_choosing = !state.is_choosing;
                }
            });
            ui.add_space(space::S);
        }
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            decision(ui, snapshot.decision.as_ref());
        });
        if !snapshot.loops.is_empty() {
            ui.add_space(space::S);
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                section(ui, "Loops", |_| {});
                heartbeat(ui, &snapshot.loops);
            });
        }
        ui.add_space(space::S);
        steps(ui, state);
    });
}

/// What left this machine in the session, line by line; that nothing did is worth saying too.
fn left_this_machine(ui: &mut Ui, egress: &[EgressLine]) {
    let mut away = egress.iter().filter(|line| !line.is_this_machine).peekable();
    if away.peek().is_none() {
        small(ui, "Nothing was sent off this machine", palette(ui).weak);
    }
    for line in away {
        let sent = words::bytes(line.sent_bytes);
        let words = format!("Sent to {} by {}: {sent} in {} requests", line.host, line.purpose, line.requests);
        small(ui, &words, palette(ui).warn);
    }
}

/// What the session used up, and whether asking several models paid.
fn used_up(ui: &mut Ui, ended: &SessionReport) {
    small(ui, &words::used_up(&ended.spending), palette(ui).weak);
    if ended.spending.calls > 0 {
        small(ui, &format!("Spent: {}", words::spent(&ended.spending)), palette(ui).text);
    }
    for advice in &ended.ensemble.advice {
        small(ui, advice, palette(ui).text);
    }
}

fn small(ui: &mut Ui, words: &str, color: Color32) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(color)).wrap());
}

/// The last steps, newest first, with what went wrong among them.
fn steps(ui: &mut Ui, state: &State) {
    if state.steps.is_empty() && state.notices.is_empty() {
        return;
    }
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Steps", |_| {});
        ui.spacing_mut().item_spacing.y = space::HAIR;
        for notice in state.notices.iter().rev().filter(|notice| notice.kind == NoticeKind::Warning).take(3) {
            ui.add(Label::new(RichText::new(&notice.text).font(text::small()).color(palette(ui).warn)).wrap());
        }
        for step in state.steps.iter().rev().take(12) {
            let score = step.score.map_or_else(String::new, |score| format!("  {score:.0}"));
            let line = format!("{:>3}  {}{score}", step.step, words::action(&step.action));
            ui.add(Label::new(RichText::new(line).font(text::mono())).truncate()).on_hover_text(&step.because);
        }
    });
}
