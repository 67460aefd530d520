//! The desktop of X11, without any library of the system: everything is said over the socket of the display server.
//!
//! | file | what |
//! |---|---|
//! | `wire`, `connection` | the socket, with a limit to every wait; a connection and what its errors mean |
//! | `windows`, `eyes` | what can be looked at; pictures of it, the way to its front |
//! | `pixels`, `area` | points into red, green and blue; rectangles |
//! | `symbols`, `keymap` | the names of keys; which key gives which symbol |
//! | `hands`, `lent` | presses and points; keys that are lent to letters that the keyboard lacks |
//! | `sent` | what was sent from here and is not announced yet |
//! | `sentry`, `watching` | notices the user; the thread that does |
//! | `stop_key`, `grab` | the key that stops everything; keeps it from other programs |
//! | `marks`, `target`, `rings` | the frame, targets, how these are found in a picture |
//! | `sheet`, `lettering` | windows that are painted on; words as rectangles |
//!
//! Pictures are asked for over the socket, some milliseconds each. The way by shared memory is quicker and needs code
//! that the compiler cannot check, which this program does without.

mod area;
mod connection;
mod eyes;
mod grab;
mod hands;
mod keymap;
mod lent;
mod lettering;
mod marks;
mod pixels;
mod rings;
mod sent;
mod sentry;
mod sheet;
mod stop_key;
mod symbols;
mod target;
mod watching;
mod windows;
mod wire;

use std::{env, sync::Arc};

use x11rb::protocol::xproto::ConnectionExt as _;

use self::{connection::Connection, eyes::XEyes, hands::XHands, marks::XMarks, sent::Sent, sentry::XSentry};
use super::machine::{DesktopError, Eyes, Hands, Machine, Marks, Sentry};

const WAYLAND: &str = "This desktop runs on Wayland, where programs see and press nothing of others without its \
                       portals, which are not built in yet. Log in to an X11 session, or choose another environment";

/// The desktop of this session. An error says in words for people why there is none.
pub fn open() -> Result<Machine, DesktopError> {
    let [display, wayland, session] = ["DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"].map(variable);
    if let Some(words) = absent(&display, &wayland, &session) {
        return Err(DesktopError::Absent(words.to_owned()));
    }
    let connection = Connection::open()?;
    // Where a session does not say that it is one of Wayland, its display server for X11 programs does.
    if connection.server.query_extension(b"XWAYLAND")?.reply()?.present {
        return Err(DesktopError::Absent(WAYLAND.to_owned()));
    }
    let sent = Arc::new(Sent::default());
    let (hands, why_no_hands) = match XHands::open(Arc::clone(&sent)) {
        Ok(hands) => (Some(Arc::new(hands) as Arc<dyn Hands>), String::new()),
        Err(error) => (None, error.to_string()),
    };
    let missing = |what: &'static str| move |error: &DesktopError| tracing::info!("no {what} on this desktop: {error}");
    let marks = XMarks::open(&connection).inspect_err(missing("marks"));
    let sentry = XSentry::open(sent).inspect_err(missing("notice of the user"));
    let eyes: Arc<dyn Eyes> = Arc::new(XEyes::open(connection)?);
    Ok(Machine {
        system: format!("X11, display {display}"),
        eyes,
        hands,
        why_no_hands,
        marks: marks.ok().map(|marks| Arc::new(marks) as Arc<dyn Marks>),
        sentry: sentry.ok().map(|sentry| Arc::new(sentry) as Arc<dyn Sentry>),
    })
}

/// Empty if it is not set.
fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default().trim().to_owned()
}

/// Why there is no such desktop, going by what the session says of itself.
fn absent(display: &str, wayland: &str, session: &str) -> Option<&'static str> {
    if !wayland.is_empty() || session.eq_ignore_ascii_case("wayland") {
        return Some(WAYLAND);
    }
    display.is_empty().then_some("There is no desktop here: DISPLAY is not set. Start this in a graphical session")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_without_a_display_or_on_wayland_is_told_so() {
        assert_eq!(absent(":0", "", ""), None);
        assert_eq!(absent(":0", "", "x11"), None);
        assert_eq!(absent(":0", "wayland-0", "x11"), Some(WAYLAND));
        assert_eq!(absent(":0", "", "Wayland"), Some(WAYLAND));
        assert!(absent("", "", "tty").is_some_and(|words| words.contains("DISPLAY")));
    }
}
