//! Experts in parallel, then one who decides: a mixture of experts, whoever plays the parts.
//!
//! All are asked at once. Nobody is waited for for ever: after the deadline a quorum is enough. If the one who decides
//! fails, the best single opinion is taken. Whatever fell short is named in the decision.

use std::{sync::Arc, time::Duration};

use tokio::{
    task::{JoinError, JoinSet},
    time::timeout,
};
use tokio_util::task::TaskTracker;

use super::{
    Decision, Mind, MindError, Question, Stage,
    patience::{Patience, Waiting},
    player::{Manner, Player, Put, Spoken},
    reading::Opinion,
    worth::{self, Proposal, Worth, best},
};
use crate::{
    llm::{BoxFuture, Brake, Error},
    protocol::ActionCall,
};

/// How long those who were aborted may take to let go.
const LETTING_GO_MAY_TAKE: Duration = Duration::from_millis(500);

/// Experts in parallel with a synthesizer.
pub struct Ensemble {
    experts: Vec<Arc<Player>>,
    synthesizer: Arc<Player>,
    stage: Stage,
    manner: Manner,
    patience: Patience,
    worth: Worth,
    brake: Brake,
    /// Everybody who is being asked now.
    asking: TaskTracker,
}

/// What one expert's task came to.
type Asked = (Arc<Player>, Result<Spoken, Error>);

/// The opinions of a round, and what fell short.
#[derive(Default)]
struct Round {
    proposals: Vec<Proposal>,
    shortfalls: Vec<String>,
    errors: Vec<Error>,
    /// Those who have not answered yet.
    waiting: Vec<String>,
}

impl Ensemble {
    pub fn new(
        experts: Vec<Arc<Player>>,
        synthesizer: Arc<Player>,
        stage: Stage,
        manner: Manner,
        patience: Patience,
        worth: Worth,
        brake: Brake,
    ) -> Self {
        Self { experts, synthesizer, stage, manner, patience, worth, brake, asking: TaskTracker::new() }
    }

    /// Asks everybody at once. Leaving this future early aborts all of them, which closes their connections.
    async fn round(&self, question: &Question) -> Result<Round, MindError> {
        let put = Arc::new(Put::new(question));
        let mut asked: JoinSet<Asked> = JoinSet::new();
        for expert in &self.experts {
            let (expert, put, manner) = (Arc::clone(expert), Arc::clone(&put), self.manner.clone());
            asked.spawn(self.asking.track_future(async move {
                let spoken = expert.opine(&put, &manner).await;
                (expert, spoken)
            }));
        }
        let patience = Waiting::begin(&self.brake, self.patience.deadline);
        let waiting = self.experts.iter().map(|expert| expert.role.clone()).collect();
        let mut round = Round { waiting, ..Round::default() };
        loop {
            let is_late = patience.is_over();
            let usable = round.proposals.iter().filter(|proposal| proposal.opinion.action.is_some()).count();
            if is_late && usable >= self.patience.quorum.max(1) && !asked.is_empty() {
                let is_slow = |expert: &&Arc<Player>| round.waiting.contains(&expert.role);
                let slow = self.experts.iter().filter(is_slow);
                round.shortfalls.extend(slow.map(|slow| format!("{} was too slow and is not waited for", slow.title)));
                return Ok(round.in_order(&self.experts));
            }
            tokio::select! {
                next = asked.join_next() => match next {
                    Some(done) => round.take(done)?,
                    None => return Ok(round.in_order(&self.experts)),
                },
                () = patience.over(), if !is_late => {}
            }
        }
    }

    async fn synthesize(&self, question: &Question, mut round: Round) -> Result<Decision, MindError> {
        let opinions: Vec<Opinion> = round.proposals.iter().map(|proposal| proposal.opinion.clone()).collect();
        match self.synthesizer.decide(question, &opinions, &self.manner).await {
            Ok(spoken) => {
                round.shortfalls.extend(spoken.shortfalls);
                self.worth.note_synthesis(&self.synthesizer, spoken.took);
                if let Some(action) = spoken.opinion.action {
                    let because = spoken.opinion.thought;
                    return Ok(self.decision(action, &self.synthesizer.title, because, round));
                }
            }
            Err(Error::GateShut) => return Err(MindError::Stopped),
            Err(error) => {
                round.shortfalls.push(format!("the synthesizer failed: {error}"));
                round.errors.push(error);
            }
        }
        let Some(best) = best(&opinions) else {
            return Err(MindError::nobody(round.errors, round.shortfalls));
        };
        let (opinion, action) = (best.0.clone(), best.1.clone());
        round
            .shortfalls
            .push(format!("the synthesizer gave no decision, so the opinion of {} is followed", opinion.title));
        Ok(self.decision(action, &opinion.title, opinion.thought, round))
    }

    fn decision(&self, action: ActionCall, by: &str, because: String, round: Round) -> Decision {
        let proposals = self.worth.judge(&self.experts, &round.proposals, &action);
        let confidence = worth::backing(&proposals);
        Decision { action, by: by.to_owned(), because, confidence, proposals, shortfalls: round.shortfalls }
    }
}

impl Mind for Ensemble {
    fn decide<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Decision, MindError>> {
        Box::pin(async move {
            self.stage.clear(self.experts.iter().chain([&self.synthesizer]).map(|player| player.seat()));
            let round = self.round(question).await?;
            self.synthesize(question, round).await
        })
    }

    fn wants_picture(&self) -> bool {
        self.experts.iter().chain([&self.synthesizer]).any(|player| player.sees)
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.asking.close();
            // Aborted tasks let go of their client a moment later; one that does not is found in the ledger.
            let _found_in_the_ledger = timeout(LETTING_GO_MAY_TAKE, self.asking.wait()).await;
            self.experts.iter().chain([&self.synthesizer]).for_each(|player| player.close());
        })
    }
}

impl Round {
    /// Whoever answers first is no more right than the others.
    fn in_order(mut self, experts: &[Arc<Player>]) -> Self {
        let place = |proposal: &Proposal| experts.iter().position(|expert| expert.role == proposal.role);
        self.proposals.sort_by_key(place);
        self
    }

    fn take(&mut self, done: Result<Asked, JoinError>) -> Result<(), MindError> {
        if let Ok((expert, _)) = &done {
            self.waiting.retain(|role| *role != expert.role);
        }
        match done {
            Ok((expert, Ok(spoken))) => {
                self.shortfalls.extend(spoken.shortfalls);
                let role = expert.role.clone();
                self.proposals.push(Proposal { role, opinion: spoken.opinion, took: spoken.took });
            }
            Ok((_, Err(Error::GateShut))) => return Err(MindError::Stopped),
            Ok((expert, Err(error))) => {
                self.shortfalls.push(format!("{} did not answer: {error}", expert.title));
                self.errors.push(error);
            }
            Err(panic) => self.shortfalls.push(format!("an expert's task ended: {panic}")),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
