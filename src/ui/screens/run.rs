//! The run screen: what the narrator says, what the agent sees, the steps so far, what each expert says while it says it,
//! what was decided and why.

mod experts;
mod pace;
mod plan;
mod strip;

use egui::{Align, Label, Layout, Rect, RichText, StrokeKind, Ui, vec2};

use super::{Wishes, choices, replay, scene, session};
use crate::{
    protocol::{Narration, PauseReason, Phase, Snapshot},
    ui::{
        catalogue::say,
        icon,
        state::State,
        theme::{ROUND, palette, size, space, stroke, text},
        widgets::{icon as draw_icon, part, region, scrolled},
        words,
    },
};

use plan::{Below, Plan, is_narrow};

/// Draws the environment, the side column and the experts below. After a session its last picture stays; while a past
/// one is played again, all of it is that one.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let is_idle = snapshot.phase == Phase::Idle && snapshot.replay.is_none();
    if let Some(view) = &snapshot.replay {
        replay::bar(ui, view, &snapshot.goal, wishes);
        if let Some(approval) = snapshot.approval.as_ref().filter(|_| snapshot.phase == Phase::Idle) {
            part(ui, "asked", |ui| replay::asked(ui, approval));
        }
    }
    let kept = state.kept.clone();
    let is_choosing = is_idle && (kept.is_none() || state.is_choosing);
    let shown = if is_idle { kept.as_deref().unwrap_or(snapshot) } else { snapshot };
    if !is_choosing && has_top(shown) {
        part(ui, "top", |ui| top(ui, state, shown, wishes));
    }
    let room = ui.available_rect_before_wrap();
    // Before the first session there is nothing that could stand beside the choices, or under them.
    let below = if is_choosing {
        Below { has_side: state.ended.is_some() && is_narrow(room.width()), ..Below::default() }
    } else {
        let session = session::session_of(state, shown, is_idle);
        let experts = experts::height(ui, session, &shown.experts);
        let is_under = is_narrow(room.width());
        Below { has_strip: true, experts, experts_least: experts::least(), has_side: is_under }.within(room.height())
    };
    let least = below.least();
    // Where something urgent takes the room, nothing is squeezed: the rest can be scrolled to.
    if room.height() < least {
        scrolled(ui, egui::ScrollArea::vertical().id_salt("run"), |ui| {
            let full = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), least));
            ui.allocate_rect(full, egui::Sense::hover());
            parts(ui, state, shown, wishes, (full, below), [is_idle, is_choosing, true]);
        });
    } else {
        parts(ui, state, shown, wishes, (room, below), [is_idle, is_choosing, false]);
        ui.advance_cursor_after_rect(room);
    }
}

/// The scene with the steps under it, the column beside it and the experts below, in the room that there is.
fn parts(
    ui: &mut Ui,
    state: &mut State,
    shown: &Snapshot,
    wishes: &mut Wishes,
    (full, below): (Rect, Below),
    [is_idle, is_choosing, is_scrolled]: [bool; 3],
) {
    let has_side = !is_choosing || state.ended.is_some();
    let plan = Plan::of(full, has_side, below);
    // Neither takes the other's place.
    region(ui, if is_choosing { "choices" } else { "scene" }, plan.scene, |ui| {
        if is_choosing {
            choices::ui(ui, state, wishes);
            return;
        }
        let picture = scene::ui(ui, shown, plan.scene.size(), !is_idle && shown.replay.is_none());
        if let Phase::Paused { why } = &shown.phase {
            // However busy the picture is, one sees that it stands still.
            let line = stroke(size::ROAD, pause_color(ui, why));
            ui.painter().rect_stroke(picture, ROUND, line, StrokeKind::Outside);
        }
    });
    if let Some(edges) = plan.strip {
        region(ui, "strip", edges, |ui| steps(ui, state, shown, wishes, is_idle));
    }
    if let Some(edges) = plan.side {
        region(ui, "side", edges, |ui| session::side(ui, state, shown, wishes, [is_idle, is_scrolled]));
    }
    if let Some(edges) = plan.experts {
        let session = session::session_of(state, shown, is_idle).map(str::to_owned);
        region(ui, "experts", edges, |ui| experts::ui(ui, session.as_deref(), &shown.experts));
    }
}

/// What a person did is no warning to that person.
fn pause_color(ui: &Ui, why: &PauseReason) -> egui::Color32 {
    let colors = palette(ui);
    match why {
        PauseReason::Person | PauseReason::OneDecision | PauseReason::Yielded { .. } => colors.accent,
        PauseReason::Budget { .. } | PauseReason::Breaker { .. } | PauseReason::NotRecorded { .. } => colors.warn,
    }
}

/// The last steps under the scene; one that is pressed shows its reasons.
fn steps(ui: &mut Ui, state: &mut State, shown: &Snapshot, wishes: &mut Wishes, is_idle: bool) {
    let session = session::session_of(state, shown, is_idle).map(str::to_owned);
    let pressed = strip::ui(ui, &session::last_steps(state, shown, strip::MOST), session.is_some());
    if let Some((session, step)) = session.zip(pressed) {
        session::show_why(state, wishes, &session, step);
    }
}

/// What the narrator said last, or else what the agent is to do; at the right how quick it goes on.
fn top(ui: &mut Ui, state: &mut State, shown: &Snapshot, wishes: &mut Wishes) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::BUTTON);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            // A replay has a speed of its own.
            if shown.replay.is_none() {
                pace::ui(ui, state, shown, wishes);
            }
            let narration = narration(shown);
            if let Some(narration) = narration {
                // Two things that are equally quiet.
                ui.add_space(space::M);
                narrated_by(ui, narration);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let weak = palette(ui).weak;
                let (symbol, said) = match narration {
                    Some(narration) => (icon::FOOTPRINTS, RichText::new(&narration.text).font(text::strong())),
                    None => (icon::TARGET, RichText::new(goal(shown)).font(text::small()).color(weak)),
                };
                draw_icon(ui, symbol, size::ICON, weak);
                ui.add(Label::new(said).truncate());
            });
        });
    });
}

fn narration(shown: &Snapshot) -> Option<&Narration> {
    shown.narration.as_ref().filter(|said| !said.text.is_empty())
}

/// Over a session that is played again the bar tells the goal already, and how quick it goes on.
fn has_top(shown: &Snapshot) -> bool {
    shown.replay.is_none() || narration(shown).is_some()
}

fn goal(shown: &Snapshot) -> String {
    if shown.goal.is_empty() { say!("run-no-goal") } else { say!("run-goal", goal = shown.goal.as_str()) }
}

/// Who said it, behind what was said.
fn narrated_by(ui: &mut Ui, narration: &Narration) {
    let weak = palette(ui).weak;
    let most = ui.available_width() * 0.4;
    ui.scope(|ui| {
        ui.set_max_width(most);
        let by = RichText::new(words::narrated_by(narration)).font(text::small()).color(weak);
        let response = ui.add(Label::new(by).truncate());
        if narration.dropped > 0 {
            response.on_hover_text(say!("run-narrator-dropped", times = narration.dropped));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_goal_of_a_session_that_is_played_again_is_told_once() {
        let live = Snapshot::default();
        assert!(has_top(&live));
        let again = Snapshot { replay: Some(Box::default()), ..live };
        assert!(!has_top(&again), "the bar tells it");
        let silent = Snapshot { narration: Some(Narration::default()), ..again.clone() };
        assert!(!has_top(&silent));
        let narration = Narration { text: "The agent stands before a wolf".into(), ..Narration::default() };
        assert!(has_top(&Snapshot { narration: Some(narration), ..again }));
    }
}
