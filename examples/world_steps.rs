//! Plays the built-in world with no window, no model and no session around it, and prints in one line how many steps a
//! second that makes. `benches/run.py` runs it.
//!
//! `cargo run --example world_steps -- [--player random] [--way play] [--steps 100000]`
//!
//! | way | what is timed |
//! |---|---|
//! | `play` | a player without a model chooses among what is possible and does it; nobody is told anything |
//! | `act` | the same moves through the environment, as a session acts |
//! | `look` | the same with a look before each: text, figures and what is possible, as the models get it |
//!
//! Making the worlds, and in the last two ways choosing the moves, is done beforehand and not timed.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use futures_util::FutureExt;
use serde_json::json;
use singularis::{
    environment::{
        Environment, EnvironmentError, Want,
        world::{
            Difficulty, Move, World, WorldEnvironment,
            baseline::{Baseline, moves_of, play},
        },
    },
    protocol::ActionCall,
};
use tokio_util::sync::CancellationToken;

/// Whatever can go wrong here.
type Failure = Box<dyn Error + Send + Sync>;

/// So many worlds are played in turn: one alone would stay in the processor's caches.
const WORLDS: u64 = 100;

/// What is timed of a game.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Play,
    Act,
    Look,
}

/// What one game came to, or all of them.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    steps: usize,
    points: f64,
    text_bytes: usize,
    spent: Duration,
}

fn main() -> Result<(), Failure> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let after = |flag: &str, otherwise: &'static str| -> String {
        let at = given.iter().position(|word| word == flag);
        at.and_then(|at| given.get(at + 1)).map_or(otherwise, String::as_str).to_owned()
    };
    let (name, way) = (after("--player", "random"), after("--way", "play"));
    let player = Baseline::from_name(&name).ok_or("no player without a model is called so")?;
    let how = match way.as_str() {
        "play" => Way::Play,
        "act" => Way::Act,
        "look" => Way::Look,
        _ => return Err("the ways are play, act and look".into()),
    };
    let most_steps: usize = after("--steps", "100000").parse()?;
    let (mut all, mut games) = (Count::default(), 0_u64);
    while all.steps < most_steps {
        let world = World::new(games % WORLDS, Difficulty::Normal);
        let game = match how {
            Way::Play => played(player, &world, games),
            Way::Act | Way::Look => carried_out(player, world, games, how)?,
        };
        if game.steps == 0 {
            return Err("a game without a step would never come to an end".into());
        }
        games += 1;
        all.steps += game.steps;
        all.points += game.points;
        all.text_bytes += game.text_bytes;
        all.spent += game.spent;
    }
    let line = json!({
        "player": name,
        "way": way,
        "steps": all.steps,
        "games": games,
        "spent_ms": all.spent.as_secs_f64() * 1000.0,
        "steps_per_second": figure(all.steps) / all.spent.as_secs_f64(),
        "text_bytes": all.text_bytes,
        "points": all.points,
    });
    println!("{line}");
    Ok(())
}

fn played(player: Baseline, world: &World, dice: u64) -> Count {
    let began = Instant::now();
    let game = play(player, world, dice);
    let spent = began.elapsed();
    Count { steps: game.decisions, points: f64::from(game.score), text_bytes: 0, spent }
}

fn carried_out(player: Baseline, world: World, dice: u64, way: Way) -> Result<Count, Failure> {
    let calls: Vec<ActionCall> = moves_of(player, &world, dice).into_iter().map(Move::call).collect();
    let (mut place, stop) = (WorldEnvironment::of(world), CancellationToken::new());
    let mut game = Count { steps: calls.len(), ..Count::default() };
    let began = Instant::now();
    for call in &calls {
        if way == Way::Look {
            game.text_bytes += at_once(place.observe(Want::default()))?.text.len();
        }
        let effect = at_once(place.act(call, &stop))?;
        game.points = effect.score.unwrap_or(game.points);
    }
    game.spent = began.elapsed();
    Ok(game)
}

/// The built-in world waits for nothing, so neither a runtime nor its cost is needed.
fn at_once<T>(answer: impl Future<Output = Result<T, EnvironmentError>>) -> Result<T, Failure> {
    Ok(answer.now_or_never().ok_or("the world waits for something")??)
}

/// A count as a figure; these stay far below four thousand million.
fn figure(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
