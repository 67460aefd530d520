//! What everything stands on: a colour that the window is cleared with, so that nobody draws it once more.

use egui::{Frame, Ui, UiBuilder, UiKind, UiStackInfo};

/// Draws on it, and lets what is drawn know its colour: lists that go on fade into what lies behind them.
pub fn under(ui: &mut Ui, draw: impl FnOnce(&mut Ui)) {
    let ground = Frame::new().fill(ui.visuals().panel_fill);
    let known = UiBuilder::new().ui_stack_info(UiStackInfo::new(UiKind::Frame).with_frame(ground));
    ui.scope_builder(known, draw);
}

#[cfg(test)]
mod tests {
    use egui::{Color32, Context, RawInput};

    use super::*;

    #[test]
    fn what_is_drawn_knows_the_colour_that_lies_behind_it() {
        let mut behind = None;
        let drawn = Context::default().run_ui(RawInput::default(), |ui| {
            assert_eq!(ui.stack().bg_color(), Color32::TRANSPARENT);
            under(ui, |ui| behind = Some((ui.stack().bg_color(), ui.visuals().panel_fill)));
        });
        drawn.drop_without_applying_deltas();
        assert!(behind.is_some_and(|(known, ground)| known == ground && ground.is_opaque()), "{behind:?}");
    }
}
