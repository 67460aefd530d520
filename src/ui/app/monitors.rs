//! The monitors of a desktop, and where on them a window opens so that all of it can be seen.

use eframe::CreationContext;
use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::{settings::WindowPlace, ui::theme::size};

/// One monitor, as the system counts it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Monitor {
    /// Where it is, in pixels of the whole desktop.
    pub rect: Rect,
    /// How many pixels a point has on it.
    pub scale: f32,
}

/// Where a window opens.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spot {
    /// The corner of its frame, in pixels of the whole desktop; `None` where the system is to choose.
    at: Option<Pos2>,
    /// How large its content is, and how small it may become. Points without zoom.
    inner: Vec2,
    least: Vec2,
}

/// Puts the window, which nobody sees yet, to where it was, as far as that can be seen now; gives the monitors.
pub fn open_in_sight(cc: &CreationContext<'_>, place: Option<WindowPlace>) -> Vec<Monitor> {
    let Some(window) = cc.winit_window() else { return Vec::new() };
    let all = window.available_monitors();
    let all = all.map(|each| monitor_at(each.position().into(), each.size().into(), each.scale_factor()));
    let monitors: Vec<Monitor> = all.collect();
    let here = window.current_monitor().or_else(|| window.primary_monitor());
    let here = here.map(|it| monitor_at(it.position().into(), it.size().into(), it.scale_factor()));
    let Some(spot) = spot(place, here, &monitors) else { return monitors };
    let Some(any) = window.available_monitors().next() else { return monitors };
    let points = any.size().to_logical::<f32>(1.0);
    window.set_min_inner_size(Some(like(&points, spot.least.into())));
    // What is to be seen of it comes with its first frame.
    let _size_at_once = window.request_inner_size(like(&points, spot.inner.into()));
    if let Some(at) = spot.at {
        window.set_outer_position(like(&any.position(), (at.x, at.y)));
    }
    monitors
}

/// A value of the same type, for which there is no name here.
fn like<T: From<(f32, f32)>>(_: &T, value: (f32, f32)) -> T {
    value.into()
}

fn monitor_at((x, y): (f32, f32), (width, height): (f32, f32), scale: f64) -> Monitor {
    #[expect(clippy::cast_possible_truncation, reason = "a scale is a small number")]
    let scale = scale as f32;
    Monitor { rect: Rect::from_min_size(pos2(x, y), vec2(width, height)), scale }
}

/// Where a window opens that was at this place; `here` is the monitor that the system would choose. `None` where the
/// monitors are not known.
fn spot(place: Option<WindowPlace>, here: Option<Monitor>, monitors: &[Monitor]) -> Option<Spot> {
    let place = place.filter(WindowPlace::is_usable);
    let home = place.and_then(|place| monitor_of(&place, monitors));
    let monitor = home.or(here).or(monitors.first().copied())?;
    let room = room(&monitor);
    let least = Vec2::from(size::WINDOW_MIN).min(room);
    let wanted = place.map_or(Vec2::from(size::WINDOW), |place| vec2(place.width, place.height));
    let inner = wanted.min(room).max(least);
    let outer = (inner + vec2(0.0, size::TITLE_BAR)) * monitor.scale;
    let at = place.map(|place| match home {
        Some(_) => pulled_in(pos2(place.x, place.y) * monitor.scale, outer, &monitor),
        // Where it was there is nothing now.
        None => monitor.rect.center() - outer / 2.0,
    });
    Some(Spot { at, inner, least })
}

/// What a window on this monitor can have for its content, in points.
fn room(monitor: &Monitor) -> Vec2 {
    (monitor.rect.size() / monitor.scale - vec2(0.0, size::TITLE_BAR)).max(Vec2::ZERO)
}

/// The monitor on which enough of the title bar could be taken hold of. A place is in points of the monitor that it is on.
fn monitor_of(place: &WindowPlace, monitors: &[Monitor]) -> Option<Monitor> {
    let bar = Rect::from_min_size(pos2(place.x, place.y), vec2(place.width, size::BUTTON));
    let is_enough = |monitor: &&Monitor| {
        let scale = monitor.scale;
        let seen = (bar * scale).intersect(monitor.rect);
        seen.is_positive() && seen.width() >= size::FIELD / 2.0 * scale && seen.height() >= size::BUTTON / 2.0 * scale
    };
    monitors.iter().find(is_enough).copied()
}

/// Whether all of a window can be seen there. A border may lie outside.
fn is_in_sight(outer: Rect, monitor: &Monitor) -> bool {
    monitor.rect.expand(size::BORDER * monitor.scale).contains_rect(outer)
}

/// The corner nearest to this one at which all of a window can be seen; the title bar wherever there is no room for all.
fn pulled_in(at: Pos2, outer: Vec2, monitor: &Monitor) -> Pos2 {
    if is_in_sight(Rect::from_min_size(at, outer), monitor) {
        return at;
    }
    at.min(monitor.rect.max - outer).max(monitor.rect.min)
}

/// How a window that has opened is to be moved and made smaller so that all of it can be seen: the corner of its frame
/// and the size of its content, in pixels; `None` where it can be left as it is. `outer` is where its frame is.
pub fn correction(outer: Rect, inner: Vec2, monitors: &[Monitor]) -> Option<(Pos2, Vec2)> {
    let seen = |monitor: &Monitor| {
        let seen = outer.intersect(monitor.rect);
        if seen.is_positive() { seen.area() } else { 0.0 }
    };
    let monitor = monitors.iter().max_by(|one, other| seen(one).total_cmp(&seen(other)))?;
    if is_in_sight(outer, monitor) {
        return None;
    }
    let too_much = (outer.size() - monitor.rect.size()).max(Vec2::ZERO);
    Some((pulled_in(outer.min, outer.size() - too_much, monitor), inner - too_much))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: WindowPlace = WindowPlace { x: 100.0, y: 50.0, width: 1300.0, height: 800.0, is_maximized: false };

    fn monitor(x: f32, width: f32, height: f32, scale: f32) -> Monitor {
        Monitor { rect: Rect::from_min_size(pos2(x, 0.0), vec2(width, height)), scale }
    }

    fn two_monitors() -> [Monitor; 2] {
        [monitor(0.0, 1920.0, 1080.0, 1.0), monitor(1920.0, 2560.0, 1440.0, 1.0)]
    }

    #[test]
    fn a_place_that_nobody_could_see_is_not_used() {
        let monitors = two_monitors();
        let at = |x, y| monitor_of(&WindowPlace { x, y, ..PLACE }, &monitors);
        assert_eq!(at(100.0, 50.0), Some(monitors[0]));
        assert_eq!(at(2000.0, 50.0), Some(monitors[1]), "the other monitor is one too");
        assert_eq!(at(6000.0, 50.0), None, "that monitor is gone");
        assert_eq!(at(100.0, -200.0), None, "nobody could take hold of its title bar");
        assert_eq!(at(-1250.0, 50.0), None, "too little of it is left");
        assert_eq!(monitor_of(&PLACE, &[]), None);
    }

    #[test]
    fn a_place_is_in_points_of_the_monitor_that_it_is_on() {
        let dense = monitor(0.0, 2560.0, 1600.0, 2.0);
        let beside = monitor(2560.0, 1920.0, 1080.0, 1.0);
        let place = WindowPlace { x: 10.0, y: 20.0, width: 1000.0, height: 600.0, is_maximized: false };
        let opened = spot(Some(place), None, &[dense, beside]).unwrap();
        assert_eq!((opened.at, opened.inner), (Some(pos2(20.0, 40.0)), vec2(1000.0, 600.0)));
        let place = WindowPlace { x: 2600.0, ..place };
        assert_eq!(spot(Some(place), None, &[dense, beside]).unwrap().at, Some(pos2(2600.0, 20.0)));
    }

    #[test]
    fn the_first_time_the_system_chooses_where_and_all_of_it_fits() {
        let small = monitor(0.0, 1024.0, 700.0, 1.0);
        let opened = spot(None, Some(small), &[small]).unwrap();
        assert_eq!((opened.at, opened.inner), (None, vec2(1024.0, 700.0 - size::TITLE_BAR)));
        assert_eq!(opened.least, Vec2::from(size::WINDOW_MIN));
        let large = two_monitors();
        assert_eq!(spot(None, Some(large[1]), &large).unwrap().inner, Vec2::from(size::WINDOW));
        assert_eq!(spot(Some(PLACE), None, &[]), None, "nothing is known");
    }

    #[test]
    fn a_monitor_smaller_than_the_least_window_has_all_of_it_in_sight() {
        let tiny = monitor(0.0, 1280.0, 800.0, 2.0);
        let opened = spot(Some(PLACE), Some(tiny), &[tiny]).unwrap();
        assert_eq!(opened.inner, vec2(640.0, 400.0 - size::TITLE_BAR));
        assert_eq!(opened.least, opened.inner);
    }

    #[test]
    fn a_window_whose_monitor_is_gone_opens_in_the_middle_of_another() {
        let [one, _] = two_monitors();
        let opened = spot(Some(WindowPlace { x: 2500.0, ..PLACE }), Some(one), &[one]).unwrap();
        let middle = opened.at.unwrap() + (opened.inner + vec2(0.0, size::TITLE_BAR)) / 2.0;
        assert_eq!((middle, opened.inner), (one.rect.center(), vec2(1300.0, 800.0)));
    }

    #[test]
    fn a_place_of_which_the_lower_edge_is_beyond_the_screen_is_pulled_in() {
        let [one, _] = two_monitors();
        let low = WindowPlace { y: 900.0, ..PLACE };
        let at = spot(Some(low), None, &[one]).unwrap().at.unwrap();
        assert_eq!(at, pos2(100.0, 1080.0 - 800.0 - size::TITLE_BAR));
    }

    #[test]
    fn what_opened_too_large_or_too_low_is_mended_and_a_border_is_no_matter() {
        let small = [monitor(0.0, 1024.0, 700.0, 1.0)];
        let outer = |x: f32, y: f32, height: f32| Rect::from_min_size(pos2(x, y), vec2(1026.0, height));
        assert_eq!(correction(outer(-1.0, 0.0, 690.0), vec2(1024.0, 664.0), &small), None);
        let (at, inner) = correction(outer(0.0, 20.0, 800.0), vec2(1024.0, 776.0), &small).unwrap();
        assert_eq!((at, inner), (pos2(0.0, 0.0), vec2(1022.0, 676.0)));
        let (at, inner) = correction(outer(3000.0, 0.0, 600.0), vec2(1024.0, 576.0), &small).unwrap();
        assert_eq!((at, inner.y), (pos2(0.0, 0.0), 576.0), "it was nowhere, now it is here");
        assert_eq!(correction(outer(0.0, 0.0, 800.0), vec2(1024.0, 776.0), &[]), None);
    }
}
