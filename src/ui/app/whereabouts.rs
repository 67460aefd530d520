//! Where the window is and how large: brought back when it opens, and noted when that has changed.

use std::time::Duration;

use egui::{Context, Vec2, ViewportCommand, ViewportInfo, pos2};

use super::monitors::{Monitor, correction};
use crate::settings::WindowPlace;

/// The least time between two notes. Seconds.
const BETWEEN_S: f64 = 2.0;
/// A window manager moves a new window about for so long. Seconds.
const SETTLES_S: f64 = 1.0;

/// What is known of the window's place.
pub struct Whereabouts {
    /// The monitors that there were when the window opened.
    monitors: Vec<Monitor>,
    /// As it opened, or was noted last.
    noted: Option<WindowPlace>,
    seen: Option<WindowPlace>,
    /// When it was looked at first, and when it was noted last: seconds on the window's clock.
    since: Option<f64>,
    noted_at: f64,
    is_settled: bool,
}

impl Whereabouts {
    /// Of a window that opened on these monitors, at this place if there was one.
    pub fn new(monitors: Vec<Monitor>, place: Option<WindowPlace>) -> Self {
        let place = place.filter(WindowPlace::is_usable);
        Self { monitors, noted: None, seen: place, since: None, noted_at: 0.0, is_settled: false }
    }

    /// The first look: a window that filled its screen does so again.
    fn begin(&mut self, ctx: &Context, now: f64) -> f64 {
        if self.since.is_none() && self.seen.is_some_and(|place| place.is_maximized) {
            ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
        }
        *self.since.get_or_insert(now)
    }

    /// Once the window manager has come to rest: what it put out of sight comes back.
    fn settle(&mut self, ctx: &Context, info: &ViewportInfo, inner: Vec2) {
        self.is_settled = true;
        let fills = [info.maximized, info.fullscreen, info.minimized].contains(&Some(true));
        let Some(outer) = info.outer_rect.filter(|_| !fills) else { return };
        let pixels = info.native_pixels_per_point.unwrap_or(1.0) * ctx.zoom_factor();
        let Some((at, inner)) = correction(outer * pixels, inner * pixels, &self.monitors) else { return };
        ctx.send_viewport_cmd(ViewportCommand::InnerSize(inner / pixels));
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(at / pixels));
    }

    /// Looks where the window is; gives that when it is to be noted: when it has changed, and not too often.
    pub fn look(&mut self, ctx: &Context) -> Option<WindowPlace> {
        let (now, info, inner) = ctx.input(|input| {
            let inner = input.viewport().inner_rect.unwrap_or(input.viewport_rect());
            (input.time, input.viewport().clone(), inner.size())
        });
        let since = self.begin(ctx, now);
        self.seen = place_of(&info, inner, ctx.zoom_factor(), self.seen).or(self.seen);
        let left_s = since + SETTLES_S - now;
        if left_s > 0.0 {
            self.noted = self.seen;
            ctx.request_repaint_after(Duration::from_secs_f64(left_s));
            return None;
        }
        if !self.is_settled {
            self.settle(ctx, &info, inner);
        }
        self.change()?;
        let left_s = self.noted_at + BETWEEN_S - now;
        if left_s > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left_s));
            return None;
        }
        self.noted_at = now;
        self.note()
    }

    /// Where the window is, if that has not been noted yet; from now on it is.
    pub fn note(&mut self) -> Option<WindowPlace> {
        let changed = self.change();
        self.noted = self.seen;
        changed
    }

    fn change(&self) -> Option<WindowPlace> {
        self.seen.filter(|_| self.since.is_some() && self.seen != self.noted)
    }
}

/// The place of a window whose content is that large, in points without zoom and without fractions. A window that fills
/// its screen keeps the place to which it goes back; one that cannot be seen has none, and one whose system does not
/// tell its position keeps the last one.
fn place_of(info: &ViewportInfo, inner: Vec2, zoom: f32, before: Option<WindowPlace>) -> Option<WindowPlace> {
    if info.minimized == Some(true) || info.fullscreen == Some(true) {
        return None;
    }
    let before = before.unwrap_or_default();
    if info.maximized == Some(true) {
        return Some(WindowPlace { is_maximized: true, ..before });
    }
    let at = info.outer_rect.map_or(pos2(before.x, before.y), |outer| (outer.min * zoom).round());
    let inner = (inner * zoom).round();
    let place = WindowPlace { x: at.x, y: at.y, width: inner.x, height: inner.y, is_maximized: false };
    Some(place).filter(WindowPlace::is_usable)
}

#[cfg(test)]
mod tests {
    use egui::{Pos2, Rect, vec2};

    use super::*;

    const PLACE: WindowPlace = WindowPlace { x: 100.0, y: 50.0, width: 1300.0, height: 800.0, is_maximized: false };

    fn info(outer: Rect) -> ViewportInfo {
        ViewportInfo { outer_rect: Some(outer), ..ViewportInfo::default() }
    }

    #[test]
    fn what_is_noted_does_not_depend_on_the_zoom() {
        let outer = Rect::from_min_size(pos2(50.0, 25.0), vec2(650.0, 420.0));
        assert_eq!(place_of(&info(outer), vec2(650.0, 400.0), 2.0, None), Some(PLACE));
    }

    #[test]
    fn a_window_that_fills_the_screen_keeps_where_it_goes_back_to() {
        let outer = Rect::from_min_size(Pos2::ZERO, vec2(1920.0, 1080.0));
        let filling = ViewportInfo { maximized: Some(true), ..info(outer) };
        let place = place_of(&filling, outer.size(), 1.0, Some(PLACE));
        assert_eq!(place, Some(WindowPlace { is_maximized: true, ..PLACE }));
        let hidden = ViewportInfo { minimized: Some(true), ..info(outer) };
        assert_eq!(place_of(&hidden, outer.size(), 1.0, Some(PLACE)), None);
    }

    #[test]
    fn it_is_noted_once_and_only_when_it_has_changed() {
        let mut whereabouts = Whereabouts::new(Vec::new(), None);
        (whereabouts.since, whereabouts.seen, whereabouts.noted) = (Some(0.0), Some(PLACE), Some(PLACE));
        assert_eq!(whereabouts.note(), None);
        let moved = WindowPlace { x: 300.0, ..PLACE };
        whereabouts.seen = Some(moved);
        assert_eq!((whereabouts.note(), whereabouts.note()), (Some(moved), None));
    }
}
