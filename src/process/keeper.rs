//! Watches one child until it and its group are gone, and tells of it.

use std::{sync::Arc, time::Duration};

use tokio::time::sleep;

use super::{
    children::{ChildEvent, Watch},
    kept::Kept,
    kin,
};

/// How often it is looked whether the orphans of a child are still there.
const LOOK_AFTER_ORPHANS: Duration = Duration::from_millis(250);

/// Buries the child, waits until its group is empty, and says so if nothing of it is left.
pub async fn keep(child: Arc<Kept>, watch: Option<Watch>) {
    let exit = tokio::select! {
        exit = child.bury() => exit,
        exit = child.read_what_nobody_reads() => exit,
    };
    child.note_exit(exit);
    while !child.look() {
        sleep(LOOK_AFTER_ORPHANS).await;
    }
    // Whoever ends it looks for strays, and tells when they are gone too.
    if child.is_ending() {
        return;
    }
    let strays = kin::look_for(vec![child.mark.clone()]).await.unwrap_or_default();
    if strays.is_empty() {
        tell_end(&child, watch.as_ref());
    }
}

/// Says once that nothing is left of a child.
pub fn tell_end(child: &Kept, watch: Option<&Watch>) {
    if child.tells_its_end()
        && let Some(watch) = watch
    {
        watch(ChildEvent::Ended(child.belonging()));
    }
}
