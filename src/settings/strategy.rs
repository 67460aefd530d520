//! The ways of thinking that can be chosen.

use serde::{Deserialize, Serialize};

use super::cast::{REASONING, SYNTHESIZER, VISION};

/// How decisions are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    /// The synthesizer's model alone.
    Single,
    /// Experts in parallel, then a synthesizer.
    #[default]
    LocalExperts,
    /// One model asked several times, then a synthesizer.
    SelfExperts,
    /// Six experts of Gemini and three of Claude, then a synthesizer.
    CloudExperts,
    /// Gemini sees, Claude reasons, local models behind them.
    Hybrid,
    /// Cloud experts and the hybrid at once, by weight.
    Parallel,
    /// Rules, no model.
    Heuristic,
}

impl Strategy {
    pub const ALL: [Self; 7] = [
        Self::LocalExperts,
        Self::SelfExperts,
        Self::Single,
        Self::CloudExperts,
        Self::Hybrid,
        Self::Parallel,
        Self::Heuristic,
    ];

    /// The name in settings and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::LocalExperts => "local_experts",
            Self::SelfExperts => "self_experts",
            Self::CloudExperts => "cloud_experts",
            Self::Hybrid => "hybrid",
            Self::Parallel => "parallel",
            Self::Heuristic => "heuristic",
        }
    }

    /// What the window calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Single => "One model",
            Self::LocalExperts => "Local experts",
            Self::SelfExperts => "One model, several minds",
            Self::CloudExperts => "Cloud experts",
            Self::Hybrid => "Hybrid",
            Self::Parallel => "Parallel",
            Self::Heuristic => "Rules only",
        }
    }

    /// Whether the local model of this role may be asked. Parts without a role of their own are played by the
    /// synthesizer's model.
    pub fn needs(self, role: &str) -> bool {
        match self {
            Self::Single | Self::SelfExperts => role == SYNTHESIZER,
            Self::LocalExperts | Self::CloudExperts => role == SYNTHESIZER || role.starts_with("expert."),
            Self::Hybrid => [SYNTHESIZER, VISION, REASONING].contains(&role),
            Self::Parallel => [SYNTHESIZER, VISION, REASONING].contains(&role) || role.starts_with("expert."),
            Self::Heuristic => false,
        }
    }

    /// True where it is made for models in the cloud.
    pub fn is_made_for_cloud(self) -> bool {
        matches!(self, Self::CloudExperts | Self::Hybrid | Self::Parallel)
    }

    /// One sentence for the window.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Single => "One model reads the observation and decides",
            Self::LocalExperts => "Experts answer side by side, a synthesizer decides",
            Self::SelfExperts => "The synthesizer's model gives several opinions, then decides over them",
            Self::CloudExperts => "Six experts of Gemini and three of Claude, and Claude decides",
            Self::Hybrid => "Gemini sees, Claude reasons, local models behind them",
            Self::Parallel => "Cloud experts and the hybrid at once; their votes weigh 0.6 and 0.4",
            Self::Heuristic => "Fixed rules decide, no model is asked",
        }
    }
}

impl std::str::FromStr for Strategy {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|strategy| strategy.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.into_iter().map(Self::name).collect();
            format!("no strategy is called {name}; there are {}", names.join(", "))
        })
    }
}
