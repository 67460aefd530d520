//! What the user chose: plain data ([`Settings`]), where it is kept ([`Home`], [`mod@file`]), and secrets, which are never
//! part of it ([`Secret`]).

mod agent;
pub mod cast;
mod condition;
mod data;
mod desktop;
pub mod file;
mod goals;
mod home;
pub mod keychain;
mod providers;
pub mod redaction;
mod secret;
pub mod servers;
mod strategy;
mod updates;

pub use agent::{AgentSettings, AskFrom, BreakerSettings, Difficulty, Wording};
pub use cast::{Need, Part};
pub use condition::Condition;
pub use data::{
    BudgetSettings, CloudMode, Endpoint, JournalSettings, Language, LimitSettings, Needs, NetworkSettings,
    PriceSettings, Role, Settings, Theme, WindowPlace, WindowSettings,
};
pub use desktop::DesktopSettings;
pub use goals::{GoalPreset, goals_of};
pub use home::{Home, HomeError};
pub use providers::{Account, Provider, ProviderSettings};
pub use secret::Secret;
pub use servers::{Greeting, Place, PresetCall, SERVER_PRESETS, ServerExtras, ServerPreset, ServerSettings};
pub use strategy::Strategy;
pub use updates::UpdateSettings;
