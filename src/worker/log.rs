//! The log: each event becomes one line, which is redacted once and then goes to everybody who keeps or shows it.
//!
//! | where to | what | file |
//! |---|---|---|
//! | a file a day, kept for 14 days | ours from `info` on, warnings of others | `file` |
//! | the last 5,000 lines in memory | the same | `ring` |
//! | standard error | what `SINGULARIS_LOG` asks for; warnings without it | `shown` |
//! | the window | all of these | `layer` |
//!
//! Nobody waits for any of them: the file and standard error have a thread each, and what they are too slow for is
//! dropped, counted and said. A panic is logged too, before anything else happens to it (`panics`).

mod file;
mod layer;
mod panics;
mod ring;
mod shown;

use std::sync::{PoisonError, RwLock};

use tracing::{Level, Metadata, level_filters::LevelFilter};
use tracing_subscriber::{
    Layer, Registry,
    filter::{Targets, filter_fn},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::protocol::LogLane;
pub use file::{LogFile, begin_file};
use layer::Lines;
pub use ring::tail;
pub use shown::Shown;

/// What is shown on standard error, such as `debug` or `warn,singularis::llm=trace`.
const VARIABLE: &str = "SINGULARIS_LOG";

/// The lane of the worker that was started last; a process normally has one.
static LANE: RwLock<Option<LogLane>> = RwLock::new(None);

/// From now on each event is a line: on standard error as far as `SINGULARIS_LOG` asks for it (default: warnings), in
/// memory, in the file once there is one, and in the window once there is one. Panics are logged too. Only the first
/// call counts. What it gives is dropped at the end of the program, so that what was said last is shown.
pub fn to_standard_error() -> Shown {
    let asked = std::env::var(VARIABLE).ok();
    let lines = subscriber(what_is_shown(asked.as_deref()));
    if tracing_subscriber::registry().with(lines).try_init().is_ok() {
        panics::log_panics();
    }
    Shown
}

/// From now on lines go to this lane.
pub fn begin(lane: LogLane) {
    *LANE.write().unwrap_or_else(PoisonError::into_inner) = Some(lane);
}

/// What to show on standard error. What cannot be understood counts as not said.
fn what_is_shown(asked: Option<&str>) -> Targets {
    let asked = asked.map(str::trim).filter(|asked| !asked.is_empty());
    let default = || Targets::new().with_default(LevelFilter::WARN);
    asked.and_then(|asked| asked.parse().ok()).unwrap_or_else(default)
}

/// The layer, which hears only what somebody keeps or shows.
fn subscriber(shown: Targets) -> impl Layer<Registry> {
    let asked = shown.clone();
    let is_heard = move |metadata: &Metadata<'_>| {
        is_kept(metadata.target(), *metadata.level()) || asked.would_enable(metadata.target(), metadata.level())
    };
    Lines { shown }.with_filter(filter_fn(is_heard))
}

/// What goes into the file and the ring: ours from `info` on, and warnings of whatever we are made of.
fn is_kept(target: &str, level: Level) -> bool {
    let is_ours = target.strip_prefix("singularis").is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    level <= if is_ours { Level::INFO } else { Level::WARN }
}

#[cfg(test)]
mod tests;
