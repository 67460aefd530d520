//! One model alone.

use std::sync::Arc;

use super::{
    Decision, Mind, MindError, Question, Stage,
    player::{Manner, Player},
};
use crate::{
    llm::{BoxFuture, Error},
    protocol::CertificateItem,
};

/// Asks one model and does what it says.
pub struct Single {
    player: Arc<Player>,
    stage: Stage,
    manner: Manner,
}

impl Single {
    pub fn new(player: Arc<Player>, stage: Stage, manner: Manner) -> Self {
        Self { player, stage, manner }
    }
}

impl Mind for Single {
    fn decide<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Decision, MindError>> {
        Box::pin(async move {
            self.stage.clear();
            let spoken = self.player.opine(question, &self.manner).await.map_err(|error| match error {
                Error::GateShut => MindError::Stopped,
                error => MindError::NobodyAnswered { first: Box::new(error), others: Vec::new() },
            })?;
            let shortfalls = spoken.shortfalls;
            let Some(action) = spoken.opinion.action else {
                return Err(MindError::NothingUsable { shortfalls });
            };
            Ok(Decision {
                action,
                by: self.player.title.clone(),
                because: spoken.opinion.thought,
                proposals: Vec::new(),
                shortfalls,
            })
        })
    }

    fn close(&self) -> BoxFuture<'_, Vec<CertificateItem>> {
        Box::pin(async move { self.player.close().into_iter().collect() })
    }
}
