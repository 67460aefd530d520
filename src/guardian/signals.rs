//! The guardian outlives the polite signals: whoever ends this program's session or terminal ends the program, and the
//! guardian has its work to do after that.

/// From now on a request to end is not heeded; the end of the input is. Where it cannot be arranged nothing changes: a
/// guardian that may be asked to end is better than none.
#[cfg(unix)]
pub fn outlive_signals() {
    use tokio::{
        runtime,
        signal::unix::{SignalKind, signal},
    };

    let Ok(runtime) = runtime::Builder::new_current_thread().enable_all().build() else { return };
    let _signals_want_one = runtime.enter();
    for kind in [SignalKind::hangup(), SignalKind::interrupt(), SignalKind::terminate(), SignalKind::quit()] {
        // Listening once replaces what the signal does for as long as the process lives; nobody has to go on listening.
        let _without_it_the_signal_ends_us = signal(kind);
    }
}

/// There are none: a process without a window or terminal of its own is not asked to end.
#[cfg(not(unix))]
pub fn outlive_signals() {}
