//! The players in their order, and the promises of the search: what it says is the best is the best.

use super::{walks::Walks, *};
use crate::{
    environment::world::{Place, Wording, legal_moves},
    settings::Difficulty,
};

const SEEDS: u64 = 100;

fn world(seed: u64) -> World {
    World::new(seed, Difficulty::Normal)
}

fn mean(scores: &[u32]) -> f64 {
    f64::from(scores.iter().sum::<u32>()) / scores.len() as f64
}

/// The scores of a player on every seed; chance plays ten times on each.
fn scores(baseline: Baseline, wording: Wording) -> Vec<u32> {
    let dice = if baseline == Baseline::Random { 10 } else { 1 };
    (0..SEEDS)
        .flat_map(|seed| (0..dice).map(move |dice| (seed, seed * 1000 + dice)))
        .map(|(seed, dice)| play(baseline, &World::with_wording(seed, Difficulty::Normal, wording), dice).score)
        .collect()
}

#[test]
fn whoever_reads_more_gets_further() {
    let players = [Baseline::Random, Baseline::Greedy, Baseline::GreedyIntents, Baseline::Reader];
    let means = players.map(|player| mean(&scores(player, Wording::Ordinary)));
    assert!(means.is_sorted_by(|left, right| left + 3.0 < *right), "{means:?}");
    // What these players reached when they were written; a rule that changes them has changed the game.
    let expected = [16.0, 35.6, 46.6, 86.6];
    for (mean, expected) in means.into_iter().zip(expected) {
        assert!((mean - expected).abs() < 1.0, "{means:?} instead of {expected}");
    }
    let clues = mean(&scores(Baseline::GreedyClues, Wording::Ordinary));
    assert!((clues - 41.1).abs() < 1.0 && means[1] < clues && clues < means[3], "{clues} beside {means:?}");
}

#[test]
fn without_clues_reading_gains_nothing_and_held_out_words_change_nothing() {
    let greedy = mean(&scores(Baseline::Greedy, Wording::Ordinary));
    assert_eq!(greedy, mean(&scores(Baseline::Greedy, Wording::WithoutClues)), "it never read anything");
    let silent = mean(&scores(Baseline::GreedyIntents, Wording::WithoutClues));
    assert_eq!(silent, greedy, "a fight that tells nothing is fought blindly");
    let reader = mean(&scores(Baseline::Reader, Wording::WithoutClues));
    assert!(reader < greedy + 5.0, "the reader reaches {reader} where nothing can be read, the greedy player {greedy}");
    assert_eq!(scores(Baseline::Reader, Wording::Ordinary), scores(Baseline::Reader, Wording::HeldOut));
}

#[test]
fn the_best_plan_can_be_played_and_nobody_beats_it() {
    for seed in 0..8 {
        let world = world(seed);
        let solved = solve(&world, &State::start(), oracle::MOST_NODES);
        let best = play(Baseline::Oracle, &world, 0);
        assert_eq!((best.score, best.is_proved), (solved.value, solved.is_proved()), "seed {seed}");
        assert_eq!((solved.value, solved.is_proved()), (100, true), "seventy turns are enough for everything");
        for player in Baseline::ALL {
            assert!(play(player, &world, seed).score <= best.score, "{player:?} on seed {seed}");
        }
    }
}

/// Every way to the end, without any cleverness.
fn best_by_trying_everything(world: &World, state: &State) -> u32 {
    let tried = legal_moves(world, state).into_iter().filter_map(|chosen| play_move(world, state, chosen).ok());
    let best = tried.map(|(after, _)| best_by_trying_everything(world, &after)).max();
    best.unwrap_or_else(|| score(world, state))
}

#[test]
fn the_search_finds_what_trying_everything_finds() {
    let mut compared = 0;
    for seed in 0..60 {
        let world = world(seed);
        let mut state = State::start();
        for chosen in moves_of(Baseline::ALL[(seed % 5) as usize], &world, seed) {
            state = play_move(&world, &state, chosen).expect("a legal move").0;
            if !(1..=4).contains(&state.turns_left(&world)) || state.is_over(&world) {
                continue;
            }
            let solved = solve(&world, &state, oracle::MOST_NODES);
            assert!(solved.is_proved());
            assert_eq!(solved.value, best_by_trying_everything(&world, &state), "seed {seed}, {state:?}");
            compared += 1;
        }
    }
    assert!(compared > 40, "{compared} moments were compared");
}

#[test]
fn no_play_exceeds_the_bound_of_any_moment_on_its_way() {
    for seed in 0..12 {
        let world = world(seed);
        let walks = Walks::new(&world);
        for player in [Baseline::Random, Baseline::GreedyIntents, Baseline::Reader] {
            let end = play(player, &world, seed).score;
            let mut state = State::start();
            let mut last = walks.bound(&world, &state);
            for chosen in moves_of(player, &world, seed) {
                state = play_move(&world, &state, chosen).expect("a legal move").0;
                // The dead have half of what they had.
                if state.is_alive() {
                    let bound = walks.bound(&world, &state);
                    assert!(bound >= end, "{player:?} on seed {seed} ends with {end}, above {bound}");
                    assert!(bound <= last, "a step cannot make more possible: {bound} after {last}");
                    last = bound;
                }
            }
        }
    }
}

#[test]
fn what_need_not_be_opened_may_still_be_seen_and_a_bribe_needs_less_time_than_a_word() {
    let world = world(4);
    let walks = Walks::new(&world);
    let away = world.road_turns(Place::Town, Place::Bridge).expect("a road");
    let mut state = State::start();
    state.visited = Place::ALL.map(|place| place != Place::Bridge);
    state.turn = world.turn_limit() - away;
    (state.enemy_health, state.opened) = ([0; 4], [true; 3]);
    let now = score(&world, &state);
    assert_eq!(walks.bound(&world, &state), now + 1, "there is just time to get there");
    let solved = solve(&world, &state, oracle::MOST_NODES);
    assert_eq!((solved.value, solved.is_proved()), (now + 1, true));

    let state = State { place: Place::Bridge, turn: world.turn_limit() - 1, gold: 42, ..state };
    let now = score(&world, &state);
    assert_eq!(solve(&world, &state, oracle::MOST_NODES).value, best_by_trying_everything(&world, &state));
    assert_eq!(solve(&world, &state, oracle::MOST_NODES).value, now + 5);
}

#[test]
fn a_search_that_is_given_up_says_so_and_keeps_what_it_found() {
    let world = World::new(12, Difficulty::Hard);
    let solved = solve(&world, &State::start(), 500);
    assert!(!solved.is_proved() && solved.value < solved.bound && solved.bound <= 100);
    let mut state = State::start();
    for chosen in &solved.plan {
        state = play_move(&world, &state, *chosen).expect("a plan that can be played").0;
    }
    assert_eq!(score(&world, &state), solved.value);
}

#[test]
fn names_are_found_again() {
    for baseline in Baseline::ALL {
        assert_eq!(Baseline::from_name(baseline.name()), Some(baseline));
        assert!(!baseline.title().is_empty());
    }
    assert_eq!(Baseline::from_name("cheater"), None);
}
