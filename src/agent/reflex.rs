//! Survival first, without a model: when health falls below the threshold, too many enemies are near or stamina runs out,
//! and help is at hand, it is taken at once.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use super::{Board, Done, LoopResult, Order, Percept};
use crate::{
    environment::Observation,
    protocol::{ActionCall, ActionSpec, LoopName, NoticeKind},
};

/// Actions that restore health, by the names environments give them.
const REMEDIES: [&str; 4] = ["drink_potion", "heal", "eat", "rest"];
/// Actions that get one out of a crowd.
const RETREATS: [&str; 4] = ["flee", "retreat", "run_away", "sprint_away"];
/// Actions that cost no strength.
const RESTS: [&str; 4] = ["block", "rest", "catch_breath", "wait"];

/// When the reflex acts. 0 switches a threshold off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thresholds {
    /// Share of health, in percent.
    pub health_percent: u8,
    /// Enemies near at the same time.
    pub enemies: u8,
    /// Share of stamina, in percent.
    pub stamina_percent: u8,
    /// A question that is under way is broken off when the reflex acts.
    pub preempts: bool,
}

/// Runs until the session stops.
pub async fn run(board: Board, urgent: mpsc::Sender<Order>) -> LoopResult {
    let beat = board.context.beats.begin(LoopName::Reflex);
    let mut percepts = board.percepts.clone();
    let watching = async {
        while percepts.changed().await.is_ok() {
            let percept = percepts.borrow_and_update().clone();
            let Some(percept) = percept else { continue };
            beat.work("watching health");
            let offered = Arc::clone(&board.repertoire.read().actions);
            if let Some((call, because)) = reaction(&percept.observation, &offered, board.duties.reflex) {
                act(&board, &urgent, call, because, percept).await;
            }
            beat.wait();
        }
    };
    let _ended_or_stopped = board.context.stop.run_until_cancelled(watching).await;
    board.context.stopped(LoopName::Reflex)
}

async fn act(board: &Board, urgent: &mpsc::Sender<Order>, call: ActionCall, because: &str, percept: Percept) {
    let (answer, done) = oneshot::channel();
    board.context.notice(NoticeKind::Information, LoopName::Reflex, format!("{because}: {call}"), None);
    let order = Order {
        call,
        ordered_by: LoopName::Reflex,
        by: "reflex".to_owned(),
        because: because.to_owned(),
        percept,
        decision: None,
        answer,
    };
    if urgent.send(order).await.is_ok()
        && let Ok(Done::Carried { .. }) = done.await
    {
        // Whoever thinks, thinks about a moment that is gone.
        board.preempted.notify_waiters();
    }
}

/// What to do at once and why, if anything.
fn reaction(
    observation: &Observation,
    offered: &[ActionSpec],
    limits: Thresholds,
) -> Option<(ActionCall, &'static str)> {
    let figure = |key: &str| observation.facts.get(key).and_then(Value::as_f64);
    let possible = |names: &[&str]| names.iter().find_map(|name| help(name, observation, offered));
    let is_low = |part: &str, whole: &str, percent: u8| {
        let share = figure(part).zip(figure(whole).filter(|whole| *whole > 0.0));
        share.is_some_and(|(part, whole)| part > 0.0 && part * 100.0 < whole * f64::from(percent))
    };
    // The dead do nothing, and nothing helps them.
    if figure("health").is_some_and(|health| health <= 0.0) {
        return None;
    }
    let health = || {
        let call = possible(&REMEDIES)?;
        is_low("health", "max_health", limits.health_percent).then_some((call, "Health is below the threshold"))
    };
    let enemies = || {
        let near = figure("enemies_near").filter(|_| limits.enemies > 0)?;
        let call = possible(&RETREATS)?;
        (near >= f64::from(limits.enemies)).then_some((call, "Too many enemies are near"))
    };
    let stamina = || {
        let call = possible(&RESTS)?;
        is_low("stamina", "max_stamina", limits.stamina_percent).then_some((call, "Stamina is below the threshold"))
    };
    health().or_else(enemies).or_else(stamina)
}

/// What is called so, if it can be done. Where nobody lists what is possible, whatever needs no arguments can be tried.
fn help(name: &str, observation: &Observation, offered: &[ActionSpec]) -> Option<ActionCall> {
    if !observation.legal.is_empty() {
        return observation.legal.iter().find(|call| call.name == name).cloned();
    }
    let needs_nothing = |spec: &ActionSpec| {
        let required = spec.input_schema.get("required").and_then(Value::as_array);
        required.is_none_or(Vec::is_empty)
    };
    let is_over = observation.ended.is_some();
    let spec = offered.iter().find(|spec| spec.name == name && needs_nothing(spec));
    spec.filter(|_| !is_over).map(|spec| ActionCall::bare(&spec.name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::protocol::Risk;

    const LIMITS: Thresholds = Thresholds { health_percent: 30, enemies: 3, stamina_percent: 20, preempts: true };

    fn reacts(facts: serde_json::Value, legal: &[&str], limits: Thresholds) -> Option<String> {
        let legal = legal.iter().map(|name| ActionCall::bare(name)).collect();
        let observation = Observation { facts, legal, ..Observation::default() };
        reaction(&observation, &[], limits).map(|(call, _)| call.name)
    }

    #[test]
    fn where_nothing_lists_what_is_possible_help_that_needs_no_arguments_is_tried() {
        let spec = |name: &str, required: serde_json::Value| ActionSpec {
            name: name.to_owned(),
            description: String::new(),
            input_schema: json!({"type": "object", "required": required}),
            risk: Risk::Safe,
        };
        let offered = [spec("drink_potion", json!(["which"])), spec("heal", json!([]))];
        let hurt = Observation { facts: json!({"health": 3, "max_health": 30}), ..Observation::default() };
        let reacts = |observation: &Observation| reaction(observation, &offered, LIMITS).map(|(call, _)| call);
        assert_eq!(reacts(&hurt), Some(ActionCall::bare("heal")));
        assert_eq!(reacts(&Observation { legal: vec![ActionCall::bare("wait")], ..hurt.clone() }), None);
        assert_eq!(reacts(&Observation { ended: Some("it is over".to_owned()), ..hurt }), None);
    }

    #[test]
    fn help_is_taken_only_when_it_is_needed_and_there() {
        let legal = ["attack", "drink_potion"];
        let health = |health: i32, most: i32| json!({"health": health, "max_health": most});
        assert_eq!(reacts(health(8, 30), &legal, LIMITS).as_deref(), Some("drink_potion"));
        assert_eq!(reacts(health(8, 30), &legal, Thresholds { health_percent: 20, ..LIMITS }), None);
        assert_eq!(reacts(health(0, 30), &legal, LIMITS), None, "the dead drink nothing");
        assert_eq!(reacts(health(8, 0), &legal, LIMITS), None);
        assert_eq!(reacts(health(1, 30), &[], LIMITS), None);
        assert_eq!(reacts(health(1, 30), &legal, Thresholds::default()), None, "switched off");
    }

    #[test]
    fn a_crowd_is_left_and_strength_is_spared() {
        let crowd = json!({"health": 30, "max_health": 30, "enemies_near": 3, "stamina": 100, "max_stamina": 100});
        assert_eq!(reacts(crowd.clone(), &["attack", "flee"], LIMITS).as_deref(), Some("flee"));
        assert_eq!(reacts(crowd.clone(), &["attack"], LIMITS), None, "there is no way out");
        assert_eq!(reacts(crowd, &["flee"], Thresholds { enemies: 0, ..LIMITS }), None);
        let tired = json!({"stamina": 19, "max_stamina": 100});
        assert_eq!(reacts(tired.clone(), &["attack", "block"], LIMITS).as_deref(), Some("block"));
        assert_eq!(reacts(tired, &["block"], Thresholds { stamina_percent: 0, ..LIMITS }), None);
        let both = json!({"health": 5, "max_health": 30, "enemies_near": 9});
        assert_eq!(reacts(both, &["flee", "heal"], LIMITS).as_deref(), Some("heal"), "survival first");
    }
}
