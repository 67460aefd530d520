//! From costs to what a person sees: what a decision cost, and whose advice would have cost what.

use super::Experience;
use crate::{
    agent::{Board, LoopMessage},
    environment::Cost,
    protocol::{AdviceCost, Judgement, What},
};

/// `costs` are those of the step itself and then of every proposal.
pub fn judgement(step: &Experience, costs: &[Cost]) -> Option<Judgement> {
    let (own, proposed) = costs.split_first()?;
    let advice = step.proposals.iter().zip(proposed).map(|((title, call), cost)| AdviceCost {
        title: title.clone(),
        cost: cost.points,
        was_followed: *call == step.call,
        is_proved: cost.is_proved,
    });
    Some(Judgement {
        step: step.step,
        cost: own.points,
        is_proved: own.is_proved,
        still_possible: own.still_possible,
        advice: advice.collect(),
    })
}

/// Keeps it, shows it and tells the worker.
pub async fn tell(board: &Board, judgement: Judgement) {
    board.context.recorder.keep_later(What::Judged(Box::new(judgement.clone())));
    // Sent at once, so that a stop cannot come between the two; the worker tells it only once it is kept.
    let _worker_is_gone = board.context.tell.send(LoopMessage::Judged(Box::new(judgement.clone())));
    board.context.recorder.flush().await;
    board.shown.change(|shown| shown.regret.add(judgement));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{ActionCall, RegretView};

    #[test]
    fn whose_advice_cost_what_is_added_up() {
        let (go, wait) = (ActionCall::bare("go"), ActionCall::bare("wait"));
        let step = Experience {
            step: 3,
            tick: 2,
            call: wait.clone(),
            situation: String::new(),
            reward: 0.0,
            next: None,
            proposals: vec![("threat".into(), wait), ("navigation".into(), go)],
            is_decision: true,
        };
        let cost = |points: f64| Cost { points, still_possible: 90.0 - points, is_proved: true };
        let judged = judgement(&step, &[cost(5.0), cost(5.0), cost(2.0)]).unwrap();
        assert_eq!((judged.step, judged.cost, judged.still_possible), (3, 5.0, 85.0));
        let mut regret = RegretView::default();
        regret.add(judged.clone());
        regret.add(judged);
        assert_eq!(regret.total, 10.0);
        let [threat, navigation] = &regret.advisers[..] else { panic!("two advisers") };
        assert_eq!((threat.judged, threat.cost_followed, threat.lost_by_overruling), (2, 10.0, 0.0));
        assert_eq!((navigation.mean_cost, navigation.cost_followed, navigation.lost_by_overruling), (2.0, 0.0, 6.0));
        assert_eq!(judgement(&step, &[]), None);
    }
}
