//! A second small process of the same program: when this one is killed, it lets go of every key that is down and ends
//! every child.
//!
//! The program tells it over a pipe what it is about to hold ([`Guardian`]); the pipe closes with the program however
//! that ends, and then the guardian ([`keep_watch`]) undoes what was not undone.

mod client;
mod line;
mod message;
mod signals;
mod watch;

pub use client::Guardian;
pub use message::Message;
pub use signals::outlive_signals;
pub use watch::keep_watch;
