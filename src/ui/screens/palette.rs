//! The command palette: every command that makes sense now, found by a few letters and carried out with Enter.

use std::time::Duration;

use egui::{
    Align2, Frame, Id, Key, Label, Memory, Modal, Modifiers, Response, RichText, Role, ScrollArea, Sense, StrokeKind,
    Ui, Vec2, WidgetInfo, pos2,
};

use super::Wishes;
use crate::{
    protocol::Snapshot,
    ui::{
        catalogue::say,
        state::{
            LEAST_LOOK_S, State,
            palette::found,
            shortcuts::{Deed, keys},
        },
        theme::{LINE, ROUND, ROUND_SMALL, margin, palette, size, space, stroke, text},
        widgets::line_field,
    },
};

/// Draws the palette while it is open, and carries out what was chosen in it.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    if !state.palette.is_open {
        return;
    }
    let all = found(Deed::possible(state, snapshot), &state.palette.typed);
    let is_entered = steer(ui, state, &all);
    let place = state.palette.place(&all);
    let entered = place.filter(|_| is_entered).map(|place| all[place].0.clone());
    let now = ui.input(|input| input.time);
    let can_answer = state.palette.can_answer(&all, now);
    if !can_answer {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(LEAST_LOOK_S));
    }
    let id = Id::unique("palette");
    let area = Modal::default_area(id)
        .anchor(Align2::CENTER_TOP, Vec2::new(0.0, size::HEADER))
        .accessible_name(say!("palette-title"));
    let colors = palette(ui);
    let frame = Frame::new().fill(colors.card).stroke(stroke(LINE, colors.line)).corner_radius(ROUND);
    let modal = Modal::new(id).area(area).frame(frame.inner_margin(margin(space::M)));
    let shown = modal.show(ui.ctx(), |ui| {
        ui.set_width(size::DIALOG.min(ui.ctx().content_rect().width() - 2.0 * space::XL));
        field(ui, state);
        list(ui, state, &all, place, can_answer)
    });
    let ordered = entered.or_else(|| shown.inner.clone()).filter(|deed| can_answer || deed.answers().is_none());
    if shown.should_close() || ordered.is_some() {
        close(ui, state);
    }
    if let Some(deed) = ordered {
        let focused = ui.memory(Memory::focused);
        deed.carry_out(state, snapshot, wishes, focused);
    }
}

/// Puts the palette away and gives the focus back to what had it.
pub fn close(ui: &Ui, state: &mut State) {
    if let Some(before) = state.palette.close() {
        ui.memory_mut(|memory| memory.request_focus(before));
    }
}

/// The arrow keys choose, whatever has the focus; true when Enter was pressed.
fn steer(ui: &mut Ui, state: &mut State, all: &[(Deed, String)]) -> bool {
    let (down, up, enter) = ui.input_mut(|input| {
        let mut count = |key| input.count_and_consume_key(Modifiers::NONE, key);
        (count(Key::ArrowDown), count(Key::ArrowUp), count(Key::Enter))
    });
    if down + up > 0 {
        state.palette.step(all, down, up);
    }
    enter > 0
}

/// The field that is typed into. It has the focus whenever nothing else in the palette has it.
fn field(ui: &mut Ui, state: &mut State) {
    let is_fresh = std::mem::take(&mut state.palette.is_fresh);
    let wants_focus = is_fresh || ui.memory(Memory::focused).is_none();
    let before = state.palette.typed.clone();
    line_field(ui, &say!("palette-field"), &say!("palette-field-hint"), &mut state.palette.typed, wants_focus);
    if state.palette.typed != before {
        state.palette.typed();
    }
}

/// The commands, each with its keys; gives the one that was pressed. An answer that cannot be given yet is pale.
fn list(
    ui: &mut Ui,
    state: &mut State,
    all: &[(Deed, String)],
    place: Option<usize>,
    can_answer: bool,
) -> Option<Deed> {
    ui.add_space(space::XS);
    if all.is_empty() {
        ui.add(Label::new(RichText::new(say!("palette-nothing")).color(palette(ui).weak)).wrap());
        return None;
    }
    let most = size::CHOICES.min(ui.ctx().content_rect().height() - 2.0 * size::HEADER - 2.0 * space::XXL);
    let most = most.max(size::BUTTON);
    // The palette is as high as it was; without a least height the list could never become longer again.
    let area = ScrollArea::vertical().id_salt("palette").auto_shrink([false, true]);
    let area = area.max_height(most).min_scrolled_height(most);
    let is_mac = ui.ctx().os().is_mac();
    let mut pressed = None;
    area.show(ui, |ui| {
        // Beside the bar, not under it.
        ui.set_width(ui.available_width() - space::M);
        ui.spacing_mut().item_spacing.y = 0.0;
        let was_moved =
            ui.memory(|memory| memory.data.get_temp::<Option<usize>>(Id::unique("palette-place"))) != Some(place);
        ui.memory_mut(|memory| memory.data.insert_temp(Id::unique("palette-place"), place));
        for (index, (deed, name)) in all.iter().enumerate() {
            let is_chosen = place == Some(index);
            let is_ready = can_answer || deed.answers().is_none();
            let response = row(ui, is_chosen, is_ready, name, &keys(deed, is_mac));
            if is_chosen && was_moved {
                response.scroll_to_me(None);
            }
            if response.gained_focus() {
                state.palette.choose(deed.clone());
            }
            if response.clicked() {
                pressed = Some(deed.clone());
            }
        }
    });
    pressed
}

fn row(ui: &mut Ui, is_chosen: bool, is_ready: bool, name: &str, keys: &str) -> Response {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::BUTTON), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, is_ready, is_chosen, name));
    if !keys.is_empty() {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(keys));
    }
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if is_chosen || response.hovered() {
        let fill = if is_chosen { colors.accent_wash } else { colors.hover };
        painter.rect_filled(rect, ROUND_SMALL, fill);
    }
    if response.has_focus() {
        painter.rect_stroke(rect, ROUND_SMALL, stroke(space::HAIR, colors.accent), StrokeKind::Inside);
    }
    let ink = match (is_ready, is_chosen) {
        (false, _) => colors.weak,
        (true, true) => colors.accent,
        (true, false) => colors.text,
    };
    let start = pos2(rect.left() + space::S, rect.center().y);
    painter.text(start, Align2::LEFT_CENTER, name, text::body(), ink);
    let end = pos2(rect.right() - space::S, rect.center().y);
    painter.text(end, Align2::RIGHT_CENTER, keys, text::small(), colors.weak);
    response
}
