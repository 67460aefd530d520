//! What came of asking whether a newer release exists.

use serde::{Deserialize, Serialize};

use super::Problem;

/// What is known of newer releases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "release", rename_all = "snake_case")]
pub enum NewestRelease {
    /// There is one that is newer than this program.
    Newer {
        /// Three numbers with points between them.
        version: String,
        /// An https address, for people; `None` where none was given that can be opened.
        page: Option<String>,
    },
    /// This program is as new as any other, or newer.
    NoneNewer,
    /// Nobody has answered, or not in a way that says anything.
    Unknown(Box<Problem>),
}
