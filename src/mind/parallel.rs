//! Cloud experts and the hybrid at once. Both decide; where they differ, each side's weight times how sure it is decides.
//! If one side fails or is far slower, the other's decision stands.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, timeout_at};

use super::{Decision, Mind, MindError, Question, cloud_experts, company::Company, hybrid};
use crate::{
    llm::BoxFuture,
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
}

/// The way of thinking, ready to decide. If one side cannot be cast, the other thinks alone.
pub fn cast(company: &Company<'_>) -> Result<Arc<dyn Mind>, Problem> {
    let experts = cloud_experts::ensemble(company).map(|mind| Arc::new(mind) as Arc<dyn Mind>);
    let hybrid = hybrid::hybrid(company).map(|mind| Arc::new(mind) as Arc<dyn Mind>);
    match (experts, hybrid) {
        (Ok(experts), Ok(hybrid)) => Ok(Arc::new(Parallel { experts, hybrid, patience: company.patience.deadline })),
        (Ok(alone), Err(_)) | (Err(_), Ok(alone)) => Ok(alone),
        (Err(problem), Err(_)) => Err(problem),
    }
}

impl Parallel {
    /// Asks both. The second one is waited for until the deadline.
    async fn both(&self, question: &Question) -> [Option<Result<Decision, MindError>>; 2] {
        let deadline = Instant::now() + self.patience;
        let (mut experts, mut hybrid) = (self.experts.decide(question), self.hybrid.decide(question));
        tokio::select! {
            first = &mut experts => [Some(first), timeout_at(deadline, hybrid).await.ok()],
            first = &mut hybrid => {
                let second = timeout_at(deadline, experts).await.ok();
                [second, Some(first)]
            }
        }
    }
}

impl Mind for Parallel {
    fn decide<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Decision, MindError>> {
        Box::pin(async move { combine(self.both(question).await) })
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
            return Err(errors.into_iter().next().unwrap_or(MindError::NothingUsable { shortfalls }));
        }
    };
    decision.shortfalls.extend(shortfalls);
    Ok(decision)
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
