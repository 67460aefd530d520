//! What holds a child and all that it starts together: a process group on Unix, a Job Object on Windows.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use unix::{CAN_ASK, HOLDS_ALL, ask, end_the_rest, lives, wrap};
#[cfg(windows)]
pub use windows::{CAN_ASK, HOLDS_ALL, ask, end_the_rest, lives, wrap};
