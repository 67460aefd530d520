//! Why a model could not be asked or did not answer.

use super::{diagnose::diagnose, evidence::Evidence};
use crate::{
    protocol::{Moment, Problem, Product},
    settings::Provider,
};

/// A failed question.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Stop came first; nothing was sent.
    #[error("nothing new may begin, a stop is under way")]
    GateShut,
    /// Local only is on; nothing was sent.
    #[error("local only is on, and {host} is not one of your own hosts")]
    Locked { host: String },
    /// The provider said until when it answers nobody; nothing was sent.
    #[error("{} rests until {}: {why}", provider.title(), until.clock(Moment::now()))]
    Resting { provider: Provider, until: Moment, why: String },
    /// It was tried; [`diagnose`](super::diagnose()) says what the evidence means.
    #[error("{}", diagnose(.0).problem)]
    Failed(Box<Evidence>),
}

impl Error {
    /// In words, with the way out.
    pub fn problem(&self) -> Problem {
        match self {
            Self::GateShut => Problem::plain(self.to_string(), Vec::new(), "Try again once the stop is complete"),
            Self::Locked { host } => Problem::plain(
                format!("Local only is on, so nothing was sent to {host}"),
                Vec::new(),
                "Allow other places for models in Setup, or list the host as your own under [network] own_hosts",
            ),
            Self::Resting { provider, until, why } => Problem::plain(
                format!("{} is left alone until {}", provider.title(), until.clock(Moment::now())),
                vec![why.clone()],
                "It is asked again by itself then; local models or another provider can answer meanwhile, if that is allowed in Setup",
            ),
            Self::Failed(evidence) => diagnose(evidence).problem,
        }
    }

    /// What was seen, if anything was.
    pub fn evidence(&self) -> Option<&Evidence> {
        match self {
            Self::GateShut | Self::Locked { .. } | Self::Resting { .. } => None,
            Self::Failed(evidence) => Some(evidence),
        }
    }
}

impl Error {
    /// The same error with what is known about the server.
    #[must_use]
    pub fn about(self, product: Product) -> Self {
        match self {
            Self::GateShut | Self::Locked { .. } | Self::Resting { .. } => self,
            Self::Failed(evidence) => Evidence { product: Some(product), ..*evidence }.into(),
        }
    }
}

impl From<Evidence> for Error {
    fn from(evidence: Evidence) -> Self {
        Self::Failed(Box::new(evidence))
    }
}
