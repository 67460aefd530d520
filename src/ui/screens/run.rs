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
        widgets::{icon as draw_icon, region},
        words,
    },
};

use plan::{Below, Plan};

/// Draws the environment, the side column and the experts below. After a session its last picture stays; while a past
/// one is played again, all of it is that one.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let is_idle = snapshot.phase == Phase::Idle && snapshot.replay.is_none();
    if let Some(view) = &snapshot.replay {
        replay::bar(ui, view, &snapshot.goal, wishes);
        if let Some(approval) = snapshot.approval.as_ref().filter(|_| snapshot.phase == Phase::Idle) {
            replay::asked(ui, approval);
        }
    }
    let kept = state.kept.clone();
    let is_choosing = is_idle && (kept.is_none() || state.is_choosing);
    let shown = if is_idle { kept.as_deref().unwrap_or(snapshot) } else { snapshot };
    if !is_choosing {
        top(ui, state, shown, wishes);
    }
    let room = ui.available_rect_before_wrap();
    let below = if is_choosing {
        Below::default()
    } else {
        let session = session::session_of(state, shown, is_idle);
        let experts = experts::height(ui, session, &shown.experts);
        Below { has_strip: true, experts, experts_least: experts::least() }.within(room.height())
    };
    let least = below.least();
    // Where something urgent takes the room, nothing is squeezed: the rest can be scrolled to.
    if room.height() < least {
        egui::ScrollArea::vertical().id_salt("run").auto_shrink(false).show(ui, |ui| {
            let full = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width() - space::S, least));
            ui.allocate_rect(full, egui::Sense::hover());
            parts(ui, state, shown, wishes, (full, below), [is_idle, is_choosing]);
        });
    } else {
        parts(ui, state, shown, wishes, (room, below), [is_idle, is_choosing]);
    }
    ui.advance_cursor_after_rect(room);
}

/// The scene with the steps under it, the column beside it and the experts below, in the room that there is.
fn parts(
    ui: &mut Ui,
    state: &mut State,
    shown: &Snapshot,
    wishes: &mut Wishes,
    (full, below): (Rect, Below),
    [is_idle, is_choosing]: [bool; 2],
) {
    // Before the first session there is nothing that could stand beside the choices.
    let has_side = !is_choosing || state.ended.is_some();
    let plan = Plan::of(full, has_side, below);
    region(ui, plan.scene, |ui| {
        if is_choosing {
            choices::ui(ui, state, wishes);
            return;
        }
        let picture = scene::ui(ui, shown, plan.scene.size());
        if let Phase::Paused { why } = &shown.phase {
            // However busy the picture is, one sees that it stands still.
            let line = stroke(size::ROAD, pause_color(ui, why));
            ui.painter().rect_stroke(picture, ROUND, line, StrokeKind::Outside);
        }
    });
    if let Some(edges) = plan.strip {
        region(ui, edges, |ui| steps(ui, state, shown, wishes, is_idle));
    }
    if let Some(edges) = plan.side {
        region(ui, edges, |ui| session::side(ui, state, shown, wishes, is_idle));
    }
    if let Some(edges) = plan.experts {
        let session = session::session_of(state, shown, is_idle).map(str::to_owned);
        region(ui, edges, |ui| experts::ui(ui, session.as_deref(), &shown.experts));
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
            let narration = shown.narration.as_ref().filter(|said| !said.text.is_empty());
            if let Some(narration) = narration {
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
