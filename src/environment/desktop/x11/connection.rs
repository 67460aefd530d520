//! A connection to the display server of this session, and what its errors mean here. Whoever reads events in a thread
//! of their own has a connection of their own.

use x11rb::{
    connection::{Connection as _, RequestConnection as _},
    errors::{ConnectError, ConnectionError, ReplyError, ReplyOrIdError},
    protocol::xproto::{Atom, ConnectionExt as _, Screen, Window},
    reexports::x11rb_protocol::{
        parse_display::{ParsedDisplay, parse_display},
        xauth::get_auth,
    },
    rust_connection::RustConnection,
};

use super::{super::machine::DesktopError, area::Area, wire::Wire};

/// A connection, and the screen that it begins with.
pub struct Connection {
    pub server: RustConnection<Wire>,
    pub screen: Screen,
    pub root: Window,
}

impl Connection {
    /// Connects to the display that `DISPLAY` names.
    pub fn open() -> Result<Self, DesktopError> {
        let display = parse_display(None).map_err(|error| DesktopError::Absent(error.to_string()))?;
        let number = usize::from(display.screen);
        let server = connected(&display)?;
        let screen = server.setup().roots.get(number).cloned();
        let screen = screen.ok_or_else(|| DesktopError::Absent(format!("The display has no screen {number}")))?;
        Ok(Self { root: screen.root, server, screen })
    }

    /// Whether the server speaks a part of the protocol that it need not.
    pub fn speaks(&self, extension: &'static str) -> Result<bool, DesktopError> {
        Ok(self.server.extension_information(extension)?.is_some())
    }

    /// The number of a name.
    pub fn atom(&self, name: &str) -> Result<Atom, DesktopError> {
        Ok(self.server.intern_atom(false, name.as_bytes())?.reply()?.atom)
    }

    /// The whole desktop as it is now: monitors come and go.
    pub fn desktop(&self) -> Result<Area, DesktopError> {
        let root = self.server.get_geometry(self.root)?.reply()?;
        Ok(Area { x: 0, y: 0, width: root.width.into(), height: root.height.into() })
    }

    /// Waits until the server has done everything that it was asked for.
    pub fn wait_until_done(&self) -> Result<(), DesktopError> {
        self.server.get_input_focus()?.reply()?;
        Ok(())
    }

    /// Throws away what was announced and nobody here wants to know, such as a changed keyboard: it would pile up.
    pub fn forget_events(&self) -> Result<(), DesktopError> {
        while self.server.poll_for_raw_event()?.is_some() {}
        Ok(())
    }
}

/// Nothing where what was asked about is not there any more.
pub fn if_there<T>(reply: Result<T, ReplyError>) -> Result<Option<T>, DesktopError> {
    match reply {
        Ok(reply) => Ok(Some(reply)),
        Err(ReplyError::X11Error(_gone)) => Ok(None),
        Err(ReplyError::ConnectionError(error)) => Err(error.into()),
    }
}

fn connected(display: &ParsedDisplay) -> Result<RustConnection<Wire>, DesktopError> {
    let mut failed = ConnectError::UnknownError;
    for address in display.connect_instruction() {
        let (wire, (family, peer)) = match Wire::connect(&address) {
            Ok(reached) => reached,
            Err(error) => {
                failed = error.into();
                continue;
            }
        };
        // Without a key it is tried without one: many servers want none of their own user.
        let key = get_auth(family, &peer, display.display).ok().flatten();
        let (name, key) = key.unwrap_or_default();
        let screen = usize::from(display.screen);
        match RustConnection::connect_to_stream_with_auth_info(wire, screen, name, key) {
            Ok(server) => return Ok(server),
            Err(error) => failed = error,
        }
    }
    Err(DesktopError::Absent(format!("The display :{} cannot be used: {failed}", display.display)))
}

impl From<ConnectionError> for DesktopError {
    fn from(error: ConnectionError) -> Self {
        Self::Lost(error.to_string())
    }
}

impl From<ReplyError> for DesktopError {
    fn from(error: ReplyError) -> Self {
        match error {
            ReplyError::ConnectionError(error) => error.into(),
            ReplyError::X11Error(error) => {
                let request = error.request_name.unwrap_or("a request");
                Self::Refused(format!("{request} was answered by {:?}", error.error_kind))
            }
        }
    }
}

impl From<ReplyOrIdError> for DesktopError {
    fn from(error: ReplyOrIdError) -> Self {
        match error {
            ReplyOrIdError::IdsExhausted => Self::Refused("it has no numbers left for windows".to_owned()),
            ReplyOrIdError::ConnectionError(error) => error.into(),
            ReplyOrIdError::X11Error(error) => ReplyError::X11Error(error).into(),
        }
    }
}
