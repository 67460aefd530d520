//! Rules alone, for any environment: stay alive, try what has not been tried here, prefer what is new.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use serde_json::Value;

use super::{Decision, Mind, MindError, Question};
use crate::{environment::Observation, llm::BoxFuture, protocol::ActionCall};

/// Decides without a model.
#[derive(Debug, Default)]
pub struct Heuristic {
    /// How often each action was chosen in each place.
    tried: Mutex<BTreeMap<(String, String), u32>>,
}

impl Heuristic {
    fn choose(&self, observation: &Observation) -> Option<(ActionCall, &'static str)> {
        let place = observation.facts.get("place").map(Value::to_string).unwrap_or_default();
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        let count = |call: &ActionCall, tried: &BTreeMap<(String, String), u32>| {
            tried.get(&(place.clone(), call.to_string())).copied().unwrap_or(0)
        };
        let fewest = observation.legal.iter().map(|call| count(call, &tried)).min()?;
        let untried = observation.legal.iter().filter(|call| count(call, &tried) == fewest);
        let (call, because) = match observation.legal.iter().find(|call| leads_to_something_new(call, observation)) {
            Some(call) if fewest > 0 || !observation.scene.needs_thought() => (call, "It leads to something new"),
            _ => (untried.into_iter().next()?, "It has been tried least in this place"),
        };
        let call = call.clone();
        *tried.entry((place.clone(), call.to_string())).or_default() += 1;
        Some((call, because))
    }
}

/// True for an action one of whose arguments is a place the agent has not visited.
pub fn leads_to_something_new(call: &ActionCall, observation: &Observation) -> bool {
    let unvisited = observation.facts.get("unvisited_roads").and_then(Value::as_array);
    // A list of names, or of roads that say where they lead.
    let names = |place: &Value, value: &Value| place == value || place.get("to") == Some(value);
    let is_unvisited = |value: &Value| unvisited.is_some_and(|places| places.iter().any(|place| names(place, value)));
    call.arguments.values().any(is_unvisited)
}

impl Mind for Heuristic {
    fn decide<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Decision, MindError>> {
        Box::pin(async move {
            let chosen = self.choose(&question.observation);
            let nothing = || MindError::NothingUsable { shortfalls: vec!["nothing is possible now".to_owned()] };
            let (action, because) = chosen.ok_or_else(nothing)?;
            Ok(Decision {
                action,
                by: "rules".to_owned(),
                because: because.to_owned(),
                confidence: 1.0,
                proposals: Vec::new(),
                shortfalls: Vec::new(),
            })
        })
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_new_comes_first_and_nothing_is_repeated_for_ever() {
        let legal =
            vec![ActionCall::with("go_to", "place", "Farm"), ActionCall::bare("talk"), ActionCall::bare("wait")];
        let mut observation = Observation {
            legal,
            facts: json!({"place": "Town", "unvisited_roads": ["Farm"]}),
            ..Observation::default()
        };
        let rules = Heuristic::default();
        let chosen = |observation: &Observation| rules.choose(observation).unwrap().0.name;
        assert_eq!(chosen(&observation), "go_to");
        observation.facts = json!({"place": "Town", "unvisited_roads": []});
        assert_eq!([chosen(&observation), chosen(&observation)], ["talk", "wait"]);
        assert!(rules.choose(&Observation::default()).is_none());
    }
}
