//! The desktop as the window shows it: what can be looked at, what the agent does there, how well it aims.

use serde::{Deserialize, Serialize};

use super::{PictureView, Problem};

/// Something that can be looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenSource {
    /// As in the settings: `screen`, `monitor:NAME`, `window:TITLE`.
    pub source: String,
    /// For people.
    pub title: String,
    /// Where it lies on the whole desktop, in pixels; may be negative.
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
}

/// What the desktop of this machine offers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DesktopReport {
    /// How it is reached, such as `X11, display :0`.
    pub system: String,
    pub sources: Vec<ScreenSource>,
    /// Key profiles that can be chosen: name and what it is for.
    pub profiles: Vec<(String, String)>,
    /// What went wrong with single profiles, one sentence each.
    pub troubles: Vec<String>,
    /// Why the desktop cannot be used here, if it cannot.
    pub problem: Option<Problem>,
}

/// What a calibration found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CalibrationReport {
    pub points: Vec<CalibrationPoint>,
    /// The largest distance between where a click was meant to go and where it arrived. Pixels.
    pub off_px: f64,
    pub took_ms: u64,
    /// Why it cannot be relied on, if it cannot.
    pub problem: Option<Problem>,
}

/// One target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CalibrationPoint {
    /// Where it was put, on the whole desktop.
    pub target: (i32, i32),
    /// Where it was seen in the picture, on the whole desktop.
    pub seen: Option<(i32, i32)>,
    /// Where the click arrived.
    pub clicked: Option<(i32, i32)>,
}

/// The desktop in a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DesktopView {
    /// What is looked at, for people.
    pub source: String,
    /// Nothing is sent; what would be is only shown.
    pub is_dry_run: bool,
    /// What goes on, in a few words: `looking`, `waits until mouse and keyboard are left alone`.
    pub state: String,
    /// The size of what is looked at, in pixels of the desktop.
    pub width: u32,
    pub height: u32,
    /// Pictures that were taken, and those of them that showed something new.
    pub looks: u64,
    pub changes: u64,
    /// How much of the last picture was new, 0 to 1.
    pub changed_share: f32,
    /// What the agent did last, oldest first; in a dry run what it would have done.
    pub acts: Vec<String>,
    /// Keys and buttons that are down.
    pub held: Vec<String>,
    /// Where it pointed last, in pixels of what is looked at.
    pub pointer: Option<(u32, u32)>,
    pub profile: String,
    /// What stops the session, wherever the focus is.
    pub stop_key: String,
    #[serde(skip)]
    pub picture: Option<PictureView>,
}
