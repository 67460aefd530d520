//! Ordinary play: no breaker strikes at anybody who has a reason for what they do.

use singularis::{
    agent::breaker::{Breakers, is_forced},
    environment::{
        Environment, Want,
        world::{
            Difficulty, Wording, World, WorldEnvironment,
            baseline::{Baseline, moves_of},
        },
    },
    protocol::EffectStatus,
    settings::BreakerSettings,
};
use tokio_util::sync::CancellationToken;

/// So many steps of every player.
const STEPS: usize = 1_000;

/// Plays one world after the other until that many steps are made, each game with breakers of its own. Gives what struck.
async fn strikes(baseline: Baseline) -> Vec<String> {
    let limits = BreakerSettings::default();
    let (mut steps, mut struck) = (0, Vec::new());
    for seed in 0.. {
        let world = World::with_wording(seed, Difficulty::Normal, Wording::Ordinary);
        let moves = moves_of(baseline, &world, seed + 100);
        assert!(!moves.is_empty(), "{baseline:?} does nothing in world {seed}");
        let mut land = WorldEnvironment::of(world);
        let mut breakers = Breakers::new(limits.clone());
        for chosen in moves {
            let call = chosen.call();
            let legal = land.observe(Want::default()).await.unwrap().legal;
            let effect = land.act(&call, &CancellationToken::new()).await.unwrap();
            assert_eq!(effect.status, EffectStatus::Done, "{call}");
            if !is_forced(&legal, &effect)
                && let Some((_, words)) = breakers.note(&call, &effect)
            {
                struck.push(format!("{baseline:?} in world {seed}: {words}"));
            }
            steps += 1;
            if steps == STEPS {
                return struck;
            }
        }
    }
    struck
}

#[tokio::test(start_paused = true)]
async fn no_breaker_strikes_at_the_greedy_players_and_the_reader() {
    for baseline in [Baseline::Greedy, Baseline::GreedyIntents, Baseline::GreedyClues, Baseline::Reader] {
        assert_eq!(strikes(baseline).await, Vec::<String>::new());
    }
}

#[tokio::test(start_paused = true)]
async fn no_breaker_strikes_at_the_best_play() {
    assert_eq!(strikes(Baseline::Oracle).await, Vec::<String>::new());
}

/// It waits often and long, but only where nothing else is possible.
#[tokio::test(start_paused = true)]
async fn no_breaker_strikes_at_blind_chance() {
    assert_eq!(strikes(Baseline::Random).await, Vec::<String>::new());
}
