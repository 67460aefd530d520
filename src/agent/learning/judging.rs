//! From costs to what a person sees: what a decision cost, and whose advice would have cost what.

use super::Experience;
use crate::{
    agent::{Board, LoopMessage},
    environment::Cost,
    protocol::{AdviceCost, AdviserRegret, Judgement, RegretView, What},
};

/// `costs` are those of the step itself and then of every proposal.
pub fn judgement(step: &Experience, costs: &[Cost]) -> Option<Judgement> {
    let (own, proposed) = costs.split_first()?;
    let advice = step.proposals.iter().zip(proposed).map(|((title, call), cost)| AdviceCost {
        title: title.clone(),
        cost: cost.points,
        was_followed: *call == step.call,
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
    board.shown.change(|shown| add(&mut shown.regret, judgement));
}

fn add(regret: &mut RegretView, judgement: Judgement) {
    regret.total += judgement.cost;
    for advice in &judgement.advice {
        let known = regret.advisers.iter().position(|adviser| adviser.title == advice.title);
        let index = known.unwrap_or_else(|| {
            regret.advisers.push(AdviserRegret { title: advice.title.clone(), ..AdviserRegret::default() });
            regret.advisers.len() - 1
        });
        let adviser = &mut regret.advisers[index];
        adviser.judged += 1;
        #[expect(clippy::cast_precision_loss, reason = "a handful of steps")]
        let judged = adviser.judged as f64;
        adviser.mean_cost += (advice.cost - adviser.mean_cost) / judged;
        if advice.was_followed {
            adviser.cost_followed += advice.cost;
        } else {
            adviser.lost_by_overruling += (judgement.cost - advice.cost).max(0.0);
        }
    }
    regret.judgements.push(judgement);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ActionCall;

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
        add(&mut regret, judged.clone());
        add(&mut regret, judged);
        assert_eq!(regret.total, 10.0);
        let [threat, navigation] = &regret.advisers[..] else { panic!("two advisers") };
        assert_eq!((threat.judged, threat.cost_followed, threat.lost_by_overruling), (2, 10.0, 0.0));
        assert_eq!((navigation.mean_cost, navigation.cost_followed, navigation.lost_by_overruling), (2.0, 0.0, 6.0));
        assert_eq!(judgement(&step, &[]), None);
    }
}
