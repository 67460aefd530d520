//! The rail at the left edge: one item a screen, and below them the colours.

use egui::{
    Align, Align2, FontSelection, Layout, Role, Sense, StrokeKind, TextWrapMode, Ui, Vec2, WidgetInfo, WidgetText, pos2,
};

use super::hint;
use crate::{
    protocol::{Command, Snapshot},
    settings::Theme,
    ui::{
        catalogue::say,
        icon,
        screens::Wishes,
        state::{Screen, State, shortcuts::Deed},
        theme::{ROUND, palette, size, space, stroke, text},
        widgets::{Button, Look, icon as draw_icon},
    },
};

/// Draws the rail.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    let full = ui.available_height();
    let emblem = size::ICON_LARGE + 2.0 * space::M;
    let colours = size::BUTTON + 2.0 * space::M;
    #[expect(clippy::cast_precision_loss, reason = "a handful of screens")]
    let count = Screen::ALL.len() as f32;
    // In a very low window the screens have all of it.
    let is_roomy = full - emblem - colours >= count * size::ICON_LARGE;
    ui.spacing_mut().item_spacing.y = 0.0;
    if is_roomy {
        ui.add_space(space::M);
        ui.vertical_centered(|ui| {
            let accent = palette(ui).accent;
            draw_icon(ui, icon::ROBOT, size::ICON_LARGE, accent);
        });
        ui.add_space(space::M);
    }
    // They move together, so that what stands below them keeps its place.
    let room = if is_roomy { full - emblem - colours } else { full };
    let height = (room / count).min(size::RAIL_ITEM);
    for screen in Screen::ALL {
        if item(ui, state.screen == screen, screen, height) && state.screen != screen {
            Deed::Show(screen).carry_out(state, snapshot, wishes, None);
        }
    }
    if is_roomy {
        ui.with_layout(Layout::bottom_up(Align::Center), |ui| {
            ui.add_space(space::M);
            theme(ui, state, wishes);
        });
    }
}

/// The quick way to other colours; the settings have it too.
fn theme(ui: &mut Ui, state: &mut State, wishes: &mut Wishes) {
    let (symbol, name, next) = match state.settings.window.theme {
        Theme::System => (icon::DESKTOP, say!("shell-colours-system"), Theme::Dark),
        Theme::Dark => (icon::MOON, say!("shell-colours-dark"), Theme::Light),
        Theme::Light => (icon::SUN, say!("shell-colours-light"), Theme::System),
    };
    if ui.add(Button::new(&name).icon(symbol).look(Look::Quiet).icon_only()).clicked() {
        state.settings.window.theme = next;
        wishes.push(Command::SaveSettings { settings: Box::new(state.settings.clone()) });
    }
}

fn symbol(screen: Screen) -> &'static str {
    match screen {
        Screen::Setup => icon::SETUP,
        Screen::Run => icon::RUN,
        Screen::Experts => icon::PULSE,
        Screen::Learning => icon::TARGET,
        Screen::Models => icon::BRAIN,
        Screen::Servers => icon::WRENCH,
        Screen::Sessions => icon::PAST,
        Screen::Logs => icon::SCROLL,
        Screen::Settings => icon::GEAR,
    }
}

/// One screen: its icon, and its name where there is room; true when it was pressed.
fn item(ui: &mut Ui, is_chosen: bool, screen: Screen, height: f32) -> bool {
    let (palette, name) = (palette(ui), screen.title());
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_chosen, &name));
    let inner = rect.shrink2(Vec2::new(space::XS, space::HAIR));
    let fill = match (is_chosen, response.hovered()) {
        (true, _) => palette.accent_wash,
        (false, true) => palette.hover,
        (false, false) => palette.frame,
    };
    let ink = if is_chosen { palette.accent } else { palette.weak };
    ui.painter().rect_filled(inner, ROUND, fill);
    if response.has_focus() {
        ui.painter().rect_stroke(inner, ROUND, stroke(space::HAIR, palette.accent), StrokeKind::Inside);
    }
    let center = inner.center();
    let has_words = height >= size::RAIL_WORDS;
    let above = if has_words { pos2(center.x, center.y - space::S) } else { center };
    ui.painter().text(above, Align2::CENTER_CENTER, symbol(screen), text::icon(size::ICON_LARGE), ink);
    if has_words {
        // A long name in another language is cut and not drawn over the edge.
        let words = WidgetText::from(name.as_str());
        let font = FontSelection::FontId(text::small());
        let words = words.into_galley(ui, Some(TextWrapMode::Truncate), inner.width(), font);
        let middle = pos2(center.x, inner.bottom() - space::M);
        let corner = middle - words.size() / 2.0;
        ui.painter().galley_with_override_text_color(corner, words, ink);
    }
    response.on_hover_text(hint(ui, &name, &Deed::Show(screen))).clicked()
}
