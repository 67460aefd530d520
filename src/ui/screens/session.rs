//! The session around the scene: what to do before it starts, and the column with decision, loops and certificate.

use egui::{Label, RichText, ScrollArea, TextEdit, Ui};

use super::Wishes;
use crate::{
    protocol::{Command, EgressLine, NoticeKind, Snapshot},
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
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Next session", |_| {});
        let mut is_changed = false;
        let name = ui.label("Goal");
        let goal = TextEdit::multiline(&mut state.goal)
            .desired_rows(2)
            .desired_width(ui.available_width())
            .margin(margins(space::S, space::S));
        is_changed |= ui.add(goal).labelled_by(name.id).lost_focus();
        ui.add_space(space::S);
        ui.label("Way of thinking");
        for strategy in Strategy::ALL {
            let is_chosen = state.settings.agent.strategy == strategy;
            if selectable(ui, is_chosen, strategy.title(), strategy.explanation()) && !is_chosen {
                state.settings.agent.strategy = strategy;
                is_changed = true;
            }
        }
        ui.add_space(space::S);
        ui.horizontal(|ui| {
            let name = ui.label("Seed");
            let seed = TextEdit::singleline(&mut state.seed)
                .desired_width(size::CHECK_COLUMN)
                .align(egui::Align2::LEFT_CENTER)
                .margin(margins(space::S, space::XS));
            is_changed |= ui.add(seed).labelled_by(name.id).lost_focus();
            let words = "The same seed gives the same world";
            ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)));
        });
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
    let weak = |words: String| RichText::new(words).font(text::small());
    if away.peek().is_none() {
        ui.add(Label::new(weak("Nothing was sent off this machine".to_owned()).color(palette(ui).weak)));
    }
    for line in away {
        let sent = words::bytes(line.sent_bytes);
        let words = format!("Sent to {} by {}: {sent} in {} requests", line.host, line.purpose, line.requests);
        ui.add(Label::new(weak(words).color(palette(ui).warn)).wrap());
    }
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
