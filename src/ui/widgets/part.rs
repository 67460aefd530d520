//! Parts of a screen that keep who they are, whatever comes and goes before them. What is pressed, what has the focus and
//! what a screen reader stands on go by where a control was counted; in a part the count begins anew.

use egui::{AsIdSalt, Id, Rect, Ui, UiBuilder};

use crate::ui::theme::space;

/// A part of the screen by a name that no other part in sight has. It stands where the next thing would.
pub fn part<R>(ui: &mut Ui, name: impl AsIdSalt, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(UiBuilder::new().scope_id(named(name)), contents).inner
}

/// The same with edges of its own, filled from the top down.
pub fn region<R>(ui: &mut Ui, name: impl AsIdSalt, edges: Rect, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let layout = egui::Layout::top_down(egui::Align::Min);
    let builder = UiBuilder::new().scope_id(named(name)).max_rect(edges).layout(layout);
    ui.scope_builder(builder, |ui| {
        // Focus rings and outlines reach a little beyond the edges.
        ui.shrink_clip_rect(edges.expand(space::XS));
        contents(ui)
    })
    .inner
}

/// Whatever it lies in: what has to be scrolled in a low window is the same as in a high one.
fn named(name: impl AsIdSalt) -> Id {
    Id::unique(("part", name))
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable};

    use super::*;
    use crate::ui::{theme, widgets::Button};

    /// A button in a part, and before that part as many other things as the state says.
    fn shown(is_region: bool) -> Harness<'static, usize> {
        Harness::builder().with_context_setup(theme::install).build_ui_state(
            move |ui, before: &mut usize| {
                for _ in 0..*before {
                    ui.label("before");
                }
                let button = |ui: &mut Ui| ui.add(Button::new("Below")).id;
                if is_region {
                    let edges = ui.available_rect_before_wrap();
                    region(ui, "below", edges, button);
                } else {
                    part(ui, "below", button);
                }
            },
            0,
        )
    }

    #[test]
    fn the_focus_stays_whatever_comes_and_goes_before_it() {
        for is_region in [false, true] {
            let mut harness = shown(is_region);
            harness.get_by_label("Below").focus();
            harness.run_steps(2);
            for before in [3, 1, 0] {
                *harness.state_mut() = before;
                harness.run_steps(2);
                assert!(harness.get_by_label("Below").is_focused(), "with {before} before it, region: {is_region}");
            }
        }
    }
}
