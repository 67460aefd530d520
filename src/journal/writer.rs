//! A thread that owns a connection, and the lane of orders into it. One writes; where there is a file, a second one
//! reads.
//!
//! SQLite blocks and has one writer at a time, so one thread is all it can use. Orders are carried out one by one, as
//! they came; one that fails gives its error to whoever asked, and the next one is carried out.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use rusqlite::{Connection, Error, ffi};
use tokio::sync::{mpsc, oneshot, watch};

use super::JournalError;

/// What is done with the connection; it gives its answer by itself.
type Work = Box<dyn FnOnce(&mut Connection, &Path) + Send>;

/// Everything that can be asked of a thread.
pub(super) enum Order {
    Work(Work),
    Close { answer: oneshot::Sender<Result<(), JournalError>> },
}

impl Order {
    /// Does this and gives the answer to whoever asked, who may have gone meanwhile: what was done stays done.
    pub(super) fn work<T>(
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
        give: impl FnOnce(Result<T, JournalError>) + Send + 'static,
    ) -> Self {
        Self::Work(Box::new(move |connection: &mut Connection, path: &Path| {
            give(work(connection).map_err(|error| JournalError::from_sqlite(path, &error)));
        }))
    }
}

/// What a thread is for.
#[derive(Clone, Debug)]
pub(super) enum Role {
    /// When it ends, what stands in the log is moved into the file.
    Writes,
    /// It leaves the file as it is. Orders that come after `is_over` is set are dropped.
    Reads { is_over: Arc<AtomicBool> },
}

impl Role {
    fn thread_name(&self) -> &'static str {
        match self {
            Self::Writes => "singularis-journal",
            Self::Reads { .. } => "singularis-journal-reads",
        }
    }

    fn is_over(&self) -> bool {
        match self {
            Self::Writes => false,
            Self::Reads { is_over } => is_over.load(Ordering::Acquire),
        }
    }
}

/// Starts the thread. It ends when it is told to close or when every sender is dropped, and drops the other end of the
/// receiver as the last thing that it does.
pub(super) fn start(
    connection: Connection,
    path: &Path,
    places: usize,
    role: Role,
) -> Result<(mpsc::Sender<Order>, watch::Receiver<()>), JournalError> {
    let (lane, orders) = mpsc::channel(places);
    let (running, ended) = watch::channel(());
    let name = role.thread_name().to_owned();
    let writer = Writer { connection, path: path.to_path_buf(), orders, role };
    let work = move || {
        writer.run();
        drop(running);
    };
    thread::Builder::new().name(name).spawn(work).map_err(|error| JournalError::from_io(path, &error))?;
    Ok((lane, ended))
}

struct Writer {
    connection: Connection,
    path: PathBuf,
    orders: mpsc::Receiver<Order>,
    role: Role,
}

impl Writer {
    fn run(mut self) {
        let mut closers = Vec::new();
        while let Some(order) = self.orders.blocking_recv() {
            match order {
                // Whoever asked hears that it is closed.
                Order::Work(work) if self.role.is_over() => drop(work),
                Order::Work(work) => work(&mut self.connection, &self.path),
                Order::Close { answer } => {
                    closers.push(answer);
                    // Whoever was on the way already is served; nobody new comes in, and the lane ends once it is
                    // empty.
                    self.orders.close();
                }
            }
        }
        let Self { connection, path, role, .. } = self;
        let finished = finish(connection, &role).map_err(|error| JournalError::from_sqlite(&path, &error));
        if let (true, Err(error)) = (closers.is_empty(), &finished) {
            // Nobody is left who could be told.
            tracing::warn!("{error}");
        }
        for answer in closers {
            let _nobody_waits = answer.send(finished.clone());
        }
    }
}

/// Whoever wrote moves what stands in the write-ahead log into the file itself and has the disk take it. Then the file
/// is closed.
fn finish(connection: Connection, role: &Role) -> rusqlite::Result<()> {
    let is_held_up = match role {
        Role::Writes => connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?,
        Role::Reads { .. } => false,
    };
    connection.close().map_err(|(_connection, error)| error)?;
    if is_held_up {
        let words = "another program reads or writes it, so a part still stands in the file ending in -wal beside it";
        return Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), Some(words.to_owned())));
    }
    Ok(())
}
