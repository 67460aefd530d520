//! One file a screen, and the shell around them. A screen draws from state and snapshot and adds what the user wants to
//! the wishes; it carries nothing out.

mod accounts;
mod approval;
mod catalogue;
mod choices;
pub mod closing;
mod connection;
mod diagnostics;
mod experts;
mod keys;
mod ladder;
mod learning;
mod logs;
mod messages;
mod palette;
mod parts;
mod pause;
mod replay;
pub mod run;
mod scene;
mod servers;
mod session;
pub mod sessions;
mod settings;
pub mod setup;
pub mod shell;
mod terms;
mod worth;

use crate::protocol::Command;

/// What the user wants, gathered over one frame and sent at its end.
pub type Wishes = Vec<Command>;
