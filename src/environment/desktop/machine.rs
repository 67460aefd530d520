//! What the rest of this room wants of a desktop, whatever the system: to see, to press and point, to mark the screen, to
//! notice the user. Each system is one module behind these; tests have one of their own.
//!
//! Everything here blocks for some milliseconds, and for as long as a display server hangs: it is called from threads
//! that may wait.

use std::{any::Any, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use super::key::Key;
use crate::protocol::{Problem, ScreenSource};

/// A desktop that can be used. Cheap to clone.
#[derive(Clone)]
pub struct Machine {
    /// How it is reached, such as `X11, display :0`.
    pub system: String,
    pub eyes: Arc<dyn Eyes>,
    /// `None` where keys and mouse cannot be used; [`why_no_hands`](Self::why_no_hands) says why.
    pub hands: Option<Arc<dyn Hands>>,
    pub why_no_hands: String,
    pub marks: Option<Arc<dyn Marks>>,
    pub sentry: Option<Arc<dyn Sentry>>,
}

/// Why something on the desktop did not work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DesktopError {
    /// There is no desktop here that could be used, and why.
    #[error("{0}")]
    Absent(String),
    /// What was looked at is gone: a closed window, a monitor that was unplugged.
    #[error("{0} is not there")]
    Gone(String),
    #[error("the display server refused: {0}")]
    Refused(String),
    /// The connection to it is lost.
    #[error("the display server is gone: {0}")]
    Lost(String),
}

/// One picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Shot {
    /// Where its upper left corner lies on the whole desktop.
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
    /// Red, green and blue, row by row from the top.
    pub rgb: Vec<u8>,
}

impl fmt::Debug for Shot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { x, y, width, height, .. } = self;
        write!(formatter, "Shot {width}x{height} at {x},{y}")
    }
}

/// Sees.
pub trait Eyes: Send + Sync {
    /// Everything that can be looked at: the whole screen first, then monitors, then windows.
    fn sources(&self) -> Result<Vec<ScreenSource>, DesktopError>;
    /// Where a source lies now, by its name in the settings. `window:TITLE` is the first window whose title contains
    /// that, letters in either case.
    fn find(&self, source: &str) -> Result<ScreenSource, DesktopError>;
    /// Takes a picture of what lies there now; what is outside the desktop is cut off.
    fn shoot(&self, source: &ScreenSource) -> Result<Shot, DesktopError>;
    /// Brings a window to the front and gives it the keys; does nothing for anything else.
    fn focus(&self, source: &ScreenSource) -> Result<(), DesktopError>;
}

/// Something that can be down. Its text form, such as `key w`, `button left` or `code 108`, is what the guardian is told.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Pressable {
    Key(Key),
    Button(Button),
    /// A key by the system's own number, for letters that no named key gives.
    Code(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Button {
    Left,
    Middle,
    Right,
}

/// Presses and points.
pub trait Hands: Send + Sync {
    /// Presses or lets go. What is down stays down whatever becomes of this program: see the guardian.
    fn set(&self, what: &Pressable, is_down: bool) -> Result<(), DesktopError>;
    /// Moves the pointer to a point of the whole desktop.
    fn point(&self, x: i32, y: i32) -> Result<(), DesktopError>;
    /// Where the pointer is.
    fn pointer(&self) -> Result<(i32, i32), DesktopError>;
    /// Turns the wheel, in notches: right and down are positive.
    fn scroll(&self, right: i32, down: i32) -> Result<(), DesktopError>;
    /// What has to be pressed, in this order, to write a letter; letters that the keyboard does not have are given a
    /// key of their own for the time being.
    fn strokes(&self, letter: char) -> Result<Vec<Pressable>, DesktopError>;
    /// What the system itself says is down now, for people.
    fn down(&self) -> Result<Vec<String>, DesktopError>;
}

/// Marks the screen for the user. What is given lets go of the mark when it is dropped.
pub trait Marks: Send + Sync {
    /// A frame around everything that is looked at, with these words at its upper edge. It lets clicks through.
    fn frame(&self, around: &ScreenSource, words: &str) -> Result<Box<dyn Frame>, DesktopError>;
    /// A target whose middle lies at this point of the whole desktop, on top of everything.
    fn target(&self, x: i32, y: i32) -> Result<Box<dyn Target>, DesktopError>;
}

/// A frame around the screen.
pub trait Frame: Send {
    fn say(&mut self, words: &str) -> Result<(), DesktopError>;
}

/// A target that is shown.
pub trait Target: Send {
    /// Where its middle is seen in this picture, on the whole desktop; `None` if it is not.
    fn seen_in(&self, shot: &Shot) -> Option<(i32, i32)>;
    /// Waits for a click on it, but not longer than so many milliseconds, and says where it arrived on the whole desktop.
    fn clicked(&mut self, within_ms: u64) -> Result<Option<(i32, i32)>, DesktopError>;
}

/// What somebody did who is not this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    MovedMouse,
    PressedButton,
    PressedKey,
    /// The key that stops everything.
    StopKey,
    /// From now on nothing of this is noticed any more, the stop key neither.
    NoticedNoMore,
}

/// Notices the user.
pub trait Sentry: Send + Sync {
    /// Calls `heard` from a thread of its own whenever somebody else than [`Hands`] of the same machine uses mouse or
    /// keyboard, until what is given is dropped. `stop_key` is written like `ctrl+alt+q` and works wherever the focus is.
    fn watch(
        &self,
        stop_key: &str,
        heard: Box<dyn Fn(Activity) + Send + Sync>,
    ) -> Result<Box<dyn Any + Send + Sync>, DesktopError>;
}

impl DesktopError {
    /// For people.
    pub fn problem(&self) -> Problem {
        let (summary, advice) = match self {
            Self::Absent(_) => ("The desktop cannot be used here", "Choose another environment"),
            Self::Gone(_) => ("What was looked at is gone", "Choose another window or monitor, or the whole screen"),
            Self::Refused(_) => ("The desktop refused", "Try again; if it happens again, look at the whole screen"),
            Self::Lost(_) => ("The connection to the desktop is lost", "Start a new session once the desktop is there"),
        };
        Problem::plain(summary, vec![self.to_string()], advice)
    }
}
