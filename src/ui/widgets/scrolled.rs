//! A part of the screen that can be scrolled. Its bar stands in the margin beside it, so that what is scrolled ends where
//! everything else does.

use egui::{ScrollArea, Ui, UiBuilder};

use crate::ui::theme::space;

/// Draws the contents in an area that takes the whole room; they are as wide as that.
pub fn scrolled<R>(ui: &mut Ui, area: ScrollArea, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.available_rect_before_wrap();
    let edges = room.with_max_x(room.right() + space::M);
    let mut beside = ui.new_child(UiBuilder::new().max_rect(edges));
    let clip = ui.clip_rect();
    beside.set_clip_rect(clip.with_max_x(clip.right().max(edges.right())));
    let scrolled = area.auto_shrink(false).show(&mut beside, |ui| {
        ui.set_width(ui.available_width() - space::M);
        contents(ui)
    });
    ui.advance_cursor_after_rect(room);
    scrolled.inner
}

#[cfg(test)]
mod tests {
    use egui::{Button, vec2};
    use egui_kittest::{Harness, kittest::Queryable};

    use super::*;
    use crate::ui::theme;

    #[test]
    fn what_is_scrolled_is_as_wide_as_what_stands_above_it() {
        let mut harness = Harness::builder().with_context_setup(theme::install).build_ui(|ui| {
            let whole = |ui: &mut Ui, name: &str| {
                let room = ui.available_width();
                ui.add(Button::new(name).min_size(vec2(room, theme::size::BUTTON)));
            };
            whole(ui, "Above");
            scrolled(ui, ScrollArea::vertical(), |ui| whole(ui, "Within"));
        });
        harness.run_steps(3);
        let width = |name: &str| harness.get_by_label(name).rect().x_range();
        assert_eq!(width("Above"), width("Within"));
    }
}
