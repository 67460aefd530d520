//! A slider over a stretch of time that lies exactly over the plots it belongs to: dragged, moved with the arrow keys,
//! or set by a screen reader.

use egui::{
    EventFilter, Key, Rect, Response, Sense, StrokeKind, Ui, WidgetInfo,
    accesskit::{Action, ActionData},
    pos2, vec2,
};

use super::plot::{Span, ground_of};
use crate::ui::theme::{LINE, palette, size, space, stroke};

/// An arrow key moves it by one of so many parts, Page Up and Page Down by ten of them.
const PARTS: u64 = 100;

/// Draws the slider at a moment in milliseconds; `words` say what that moment is. Moves the moment and gives the
/// slider, so that it can be given the focus.
pub fn scrubber(ui: &mut Ui, name: &str, words: &str, span: Span, at_ms: &mut u64) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::BUTTON), Sense::drag());
    let ground = ground_of(rect);
    if let Some(at) = response.interact_pointer_pos() {
        *at_ms = span.at(at.x, ground);
    }
    by_keyboard(ui, &response, span, at_ms);
    by_request(ui, &response, span, at_ms);
    *at_ms = (*at_ms).min(span.total_ms());
    // As precise as a share of a session has to be for people.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a session")]
    let (value, most) = (*at_ms as f64, span.total_ms() as f64);
    response.widget_info(|| {
        let mut info = WidgetInfo::slider(ui.is_enabled(), value, name);
        info.current_text_value = Some(words.to_owned());
        info
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(most);
        [Action::SetValue, Action::Increment, Action::Decrement].into_iter().for_each(|action| node.add_action(action));
    });
    draw(ui, &response, ground, span.x(*at_ms, ground));
    response
}

fn draw(ui: &Ui, response: &Response, ground: Rect, x: f32) {
    let colors = palette(ui);
    let painter = ui.painter();
    let track = Rect::from_center_size(ground.center(), vec2(ground.width(), size::BAR));
    painter.rect(track, size::BAR / 2.0, colors.well, stroke(LINE, colors.weak), StrokeKind::Inside);
    let done = track.with_max_x(x.max(track.left()));
    painter.rect_filled(done, size::BAR / 2.0, colors.accent);
    let knob = pos2(x, track.center().y);
    let is_hot = response.hovered() || response.dragged() || response.has_focus();
    painter.circle_filled(knob, size::MARK, if is_hot { colors.accent_hover } else { colors.accent });
    if response.has_focus() {
        painter.circle_stroke(knob, size::MARK + space::HAIR, stroke(space::HAIR, colors.text));
    }
}

fn by_keyboard(ui: &Ui, response: &Response, span: Span, at_ms: &mut u64) {
    if !response.has_focus() {
        return;
    }
    // The arrows move the moment and not the focus.
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let part = (span.total_ms() / PARTS).max(1);
    ui.input(|input| {
        let times = |key| u64::try_from(input.num_presses(key)).unwrap_or(u64::MAX);
        let on = times(Key::ArrowRight).saturating_add(times(Key::PageDown).saturating_mul(10));
        let back = times(Key::ArrowLeft).saturating_add(times(Key::PageUp).saturating_mul(10));
        *at_ms = at_ms.saturating_add(on.saturating_mul(part)).min(span.total_ms());
        *at_ms = at_ms.saturating_sub(back.saturating_mul(part));
        if input.key_pressed(Key::Home) {
            *at_ms = 0;
        }
        if input.key_pressed(Key::End) {
            *at_ms = span.total_ms();
        }
    });
}

/// What a screen reader asks for.
fn by_request(ui: &Ui, response: &Response, span: Span, at_ms: &mut u64) {
    let part = (span.total_ms() / PARTS).max(1);
    ui.input(|input| {
        let times = |action| {
            let count = input.num_accesskit_action_requests(response.id, action);
            u64::try_from(count).unwrap_or(u64::MAX).saturating_mul(part)
        };
        *at_ms = at_ms.saturating_add(times(Action::Increment)).saturating_sub(times(Action::Decrement));
        for request in input.accesskit_action_requests(response.id, Action::SetValue) {
            if let Some(ActionData::NumericValue(value)) = request.data {
                *at_ms = whole(value);
            }
        }
    });
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below nothing is nothing")]
fn whole(value: f64) -> u64 {
    value.max(0.0).round() as u64
}
