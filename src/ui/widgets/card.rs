//! Cards, headings and banners: what holds everything else.

use egui::{Frame, InnerResponse, Label, Response, RichText, Role, Sense, Ui, WidgetInfo, accesskit::Live};

use crate::ui::theme::{LINE, Palette, ROUND, ROUND_SMALL, margin, margins, palette, size, space, stroke, text};

/// A surface with a fine line around it.
pub fn card<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let palette = palette(ui);
    Frame::new()
        .fill(palette.card)
        .stroke(stroke(LINE, palette.line))
        .corner_radius(ROUND)
        .inner_margin(margin(space::L))
        .show(ui, contents)
}

/// Sets lines close together, as in a list that is read and not pressed.
pub fn dense(ui: &mut Ui) {
    ui.spacing_mut().interact_size.y = size::ROW;
    ui.spacing_mut().item_spacing.y = space::XS;
}

/// A heading, and in the same line what belongs to it.
pub fn section(ui: &mut Ui, title: &str, aside: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let heading = ui.label(RichText::new(title).font(text::heading()));
        heading.widget_info(|| WidgetInfo::labeled(Role::Label, true, title));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), aside);
    });
}

/// The meaning behind a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    Good,
    Warn,
    Bad,
    Calm,
}

impl Tint {
    /// Ink and ground.
    pub fn colors(self, palette: &Palette) -> (egui::Color32, egui::Color32) {
        match self {
            Self::Good => (palette.good, palette.good_wash),
            Self::Warn => (palette.warn, palette.warn_wash),
            Self::Bad => (palette.bad, palette.bad_wash),
            Self::Calm => (palette.accent, palette.accent_wash),
        }
    }
}

/// A tinted line across the screen that says how things stand.
pub fn banner<R>(ui: &mut Ui, tint: Tint, symbol: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let (ink, wash) = tint.colors(palette(ui));
    Frame::new()
        .fill(wash)
        .corner_radius(ROUND)
        .inner_margin(margins(space::L, space::M))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                icon(ui, symbol, size::ICON_LARGE, ink);
                contents(ui)
            })
            .inner
        })
        .inner
}

/// Names what has just appeared and must not be overlooked, so that a screen reader says it at once.
pub fn announce(response: &Response, words: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, words));
    live(response, Live::Assertive);
}

/// Has a screen reader say what stands there whenever that changes: at once, or when there is time.
pub fn live(response: &Response, how: Live) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_live(how));
}

/// An icon that only repeats what words beside it say, so it has no name of its own.
pub fn icon(ui: &mut Ui, symbol: &str, size: f32, color: egui::Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(egui::Vec2::splat(size), Sense::hover());
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, symbol, text::icon(size), color);
    response
}

/// An icon with its words, in one line.
pub fn label_icon(ui: &mut Ui, symbol: &str, words: &str, color: egui::Color32) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        icon(ui, symbol, size::ICON, color);
        ui.add(Label::new(RichText::new(words).color(color)).truncate());
    });
}

/// An icon with a sentence, in as many lines as it takes.
pub fn sentence(ui: &mut Ui, symbol: &str, words: &str, color: egui::Color32) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        icon(ui, symbol, size::ICON, color);
        ui.add(Label::new(RichText::new(words).color(color)).wrap());
    });
}

/// A card that can be chosen; gives true when it was pressed.
pub fn selectable(ui: &mut Ui, is_chosen: bool, title: &str, explanation: &str) -> bool {
    let fill = palette(ui).well;
    pressable(ui, is_chosen, fill, title, |ui| {
        let words = RichText::new(explanation).font(text::small()).color(palette(ui).weak);
        ui.add(Label::new(words).selectable(false));
    })
}

/// The same for one of a list: under its title what it is, in one line, and how it stands, in that colour.
pub fn entry(ui: &mut Ui, is_chosen: bool, [title, what, stands]: [&str; 3], color: egui::Color32) -> bool {
    // It stands on the ground, as cards do.
    let fill = palette(ui).card;
    pressable(ui, is_chosen, fill, title, |ui| {
        let what = RichText::new(what).font(text::small()).color(palette(ui).weak);
        ui.add(Label::new(what).selectable(false).truncate());
        ui.add(Label::new(RichText::new(stands).font(text::small()).color(color)).selectable(false).wrap());
    })
}

/// `fill` is what it has while another one is chosen.
fn pressable(ui: &mut Ui, is_chosen: bool, fill: egui::Color32, title: &str, contents: impl FnOnce(&mut Ui)) -> bool {
    let palette = palette(ui);
    let (fill, line) = if is_chosen { (palette.accent_wash, palette.accent) } else { (fill, palette.line) };
    let inner = Frame::new()
        .fill(fill)
        .stroke(stroke(LINE, line))
        .corner_radius(ROUND_SMALL)
        .inner_margin(margins(space::M, space::S))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::HAIR;
            ui.add(Label::new(RichText::new(title).font(text::strong())).selectable(false));
            contents(ui);
        });
    let response = inner.response.interact(Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_chosen, title));
    if response.hovered() && !is_chosen {
        let edge = stroke(LINE, palette.weak);
        ui.painter().rect_stroke(response.rect, ROUND_SMALL, edge, egui::StrokeKind::Inside);
    }
    if response.has_focus() {
        let focus = stroke(space::HAIR, palette.accent);
        ui.painter().rect_stroke(response.rect, ROUND_SMALL, focus, egui::StrokeKind::Outside);
    }
    response.clicked()
}
