//! What the user chose: plain data ([`Settings`]), where it is kept ([`Home`], [`file`]), and secrets, which are never
//! part of it ([`Secret`]).

mod data;
pub mod file;
mod home;
mod providers;
mod secret;
mod strategy;

pub use data::{
    AgentSettings, CloudMode, Difficulty, Endpoint, LimitSettings, Needs, NetworkSettings, Role, Settings, Theme,
    WindowSettings,
};
pub use home::{Home, HomeError};
pub use providers::{Account, Provider, ProviderSettings};
pub use secret::Secret;
pub use strategy::Strategy;
