//! Watches one child until it and its group are gone, and tells of it.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use tokio::time::sleep;

use super::{children::Ledger, kept::Kept, kin};

/// How often it is looked whether the orphans of a child are still there.
const LOOK_AFTER_ORPHANS: Duration = Duration::from_millis(250);

/// Buries the child, waits until its group is empty, and says so if nothing of it is left.
pub async fn keep(child: Arc<Kept>, ledger: Weak<Ledger>) {
    // Orphans write to the same pipes, so what nobody reads is read until the last one of the group is gone.
    tokio::select! {
        () = until_over(&child) => {}
        () = child.read_what_nobody_reads() => {}
    }
    // Whoever ends it looks for strays, and tells when they are gone too. If that was given up the child stays in the
    // ledger, which ends it with all the others.
    if child.is_ending() {
        return;
    }
    let is_gone = match kin::look_for(vec![child.mark.clone()]).await {
        Some(strays) => strays.is_empty(),
        // Not told in time is not gone; where it is never told, nothing more can be known.
        None => !kin::CAN_TELL,
    };
    if let Some(ledger) = ledger.upgrade().filter(|_| is_gone) {
        ledger.tell_end(&child);
    }
}

async fn until_over(child: &Kept) {
    let exit = child.bury().await;
    child.note_exit(exit);
    while !child.look() {
        sleep(LOOK_AFTER_ORPHANS).await;
    }
}
