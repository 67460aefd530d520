//! Whether a thread of the worker panicked. Some panics end a task that nobody waits for, and are seen nowhere else.

use std::{
    panic,
    sync::{Mutex, PoisonError},
    thread,
};

/// What was said by those that did, the first few.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());
const SO_MANY: usize = 8;
/// How the worker's threads are called.
const OURS: &str = "singularis";

/// Remembers every panic of the worker's threads from now on, and leaves it to be told as before.
pub fn watch() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |what| {
        if thread::current().name().is_some_and(|name| name.starts_with(OURS)) {
            let mut panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
            if panics.len() < SO_MANY {
                panics.push(what.to_string());
            }
        }
        before(what);
    }));
}

/// Fails if there was one.
pub fn assert_none() {
    let panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(panics.is_empty(), "the worker panicked:\n{}", panics.join("\n"));
}
