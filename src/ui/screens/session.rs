//! The column beside the scene: how the last session ended, the decision and what it cost, the loops, the steps.

use std::{borrow::Cow, collections::VecDeque};

use egui::{Color32, Label, RichText, ScrollArea, Ui};

use super::Wishes;
use crate::{
    protocol::{
        EgressLine, EnvironmentView, Judgement, Notice, NoticeKind, RegretView, SessionReport, Snapshot, StepReport,
    },
    ui::{
        icon,
        state::{Screen, State},
        theme::{palette, space, text},
        widgets::{Button, Tint, card, certificate, decision, dense, heartbeat, problem, section, sparks},
        words,
    },
};

/// The column beside the scene.
pub fn side(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes, is_over: bool) {
    ScrollArea::vertical().id_salt("side").auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - space::S);
        if let Some(ended) = state.ended.clone().filter(|_| is_over) {
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                let score = ended.score.map_or_else(String::new, |score| format!(", score {score:.0}"));
                let words =
                    format!("{} after {}{score}", ended.outcome.words(), words::counted(ended.steps, "step", "steps"));
                ui.add(Label::new(RichText::new(words).font(text::strong())).wrap());
                // Above what can grow long: the way on is not to be searched for.
                let words = if state.is_choosing { "Show the last session" } else { "Prepare the next session" };
                if ui.add(Button::new(words).icon(icon::CHECKLIST)).clicked() {
                    state.is_choosing = !state.is_choosing;
                }
                ui.add_space(space::XS);
                if let Some(found) = &ended.problem {
                    problem(ui, Tint::Bad, found);
                }
                certificate(ui, &ended.certificate);
                left_this_machine(ui, &ended.egress);
                used_up(ui, &ended);
                if let Some((_, place)) = state.written.as_ref().filter(|(session, _)| *session == ended.session) {
                    small(ui, &format!("Its report is in {place}"), palette(ui).weak);
                }
                judged(ui, &ended);
            });
            ui.add_space(space::S);
        }
        card(ui, |ui| {
            ui.set_width(ui.available_width());
            let session = session_of(state, snapshot, is_over).map(str::to_owned);
            let decided = snapshot.decision.as_ref();
            let asked = decision(ui, decided, &snapshot.regret.judgements, session.is_some());
            if let Some((session, step)) = session.zip(asked) {
                // Opened too, for the way back leads to the session.
                wishes.push(state.sessions.open(&session));
                wishes.push(state.sessions.show_why(&session, step));
                state.screen = Screen::Sessions;
            }
        });
        let done = Done::of(state, snapshot);
        if snapshot.regret.is_known {
            ui.add_space(space::S);
            cost(ui, &done.steps, &snapshot.regret);
        }
        if !snapshot.loops.is_empty() {
            ui.add_space(space::S);
            card(ui, |ui| {
                ui.set_width(ui.available_width());
                section(ui, "Loops", |_| {});
                heartbeat(ui, &snapshot.loops);
            });
        }
        ui.add_space(space::S);
        steps(ui, &done);
    });
}

/// The session that is shown: one that is played again, one that runs, or the last one.
fn session_of<'a>(state: &'a State, snapshot: &'a Snapshot, is_over: bool) -> Option<&'a str> {
    match &snapshot.replay {
        Some(view) => Some(&view.session),
        None if is_over => state.ended.as_ref().map(|ended| ended.session.as_str()),
        None => state.session.as_ref().map(|started| started.session.as_str()),
    }
}

/// What was done and said in the session that is shown, oldest first.
struct Done<'a> {
    steps: Cow<'a, VecDeque<StepReport>>,
    notices: Cow<'a, VecDeque<Notice>>,
}

impl<'a> Done<'a> {
    /// A session that is played again brings its own.
    fn of(state: &'a State, snapshot: &Snapshot) -> Self {
        match &snapshot.replay {
            Some(view) => Self {
                steps: Cow::Owned(view.steps.iter().cloned().collect()),
                notices: Cow::Owned(view.notices.iter().cloned().collect()),
            },
            None => Self { steps: Cow::Borrowed(&state.steps), notices: Cow::Borrowed(&state.notices) },
        }
    }
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

/// What the decisions of the session cost, and what the clock took from it, as far as both are known.
fn judged(ui: &mut Ui, ended: &SessionReport) {
    if ended.regret.is_known && !ended.regret.judgements.is_empty() {
        small(ui, &format!("Its decisions: {}", words::regret_in_all(&ended.regret)), palette(ui).text);
    }
    // Elsewhere there are no turns that could be lost; only what came too late is worth a word.
    let has_turns = matches!(ended.last_picture.environment, EnvironmentView::World(_));
    if !ended.clock.waits && ended.clock.decisions > 0 && (has_turns || ended.clock.misses > 0) {
        small(ui, &words::clock(&ended.clock), palette(ui).text);
    }
}

/// What the decisions have cost so far.
fn cost(ui: &mut Ui, steps: &VecDeque<StepReport>, regret: &RegretView) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "What it cost", |_| {});
        dense(ui);
        let weak = palette(ui).weak;
        let Some(newest) = regret.judgements.last() else {
            small(ui, "The first decision is still being judged", weak);
            return;
        };
        let said = |judgement: &Judgement| words::judged(judgement, steps);
        ui.add(Label::new(said(newest)).wrap());
        sparks(ui, &regret.judgements, said);
        small(ui, &words::regret_in_all(regret), weak);
    });
}

fn small(ui: &mut Ui, words: &str, color: Color32) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(color)).wrap());
}

/// The last steps, newest first, with what went wrong among them.
fn steps(ui: &mut Ui, done: &Done<'_>) {
    let is_warning = |notice: &&Notice| notice.kind == NoticeKind::Warning;
    if done.steps.is_empty() && !done.notices.iter().any(|notice| is_warning(&notice)) {
        return;
    }
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, "Steps", |_| {});
        ui.spacing_mut().item_spacing.y = space::HAIR;
        for notice in done.notices.iter().rev().filter(is_warning).take(3) {
            ui.add(Label::new(RichText::new(&notice.text).font(text::small()).color(palette(ui).warn)).wrap());
        }
        for step in done.steps.iter().rev().take(12) {
            let score = step.score.map_or_else(String::new, |score| format!("  {score:.0}"));
            let how = words::effect_status(step.effect.status);
            let line = format!("{:>3}  {how}{}{score}", step.step, words::action(&step.action));
            ui.add(Label::new(RichText::new(line).font(text::mono())).truncate()).on_hover_text(&step.because);
        }
    });
}
