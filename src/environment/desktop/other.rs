//! Windows and macOS: the desktop is seen and nothing is touched.
//!
//! Written, not compiled. Keys and mouse are left out on purpose: nothing is pressed before a click on a target was read
//! back, with a frame around the screen and an eye on the user's own hands, and those three are only built for X11.

use std::sync::Arc;

use xcap::{Monitor, Window, XCapError, image::RgbaImage};

use super::machine::{DesktopError, Eyes, Machine, Shot};
use crate::protocol::ScreenSource;

const MONITOR: &str = "monitor:";
const WINDOW: &str = "window:";

/// The desktop of this system.
pub fn open() -> Result<Machine, DesktopError> {
    let monitors = Monitor::all().map_err(refused)?;
    if monitors.is_empty() {
        return Err(DesktopError::Absent("no monitor is connected".to_owned()));
    }
    let system = if cfg!(windows) { "Windows" } else { "macOS" };
    let why_no_hands = format!(
        "On {system} keys and mouse are not used yet: the target, the frame and the watch over your own hands that come \
         before that are only built for X11"
    );
    Ok(Machine {
        system: system.to_owned(),
        eyes: Arc::new(Captured),
        hands: None,
        why_no_hands,
        marks: None,
        sentry: None,
    })
}

/// Pictures through the system's own ways of capturing.
struct Captured;

impl Eyes for Captured {
    fn sources(&self) -> Result<Vec<ScreenSource>, DesktopError> {
        let monitors = Monitor::all().map_err(refused)?;
        let mut sources = vec![whole(&monitors)?];
        for monitor in &monitors {
            sources.push(of_monitor(monitor)?);
        }
        // A window may close while it is being described.
        let windows = Window::all().map_err(refused)?;
        sources.extend(windows.iter().filter(|window| is_shown(window)).filter_map(|window| of_window(window).ok()));
        Ok(sources)
    }

    fn find(&self, source: &str) -> Result<ScreenSource, DesktopError> {
        if let Some(title) = source.strip_prefix(WINDOW) {
            return of_window(&window(title)?);
        }
        if let Some(name) = source.strip_prefix(MONITOR) {
            return of_monitor(&monitor(name)?);
        }
        whole(&Monitor::all().map_err(refused)?)
    }

    fn shoot(&self, source: &ScreenSource) -> Result<Shot, DesktopError> {
        if let Some(title) = source.source.strip_prefix(WINDOW) {
            let window = window(title)?;
            let picture = window.capture_image().map_err(refused)?;
            return Ok(shot(source.x, source.y, &picture));
        }
        if let Some(name) = source.source.strip_prefix(MONITOR) {
            let picture = monitor(name)?.capture_image().map_err(refused)?;
            return Ok(shot(source.x, source.y, &picture));
        }
        all_monitors(source)
    }

    fn focus(&self, _source: &ScreenSource) -> Result<(), DesktopError> {
        // Nothing is pressed here, so nothing needs the keys.
        Ok(())
    }
}

fn refused(error: XCapError) -> DesktopError {
    DesktopError::Refused(error.to_string())
}

fn is_shown(window: &Window) -> bool {
    !window.is_minimized().unwrap_or(true) && window.title().is_ok_and(|title| !title.trim().is_empty())
}

fn window(title: &str) -> Result<Window, DesktopError> {
    let wanted = title.to_lowercase();
    let windows = Window::all().map_err(refused)?;
    let is_meant = |window: &Window| window.title().is_ok_and(|title| title.to_lowercase().contains(&wanted));
    let found = windows.into_iter().find(|window| is_shown(window) && is_meant(window));
    found.ok_or_else(|| DesktopError::Gone(format!("a window called {title}")))
}

fn monitor(name: &str) -> Result<Monitor, DesktopError> {
    let monitors = Monitor::all().map_err(refused)?;
    let found = monitors.into_iter().find(|monitor| monitor.name().is_ok_and(|own| own == name));
    found.ok_or_else(|| DesktopError::Gone(format!("the monitor {name}")))
}

fn of_monitor(monitor: &Monitor) -> Result<ScreenSource, DesktopError> {
    let name = monitor.name().map_err(refused)?;
    Ok(ScreenSource {
        source: format!("{MONITOR}{name}"),
        title: monitor.friendly_name().unwrap_or_else(|_| name.clone()),
        x: monitor.x().map_err(refused)?,
        y: monitor.y().map_err(refused)?,
        width: monitor.width().map_err(refused)?,
        height: monitor.height().map_err(refused)?,
    })
}

fn of_window(window: &Window) -> Result<ScreenSource, DesktopError> {
    let title = window.title().map_err(refused)?;
    Ok(ScreenSource {
        source: format!("{WINDOW}{title}"),
        title,
        x: window.x().map_err(refused)?,
        y: window.y().map_err(refused)?,
        width: window.width().map_err(refused)?,
        height: window.height().map_err(refused)?,
    })
}

/// The smallest rectangle that holds every monitor.
fn whole(monitors: &[Monitor]) -> Result<ScreenSource, DesktopError> {
    let (mut left, mut top, mut right, mut bottom) = (i32::MAX, i32::MAX, i32::MIN, i32::MIN);
    for monitor in monitors {
        let ScreenSource { x, y, width, height, .. } = of_monitor(monitor)?;
        (left, top) = (left.min(x), top.min(y));
        right = right.max(x.saturating_add_unsigned(width));
        bottom = bottom.max(y.saturating_add_unsigned(height));
    }
    if right <= left || bottom <= top {
        return Err(DesktopError::Absent("no monitor is connected".to_owned()));
    }
    Ok(ScreenSource {
        source: "screen".to_owned(),
        title: "The whole screen".to_owned(),
        x: left,
        y: top,
        width: right.abs_diff(left),
        height: bottom.abs_diff(top),
    })
}

/// Every monitor's picture in its place; what no monitor shows stays black.
fn all_monitors(source: &ScreenSource) -> Result<Shot, DesktopError> {
    let mut canvas = RgbaImage::new(source.width, source.height);
    for monitor in Monitor::all().map_err(refused)? {
        let place = of_monitor(&monitor)?;
        let picture = monitor.capture_image().map_err(refused)?;
        let (right, down) = (i64::from(place.x) - i64::from(source.x), i64::from(place.y) - i64::from(source.y));
        xcap::image::imageops::replace(&mut canvas, &picture, right, down);
    }
    Ok(shot(source.x, source.y, &canvas))
}

fn shot(x: i32, y: i32, picture: &RgbaImage) -> Shot {
    let rgb = picture.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]).collect();
    Shot { x, y, width: picture.width(), height: picture.height(), rgb }
}
