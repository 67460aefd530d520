//! The window. It draws what the worker says and sends what the user wants; it waits for nothing.
//!
//! | file | what |
//! |---|---|
//! | [`app`] | the frame around everything: events in, screens out, closing in order |
//! | [`state`] | the window's own picture, built from events |
//! | [`theme`] | every colour and every size |
//! | [`icon`] | the icons, by name |
//! | [`catalogue`] | what the window says, in the language of its user |
//! | [`words`] | data as words for people |
//! | [`widgets`] | the handful of pieces that screens are made of |
//! | [`screens`] | one file a screen, and the shell around them |

pub mod app;
pub mod catalogue;
pub mod icon;
pub mod screens;
pub mod state;
pub mod theme;
pub mod widgets;
pub mod words;

pub use app::{Panel, open};
