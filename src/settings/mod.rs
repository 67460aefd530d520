//! What the user chose: plain data ([`Settings`]), where it is kept ([`Home`], [`file`]), and secrets, which are never
//! part of it ([`Secret`]).

mod data;
pub mod file;
mod home;
mod secret;

pub use data::{
    AgentSettings, CloudMode, Difficulty, Endpoint, LimitSettings, Needs, NetworkSettings, Provider, Role, Settings,
    Strategy, Theme, WindowSettings,
};
pub use home::{Home, HomeError};
pub use secret::Secret;
