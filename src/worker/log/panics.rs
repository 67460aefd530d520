//! A panic is a defect; the log has to say where it was, whoever catches it.

use std::{panic, thread};

/// Where panics come from in the log.
pub(super) const TARGET: &str = "singularis::panic";

/// From now on a panic is logged, and then reported as before.
pub(super) fn log_panics() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |report| {
        let thread = thread::current();
        let name = thread.name().unwrap_or("without a name");
        let place = report.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        let payload = report.payload();
        let said = payload.downcast_ref::<&str>().copied();
        let said = said.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let said = said.unwrap_or("nothing that can be written");
        tracing::error!(target: TARGET, "panic in the thread {name} at {place}: {said}");
        before(report);
    }));
}
