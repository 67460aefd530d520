//! The desktop in a session: its picture as large as there is room, where the agent pointed, and what it did or would
//! have done.

use egui::{Label, Rect, RichText, Ui, Vec2, pos2, vec2};

use crate::{
    protocol::{DesktopView, PictureView},
    ui::{
        catalogue::{said, say},
        icon,
        theme::{palette, size, space, stroke, text},
        widgets::{Tint, banner, dense, fitted, picture, sentence, steady},
        words,
    },
};

/// So many of the last acts are shown.
const ACTS: usize = 4;

/// Draws the desktop into the given size.
pub fn ui(ui: &mut Ui, view: &DesktopView, room: Vec2) {
    ui.spacing_mut().item_spacing.y = space::S;
    let (tint, symbol) = if view.is_dry_run { (Tint::Calm, icon::EYE) } else { (Tint::Warn, icon::HAND) };
    banner(ui, tint, symbol, |ui| {
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::HAIR;
            ui.add(Label::new(RichText::new(words::acts_how(view)).font(text::strong())).wrap());
            if !view.state.is_empty() {
                ui.add(Label::new(RichText::new(said(&view.state)).font(text::small())).wrap());
            }
        });
    });
    let looked = RichText::new(steady(ui, "looked", words::looked(view))).font(text::small());
    ui.add(Label::new(looked.color(palette(ui).weak)).truncate());
    held(ui, view);
    let Some(shown) = &view.picture else {
        let words = RichText::new(say!("scene-no-picture")).color(palette(ui).weak);
        ui.add(Label::new(words).wrap());
        acts(ui, view, false);
        return;
    };
    let height = ui.available_height();
    let over_acts = vec2(room.x, (height - acts_height(view)).max(0.0));
    let beside_acts = vec2((room.x - size::ACTS - space::M).max(0.0), height);
    // Wherever the picture gets larger.
    if !view.acts.is_empty() && fitted(shown, beside_acts).x > fitted(shown, over_acts).x {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            self::shown(ui, view, shown, beside_acts);
            ui.vertical(|ui| acts(ui, view, true));
        });
    } else {
        ui.vertical_centered(|ui| self::shown(ui, view, shown, over_acts));
        acts(ui, view, false);
    }
}

fn held(ui: &mut Ui, view: &DesktopView) {
    if !view.held.is_empty() {
        sentence(ui, icon::LOCK, &say!("scene-held", keys = view.held.join(", ")), palette(ui).warn);
    }
}

/// The picture, with a ring around where the agent pointed, and a cross of hairs that leads there.
fn shown(ui: &mut Ui, view: &DesktopView, shown: &PictureView, room: Vec2) {
    let rect = picture(ui, "desktop", shown, &in_words(view), room);
    let Some(at) = pointed(view, rect) else { return };
    let colors = palette(ui);
    // Two colours, so that it can be seen on whatever is there.
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(rect));
    for (width, color) in [(size::PATH + space::HAIR, colors.on_accent), (size::ROAD, colors.accent)] {
        painter.circle_stroke(at, size::RING, stroke(width, color));
        for way in [vec2(1.0, 0.0), vec2(-1.0, 0.0), vec2(0.0, 1.0), vec2(0.0, -1.0)] {
            painter.line_segment([at + way * size::RING, at + way * (size::RING + space::S)], stroke(width, color));
        }
    }
}

/// What a screen reader says of the picture.
fn in_words(view: &DesktopView) -> String {
    let source = if view.source.is_empty() { say!("scene-the-desktop") } else { said(&view.source).into_owned() };
    match view.pointer {
        Some((x, y)) => say!("scene-picture-pointed", source = source, x = x, y = y),
        None => say!("scene-picture", source = source),
    }
}

/// Where on the screen the agent pointed; `None` where it did not, or beyond what is looked at.
fn pointed(view: &DesktopView, picture: Rect) -> Option<egui::Pos2> {
    let (x, y) = view.pointer?;
    if x >= view.width || y >= view.height {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a desktop has a few thousand points a side")]
    let share = vec2(x as f32 / view.width as f32, y as f32 / view.height as f32);
    Some(pos2(picture.left() + share.x * picture.width(), picture.top() + share.y * picture.height()))
}

/// What the agent did last, or in a dry run would have done.
fn acts(ui: &mut Ui, view: &DesktopView, is_beside: bool) {
    if view.acts.is_empty() {
        return;
    }
    ui.scope(|ui| {
        dense(ui);
        let heading = if view.is_dry_run { say!("scene-would-have-done") } else { say!("scene-did") };
        ui.add(Label::new(RichText::new(heading).font(text::small()).color(palette(ui).weak)));
        let first = view.acts.len().saturating_sub(ACTS);
        for act in &view.acts[first..] {
            let label = Label::new(RichText::new(said(act)).font(text::mono()));
            // Below the picture every line is counted; beside it there is height enough.
            ui.add(if is_beside { label.wrap() } else { label.truncate() });
        }
    });
}

/// What the acts need below the picture.
fn acts_height(view: &DesktopView) -> f32 {
    if view.acts.is_empty() {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let lines = (view.acts.len().min(ACTS) + 1) as f32;
    lines * (size::ROW + space::XS) + space::S
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_it_pointed_follows_the_picture() {
        let picture = Rect::from_min_size(pos2(10.0, 20.0), vec2(100.0, 50.0));
        let view = DesktopView { width: 200, height: 100, pointer: Some((100, 50)), ..DesktopView::default() };
        assert_eq!(pointed(&view, picture), Some(pos2(60.0, 45.0)));
        let beyond = DesktopView { pointer: Some((200, 50)), ..view.clone() };
        assert_eq!((pointed(&beyond, picture), pointed(&DesktopView::default(), picture)), (None, None));
        assert_eq!(in_words(&view), "Picture of the desktop; the agent pointed at 100, 50");
    }
}
