//! The promises of the built-in world: the same everywhere, fair to every call, and never stuck.

use std::collections::BTreeSet;

use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{
    baseline::{Baseline, play as play_game, random_walk},
    clues::{inscription, saying},
    moves::REPLIES,
    random::{Dice, Stream},
    state::FULL_HEALTH,
    *,
};
use crate::protocol::Scene;

const LIMIT: u32 = 70;

fn world(seed: u64) -> World {
    World::new(seed, Difficulty::Normal)
}

/// Every state that a blind walk comes through, the first and the last included.
fn walk(world: &World, dice: u64) -> Vec<State> {
    let mut dice = Dice::new(dice, Stream::Walker);
    let mut states = vec![State::start()];
    loop {
        let state = states[states.len() - 1];
        let calls = legal(world, &state);
        if calls.is_empty() {
            return states;
        }
        let call = &calls[dice.below(calls.len() as u32) as usize];
        let stepped = step(world, &state, call);
        assert_eq!(stepped.status, EffectStatus::Done, "{call}: {}", stepped.text);
        states.push(stepped.state);
    }
}

#[test]
fn a_seed_is_one_world() {
    for seed in 0..20 {
        assert_eq!(walk(&world(seed), 5), walk(&world(seed), 5));
        assert_eq!(observe(&world(seed), &State::start()), observe(&world(seed), &State::start()));
    }
    let firsts: BTreeSet<String> = (0..20).map(|seed| observe(&world(seed), &State::start()).text).collect();
    assert!(firsts.len() > 15, "seeds differ");
}

/// These figures come from a second implementation of the rules in another language.
#[test]
fn the_figures_are_the_same_everywhere() {
    let mut dice = Dice::new(42, Stream::Walker);
    let rolls: Vec<u32> = (0..10).map(|_| dice.below(100)).collect();
    assert_eq!(rolls, [1, 12, 77, 3, 58, 92, 23, 88, 4, 76]);

    let walks: Vec<u32> = (0..10).map(|seed| random_walk(seed, seed + 100, 20, Difficulty::Normal)).collect();
    assert_eq!(walks, [18, 19, 18, 23, 21, 24, 15, 25, 23, 8]);
    let walks: Vec<u32> = (0..10).map(|seed| random_walk(seed, seed + 100, 1000, Difficulty::Normal)).collect();
    assert_eq!(walks, [10, 20, 15, 24, 29, 30, 30, 10, 17, 8]);
    let greedy: Vec<u32> = (0..10).map(|seed| play_game(Baseline::Greedy, &world(seed), 0).score).collect();
    assert_eq!(greedy, [36, 30, 36, 34, 44, 43, 39, 35, 42, 36]);
}

#[test]
fn the_first_look_reads_well() {
    let observation = observe(&world(7), &State::start());
    let text = "Turn 0 of 70. You are at Town. Health 30/30, gold 20, potions 1.\n\
        Roads: Farm (3 turns, not visited), Shrine (3 turns, not visited), Camp (4 turns, not visited), \
        Den (4 turns, not visited), Bridge (5 turns, not visited).\n\
        Here is the trader, with a scar across the chin.\n\
        A poster hangs by the inn. The shop sells potion 6, fire oil 14, silver blade 14, \
        chain mail 18; a bed costs 4.\n\
        So far: 1 of 10 places seen.";
    assert_eq!(observation.text, text);
    let facts = json!({
        "turn": 0, "turn_limit": 70, "place": "Town", "health": 30, "max_health": 30, "gold": 20, "potions": 1,
        "items": [], "score": 16, "in_fight": false, "enemies_near": 0, "enemy_health": null, "enemies_felled": 0,
        "felled": [], "bridge_open": false, "gate_open": false, "relic": "in_the_barrow", "alive": true,
        "places_seen": 1, "visited": ["Town"],
        "unvisited_roads": [
            {"to": "Farm", "turns": 3}, {"to": "Shrine", "turns": 3}, {"to": "Camp", "turns": 4},
            {"to": "Den", "turns": 4}, {"to": "Bridge", "turns": 5}
        ]
    });
    assert_eq!(observation.facts, facts);
    assert_eq!((observation.tick, observation.scene, observation.ended), (0, Scene::Town, None));
}

#[test]
fn whoever_buys_stands_at_the_counter_until_something_else_is_done() {
    let world = world(1);
    let arguments = json!({"item": "potion"}).as_object().cloned().unwrap();
    let buy = ActionCall { name: "buy".to_owned(), arguments };
    let bought = step(&world, &State::start(), &buy).state;
    assert_eq!(observe(&world, &bought).scene, Scene::Menu, "whoever has bought something stands at the counter");
    let waited = step(&world, &bought, &ActionCall::bare("wait")).state;
    assert_eq!(observe(&world, &waited).scene, Scene::Town);
}

#[test]
fn what_is_legal_is_done_and_what_is_not_changes_nothing() {
    for seed in 0..40 {
        let world = world(seed);
        for state in walk(&world, seed + 500) {
            let legal: BTreeSet<String> = legal(&world, &state).iter().map(ToString::to_string).collect();
            for call in Move::every().map(Move::call) {
                let stepped = step(&world, &state, &call);
                if legal.contains(&call.to_string()) {
                    assert_eq!(stepped.status, EffectStatus::Done, "{call}");
                    assert_eq!(stepped.state.tick, state.tick + 1);
                    assert!(stepped.state.turn > state.turn && stepped.state.turn <= LIMIT, "{call}");
                } else {
                    assert_eq!((stepped.status, stepped.state), (EffectStatus::Rejected, state), "{call}");
                }
                assert!(!stepped.text.is_empty(), "{call}");
            }
        }
    }
}

#[test]
fn malformed_calls_are_explained_and_cost_nothing() {
    let (world, state) = (world(1), State::start());
    let call = |name: &str, arguments: serde_json::Value| ActionCall {
        name: name.to_owned(),
        arguments: arguments.as_object().cloned().unwrap_or_default(),
    };
    for (call, because) in [
        (call("dance", json!({})), "There is no action \"dance\"; the actions are go_to, talk"),
        (call("go_to", json!({})), "go_to needs the argument \"place\""),
        (call("go_to", json!({"place": 3})), "The argument \"place\" is one of Town, Farm"),
        (call("go_to", json!({"place": "Rome"})), "but \"Rome\" was given"),
        (call("go_to", json!({"place": "Farm", "speed": 9})), "takes only the argument \"place\", but \"speed\""),
        (call("go_to", json!({"place": "Ruin"})), "No road leads from Town to Ruin"),
        (call("go_to", json!({"place": "town"})), "You are at Town already"),
        (call("talk", json!({"to": "trader"})), "talk takes no arguments, but \"to\" was given"),
        (call("reply", json!({"choice": "2"})), "a whole number from 1 to 3, but \"2\" was given"),
        (call("reply", json!({"choice": 4})), "a whole number from 1 to 3, but 4 was given"),
        (call("reply", json!({"choice": 2})), "There is no guard here"),
        (call("pull_levers", json!({"order": "AAB"})), "the letters A, B and C in some order"),
        (call("buy", json!({"item": "horse"})), "one of potion, fire oil"),
        (call("attack", json!({})), "There is nobody to fight here"),
    ] {
        let stepped = step(&world, &state, &call);
        assert_eq!((stepped.status, stepped.state), (EffectStatus::Rejected, state), "{call}");
        assert!(stepped.text.contains(because), "{call}: {}", stepped.text);
    }
}

#[test]
fn a_thousand_blind_walks_end_by_the_limit() {
    for seed in 0..1000 {
        let world = world(seed);
        let states = walk(&world, seed ^ 0xABCD);
        let last = states[states.len() - 1];
        assert!(last.turn <= LIMIT && last.ended(&world).is_some());
        assert!(last.turn == LIMIT || last.health == 0, "nothing but death or time ends a game");
        for state in states {
            assert!(score(&world, &state) <= 100);
            assert!((0..=FULL_HEALTH).contains(&state.health) && state.gold >= 0 && state.potions >= 0);
        }
    }
}

#[test]
fn the_parts_of_the_score_add_up_to_a_hundred() {
    let world = world(3);
    let mut state = State::start();
    assert_eq!(score(&world, &state), 16);
    state.visited = [true; 10];
    state.enemy_health = [0; 4];
    state.gold = 31;
    state.bridge_open = true;
    state.gate_open = true;
    state.relic = Relic::Carried;
    assert_eq!(score(&world, &state), 80);
    state.relic = Relic::Home;
    assert_eq!(score(&world, &state), 100);
    state.health = 0;
    assert_eq!(score(&world, &state), 47);
}

#[test]
fn the_relic_comes_home() {
    let world = world(11);
    let mut state = State { relic: Relic::Carried, bridge_open: true, place: Place::Bridge, ..State::start() };
    let way = way_home::way_home(&world, &state).expect("a way");
    assert_eq!((Some(way.turns), way.by), (world.road_turns(Place::Bridge, Place::Town), vec![]));
    state = step(&world, &state, &Move::GoTo(Place::Town).call()).state;
    assert_eq!((state.place, state.relic), (Place::Town, Relic::Home));
}

#[test]
fn what_cannot_be_finished_has_no_effect() {
    let world = world(2);
    let state = State { turn: LIMIT - 1, ..State::start() };
    assert!(legal(&world, &state).iter().all(|call| call.name != "go_to"));
    let refused = step(&world, &state, &Move::GoTo(Place::Farm).call());
    assert_eq!((refused.status, refused.state), (EffectStatus::Rejected, state));
    assert!(refused.text.contains("with 1 left it would have no effect"), "{}", refused.text);
    let last = step(&world, &state, &Move::Wait.call()).state;
    assert_eq!((legal(&world, &last), observe(&world, &last).scene), (vec![], Scene::End));
}

#[test]
fn the_right_word_opens_the_bridge_and_a_wrong_one_hurts() {
    let world = world(5);
    let state = State { place: Place::Bridge, ..State::start() };
    assert_eq!(observe(&world, &state).scene, Scene::Dialogue);
    let mut opened = 0;
    for index in 0..REPLIES {
        let after = step(&world, &state, &Move::Reply(index).call()).state;
        if after.bridge_open {
            opened += 1;
            assert_eq!((after.turn, after.health, after.gold), (1, 30, 20));
        } else {
            assert_eq!((after.turn, after.health, after.gold), (4, 25, 18));
        }
    }
    assert_eq!(opened, 1);
}

#[test]
fn one_order_of_levers_opens_the_gate() {
    let world = world(6);
    let state = State { place: Place::Tower, bridge_open: true, ..State::start() };
    assert_eq!(observe(&world, &state).scene, Scene::Puzzle);
    let after = LeverOrder::all().map(|order| step(&world, &state, &Move::PullLevers(order).call()).state);
    let open: Vec<State> = after.filter(|after| after.gate_open).collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].health, 30);
}

#[test]
fn the_bane_of_an_enemy_doubles_the_blow_and_blocking_stops_a_heavy_one() {
    for seed in 0..20 {
        let world = world(seed);
        for enemy in [Enemy::Wraith, Enemy::BarrowKing] {
            let bane = world.bane(enemy).expect("a bane");
            for item in [Item::FireOil, Item::SilverBlade] {
                let mut state = State { place: enemy.lair(), fight: Some(enemy), ..State::start() };
                state.items[item.index()] = true;
                let after = step(&world, &state, &ActionCall::bare("attack")).state;
                let expected = if item == bane { 8 } else { 4 };
                assert_eq!(enemy.full_health() - after.enemy_health[enemy.index()], expected);
                let blocked = step(&world, &state, &ActionCall::bare("block")).state;
                if world.intent(enemy, 0) == Intent::Heavy {
                    assert_eq!(blocked.health, FULL_HEALTH);
                }
            }
        }
    }
}

#[test]
fn the_liar_lies_in_everything_and_the_poster_knows() {
    for seed in 0..100 {
        let world = world(seed);
        let (truth, lie) = (world.truth, world.lie);
        assert!(truth.oath != lie.oath && truth.weakness != lie.weakness);
        assert!(truth.trapped != lie.trapped && truth.levers != lie.levers);
        let poster = inscription(&world, Writing::Poster);
        let unmasked =
            Person::ALL.into_iter().filter(|person| world.mark(*person).phrasing().contains(&poster.as_str()));
        assert_eq!(unmasked.collect::<Vec<_>>(), [world.liar]);
    }
}

#[test]
fn held_out_wording_changes_the_words_and_not_the_game() {
    let ordinary = world(8);
    let held_out = World::with_wording(8, Difficulty::Normal, Wording::HeldOut);
    assert_eq!(walk(&ordinary, 1), walk(&held_out, 1));
    for person in Person::ALL {
        assert_ne!(saying(&ordinary, person), saying(&held_out, person));
    }
}

#[test]
fn greedy_beats_blind_walking() {
    let greedy: u32 = (0..50).map(|seed| play_game(Baseline::Greedy, &world(seed), 0).score).sum();
    let blind: u32 = (0..50).map(|seed| random_walk(seed, seed, 1000, Difficulty::Normal)).sum();
    assert!(greedy > blind * 3 / 2, "greedy {greedy}, blind {blind} over 50 seeds");
}

#[test]
fn every_action_has_a_strict_schema() {
    let specs = action_specs();
    assert_eq!(specs.len(), 16);
    let named: BTreeSet<String> = specs.iter().map(|spec| spec.name.clone()).collect();
    assert_eq!(named, Move::every().map(|chosen| chosen.call().name).collect::<BTreeSet<_>>());
    assert!(specs.iter().all(|spec| spec.input_schema["additionalProperties"] == json!(false)));
    for chosen in Move::every() {
        assert_eq!(Move::parse(&chosen.call()), Ok(chosen));
    }
}

#[tokio::test]
async fn the_environment_acts_shows_and_lets_go() {
    let mut environment = WorldEnvironment::new(7, Difficulty::Normal);
    let stop = CancellationToken::new();
    let call = Move::GoTo(Place::Farm).call();
    let effect = environment.act(&call, &stop).await.expect("an effect");
    assert_eq!(effect.status, EffectStatus::Done);
    assert_eq!(environment.observe(Want::default()).await.expect("an observation").tick, 1);

    let EnvironmentView::World(view) = environment.view() else { panic!("a map") };
    assert_eq!((view.here, view.path.as_slice()), (1, &[0, 1][..]));
    assert_eq!(view.last_action, Some(ActionCall::with("go_to", "place", "Farm")));
    assert!(view.places.iter().all(|place| (0.0..=1.0).contains(&place.x) && (0.0..=1.0).contains(&place.y)));
    assert!(view.places[2].known && !view.places[2].visited, "the Shrine is seen from afar");
    assert!(!view.places[9].known, "the depths lie in the fog");

    stop.cancel();
    assert_eq!(environment.act(&call, &stop).await.expect("an effect").status, EffectStatus::Rejected);
    let released = environment.release().await;
    assert_eq!(released, environment.release().await);
    assert_eq!((released.len(), released[0].kind), (1, OpenKind::Environment));
    assert!(environment.act(&call, &CancellationToken::new()).await.is_err());
}
