//! The log lane: what the program says of itself goes to the window and, in a terminal, to standard error.

use std::{
    fmt::Write,
    sync::{OnceLock, PoisonError, RwLock},
};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{EnvFilter, Layer, layer::Context, layer::SubscriberExt, util::SubscriberInitExt};

use crate::protocol::{LogLane, LogLine};

/// The lane of the worker that was started last; a process normally has one.
static LANE: OnceLock<RwLock<LogLane>> = OnceLock::new();

/// Writes log lines to standard error, filtered by `SINGULARIS_LOG` (default: warnings), and to the lane once there is
/// one. Only the first call counts.
pub fn to_standard_error() {
    let filter = EnvFilter::try_from_env("SINGULARIS_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let stderr = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false).with_filter(filter);
    let ours = EnvFilter::new("singularis=info");
    let _already_set = tracing_subscriber::registry().with(stderr).with(ToLane.with_filter(ours)).try_init();
}

/// From now on lines go to this lane.
pub fn begin(lane: LogLane) {
    let place = LANE.get_or_init(|| RwLock::new(lane.clone()));
    *place.write().unwrap_or_else(PoisonError::into_inner) = lane;
}

struct ToLane;

impl<S: Subscriber> Layer<S> for ToLane {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        let Some(lane) = LANE.get() else { return };
        let mut text = Text::default();
        event.record(&mut text);
        let metadata = event.metadata();
        let line = LogLine { level: *metadata.level(), target: metadata.target().to_owned(), text: text.0 };
        lane.read().unwrap_or_else(PoisonError::into_inner).push(line);
    }
}

/// The message and its fields in one line.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _infallible = match field.name() {
            "message" => write!(self.0, "{value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}
