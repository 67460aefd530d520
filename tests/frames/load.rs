//! What is shown while frames are measured: a full log, streams of tokens, a walk over the map, an hour in plots.

use singularis::protocol::{
    ActionCall, EnvironmentView, ExpertState, ExpertView, LogLine, Moment, Plot, PlotLine, Scene, SessionFigures,
    SessionFile, Snapshot, WorkerLink,
};
use tracing::Level;

use crate::{past, samples, scenes};

/// As many lines as the log keeps, and as the lane to the window holds at once.
pub const LINES: usize = 100_000;
pub const AT_ONCE: usize = 512;

/// Tokens of one stream in a frame: 200 in a second of sixty frames.
const TOKENS: usize = 200;
const FRAMES: usize = 60;

/// Sends so many lines, counted from `first`; one in three is an answer.
pub fn log(worker: &WorkerLink, first: usize, count: usize) {
    let lane = worker.log_lane();
    for number in first..first + count {
        let text = match number % 3 {
            0 => format!("answer of expert.{} to question {number} after 1.4 s", number % 16),
            1 => format!("asked expert.{} question {number}", number % 16),
            _ => format!("step {number} was carried out; the place has changed and nothing is in the way any more"),
        };
        let level = if number % 50 == 0 { Level::WARN } else { Level::INFO };
        let at = Moment(1_777_777_777_123 + u64::try_from(number).unwrap());
        lane.push(LogLine { number: 1, at, level, target: "singularis::worker".into(), text });
    }
}

/// What one of them says, in so many tokens; nobody says the same as another, or comes back to what was said before.
fn said(by: usize, tokens: usize) -> String {
    const WORDS: [&str; 8] = ["the ", "wolf ", "lowers ", "its ", "head ", "and ", "waits. ", "There "];
    let next = |state: &mut u64| {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(WORDS[usize::try_from(*state >> 61).unwrap()])
    };
    (0..tokens).scan(u64::try_from(by).unwrap(), |state, _| next(state)).collect()
}

/// Sixteen experts that have been answering for so many frames.
pub fn streams(frame: usize) -> Snapshot {
    let expert = |number: usize| ExpertView {
        role: format!("expert.{number}"),
        title: format!("watcher {number}"),
        model: "qwen/qwen3-8b".into(),
        state: ExpertState::Answering,
        text: said(number, frame * TOKENS / FRAMES),
        first_token_ms: Some(140),
        tokens_per_second: Some(200.0),
        ..ExpertView::default()
    };
    let elapsed_ms = u64::try_from(frame * 1000 / FRAMES).unwrap();
    Snapshot { experts: (1..=16).map(expert).collect(), elapsed_ms, ..samples::asking() }
}

/// A session in the world after so many steps, by day and by night, with what each decision cost.
pub fn walking(step: usize) -> Snapshot {
    let mut picture = scenes::judged();
    picture.step = u64::try_from(step).unwrap();
    if let EnvironmentView::World(world) = &mut picture.environment {
        let share = f32::from(u16::try_from(step % 48).unwrap()) / 48.0;
        world.scene = Scene::Town;
        world.here = step % 2;
        world.path = (0..=step.min(40)).map(|step| step % 2).collect();
        world.daylight = share;
        world.last_action =
            Some(ActionCall::with("go_to", "place", if step.is_multiple_of(2) { "Town" } else { "Farm" }));
    }
    picture
}

/// A session of an hour: eight plots of four courses, with a point every second.
pub fn hour() -> SessionFile {
    const SECONDS: u32 = 3600;
    let line = |number: u32| PlotLine {
        name: format!("expert.{number}"),
        points: (0..SECONDS)
            .map(|second| (u64::from(second) * 1000, f64::from(second * (number + 7) % 113) / f64::from(number + 1)))
            .collect(),
    };
    let plot = |number: u32| Plot {
        title: format!("Figure {number}"),
        unit: "s".into(),
        lines: (0..4).map(line).collect(),
        events: number == 7,
    };
    let mut file = past::file(past::won());
    file.figures = SessionFigures { plots: (0..8).map(plot).collect(), ..file.figures };
    file.line.last_at = Moment(file.line.started_at.0 + u64::from(SECONDS) * 1000);
    file
}
