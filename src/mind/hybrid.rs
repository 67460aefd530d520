//! One looks, one decides: Gemini sees, Claude reasons over what was seen, local models stand behind both as far as the
//! policy allows. If nobody can look, the decision is made without.

use std::sync::Arc;

use super::{
    Decision, Mind, MindError, Question, Stage,
    company::Company,
    player::{Manner, Player, Put, Took},
};
use crate::{
    llm::{BoxFuture, Error},
    protocol::{Problem, ProposalView},
    settings::cast::{REASONING, VISION},
};

/// Two parts, one after the other.
pub struct Hybrid {
    vision: Option<Player>,
    reasoning: Player,
    stage: Stage,
    manner: Manner,
}

/// The way of thinking, ready to decide.
pub fn cast(company: &Company<'_>) -> Result<Arc<dyn Mind>, Problem> {
    Ok(Arc::new(hybrid(company)?))
}

/// The same as a part of another way of thinking.
pub fn hybrid(company: &Company<'_>) -> Result<Hybrid, Problem> {
    Ok(Hybrid {
        vision: company.player(VISION)?,
        reasoning: company.player(REASONING)?.ok_or_else(|| company.nobody())?,
        stage: company.stage.clone(),
        manner: company.manner.clone(),
    })
}

impl Hybrid {
    /// What was seen, as a proposal without an action, and what fell short.
    async fn look(&self, question: &Question) -> Result<(Option<ProposalView>, Vec<String>), MindError> {
        let Some(vision) = &self.vision else { return Ok((None, Vec::new())) };
        match vision.look(question, &self.manner).await {
            Ok(answer) => {
                let took = Took::by(&answer);
                let sight = ProposalView {
                    title: vision.title.clone(),
                    action: None,
                    thought: answer.text.trim().to_owned(),
                    confidence: 0.0,
                    followed: false,
                    decisive: false,
                    took_ms: took.total_ms,
                    tokens: took.tokens,
                    usd: took.usd,
                };
                Ok((Some(sight), vision.shortfalls(&answer)))
            }
            Err(Error::GateShut) => Err(MindError::Stopped),
            Err(error) => Ok((None, vec![format!("{} did not see: {error}", vision.title)])),
        }
    }
}

impl Mind for Hybrid {
    fn decide<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Decision, MindError>> {
        Box::pin(async move {
            self.stage.clear(self.vision.iter().chain([&self.reasoning]).map(Player::seat));
            let (sight, mut shortfalls) = self.look(question).await?;
            let seen = sight.as_ref().map_or("", |sight| sight.thought.as_str());
            let spoken = match self.reasoning.opine(&Put::with_sight(question, seen), &self.manner).await {
                Ok(spoken) => spoken,
                Err(Error::GateShut) => return Err(MindError::Stopped),
                Err(error) => {
                    return Err(MindError::nobody(vec![error], shortfalls));
                }
            };
            shortfalls.extend(spoken.shortfalls);
            let Some(action) = spoken.opinion.action.clone() else {
                return Err(MindError::NothingUsable { shortfalls });
            };
            let reasoned = ProposalView {
                title: self.reasoning.title.clone(),
                action: Some(action.clone()),
                thought: spoken.opinion.thought.clone(),
                confidence: spoken.opinion.confidence,
                followed: true,
                decisive: true,
                took_ms: spoken.took.total_ms,
                tokens: spoken.took.tokens,
                usd: spoken.took.usd,
            };
            Ok(Decision {
                action,
                by: self.reasoning.title.clone(),
                because: spoken.opinion.thought,
                confidence: spoken.opinion.confidence,
                proposals: sight.into_iter().chain([reasoned]).collect(),
                shortfalls,
            })
        })
    }

    fn wants_picture(&self) -> bool {
        self.vision.is_some()
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.vision.iter().chain([&self.reasoning]).for_each(Player::close) })
    }
}
