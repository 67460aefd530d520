//! A message that floats over the content for a while.

use egui::{Frame, Label, Response, RichText, TextStyle, Ui, accesskit::Live};

use super::{Button, Look, Tint, icon as draw_icon, live};
use crate::ui::{
    catalogue::say,
    icon,
    theme::{LINE, ROUND, margins, palette, size, space, stroke, text},
};

/// What floats.
pub struct Toast<'a> {
    pub tint: Tint,
    pub symbol: &'static str,
    pub words: &'a str,
    /// How often in a row it was said.
    pub times: u64,
    /// There is more to know or to do than the words say.
    pub has_more: bool,
}

/// What was pressed on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    Close,
    More,
}

/// Draws it as wide as there is room, and has a screen reader say it; gives what was pressed.
pub fn toast(ui: &mut Ui, toast: &Toast<'_>) -> Option<Pressed> {
    let (ink, _) = toast.tint.colors(palette(ui));
    let frame = Frame::new()
        .fill(palette(ui).card)
        .stroke(stroke(LINE, ink))
        .corner_radius(ROUND)
        .inner_margin(margins(space::M, space::S));
    let mut pressed = None;
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            // Sign, first line and cross share one middle.
            ui.vertical(|ui| {
                ui.add_space((size::BUTTON - size::ICON_LARGE) / 2.0);
                draw_icon(ui, toast.symbol, size::ICON_LARGE, ink);
            });
            let room = ui.available_width() - size::BUTTON - space::S;
            ui.vertical(|ui| {
                ui.set_width(room);
                ui.spacing_mut().item_spacing.y = space::XS;
                ui.add_space((size::BUTTON - ui.text_style_height(&TextStyle::Body)) / 2.0);
                let said = ui.add(Label::new(toast.words).wrap());
                tell(&said, toast.tint);
                if toast.times > 1 {
                    let times = RichText::new(say!("shell-times", count = toast.times));
                    ui.add(Label::new(times.font(text::small()).color(palette(ui).weak)));
                }
                if toast.has_more && ui.add(Button::new(&say!("shell-toast-more"))).clicked() {
                    pressed = Some(Pressed::More);
                }
            });
            let close = say!("shell-toast-close");
            if ui.add(Button::new(&close).icon(icon::CLOSE).look(Look::Quiet).icon_only()).clicked() {
                pressed = Some(Pressed::Close);
            }
        });
    });
    pressed
}

/// What went wrong is said at once, the rest when there is time.
fn tell(said: &Response, tint: Tint) {
    live(said, if tint == Tint::Bad { Live::Assertive } else { Live::Polite });
}
