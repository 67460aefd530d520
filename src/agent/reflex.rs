//! Survival first, without a model: when health falls below the threshold and help is at hand, it is taken at once.

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use super::{Board, LoopResult, Order, Percept};
use crate::{
    environment::Observation,
    protocol::{ActionCall, LoopName, NoticeKind},
};

/// Actions that restore health, by the names environments give them.
const REMEDIES: [&str; 4] = ["drink_potion", "heal", "eat", "rest"];

/// Runs until the session stops.
pub async fn run(board: Board, urgent: mpsc::Sender<Order>) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Reflex);
    let mut percepts = board.percepts.clone();
    let watching = async {
        while percepts.changed().await.is_ok() {
            let percept = percepts.borrow_and_update().clone();
            let Some(percept) = percept else { continue };
            beat.work("watching health");
            if let Some(call) = remedy(&percept.observation, board.duties.reflex_health_percent) {
                act(&board, &urgent, call, percept).await;
            }
            beat.wait();
        }
    };
    let _ended_or_stopped = board.context.stop.run_until_cancelled(watching).await;
    board.context.stopped(LoopName::Reflex)
}

async fn act(board: &Board, urgent: &mpsc::Sender<Order>, call: ActionCall, percept: Percept) {
    let (answer, done) = oneshot::channel();
    let because = "Health is below the threshold".to_owned();
    board.context.notice(NoticeKind::Information, LoopName::Reflex, format!("{because}: {call}"), None);
    let order =
        Order { call, ordered_by: LoopName::Reflex, by: "reflex".to_owned(), because, percept, decision: None, answer };
    if urgent.send(order).await.is_ok() {
        let _whatever_came_of_it = done.await;
    }
}

/// What to do at once, if anything.
fn remedy(observation: &Observation, threshold_percent: u8) -> Option<ActionCall> {
    let figure = |key: &str| observation.facts.get(key).and_then(Value::as_f64);
    let (health, most) = (figure("health")?, figure("max_health").filter(|most| *most > 0.0)?);
    if health <= 0.0 || health * 100.0 >= most * f64::from(threshold_percent) {
        return None;
    }
    REMEDIES.iter().find_map(|name| observation.legal.iter().find(|call| call.name == *name)).cloned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn help_is_taken_only_when_it_is_needed_and_there() {
        let legal = vec![ActionCall::bare("attack"), ActionCall::bare("drink_potion")];
        let mut observation =
            Observation { legal, facts: json!({"health": 8, "max_health": 30}), ..Observation::default() };
        assert_eq!(remedy(&observation, 30), Some(ActionCall::bare("drink_potion")));
        assert_eq!(remedy(&observation, 20), None);
        observation.facts = json!({"health": 0, "max_health": 30});
        assert_eq!(remedy(&observation, 30), None, "the dead drink nothing");
        observation.facts = json!({"health": 8, "max_health": 0});
        assert_eq!(remedy(&observation, 30), None);
        observation = Observation { legal: vec![], facts: json!({"health": 1, "max_health": 30}), ..observation };
        assert_eq!(remedy(&observation, 30), None);
    }
}
