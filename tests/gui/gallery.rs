//! Every widget in every state, drawn without a window: each control has a name, and nothing breaks in either theme, at
//! any width.

use egui_kittest::Harness;
use singularis::ui::theme;

use crate::desk::nameless_of;

#[path = "../../examples/gallery/pieces/mod.rs"]
mod pieces;

/// The gallery as high as it is.
fn shown(theme: egui::Theme, width: f32) -> Harness<'static, pieces::Shown> {
    let mut is_prepared = false;
    let draw = move |ui: &mut egui::Ui, shown: &mut pieces::Shown| {
        // The colours count from the next frame on.
        if is_prepared {
            pieces::ui(ui, shown);
        } else {
            theme::install(ui.ctx());
            is_prepared = true;
        }
    };
    let builder = Harness::builder().with_size(egui::vec2(width, 4800.0)).with_theme(theme);
    let mut harness = builder.build_ui_state(draw, pieces::Shown::default());
    harness.run_steps(4);
    harness
}

#[test]
fn every_widget_has_a_name_in_every_state() {
    for theme in [egui::Theme::Dark, egui::Theme::Light] {
        for width in [1280.0, 640.0] {
            let harness = shown(theme, width);
            let controls = crate::desk::controls_of(&harness.root());
            assert!(controls > 30, "only {controls} controls are shown at {width}");
            assert_eq!(nameless_of(&harness.root()), Vec::<String>::new(), "{theme:?} at {width}");
        }
    }
}

#[test]
fn what_is_typed_in_secret_is_not_told_to_a_screen_reader() {
    let harness = shown(egui::Theme::Dark, 1280.0);
    assert!(!crate::desk::outline_of(&harness.root()).contains("not to be seen"));
}
