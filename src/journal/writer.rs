//! The thread that owns the connection, and the lane of orders into it.
//!
//! SQLite blocks and has one writer at a time, so one thread is all it can use. Orders are carried out one by one, as
//! they came; one that fails gives its error to whoever asked, and the next one is carried out.

use std::{
    path::{Path, PathBuf},
    thread,
};

use rusqlite::{Connection, Error, ffi};
use tokio::sync::{mpsc, oneshot, watch};

use super::{JournalError, lessons};
use crate::protocol::Lesson;

/// Where the answer to an order goes.
pub(super) type Answer<T> = oneshot::Sender<Result<T, JournalError>>;

/// Everything that can be asked of the thread.
#[derive(Debug)]
pub(super) enum Order {
    Lessons { environment: String, answer: Answer<Vec<Lesson>> },
    KeepLessons { lessons: Vec<Lesson>, answer: Answer<()> },
    ForgetLessons { environment: String, answer: Answer<u64> },
    Close { answer: Answer<()> },
}

/// Starts the thread. It ends when it is told to close or when every sender is dropped, and drops the other end of the
/// receiver as the last thing that it does.
pub(super) fn start(
    connection: Connection,
    path: &Path,
    places: usize,
) -> Result<(mpsc::Sender<Order>, watch::Receiver<()>), JournalError> {
    let (lane, orders) = mpsc::channel(places);
    let (running, ended) = watch::channel(());
    let writer = Writer { connection, path: path.to_path_buf(), orders };
    let work = move || {
        writer.run();
        drop(running);
    };
    thread::Builder::new()
        .name("singularis-journal".to_owned())
        .spawn(work)
        .map_err(|error| JournalError::from_io(path, &error))?;
    Ok((lane, ended))
}

struct Writer {
    connection: Connection,
    path: PathBuf,
    orders: mpsc::Receiver<Order>,
}

impl Writer {
    fn run(mut self) {
        let mut closers = Vec::new();
        while let Some(order) = self.orders.blocking_recv() {
            if let Some(closer) = self.carry_out(order) {
                closers.push(closer);
                // Whoever was on the way already is served; nobody new comes in, and the lane ends once it is empty.
                self.orders.close();
            }
        }
        let Self { connection, path, .. } = self;
        let finished = finish(connection).map_err(|error| JournalError::from_sqlite(&path, &error));
        if let (true, Err(error)) = (closers.is_empty(), &finished) {
            // Nobody is left who could be told.
            tracing::warn!("{error}");
        }
        for answer in closers {
            let _nobody_waits = answer.send(finished.clone());
        }
    }

    /// Carries an order out; gives where the answer goes if it is the one to close.
    fn carry_out(&mut self, order: Order) -> Option<Answer<()>> {
        let Self { connection, path, .. } = self;
        match order {
            Order::Lessons { environment, answer } => give(answer, path, lessons::of(connection, &environment)),
            Order::KeepLessons { lessons, answer } => give(answer, path, lessons::keep(connection, &lessons)),
            Order::ForgetLessons { environment, answer } => {
                give(answer, path, lessons::forget(connection, &environment));
            }
            Order::Close { answer } => return Some(answer),
        }
        None
    }
}

/// Whoever asked may have gone meanwhile; what was done stays done.
fn give<T>(answer: Answer<T>, path: &Path, result: rusqlite::Result<T>) {
    let _nobody_waits = answer.send(result.map_err(|error| JournalError::from_sqlite(path, &error)));
}

/// Moves what stands in the write-ahead log into the file itself, has the disk take it, and closes the file.
fn finish(connection: Connection) -> rusqlite::Result<()> {
    let is_held_up: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    connection.close().map_err(|(_connection, error)| error)?;
    if is_held_up {
        let words = "another program reads or writes it, so a part still stands in the file ending in -wal beside it";
        return Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), Some(words.to_owned())));
    }
    Ok(())
}
