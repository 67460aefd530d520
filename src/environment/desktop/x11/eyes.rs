//! Sees: what there is to look at, pictures of it, and the way to its front.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use x11rb::{
    CURRENT_TIME,
    protocol::{
        randr,
        xproto::{
            ClientMessageEvent, ConfigureWindowAux, ConnectionExt as _, EventMask, ImageFormat, InputFocus, StackMode,
            Window,
        },
    },
};

use super::{
    super::machine::{DesktopError, Eyes, Shot},
    area::{Area, coordinate, length},
    connection::{Connection, if_there},
    pixels::PixelFormat,
    windows::{Names, Seen},
};
use crate::protocol::ScreenSource;

const SCREEN: &str = "screen";
const MONITOR: &str = "monitor:";
const WINDOW: &str = "window:";
/// How long a window manager may take to bring a window to the front, and how often it is looked whether it has.
const ACTIVE_WITHIN: Duration = Duration::from_millis(500);
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(10);
/// So many windows a window that has the keys may lie within.
const MOST_DEEP: usize = 16;

pub struct XEyes {
    connection: Connection,
    names: Names,
    has_monitors: bool,
    format: PixelFormat,
    /// The windows that were found, by the source they were found for: titles change, the window stays the same.
    found: Mutex<HashMap<String, Window>>,
}

impl XEyes {
    pub fn open(connection: Connection) -> Result<Self, DesktopError> {
        let names = Names::learned(&connection)?;
        let has_monitors = knows_monitors(&connection)?;
        let format = PixelFormat::of(&connection)?;
        Ok(Self { connection, names, has_monitors, format, found: Mutex::default() })
    }

    fn monitors(&self) -> Result<Vec<ScreenSource>, DesktopError> {
        if !self.has_monitors {
            return Ok(Vec::new());
        }
        let Connection { server, root, .. } = &self.connection;
        let mut monitors = Vec::new();
        for monitor in randr::get_monitors(server, *root, true)?.reply()?.monitors {
            let name = server.get_atom_name(monitor.name)?.reply()?.name;
            let name = String::from_utf8_lossy(&name).into_owned();
            monitors.push(ScreenSource {
                source: format!("{MONITOR}{name}"),
                title: format!("Monitor {name}"),
                x: monitor.x.into(),
                y: monitor.y.into(),
                width: monitor.width.into(),
                height: monitor.height.into(),
            });
        }
        Ok(monitors)
    }

    fn screen(&self) -> Result<ScreenSource, DesktopError> {
        Ok(placed(SCREEN, "The whole screen", self.connection.desktop()?))
    }

    /// The window of this source: the one that it was last, or else the first whose title fits.
    fn seen(&self, source: &str, wanted: &str) -> Result<Seen, DesktopError> {
        let known = self.found.lock().unwrap_or_else(PoisonError::into_inner).get(source).copied();
        if let Some(window) = known
            && let Some(seen) = self.names.window(&self.connection, window)?
        {
            return Ok(seen);
        }
        let windows = self.names.windows(&self.connection)?;
        let gone = || DesktopError::Gone(format!("A window called “{wanted}”"));
        let seen = best(&windows, wanted).ok_or_else(gone)?;
        self.found.lock().unwrap_or_else(PoisonError::into_inner).insert(source.to_owned(), seen.window);
        Ok(seen.clone())
    }

    /// Whether this window, or one within it, has the keys.
    fn has_keys(&self, window: Window) -> Result<bool, DesktopError> {
        let mut with_keys = self.connection.server.get_input_focus()?.reply()?.focus;
        for _deep in 0..MOST_DEEP {
            if with_keys == window {
                return Ok(true);
            }
            // Below these there is only the root and what is no window.
            if with_keys == self.connection.root || with_keys <= u32::from(u8::from(InputFocus::POINTER_ROOT)) {
                return Ok(false);
            }
            let Some(tree) = if_there(self.connection.server.query_tree(with_keys)?.reply())? else { return Ok(false) };
            with_keys = tree.parent;
        }
        Ok(false)
    }

    /// Asks the window manager, and waits until it has done so: keys that are pressed before go to another window.
    fn ask_to_activate(&self, seen: &Seen) -> Result<(), DesktopError> {
        let Connection { server, root, .. } = &self.connection;
        if self.names.active(&self.connection)? == Some(seen.window) {
            return Ok(());
        }
        // 2: it is the user's wish, as from a task bar, so that the window manager does not hold it back.
        let data = [2, CURRENT_TIME, 0, 0, 0];
        let wish = ClientMessageEvent::new(32, seen.window, self.names.active_window, data);
        let to = EventMask::SUBSTRUCTURE_NOTIFY | EventMask::SUBSTRUCTURE_REDIRECT;
        server.send_event(false, *root, to, wish)?.check()?;
        let until = Instant::now() + ACTIVE_WITHIN;
        while self.names.active(&self.connection)? != Some(seen.window) {
            if Instant::now() >= until {
                let words = format!("the window manager did not bring “{}” to the front", seen.title);
                return Err(DesktopError::Refused(words));
            }
            thread::sleep(LOOK_AGAIN_AFTER);
        }
        Ok(())
    }

    /// Where no window manager does it.
    fn bring_to_front(&self, window: Window) -> Result<(), DesktopError> {
        let Connection { server, .. } = &self.connection;
        server.configure_window(window, &ConfigureWindowAux::new().stack_mode(StackMode::ABOVE))?.check()?;
        if !self.has_keys(window)? {
            server.set_input_focus(InputFocus::PARENT, window, CURRENT_TIME)?.check()?;
        }
        Ok(())
    }
}

impl Eyes for XEyes {
    fn sources(&self) -> Result<Vec<ScreenSource>, DesktopError> {
        let mut sources = vec![self.screen()?];
        sources.extend(self.monitors()?);
        let windows = self.names.windows(&self.connection)?;
        sources.extend(windows.into_iter().map(|seen| {
            let source = format!("{WINDOW}{}", seen.title);
            placed(&source, &seen.title, seen.area)
        }));
        Ok(sources)
    }

    fn find(&self, source: &str) -> Result<ScreenSource, DesktopError> {
        if source == SCREEN {
            return self.screen();
        }
        if let Some(wanted) = source.strip_prefix(WINDOW) {
            let seen = self.seen(source, wanted)?;
            return Ok(placed(source, &seen.title, seen.area));
        }
        let gone = || match source.strip_prefix(MONITOR) {
            Some(name) => DesktopError::Gone(format!("The monitor {name}")),
            None => DesktopError::Gone(format!("{source:?}")),
        };
        self.monitors()?.into_iter().find(|monitor| monitor.source == source).ok_or_else(gone)
    }

    fn shoot(&self, source: &ScreenSource) -> Result<Shot, DesktopError> {
        self.connection.forget_events()?;
        // Windows are moved while they are looked at.
        let area = match source.source.strip_prefix(WINDOW) {
            Some(wanted) => self.seen(&source.source, wanted)?.area,
            None => Area::of(source),
        };
        let outside = || DesktopError::Gone(format!("“{}” lies outside of the desktop, so it", source.title));
        let area = area.cut_to(&self.connection.desktop()?).ok_or_else(outside)?;
        let Connection { server, root, .. } = &self.connection;
        let (x, y, width, height) = (coordinate(area.x), coordinate(area.y), length(area.width), length(area.height));
        let image = server.get_image(ImageFormat::Z_PIXMAP, *root, x, y, width, height, u32::MAX)?.reply()?;
        let rgb = self.format.rgb(&image.data, width.into(), height.into());
        let cut = || DesktopError::Refused("the picture that it sent is too short".to_owned());
        Ok(Shot { x: area.x, y: area.y, width: area.width, height: area.height, rgb: rgb.ok_or_else(cut)? })
    }

    fn focus(&self, source: &ScreenSource) -> Result<(), DesktopError> {
        let Some(wanted) = source.source.strip_prefix(WINDOW) else { return Ok(()) };
        let seen = self.seen(&source.source, wanted)?;
        if self.names.can_be_asked_to_activate(&self.connection)? {
            self.ask_to_activate(&seen)
        } else {
            self.bring_to_front(seen.window)
        }
    }
}

/// The window of exactly this title, or else the first whose title contains it, letters in either case.
fn best<'it>(windows: &'it [Seen], wanted: &str) -> Option<&'it Seen> {
    let wanted = wanted.trim().to_lowercase();
    if wanted.is_empty() {
        return None;
    }
    let exact = windows.iter().find(|seen| seen.title.to_lowercase() == wanted);
    exact.or_else(|| windows.iter().find(|seen| seen.title.to_lowercase().contains(&wanted)))
}

fn placed(source: &str, title: &str, area: Area) -> ScreenSource {
    let Area { x, y, width, height } = area;
    ScreenSource { source: source.to_owned(), title: title.to_owned(), x, y, width, height }
}

/// Monitors have names since version 1.5 of that part of the protocol.
fn knows_monitors(connection: &Connection) -> Result<bool, DesktopError> {
    if !connection.speaks(randr::X11_EXTENSION_NAME)? {
        return Ok(false);
    }
    let version = randr::query_version(&connection.server, 1, 5)?.reply()?;
    Ok((version.major_version, version.minor_version) >= (1, 5))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(number: Window, title: &str) -> Seen {
        Seen { window: number, title: title.to_owned(), area: Area { x: 0, y: 0, width: 9, height: 9 } }
    }

    #[test]
    fn a_window_is_found_by_its_title_or_by_a_part_of_it() {
        let windows = [window(1, "Notes — Terminal"), window(2, "terminal"), window(3, "NetHack")];
        let number = |wanted| best(&windows, wanted).map(|seen| seen.window);
        assert_eq!(number("Terminal"), Some(2), "the exact one goes first");
        assert_eq!(number("term"), Some(1));
        assert_eq!(number("nethack"), Some(3));
        assert_eq!((number("doom"), number(" ")), (None, None));
    }
}
