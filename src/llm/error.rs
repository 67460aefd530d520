//! Why a model could not be asked or did not answer.

use super::evidence::Evidence;

/// A failed question.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Stop came first; nothing was sent.
    #[error("nothing new may begin, a stop is under way")]
    GateShut,
    /// It was tried; [`diagnose`](super::diagnose) says what the evidence means.
    #[error("{}", super::diagnose::diagnose(.0).problem)]
    Failed(Box<Evidence>),
}

impl Error {
    /// What was seen, if anything was.
    pub fn evidence(&self) -> Option<&Evidence> {
        match self {
            Self::GateShut => None,
            Self::Failed(evidence) => Some(evidence),
        }
    }
}

impl From<Evidence> for Error {
    fn from(evidence: Evidence) -> Self {
        Self::Failed(Box::new(evidence))
    }
}
