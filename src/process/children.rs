//! The ledger of all children of one owner.

use std::{
    io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use futures_util::future::join_all;
use tokio::{process::Command, runtime::Handle, task::JoinSet, time::Instant};

use super::{
    Child, ChildError, MARK,
    ending::{self, Ended},
    group, keeper,
    kept::Kept,
    mark,
};
use crate::protocol::{Belonging, CertificateItem};

/// How long a child may take to end when it is asked; then it is killed.
pub const GRACE: Duration = Duration::from_millis(1000);
/// What killing, and looking whether anything is left, may take after that.
pub(super) const FORCE_MAY_TAKE: Duration = Duration::from_millis(600);

/// What the journal is told, so that a next start can find what this one has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChildEvent {
    /// It runs.
    Began(Belonging),
    /// Nothing of it is left, as far as this system can tell.
    Ended(Belonging),
}

/// Hears what becomes of the children. It is called from any thread, and must neither block nor use the ledger.
pub type Watch = Arc<dyn Fn(ChildEvent) + Send + Sync>;

/// All children of one owner. Cheap to clone; all clones are the same ledger. Dropping the last one kills every child.
#[derive(Clone, Default)]
pub struct Children(Arc<Ledger>);

/// What all clones share.
#[derive(Default)]
pub struct Ledger {
    book: Mutex<Book>,
    /// One for each child that is not over. They end with the ledger.
    keepers: Mutex<JoinSet<()>>,
    watch: OnceLock<Watch>,
}

#[derive(Default)]
struct Book {
    /// In the order in which they began.
    kept: Vec<Arc<Kept>>,
    /// Everything was told to end, so nothing begins any more.
    is_closed: bool,
}

impl Children {
    /// A ledger that tells of every beginning and end.
    pub fn with_watch(watch: Watch) -> Self {
        let children = Self::default();
        children.set_watch(watch);
        children
    }

    /// Tells of every beginning and end from now on, and now of the beginning of what runs already. Whoever was told
    /// first goes on being told; a second watch is not heard.
    pub fn set_watch(&self, watch: Watch) {
        if self.0.watch.set(watch).is_ok() {
            // Outside the lock of the book: whoever is told may take a moment.
            let kept = self.0.book().kept.clone();
            kept.iter().for_each(|child| child.tell_beginning(self.0.watch.get()));
        }
    }

    /// Starts a child in a group of its own and with a mark of its own. `name` is for people. Must be called in a Tokio
    /// runtime, on which the child is then watched.
    pub fn start(&self, name: &str, mut command: Command) -> Result<Child, ChildError> {
        let program = command.as_std().get_program().to_string_lossy().into_owned();
        let folder = command.as_std().get_current_dir().map(Path::to_path_buf);
        let failed = |source: io::Error| ChildError::of(name, &program, folder.as_deref(), source);
        if self.0.book().is_closed {
            return Err(ChildError::Ending { name: name.to_owned() });
        }
        let runtime = Handle::try_current().map_err(|error| failed(io::Error::other(error)))?;
        let mark = mark::fresh().map_err(failed)?;
        command.env(MARK, &mark);
        let mut process = group::wrap(command).spawn().map_err(failed)?;
        let Some(pid) = process.id() else {
            let _it_has_no_number_to_be_known_by = process.start_kill();
            return Err(failed(io::Error::other("the system gave it no number")));
        };
        let kept = Kept::new(name, pid, mark, process);
        if !self.0.enter(&kept) {
            kept.kill();
            return Err(ChildError::Ending { name: name.to_owned() });
        }
        kept.tell_beginning(self.0.watch.get());
        self.watch_over(&kept, &runtime);
        Ok(Child::new(kept, Arc::downgrade(&self.0)))
    }

    /// Ends every child, all at the same time: asks each, and kills it in time for the deadline. One line for each
    /// says how it ended. No child can be started any more.
    pub async fn end_all(&self, deadline: Instant) -> Vec<CertificateItem> {
        let kept = self.0.close();
        let time = deadline.saturating_duration_since(Instant::now());
        let grace = time.saturating_sub(FORCE_MAY_TAKE.min(time / 2)).min(GRACE);
        let endings = kept.iter().map(|child| async move {
            let ended = ending::end(child, grace, deadline).await;
            self.0.settle(child, &ended);
            ended.item
        });
        join_all(endings).await
    }

    /// How many are alive, or have left something that is.
    pub fn alive(&self) -> usize {
        self.0.book().kept.iter().filter(|child| child.is_alive()).count()
    }

    fn watch_over(&self, kept: &Arc<Kept>, runtime: &Handle) {
        let mut keepers = self.0.keepers.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that are done are let go.
        while keepers.try_join_next().is_some() {}
        keepers.spawn_on(keeper::keep(Arc::clone(kept), Arc::downgrade(&self.0)), runtime);
    }
}

impl Ledger {
    /// Writes a child down; false if nothing may begin any more.
    fn enter(&self, kept: &Arc<Kept>) -> bool {
        let mut book = self.book();
        let may_begin = !book.is_closed;
        if may_begin {
            book.kept.push(Arc::clone(kept));
        }
        may_begin
    }

    /// Lets nothing begin any more, and gives what has begun.
    fn close(&self) -> Vec<Arc<Kept>> {
        let mut book = self.book();
        book.is_closed = true;
        book.kept.clone()
    }

    /// Strikes out a child of which nothing is left, and tells of it.
    pub(super) fn settle(&self, child: &Kept, ended: &Ended) {
        if ended.is_gone {
            self.forget(child);
            self.tell_end(child);
        } else {
            child.note_left();
        }
    }

    /// Says once that nothing is left of a child, and strikes it out if nobody wants to hear of it any more.
    pub(super) fn tell_end(&self, child: &Kept) {
        child.tell_end(self.watch.get());
        if child.is_unwanted() {
            self.forget(child);
        }
    }

    pub(super) fn forget(&self, child: &Kept) {
        self.book().kept.retain(|kept| kept.mark != child.mark);
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        self.book().kept.iter().for_each(|child| child.give_up());
    }
}
