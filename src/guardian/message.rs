//! What the guardian is told, one JSON object a line.

use serde::{Deserialize, Serialize};

use crate::protocol::Belonging;

/// Something that has to be undone should the program be killed, or that needs that no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "message", rename_all = "snake_case")]
pub enum Message {
    /// This key or button is about to be pressed.
    Pressed { key: String },
    /// It is up again.
    Released { key: String },
    /// This child runs.
    Began { child: Belonging },
    /// Nothing of it is left.
    Ended { child: Belonging },
}
