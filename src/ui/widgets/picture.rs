//! A picture that an environment gave, as large as it fits. It goes to the graphics card once and stays there until
//! another one comes.

use std::sync::Arc;

use egui::{
    ColorImage, Id, Image, Rect, Role, Sense, StrokeKind, TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo,
    load::SizedTexture, vec2,
};

use crate::{
    protocol::PictureView,
    ui::theme::{LINE, ROUND_SMALL, palette, stroke},
};

/// So much larger than it is a picture may be shown, so that a small one can be looked at and a tiny one is no blur.
const MOST: f32 = 2.0;

/// What is on the graphics card for one place of the window.
#[derive(Clone)]
struct Kept {
    number: u64,
    /// Numbers begin anew with every session, so the points are compared too; mostly that they are the same ones.
    rgb: Arc<[u8]>,
    texture: TextureHandle,
}

/// Draws a picture into the room, as large as it fits, with its aspect kept. The place names where in the window
/// that is, the words are for screen readers. Gives where the picture lies.
pub fn picture(ui: &mut Ui, place: &'static str, picture: &PictureView, words: &str, room: Vec2) -> Rect {
    let (rect, response) = ui.allocate_exact_size(fitted(picture, room), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
    match texture(ui, place, picture) {
        Some(texture) => Image::from_texture(SizedTexture::from_handle(&texture)).paint_at(ui, rect),
        // Nobody sends such a picture on purpose; an empty place beats a window that is gone.
        None => {
            ui.painter().rect_filled(rect, ROUND_SMALL, palette(ui).well);
        }
    }
    // What is at its edge may have the colour of the window.
    ui.painter().rect_stroke(rect, 0.0, stroke(LINE, palette(ui).line), StrokeKind::Outside);
    rect
}

/// The size of a picture in a room: all of it.
pub fn fitted(picture: &PictureView, room: Vec2) -> Vec2 {
    #[expect(clippy::cast_precision_loss, reason = "a picture has a few thousand points a side")]
    let whole = vec2(picture.width.max(1) as f32, picture.height.max(1) as f32);
    let share = (room.x / whole.x).min(room.y / whole.y).clamp(0.0, MOST);
    whole * share
}

fn texture(ui: &Ui, place: &'static str, picture: &PictureView) -> Option<TextureHandle> {
    let id = Id::unique(("picture", place));
    let kept: Option<Kept> = ui.ctx().data(|data| data.get_temp(id));
    if let Some(kept) = kept
        && kept.number == picture.number
        && (Arc::ptr_eq(&kept.rgb, &picture.rgb) || kept.rgb == picture.rgb)
    {
        return Some(kept.texture);
    }
    let most = ui.input(|input| input.max_texture_side);
    let texture = ui.ctx().load_texture(place, points(picture, most)?, TextureOptions::LINEAR);
    let kept = Kept { number: picture.number, rgb: Arc::clone(&picture.rgb), texture: texture.clone() };
    ui.ctx().data_mut(|data| data.insert_temp(id, kept));
    Some(texture)
}

/// The points for the graphics card, which takes so many a side at most: of a larger picture every second, every third…
/// `None` where the picture is not what it says it is.
fn points(picture: &PictureView, most: usize) -> Option<ColorImage> {
    let (width, height) = (usize::try_from(picture.width).ok()?, usize::try_from(picture.height).ok()?);
    let is_whole = width > 0 && height > 0 && width.checked_mul(height)?.checked_mul(3)? == picture.rgb.len();
    if !is_whole {
        return None;
    }
    let pitch = width.max(height).div_ceil(most.max(1));
    if pitch == 1 {
        return Some(ColorImage::from_rgb([width, height], &picture.rgb));
    }
    let rows = picture.rgb.chunks_exact(3 * width).step_by(pitch);
    let rgb: Vec<u8> = rows.flat_map(|row| row.chunks_exact(3).step_by(pitch).flatten().copied()).collect();
    Some(ColorImage::from_rgb([width.div_ceil(pitch), height.div_ceil(pitch)], &rgb))
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;

    use super::*;
    use crate::ui::theme;

    fn of_size(number: u64, width: u32, height: u32) -> PictureView {
        let count = 3 * usize::try_from(width * height).unwrap();
        PictureView { number, width, height, rgb: vec![7; count].into() }
    }

    #[test]
    fn all_of_it_fits_and_it_is_not_blown_up_beyond_reason() {
        assert_eq!(fitted(&of_size(1, 200, 100), vec2(100.0, 100.0)), vec2(100.0, 50.0));
        assert_eq!(fitted(&of_size(1, 200, 100), vec2(400.0, 25.0)), vec2(50.0, 25.0));
        assert_eq!(fitted(&of_size(1, 20, 10), vec2(400.0, 400.0)), vec2(40.0, 20.0));
        assert_eq!(fitted(&of_size(1, 20, 10), vec2(-4.0, 400.0)), Vec2::ZERO);
    }

    #[test]
    fn one_that_is_too_large_is_thinned_and_one_that_lies_is_not_drawn() {
        assert_eq!(points(&of_size(1, 5, 3), 16).unwrap().size, [5, 3]);
        assert_eq!(points(&of_size(1, 5, 3), 2).unwrap().size, [2, 1]);
        assert_eq!(points(&of_size(1, 4, 2), 2).unwrap().size, [2, 1]);
        assert!(points(&PictureView { width: 9, ..of_size(1, 5, 3) }, 16).is_none());
        assert!(points(&of_size(1, 0, 3), 16).is_none());
    }

    #[test]
    fn it_goes_to_the_graphics_card_once_and_again_when_it_changes() {
        let mut harness = Harness::builder().with_context_setup(theme::install).build_ui_state(
            |ui, shown: &mut PictureView| {
                picture(ui, "test", shown, "A picture", vec2(50.0, 50.0));
            },
            of_size(1, 4, 4),
        );
        let texture = |harness: &Harness<'_, PictureView>| {
            let kept: Kept = harness.ctx.data(|data| data.get_temp(Id::unique(("picture", "test")))).unwrap();
            kept.texture.id()
        };
        harness.run_steps(3);
        let first = texture(&harness);
        *harness.state_mut() = of_size(1, 4, 4);
        harness.run_steps(3);
        assert_eq!(texture(&harness), first, "the same points are not sent again");
        *harness.state_mut() = of_size(2, 4, 4);
        harness.run_steps(1);
        assert_ne!(texture(&harness), first);
    }
}
