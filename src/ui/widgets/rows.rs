//! Many rows of one height, of which only those are drawn that can be seen.

use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, pos2, vec2};

/// Draws rows under one another inside of whatever scrolls. One more on either side is drawn than can be seen, so that
/// the focus can move on to it. No two lists on one screen may have the same name.
pub fn rows(ui: &mut Ui, name: &str, count: usize, height: f32, mut row: impl FnMut(&mut Ui, usize)) {
    let pitch = height + ui.spacing().item_spacing.y;
    #[expect(clippy::cast_precision_loss, reason = "a position on the screen")]
    let top_of = |index: usize| pitch * index as f32;
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), top_of(count)), Sense::hover());
    let clip = ui.clip_rect();
    let (first, end) = seen(clip.top() - whole.top(), clip.bottom() - whole.top(), pitch, count);
    for index in first..end {
        let corner = pos2(whole.left(), whole.top() + top_of(index));
        let edges = Rect::from_min_size(corner, vec2(whole.width(), height));
        // The names of what is in a row follow its place among all rows, not its place on the screen.
        let id = ui.scope_id().with((name, index));
        let layout = Layout::top_down(Align::Min);
        row(&mut ui.new_child(UiBuilder::new().scope_id(id).max_rect(edges).layout(layout)), index);
    }
}

/// The first row that is drawn and the one after the last, for a window from `top` to `bottom` over them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list, never below its first")]
fn seen(top: f32, bottom: f32, pitch: f32, count: usize) -> (usize, usize) {
    let first = ((top / pitch).floor().max(0.0) as usize).saturating_sub(1);
    let end = ((bottom / pitch).ceil().max(0.0) as usize).saturating_add(1);
    (first.min(count), end.min(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_seen_is_drawn_and_one_more() {
        assert_eq!(seen(0.0, 100.0, 20.0, 1000), (0, 6));
        assert_eq!(seen(200.0, 300.0, 20.0, 1000), (9, 16));
        assert_eq!(seen(-500.0, -100.0, 20.0, 1000), (0, 1));
        assert_eq!(seen(0.0, f32::INFINITY, 20.0, 3), (0, 3));
        assert_eq!(seen(900.0, 1000.0, 20.0, 3), (3, 3));
    }
}
