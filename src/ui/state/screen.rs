//! The screens, in the order of the rail.

use crate::ui::catalogue::say;

/// Which screen is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    #[default]
    Setup,
    Run,
    Experts,
    Learning,
    Models,
    Servers,
    Sessions,
    Logs,
    Settings,
}

impl Screen {
    /// In the order of the rail.
    pub const ALL: [Self; 9] = [
        Self::Setup,
        Self::Run,
        Self::Experts,
        Self::Learning,
        Self::Models,
        Self::Servers,
        Self::Sessions,
        Self::Logs,
        Self::Settings,
    ];

    /// Its name.
    pub fn title(self) -> String {
        match self {
            Self::Setup => say!("shell-setup"),
            Self::Run => say!("shell-run"),
            Self::Experts => say!("shell-experts"),
            Self::Learning => say!("shell-learning"),
            Self::Models => say!("shell-models"),
            Self::Servers => say!("shell-servers"),
            Self::Sessions => say!("shell-sessions"),
            Self::Logs => say!("shell-logs"),
            Self::Settings => say!("shell-settings"),
        }
    }
}
