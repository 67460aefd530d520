//! Local experts: all are asked at once, then a synthesizer decides over what they said.
//!
//! Nobody is waited for for ever: after the deadline a quorum is enough. If the synthesizer fails, the best single
//! opinion is taken. Whatever fell short is named in the decision.

use std::{sync::Arc, time::Duration};

use tokio::{
    task::{JoinError, JoinSet},
    time::{Instant, sleep_until, timeout},
};
use tokio_util::task::TaskTracker;

use super::{
    Decision, Mind, MindError, Question, Stage,
    player::{Manner, Player, Spoken},
    reading::Opinion,
};
use crate::{
    llm::{BoxFuture, Error},
    protocol::{ActionCall, CertificateItem, ProposalView},
};

/// How long those who were aborted may take to let go.
const LETTING_GO_MAY_TAKE: Duration = Duration::from_millis(500);

/// Experts in parallel with a synthesizer.
pub struct LocalExperts {
    experts: Vec<Arc<Player>>,
    synthesizer: Arc<Player>,
    stage: Stage,
    manner: Manner,
    patience: Patience,
    /// Everybody who is being asked now.
    asking: TaskTracker,
}

/// How long the slower experts are waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// So many opinions are enough once the deadline has passed.
    pub quorum: usize,
    pub deadline: Duration,
}

/// What one expert's task came to.
type Asked = (Arc<Player>, Result<Spoken, Error>);

/// The opinions of a round, and what fell short.
#[derive(Default)]
struct Round {
    opinions: Vec<Opinion>,
    shortfalls: Vec<String>,
    first_error: Option<Error>,
    /// Those who have not answered yet.
    waiting: Vec<String>,
}

impl LocalExperts {
    pub fn new(
        experts: Vec<Arc<Player>>,
        synthesizer: Arc<Player>,
        stage: Stage,
        manner: Manner,
        patience: Patience,
    ) -> Self {
        Self { experts, synthesizer, stage, manner, patience, asking: TaskTracker::new() }
    }

    /// Asks everybody at once. Leaving this future early aborts all of them, which closes their connections.
    async fn round(&self, question: &Question) -> Result<Round, MindError> {
        let question = Arc::new(question.clone());
        let mut asked: JoinSet<Asked> = JoinSet::new();
        for expert in &self.experts {
            let (expert, question, manner) = (Arc::clone(expert), Arc::clone(&question), self.manner.clone());
            asked.spawn(self.asking.track_future(async move {
                let spoken = expert.opine(&question, &manner).await;
                (expert, spoken)
            }));
        }
        let deadline = Instant::now() + self.patience.deadline;
        let waiting = self.experts.iter().map(|expert| expert.title.clone()).collect();
        let mut round = Round { waiting, ..Round::default() };
        loop {
            let is_late = Instant::now() >= deadline;
            let usable = round.opinions.iter().filter(|opinion| opinion.action.is_some()).count();
            if is_late && usable >= self.patience.quorum.max(1) && !asked.is_empty() {
                let slow = round.waiting.iter().map(|title| format!("{title} was too slow and is not waited for"));
                round.shortfalls.extend(slow);
                return Ok(round);
            }
            tokio::select! {
                next = asked.join_next() => match next {
                    Some(done) => round.take(done)?,
                    None => return Ok(round),
                },
                () = sleep_until(deadline), if !is_late => {}
            }
        }
    }

    async fn synthesize(&self, question: &Question, mut round: Round) -> Result<Decision, MindError> {
        let proposals: Vec<Opinion> = std::mem::take(&mut round.opinions);
        match self.synthesizer.decide(question, &proposals, &self.manner).await {
            Ok(spoken) => {
                round.shortfalls.extend(spoken.shortfalls);
                if let Some(action) = spoken.opinion.action {
                    let because = spoken.opinion.thought;
                    return Ok(decision(action, &self.synthesizer.title, because, &proposals, round.shortfalls));
                }
            }
            Err(Error::GateShut) => return Err(MindError::Stopped),
            Err(error) => {
                round.shortfalls.push(format!("the synthesizer failed: {error}"));
                round.first_error.get_or_insert(error);
            }
        }
        let Some(best) = best(&proposals) else {
            return Err(match round.first_error {
                Some(error) => MindError::NobodyAnswered { first: Box::new(error), others: round.shortfalls },
                None => MindError::NothingUsable { shortfalls: round.shortfalls },
            });
        };
        round
            .shortfalls
            .push(format!("the synthesizer gave no decision, so the opinion of {} is followed", best.0.title));
        Ok(decision(best.1.clone(), &best.0.title, best.0.thought.clone(), &proposals, round.shortfalls))
    }
}

impl Mind for LocalExperts {
    fn decide<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Decision, MindError>> {
        Box::pin(async move {
            self.stage.clear();
            let round = self.round(question).await?;
            self.synthesize(question, round).await
        })
    }

    fn close(&self) -> BoxFuture<'_, Vec<CertificateItem>> {
        Box::pin(async move {
            self.asking.close();
            // Aborted tasks let go of their client a moment later; one that does not is found by its player.
            let _named_by_its_player = timeout(LETTING_GO_MAY_TAKE, self.asking.wait()).await;
            self.experts.iter().chain([&self.synthesizer]).filter_map(|player| player.close()).collect()
        })
    }
}

impl Round {
    fn take(&mut self, done: Result<Asked, JoinError>) -> Result<(), MindError> {
        if let Ok((expert, _)) = &done {
            self.waiting.retain(|title| *title != expert.title);
        }
        match done {
            Ok((_, Ok(spoken))) => {
                self.shortfalls.extend(spoken.shortfalls);
                self.opinions.push(spoken.opinion);
            }
            Ok((_, Err(Error::GateShut))) => return Err(MindError::Stopped),
            Ok((expert, Err(error))) => {
                self.shortfalls.push(format!("{} did not answer: {error}", expert.title));
                self.first_error.get_or_insert(error);
            }
            Err(panic) => self.shortfalls.push(format!("an expert's task ended: {panic}")),
        }
        Ok(())
    }
}

/// The opinion that most weight stands behind: its own confidence and that of those who say the same.
fn best(opinions: &[Opinion]) -> Option<(&Opinion, &ActionCall)> {
    let weight = |action: &ActionCall| -> f64 {
        opinions.iter().filter(|other| other.action.as_ref() == Some(action)).map(|other| other.confidence).sum()
    };
    opinions
        .iter()
        .filter_map(|opinion| opinion.action.as_ref().map(|action| (opinion, action)))
        .max_by(|left, right| weight(left.1).total_cmp(&weight(right.1)))
}

fn decision(action: ActionCall, by: &str, because: String, opinions: &[Opinion], shortfalls: Vec<String>) -> Decision {
    let proposal = |opinion: &Opinion| ProposalView {
        title: opinion.title.clone(),
        action: opinion.action.clone(),
        thought: opinion.thought.clone(),
        confidence: opinion.confidence,
        followed: opinion.action.as_ref() == Some(&action),
    };
    let proposals = opinions.iter().map(proposal).collect();
    Decision { action, by: by.to_owned(), because, proposals, shortfalls }
}

#[cfg(test)]
mod tests;
