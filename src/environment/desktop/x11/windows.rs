//! The windows of other programs: titles, and where they lie.

use x11rb::{
    cookie::Cookie,
    protocol::xproto::{
        Atom, AtomEnum, ConnectionExt as _, GetGeometryReply, GetPropertyReply, GetWindowAttributesReply, MapState,
        TranslateCoordinatesReply, Window, WindowClass,
    },
    rust_connection::RustConnection,
};

use super::{
    super::machine::DesktopError,
    area::Area,
    connection::{Connection, if_there},
    wire::Wire,
};

/// So deep the window of a program may lie within what a window manager puts around it.
const MOST_DEEP: usize = 3;
/// Titles are shorter than this. Units of four bytes, as the protocol counts.
const MOST_TITLE: u32 = 256;
/// There are not more windows than this.
const MOST_WINDOWS: u32 = 4096;

/// The numbers of the names that window managers and programs speak by.
pub struct Names {
    client_list: Atom,
    supported: Atom,
    pub active_window: Atom,
    title: Atom,
    utf8: Atom,
}

/// A window that can be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub window: Window,
    /// Empty if it has none.
    pub title: String,
    /// Without what the window manager draws around it.
    pub area: Area,
}

impl Names {
    pub fn learned(connection: &Connection) -> Result<Self, DesktopError> {
        Ok(Self {
            client_list: connection.atom("_NET_CLIENT_LIST")?,
            supported: connection.atom("_NET_SUPPORTED")?,
            active_window: connection.atom("_NET_ACTIVE_WINDOW")?,
            title: connection.atom("_NET_WM_NAME")?,
            utf8: connection.atom("UTF8_STRING")?,
        })
    }

    /// Every window with a title that can be seen: as the window manager lists them, or, where there is none, the upper
    /// ones first.
    pub fn windows(&self, connection: &Connection) -> Result<Vec<Seen>, DesktopError> {
        let listed = numbers(connection, self.client_list, MOST_WINDOWS)?;
        if listed.is_empty() {
            return self.windows_of_the_tree(connection);
        }
        let seen = self.look_at(connection, &listed)?;
        Ok(seen.into_iter().flatten().map(|(seen, _)| seen).filter(|seen| !seen.title.is_empty()).collect())
    }

    /// One window, unless it is closed or cannot be seen.
    pub fn window(&self, connection: &Connection, window: Window) -> Result<Option<Seen>, DesktopError> {
        let seen = self.look_at(connection, &[window])?;
        Ok(seen.into_iter().flatten().next().map(|(seen, _)| seen))
    }

    /// The window that a window manager has given the keys; `None` where no window manager says so.
    pub fn active(&self, connection: &Connection) -> Result<Option<Window>, DesktopError> {
        Ok(numbers(connection, self.active_window, 1)?.first().copied())
    }

    /// Whether a window manager is there that can be asked to bring a window to the front.
    pub fn can_be_asked_to_activate(&self, connection: &Connection) -> Result<bool, DesktopError> {
        Ok(numbers(connection, self.supported, MOST_WINDOWS)?.contains(&self.active_window))
    }

    /// Where there is no window manager, or one that keeps no list: whatever has a title, however deep.
    fn windows_of_the_tree(&self, connection: &Connection) -> Result<Vec<Seen>, DesktopError> {
        let mut found = Vec::new();
        let mut level = children(connection, connection.root)?;
        for _deep in 0..MOST_DEEP {
            let mut next = Vec::new();
            for (seen, is_for_itself) in self.look_at(connection, &level)?.into_iter().flatten() {
                if is_for_itself {
                    continue;
                }
                if seen.title.is_empty() {
                    next.extend(children(connection, seen.window)?);
                } else {
                    found.push(seen);
                }
            }
            level = next;
        }
        Ok(found)
    }

    /// Each of these that can be seen, and whether no window manager has a say in it: menus, tooltips, our own marks.
    /// Everything is asked for before the first answer is waited for.
    fn look_at(&self, connection: &Connection, windows: &[Window]) -> Result<Vec<Option<(Seen, bool)>>, DesktopError> {
        let ask = |window: &Window| self.ask(connection, *window);
        let asked: Vec<Asked<'_>> = windows.iter().map(ask).collect::<Result<_, _>>()?;
        asked.into_iter().map(Asked::answer).collect()
    }

    fn ask<'it>(&self, connection: &'it Connection, window: Window) -> Result<Asked<'it>, DesktopError> {
        let Connection { server, root, .. } = connection;
        Ok(Asked {
            window,
            attributes: server.get_window_attributes(window)?,
            geometry: server.get_geometry(window)?,
            place: server.translate_coordinates(window, *root, 0, 0)?,
            title: server.get_property(false, window, self.title, self.utf8, 0, MOST_TITLE)?,
            old_title: server.get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, MOST_TITLE)?,
        })
    }
}

type Reply<'it, T> = Cookie<'it, RustConnection<Wire>, T>;

/// What was asked about a window.
struct Asked<'it> {
    window: Window,
    attributes: Reply<'it, GetWindowAttributesReply>,
    geometry: Reply<'it, GetGeometryReply>,
    place: Reply<'it, TranslateCoordinatesReply>,
    title: Reply<'it, GetPropertyReply>,
    old_title: Reply<'it, GetPropertyReply>,
}

impl Asked<'_> {
    fn answer(self) -> Result<Option<(Seen, bool)>, DesktopError> {
        let Some(attributes) = if_there(self.attributes.reply())? else { return Ok(None) };
        let Some(geometry) = if_there(self.geometry.reply())? else { return Ok(None) };
        let Some(place) = if_there(self.place.reply())? else { return Ok(None) };
        let Some(title) = if_there(self.title.reply())? else { return Ok(None) };
        let Some(old_title) = if_there(self.old_title.reply())? else { return Ok(None) };
        if attributes.map_state != MapState::VIEWABLE || attributes.class == WindowClass::INPUT_ONLY {
            return Ok(None);
        }
        let title = if title.value.is_empty() { in_latin(&old_title.value) } else { in_utf8(&title.value) };
        let area = Area {
            x: place.dst_x.into(),
            y: place.dst_y.into(),
            width: geometry.width.into(),
            height: geometry.height.into(),
        };
        Ok(Some((Seen { window: self.window, title, area }, attributes.override_redirect)))
    }
}

/// Those within a window, the upper ones first.
fn children(connection: &Connection, window: Window) -> Result<Vec<Window>, DesktopError> {
    let tree = if_there(connection.server.query_tree(window)?.reply())?;
    Ok(tree.map(|tree| tree.children.into_iter().rev().collect()).unwrap_or_default())
}

fn in_utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

/// Old titles are in Latin-1, though many programs write UTF-8 there too.
fn in_latin(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim().to_owned(),
        Err(_not_utf8) => bytes.iter().map(|byte| char::from(*byte)).collect::<String>().trim().to_owned(),
    }
}

/// What the root window says under a name.
fn numbers(connection: &Connection, name: Atom, most: u32) -> Result<Vec<u32>, DesktopError> {
    let asked = connection.server.get_property(false, connection.root, name, AtomEnum::ANY, 0, most)?;
    let reply = asked.reply()?;
    Ok(reply.value32().map(Iterator::collect).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_read_in_both_ways_of_writing() {
        assert_eq!(in_utf8("Übung ".as_bytes()), "Übung");
        assert_eq!(in_latin("Übung".as_bytes()), "Übung");
        assert_eq!(in_latin(&[0xdc, b'b', b'u', b'n', b'g']), "Übung");
    }
}
