//! The column beside the scene: how the last session ended, the decision and what it cost, courses, the steps, the loops.

mod courses;
mod ended;
mod fold;

use std::{borrow::Cow, collections::VecDeque};

use egui::{Color32, Label, RichText, ScrollArea, Ui};

use super::Wishes;
use crate::{
    protocol::{EffectStatus, Judgement, Notice, NoticeKind, RegretView, Snapshot, StepReport},
    ui::{
        catalogue::{said, say},
        state::{Screen, State},
        theme::{palette, space, text},
        widgets::{card, decision, dense, heartbeat, part, scrolled, sparks},
        words,
    },
};

use fold::fold;

/// The column beside the scene, to be scrolled by itself.
pub fn side(
    ui: &mut Ui,
    state: &mut State,
    snapshot: &Snapshot,
    wishes: &mut Wishes,
    [is_over, is_within_scrolled]: [bool; 2],
) {
    let area = ScrollArea::vertical().id_salt("side");
    if !is_within_scrolled {
        return scrolled(ui, area, |ui| column(ui, state, snapshot, wishes, is_over));
    }
    // In the margin stands the bar of all of it.
    area.auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - space::S);
        column(ui, state, snapshot, wishes, is_over);
    });
}

fn column(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes, is_over: bool) {
    if is_over && state.ended.is_some() {
        part(ui, "ended", |ui| ended::ui(ui, state));
    }
    let contents = |ui: &mut Ui| {
        ui.set_width(ui.available_width());
        let session = session_of(state, snapshot, is_over).map(str::to_owned);
        let decided = snapshot.decision.as_ref();
        let asked = decision(ui, decided, &snapshot.regret.judgements, session.is_some());
        if let Some((session, step)) = session.zip(asked) {
            show_why(state, wishes, &session, step);
        }
    };
    part(ui, "decision", |ui| card(ui, contents));
    let done = Done::of(state, snapshot);
    if snapshot.regret.is_known {
        ui.add_space(space::S);
        fold(ui, "cost", &say!("session-cost"), |ui| cost(ui, &done.steps, &snapshot.regret));
    }
    if done.steps.len() > 1 {
        ui.add_space(space::S);
        fold(ui, "courses", &say!("session-courses"), |ui| courses::ui(ui, &done.steps));
    }
    if !done.steps.is_empty() || done.warnings().next().is_some() {
        ui.add_space(space::S);
        fold(ui, "steps", &say!("session-steps"), |ui| steps(ui, &done));
    }
    if !snapshot.loops.is_empty() {
        ui.add_space(space::S);
        fold(ui, "loops", &say!("session-loops"), |ui| heartbeat(ui, &snapshot.loops));
    }
}

/// The session that is shown: one that is played again, one that runs, or the last one.
pub fn session_of<'a>(state: &'a State, snapshot: &'a Snapshot, is_over: bool) -> Option<&'a str> {
    match &snapshot.replay {
        Some(view) => Some(&view.session),
        None if is_over => state.ended.as_ref().map(|ended| ended.session.as_str()),
        None => state.session.as_ref().map(|started| started.session.as_str()),
    }
}

/// So many of the last steps of the session that is shown, oldest first.
pub fn last_steps<'a>(state: &'a State, snapshot: &'a Snapshot, most: usize) -> Vec<&'a StepReport> {
    match &snapshot.replay {
        Some(view) => view.steps[view.steps.len().saturating_sub(most)..].iter().collect(),
        None => state.steps.iter().skip(state.steps.len().saturating_sub(most)).collect(),
    }
}

/// Opens all reasons of a step; the session too, for the way back leads there.
pub fn show_why(state: &mut State, wishes: &mut Wishes, session: &str, step: u64) {
    wishes.push(state.sessions.open(session));
    wishes.push(state.sessions.show_why(session, step));
    state.screen = Screen::Sessions;
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

    /// What went wrong, newest first.
    fn warnings(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter().rev().filter(|notice| notice.kind == NoticeKind::Warning)
    }
}

/// What the decisions have cost so far.
fn cost(ui: &mut Ui, steps: &VecDeque<StepReport>, regret: &RegretView) {
    dense(ui);
    let weak = palette(ui).weak;
    let Some(newest) = regret.judgements.last() else {
        small(ui, &say!("session-being-judged"), weak);
        return;
    };
    let said = |judgement: &Judgement| words::judged(judgement, steps);
    ui.add(Label::new(said(newest)).wrap());
    sparks(ui, &regret.judgements, said);
    small(ui, &words::regret_in_all(regret), weak);
}

fn small(ui: &mut Ui, words: &str, color: Color32) {
    ui.add(Label::new(RichText::new(words).font(text::small()).color(color)).wrap());
}

/// The last steps, newest first, with what went wrong among them.
fn steps(ui: &mut Ui, done: &Done<'_>) {
    ui.spacing_mut().item_spacing.y = space::HAIR;
    for notice in done.warnings().take(3) {
        small(ui, &said(&notice.text), palette(ui).warn);
    }
    for step in done.steps.iter().rev().take(12) {
        let score = step.score.map_or_else(String::new, |score| format!("  {score:.0}"));
        let line = format!("{:>3}  {}{score}", step.step, in_words(step));
        let reason = words::reason(&step.by, &step.because);
        ui.add(Label::new(RichText::new(line).font(text::mono())).truncate()).on_hover_text(&*reason);
    }
}

/// What was done in a step, and what came of it where it was not simply done.
fn in_words(step: &StepReport) -> String {
    let action = words::action(&step.action);
    match step.effect.status {
        EffectStatus::Done => action,
        EffectStatus::Rejected => say!("session-step-refused", action = action),
        EffectStatus::Failed => say!("session-step-failed", action = action),
        EffectStatus::Uncertain => say!("session-step-unclear", action = action),
    }
}
