//! Who runs: several copies of the program may work beside one another, and each must know of the others.
//!
//! Everything stands in the folder of the journal and holds by locks of the system. The system gives a lock back when
//! its holder ends, however that was, so nothing here trusts process numbers, which are used again.
//!
//! | file | what |
//! |---|---|
//! | [`alive`] | a locked file for every program that works on the journal |
//! | [`window`] | the one window on it |
//! | `listening` | the window hears when another copy asks it to come to the front |
//! | `asking` | the other copy asks |
//!
//! ```text
//! window.lock         locked by the program whose window is open
//! window.lock.json    where that one listens, and the token that it listens to; only the user can read it
//! alive/ID            locked by the program of this name
//! ```

pub mod alive;
mod asking;
mod listening;
pub mod window;

use std::io;

use serde::{Deserialize, Serialize};

pub use alive::{Alive, living};
pub use window::{Claim, FirstWindow, Window};

/// What the first window says once it has been asked.
const COMING: &[u8] = b"coming\n";

/// Where the first window listens, as it stands in the file beside the lock.
#[derive(Serialize, Deserialize)]
struct Address {
    pid: u32,
    /// Of the loopback address.
    port: u16,
    token: String,
}

/// The line that asks the holder of this token to come to the front.
fn request(token: &str) -> String {
    format!("front {token}\n")
}

/// A text that nobody can guess: 256 bits of the system's randomness. Fails where the system has none to give.
fn unguessable() -> io::Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push_str(&format!("{byte:02x}"));
    }
    Ok(text)
}
