//! The button: one shape, five looks, an icon if it helps, and a name for screen readers.

use std::sync::Arc;

use egui::{Align2, Galley, Response, Role, Sense, StrokeKind, Ui, Vec2, Widget, WidgetInfo};

use crate::ui::{
    catalogue::say,
    icon,
    theme::{CLEAR, LINE, ROUND_SMALL, palette, size, space, stroke, text},
};

/// The button that leads to where a session is started; true when it was pressed.
pub fn to_run(ui: &mut Ui) -> bool {
    ui.add(Button::new(&say!("sessions-open-run")).icon(icon::RUN).look(Look::Primary)).clicked()
}

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing to do here.
    Primary,
    #[default]
    Plain,
    /// Of several the one that is shown.
    Chosen,
    /// Ends something.
    Danger,
    /// In a corner, until it is needed.
    Quiet,
}

/// A button.
#[must_use = "a button that is not added is not shown"]
pub struct Button<'a> {
    text: &'a str,
    icon: Option<&'static str>,
    look: Look,
    height: f32,
    is_icon_only: bool,
}

impl<'a> Button<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, icon: None, look: Look::Plain, height: size::BUTTON, is_icon_only: false }
    }

    pub fn icon(self, icon: &'static str) -> Self {
        Self { icon: Some(icon), ..self }
    }

    pub fn look(self, look: Look) -> Self {
        Self { look, ..self }
    }

    pub fn large(self) -> Self {
        Self { height: size::BUTTON_LARGE, ..self }
    }

    /// Shows the icon alone; the text becomes the name and the tooltip.
    pub fn icon_only(self) -> Self {
        Self { is_icon_only: true, ..self }
    }

    /// How wide it is. Points.
    pub fn width(&self, ui: &Ui) -> f32 {
        let galley = self.galley(ui);
        let (text, icon) = (text_width(galley.as_ref()), self.icon_width());
        text + icon + gap(text, icon) + 2.0 * self.padding()
    }

    /// Its words, where they are shown.
    fn galley(&self, ui: &Ui) -> Option<Arc<Galley>> {
        let font = if matches!(self.look, Look::Primary | Look::Danger) { text::strong() } else { text::body() };
        let ink = palette(ui).text;
        (!self.is_icon_only).then(|| ui.painter().layout_no_wrap(self.text.to_owned(), font, ink))
    }

    fn icon_width(&self) -> f32 {
        if self.icon.is_some() { size::ICON } else { 0.0 }
    }

    fn padding(&self) -> f32 {
        if self.is_icon_only { space::S } else { space::M }
    }
}

fn text_width(galley: Option<&Arc<Galley>>) -> f32 {
    galley.map_or(0.0, |galley| galley.size().x)
}

/// What is between the icon and the words, where there are both.
fn gap(text: f32, icon: f32) -> f32 {
    if text > 0.0 && icon > 0.0 { space::S } else { 0.0 }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let palette = palette(ui);
        let galley = self.galley(ui);
        let (icon_width, padding) = (self.icon_width(), self.padding());
        let gap = gap(text_width(galley.as_ref()), icon_width);
        let wanted = Vec2::new(self.width(ui), self.height);
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.text));
        if ui.is_rect_visible(rect) {
            let is_hot = response.hovered() || response.has_focus();
            let (fill, ink, line) = match self.look {
                // What cannot be pressed does not shine.
                Look::Primary | Look::Danger if !ui.is_enabled() => (palette.well, palette.weak, palette.line),
                Look::Primary if is_hot => (palette.accent_hover, palette.on_accent, palette.accent_hover),
                Look::Primary => (palette.accent, palette.on_accent, palette.accent),
                Look::Chosen if is_hot => (palette.accent_wash, palette.text, palette.accent),
                Look::Chosen => (palette.accent_wash, palette.accent, palette.accent),
                Look::Danger if is_hot => (palette.bad_hover, palette.on_bad, palette.bad_hover),
                Look::Danger => (palette.bad, palette.on_bad, palette.bad),
                Look::Plain if response.is_pointer_button_down_on() => (palette.pressed, palette.text, palette.line),
                Look::Plain if is_hot => (palette.hover, palette.text, palette.line),
                Look::Plain => (palette.card, palette.text, palette.line),
                Look::Quiet if is_hot => (palette.hover, palette.text, palette.hover),
                Look::Quiet => (CLEAR, palette.weak, CLEAR),
            };
            let painter = ui.painter();
            painter.rect(rect, ROUND_SMALL, fill, stroke(LINE, line), StrokeKind::Inside);
            if response.has_focus() {
                painter.rect_stroke(
                    rect.expand(space::HAIR),
                    ROUND_SMALL,
                    stroke(space::HAIR, palette.accent),
                    StrokeKind::Outside,
                );
            }
            let mut x = rect.left() + padding;
            if let Some(icon) = self.icon {
                let at = egui::pos2(x + icon_width / 2.0, rect.center().y);
                painter.text(at, Align2::CENTER_CENTER, icon, text::icon(size::ICON), ink);
                x += icon_width + gap;
            }
            if let Some(galley) = galley {
                let at = egui::pos2(x, rect.center().y - galley.size().y / 2.0);
                painter.galley_with_override_text_color(at, galley, ink);
            }
        }
        if self.is_icon_only { response.on_hover_text(self.text) } else { response }
    }
}
