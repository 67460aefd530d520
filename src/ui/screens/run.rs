//! The run screen: what the narrator says, what the agent sees, what each expert says while it says it, what was
//! decided and why.

use egui::{Align, Label, Layout, Rect, RichText, Ui, pos2, vec2};

use super::{Wishes, choices, replay, scene, session};
use crate::{
    protocol::{Narration, Phase, Snapshot},
    ui::{
        icon,
        state::State,
        theme::{palette, size, space, text},
        widgets::{expert, icon as draw_icon, region},
        words,
    },
};

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
    if let Some(narration) = shown.narration.as_ref().filter(|said| !is_choosing && !said.text.is_empty()) {
        self::narration(ui, narration);
    }
    let has_experts = !is_choosing && !shown.experts.is_empty();
    let least = if has_experts { size::MAP_MIN + space::M + size::EXPERTS_HEIGHT } else { size::MAP_MIN };
    let room = ui.available_rect_before_wrap();
    // Where something urgent takes the room, nothing is squeezed: the rest can be scrolled to.
    if room.height() < least {
        egui::ScrollArea::vertical().id_salt("run").auto_shrink(false).show(ui, |ui| {
            let full = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width() - space::S, least));
            ui.allocate_rect(full, egui::Sense::hover());
            parts(ui, state, shown, wishes, full, [is_idle, is_choosing]);
        });
    } else {
        parts(ui, state, shown, wishes, room, [is_idle, is_choosing]);
    }
    ui.advance_cursor_after_rect(room);
}

/// The scene, the column beside it and the experts below, in the room that there is.
fn parts(
    ui: &mut Ui,
    state: &mut State,
    shown: &Snapshot,
    wishes: &mut Wishes,
    full: Rect,
    [is_idle, is_choosing]: [bool; 2],
) {
    let has_experts = !is_choosing && !shown.experts.is_empty();
    let below = if has_experts { size::EXPERTS_HEIGHT } else { 0.0 };
    let gap = if has_experts { space::M } else { 0.0 };
    let bottom = (full.bottom() - below - gap).max(full.top() + size::MAP_MIN);
    // Before the first session there is nothing that could stand beside the choices.
    let has_side = !is_choosing || state.ended.is_some();
    let side = if has_side { size::SIDE_COLUMN.min(full.width() * 0.4) } else { -space::M };
    let middle = full.right() - side;
    let scene_edges = Rect::from_min_max(full.min, pos2(middle - space::M, bottom));
    let side_edges = Rect::from_min_max(pos2(middle, full.top()), pos2(full.right(), bottom));
    region(ui, scene_edges, |ui| {
        if is_choosing {
            choices::ui(ui, state, wishes);
        } else {
            scene::ui(ui, shown, scene_edges.size());
        }
    });
    if has_side {
        region(ui, side_edges, |ui| session::side(ui, state, shown, wishes, is_idle));
    }
    if has_experts {
        let experts_edges = Rect::from_min_max(pos2(full.left(), bottom + gap), full.max);
        region(ui, experts_edges, |ui| experts(ui, shown));
    }
}

/// What the narrator said last, in one line, and behind it who that was.
fn narration(ui: &mut Ui, narration: &Narration) {
    let weak = palette(ui).weak;
    ui.horizontal(|ui| {
        draw_icon(ui, icon::FOOTPRINTS, size::ICON, weak);
        let most = ui.available_width() * 0.4;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.scope(|ui| {
                ui.set_max_width(most);
                let by = RichText::new(words::narrated_by(narration)).font(text::small()).color(weak);
                let response = ui.add(Label::new(by).truncate());
                if narration.dropped > 0 {
                    let times = words::counted(narration.dropped, "time", "times");
                    response.on_hover_text(format!("Not asked {times}, because others were busy"));
                }
            });
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(&narration.text).font(text::strong())).truncate());
            });
        });
    });
}

/// The experts side by side; where the window is too narrow for all of them, the row can be scrolled.
fn experts(ui: &mut Ui, snapshot: &Snapshot) {
    let count = snapshot.experts.len().max(1);
    let height = ui.available_height();
    #[expect(clippy::cast_precision_loss, reason = "a handful of experts")]
    let width = {
        let gaps = space::S * (count - 1) as f32;
        ((ui.available_width() - gaps) / count as f32).floor().max(size::EXPERT_MIN)
    };
    egui::ScrollArea::horizontal().id_salt("experts").auto_shrink(false).show(ui, |ui| {
        let mut corner = ui.cursor().min;
        for view in &snapshot.experts {
            let edges = Rect::from_min_size(corner, vec2(width, height));
            ui.allocate_rect(edges, egui::Sense::hover());
            region(ui, edges, |ui| expert(ui, view, edges.size()));
            corner.x += width + space::S;
        }
    });
}
