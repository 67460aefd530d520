//! Where the window is and how large: brought back when it opens, and noted when that has changed.

use egui::{Context, Rect, Vec2, ViewportCommand, ViewportInfo, pos2, vec2};

use crate::{settings::WindowPlace, ui::theme::size};

/// The least time between two notes. Seconds.
const BETWEEN_S: f64 = 2.0;
/// A window manager moves a new window about for so long. Seconds.
const SETTLES_S: f64 = 1.0;

/// What is known of the window's place.
pub struct Whereabouts {
    /// The monitors that there were when the window opened, in pixels of the whole desktop.
    monitors: Vec<Rect>,
    /// As it was brought back, or noted last.
    noted: Option<WindowPlace>,
    seen: Option<WindowPlace>,
    /// When it was brought back, and when it was noted last: seconds on the window's clock.
    since: Option<f64>,
    noted_at: f64,
}

impl Whereabouts {
    /// Of a window on these monitors, in pixels of the whole desktop.
    pub fn new(monitors: Vec<Rect>) -> Self {
        Self { monitors, noted: None, seen: None, since: None, noted_at: 0.0 }
    }

    /// Brings the window back to where it was, as far as that can be seen now. Once; later calls do nothing.
    pub fn bring_back(&mut self, ctx: &Context, place: Option<WindowPlace>) {
        if self.since.is_some() {
            return;
        }
        let (now, info) = ctx.input(|input| (input.time, input.viewport().clone()));
        self.since = Some(now);
        let Some(place) = place.filter(is_sane) else { return };
        self.seen = Some(place);
        let scale = info.native_pixels_per_point.unwrap_or(1.0);
        let zoom = ctx.zoom_factor();
        let monitor = monitor_of(&place, scale, &self.monitors);
        let largest = monitor.or(info.monitor_size.map(|points| points * zoom)).unwrap_or(Vec2::INFINITY);
        ctx.send_viewport_cmd(ViewportCommand::InnerSize(fitting(&place, largest) / zoom));
        if monitor.is_some() {
            ctx.send_viewport_cmd(ViewportCommand::OuterPosition(pos2(place.x, place.y) / zoom));
        }
        if place.is_maximized {
            ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
        }
    }

    /// Looks where the window is; gives that when it is to be noted: when it has changed, and not too often.
    pub fn look(&mut self, ctx: &Context) -> Option<WindowPlace> {
        let since = self.since?;
        let (now, info, inner) = ctx.input(|input| {
            let inner = input.viewport().inner_rect.unwrap_or(input.viewport_rect());
            (input.time, input.viewport().clone(), inner.size())
        });
        self.seen = place_of(&info, inner, ctx.zoom_factor(), self.seen).or(self.seen);
        if now < since + SETTLES_S {
            self.noted = self.seen;
            return None;
        }
        self.change()?;
        let left_s = self.noted_at + BETWEEN_S - now;
        if left_s > 0.0 {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(left_s));
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
    Some(place).filter(is_sane)
}

/// True for a place that a window can have had.
fn is_sane(place: &WindowPlace) -> bool {
    let is_near = |value: f32| value.is_finite() && value.abs() < f32::from(u16::MAX);
    [place.x, place.y, place.width, place.height].into_iter().all(is_near)
}

/// The size of the monitor, in points, on which enough of the title bar could be taken hold of; `None` where there is
/// none. `scale` is how many pixels a point has.
fn monitor_of(place: &WindowPlace, scale: f32, monitors: &[Rect]) -> Option<Vec2> {
    let bar = Rect::from_min_size(pos2(place.x, place.y), vec2(place.width, size::BUTTON));
    let bar = Rect::from_min_max((bar.min.to_vec2() * scale).to_pos2(), (bar.max.to_vec2() * scale).to_pos2());
    let is_enough = |monitor: &&Rect| {
        let seen: Rect = bar.intersect(**monitor);
        seen.is_positive() && seen.width() >= size::FIELD / 2.0 * scale && seen.height() >= size::BUTTON / 2.0 * scale
    };
    monitors.iter().find(is_enough).map(|monitor| monitor.size() / scale)
}

/// A size that the window can have and the monitor holds.
fn fitting(place: &WindowPlace, largest: Vec2) -> Vec2 {
    let least = Vec2::from(size::WINDOW_MIN);
    vec2(place.width, place.height).min(largest).max(least)
}

#[cfg(test)]
mod tests {
    use egui::Pos2;

    use super::*;

    const PLACE: WindowPlace = WindowPlace { x: 100.0, y: 50.0, width: 1300.0, height: 800.0, is_maximized: false };

    fn two_monitors() -> Vec<Rect> {
        let of = |x: f32, width: f32, height: f32| Rect::from_min_size(pos2(x, 0.0), vec2(width, height));
        vec![of(0.0, 1920.0, 1080.0), of(1920.0, 2560.0, 1440.0)]
    }

    fn info(outer: Rect) -> ViewportInfo {
        ViewportInfo { outer_rect: Some(outer), ..ViewportInfo::default() }
    }

    #[test]
    fn a_place_that_nobody_could_see_is_not_used() {
        let monitors = two_monitors();
        let at = |x, y| monitor_of(&WindowPlace { x, y, ..PLACE }, 1.0, &monitors);
        assert_eq!(at(100.0, 50.0), Some(vec2(1920.0, 1080.0)));
        assert_eq!(at(2000.0, 50.0), Some(vec2(2560.0, 1440.0)), "the other monitor is one too");
        assert_eq!(at(6000.0, 50.0), None, "that monitor is gone");
        assert_eq!(at(100.0, -200.0), None, "nobody could take hold of its title bar");
        assert_eq!(at(-1250.0, 50.0), None, "too little of it is left");
        assert_eq!(monitor_of(&PLACE, 1.0, &[]), None);
        assert_eq!(monitor_of(&PLACE, 2.0, &monitors), Some(vec2(960.0, 540.0)));
    }

    #[test]
    fn a_size_is_never_less_than_the_least_nor_more_than_the_monitor() {
        assert_eq!(fitting(&PLACE, vec2(1920.0, 1080.0)), vec2(1300.0, 800.0));
        assert_eq!(fitting(&PLACE, vec2(1024.0, 700.0)), vec2(1024.0, 700.0));
        assert_eq!(fitting(&WindowPlace { width: 1.0, height: 1.0, ..PLACE }, Vec2::INFINITY), vec2(960.0, 640.0));
    }

    #[test]
    fn nonsense_in_the_settings_is_no_place() {
        for (x, width) in [(f32::NAN, 1000.0), (0.0, f32::INFINITY), (1e9, 1000.0)] {
            assert!(!is_sane(&WindowPlace { x, width, ..PLACE }));
        }
        assert!(is_sane(&WindowPlace { x: -1900.0, ..PLACE }), "a monitor may stand at the left");
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
        let mut whereabouts = Whereabouts::new(two_monitors());
        (whereabouts.since, whereabouts.seen, whereabouts.noted) = (Some(0.0), Some(PLACE), Some(PLACE));
        assert_eq!(whereabouts.note(), None);
        let moved = WindowPlace { x: 300.0, ..PLACE };
        whereabouts.seen = Some(moved);
        assert_eq!((whereabouts.note(), whereabouts.note()), (Some(moved), None));
    }
}
