//! The experts side by side, below everything else: only as high as what they say, and folded away where somebody wants
//! the room for the scene.

use egui::{CollapsingHeader, Id, Label, Rect, RichText, StrokeKind, Ui, collapsing_header::CollapsingState, vec2};

use crate::{
    protocol::ExpertView,
    ui::{
        catalogue::say,
        theme::{ROUND_SMALL, palette, size, space, stroke, text},
        widgets::{expert, region},
    },
};

/// The least height of the row, in lines.
const LEAST: f32 = 6.0 * size::ROW;
/// The same where the window is low: who it is, a line or two of what is said, and what is proposed.
const LEAST_READABLE: f32 = 7.0 * size::ROW;
/// The heading, and what is between it and the row.
const HEADING: f32 = size::ROW + space::XS;

/// What the row has needed so far. It does not shrink while a session goes on: a scene that changes its size with every
/// answer cannot be looked at.
#[derive(Clone, Debug, PartialEq)]
struct Needed {
    session: String,
    experts: usize,
    width: f32,
    height: f32,
}

impl Needed {
    /// What is known of this row; anew with another session, another number of experts and another width.
    fn of(kept: Option<Self>, session: &str, experts: usize, width: f32) -> Self {
        let is_same = |kept: &Self| {
            // Where everything is scrolled there is a little less.
            let is_as_wide = (kept.width - width).abs() <= space::L;
            kept.session == session && kept.experts == experts && is_as_wide
        };
        let fresh = || Self { session: session.to_owned(), experts, width, height: LEAST };
        kept.filter(is_same).unwrap_or_else(fresh)
    }

    /// Grows to a height, up to the most that a row gets; true when that is new.
    fn grow(&mut self, height: f32) -> bool {
        let height = height.ceil().clamp(LEAST, size::EXPERTS_HEIGHT);
        let is_new = height > self.height;
        self.height = self.height.max(height);
        is_new
    }
}

/// The height of the whole part over the width that there is; `None` without experts.
pub fn height(ui: &Ui, session: Option<&str>, experts: &[ExpertView]) -> Option<f32> {
    if experts.is_empty() {
        return None;
    }
    let row = if is_open(ui) { needed(ui, session, experts.len(), ui.available_width()).height } else { -space::XS };
    Some(HEADING + row)
}

/// The least height of the whole part in a low window, as long as it is not folded away.
pub const fn least() -> f32 {
    HEADING + LEAST_READABLE
}

fn needed(ui: &Ui, session: Option<&str>, experts: usize, width: f32) -> Needed {
    let kept = ui.ctx().data(|data| data.get_temp(needed_id()));
    Needed::of(kept, session.unwrap_or_default(), experts, width)
}

fn needed_id() -> Id {
    Id::unique("experts_height")
}

fn open_id() -> Id {
    Id::unique("experts_open")
}

fn is_open(ui: &Ui) -> bool {
    CollapsingState::load_with_default_open(ui.ctx(), open_id(), true).is_open()
}

/// Draws the heading and, where it is not folded away, the row; where the window is too narrow for all of them, it can
/// be scrolled.
pub fn ui(ui: &mut Ui, session: Option<&str>, experts: &[ExpertView]) {
    let width = ui.available_width();
    ui.spacing_mut().item_spacing.y = space::XS;
    heading(ui, experts);
    if !is_open(ui) {
        return;
    }
    let mut needed = needed(ui, session, experts.len(), width);
    let tallest = row(ui, experts);
    if needed.grow(tallest) {
        // At once, so that nobody sees it cut.
        ui.ctx().request_repaint();
    }
    ui.ctx().data_mut(|data| data.insert_temp(needed_id(), needed));
}

fn heading(ui: &mut Ui, experts: &[ExpertView]) {
    let mut state = CollapsingState::load_with_default_open(ui.ctx(), open_id(), true);
    let is_open = state.is_open();
    let edges = ui.available_rect_before_wrap();
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().interact_size.y = size::ROW;
            ui.spacing_mut().button_padding.y = 0.0;
            let title = RichText::new(say!("run-experts")).font(text::strong());
            let header = CollapsingHeader::new(title).id_salt("experts").open(Some(is_open));
            header.show_unindented(ui, |_| {}).header_response
        })
        .inner;
    if response.has_focus() {
        let line = stroke(space::HAIR, palette(ui).accent);
        ui.painter().rect_stroke(response.rect, ROUND_SMALL, line, StrokeKind::Inside);
    }
    if response.clicked() {
        state.set_open(!is_open);
        state.store(ui.ctx());
        ui.ctx().request_repaint();
    }
    // Behind the title, what they do: of use above all where they are folded away.
    let busy = experts.iter().filter(|view| view.state.is_busy()).count();
    let rest = Rect::from_min_max(response.rect.right_top(), edges.right_top() + vec2(0.0, size::ROW));
    region(ui, "busy", rest, |ui| {
        ui.add_space(space::HAIR);
        let words = say!("run-experts-busy", busy = busy, count = experts.len());
        ui.add(Label::new(RichText::new(words).font(text::small()).color(palette(ui).weak)).truncate());
    });
}

/// Gives the height that the one with the most to say needs.
fn row(ui: &mut Ui, experts: &[ExpertView]) -> f32 {
    let count = experts.len().max(1);
    let height = ui.available_height();
    #[expect(clippy::cast_precision_loss, reason = "a handful of experts")]
    let share = ((ui.available_width() + space::S) / count as f32).max(size::EXPERT_MIN + space::S);
    // Rounded one by one, so that the last ends where everything else does.
    #[expect(clippy::cast_precision_loss, reason = "a handful of experts")]
    let left_of = |index: usize| (share * index as f32).round();
    let mut tallest = 0.0_f32;
    egui::ScrollArea::horizontal().id_salt("experts").auto_shrink(false).show(ui, |ui| {
        let corner = ui.cursor().min;
        for (index, view) in experts.iter().enumerate() {
            let (left, right) = (left_of(index), left_of(index + 1) - space::S);
            let edges = Rect::from_min_size(corner + vec2(left, 0.0), vec2(right - left, height));
            ui.allocate_rect(edges, egui::Sense::hover());
            let wanted = region(ui, ("expert", &view.role), edges, |ui| expert(ui, view, edges.size()));
            tallest = tallest.max(wanted);
        }
    });
    tallest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_grows_with_what_is_said_and_does_not_shrink_within_a_session() {
        let mut row = Needed::of(None, "s-1", 2, 900.0);
        assert_eq!(row.height, LEAST);
        assert!(row.grow(160.2) && !row.grow(130.0));
        assert_eq!(row.height, 161.0);
        assert!(row.grow(900.0));
        assert_eq!(row.height, size::EXPERTS_HEIGHT, "the rest can be scrolled to");
        let kept = Needed::of(Some(row.clone()), "s-1", 2, 900.4);
        assert_eq!(kept.height, size::EXPERTS_HEIGHT);
        for (session, experts, width) in [("s-2", 2, 900.0), ("s-1", 3, 900.0), ("s-1", 2, 500.0)] {
            assert_eq!(Needed::of(Some(row.clone()), session, experts, width).height, LEAST);
        }
    }
}
