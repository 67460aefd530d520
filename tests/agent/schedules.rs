//! A thousand sessions by chance: minds that take their time, a world that changes by itself, pauses, questions to a
//! person, errors and stops. What holds in all of them is checked after each.

use std::{
    ops::Range,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use rand_pcg::{Pcg32, rand_core::Rng};
use singularis::{
    environment::Observation,
    protocol::{ActionCall, ApprovalAnswer, EffectStatus, LoopName, Scene},
    settings::{AskFrom, BreakerSettings},
};
use tokio::time::sleep;

use crate::{
    land::{Land, Play, heal, hurt, possible, unknown_way},
    stage::{Plot, Stage},
    thinker::{Thinker, Thought},
};

const SCENES: [Scene; 8] = [
    Scene::Town,
    Scene::Exploration,
    Scene::Combat,
    Scene::Dialogue,
    Scene::Puzzle,
    Scene::Menu,
    Scene::End,
    Scene::Unknown,
];
/// So many things happen to a session before it is stopped.
const DISTURBANCES: usize = 25;

/// Chance by a seed.
struct Chance(Pcg32);

impl Chance {
    fn new(seed: u64, stream: u64) -> Self {
        // Neighbouring seeds must not begin in neighbouring states.
        Self(Pcg32::new((seed * 8 + stream + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15), stream))
    }

    /// From 0 up to and without `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        (u64::from(self.0.next_u32()) * limit) >> 32
    }

    fn one_in(&mut self, number: u64) -> bool {
        self.below(number) == 0
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        let count = u64::try_from(items.len()).unwrap();
        items[usize::try_from(self.below(count)).unwrap()]
    }
}

/// What an action does: most work, some take long, and all of them may move the world on.
fn play(chance: &mut Chance, call: &ActionCall) -> Play {
    let play = match chance.below(10) {
        0 => Play::of(EffectStatus::Failed, "it failed"),
        1 => Play::of(EffectStatus::Uncertain, "nobody knows"),
        2 => Play::of(EffectStatus::Rejected, "it was refused"),
        3 => Play::idle(),
        _ => Play::done(),
    };
    let scene = chance.pick(&SCENES);
    let play = if call.name == "heal" { play.then(heal) } else { play.then(move |now| now.scene = scene) };
    let most = chance.pick(&[10, 500, 5_000]);
    play.taking(1 + chance.below(most))
}

/// A land that moves on by itself in turns, and may have a time of its own.
fn land(seed: u64, can_pause: bool) -> Land {
    let (mut acts, mut turns) = (Chance::new(seed, 0), Chance::new(seed, 1));
    let land = Land::new(move |call| play(&mut acts, call)).whose_turns(move |now| {
        now.scene = turns.pick(&SCENES);
        turns.pick(&["calm", "storm"]).clone_into(&mut now.situation);
    });
    let land = land.with(|now| now.legal = possible(&["dig", "walk", "burn", "heal"])).with(unknown_way);
    if can_pause { land } else { land.flowing() }
}

/// A mind that may decide anything but what exploration does, in any time, and fails now and then.
fn thinker(seed: u64) -> Thinker {
    let chance = Mutex::new(Chance::new(seed, 2));
    Thinker::new(move |_question, _number| {
        let mut chance = chance.lock().unwrap_or_else(PoisonError::into_inner);
        let most = chance.pick(&[100, 3_000, 30_000, 1_000_000]);
        let takes = 1 + chance.below(most);
        match chance.below(12) {
            0 => Thought::failing_after(takes),
            1 => Thought::after(takes, ActionCall::with("dig", "number", "many")),
            2 | 3 => Thought::after(takes, ActionCall::bare("burn")),
            4..8 => Thought::after(takes, ActionCall::bare("walk")),
            _ => Thought::after(takes, ActionCall::bare("dig")),
        }
    })
}

async fn plot(chance: &mut Chance) -> Plot {
    let mut plot = Plot::running(1_000 + chance.below(20_000)).await;
    plot.duties.world_waits = chance.one_in(2);
    plot.duties.pace = Duration::from_millis(chance.below(2) * chance.below(2_000));
    plot.duties.reflex.preempts = chance.one_in(2);
    plot.duties.exploration_patience = Duration::from_millis(chance.below(8_000));
    plot.duties.caution.ask_from = chance.pick(&AskFrom::ALL);
    plot.duties.caution.wait = Duration::from_millis(500 + chance.below(8_000));
    if chance.one_in(3) {
        plot.breakers = BreakerSettings::default();
    }
    plot.is_paused = chance.one_in(5);
    plot
}

/// One thing that happens from outside.
fn disturb(chance: &mut Chance, stage: &Stage, land: &Land) {
    let reins = stage.reins();
    let scene = chance.pick(&SCENES);
    match chance.below(12) {
        0..4 => land.change(|now: &mut Observation| now.scene = scene),
        4 => land.change(hurt),
        5 => reins.pause(),
        6 => reins.step(),
        7..9 => reins.resume(Some("go on".to_owned())),
        _ => {
            if let Some(waiting) = reins.waiting() {
                let answer = if chance.one_in(3) {
                    ApprovalAnswer::Rejected { word: "not now".to_owned() }
                } else {
                    ApprovalAnswer::Approved { for_session: chance.one_in(4), for_ever: false }
                };
                assert!(reins.answer(waiting.id, answer), "whoever asks hears the answer");
            }
        }
    }
}

/// Plays one session and checks it; gives how often exploration acted.
async fn session(seed: u64) -> usize {
    let mut chance = Chance::new(seed, 3);
    let can_pause = chance.one_in(2);
    let plot = plot(&mut chance).await;
    let waits = plot.duties.world_waits && can_pause;
    let land = land(seed, can_pause);
    let stage = Stage::begin(&land, &thinker(seed), plot);
    for _ in 0..DISTURBANCES {
        sleep(Duration::from_millis(1 + chance.below(3_000))).await;
        disturb(&mut chance, &stage, &land);
    }
    sleep(Duration::from_millis(chance.below(1_000))).await;

    let beats = stage.board.context.beats.clone();
    let ends = stage.stop().await;
    assert_eq!(ends.len(), 6, "seed {seed}: every loop has ended: {ends:?}");
    let note = ends[&LoopName::Exploration].as_ref().unwrap().note.clone();
    let cycles = beats.cycles(LoopName::Exploration);
    assert_eq!(note, format!("auxiliary exploration stopped cleanly at cycle {cycles}"), "seed {seed}");

    let acts = land.acts();
    for pair in acts.windows(2) {
        let is_over = pair[0].ended.is_some_and(|ended| ended <= pair[1].began);
        assert!(is_over, "seed {seed}: two things at the same time: {pair:?}");
    }
    for act in &acts {
        assert!(act.ended.is_some() && !act.was_paused, "seed {seed}: begun in a pause, or without an end: {act:?}");
        if act.name == "wander" {
            assert!(!waits, "seed {seed}: a world that waits was moved on: {act:?}");
            assert!(!act.scene.needs_thought() && !act.was_asked, "seed {seed}: in the way: {act:?}");
        }
    }
    assert!(!waits || land.turns() == 0, "seed {seed}: a turn passed in a world that waits");
    acts.iter().filter(|act| act.name == "wander").count()
}

async fn sessions(seeds: Range<u64>) {
    let mut steps = 0;
    for seed in seeds {
        steps += session(seed).await;
    }
    assert!(steps > 20, "exploration acted in some of them: {steps}");
}

#[tokio::test(start_paused = true)]
async fn exploration_is_never_in_the_way_in_sessions_0_to_249() {
    sessions(0..250).await;
}

#[tokio::test(start_paused = true)]
async fn exploration_is_never_in_the_way_in_sessions_250_to_499() {
    sessions(250..500).await;
}

#[tokio::test(start_paused = true)]
async fn exploration_is_never_in_the_way_in_sessions_500_to_749() {
    sessions(500..750).await;
}

#[tokio::test(start_paused = true)]
async fn exploration_is_never_in_the_way_in_sessions_750_to_999() {
    sessions(750..1_000).await;
}
