//! Cloud experts and the hybrid at once. Both decide; where they differ, each side's weight times how sure it is decides.
//! If one side fails or is far slower, the other's decision stands.

use std::{future::Future, sync::Arc, time::Duration};

use super::{
    Decision, Mind, MindError, Question, cloud_experts, company::Company, hybrid, patience::Waiting, worth::Worth,
};
use crate::{
    llm::{BoxFuture, Brake},
    protocol::{Problem, ProposalView},
};

/// What the cloud experts' decision weighs.
const EXPERTS_WEIGH: f64 = 0.6;
/// And that of the hybrid.
const HYBRID_WEIGHS: f64 = 0.4;

/// Two ways of thinking beside each other.
pub struct Parallel {
    experts: Arc<dyn Mind>,
    hybrid: Arc<dyn Mind>,
    /// How long the slower side is waited for, from the question on.
    patience: Duration,
    brake: Brake,
    worth: Worth,
}

/// The way of thinking, ready to decide. If one side cannot be cast, the other thinks alone.
pub fn cast(company: &Company<'_>) -> Result<Arc<dyn Mind>, Problem> {
    let experts = cloud_experts::ensemble(company).map(|mind| Arc::new(mind) as Arc<dyn Mind>);
    let hybrid = hybrid::hybrid(company).map(|mind| Arc::new(mind) as Arc<dyn Mind>);
    match (experts, hybrid) {
        (Ok(experts), Ok(hybrid)) => {
            let (patience, brake, worth) = (company.patience.deadline, company.brake.clone(), company.worth.clone());
            Ok(Arc::new(Parallel { experts, hybrid, patience, brake, worth }))
        }
        (Ok(alone), Err(_)) | (Err(_), Ok(alone)) => Ok(alone),
        (Err(problem), Err(_)) => Err(problem),
    }
}

impl Parallel {
    /// Asks both. Once one has decided, the other is waited for until the deadline; a pause is nobody's slowness.
    async fn both(&self, question: &Question) -> [Option<Result<Decision, MindError>>; 2] {
        let (mut experts, mut hybrid) = (self.experts.decide(question), self.hybrid.decide(question));
        let waiting = Waiting::begin(&self.brake, self.patience);
        let patience = waiting.over();
        tokio::pin!(patience);
        tokio::select! {
            first = &mut experts => {
                let second = until(hybrid, patience, first.is_ok()).await;
                [Some(first), second]
            }
            first = &mut hybrid => {
                let second = until(experts, patience, first.is_ok()).await;
                [second, Some(first)]
            }
        }
    }
}

/// What comes of the second side; without a decision of the first it is waited for as long as it takes.
async fn until<T>(deciding: impl Future<Output = T>, patience: impl Future<Output = ()>, has_first: bool) -> Option<T> {
    tokio::select! {
        decided = deciding => Some(decided),
        () = patience, if has_first => None,
    }
}

impl Mind for Parallel {
    fn decide<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Decision, MindError>> {
        Box::pin(async move {
            let [experts, hybrid] = self.both(question).await;
            let of_experts = experts.as_ref().and_then(|decided| decided.as_ref().ok()).map(|made| made.action.clone());
            let decision = combine([experts, hybrid])?;
            // What the experts' side had decided and was not done was nobody's doing among them.
            if of_experts.is_some_and(|action| action != decision.action) {
                self.worth.overruled();
            }
            Ok(decision)
        })
    }

    fn wants_picture(&self) -> bool {
        self.hybrid.wants_picture() || self.experts.wants_picture()
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            tokio::join!(self.experts.close(), self.hybrid.close());
        })
    }
}

/// One decision of two.
fn combine([experts, hybrid]: [Option<Result<Decision, MindError>>; 2]) -> Result<Decision, MindError> {
    let (mut shortfalls, mut errors) = (Vec::new(), Vec::new());
    let mut usable = |name: &str, decided: Option<Result<Decision, MindError>>| match decided {
        Some(Ok(decision)) => Some(decision),
        Some(Err(error)) => {
            shortfalls.push(format!("{name} came to no decision: {error}"));
            errors.push(error);
            None
        }
        None => {
            shortfalls.push(format!("{name} took too long"));
            None
        }
    };
    let experts = usable("the cloud experts", experts);
    let hybrid = usable("the hybrid", hybrid);
    let mut decision = match (experts, hybrid) {
        (Some(experts), Some(hybrid)) => weigh(experts, hybrid),
        (Some(alone), None) | (None, Some(alone)) => alone,
        (None, None) => {
            return Err(worst(errors).unwrap_or(MindError::NothingUsable { shortfalls }));
        }
    };
    decision.shortfalls.extend(shortfalls);
    Ok(decision)
}

/// The error that stands for both sides: a stop, else what is really wrong, else the rest that is over first.
fn worst(errors: Vec<MindError>) -> Option<MindError> {
    let rank = |error: &MindError| match error {
        MindError::Stopped => (0, None),
        error => (if error.rests_until().is_none() { 1 } else { 2 }, error.rests_until()),
    };
    errors.into_iter().min_by_key(rank)
}

fn weigh(experts: Decision, hybrid: Decision) -> Decision {
    let (left, right) = (EXPERTS_WEIGH * experts.confidence, HYBRID_WEIGHS * hybrid.confidence);
    let agree = experts.action == hybrid.action;
    let (mut first, second) = if left >= right { (experts, hybrid) } else { (hybrid, experts) };
    let other = &second.by;
    let said = if agree {
        "says the same".to_owned()
    } else {
        format!("would have chosen {}: {left:.2} to {right:.2}", second.action)
    };
    first.because = format!("{} ({other} {said})", first.because);
    first.confidence = if agree { first.confidence.max(second.confidence) } else { first.confidence };
    let action = first.action.clone();
    let others = second.proposals.into_iter().map(|proposal| ProposalView {
        followed: proposal.action.as_ref() == Some(&action),
        // What was decisive for the other side decided nothing here, unless both say the same.
        decisive: proposal.decisive && agree,
        ..proposal
    });
    first.proposals.extend(others);
    first.shortfalls.extend(second.shortfalls);
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ActionCall;

    fn decided(by: &str, action: &str, confidence: f64) -> Decision {
        Decision {
            action: ActionCall::bare(action),
            by: by.into(),
            because: "so".into(),
            confidence,
            proposals: Vec::new(),
            shortfalls: Vec::new(),
        }
    }

    #[test]
    fn weight_times_certainty_decides_and_agreement_is_said() {
        let both = |left: f64, right: f64| {
            combine([Some(Ok(decided("synthesizer", "flee", left))), Some(Ok(decided("reasoning", "attack", right)))])
        };
        let decision = both(0.5, 0.7).unwrap();
        assert_eq!((decision.action.name.as_str(), decision.by.as_str()), ("flee", "synthesizer"));
        assert_eq!(decision.because, "so (reasoning would have chosen attack: 0.30 to 0.28)");
        assert_eq!(both(0.5, 0.8).unwrap().action.name, "attack");
        let same = combine([Some(Ok(decided("a", "flee", 0.2))), Some(Ok(decided("b", "flee", 0.9)))]).unwrap();
        assert_eq!(same.because, "so (a says the same)");
    }

    #[test]
    fn one_side_is_enough_and_none_is_an_error() {
        let failed = || Some(Err(MindError::NothingUsable { shortfalls: Vec::new() }));
        let decision = combine([failed(), Some(Ok(decided("reasoning", "wait", 0.1)))]).unwrap();
        assert_eq!((decision.action.name.as_str(), decision.shortfalls.len()), ("wait", 1));
        let decision = combine([Some(Ok(decided("synthesizer", "wait", 0.1))), None]).unwrap();
        assert_eq!(decision.shortfalls, ["the hybrid took too long"]);
        assert!(combine([failed(), None]).is_err());
        assert!(matches!(combine([Some(Err(MindError::Stopped)), failed()]), Err(MindError::Stopped)));
    }
}
