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

/// What is done with the connection, or with why there is none; it gives its answer by itself.
type Work = Box<dyn FnOnce(Result<&mut Connection, JournalError>, &Path) + Send>;

/// Opens a connection.
pub(super) type Opening = Box<dyn FnMut() -> Result<Connection, JournalError> + Send>;

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
        Self::Work(Box::new(move |connection: Result<&mut Connection, JournalError>, path: &Path| {
            give(done(work, connection, path));
        }))
    }

    /// The same for what changes nothing: where whoever asked has gone before it begins, it is not done.
    pub(super) fn reading<T: Send + 'static>(
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
        answer: oneshot::Sender<Result<T, JournalError>>,
    ) -> Self {
        Self::Work(Box::new(move |connection: Result<&mut Connection, JournalError>, path: &Path| {
            if !answer.is_closed() {
                let _nobody_waits = answer.send(done(work, connection, path));
            }
        }))
    }
}

fn done<T>(
    work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
    connection: Result<&mut Connection, JournalError>,
    path: &Path,
) -> Result<T, JournalError> {
    work(connection?).map_err(|error| JournalError::from_sqlite(path, &error))
}

/// Where a thread has its connection from.
pub(super) enum Source {
    Open(Connection),
    /// It opens one itself as soon as it needs it. Where that fails, whoever asked is told why, and it is tried again
    /// for the next one.
    Opening(Opening),
}

impl Source {
    fn connection(&mut self) -> Result<&mut Connection, JournalError> {
        if let Self::Opening(open) = self {
            let connection = open()?;
            *self = Self::Open(connection);
        }
        match self {
            Self::Open(connection) => Ok(connection),
            Self::Opening(_) => Err(JournalError::Closed),
        }
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
    source: Source,
    path: &Path,
    places: usize,
    role: Role,
) -> Result<(mpsc::Sender<Order>, watch::Receiver<()>), JournalError> {
    let (lane, orders) = mpsc::channel(places);
    let (running, ended) = watch::channel(());
    let name = role.thread_name().to_owned();
    let writer = Writer { source, path: path.to_path_buf(), orders, role };
    let work = move || {
        writer.run();
        drop(running);
    };
    thread::Builder::new().name(name).spawn(work).map_err(|error| JournalError::from_io(path, &error))?;
    Ok((lane, ended))
}

struct Writer {
    source: Source,
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
                Order::Work(work) => work(self.source.connection(), &self.path),
                Order::Close { answer } => {
                    closers.push(answer);
                    // Whoever was on the way already is served; nobody new comes in, and the lane ends once it is
                    // empty.
                    self.orders.close();
                }
            }
        }
        let Self { source, path, role, .. } = self;
        let finished = match source {
            Source::Open(connection) => finish(connection, &role),
            Source::Opening(_) => Ok(()),
        };
        let finished = finished.map_err(|error| JournalError::from_sqlite(&path, &error));
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
