//! Why did it do that? From what was seen over each proposal and the decision to the checks and what came of it.

use std::sync::Arc;

use egui::{CollapsingHeader, Frame, Label, RichText, ScrollArea, Ui};

use super::{Wishes, small, weak};
use crate::{
    protocol::{Call, CallState, DecisionView, Observed, Said, SessionState, StepReport, Why},
    settings::cast::SYNTHESIZER,
    ui::{
        catalogue::{self, say},
        icon::{self, of_expert},
        state::{State, sessions::Opened},
        theme::{ROUND_SMALL, margins, palette, size, space, text},
        widgets::{Button, capitalised, card, decision, dense, icon as draw_icon, label_icon, section, under_way},
        words::{self, kept},
    },
};

/// Draws the chain of one step, with the ways to its neighbours and back.
pub fn ui(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let Some((session, step)) = state.sessions.asked_why().map(|(session, step)| (session.to_owned(), step)) else {
        return;
    };
    let why = state.sessions.why.clone();
    let opened = state.sessions.opened.clone().filter(|opened| opened.file.line.session == session);
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        ways(ui, state, &session, step, wishes);
        let action = why.as_ref().and_then(|why| why.step.as_ref()).map(|step| words::action(&step.action));
        let title = match action {
            Some(action) => say!("sessions-step-action", step = step, action = action),
            None => say!("sessions-step", step = step),
        };
        ui.add(Label::new(RichText::new(title).font(text::title())).wrap());
        if why.is_none() {
            // What was refused is said at the top of the window.
            let is_refused = state.refused.is_some();
            let reading = || under_way(ui, &say!("sessions-reasons-being-read"));
            let words = if is_refused { say!("sessions-not-read") } else { reading() };
            weak(ui, &words);
        }
        if let Some(said) = &state.sessions.said {
            weak(ui, said);
        }
    });
    ui.add_space(space::S);
    if let Some(why) = why {
        chain(ui, state, &why, opened.as_ref());
    }
}

/// Back, and to the steps around this one.
fn ways(ui: &mut Ui, state: &mut State, session: &str, step: u64, wishes: &mut Wishes) {
    let last = last_step(state, session);
    ui.horizontal_wrapped(|ui| {
        let is_opened = state.sessions.opened.is_some();
        let back = if is_opened { say!("sessions-back-to-it") } else { say!("sessions-back-to-list") };
        if ui.add(Button::new(&back).icon(icon::BACK)).clicked() {
            state.sessions.leave_why();
        }
        if ui.add_enabled(step > 1, Button::new(&say!("sessions-previous-step"))).clicked() {
            wishes.push(state.sessions.show_why(session, step - 1));
        }
        let has_next = last.is_none_or(|last| step < last);
        if ui.add_enabled(has_next, Button::new(&say!("sessions-next-step"))).clicked() {
            wishes.push(state.sessions.show_why(session, step + 1));
        }
    });
}

/// `None` where nobody knows how many there are.
fn last_step(state: &State, session: &str) -> Option<u64> {
    let opened = state.sessions.opened.as_ref().map(|opened| &opened.file.line);
    let listed = state.sessions.list.iter().flat_map(|list| &list.lines);
    let line = opened.into_iter().chain(listed).find(|line| line.session == session)?;
    (line.state != SessionState::Running).then_some(line.steps)
}

fn chain(ui: &mut Ui, state: &mut State, why: &Why, opened: Option<&Arc<Opened>>) {
    part(ui, &say!("sessions-seen"), |ui| match &why.observed {
        Some(observed) => self::observed(ui, observed),
        None => weak(ui, &say!("sessions-nothing-seen")),
    });
    part(ui, &say!("sessions-proposed"), |ui| {
        let mut proposing: Vec<&Call> = why.calls.iter().filter(|call| call.role != SYNTHESIZER).collect();
        if proposing.is_empty() {
            weak(ui, &nobody(why));
        }
        // In the order of the parts, so that each stands where it stood at the step before.
        proposing.sort_by_key(|call| (opened.map(|opened| opened.place_of(&call.role)), call.call));
        proposing.into_iter().for_each(|call| self::call(ui, state, call, opened));
    });
    part(ui, &say!("sessions-decided"), |ui| {
        why.calls.iter().filter(|call| call.role == SYNTHESIZER).for_each(|call| self::call(ui, state, call, opened));
        match (&why.decided, &why.step) {
            (Some(decided), _) => {
                // What came of it stands below.
                let shown = DecisionView { effect: None, ..decided.decision.clone() };
                decision(ui, Some(&shown), why.judged.as_slice(), false);
            }
            (None, Some(step)) => by_itself(ui, step),
            (None, None) => weak(ui, &say!("sessions-nothing-decided")),
        }
    });
    part(ui, &say!("sessions-checked"), |ui| {
        ui.add(Label::new(kept::approved(why.approval.as_ref())).wrap());
        let cost = match &why.judged {
            Some(judgement) => {
                let possible = format!("{:.0}", judgement.still_possible);
                let (bound, cost) = (words::bound(judgement), words::this_decision(judgement));
                say!("sessions-cost-and-possible", bound = bound, cost = cost, possible = possible)
            }
            None => say!("sessions-not-judged"),
        };
        ui.add(Label::new(cost).wrap());
    });
    part(ui, &say!("sessions-came-of-it"), |ui| match &why.step {
        Some(step) => effect(ui, step),
        None => weak(ui, &say!("sessions-never-carried-out")),
    });
}

fn part(ui: &mut Ui, title: &str, contents: impl FnOnce(&mut Ui)) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, title, |_| {});
        contents(ui);
    });
    ui.add_space(space::S);
}

fn observed(ui: &mut Ui, observed: &Observed) {
    weak(ui, &kept::seen(observed));
    long(ui, ("seen", observed.look), &observed.text);
}

/// Why there is no proposal to be shown.
fn nobody(why: &Why) -> String {
    match (why.question, why.calls.is_empty()) {
        (None, _) => say!("sessions-no-question"),
        (Some(_), true) => say!("sessions-no-call"),
        (Some(_), false) => say!("sessions-only-decider"),
    }
}

/// A step that nobody was asked about.
fn by_itself(ui: &mut Ui, step: &StepReport) {
    let (by, ordered_by) = (capitalised(&catalogue::said(&step.by)), kept::loop_name(step.ordered_by));
    let words = if step.because.is_empty() {
        say!("sessions-by-itself", by = by, ordered_by = ordered_by)
    } else {
        say!(
            "sessions-by-itself-because",
            by = by,
            ordered_by = ordered_by,
            because = words::reason(&step.by, &step.because)
        )
    };
    ui.add(Label::new(words).wrap());
}

/// One model: who, how long, what it said, and what it had been told.
fn call(ui: &mut Ui, state: &mut State, call: &Call, opened: Option<&Arc<Opened>>) {
    let title = opened.map_or(call.role.as_str(), |opened| opened.title_of(&call.role));
    let well = Frame::new().fill(palette(ui).well).corner_radius(ROUND_SMALL);
    well.inner_margin(margins(space::M, space::S)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.horizontal_wrapped(|ui| {
            draw_icon(ui, of_expert(title), size::ICON, palette(ui).accent);
            ui.add(Label::new(RichText::new(capitalised(&catalogue::said(title))).font(text::strong())));
            weak(ui, &kept::called(call));
        });
        let (symbol, color) = match call.state {
            CallState::Answered => (icon::CHECK, palette(ui).good),
            CallState::Failed => (icon::FAILED, palette(ui).bad),
            CallState::BrokenOff => (icon::SKIPPED, palette(ui).weak),
            CallState::UnderWay => (icon::RUNNING, palette(ui).accent),
        };
        ui.scope(|ui| {
            dense(ui);
            label_icon(ui, symbol, &kept::call_state(call.state), color);
        });
        small(ui, &capitalised(&kept::call_times(call)), palette(ui).weak);
        if let Some(failure) = &call.failure {
            let cause = call.cause.map_or_else(String::new, |cause| format!("{}: ", catalogue::said(cause.title())));
            small(ui, &format!("{cause}{}", catalogue::said(failure)), palette(ui).bad);
        }
        match &call.said {
            Some(said) => self::said(ui, state, call, title, said),
            None => weak(ui, &say!("sessions-said-not-kept")),
        }
    });
}

fn said(ui: &mut Ui, state: &mut State, call: &Call, title: &str, said: &Said) {
    let title = &*catalogue::said(title);
    if said.answer.is_empty() {
        weak(ui, &say!("sessions-said-nothing"));
    } else {
        long(ui, ("answer", call.call), &said.answer);
    }
    if !said.reasoning.is_empty() {
        let header =
            CollapsingHeader::new(say!("sessions-show-thought", title = title)).id_salt(("thought", call.call));
        header.show(ui, |ui| long(ui, ("thinking", call.call), &said.reasoning));
    }
    let header = CollapsingHeader::new(say!("sessions-show-prompt", title = title)).id_salt(("prompt", call.call));
    header.show(ui, |ui| {
        if ui.add(Button::new(&say!("sessions-copy-prompt", title = title)).icon(icon::COPY)).clicked() {
            ui.ctx().copy_text(kept::prompt(said));
            state.sessions.said = Some(say!("sessions-prompt-copied", title = title));
        }
        if !said.system.is_empty() {
            weak(ui, &say!("sessions-instruction"));
            long(ui, ("system", call.call), &said.system);
        }
        weak(ui, &say!("sessions-question"));
        long(ui, ("question", call.call), &said.prompt);
    });
}

/// A text that may be long, to be scrolled where it is.
fn long(ui: &mut Ui, name: (&str, u64), words: &str) {
    let area = ScrollArea::vertical().id_salt(name).auto_shrink([false, true]);
    // However little room is left in sight, it is not cut off earlier.
    let area = area.max_height(size::SAID).min_scrolled_height(size::SAID);
    area.show(ui, |ui| ui.add(Label::new(RichText::new(words).font(text::mono())).wrap()));
}

fn effect(ui: &mut Ui, step: &StepReport) {
    dense(ui);
    let status = words::effect_status(step.effect.status);
    ui.add(Label::new(capitalised(&format!("{status}{}", catalogue::said(&step.effect.text)))).wrap());
    let changed = if step.effect.changed { say!("sessions-changed") } else { say!("sessions-nothing-changed") };
    let took = say!("sessions-look-to-effect", time = kept::span(step.took_ms));
    let facts: Vec<String> = [Some(changed), step.score.map(kept::score), Some(took)].into_iter().flatten().collect();
    weak(ui, &facts.join("; "));
}
