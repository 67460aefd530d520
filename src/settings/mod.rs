//! What the user chose: plain data ([`Settings`]), where it is kept ([`Home`], [`file`]), and secrets, which are never
//! part of it ([`Secret`]).

pub mod cast;
mod data;
pub mod file;
mod home;
pub mod keychain;
mod providers;
mod secret;
mod strategy;

pub use cast::{Need, Part};
pub use data::{
    AgentSettings, BudgetSettings, CloudMode, Difficulty, Endpoint, LimitSettings, Needs, NetworkSettings,
    PriceSettings, Role, Settings, Theme, WindowSettings,
};
pub use home::{Home, HomeError};
pub use providers::{Account, Provider, ProviderSettings};
pub use secret::Secret;
pub use strategy::Strategy;
