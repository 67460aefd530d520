//! What the owner of a child holds of it.

use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    process::{ChildStderr, ChildStdout},
    time::Instant,
};

use super::{
    Exit, Input,
    children::{FORCE_MAY_TAKE, Ledger},
    ending,
    kept::Kept,
};
use crate::protocol::{Belonging, CertificateItem};

/// A running child. Dropping it kills it and its whole group at once.
///
/// Output that was piped is to be taken right away. What nobody has taken after a second is read, counted and
/// forgotten, so that a child that talks a lot does not stand still; who takes it later gets what comes from then on.
#[derive(Debug)]
pub struct Child {
    kept: Arc<Kept>,
    ledger: Weak<Ledger>,
    /// The owner knows how it ended, so the ledger need not tell.
    is_seen: AtomicBool,
}

impl Child {
    pub(super) fn new(kept: Arc<Kept>, ledger: Weak<Ledger>) -> Self {
        Self { kept, ledger, is_seen: AtomicBool::new(false) }
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.kept.name
    }

    /// The number of its process, and of its group on Unix.
    pub fn id(&self) -> u32 {
        self.kept.pid
    }

    /// As the journal knows it, and the guardian: enough to find all of it should this program be killed.
    pub fn belonging(&self) -> Belonging {
        self.kept.belonging()
    }

    /// Its input, if the command pipes it and nobody has taken it.
    pub fn take_stdin(&mut self) -> Option<Input> {
        self.kept.input.take()
    }

    /// Its output, if the command pipes it and nobody has taken it.
    pub fn take_stdout(&mut self) -> Option<ChildStdout> {
        self.kept.output.take()
    }

    /// Its errors, if the command pipes them and nobody has taken them.
    pub fn take_stderr(&mut self) -> Option<ChildStderr> {
        self.kept.errors.take()
    }

    /// Waits until the process has ended. What it has started may live on until this is dropped or ended.
    pub async fn wait(&self) -> Exit {
        let exit = self.kept.wait().await;
        self.is_seen.store(true, Ordering::SeqCst);
        exit
    }

    /// Asks it to end, and kills it and all it has started once `grace` is over; says how that went, and takes it out
    /// of the ledger if nothing is left. If this is dropped before it is done, the ledger can still end the child.
    pub async fn end(&self, grace: Duration) -> CertificateItem {
        let deadline = Instant::now() + grace + FORCE_MAY_TAKE;
        let ended = ending::end(&self.kept, grace, deadline).await;
        if let Some(ledger) = self.ledger.upgrade() {
            ledger.settle(&self.kept, &ended);
        }
        ended.item
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.kept.let_go();
        if !self.is_seen.load(Ordering::SeqCst) {
            return;
        }
        // Before it is looked whether the end was told: whoever tells it looks at this afterwards.
        self.kept.note_unwanted();
        // What it has started may have left its group; until that was looked for, the ledger has to know of it.
        let is_done = self.kept.has_told_its_end() && !self.kept.is_alive();
        if let Some(ledger) = self.ledger.upgrade().filter(|_| is_done) {
            ledger.forget(&self.kept);
        }
    }
}
