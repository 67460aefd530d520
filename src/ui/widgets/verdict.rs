//! The sign of a verdict: a form and a colour, never a colour alone.

use egui::Ui;

use super::icon;
use crate::{
    protocol::Verdict,
    ui::{
        icon as icons,
        theme::{palette, size},
    },
};

/// The sign for one verdict.
pub fn verdict_icon(ui: &mut Ui, verdict: Verdict) {
    let palette = palette(ui);
    let (symbol, color) = match verdict {
        Verdict::Passed => (icons::CHECK, palette.good),
        Verdict::Warned => (icons::WARNING, palette.warn),
        Verdict::Failed => (icons::FAILED, palette.bad),
        Verdict::Skipped => (icons::SKIPPED, palette.weak),
    };
    icon(ui, symbol, size::ICON + 2.0, color);
}
