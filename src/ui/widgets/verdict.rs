//! The sign of a verdict: a form and a colour, never a colour alone, and a name for whoever sees neither.

use egui::{Role, Ui, WidgetInfo};

use super::icon;
use crate::{
    protocol::Verdict,
    ui::{
        catalogue::say,
        icon as icons,
        theme::{palette, size, space},
    },
};

/// The sign for one verdict.
pub fn verdict_icon(ui: &mut Ui, verdict: Verdict) {
    let palette = palette(ui);
    let (symbol, color, name) = match verdict {
        Verdict::Passed => (icons::CHECK, palette.good, say!("setup-passed")),
        Verdict::Warned => (icons::WARNING, palette.warn, say!("setup-warned")),
        Verdict::Failed => (icons::FAILED, palette.bad, say!("setup-failed-check")),
        Verdict::Skipped => (icons::SKIPPED, palette.weak, say!("setup-not-checked")),
    };
    let response = icon(ui, symbol, size::ICON + space::HAIR, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    response.on_hover_text(name);
}
