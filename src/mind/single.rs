//! One model alone.

use std::sync::Arc;

use super::{
    Decision, Mind, MindError, Question, Stage,
    company::Company,
    player::{Manner, Player, Put},
};
use crate::{
    llm::{BoxFuture, Error},
    protocol::Problem,
    settings::cast::SYNTHESIZER,
};

/// The way of thinking, ready to decide.
pub fn cast(company: &Company<'_>) -> Result<Arc<dyn Mind>, Problem> {
    let player = company.player(SYNTHESIZER)?.ok_or_else(|| company.nobody())?;
    Ok(Arc::new(Single { player, stage: company.stage.clone(), manner: company.manner.clone() }))
}

/// Asks one model and does what it says.
pub struct Single {
    player: Player,
    stage: Stage,
    manner: Manner,
}

impl Mind for Single {
    fn decide<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Decision, MindError>> {
        Box::pin(async move {
            self.stage.clear([self.player.seat()]);
            let spoken = self.player.opine(&Put::new(question), &self.manner).await.map_err(|error| match error {
                Error::GateShut => MindError::Stopped,
                error => MindError::nobody(vec![error], Vec::new()),
            })?;
            let shortfalls = spoken.shortfalls;
            let Some(action) = spoken.opinion.action else {
                return Err(MindError::NothingUsable { shortfalls });
            };
            Ok(Decision {
                action,
                by: self.player.title.clone(),
                because: spoken.opinion.thought,
                confidence: spoken.opinion.confidence,
                proposals: Vec::new(),
                shortfalls,
            })
        })
    }

    fn wants_picture(&self) -> bool {
        self.player.sees
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.player.close() })
    }
}
