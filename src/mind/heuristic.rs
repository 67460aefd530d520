//! Rules alone, for any environment: stay alive, prefer what is new, and do again what has brought something before.
//! Where nothing lists what is possible, they only look.
//!
//! It knows no environment in particular. What it goes by is what every one may tell: health and score in the facts, the
//! place, the kind of scene, and what came of its own actions so far.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

use super::{Decision, Mind, MindError, Question};
use crate::{
    environment::Observation,
    llm::BoxFuture,
    protocol::{ActionCall, ActionSpec, Risk, Scene},
};

/// Below this share of health it looks after itself.
const CAREFUL: f64 = 0.45;
/// What a whole health is worth in points: staying alive is most of any game.
const HEALTH_WORTH: f64 = 12.0;
const NEW_WORTH: f64 = 2.5;
const UNTRIED_WORTH: f64 = 1.5;
/// What lies at hand comes before walking on.
const AT_HAND_WORTH: f64 = 1.5;
const FIGHT_WORTH: f64 = 3.0;
const IDLE_WORTH: f64 = -3.0;
const HELP_WORTH: f64 = 6.0;
/// Once so much is known of an action, a single mishap no longer decides.
const PRIOR_TRIES: f64 = 1.0;
/// Actions that help somebody who is hurt, by the names environments give them.
const HELP: [&str; 9] = ["drink_potion", "heal", "eat", "rest", "rest_at_inn", "sleep", "flee", "retreat", "run_away"];

/// Actions that end a fight by winning it.
const FIGHT: [&str; 5] = ["attack", "strike", "hit", "shoot", "fight"];
/// Actions that do nothing.
const IDLE: [&str; 4] = ["wait", "idle", "noop", "do_nothing"];

/// Says that the goal is reached, which rules cannot tell.
const GOAL_REACHED: &str = "goal_reached";
const NOTHING_TO_LOOK_AT: &str =
    "rules cannot choose here: nothing lists what is possible, and nothing that only looks goes without arguments";

/// Decides without a model.
#[derive(Debug, Default)]
pub struct Heuristic(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    /// How often each action was chosen in each place.
    tried: BTreeMap<(String, String), u32>,
    /// What actions by this name have brought in this kind of scene.
    gains: BTreeMap<(&'static str, String), Gain>,
    last: Option<Last>,
}

/// A mean, and of how many.
#[derive(Clone, Copy, Debug, Default)]
struct Gain {
    mean: f64,
    tries: f64,
}

#[derive(Debug)]
struct Last {
    scene: Scene,
    call: ActionCall,
    /// Points and health together.
    standing: f64,
}

impl Heuristic {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody else has decided meanwhile: what came of that is not the rules' doing.
    pub fn others_decided(&self) {
        self.memory().last = None;
    }

    /// A place that does not list what is possible: whatever only looks and needs no arguments can be tried by anybody.
    fn look_around(&self, actions: &[ActionSpec], observation: &Observation) -> Option<(ActionCall, &'static str)> {
        let needs_nothing = |spec: &&ActionSpec| {
            let required = spec.input_schema.get("required").and_then(Value::as_array);
            spec.risk == Risk::ReadOnly && spec.name != GOAL_REACHED && required.is_none_or(Vec::is_empty)
        };
        let legal: Vec<ActionCall> =
            actions.iter().filter(needs_nothing).map(|spec| ActionCall::bare(&spec.name)).collect();
        let (call, _) = self.choose(&Observation { legal, ..observation.clone() })?;
        Some((call, "It only looks, and rules know nothing of what else can be done here"))
    }

    fn choose(&self, observation: &Observation) -> Option<(ActionCall, &'static str)> {
        let mut memory = self.memory();
        memory.learn(observation);
        let place = observation.facts.get("place").map(Value::to_string).unwrap_or_default();
        let rated = observation.legal.iter().map(|call| (call, memory.rate(call, observation, &place)));
        // The first of equals: environments list what is natural first.
        let best = rated.reduce(|best, next| if next.1.0 > best.1.0 { next } else { best });
        let (call, (_, because)) = best.map(|(call, rating)| (call.clone(), rating))?;
        *memory.tried.entry((place, call.to_string())).or_default() += 1;
        memory.last = Some(Last { scene: observation.scene, call: call.clone(), standing: standing(observation) });
        Some((call, because))
    }
}

impl Memory {
    /// What the last action has brought is known now.
    fn learn(&mut self, observation: &Observation) {
        let Some(last) = self.last.take() else { return };
        let gain = self.gains.entry((last.scene.word(), last.call.name)).or_default();
        gain.tries += 1.0;
        gain.mean += (standing(observation) - last.standing - gain.mean) / (gain.tries + PRIOR_TRIES);
    }

    /// What an action is taken to be worth, and the most of why.
    fn rate(&self, call: &ActionCall, observation: &Observation, place: &str) -> (f64, &'static str) {
        let is_hurt = health(observation).is_some_and(|share| share < CAREFUL);
        let gain = self.gains.get(&(observation.scene.word(), call.name.clone())).map_or(0.0, |gain| gain.mean);
        let times = self.tried.get(&(place.to_owned(), call.to_string())).copied().unwrap_or(0);
        let untried = UNTRIED_WORTH / f64::from(1 + times * 3);
        let mut reasons = vec![(gain, "It has brought something before"), (untried, "It has been tried least here")];
        let is_any_of = |names: &[&str]| names.contains(&call.name.as_str());
        if is_any_of(&IDLE) {
            reasons.push((IDLE_WORTH, "There is nothing else to do"));
        } else if is_any_of(&HELP) {
            // Unhurt, nobody flees or sleeps.
            reasons.push((if is_hurt { HELP_WORTH } else { IDLE_WORTH }, "Health is low"));
        } else if observation.scene == Scene::Combat && is_any_of(&FIGHT) && !is_hurt {
            reasons.push((FIGHT_WORTH, "The fight can be won"));
        } else if leads_to_something_new(call, observation) {
            reasons.push((if is_hurt { 0.0 } else { NEW_WORTH }, "It leads to something new"));
        } else if times == 0 && !call.name.starts_with("go") && !is_hurt {
            reasons.push((AT_HAND_WORTH, "It is at hand"));
        }
        let worth = reasons.iter().map(|(worth, _)| worth).sum();
        let because =
            reasons.iter().max_by(|left, right| left.0.total_cmp(&right.0)).map_or("", |(_, because)| because);
        (worth, because)
    }
}

/// 0 to 1, where the environment tells it.
fn health(observation: &Observation) -> Option<f64> {
    let figure = |key: &str| observation.facts.get(key).and_then(Value::as_f64);
    let most = figure("max_health").filter(|most| *most > 0.0)?;
    Some((figure("health")? / most).clamp(0.0, 1.0))
}

fn standing(observation: &Observation) -> f64 {
    observation.score.unwrap_or(0.0) + health(observation).unwrap_or(0.0) * HEALTH_WORTH
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
            let observation = &question.observation;
            let (chosen, why_not) = if observation.legal.is_empty() && !question.actions.is_empty() {
                (self.look_around(&question.actions, observation), NOTHING_TO_LOOK_AT)
            } else {
                (self.choose(observation), "nothing is possible now")
            };
            let nothing = || MindError::NothingUsable { shortfalls: vec![why_not.to_owned()] };
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
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::{
        environment::{
            Environment, Want,
            world::{
                World, WorldEnvironment,
                baseline::{Baseline, play},
            },
        },
        settings::Difficulty,
    };

    #[test]
    fn what_is_new_comes_first_and_nothing_is_repeated_for_ever() {
        let legal =
            vec![ActionCall::with("go_to", "place", "Farm"), ActionCall::bare("talk"), ActionCall::bare("wait")];
        let roads = |roads: Value| json!({"place": "Town", "unvisited_roads": roads});
        let mut observation = Observation { legal, facts: roads(json!(["Farm"])), ..Observation::default() };
        let rules = Heuristic::default();
        let chosen = |observation: &Observation| rules.choose(observation).unwrap().0.name;
        assert_eq!(chosen(&observation), "go_to");
        observation.facts = roads(json!([]));
        assert_eq!([chosen(&observation), chosen(&observation), chosen(&observation)], ["talk", "go_to", "talk"]);
        assert!(rules.choose(&Observation::default()).is_none());
        observation.facts = roads(json!([{"to": "Farm", "turns": 3}]));
        assert!(leads_to_something_new(&observation.legal[0], &observation), "as the built-in world writes it");
    }

    #[test]
    fn whoever_is_hurt_looks_for_help_and_what_hurt_is_not_done_again() {
        let legal = vec![ActionCall::bare("touch"), ActionCall::bare("look"), ActionCall::bare("heal")];
        let at = |health: u32| Observation {
            legal: legal.clone(),
            facts: json!({"health": health, "max_health": 30}),
            ..Observation::default()
        };
        let rules = Heuristic::default();
        let chosen = |observation: &Observation| rules.choose(observation).unwrap().0.name;
        assert_eq!(chosen(&at(30)), "touch");
        assert_eq!(chosen(&at(20)), "look", "touching cost a third of the health");
        assert_eq!(chosen(&at(10)), "heal");
    }

    #[tokio::test]
    async fn where_nothing_lists_what_is_possible_rules_only_look() {
        let spec = |name: &str, risk, required: &[&str]| ActionSpec {
            name: name.to_owned(),
            description: String::new(),
            input_schema: json!({"type": "object", "required": required}),
            risk,
        };
        let rules = Heuristic::default();
        let ask = async |actions: Vec<ActionSpec>| {
            rules.decide(&Question { actions: actions.into(), ..Question::default() }).await
        };
        let harm = spec("delete_all", Risk::Destructive, &[]);
        let (snapshot, tabs) = (spec("snapshot", Risk::ReadOnly, &[]), spec("tabs", Risk::ReadOnly, &[]));
        let (read, done) = (spec("read", Risk::ReadOnly, &["path"]), spec("goal_reached", Risk::ReadOnly, &[]));
        let all = vec![harm.clone(), done.clone(), read.clone(), snapshot, tabs];
        let mut chosen = Vec::new();
        for _ in 0..4 {
            chosen.push(ask(all.clone()).await.unwrap().action.to_string());
        }
        assert_eq!(chosen, ["snapshot", "tabs", "snapshot", "tabs"]);
        let error = ask(vec![harm, done, read]).await.unwrap_err();
        assert!(matches!(error, MindError::NothingUsable { shortfalls } if shortfalls[0].contains("only looks")));
    }

    #[tokio::test]
    async fn rules_alone_are_better_than_chance_in_the_built_in_world() {
        let (mut rules_points, mut random_points) = (0.0, 0.0);
        for seed in 0..30 {
            let world = World::new(seed, Difficulty::Normal);
            random_points += f64::from(play(Baseline::Random, &world, seed).score);
            let mut environment = WorldEnvironment::of(world);
            let (rules, stop) = (Heuristic::default(), CancellationToken::new());
            loop {
                let observation = environment.observe(Want::default()).await.unwrap();
                let Some((call, _)) = rules.choose(&observation) else {
                    rules_points += observation.score.unwrap();
                    break;
                };
                environment.act(&call, &stop).await.unwrap();
            }
        }
        println!("rules {:.1}, chance {:.1} on average", rules_points / 30.0, random_points / 30.0);
        assert!(rules_points > random_points * 1.2, "{rules_points} and {random_points} over 30 seeds");
    }
}
